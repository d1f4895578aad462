/// Why a file of units or conversions is not taken: the line and what to do.
package enum UnitFileRefusal: ExplainedRefusal {
    case notText
    case tooLarge(limit: Int)
    case headerMissing(String)
    case headerMalformed(String)
    case malformed(line: Int, String)
    case duplicate(line: Int, code: String)
    case unknownParent(line: Int, code: String)
    case unknownUnit(line: Int, code: String)
    case unknownSet(String)
    case setTaken(String)
    case periodsOverlap(String, String)
    case noUnits
    /// A conversion goes from a set to a later one.
    case wrongOrder(String, String)
    case conversionTaken(String, String)
    /// `whole` with several targets, or several defaults.
    case contradiction(line: Int, code: String)
    case notConverted(code: String)

    package var code: String {
        switch self {
        case .notText: "unit_file_not_text"
        case .tooLarge: "unit_file_too_large"
        case .headerMissing: "unit_file_header_missing"
        case .headerMalformed: "unit_file_header_malformed"
        case .malformed: "unit_file_malformed"
        case .duplicate: "unit_file_duplicate"
        case .unknownParent: "unit_file_unknown_parent"
        case .unknownUnit: "unit_file_unknown_unit"
        case .unknownSet: "unit_file_unknown_set"
        case .setTaken: "unit_file_set_taken"
        case .periodsOverlap: "unit_file_periods_overlap"
        case .noUnits: "unit_file_no_units"
        case .wrongOrder: "unit_file_wrong_order"
        case .conversionTaken: "unit_file_conversion_taken"
        case .contradiction: "unit_file_contradiction"
        case .notConverted: "unit_file_not_converted"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .notText: Sentence("Tệp không phải UTF-8; lưu lại bằng UTF-8.", "The file is not UTF-8; save it as UTF-8.")
        case .tooLarge(let limit):
            Sentence("Tệp lớn hơn \(limit) byte; kiểm tra lại tệp.", "The file is over \(limit) bytes; check it.")
        case .headerMissing(let what):
            Sentence(
                "Thiếu dòng \"# \(what): …\" ở đầu tệp; thêm vào.",
                "The line \"# \(what): …\" is missing; add it on top.")
        case .headerMalformed(let what):
            Sentence(
                "Dòng \"# \(what): …\" sai; viết ngày kiểu 2025-07-01, ngày cuối không trước ngày đầu.",
                "The line \"# \(what): …\" is wrong; write the date as 2025-07-01, the last not before the first day.")
        case .malformed(let line, let what):
            Sentence("Dòng \(line) sai (\(what)); sửa dòng đó.", "Line \(line) is malformed (\(what)); mend it.")
        case .duplicate(let line, let code):
            Sentence(
                "Dòng \(line): mã \(code) đã có; bỏ một dòng.", "Line \(line): code \(code) stands twice; remove one.")
        case .unknownParent(let line, let code):
            Sentence(
                "Dòng \(line): không có đơn vị cấp trên \(code); thêm đơn vị đó trước.",
                "Line \(line): there is no parent \(code); add it above.")
        case .unknownUnit(let line, let code):
            Sentence(
                "Dòng \(line): không có đơn vị \(code) trong bộ mã; sửa mã.",
                "Line \(line): the set has no unit \(code); mend the code.")
        case .unknownSet(let set):
            Sentence("Chưa nạp bộ mã \(set); nạp bộ mã đó trước.", "The set \(set) is not loaded; load it first.")
        case .setTaken(let set):
            Sentence("Bộ mã \(set) đã có; đặt tên khác.", "The set \(set) is there already; give it another name.")
        case .periodsOverlap(let one, let other):
            Sentence(
                "Thời gian của \(one) và \(other) chồng nhau; sửa ngày.",
                "The periods of \(one) and \(other) overlap; mend the dates.")
        case .noUnits:
            Sentence("Tệp không có dòng dữ liệu nào; thêm các dòng.", "The file has no rows; add them.")
        case .wrongOrder(let from, let to):
            Sentence(
                "Bộ mã \(from) không có trước \(to); đổi lại hai dòng # from và # to.",
                "The set \(from) is not before \(to); change the lines # from and # to.")
        case .conversionTaken(let from, let to):
            Sentence(
                "Bảng chuyển đổi từ \(from) sang \(to) đã nạp; không nạp lần nữa.",
                "The conversion from \(from) to \(to) is loaded already; leave the file out.")
        case .contradiction(let line, let code):
            Sentence(
                "Dòng \(line): \(code) trùng dòng, có nhiều nơi nhận mà ghi whole, hoặc có hai default; sửa lại.",
                "Line \(line): \(code) stands twice, is whole with several targets, or has two defaults; mend it.")
        case .notConverted(let code):
            Sentence(
                "Xã \(code) của bộ mã cũ không có dòng chuyển đổi; thêm dòng cho xã đó.",
                "Commune \(code) of the older set has no row; add one for it.")
        }
    }
}

/// A file of units or of conversions: `# name: value` lines, one heading line, then tab-separated rows.
struct UnitFile {
    static let maximumBytes = 64 << 20

    var headers: [String: String] = [:]
    /// The fields of each row with the number of its line.
    var rows: [(line: Int, fields: [String])] = []

    init(_ bytes: [UInt8]) throws(UnitFileRefusal) {
        guard bytes.count <= UnitFile.maximumBytes else { throw .tooLarge(limit: UnitFile.maximumBytes) }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText }
        var number = 0
        var sawHeading = false
        var start = 0
        while start < bytes.count {
            number += 1
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            defer { start = end + 1 }
            var line = bytes[start..<end]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isEmpty { continue }
            if line.first == UInt8(ascii: "#") {
                let parts = String(decoding: line.dropFirst(), as: UTF8.self).split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { continue }
                headers[UnitFile.trimmed(parts[0])] = UnitFile.trimmed(parts[1])
            } else if !sawHeading {
                sawHeading = true
            } else {
                rows.append((number, UnitFile.fields(of: line)))
            }
        }
    }

    /// Tens of thousands of rows are read by every command, so this does without the general `split`.
    private static func fields(of line: ArraySlice<UInt8>) -> [String] {
        var fields: [String] = []
        fields.reserveCapacity(8)
        var rest = line
        while let tab = rest.firstIndex(of: UInt8(ascii: "\t")) {
            fields.append(String(decoding: rest[..<tab], as: UTF8.self))
            rest = rest[(tab + 1)...]
        }
        fields.append(String(decoding: rest, as: UTF8.self))
        return fields
    }

    func header(_ name: String) throws(UnitFileRefusal) -> String {
        guard let value = headers[name], !value.isEmpty else { throw .headerMissing(name) }
        return value
    }

    /// A date header that may be missing.
    func date(_ name: String) throws(UnitFileRefusal) -> CalendarDate? {
        guard let text = headers[name] else { return nil }
        guard let date = CalendarDate(iso: text) else { throw .headerMalformed(name) }
        return date
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}
