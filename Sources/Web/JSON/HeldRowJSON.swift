import Civil
import Ledger
import Population

/// Phiếu chờ xem xét, as programs read it; the names are stable.
package enum HeldRowJSON {
    /// A row that waits, or that was decided on, as it was written and as it was understood.
    package static func row(_ row: HeldRow) -> JSONValue {
        let facts = SheetFacts(.sheetHeld(row.sheet))
        return .object([
            "acceptable": .bool(row.isAcceptable),
            "causes": .array(row.causes.map { .string($0.rawValue) }),
            "date_of_birth": CommonJSON.date(facts.details.birth), "decision": decision(row.decision),
            "findings": .array(row.findings.map { .object(BatchJSON.finding($0)) }),
            "household_code": CommonJSON.text(facts.householdCode),
            "name": CommonJSON.text(facts.details.name), "place": .integer(Int64(row.place)),
            "row": .integer(Int64(row.row)), "sex": CommonJSON.sex(facts.details.sex),
            "written": .object(
                JSONMembers(
                    Dictionary(
                        uniqueKeysWithValues: row.written.map { ($0.key.rawValue, JSONValue.string($0.value)) }))),
        ])
    }

    /// The row beside those whom it may be about.
    package static func answer(_ answer: HeldRowAnswer, in register: PopulationRegister) -> JSONValue {
        .object([
            "bytes": CommonJSON.text(answer.row.sheet.sheet.bytes),
            "candidates": .array(answer.candidates.map { PersonJSON.person($0, asOf: AsOf(), in: register) }),
            "decided_person": CommonJSON.text(answer.decidedPerson), "hidden": .integer(Int64(answer.hidden)),
            "row": row(answer.row),
        ])
    }

    package static func receipt(_ receipt: SheetDecisionReceipt) -> JSONValue {
        .object(["act": .string(String(receipt.act.rawValue)), "person": CommonJSON.text(receipt.person)])
    }

    private static func decision(_ decision: HeldRow.Decision?) -> JSONValue {
        guard let decision else { return .null }
        return .object([
            "act": .string(String(decision.act.id.rawValue)), "decision": .string(decision.what.verdict.rawValue),
            "reason": .string(decision.what.reason), "recorded": .string(decision.act.recorded.iso),
        ])
    }
}
