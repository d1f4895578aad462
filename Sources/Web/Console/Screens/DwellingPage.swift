import Civil
import Population

/// Trang chỗ ở: who lives at an address, household by household, and who lived there before.
package struct DwellingPage: ConsolePage {
    package static let template = "dwelling"

    struct Household: Equatable, Sendable {
        let href: String
        let title: String
        let since: String
        let members: [HouseholdTree.Member]
    }

    struct Resident: Equatable, Sendable {
        let href: String
        let name: String
        let registration: String
        let birth: String?
        let period: String
    }

    struct Former: Equatable, Sendable {
        let href: String
        let name: String
        let period: String
    }

    package let frame: PageFrame
    let address: String
    let count: String
    let hasHouseholds: Bool
    let households: [Household]
    let hasResidents: Bool
    let residents: [Resident]
    let hasFormer: Bool
    let former: [Former]
    /// Persons whose records belong to other places and are not shown.
    let hidden: String?
    let cut: Bool
    let receipt: String

    package init(frame: PageFrame, answer: DwellingAnswer, units: UnitDirectory) {
        let words = ValueWords(frame.spoken, units: units)
        let language = words.language
        func period(_ since: CalendarDate, _ until: CalendarDate?) -> String {
            let since = DayText.vietnamese(since)
            guard let until else { return language.of("từ \(since)", "since \(since)") }
            return "\(since) – \(DayText.vietnamese(until))"
        }
        func href(_ household: DwellingAnswer.Household) -> String { "/households/\(household.handle)" }
        self.frame = frame
        address = words.address(answer.address) ?? answer.address.written
        let present = answer.households.filter(\.isThere)
        households = present.map { household in
            let head = household.members.first(where: \.isHead)?.person.details.name
            return Household(
                href: href(household),
                title: head.map { language.of("Hộ của \($0)", "Household of \($0)") }
                    ?? language.of("Hộ gia đình", "Household"),
                since: period(household.since, household.until),
                members: household.members.map { HouseholdTree.member($0, words) }.sorted { $0.head && !$1.head })
        }
        hasHouseholds = !households.isEmpty
        let staying = answer.residents.filter(\.isThere)
        residents = staying.map { resident in
            Resident(
                href: "/persons/\(resident.handle)", name: resident.person.details.name ?? "…",
                registration: language.of(resident.kind.title), birth: words.date(resident.person.details.birth),
                period: period(resident.since, resident.until))
        }
        hasResidents = !residents.isEmpty
        former =
            answer.households.filter { !$0.isThere }.map { household in
                Former(
                    href: href(household), name: language.of("Hộ gia đình", "Household"),
                    period: period(household.since, household.until))
            }
            + answer.residents.filter { !$0.isThere }.map { resident in
                Former(
                    href: "/persons/\(resident.handle)",
                    name: "\(resident.person.details.name ?? "…") · \(language.of(resident.kind.title))",
                    period: period(resident.since, resident.until))
            }
        hasFormer = !former.isEmpty
        // Who stays at the place of their permanent residence is registered there twice.
        let living = present.flatMap(\.members).filter { $0.person.life.status != .dead }
        let people = Set(living.map(\.handle) + staying.map(\.handle))
        count = NumberText.grouped(people.count + answer.hidden)
        hidden = answer.hidden > 0 ? NumberText.grouped(answer.hidden) : nil
        cut = answer.isCut
        receipt = String(answer.receipt)
    }
}

extension DwellingState.Kind {
    /// The registration as officers name it.
    package var title: Sentence {
        switch self {
        case .permanent: Sentence("thường trú", "permanent residence")
        case .temporary: Sentence("tạm trú", "temporary residence")
        case .current: Sentence("nơi ở hiện tại", "current residence")
        }
    }
}
