import Access
import Civil
import Database
import Ledger

/// Takes a held row into the register as an import would have, once an officer has decided so.
struct HeldRowIntake {
    let decider: SheetDecider
    let connection: Connection

    /// How far from its row the other rows of a household are looked for in the file.
    private static let reach: Int64 = 200

    // MARK: Correcting

    /// The row with its fields as the officer wrote them, read and compared with the register like every row.
    /// - Throws: what still holds it.
    func corrected(_ row: HeldRow, _ fields: [SheetColumn: String]) throws -> HeldSheet {
        let columns = SheetColumn.allCases
        let written = columns.map { fields[$0] ?? row.written[$0] ?? "" }
        let record = written.map(HeldRowIntake.quoted).joined(separator: ",")
        var sheet = StandardSheet(
            typed: written, place: row.place, written: record, units: decider.units,
            demonstration: decider.demonstration)
        sheet.row = row.row
        if fields[.name] ?? row.written[.name] == row.written[.name] { sheet.keepName(of: row.sheet) }
        sheet.hold(outside: decider.requester.jurisdiction)
        let own = SheetID.make(batch: decider.batch.id, row: row.place)
        let holders = try NumberStore().holders(of: [sheet.number?.value].compactMap { $0 }, on: connection)
        let records = KnownRecords(connection: connection)
        var known = try records.find(Set(sheet.facts.keys))
        try records.add(holders: holders, to: &known)
        for key in known.keys { known[key]?.removeAll { $0.sheet == own } }
        let decision = PieceDecision(
            sheets: [sheet], batch: decider.batch.id, known: known, numberHolders: holders)
        let result = decision.sheets[0]
        let causes = result.findings.map(\.code).filter(\.holdsRows)
        // Whoever corrects a row beside somebody who may be the same has seen that it is not.
        let isKnownTwin = row.causes.contains(.duplicate) && causes.allSatisfy { $0 == .duplicate }
        guard decision.accepted[0] || isKnownTwin else { throw SheetDecisionRefusal.stillHeld(causes) }
        return result.held(
            SheetSource(id: 0, row: row.row, written: record, findings: result.findings),
            takesNumber: result.numberFits)
    }

    private static func quoted(_ field: String) -> String {
        let line = field.replacing("\n", with: " ").replacing("\r", with: " ")
        guard line.contains(where: { ",\"".contains($0) }) else { return line }
        return "\"" + line.replacing("\"", with: "\"\"") + "\""
    }

    // MARK: Becoming a person

    /// Records the person, in the household of the row's code, or in one that is formed.
    func take(_ sheet: HeldSheet, _ row: HeldRow) throws -> (person: Int64, handle: Handle) {
        let surroundings = decider.surroundings
        var keys = NeighbouringKeys(surroundings)
        let person = keys.next()
        let handle = Handle(random: surroundings.random(16))
        let (number, numberFits) = try number(of: sheet)
        let household = try household(sheet, row) ?? form(sheet, &keys)
        let source = SheetSource(
            id: 0, row: row.row, written: sheet.sheet.written, bytes: sheet.sheet.bytes,
            findings: sheet.sheet.findings.filter { !$0.code.holdsRows })
        let content = ActContent.collected(
            Collected(
                person: person, handle: handle, details: sheet.details, household: household,
                relation: sheet.relation, father: sheet.father, mother: sheet.mother, spouse: sheet.spouse,
                permanent: sheet.permanent, current: sheet.current, statedNumber: number, numberTaken: numberFits,
                dead: sheet.sheet.findings.contains { $0.code == .dead } ? true : nil, died: nil, sheet: source))
        let version = try decider.acts.version(of: .household(household), on: connection) + 1
        let act = try append(
            content,
            [SubjectVersion(.person(person), version: 1), SubjectVersion(.household(household), version: version)])
        try project(content, person, handle, household)
        if numberFits, let number = number.flatMap(Int64.init) {
            try NumberStore().give([(number, person, act.id.rawValue)], on: connection)
            try linkRelatives(to: person)
        }
        return (person, handle)
    }

    /// Links the records that name the person's number.
    private func linkRelatives(to person: Int64) throws {
        guard let state = try PersonStore().person(person, on: connection)?.state, let number = state.number else {
            return
        }
        let arrival = LaterRelatives.Arrival(
            number: number, holder: NumberHolder(of: state), birth: state.details.birth, spouse: state.spouse?.person,
            isDead: state.life.status == .dead)
        try LaterRelatives(acts: decider.acts, actor: decider.requester.actor, connection: connection).link([arrival])
    }

    /// The number that the row states, and whether nobody holds or held it.
    private func number(of sheet: HeldSheet) throws -> (stated: String?, fits: Bool) {
        guard let text = sheet.number, let number = try? PersonalIdentificationNumber(parsing: text) else {
            return (sheet.number, false)
        }
        let isDoubted = sheet.sheet.findings.contains { $0.code.isAboutOwnNumber }
        let isFree = try NumberStore().holders(of: [number.value], on: connection).isEmpty
        return (text, isFree && !isDoubted)
    }

    /// The household that rows of the same code close by in the file have formed.
    private func household(_ sheet: HeldSheet, _ row: HeldRow) throws -> Int64? {
        guard let code = sheet.householdCode else { return nil }
        let own = SheetID.make(batch: decider.batch.id, row: row.place)
        let first = max(SheetID.make(batch: decider.batch.id, row: 0), own - HeldRowIntake.reach)
        let households = try connection.rows(
            """
            SELECT DISTINCT household_id FROM sheet
            WHERE sheet_id >= ? AND sheet_id <= ? AND household_id IS NOT NULL ORDER BY household_id
            """, [.integer(first), .integer(own + HeldRowIntake.reach)]
        ) { try $0.int64(0) }
        return try households.first { try PersonStore().household($0, on: connection)?.state.code == code }
    }

    private func form(_ sheet: HeldSheet, _ keys: inout NeighbouringKeys) throws -> Int64 {
        let household = keys.next()
        let handle = Handle(random: decider.surroundings.random(16))
        let content = ActContent.householdFormed(
            HouseholdFormation(
                household: household, handle: handle, splitFrom: nil, address: sheet.permanent,
                code: sheet.householdCode, head: nil, members: []))
        _ = try append(content, [SubjectVersion(.household(household), version: 1)])
        let stream = try Streams(acts: decider.acts, connection: connection).acts(of: .household(household))
        if let state = try HouseholdFold.state(of: household, acts: stream) {
            try PersonStore().insert([.init(state: state, handle: handle.text)], on: connection)
        }
        return household
    }

    private func append(_ content: ActContent, _ subjects: [SubjectVersion]) throws -> Act {
        let draft = ActDraft(
            kind: content.kind, subjects: subjects, effective: nil, legalBasis: PieceWriter.legalBasis,
            content: try content.canonicalBytes())
        guard let act = try decider.acts.append([draft], by: decider.requester.actor, on: connection).first else {
            throw Refusal.actNotFound
        }
        try DwellingStore().note(content, in: subjects.map(\.subject), on: connection)
        return act
    }

    private func project(_ content: ActContent, _ person: Int64, _ handle: Handle, _ household: Int64) throws {
        let streams = Streams(acts: decider.acts, connection: connection)
        let store = PersonStore()
        if let state = try PersonFold.state(of: person, acts: streams.acts(of: .person(person))) {
            try store.insert([.init(state: state, handle: handle.text)], on: connection)
        }
        if let state = try HouseholdFold.state(of: household, acts: streams.acts(of: .household(household))) {
            try store.update(state, on: connection)
        }
        try connection.insert(
            into: "match_key", columns: ["match_key", "sheet_id", "person_id"],
            rows: Set(content.identityFacts?.keys ?? []).sorted().map {
                [.integer(Int64(bitPattern: $0)), .integer(0), .integer(person)]
            })
    }
}

extension FindingCode {
    /// Whether it says something against the number that the row states for its own person.
    fileprivate var isAboutOwnNumber: Bool {
        switch self {
        case .numberMalformed, .numberSexMismatch, .numberYearMismatch, .numberOfAnother, .numberTestPrefix,
            .numberNotTestPrefix:
            true
        default: false
        }
    }
}
