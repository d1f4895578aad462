import Access
import Civil
import Database
import Ledger

/// Lists of people as an officer is told of them.
package struct PersonExportsAnswer: Sendable {
    /// Requests that this officer can decide.
    package let waiting: [PersonExport]
    /// What this officer asked last.
    package let asked: [PersonExport]

    package init(waiting: [PersonExport], asked: [PersonExport]) {
        self.waiting = waiting
        self.asked = asked
    }
}

/// Danh sách công dân đã xuất: the people of a unit, in the order of their names.
package struct ExportedPersons: Sendable {
    package let export: PersonExport
    package let persons: [PersonStateLine]

    /// One person of a list.
    package struct PersonStateLine: Sendable {
        package let handle: String
        package let state: PersonState
    }
}

extension PopulationRegister {
    /// Đề nghị xuất danh sách công dân của một đơn vị.
    ///
    /// - Throws: `PersonExportRefusal`, `AccessRefusal`, and `ApprovalRefusal.notNeeded` for whoever runs the program
    ///   on the register's machine.
    package func ask(
        toExport unit: UnitCode?, reason: String, by requester: Requester
    ) async throws -> PersonExport {
        guard let unit, let found = units.unit(unit) else { throw PersonExportRefusal.unitUnknown }
        try requireExporting(requester, found.code)
        guard let reason = PlainLine.parse(reason, longest: PersonExport.longestReason) else {
            throw PersonExportRefusal.reasonMissing
        }
        let export = PersonExport(
            id: surroundings.randomID(), unit: found.code, reason: reason, asker: requester.actor,
            asked: surroundings.now())
        try await database.write { try ExportStore().insert(export, on: $0) }
        return export
    }

    /// Các danh sách: those that wait for this officer, and what the officer asked.
    package func exports(by requester: Requester) async throws -> PersonExportsAnswer {
        try requireExporting(requester, nil)
        let now = surroundings.now()
        return try await database.read { connection in
            PersonExportsAnswer(
                waiting: try waitingExports(for: requester, at: now, connection),
                asked: try ExportStore().asked(by: requester.actor.account, limit: 50, on: connection))
        }
    }

    /// The requests that this officer can decide, the first to expire first; none for other roles.
    package func exports(waitingFor requester: Requester) async throws -> [PersonExport] {
        guard requester.role.may(.exportPersons) else { return [] }
        let now = surroundings.now()
        return try await database.read { try waitingExports(for: requester, at: now, $0) }
    }

    /// Quyết định đề nghị xuất danh sách.
    package func decide(export id: Int64, _ verdict: Verdict, by requester: Requester) async throws {
        let verdict = try verdict.checked()
        let now = surroundings.now()
        do {
            try await database.write { connection in
                guard let export = try ExportStore().export(id, on: connection) else { throw ApprovalRefusal.unknown }
                try requireExporting(requester, export.unit)
                if let refusal = try standings.refusal(of: requester, askedBy: export.asker, at: now, connection) {
                    throw refusal
                }
                if let refusal = export.refusal(at: now) { throw refusal }
                let rejection: String? = if case .reject(let reason) = verdict { reason } else { nil }
                try ExportStore().decide(
                    export, SecondDecision(actor: requester.actor, decided: now, rejection: rejection), on: connection)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("person_export_decision") {
            throw ApprovalRefusal.alreadyDecided
        }
    }

    /// Nhận danh sách: for whoever asked, within a day of its granting; every person in it is looked at, and the looks
    /// are durable before the list is given.
    ///
    /// Sealed people are not in it.
    package func take(export id: Int64, by requester: Requester) async throws -> ExportedPersons {
        let now = surroundings.now()
        let export = try await database.read { try ExportStore().export(id, on: $0) }
        guard let export, export.asker.account == requester.actor.account else { throw PersonExportRefusal.unknown }
        try requireExporting(requester, export.unit)
        if let refusal = export.refusalOfTaking(at: now) { throw refusal }
        let lines = try await database.read { try exported(export.unit, at: now, $0) }
        let approver = export.decision?.actor.account ?? ""
        let (looks, acts) = (looks, acts)
        try await database.write { connection in
            try ExportStore().take(export, persons: lines.count, at: now, on: connection)
            try AccessChange.personsExported(
                unit: export.unit.description, persons: lines.count, reason: export.reason
            ).append(
                about: export.id, by: requester.actor, approvedBy: [export.decision?.actor].compactMap(\.self),
                to: acts, on: connection)
            let purpose = Purpose.operation
            _ = try looks.append(
                stride(from: 0, to: lines.count, by: PopulationRegister.rowsPerLook).map { start in
                    LookStore.Draft(
                        actor: requester.actor,
                        purpose: "xuất danh sách: \(export.reason); phê duyệt: \(approver)",
                        legalBasis: purpose.legalBasis,
                        persons: lines[start..<min(start + PopulationRegister.rowsPerLook, lines.count)].map(
                            \.state.person),
                        fields: ["birth", "name", "number", "residence", "sex"])
                }, on: connection)
        }
        return ExportedPersons(export: export, persons: lines)
    }

    // MARK: Rules

    private func requireExporting(_ requester: Requester, _ unit: UnitCode?) throws {
        guard let unit else {
            guard requester.role.may(.exportPersons) else { throw AccessRefusal.roleMayNotDo }
            return
        }
        switch AccessPolicy.decide(requester, use: .exportPersons, for: unit) {
        case .refused(let refusal): throw refusal
        case .allowed(needsSecondPerson: false): throw ApprovalRefusal.notNeeded
        case .allowed(needsSecondPerson: true): break
        }
    }

    private func waitingExports(
        for requester: Requester, at now: Instant, _ connection: Connection
    ) throws -> [PersonExport] {
        try ExportStore().open(at: now, on: connection).filter { export in
            try standings.refusal(of: requester, askedBy: export.asker, at: now, connection) == nil
        }
    }

    /// The people who count in a unit, without those who are sealed, by name.
    private func exported(
        _ unit: UnitCode, at now: Instant, _ connection: Connection
    ) throws -> [ExportedPersons.PersonStateLine] {
        let table = placements.table(into: unit.set)
        var persons: [Int64] = []
        for chunk in Placeholders.chunks(table.sources(of: unit)) {
            try connection.forEach(
                "SELECT person_id FROM person_measure WHERE unit IN \(Placeholders.list)", Placeholders.padded(chunk)
            ) { row in
                persons.append(try row.int64(0))
                if persons.count > PersonExport.mostPersons { throw PersonExportRefusal.tooMany }
            }
        }
        let sealed = try SealStore().sealed(at: now, on: connection)
        persons = persons.filter { !sealed.contains($0) }.sorted()
        var lines: [ExportedPersons.PersonStateLine] = []
        for chunk in Placeholders.chunks(persons) {
            lines += try PersonStore().persons(chunk, on: connection)
                .map { ExportedPersons.PersonStateLine(handle: $0.handle, state: $0.state) }
        }
        return lines.map { (key: Folding.key($0.state.details.name ?? ""), line: $0) }
            .sorted { ($0.key, $0.line.handle) < ($1.key, $1.line.handle) }.map(\.line)
    }
}
