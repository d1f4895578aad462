import Civil
import Population

/// Những người có thể là người đang lập hồ sơ: told before a record is made, with the tick that it is somebody else.
package struct AlikeBlock: Equatable, Sendable {
    struct Person: Equatable, Sendable {
        /// Nil for somebody of elsewhere.
        let href: String?
        let title: String
        let evidence: String
        let probability: String?
    }

    let people: [Person]
    /// What the tick stands for: those who are told here and no others.
    let seen: String
    /// What whoever ticks says.
    let tick: String
    /// What is wrong when the tick is missing.
    let error: String?

    init(_ persons: [AlikePerson], _ words: ValueWords, isAskedAgain: Bool = false) {
        let language = words.language
        people = persons.map { person in
            guard let handle = person.handle, let told = person.told else {
                return Person(
                    href: nil, title: language.of("Một người ở địa bàn khác", "Somebody of another place"),
                    evidence: language.of(
                        "Tra bằng số định danh, họ tên và ngày sinh, hoặc hỏi cấp trên.",
                        "Look them up by number, name and date of birth, or ask the office above."), probability: nil)
            }
            let lines = told.evidence.filter { abs($0.bits) >= DuplicatesPage.leastBits }
            return Person(
                href: "/persons/\(handle)",
                title: [person.name, words.date(person.birth)].compactMap(\.self).joined(separator: " · "),
                evidence: lines.map { language.of($0.sentence) }.joined(separator: "; "),
                probability: DuplicatesPage.share(told.probability))
        }
        seen = AlikePerson.mark(of: persons)
        tick =
            persons.contains { $0.handle != nil }
            ? language.of(
                "Đã xem: đây là người khác, cần lập hồ sơ mới", "Looked at: this is somebody else, who needs a record")
            : language.of(
                "Đã tra hoặc hỏi: đây là người khác, cần lập hồ sơ mới",
                "Looked up or asked: this is somebody else, who needs a record")
        error = isAskedAgain ? language.of(AlikeBlock.missing) : nil
    }

    static let missing = Sentence(
        "Xem những người có thể là người này; đánh dấu nếu là người khác.",
        "Look at those who may be this person; tick the box if it is somebody else.")
}
