import Civil
import Population

/// Cây hộ gia đình: the head and the members grouped by what they are to the head, as lists inside lists.
package enum HouseholdTree {
    struct Member: Equatable, Sendable {
        let name: String
        let href: String
        let relation: String
        let birth: String?
        let sex: String?
        let since: String?
        let head: Bool
        let living: Bool
    }

    /// One generation above, beside or below the head.
    struct Branch: Equatable, Sendable {
        let title: String
        let members: [Member]
    }

    static func members(of household: HouseholdAnswer, _ words: ValueWords) -> [Member] {
        household.members.map { member($0, words) }.sorted { $0.head && !$1.head }
    }

    /// Elders, the head with the spouse, children, grandchildren, others; a branch without members is left out.
    static func branches(of household: HouseholdAnswer, _ words: ValueWords) -> [Branch] {
        let titles: [(Sentence, Set<RelationToHead.Kind>)] = [
            (Sentence("Ông bà, cha mẹ", "Grandparents and parents"), [.grandparent, .parent, .parentInLaw]),
            (Sentence("Chủ hộ và vợ hoặc chồng", "Head and spouse"), [.head, .spouse]),
            (Sentence("Anh chị em", "Brothers and sisters"), [.sibling]),
            (Sentence("Con", "Children"), [.child]), (Sentence("Cháu", "Grandchildren"), [.grandchild]),
            (Sentence("Người khác trong hộ", "Others in the household"), [.otherFamily, .notFamily]),
        ]
        return titles.compactMap { title, kinds in
            let members = household.members.filter { kinds.contains(kind(of: $0)) }
            guard !members.isEmpty else { return nil }
            return Branch(
                title: words.language.of(title),
                members: members.sorted { $0.isHead && !$1.isHead }.map { member($0, words) })
        }
    }

    private static func kind(of member: HouseholdAnswer.Member) -> RelationToHead.Kind {
        member.isHead ? .head : member.relation?.kind ?? .notFamily
    }

    static func member(_ member: HouseholdAnswer.Member, _ words: ValueWords) -> Member {
        Member(
            name: member.person.details.name ?? "…", href: "/persons/\(member.handle)",
            relation: member.isHead
                ? words.language.of("Chủ hộ", "Head")
                : words.relation(member.relation) ?? words.language.of("chưa rõ quan hệ", "relation not known"),
            birth: words.date(member.person.details.birth), sex: words.sex(member.person.details.sex),
            since: words.date(member.since), head: member.isHead, living: member.person.life.status != .dead)
    }
}

/// Trang hộ gia đình: address, head, and the tree of its members.
package struct HouseholdPage: ConsolePage {
    package static let template = "household"

    package let frame: PageFrame
    let code: String?
    let address: String?
    /// Where everybody stands who is or was at the address; nil where it names no house.
    let dwelling: String?
    let hasBranches: Bool
    let branches: [HouseholdTree.Branch]
    let count: String
    /// Members who live elsewhere and are not shown.
    let hidden: String?
    let headless: Bool
    let hasForms: Bool
    let forms: [PersonPage.FormLink]
    let receipt: String

    package init(frame: PageFrame, answer: HouseholdAnswer, forms: [GuidedForm] = [], units: UnitDirectory) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        code = answer.state.code
        address = words.address(answer.state.address)
        dwelling = DwellingKey(answer.state.address) == nil ? nil : "/households/\(answer.handle)/dwelling"
        branches = HouseholdTree.branches(of: answer, words)
        hasBranches = !branches.isEmpty
        count = NumberText.grouped(answer.members.count + answer.hidden)
        hidden = answer.hidden > 0 ? NumberText.grouped(answer.hidden) : nil
        headless = answer.hidden == 0 && !answer.members.contains(where: \.isHead)
        let head = answer.members.first(where: \.isHead) ?? answer.members.first
        let links = head.map { head in
            forms.map {
                PersonPage.FormLink(href: $0.path(for: head.handle), title: words.language.of($0.title))
            }
        }
        self.forms = links ?? []
        hasForms = !self.forms.isEmpty
        receipt = String(answer.receipt)
    }
}
