extension PartialDate {
    /// Years a written date may state: nobody in the register was born before the first of them.
    package static let statedYears = 1800...9999

    /// A date longer than this is not a date (bytes of UTF-8).
    private static let longestWritten = 64

    /// Reads a date as people write it: `25/01/1987`, `7/2/1977`, `07-08-1965`, `1.2.1980`, `1984-05-28`, `06/1951`,
    /// `1990`, `25011987`, `ngày 5 tháng 6 năm 1980`, with full-width digits and spaces; `00/00/1950` is a year alone.
    ///
    /// Day comes before month. `notAfter` is the last day the date may begin on (the day the sheet was collected).
    package static func parse(
        written: String, notAfter: CalendarDate? = nil
    ) throws(DateRefusal) -> PartialDate {
        let date: PartialDate
        if let quick = quickRead(written) {
            date = quick
        } else {
            guard written.utf8.count <= longestWritten else { throw .unreadable }
            date = try read(fields: try fields(of: withoutMidnight(written)))
        }
        if let notAfter, date.earliest > notAfter { throw .future(date) }
        return date
    }

    /// The commonest form, `dd/mm/yyyy` in ASCII; nil sends the text to the general reader.
    private static func quickRead(_ text: String) -> PartialDate? {
        var bytes = (UInt64(0), UInt64(0))
        var count = 0
        for byte in text.utf8 {
            guard count < 10 else { return nil }
            if count == 2 || count == 5 {
                guard byte == UInt8(ascii: "/") else { return nil }
            } else {
                guard (48...57).contains(byte) else { return nil }
                if count < 6 {
                    bytes.0 = bytes.0 * 10 + UInt64(byte - 48)
                } else {
                    bytes.1 = bytes.1 * 10 + UInt64(byte - 48)
                }
            }
            count += 1
        }
        guard count == 10, statedYears.contains(Int(bytes.1)) else { return nil }
        return PartialDate(year: Int(bytes.1), month: Int(bytes.0 % 100), day: Int(bytes.0 / 100))
    }

    /// Spreadsheets write a day as midnight of that day (`1987-01-25 00:00:00`).
    private static func withoutMidnight(_ written: String) -> String {
        for midnight in [" 00:00:00", "T00:00:00", " 0:00:00", " 0:00", " 00:00"] where written.hasSuffix(midnight) {
            return String(written.dropLast(midnight.count))
        }
        return written
    }

    /// The digits between separators, blanks kept as empty fields; words that only label a field are dropped.
    private static func fields(of written: String) throws(DateRefusal) -> [String] {
        var text = ""
        var word = ""
        var labelled = false
        func endWord() throws(DateRefusal) {
            guard !word.isEmpty else { return }
            guard ["ngay", "thang", "nam", "sinh"].contains(word) else { throw .unreadable }
            labelled = true
            word = ""
        }
        for scalar in NormalForm.nfc(written).unicodeScalars {
            let value = scalar.value
            if let base = Folding.base(value) {
                if (48...57).contains(base) {
                    try endWord()
                    text.unicodeScalars.append(Unicode.Scalar(base))
                } else {
                    word.unicodeScalars.append(Unicode.Scalar(base))
                }
                continue
            }
            try endWord()
            switch value {
            case 0x2F, 0x2D, 0x2E, 0x2C, 0x5C, 0xFF0F, 0xFF0D, 0xFF0E, 0x2010...0x2015, 0x2212: text.append("/")
            case 0x20, 0x09, 0xA0, 0x3000, 0x202F, 0x2009, 0x200B, 0xFEFF: text.append(" ")
            case 0x5F, 0x3F, 0x2026: text.append("_")
            default: throw .unreadable
            }
        }
        try endWord()
        return try split(text, labelled: labelled)
    }

    private static func split(_ text: String, labelled: Bool) throws(DateRefusal) -> [String] {
        let bySpace = text.split(separator: " ", omittingEmptySubsequences: true)
        guard text.contains(where: { $0 != " " && $0 != "/" && $0 != "_" }) else {
            // Nothing but separators and blanks: no date was written.
            if labelled { throw .unreadable }
            throw .empty
        }
        if !text.contains("/") { return bySpace.map { blankless($0) } }
        if labelled {
            return text.split(whereSeparator: { $0 == "/" || $0 == " " }).map { blankless($0) }
        }
        return try withoutTrailingSign(text).split(separator: "/", omittingEmptySubsequences: false)
            .map { field throws(DateRefusal) in
                let parts = field.split(separator: " ", omittingEmptySubsequences: true)
                guard parts.count <= 1 else { throw .unreadable }
                return parts.first.map { blankless($0) } ?? ""
            }
    }

    /// A field of blanks (`__`, `??`) says the same as an empty one.
    private static func blankless(_ field: Substring) -> String {
        field.contains { $0 != "_" } ? String(field) : ""
    }

    /// A full stop or comma behind the year ends a sentence and no field.
    private static func withoutTrailingSign(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        if text.last == "/", text.dropLast().last?.isNumber == true { text.removeLast() }
        return text
    }

    private static func read(fields: [String]) throws(DateRefusal) -> PartialDate {
        guard fields.count <= 3, fields.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) else {
            throw .unreadable
        }
        switch fields.count {
        case 1: return try readOne(fields[0])
        case 2: return try readTwo(fields[0], fields[1])
        default:
            if fields[0].count == 4 { return try build(year: fields[0], month: fields[1], day: fields[2]) }
            return try build(year: fields[2], month: fields[1], day: fields[0])
        }
    }

    private static func readOne(_ field: String) throws(DateRefusal) -> PartialDate {
        switch field.count {
        case 4: return try build(year: field, month: "", day: "")
        case 8:
            let first = String(field.prefix(4))
            let last = String(field.suffix(4))
            let middle = field.dropFirst(2).prefix(2)
            if let year = Int(last), statedYears.contains(year) {
                return try build(year: last, month: String(middle), day: String(field.prefix(2)))
            }
            return try build(
                year: first, month: String(field.dropFirst(4).prefix(2)), day: String(field.suffix(2)))
        case 2: throw .ambiguousYear
        default: throw .unreadable
        }
    }

    private static func readTwo(_ first: String, _ second: String) throws(DateRefusal) -> PartialDate {
        if first.count == 4, second.count <= 2 { return try build(year: first, month: second, day: "") }
        return try build(year: second, month: first, day: "")
    }

    /// Digits of each field to a date; an empty or zero field is unknown.
    private static func build(year: String, month: String, day: String) throws(DateRefusal) -> PartialDate {
        guard month.count <= 2, day.count <= 2 else { throw .unreadable }
        guard year.count == 4, let statedYear = Int(year) else {
            if year.count == 1 || year.count == 2 { throw .ambiguousYear }
            throw .unreadable
        }
        guard statedYear > 0 else { throw .impossible(statedYear: nil) }
        guard statedYears.contains(statedYear) else { throw .impossible(statedYear: statedYear) }
        let monthNumber = Int(month) ?? 0
        let dayNumber = Int(day) ?? 0
        if monthNumber == 0, dayNumber == 0 {
            guard let date = PartialDate(year: statedYear) else { throw .impossible(statedYear: statedYear) }
            return date
        }
        // A written zero beside a real month is a slip, not a statement that the day is unknown.
        guard monthNumber > 0, dayNumber > 0 || day.isEmpty,
            let date = PartialDate(year: statedYear, month: monthNumber, day: dayNumber > 0 ? dayNumber : nil)
        else { throw .impossible(statedYear: statedYear) }
        return date
    }
}
