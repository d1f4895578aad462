import Civil
import Population

/// Batches and rows as programs read them; the names are stable.
package enum BatchJSON {
    /// The counts of a batch.
    package static func summary(_ summary: BatchSummary) -> JSONValue {
        .object([
            "batch": .string(summary.batch.name), "rows": .integer(Int64(summary.batch.rows)),
            "done": .integer(Int64(summary.batch.done)), "accepted": .integer(Int64(summary.accepted)),
            "accepted_with_findings": .integer(Int64(summary.acceptedWithFindings)),
            "held": .integer(Int64(summary.held)), "persons": .integer(Int64(summary.persons)),
            "households": .integer(Int64(summary.households)), "encoding": .string(summary.batch.encoding),
            "received": .string(summary.batch.received.iso),
            "findings": .object(
                JSONMembers(
                    counts: Dictionary(uniqueKeysWithValues: summary.findings.map { ($0.key.rawValue, $0.value) }))),
        ])
    }

    /// A batch as far as the requester may see it: its sums only where they are of their places.
    static func entry(_ entry: BatchEntry) -> JSONValue {
        let waiting = JSONValue.integer(Int64(entry.waiting))
        let told =
            entry.summary.map(summary)
            ?? .object(["batch": .string(entry.batch.name), "received": .string(entry.batch.received.iso)])
        return told.with(waiting, as: "waiting")
    }

    /// One row; addresses are given as of the day of collection, the permanent one also as of today.
    package static func row(_ row: SheetRow, units: UnitDirectory, today: CalendarDate) -> JSONValue {
        let facts = SheetFacts(row.content)
        return .object([
            "row": .integer(Int64(row.row)), "place": .integer(Int64(row.place)), "fate": .string(row.fate.text),
            "person": CommonJSON.text(row.person), "name": CommonJSON.text(facts.details.name),
            "date_of_birth": CommonJSON.date(facts.details.birth), "sex": CommonJSON.sex(facts.details.sex),
            "permanent_commune": commune(facts.permanent), "current_commune": commune(facts.current),
            "permanent_commune_today": communeToday(facts.permanent, units, today),
            "household": CommonJSON.text(row.household), "household_code": CommonJSON.text(facts.householdCode),
            "relation": CommonJSON.text(facts.relation?.vietnamese),
            "findings": .array(row.findings.map { finding($0, row) }),
        ])
    }

    private static func commune(_ address: Address?) -> JSONValue {
        guard let unit = address?.unit, unit.code.utf8.count == 5 else { return .null }
        return code(unit)
    }

    private static func code(_ unit: UnitCode) -> JSONValue {
        .object(["code": .string(unit.code), "set": .string(unit.set.rawValue)])
    }

    /// The commune of today: itself or its one successor; where it was split, no code and the candidates.
    private static func communeToday(_ address: Address?, _ units: UnitDirectory, _ today: CalendarDate) -> JSONValue {
        guard let unit = address?.unit, unit.code.utf8.count == 5 else { return .null }
        switch units.successors(of: unit, on: today) {
        case .same: return code(unit)
        case .one(let successor): return code(successor.code)
        case .candidates(let candidates, let usual):
            return .object([
                "code": .null, "set": .string(units.set(on: today)?.rawValue ?? unit.set.rawValue),
                "candidates": .array(candidates.map { code($0.code) }),
                "usual": usual.map { code($0.code) } ?? .null,
            ])
        case .none: return .null
        }
    }

    /// A finding, but for the sheet that it names.
    static func finding(_ finding: SheetFinding) -> JSONMembers {
        var object: JSONMembers = ["code": .string(finding.code.rawValue)]
        if let field = finding.field { object["field"] = .string(field) }
        if let candidates = finding.candidates { object["candidates"] = .array(candidates.map { .string($0) }) }
        return object
    }

    private static func finding(_ finding: SheetFinding, _ row: SheetRow) -> JSONValue {
        var object = self.finding(finding)
        if finding.code == .possibleDuplicate {
            // Whom it may be, and how likely that is, in words.
            let likelihood = finding.candidates?.first.flatMap(Likelihood.init(rawValue:))
            object["candidates"] = nil
            object["maybe"] = .object([
                "likelihood": CommonJSON.text(likelihood?.rawValue),
                "person": CommonJSON.text(
                    finding.other.flatMap { row.others[$0]?.person } ?? finding.candidates?.dropFirst().first),
            ])
        } else if let other = finding.other, let duplicate = row.others[other] {
            object["duplicate_of"] = .object([
                "batch": .string(duplicate.batch), "row": .integer(Int64(duplicate.row)),
            ])
        } else if finding.code == .duplicate, let handle = finding.candidates?.first {
            // Somebody who has no sheet, as those who were registered at birth.
            object["candidates"] = nil
            object["duplicate_of"] = .object(["person": .string(handle)])
        }
        return .object(object)
    }
}

/// What a sheet states, whether it became a person or is held.
package struct SheetFacts: Sendable {
    package var details = PersonDetails()
    package var permanent: Address?
    package var current: Address?
    package var relation: RelationToHead?
    package var householdCode: String?
    package var written = ""

    package init(_ content: ActContent) {
        switch content {
        case .collected(let sheet):
            details = sheet.details
            permanent = sheet.permanent
            current = sheet.current
            relation = sheet.relation
            written = sheet.sheet.written
        case .sheetHeld(let sheet):
            details = sheet.details
            permanent = sheet.permanent
            current = sheet.current
            relation = sheet.relation
            householdCode = sheet.householdCode
            written = sheet.sheet.written
        default: break  // other acts are no sheets
        }
    }
}
