import Civil
import Database
import Ledger

/// Writes one decided piece: acts, persons, households, numbers, sheets, findings, keys; each table once.
struct PieceWriter {
    let batch: Int64
    let acts: ActStore
    let actor: Actor
    let surroundings: Surroundings
    let connection: Connection

    /// The legal basis of collecting sheets.
    static let legalBasis = "Thông tư 66/2015/TT-BCA; Luật 59/2014/QH13, Điều 9"

    /// Rows whose acts are written together.
    private static let partSize = 1_000

    /// Returns the persons that the rows became, row by row, and when the act of the last sheet was recorded.
    func write(_ decision: PieceDecision) throws -> (persons: [Int64?], finished: Instant) {
        var last = surroundings.now()
        var plan = PiecePlan(decision: decision, batch: batch, surroundings: surroundings)
        plan.linkRelatives(known: try relativesByNumber(decision))
        // Some households at a time, so that contents and rows of few sheets are in memory at once.
        for rows in plan.parts(of: PieceWriter.partSize) {
            let drafts = try plan.drafts(rows)
            let written = try acts.append(drafts.map(\.draft), by: actor, on: connection)
            try insertProjections(plan, rows, drafts, written)
            if let act = written.last { last = act.recorded }
        }
        try mark(decision.marks + plan.marks)
        try LaterRelatives(acts: acts, actor: actor, connection: connection).link(plan.arrivals)
        return (plan.persons, last)
    }

    /// The persons of the register whose numbers the sheets name as father's, mother's, spouse's.
    private func relativesByNumber(_ decision: PieceDecision) throws -> [String: KnownRelative] {
        var numbers: Set<Int64> = []
        for sheet in decision.sheets {
            for reference in [sheet.father, sheet.mother, sheet.spouse] {
                if let number = reference?.number.flatMap(Int64.init) { numbers.insert(number) }
            }
        }
        return try KnownRelatives(connection: connection).find(numbers)
    }

    private func insertProjections(
        _ plan: PiecePlan, _ rows: Range<Int>, _ drafts: [PiecePlan.Draft], _ acts: [Act]
    ) throws {
        var persons: [PersonStore.PersonRow] = []
        var households: [PersonStore.HouseholdRow] = []
        var numbers: [(number: Int64, person: Int64, act: Int64)] = []
        var sheets: [[SQLValue]] = []
        var householdsActs: [Int64: [RecordedAct]] = [:]
        var dwellings: [DwellingStore.Row] = []
        for (draft, act) in zip(drafts, acts) {
            let recorded = RecordedAct(
                id: act.id, version: act.subjects.first?.version ?? 1, effective: act.effective,
                recorded: act.recorded, content: draft.content)
            switch draft.content {
            case .collected(let sheet):
                dwellings += DwellingStore.rows(of: draft.content, in: .person(sheet.person))
                if let state = try PersonFold.state(of: sheet.person, acts: [recorded]) {
                    let findings = sheet.sheet.findings.map { OpenFinding(code: $0.code, field: $0.field ?? "") }
                    persons.append(.init(state: state, handle: sheet.handle.text, findings: findings))
                }
                if sheet.numberTaken, let number = sheet.statedNumber.flatMap(Int64.init) {
                    numbers.append((number, sheet.person, act.id.rawValue))
                }
                sheets.append(row(of: sheet.sheet, draft, act, person: sheet.person, household: sheet.household))
                let inHousehold = RecordedAct(
                    id: act.id, version: act.subjects.last?.version ?? 1, effective: act.effective,
                    recorded: act.recorded, content: draft.content)
                householdsActs[sheet.household, default: []].append(inHousehold)
            case .householdFormed(let formation):
                dwellings += DwellingStore.rows(of: draft.content, in: .household(formation.household))
                householdsActs[formation.household, default: []].append(recorded)
            case .sheetHeld(let sheet):
                sheets.append(
                    row(
                        of: sheet.sheet, draft, act, person: nil, household: nil,
                        places: SheetPlaces.text(draft.content.residences)))
            default: break  // a piece has no other acts
            }
        }
        for (household, acts) in householdsActs {
            guard let state = try HouseholdFold.state(of: household, acts: acts), let handle = plan.handles[household]
            else {
                continue
            }
            households.append(.init(state: state, handle: handle.text))
        }
        let store = PersonStore()
        try store.insert(persons, on: connection)
        try store.insert(households, on: connection)
        try DwellingStore().insert(dwellings, on: connection)
        try NumberStore().give(numbers, on: connection)
        try SheetStore().insert(
            sheets, findings: plan.findingRows(rows), keys: plan.keyRows(rows), on: connection)
    }

    private func row(
        of source: SheetSource, _ draft: PiecePlan.Draft, _ act: Act, person: Int64?, household: Int64?,
        places: String? = nil
    ) -> [SQLValue] {
        [
            .integer(source.id), .integer(batch), .integer(Int64(source.row)), .integer(draft.fate.rawValue),
            person.map { .integer($0) } ?? .null, household.map { .integer($0) } ?? .null, .integer(act.id.rawValue),
            .textOrNull(places),
        ]
    }

    /// Puts the finding on sheets of earlier pieces and batches.
    private func mark(_ marks: [(sheet: Int64, finding: SheetFinding)]) throws {
        let store = SheetStore()
        for mark in marks { try store.mark(mark.sheet, mark.finding, on: connection) }
    }
}
