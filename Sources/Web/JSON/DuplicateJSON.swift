import Access
import Civil
import Population

/// Nghi trùng, as programs read it; the names are stable.
package enum DuplicateJSON {
    package static func queue(_ queue: DuplicateQueue) -> JSONValue {
        .object([
            "next": CommonJSON.text(queue.next?.text), "pairs": .array(queue.listings.map(pair)),
            "sweep": queue.sweep.map(sweep) ?? .null,
        ])
    }

    package static func sweep(_ sweep: DuplicateSweep) -> JSONValue {
        .object([
            "below": .integer(Int64(sweep.below)), "compared": .integer(Int64(sweep.compared)),
            "expected_precision": millionths(sweep.expectedPrecision),
            "expected_recall": millionths(sweep.expectedRecall), "finished": .string(sweep.finished.iso),
            "keys_recall": millionths(sweep.keysRecall), "pairs": .integer(Int64(sweep.pairs)),
            "persons": .integer(Int64(sweep.persons)), "started": .string(sweep.started.iso),
        ])
    }

    /// How far a sweep has come.
    package static func progress(_ progress: DuplicateProgress) -> JSONValue {
        .object([
            "parts": .integer(Int64(progress.parts)), "parts_done": .integer(Int64(progress.partsDone)),
            "persons": .integer(Int64(progress.persons)), "persons_done": .integer(Int64(progress.personsDone)),
            "provinces": .array(
                progress.provinces.map { province in
                    .object([
                        "compared": .integer(Int64(province.compared)),
                        "persons": .integer(Int64(province.persons)),
                        "unit": CommonJSON.text(province.unit?.code),
                        "unit_set": CommonJSON.text(province.unit?.set.rawValue),
                    ])
                }), "started": .string(progress.started.iso),
        ])
    }

    /// What is under way, and the last sweep that came to its end.
    package static func standing(_ progress: DuplicateProgress?, _ last: DuplicateSweep?) -> JSONValue {
        .object(["last": last.map(sweep) ?? .null, "under_way": progress.map(self.progress) ?? .null])
    }

    /// The rules of automatic merging.
    package static func rules(_ rules: DuplicateRules) -> JSONValue {
        .object([
            "in_force": rules.inForce.map(rule) ?? .null, "merged": .integer(Int64(rules.merged)),
            "rules": .array(rules.rules.map(rule)), "undone": .integer(Int64(rules.undone)),
        ])
    }

    package static func rule(_ rule: DuplicateRule) -> JSONValue {
        .object([
            "accepted": rule.decision.map { .bool($0.isAccepted) } ?? .null, "actor": CommonJSON.actor(rule.actor),
            "decided_by": rule.decision.map { CommonJSON.actor($0.actor) } ?? .null,
            "id": .string(String(rule.id)), "in_force_since": CommonJSON.text(rule.since?.iso),
            "reason": .string(rule.reason), "stated": .string(rule.stated.iso),
            "threshold": rule.threshold.map { millionths($0) } ?? .null,
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
            "evidence": .array(listing.evidence.map(evidence)), "harm": .integer(listing.pair.harm),
            "left": .string(listing.handles[0]), "pattern": .string(String(listing.pair.pattern)),
            "probability": millionths(listing.pair.probability),
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
