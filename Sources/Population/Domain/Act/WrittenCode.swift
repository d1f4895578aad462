import Civil

/// Words of code lists in a request: an officer may write the word or the code; the register keeps the code.
enum WrittenCode {
    /// The stored form of what was written for a field that has a code list; nil for a field that has none.
    static func code(
        of text: String, for name: String, on day: CalendarDate, field: String
    ) throws(RequestRefusal) -> String? {
        func parsed(_ parse: () throws -> String) throws(RequestRefusal) -> String {
            do { return try parse() } catch { throw RequestRefusal.unknownCode(field: field) }
        }
        // A code that is stored already stays as it is, when a list of the field has it.
        func stored(_ text: String) -> String? {
            guard let coded = Coded(canonical: text), coded.entry != nil, lists(of: name).contains(coded.list) else {
                return nil
            }
            return coded.canonical
        }
        switch name {
        case "relation":
            return try parsed { try RelationToHead(rawValue: text)?.rawValue ?? RelationToHead.parse(text).rawValue }
        case "maritalStatus":
            return try parsed { try MaritalStatus(rawValue: text)?.rawValue ?? MaritalStatus.parse(text).rawValue }
        case "bloodGroup":
            return try parsed { try BloodGroup(rawValue: text)?.rawValue ?? BloodGroup.parse(text).rawValue }
        case "sex":
            return try parsed { try Sex(rawValue: text)?.rawValue ?? Sex.parse(text).rawValue }
        case "ethnicity":
            return try parsed { try stored(text) ?? Ethnicity.parse(text, on: day).canonical }
        case "religion":
            return try parsed { try stored(text) ?? Religion.parse(text, on: day).canonical }
        case "nationality":
            return try parsed { try stored(text) ?? Nationality.parse(text).canonical }
        default: return nil
        }
    }

    private static func lists(of name: String) -> [String] {
        switch name {
        case "ethnicity": Ethnicity.lists.map(\.id)
        case "religion": Religion.lists.map(\.id)
        default: [Nationality.list.id]
        }
    }
}
