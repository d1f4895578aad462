import Civil
import Linkage
import Population

/// Ô tìm kiếm: what an officer typed or a scanner read, and what it means: a number, a card, or a half-heard name.
struct TypedSearch {
    enum Meaning {
        case person(PersonSelector)
        case criteria(PersonSearch)
    }

    let text: String
    let meaning: Meaning
    let understood: Sentence
    /// A number is not shown again in the box.
    let isNumber: Bool

    init(_ text: String) {
        self.text = text
        if let card = TypedSearch.card(text) {
            meaning = .person(.exact(card))
            understood = Sentence("đọc từ mã QR trên thẻ", "read from the QR code of a card")
            isNumber = true
        } else if let number = try? PersonalIdentificationNumber(parsing: text) {
            meaning = .person(.number(number))
            understood = Sentence("số định danh cá nhân", "a personal number")
            isNumber = true
        } else if let exact = TypedSearch.exact(text) {
            meaning = .person(.exact(exact))
            understood = Sentence("số, họ tên và ngày sinh", "number, name and date of birth")
            isNumber = true
        } else {
            let (criteria, understood) = TypedSearch.criteria(text)
            meaning = .criteria(criteria)
            self.understood = understood
            isNumber = criteria.oldNumber != nil
        }
    }

    /// `number|old number|name|ddMMyyyy|sex|address|ddMMyyyy`, as the QR code of the card has it.
    private static func card(_ text: String) -> ExactPerson? {
        let fields = text.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count >= 6, let number = try? PersonalIdentificationNumber(parsing: fields[0]),
            let name = try? PersonName(parsing: String(fields[2])), fields[3].count == 8,
            let birth = PartialDate(
                canonical: "\(fields[3].suffix(4))-\(fields[3].dropFirst(2).prefix(2))-\(fields[3].prefix(2))")
        else { return nil }
        return ExactPerson(number: number, name: name, birth: birth)
    }

    /// Twelve digits, then a name, then a date, in one line.
    private static func exact(_ text: String) -> ExactPerson? {
        let words = text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
        guard words.count >= 3, let first = words.first, let last = words.last,
            let number = try? PersonalIdentificationNumber(parsing: first), let birth = date(last)
        else { return nil }
        guard let name = try? PersonName(parsing: words[1..<(words.count - 1)].joined(separator: " ")) else {
            return nil
        }
        return ExactPerson(number: number, name: name, birth: birth)
    }

    /// A name, with a date or year of birth at its end; or an old number alone.
    private static func criteria(_ text: String) -> (PersonSearch, Sentence) {
        var search = PersonSearch()
        let digits = text.filter { !$0.isWhitespace }
        if digits.count == 9, digits.utf8.allSatisfy({ (48...57).contains($0) }) {
            search.oldNumber = digits
            return (search, Sentence("số CMND 9 số", "an old nine-digit number"))
        }
        var words = text.split(whereSeparator: \.isWhitespace)
        if let last = words.last, let birth = date(last), words.count > 1 || birth.precision == .day {
            search.birth = birth
            words.removeLast()
        }
        guard !words.isEmpty else { return (search, Sentence("ngày sinh", "a date of birth")) }
        search.name = words.joined(separator: " ")
        return search.birth == nil
            ? (search, Sentence("họ tên", "a name"))
            : (search, Sentence("họ tên và ngày hoặc năm sinh", "a name with a date or year of birth"))
    }

    /// `1987`, `3/1987`, `15/3/1987`, with slashes, dots or hyphens.
    private static func date(_ text: Substring) -> PartialDate? {
        let parts = text.split { "/.-".contains($0) }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, let year = numbers.last, (1880...2100).contains(year) else { return nil }
        switch numbers.count {
        case 1: return PartialDate(year: year)
        case 2: return PartialDate(year: year, month: numbers[0])
        case 3: return PartialDate(year: year, month: numbers[1], day: numbers[0])
        default: return nil
        }
    }
}
