import Access
import Civil
import Database
import Ledger

/// What a run of numbering did in a unit.
package struct NumberRunResult: Sendable {
    package struct Given: Hashable, Sendable {
        package let person: String
        package let number: String
    }

    package struct LeftOut: Hashable, Sendable {
        /// The person's handle; nil for a sheet that is held.
        package let person: String?
        /// The batch and row of a held sheet.
        package let sheet: SheetRow.Duplicate?
        package let obstacle: NumberingObstacle
    }

    package var given: [Given] = []
    package var alreadyHeld = 0
    package var leftOut: [LeftOut] = []
}

extension PopulationRegister {
    /// Cấp số theo đơn vị: numbers everybody of a unit who may have one, and says who is left out and why.
    ///
    /// Every person is one act; the persons are looked at, and that is recorded too. The same run again numbers nobody
    /// twice: the database holds one number in force a person.
    package func runNumbers(
        in unit: UnitCode, by requester: Requester, dryRun: Bool = false
    ) async throws -> NumberRunResult {
        let question = ActQuestion(kind: .numberAssigned, places: [unit])
        if case .refused(let refusal) = AccessPolicy.decide(requester, act: question) {
            throw RecordingRefusal.access(refusal)
        }
        let requester = requester.onDuty(.numbering)
        let (communes, split) = communes(under: unit)
        var result = NumberRunResult()
        for commune in communes {
            var after: Int64 = 0
            while true {
                let page = try await numberPage(commune, after: after, by: requester, dryRun: dryRun)
                result.given += page.result.given
                result.alreadyHeld += page.result.alreadyHeld
                result.leftOut += page.result.leftOut
                guard let last = page.last else { break }
                after = last
            }
        }
        result.leftOut += try await heldSheets(in: Set(communes))
        result.leftOut += try await withoutPermanentResidence(in: Set(communes), by: requester)
        result.leftOut += try await residents(of: higherUnits(under: unit), .noPermanentResidence, by: requester)
        result.leftOut += try await residents(of: split, .communeSplit, by: requester)
        return result
    }

    /// The communes of a unit, and those of earlier sets whose people all live in them by now; beside them those that
    /// went into it in part, of whose people only a paper tells where they live.
    private func communes(under unit: UnitCode) -> (all: [UnitCode], split: [UnitCode]) {
        var communes = withAllBelow(unit).filter { $0.level == .commune }.map(\.code)
        var known = Set(communes)
        var split: Set<UnitCode> = []
        // Over several reorganisations, one after the other.
        var isGrowing = true
        while isGrowing {
            var before: Set<UnitCode> = []
            for period in units.periods {
                let conversions = Dictionary(grouping: units.conversions(from: period.set), by: \.from)
                for (from, ways) in conversions where !known.contains(from) {
                    let into = Set(ways.map(\.to))
                    if into.isSubset(of: known) { before.insert(from) }
                    if !into.isDisjoint(with: known) { split.insert(from) }
                }
            }
            communes += before.sorted { ($0.set.rawValue, $0.code) < ($1.set.rawValue, $1.code) }
            known.formUnion(before)
            isGrowing = !before.isEmpty
        }
        let parted = split.subtracting(known).sorted { ($0.set.rawValue, $0.code) < ($1.set.rawValue, $1.code) }
        return (communes, parted)
    }

    static let personsPerPage = 200

    private func numberPage(
        _ commune: UnitCode, after: Int64, by requester: Requester, dryRun: Bool
    ) async throws -> (result: NumberRunResult, last: Int64?) {
        let context = RecordingContext(register: self, today: surroundings.today)
        let looks = looks
        let purpose = requester.ground.purpose
        return try await database.write { connection in
            let rows = try connection.rows(
                """
                SELECT person_id, handle, state FROM person
                WHERE permanent_code = ? AND permanent_set = ? AND person_id > ? ORDER BY person_id LIMIT ?
                """,
                [
                    .text(commune.code), .text(commune.set.rawValue), .integer(after),
                    .integer(Int64(PopulationRegister.personsPerPage)),
                ]
            ) { (try $0.int64(0), try $0.text(1), try StateCoding.value(PersonState.self, from: try $0.text(2))) }
            guard let last = rows.last else { return (NumberRunResult(), nil) }
            _ = try looks.append(
                by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                persons: rows.map(\.0),
                fields: [
                    "birth", "birthRegistrationPlace", "life", "mergedInto", "nationality", "number",
                    "permanentResidence", "sex",
                ],
                on: connection)
            var page = NumberPage(
                context: context, connection: connection, actor: requester.actor, dryRun: dryRun)
            for row in rows { try page.number(row.2, handle: row.1) }
            return (page.result, last.0)
        }
    }

    private func heldSheets(in communes: Set<UnitCode>) async throws -> [NumberRunResult.LeftOut] {
        try await database.read { connection in
            var leftOut: [NumberRunResult.LeftOut] = []
            try connection.forEach(
                """
                SELECT b.name, s.row_number, c.content FROM sheet s JOIN batch b ON b.batch_id = s.batch_id
                JOIN act_content c ON c.act_id = s.act_id WHERE \(SheetDecisionStore.open)
                ORDER BY s.sheet_id
                """
            ) { row in
                // A row that cannot be read is told by the rebuild; it keeps nobody else from the list.
                let content = try? ActContent(kind: .sheetHeld, canonicalBytes: try row.blob(2))
                guard case .sheetHeld(let sheet)? = content, let unit = sheet.permanent?.unit, communes.contains(unit)
                else { return }
                let place = SheetRow.Duplicate(batch: try row.text(0), row: try row.int(1))
                leftOut.append(.init(person: nil, sheet: place, obstacle: .rowHeld))
            }
            return leftOut
        }
    }

    /// The unit and all units in it, each before what it has.
    private func withAllBelow(_ code: UnitCode) -> [AdministrativeUnit] {
        guard let unit = units.unit(code) else { return [] }
        return [unit] + units.children(of: code).flatMap { withAllBelow($0.code) }
    }

    /// The unit and those in it above the communes: of who is registered there no commune is known.
    private func higherUnits(under unit: UnitCode) -> [UnitCode] {
        withAllBelow(unit).filter { $0.level != .commune }.map(\.code)
    }

    /// Those who are registered in these units, with what keeps them from a number; each is looked at.
    private func residents(
        of codes: [UnitCode], _ obstacle: NumberingObstacle, by requester: Requester
    ) async throws -> [NumberRunResult.LeftOut] {
        try await leftOut(obstacle, by: requester) { connection in
            try codes.flatMap { code in
                try connection.rows(
                    """
                    SELECT person_id, handle FROM person WHERE permanent_code = ? AND permanent_set = ?
                    ORDER BY person_id
                    """, [.text(code.code), .text(code.set.rawValue)]
                ) { (try $0.int64(0), try $0.text(1)) }
            }
        }
    }

    /// Those who live in the unit and have no permanent residence anywhere.
    private func withoutPermanentResidence(
        in communes: Set<UnitCode>, by requester: Requester
    ) async throws -> [NumberRunResult.LeftOut] {
        try await leftOut(.noPermanentResidence, by: requester) { connection in
            var persons: [(Int64, String)] = []
            try connection.forEach(
                "SELECT person_id, handle, state FROM person WHERE permanent_code IS NULL ORDER BY person_id"
            ) { row in
                let state = try StateCoding.value(PersonState.self, from: try row.text(2))
                guard let unit = state.currentResidence?.address.unit, communes.contains(unit) else { return }
                persons.append((try row.int64(0), try row.text(1)))
            }
            return persons
        }
    }

    /// Whom the run names without a number: the list says where they are registered, and so is a look.
    private func leftOut(
        _ obstacle: NumberingObstacle, by requester: Requester,
        _ persons: @escaping @Sendable (Connection) throws -> [(Int64, String)]
    ) async throws -> [NumberRunResult.LeftOut] {
        let looks = looks
        let purpose = requester.ground.purpose
        return try await database.write { connection in
            let found = try persons(connection)
            for start in stride(from: 0, to: found.count, by: PopulationRegister.personsPerPage) {
                let page = found[start..<min(start + PopulationRegister.personsPerPage, found.count)]
                _ = try looks.append(
                    by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                    persons: page.map(\.0), fields: ["permanentResidence"], on: connection)
            }
            return found.map { NumberRunResult.LeftOut(person: $0.1, sheet: nil, obstacle: obstacle) }
        }
    }
}

/// Numbers the persons of one page inside a transaction.
private struct NumberPage {
    let context: RecordingContext
    let connection: Connection
    let actor: Actor
    let dryRun: Bool
    var result = NumberRunResult()

    mutating func number(_ state: PersonState, handle: String) throws {
        guard state.number == nil else {
            result.alreadyHeld += 1
            return
        }
        let draw = NumberDraw(context: context, connection: connection)
        if let obstacle = try draw.obstacle(for: state) {
            result.leftOut.append(.init(person: handle, sheet: nil, obstacle: obstacle))
            return
        }
        guard let number = try draw.number(for: state) else {
            result.leftOut.append(.init(person: handle, sheet: nil, obstacle: .noBirthRegistration))
            return
        }
        if !dryRun { try give(number, to: state) }
        result.given.append(.init(person: handle, number: number.digits))
    }

    private func give(_ number: PersonalIdentificationNumber, to state: PersonState) throws {
        let content = ActContent.numberAssigned(NumberAssignment(number: number.digits))
        let effective = PartialDate(context.today)
        let rules = RuleContext(
            today: context.today, persons: [state.person: state], households: [:], numbers: [:],
            demonstration: context.demonstration, acts: [:])
        do {
            try ActRules.check(content, effective: effective, in: rules)
        } catch {
            throw RecordingRefusal.rule(error)
        }
        let subject = Subject.person(state.person)
        let version = try context.acts.version(of: subject, on: connection) + 1
        let draft = ActDraft(
            kind: .numberAssigned, subjects: [SubjectVersion(subject, version: version)], effective: effective,
            legalBasis: UsualBasis.text(for: .numberAssigned, effective: nil, recorded: context.today),
            content: try content.canonicalBytes())
        guard let act = try context.acts.append([draft], by: actor, on: connection).first else { return }
        var changed = state
        changed.number = number.digits
        changed.version = version
        changed.verify(
            by: RecordedAct(
                id: act.id, version: version, effective: effective, recorded: act.recorded, content: content),
            holds: true)
        try PersonStore().update(changed, from: state, on: connection)
        try NumberStore().give([(number.value, state.person, act.id.rawValue)], on: connection)
    }
}
