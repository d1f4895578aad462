import Access
import Civil
import Population

/// Nghi trùng, as programs read it; the names are stable.
package enum DuplicateJSON {
    package static func queue(_ queue: DuplicateQueue) -> JSONValue {
        .object([
            "more": .bool(queue.hasMore), "pairs": .array(queue.listings.map(pair)),
            "sweep": queue.sweep.map(sweep) ?? .null,
        ])
    }

    package static func sweep(_ sweep: DuplicateSweep) -> JSONValue {
        .object([
            "compared": .integer(Int64(sweep.compared)), "expected_precision": millionths(sweep.expectedPrecision),
            "expected_recall": millionths(sweep.expectedRecall), "finished": .string(sweep.finished.iso),
            "keys_recall": millionths(sweep.keysRecall), "pairs": .integer(Int64(sweep.pairs)),
            "persons": .integer(Int64(sweep.persons)), "started": .string(sweep.started.iso),
        ])
    }

    /// A pair with both records as far as the caller sees them, and what was said of it before.
    static func answer(_ answer: DuplicateAnswer, in register: PopulationRegister) -> JSONValue {
        var members = members(answer.listing)
        members["persons"] = .array(
            answer.persons.map { person in
                person.map { PersonJSON.person($0, asOf: AsOf(), in: register) } ?? .null
            })
        members["decisions"] = .array(
            answer.decisions.map { decision in
                .object([
                    "actor": CommonJSON.actor(decision.actor), "decided": .string(decision.decided.iso),
                    "decision": .string(decision.verdict.name), "holds": .bool(decision.holds),
                    "reason": .string(decision.reason),
                ])
            })
        return .object(members)
    }

    static func outcome(_ outcome: DuplicateOutcome) -> JSONValue {
        switch outcome {
        case .noted: .object(["approval": .null, "receipt": .null])
        case .asked(let approval): .object(["approval": .string(String(approval.id)), "receipt": .null])
        case .merged(let receipt): .object(["approval": .null, "receipt": ActJSON.receipt(receipt)])
        }
    }

    /// Somebody who may be the person for whom a record is to be made; of elsewhere, only that there is somebody.
    static func alike(_ person: AlikePerson) -> JSONValue {
        .object([
            "evidence": .array((person.told?.evidence ?? []).map(evidence)),
            "handle": CommonJSON.text(person.handle),
            "probability": person.told.map { millionths($0.probability) } ?? .null,
        ])
    }

    private static func pair(_ listing: DuplicateListing) -> JSONValue { .object(members(listing)) }

    private static func members(_ listing: DuplicateListing) -> JSONMembers {
        [
            "evidence": .array(listing.pair.evidence.map(evidence)), "harm": .integer(listing.pair.harm),
            "left": .string(listing.handles[0]), "probability": millionths(listing.pair.probability),
            "right": .string(listing.handles[1]), "unclear": .bool(listing.isUnclear),
        ]
    }

    private static func evidence(_ line: DuplicateEvidence) -> JSONValue {
        .object([
            "bits": .number(line.bits), "english": .string(line.english), "feature": .string(line.feature),
            "vietnamese": .string(line.vietnamese),
        ])
    }

    /// With the six places that the register keeps.
    private static func millionths(_ share: Double) -> JSONValue { .number((share * 1_000_000).rounded() / 1_000_000) }
}
