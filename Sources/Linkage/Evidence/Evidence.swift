/// Bằng chứng của một cặp: for each thing that is compared, how far two records agree in it.
///
/// Eleven levels of four bits each, so that a pair is one number.
package struct Evidence: Hashable, Sendable {
    /// What is compared, in the order of the bits.
    package enum Feature: Int, Sendable, CaseIterable {
        case surname, given, middle, order, sex, date, place, father, mother, oldNumber, address
    }

    static let featureCount = Feature.allCases.count

    package private(set) var bits: UInt64 = 0

    subscript(_ feature: Feature) -> Int {
        get { Int(bits >> UInt64(feature.rawValue * 4) & 15) }
        set {
            let shift = UInt64(feature.rawValue * 4)
            bits = bits & ~(15 << shift) | UInt64(newValue) << shift
        }
    }

    /// Levels of surname and given name.
    enum Part {
        static let equal = 0
        /// One of the two has no mark where the other has some.
        static let bare = 1
        static let marks = 2
        /// Other marks, and one of the names is so rare that it is likelier a slip than a name.
        static let marksRare = 3
        static let slip = 4
        static let slipRare = 5
        static let different = 6
        static let missing = 7
    }

    enum Middle {
        static let equal = 0
        static let bare = 1
        static let marks = 2
        static let slip = 3
        static let partMissing = 4
        static let different = 5
        static let missing = 6
    }

    enum Order {
        static let same = 0
        static let reordered = 1
        static let joined = 2
        /// One whole name, or both, are written without marks.
        static let oneBare = 3
        static let bothBare = 4
        static let missing = 5
    }

    enum Simple {
        static let equal = 0
        static let different = 1
        static let missing = 2
    }

    enum Date {
        static let equal = 0
        static let equalHeaped = 1
        static let equalPartial = 2
        static let yearOfDate = 3
        static let monthOfDate = 4
        static let heapOfDate = 5
        static let swapped = 6
        static let nextYear = 7
        static let yearSlip = 8
        static let daySlip = 9
        static let monthOther = 10
        static let sameYear = 11
        static let different = 12
        static let missing = 13
    }

    enum Parent {
        static let equal = 0
        static let marks = 1
        static let slip = 2
        static let partMissing = 3
        /// The father here is the mother there.
        static let exchanged = 4
        static let different = 5
        static let missing = 6
    }

    enum Number {
        static let equal = 0
        static let slip = 1
        static let different = 2
        static let missing = 3
    }

    enum Address {
        static let equal = 0
        static let most = 1
        static let some = 2
        static let different = 3
        static let missing = 4
    }

    /// Commune and province together, three levels each: movers change one of them, siblings share both.
    static func place(commune: Int, province: Int) -> Int { commune * 3 + province }

    /// For each feature the groups of levels whose chances add up to one; what is in no group says nothing.
    static let groups: [[[Int]]] = Feature.allCases.map { feature in
        switch feature {
        case .surname, .given: [Array(0...6)]
        case .middle: [Array(0...5)]
        case .order: [Array(0...4)]
        case .sex: [[0, 1]]
        case .date: [Array(0...12)]
        case .place: [[0, 1, 3, 4], [2, 5], [6, 7]]
        case .father, .mother: [Array(0...5)]
        case .oldNumber: [Array(0...2)]
        case .address: [Array(0...3)]
        }
    }
}

/// A pair's evidence, and how likely chance makes two strangers look so much alike (natural logarithm).
package struct WeighedEvidence: Sendable {
    package var evidence = Evidence()
    package var chance: Float = 0
}
