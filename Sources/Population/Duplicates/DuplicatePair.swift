import Access
import Civil
import Ledger

/// Kết luận về một cặp nghi trùng: what an officer says of two records.
package enum DuplicateVerdict: Int64, Hashable, Sendable, CaseIterable {
    /// Cùng một người: the records are to be merged, which a second person approves.
    case same = 1
    /// Hai người khác nhau: never asked again while what was compared is the same.
    case different = 2
    /// Chưa rõ: the commune is asked.
    case unclear = 3

    /// How programs write it.
    package var name: String {
        switch self {
        case .same: "same"
        case .different: "different"
        case .unclear: "unclear"
        }
    }

    package init?(name: String) {
        guard let verdict = DuplicateVerdict.allCases.first(where: { $0.name == name }) else { return nil }
        self = verdict
    }
}

/// Căn cứ nghi trùng: one thing that speaks for or against two records being one person's.
package struct DuplicateEvidence: Codable, Hashable, Sendable {
    /// `given`, `date`, …: stable.
    package let feature: String
    package let vietnamese: String
    package let english: String
    /// Bits for (above 0) or against; ten bits are a factor of a thousand.
    package let bits: Double

    package var sentence: Sentence { Sentence(vietnamese, english) }
}

/// Cặp nghi trùng: two records of the register that may be one person's.
package struct DuplicatePair: Hashable, Sendable {
    /// The persons' own keys, the smaller one first.
    let left: Int64
    let right: Int64
    /// Millionths.
    let perMillion: Int64
    /// What it costs while it stands: 3 both have a number, 2 one has, 1 none has.
    package let harm: Int64
    /// Where each of them is counted today; nil where nobody knows.
    package let units: [UnitCode?]
    let facts: [UInt8]
    /// Pairs with the same number have the same evidence.
    package let pattern: Int64
    /// Drawn by chance from the pairs below the threshold: what officers say of it tells how many the sweep misses.
    package var isDrawn = false
    package let evidence: [DuplicateEvidence]

    package var probability: Double { Double(perMillion) / 1_000_000 }
}

/// Một lần rà soát trùng: what a sweep came to and how sure it is.
package struct DuplicateSweep: Hashable, Sendable {
    package let started: Instant
    package let finished: Instant
    package let persons: Int
    package let compared: Int
    package let pairs: Int
    /// The share of pairs of one person that the keys are thought to bring, and what is expected of the pairs told.
    package let keysRecall: Double
    package let expectedPrecision: Double
    package let expectedRecall: Double
    /// Pairs below `belowThreshold`, and below the threshold, that are not as good as nothing.
    package var below = 0

    /// Where pairs that are not told begin; a higher threshold of one sweep moves it not.
    static let belowThreshold: Float = 0.5
    /// Of those below, so many are drawn by chance and put to the officers.
    static let mostDrawn = 100
}

/// Một dòng của hàng đợi nghi trùng; nobody by name.
package struct DuplicateListing: Hashable, Sendable {
    package let pair: DuplicatePair
    /// The handles of both.
    package let handles: [String]
    /// Whether somebody said that the commune has to be asked.
    package let isUnclear: Bool
    /// Whether both live in the places of whoever reads it.
    ///
    /// Of a pair that lies half elsewhere what speaks for it is not told: beside the record that is seen it would say
    /// what stands in the other.
    package var isWhole = true

    /// What speaks for and against one person, as far as it may be told.
    package var evidence: [DuplicateEvidence] { isWhole ? pair.evidence : [] }
}

/// Hàng đợi nghi trùng: the pairs that wait, the most urgent first.
package struct DuplicateQueue: Sendable {
    package let listings: [DuplicateListing]
    /// Where the list goes on behind the last one; nil where none follows.
    package let next: ListPlace?
    /// Nil when no sweep has come to its end yet.
    package let sweep: DuplicateSweep?
}

/// Một cặp nghi trùng cạnh nhau, with both records as the officer may see them.
package struct DuplicateAnswer: Sendable {
    package let listing: DuplicateListing
    /// Those of the two whom the officer may see, in the order of the handles; each is a recorded look.
    package let persons: [PersonAnswer?]
    /// What was said of the pair before, the last one first.
    package let decisions: [DuplicateDecision]
}

/// Kết luận đã ghi về một cặp.
package struct DuplicateDecision: Hashable, Sendable {
    package let verdict: DuplicateVerdict
    package let reason: String
    package let actor: Actor
    package let decided: Instant
    /// Whether the records are still as they were then.
    package let holds: Bool
    package let approval: Int64?
}

/// What came of a decision.
package enum DuplicateOutcome: Sendable {
    case noted
    /// A second person has to approve.
    case asked(Approval)
    case merged(ActReceipt)
}
