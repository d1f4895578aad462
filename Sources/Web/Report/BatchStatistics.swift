import Civil
import Population

/// Thống kê của một lô: counts over its rows, added one row at a time; it holds no person.
package struct BatchStatistics: Sendable {
    /// The sexes of the pyramid's two sides; rows without sex are counted beside it.
    package struct AgeGroup: Hashable, Sendable {
        package var male = 0
        package var female = 0
        package var unknown = 0

        package var total: Int { male + female + unknown }
    }

    /// How far addresses were resolved.
    package struct Addresses: Hashable, Sendable {
        package var resolved = 0
        package var ambiguous = 0
        package var unresolved = 0
        package var missing = 0

        package var total: Int { resolved + ambiguous + unresolved + missing }
    }

    /// Ages in steps of five years; the last group is open.
    package static let lastAgeGroup = 18
    /// Households of this size and more stand together.
    package static let largestHousehold = 10

    package private(set) var rows = 0
    package private(set) var ages = Array(repeating: AgeGroup(), count: BatchStatistics.lastAgeGroup + 1)
    package private(set) var ageUnknown = 0
    /// Rows by how much of the date of birth is known; without a date under nil.
    package private(set) var precision: [PartialDate.Precision?: Int] = [:]
    package private(set) var permanent = Addresses()
    package private(set) var current = Addresses()
    /// The day that ages are counted on.
    package let day: CalendarDate
    private var members: [Int: Int32] = [:]

    package init(on day: CalendarDate) {
        self.day = day
    }

    package mutating func add(_ row: SheetRow) {
        rows += 1
        let facts = SheetFacts(row.content)
        precision[facts.details.birth?.precision, default: 0] += 1
        let ambiguous = Set(row.findings.filter { $0.code == .addressAmbiguous }.compactMap(\.field))
        count(facts.permanent, ambiguous.contains(SheetColumn.permanent.rawValue), in: \.permanent)
        count(facts.current, ambiguous.contains(SheetColumn.current.rawValue), in: \.current)
        guard row.person != nil else { return }
        addAge(facts.details)
        // A hash is enough to tell households apart and keeps their handles out of memory.
        if let household = row.household { members[household.hashValue, default: 0] += 1 }
    }

    /// How many households have each size, from one person to `largestHousehold` and more.
    package var householdsBySize: [Int] {
        var sizes = Array(repeating: 0, count: BatchStatistics.largestHousehold)
        for count in members.values { sizes[min(Int(count), BatchStatistics.largestHousehold) - 1] += 1 }
        return sizes
    }

    private mutating func count(
        _ address: Address?, _ isAmbiguous: Bool, in place: WritableKeyPath<BatchStatistics, Addresses>
    ) {
        guard let address else {
            self[keyPath: place].missing += 1
            return
        }
        if address.unit != nil {
            self[keyPath: place].resolved += 1
        } else if isAmbiguous {
            self[keyPath: place].ambiguous += 1
        } else {
            self[keyPath: place].unresolved += 1
        }
    }

    private mutating func addAge(_ details: PersonDetails) {
        guard let birth = details.birth?.earliest, birth <= day else {
            ageUnknown += 1
            return
        }
        let group = min(CalendarDate.years(from: birth, to: day) / 5, BatchStatistics.lastAgeGroup)
        switch details.sex {
        case .male: ages[group].male += 1
        case .female: ages[group].female += 1
        case nil: ages[group].unknown += 1
        }
    }
}
