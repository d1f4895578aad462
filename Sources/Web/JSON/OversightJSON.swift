import Access
import Civil
import Ledger
import Population

/// What is protected, opened in an emergency, guessed at and read back from the logs, as programs read it.
enum OversightJSON {
    static func seals(_ answer: SealsAnswer) -> JSONValue {
        .object([
            "standing": .array(
                answer.standing.map { seal in
                    .object([
                        "seal": .string(String(seal.id)), "person": CommonJSON.text(answer.handles[seal.person]),
                        "since": .string(seal.since.iso), "until": CommonJSON.text(seal.until?.iso),
                        "reason": .string(seal.reason), "asker": CommonJSON.actor(seal.asker),
                    ])
                }),
            "waiting": .array(answer.waiting.map { request($0, answer.handles) }),
            "asked": .array(answer.asked.map { request($0, answer.handles) }),
        ])
    }

    private static func request(_ request: SealRequest, _ handles: [Int64: String]) -> JSONValue {
        let (wish, until, seal): (String, Instant?, Int64?) =
            switch request.wish {
            case .seal(let until): ("seal", until, nil)
            case .lift(let seal): ("lift", nil, seal)
            }
        return .object([
            "request": .string(String(request.id)), "wish": .string(wish), "until": CommonJSON.text(until?.iso),
            "seal": CommonJSON.text(seal.map { String($0) }), "person": CommonJSON.text(handles[request.person]),
            "reason": .string(request.reason), "asker": CommonJSON.actor(request.asker),
            "asked": .string(request.asked.iso), "expires": .string(request.expires.iso),
            "decision": request.decision.map(decision) ?? .null,
        ])
    }

    static func decision(_ decision: SecondDecision) -> JSONValue {
        .object([
            "actor": CommonJSON.actor(decision.actor), "decided": .string(decision.decided.iso),
            "rejection": CommonJSON.text(decision.rejection),
        ])
    }

    // MARK: Emergency

    /// - Parameter reviews: nil for whoever reviews nothing.
    static func emergencies(_ answer: EmergencyAnswer, _ reviews: EmergencyReviews?) -> JSONValue {
        func list(_ emergencies: [Emergency]) -> JSONValue {
            .array(emergencies.map { emergency($0, answer.handles) })
        }
        return .object([
            "running": list(answer.running), "waiting": list(answer.waiting), "asked": list(answer.asked),
            "reviews": reviews.map { reviews in
                .object([
                    "open": .array(reviews.open.map { emergency($0, reviews.handles) }),
                    "reviewed": .array(reviews.reviewed.map { emergency($0, reviews.handles) }),
                    "notices": .array(
                        reviews.notices.map { notice in
                            .object([
                                "emergency": .string(String(notice.emergency)),
                                "person": CommonJSON.text(reviews.handles[notice.person]),
                                "looked": .string(notice.looked.iso), "due": .string(notice.due.iso),
                            ])
                        }),
                ])
            } ?? .null,
        ])
    }

    private static func emergency(_ emergency: Emergency, _ handles: [Int64: String]) -> JSONValue {
        .object([
            "emergency": .string(String(emergency.id)),
            "persons": .array(emergency.persons.compactMap { handles[$0] }.map { .string($0) }),
            "reason": .string(emergency.reason), "minutes": .integer(Int64(emergency.minutes)),
            "asker": CommonJSON.actor(emergency.asker), "asked": .string(emergency.asked.iso),
            "expires": .string(emergency.expires.iso), "decisions": .array(emergency.decisions.map(decision)),
            "grant": emergency.grant.map {
                .object(["since": .string($0.since.iso), "until": .string($0.until.iso)])
            } ?? .null,
            "review": emergency.review.map(review) ?? .null,
        ])
    }

    private static func review(_ review: Emergency.Review) -> JSONValue {
        .object([
            "actor": CommonJSON.actor(review.actor), "reviewed": .string(review.reviewed.iso),
            "note": .string(review.note),
            "put_off": review.putOff.map {
                .object(["until": .string($0.until.iso), "reason": .string($0.reason)])
            } ?? .null,
        ])
    }

    // MARK: Alarms and the logs

    /// A list of people that was asked for; nobody of it.
    static func export(_ export: PersonExport, at now: Instant, _ units: UnitDirectory) -> JSONValue {
        let decision = export.decision
        return .object([
            "export": .string(String(export.id)), "unit": CommonJSON.unit(export.unit, units),
            "reason": .string(export.reason), "asker": CommonJSON.actor(export.asker),
            "asked": .string(export.asked.iso), "expires": .string(export.expires.iso),
            "granted": decision.map { .bool($0.rejection == nil) } ?? .null,
            "decided_by": decision.map { CommonJSON.actor($0.actor) } ?? .null,
            "rejection": CommonJSON.text(decision?.rejection), "taken": CommonJSON.text(export.taken?.iso),
            "can_be_taken": .bool(export.refusalOfTaking(at: now) == nil),
        ])
    }

    static func alarms(open: ListPage<Alarm>, answered: [Alarm]) -> JSONValue {
        .object([
            "open": .array(open.lines.map(alarm)), "next": CommonJSON.text(open.next?.text),
            "answered": .array(answered.map(alarm)),
        ])
    }

    private static func alarm(_ alarm: Alarm) -> JSONValue {
        .object([
            "alarm": .string(String(alarm.id)), "kind": .string(alarm.kind.rawValue),
            "actor": CommonJSON.actor(alarm.actor), "first": .string(alarm.first.iso),
            "raised": .string(alarm.raised.iso), "tries": .integer(Int64(alarm.tries)),
            "answer": alarm.answer.map { answer in
                .object([
                    "actor": CommonJSON.actor(answer.actor), "answered": .string(answer.answered.iso),
                    "note": .string(answer.note),
                ])
            } ?? .null,
        ])
    }

    static func audit(_ answer: AuditAnswer) -> JSONValue {
        .object([
            "entries": .array(answer.entries.map(entry)), "next": CommonJSON.text(answer.next.map { String($0) }),
            "receipt": .string(String(answer.receipt)),
        ])
    }

    private static func entry(_ entry: AuditEntry) -> JSONValue {
        .object([
            "entry": .string(String(entry.id)), "at": .string(entry.at.iso), "actor": CommonJSON.actor(entry.actor),
            "kind": CommonJSON.text(entry.kind?.rawValue), "purpose": CommonJSON.text(entry.purpose),
            "legal_basis": .string(entry.legalBasis), "persons": .array(entry.persons.map { .string($0) }),
            "fields": .array(entry.fields.map { .string($0) }),
        ])
    }
}
