import Civil

/// Yêu cầu ghi sự việc, mỗi dòng một yêu cầu: requests for acts as lines of JSON, as `dancu act record --lines` takes
/// them.
///
/// Somebody who was collected is named by their sheet, who was born later by the line of their birth.
struct ActLines: Sendable {
    private(set) var bytes: [UInt8] = []
    /// How many lines the file has so far.
    private(set) var count = 0

    /// Takes the lines written so far; the count goes on.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// Adds a request; gives the reference under which later lines name what it makes.
    @discardableResult
    mutating func add(
        _ kind: String, on day: CalendarDate, persons: [String] = [], _ content: [(key: String, value: JSONText)]
    ) -> String {
        var fields: [(key: String, value: JSONText)] = [("kind", .text(kind)), ("effective", .text(day.description))]
        if !persons.isEmpty { fields.append(("persons", .list(persons.map { .text($0) }))) }
        fields.append(("content", .object(content)))
        JSONText.object(fields).write(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        count += 1
        return "line:\(count)"
    }
}

/// JSON as it is written, members in the order given.
indirect enum JSONText: Sendable {
    case text(String)
    case list([JSONText])
    case object([(key: String, value: JSONText)])

    func write(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text):
            bytes.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        case .list(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONText.text(member.key).write(to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
