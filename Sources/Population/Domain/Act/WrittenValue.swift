import Civil

/// Names, numbers and the like in a request: what an officer writes is put into its standard form, or refused.
enum WrittenValue {
    /// A line of text in an act, in Unicode scalars.
    private static let longest = 1_000

    static func standard(_ text: String, for name: String, field: String) throws(RequestRefusal) -> String {
        func parsed(_ parse: () throws -> String) throws(RequestRefusal) -> String {
            do { return try parse() } catch { throw RequestRefusal.unreadable(field) }
        }
        switch name {
        case "name", "otherName": return try parsed { try PersonName(parsing: text).standard }
        case "number", "replaces": return try parsed { try PersonalIdentificationNumber(parsing: text).digits }
        case "oldNumber": return try parsed { try OldIdentityNumber(parsing: text).digits }
        case "phone":
            guard let phone = Self.phone(text) else { throw .unreadable(field) }
            return phone
        case "email": return try email(text, field)
        case "residenceFileNumber":
            guard let line = PlainLine.parse(text, longest: 40), line.contains(where: \.isNumber) else {
                throw .unreadable(field)
            }
            return line
        default:
            if text.isEmpty { return text }
            guard let line = PlainLine.parse(text, longest: longest) else { throw .unreadable(field) }
            return line
        }
    }

    /// The digits of a telephone number, or nil: digits among words are a house and a street as often.
    static func phone(_ text: String) -> String? {
        let digits = text.unicodeScalars.filter { (48...57).contains($0.value) }
        let isWritten = text.unicodeScalars.allSatisfy { sign in
            (48...57).contains(sign.value) || "+ .-()".unicodeScalars.contains(sign)
        }
        guard isWritten, (9...15).contains(digits.count) else { return nil }
        return (text.hasPrefix("+") ? "+" : "") + String(String.UnicodeScalarView(digits))
    }

    private static func email(_ text: String, _ field: String) throws(RequestRefusal) -> String {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
            let line = PlainLine.parse(text, longest: 254), !line.contains(" ")
        else { throw .unreadable(field) }
        return line
    }
}
