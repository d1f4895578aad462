/// Nhóm tuổi: the ages between the milestones of the identity card.
///
/// A card is due at 14 and exchanged at 25, 40 and 60 (Luật 26/2023/QH15, Điều 19 and 21), so these groups are also the
/// work that is to come.
package enum AgeGroup: Int, CaseIterable, Hashable, Sendable, Comparable {
    case under14 = 0
    case from14 = 14
    case from25 = 25
    case from40 = 40
    case from60 = 60

    /// The group of a whole number of years.
    package init(age: Int) {
        self = AgeGroup.allCases.last { $0.rawValue <= age } ?? .under14
    }

    /// The group on a day of somebody who was born in that year; by the year alone, as a birthday may not be known.
    package init(birthYear: Int, on day: CalendarDate) {
        self.init(age: max(0, day.year - birthYear))
    }

    /// The ages as text: `0–13`, `60+`.
    package var text: String {
        switch self {
        case .under14: "0–13"
        case .from14: "14–24"
        case .from25: "25–39"
        case .from40: "40–59"
        case .from60: "60+"
        }
    }

    /// The ages as files and programs write them: `0-13`, `60+`.
    package var code: String {
        switch self {
        case .under14: "0-13"
        case .from14: "14-24"
        case .from25: "25-39"
        case .from40: "40-59"
        case .from60: "60+"
        }
    }

    package init?(code: some StringProtocol) {
        guard let group = AgeGroup.allCases.first(where: { $0.code == code || $0.text == code }) else { return nil }
        self = group
    }

    package static func < (left: AgeGroup, right: AgeGroup) -> Bool { left.rawValue < right.rawValue }
}
