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
        (.single, [798, 123, 92, 61, 399, 399, 208, 76, 77, 77, 71, 85, 293, 220]),
        (.couple, [56, 46, 46, 31, 266, 532, 798, 323, 179, 92, 61, 48, 117, 50]),
        (.family, [266, 1626, 1581, 1021, 1061, 839, 276, 184, 92, 37, 12, 0, 0, 0]),
        (.loneParent, [53, 160, 266, 197, 55, 61, 55, 40, 31, 21, 18, 71, 106, 43]),
        (.withParents, [53, 319, 288, 608, 302, 294, 114, 95, 26, 0, 0, 0, 0, 0]),
        (.withMarriedSon, [0, 0, 0, 0, 0, 106, 532, 1065, 1015, 676, 277, 229, 108, 36]),
        (.siblings, [39, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
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
