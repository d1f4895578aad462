/// Kiểu hộ: how the people of a household belong together.
enum HouseholdKind: Int, CaseIterable, Sendable {
    case single, couple, family, loneParent
    /// A couple with children and the head's parents.
    case withParents
    /// An old head with a married son, his wife and their children.
    case withMarriedSon
    case siblings

    /// The youngest age of a head, by groups of five years from 20 on; the last is 85 to 89.
    static let ageGroups = 14

    /// How many of the households are of a kind with a head of an age.
    ///
    /// These weights make the pyramid of ages come out as the census of 1 April 2019 found it (`AgePyramid`): they were
    /// fitted to it by iterative scaling, from the ages that households of each kind turn out to have.
    static let weights: [(kind: HouseholdKind, byAge: [Int])] = [
        (.single, [300, 400, 300, 200, 150, 150, 180, 220, 250, 250, 230, 200, 200, 150]),
        (.couple, [60, 150, 150, 100, 100, 200, 300, 400, 400, 300, 200, 120, 60, 20]),
        (.family, [100, 700, 1300, 1500, 1400, 1200, 900, 600, 300, 120, 40, 0, 0, 0]),
        (.loneParent, [20, 60, 100, 150, 180, 200, 180, 130, 100, 70, 60, 60, 40, 20]),
        (.withParents, [20, 120, 250, 300, 300, 250, 200, 120, 40, 0, 0, 0, 0, 0]),
        (.withMarriedSon, [0, 0, 0, 0, 0, 40, 200, 400, 500, 450, 350, 250, 150, 60]),
        (.siblings, [100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ]

    static let table = WeightedList(
        weights.flatMap { kind, byAge in
            byAge.enumerated().map { (value: (kind: kind, ageGroup: $0.offset), weight: $0.element) }
        })
}

/// Tháp tuổi: of a thousand people, how many are of which age, in groups of five years; the last is 80 and older.
///
/// Source: the census of 1 April 2019 (General Statistics Office), rounded; the sums 0 to 14, 15 to 64 and 65 and older
/// are the published 24.3, 68.0 and 7.7 per cent.
package enum AgePyramid {
    package static let perThousand = [82, 85, 76, 66, 70, 87, 86, 79, 70, 66, 61, 54, 41, 28, 16, 12, 21]
}
