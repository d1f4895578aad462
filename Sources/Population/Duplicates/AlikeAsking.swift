import Access
import Civil
import Database
import Ledger
import Linkage

extension PopulationRegister {
    /// Hỏi trước khi lập hồ sơ: who of the register may be the person of a sheet DC01 that is typed in at a counter.
    ///
    /// Empty when nobody comes close, the sheet says too little to compare, or `seen` is the mark of those who come
    /// close. Whoever is told is looked at: a look on record, durable before the answer.
    /// - Parameter seen: `AlikePerson.mark` of those at whom somebody has looked.
    /// - Throws: `AccessRefusal.lookUpsPaused` after too many that lead elsewhere.
    package func alike(
        toSheet fields: [SheetColumn: String], seen: String?, by requester: Requester
    ) async throws -> [AlikePerson] {
        try AccessPolicy.require(requester, toUse: .importBatch)
        let sheet = standardSheet(typed: fields)
        guard let name = sheet.details.name else { return [] }
        let today = placements.today(surroundings)
        let record = LinkRecord(
            id: "", name, sheet.details, today.place(of: sheet.permanent) ?? today.place(of: sheet.current),
            father: sheet.father, mother: sheet.mother, in: today)
        return try await alike(record, seen, by: requester)
    }

    /// Đọc thử phiếu: what the register reads in a sheet DC01 that is being typed in, with what is found in the sheet
    /// alone; nothing is kept and nobody of the register is asked about.
    package func reading(ofSheet fields: [SheetColumn: String], by requester: Requester) throws -> HeldSheet {
        try AccessPolicy.require(requester, toUse: .importBatch)
        var sheet = standardSheet(typed: fields)
        sheet.hold(outside: requester.jurisdiction)
        return sheet.held(SheetSource(id: 0, row: sheet.row, written: "", findings: sheet.findings))
    }

    private func standardSheet(typed fields: [SheetColumn: String]) -> StandardSheet {
        StandardSheet(
            typed: SheetColumn.allCases.map { fields[$0] ?? "" }, written: "", units: units,
            demonstration: kind == .demonstration)
    }

    /// Who may be the child of a birth that is to be registered; like `alike(toSheet:)`.
    func alike(toNewborn request: ActRequest, by requester: Requester) async throws -> [AlikePerson] {
        let context = RecordingContext(register: self, today: surroundings.today)
        let today = placements.today(surroundings)
        let record = try await database.read { connection -> LinkRecord? in
            let reader = RequestReader(context: context, connection: connection, requester: requester)
            guard case .registeredAtBirth(let birth) = try reader.read(request).content, let name = birth.details.name
            else { return nil }
            let parents = try [birth.father, birth.mother].map { parent in
                try parent.map { try PopulationRegister.named($0, connection) }
            }
            return LinkRecord(id: "", name, birth.details, nil, father: parents[0], mother: parents[1], in: today)
        }
        guard let record else { return [] }
        return try await alike(record, request.anotherThan, by: requester)
    }

    /// A parent by name, from their own record where there is one.
    private static func named(_ parent: PersonReference, _ connection: Connection) throws -> PersonReference {
        guard parent.name == nil, let person = parent.person else { return parent }
        return PersonReference(name: try PersonStore().person(person, on: connection)?.state.details.name)
    }

    /// Builds the index of everybody before anybody asks.
    package func prepareAlike() async throws { _ = try await alikeIndex.current() }

    private func alike(
        _ record: LinkRecord, _ seen: String?, by requester: Requester
    ) async throws -> [AlikePerson] {
        let matches = try await alikeIndex.current().matches(of: record)
        guard !matches.isEmpty else { return [] }
        let telling = AlikeTelling(
            judge: LookJudge(acts: acts, today: surroundings.today, requester: requester.onDuty(.dataQuality)),
            now: surroundings.now())
        let (looks, guesses) = (looks, guesses)
        let typed = try seal?.seal(record.typed)
        let outcome: Result<[AlikePerson], AccessRefusal> = try await database.writeGrouped { connection in
            let persons = try telling.persons(of: matches, on: connection)
            guard !persons.isEmpty, seen != AlikePerson.mark(of: persons) else { return .success([]) }
            // That there is somebody elsewhere is what guesses are made for.
            if persons.contains(where: { $0.handle == nil }) {
                if let refusal = try guesses.refusal(of: requester, on: connection) { return .failure(refusal) }
                try guesses.count(.misses, of: requester, on: connection)
            }
            let purpose = requester.onDuty(.dataQuality).ground.purpose
            _ = try looks.append(
                by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                persons: persons.map(\.person), fields: AlikePerson.fields(of: persons), sealed: typed, on: connection)
            return .success(persons)
        }
        return try outcome.get()
    }
}

/// Holds those who may be meant against what the requester may see.
private struct AlikeTelling {
    let judge: LookJudge
    let now: Instant

    func persons(
        of matches: [(person: Int64, explanation: LinkExplanation)], on connection: Connection
    ) throws -> [AlikePerson] {
        let store = PersonStore()
        let seals = try StandingSeals(of: Set(matches.map(\.person)), at: now, on: connection)
        return try matches.compactMap { match in
            // Whoever is sealed is nobody to those who do not open seals, here as everywhere.
            guard !seals.hides(match.person, from: judge.requester),
                let row = try store.person(match.person, on: connection)
            else { return nil }
            // A newborn is counted nowhere yet; those who registered it know it by its parents.
            let family = try [row.state.father?.person, row.state.mother?.person].compactMap { $0 }.flatMap { parent in
                try store.person(parent, on: connection)?.state.places(on: judge.today) ?? []
            }
            guard let allowance = judge.listed(row.state, beside: family, seals) else {
                return match.explanation.probability >= AlikePerson.surelyEnough
                    ? AlikePerson(person: match.person, handle: nil, name: nil, birth: nil, told: nil) : nil
            }
            let state = row.state.showing(allowance.groups)
            return AlikePerson(
                person: match.person, handle: row.handle, name: state.details.name, birth: state.details.birth,
                told: AlikePerson.Told(match.explanation))
        }
    }
}

extension LinkRecord {
    /// What was typed of somebody, as one text for the sealed part of a look.
    fileprivate var typed: String {
        [
            ("name", fullName), ("birth", birth?.canonical), ("sex", sex?.rawValue), ("unit", commune),
            ("father", fatherName), ("mother", motherName), ("old_number", oldNumber),
        ].compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "\n")
    }
}
