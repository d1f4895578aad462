import Access
import Civil
import Population

/// Thanh nhận diện: who the page is about; it stays in sight while somebody acts.
package struct IdentityBar: Equatable, Sendable {
    /// A word on a coloured ground; the word alone says everything.
    package struct Badge: Equatable, Sendable {
        let text: String
        /// `good`, `warn`, `bad` or `plain`: a class of the style sheet.
        let tone: String
    }

    let name: String
    let birth: String?
    let sex: String?
    let number: String?
    let href: String
    let badges: [Badge]

    package init(
        handle: String, state: PersonState, words: ValueWords, shown: FieldGroups = .all, isSealed: Bool = false,
        card: Badge? = nil
    ) {
        let language = words.language
        name = state.details.name ?? language.of("(chưa có họ tên)", "(no name)")
        birth = words.date(state.details.birth)
        sex = words.sex(state.details.sex)
        number = words.number(state.number)
        href = "/persons/\(handle)"
        var badges = [Badge(text: words.life(state.life), tone: state.life.status == .living ? "good" : "plain")]
        if state.number == nil, shown.contains(.numbers) {
            badges.append(Badge(text: language.of("Chưa có số định danh", "No number yet"), tone: "warn"))
        }
        if !state.isIdentityVerified, shown.contains(.record) {
            badges.append(Badge(text: language.of("Chưa xác minh", "Not verified"), tone: "warn"))
        }
        if state.setAside != nil {
            badges.append(Badge(text: language.of("Đang chờ xem xét", "Set aside for review"), tone: "bad"))
        }
        if state.contradictions != nil {
            badges.append(Badge(text: language.of("Có mâu thuẫn", "Contradicted"), tone: "bad"))
        }
        if state.mergedInto != nil {
            badges.append(Badge(text: language.of("Đã hợp nhất vào bản ghi khác", "Merged into another"), tone: "bad"))
        }
        if let card { badges.append(card) }
        if isSealed { badges.append(Badge(text: language.of("Được niêm phong", "Sealed"), tone: "bad")) }
        self.badges = badges
    }
}

extension PersonState {
    /// Whether a source has verified who the person is: name, date of birth and sex.
    fileprivate var isIdentityVerified: Bool {
        guard let verified = verification?.fieldSet else { return false }
        return [PersonField.birthName, .dateOfBirth, .sex].allSatisfy(verified.contains)
    }
}
