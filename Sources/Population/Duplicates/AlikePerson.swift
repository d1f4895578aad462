import Civil
import Linkage

/// Người có thể đã có hồ sơ: somebody of the register who may be the person for whom a record is to be made.
package struct AlikePerson: Hashable, Sendable {
    /// Vì sao: how likely it is, and what speaks for and against.
    package struct Told: Hashable, Sendable {
        /// 0 to 1.
        package let probability: Double
        /// The weightiest first.
        package let evidence: [DuplicateEvidence]

        package init(probability: Double, evidence: [DuplicateEvidence]) {
            self.probability = probability
            self.evidence = evidence
        }
    }

    let person: Int64
    /// Nil for somebody whom the requester does not see: nothing is told of them but that there is somebody.
    package let handle: String?
    package let name: String?
    package let birth: PartialDate?
    package let told: Told?

    /// Somebody whom the requester does not see is told from this probability on.
    static let surelyEnough: Float = 0.9

    /// Stands for these people and no others, in any order: what somebody repeats who has looked at them.
    package static func mark(of persons: [AlikePerson]) -> String {
        let keys = persons.map(\.person).sorted().map { String($0) }
        return String(StableHash.of(keys.joined(separator: " ").utf8), radix: 36)
    }

    /// The fields of which the evidence tells, for the look.
    static func fields(of persons: [AlikePerson]) -> [String] {
        let features = Set(persons.flatMap { $0.told?.evidence.map(\.feature) ?? [] })
        let fields = features.map { feature in
            switch feature {
            case "surname", "given_name", "middle_name", "name_order": "name"
            case "date_of_birth": "birth"
            case "place": "permanentResidence"
            case "old_number": "oldNumber"
            default: feature
            }
        }
        return Set(fields + (persons.contains { $0.handle != nil } ? ["birth", "name"] : [])).sorted()
    }
}

extension AlikePerson.Told {
    init(_ explanation: LinkExplanation) {
        self.init(
            probability: Double(explanation.probability), evidence: explanation.lines.map(DuplicateEvidence.init))
    }
}

extension DuplicateEvidence {
    init(_ line: LinkExplanation.Line) {
        self.init(
            feature: line.feature, vietnamese: line.sentence.vietnamese, english: line.sentence.english,
            bits: (line.bits * 10).rounded() / 10)
    }
}
