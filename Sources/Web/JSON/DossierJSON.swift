import Access
import Civil
import Ledger
import Population

/// Hồ sơ, as programs read it; persons are named by their handles alone.
enum DossierJSON {
    static func line(_ line: DossierLine) -> JSONValue {
        .object([
            "code": .string(line.code.text), "procedure": .string(line.procedure.rawValue),
            "stage": .string(line.stage.rawValue), "officer": .string(line.officer),
            "received": .string(line.received.iso), "due": CommonJSON.text(line.due?.description),
        ])
    }

    static func counts(_ counts: DossierCounts) -> JSONValue {
        .object([
            "mine": queue(counts.mine), "overdue": queue(counts.overdue), "returned": queue(counts.returned),
            "all": queue(counts.all),
        ])
    }

    private static func queue(_ queue: DossierCounts.Queue) -> JSONValue {
        .object(["count": .integer(Int64(queue.count)), "oldest_due": CommonJSON.text(queue.oldestDue?.description)])
    }

    static func dossier(_ dossier: Dossier, _ acts: [DossierAct]) -> JSONValue {
        .object([
            "code": .string(dossier.code.text), "procedure": .string(dossier.procedure.rawValue),
            "legal_basis": .string(dossier.legalBasis), "stage": .string(dossier.stage.rawValue),
            "officer": .string(dossier.officer), "office": .string(dossier.office),
            "received": .string(dossier.received.iso), "applicant": applicant(dossier.applicant),
            "clock": clock(dossier.clock), "version": .integer(Int64(dossier.version)),
            "steps": .array(dossier.steps.map(step)), "acts": .array(acts.map(act)),
        ])
    }

    private static func applicant(_ applicant: Dossier.Applicant) -> JSONValue {
        switch applicant {
        case .person(let handle): .object(["handle": .string(handle), "name": .null])
        case .named(let name): .object(["handle": .null, "name": .string(name)])
        }
    }

    private static func clock(_ clock: DossierClock) -> JSONValue {
        let (state, due, left): (String, CalendarDate?, Int?) =
            switch clock {
            case .none: ("none", nil, nil)
            case .running(let due): ("running", due, nil)
            case .paused(let left): ("paused", nil, left)
            }
        return .object([
            "state": .string(state), "due": CommonJSON.text(due?.description),
            "working_days_left": left.map { .integer(Int64($0)) } ?? .null,
        ])
    }

    private static func step(_ step: DossierStep) -> JSONValue {
        .object([
            "number": .integer(Int64(step.number)), "stage": .string(step.stage.rawValue),
            "officer": .string(step.officer), "actor": CommonJSON.actor(step.actor), "at": .string(step.at.iso),
            "note": CommonJSON.text(step.note),
        ])
    }

    private static func act(_ recorded: DossierAct) -> JSONValue {
        .object([
            "act": .string(String(recorded.act.id.rawValue)), "kind": .string(recorded.act.kind.rawValue),
            "recorded": .string(recorded.act.recorded.iso), "actor": CommonJSON.actor(recorded.act.actor),
            "persons": .array(recorded.persons.map { .string($0) }),
        ])
    }
}
