import Access
import Civil
import Database
import Ledger

/// Yêu cầu gửi lại: what came of a program's request that is sent again, because its answer was lost on the way.
extension PopulationRegister {
    /// The batch of the one sheet that a form made when it was sent before; nil when it was not.
    ///
    /// - Throws: `SentBefore.otherContent` when its key was used for another request.
    package func batch(of form: SentForm) async throws -> Batch? {
        try await database.read { connection in
            try form.made(on: connection).flatMap { try BatchStore().batch($0, on: connection) }
        }
    }

    /// Remembers which batch a form made.
    package func remember(_ batch: Batch, madeBy form: SentForm) async throws {
        let now = surroundings.now()
        try await database.write { connection in
            if try form.made(on: connection) == nil { try form.mark(batch.id, at: now, on: connection) }
        }
    }

    /// The receipt of the act that a form made when it was sent before; nil when it was not.
    ///
    /// - Throws: `SentBefore.otherContent` when its key was used for another request.
    package func receipt(of form: SentForm) async throws -> ActReceipt? {
        let acts = acts
        return try await database.read { connection in
            guard let made = try form.made(on: connection),
                let act = try acts.act(ActID(rawValue: made), on: connection)?.act
            else { return nil }
            func handles(_ kind: Subject.Kind, _ table: PersonStore.HandleTable) throws -> [Int64: String] {
                let ids = act.subjects.filter { $0.subject.kind == kind }.map(\.subject.id)
                return try PersonStore().handles(of: Set(ids), table: table, on: connection)
            }
            let persons = try handles(.person, .person)
            let households = try handles(.household, .household)
            // Whoever's stream begins with the act was made by it.
            let created = act.subjects.first { $0.version == 1 && $0.subject.kind != .set }?.subject
            return ActReceipt(
                act: act, persons: persons.values.sorted(),
                created: created.flatMap { $0.kind == .person ? persons[$0.id] : households[$0.id] },
                findings: try findings(about: act, Streams(acts: acts, connection: connection)), dryRun: false)
        }
    }

    /// What was noted about the act when it was recorded.
    private func findings(about act: Act, _ streams: Streams) throws -> [Refusal] {
        guard let subject = act.subjects.first(where: { $0.subject.kind == .person })?.subject,
            Role(rawValue: act.actor.role)?.isVerifiedSource == true
        else { return [] }
        return try streams.acts(of: subject).compactMap { noted in
            guard case .findingNoted(let finding) = noted.content, finding.act == act.id.rawValue else { return nil }
            return Refusal(code: finding.rule)
        }
    }

    /// The approval that a request asked for when it was sent before; nil when it was not.
    ///
    /// - Throws: `SentBefore.otherContent` when its key was used for another request.
    package func approval(of form: SentForm) async throws -> Approval? {
        try await database.read { connection in
            try form.made(on: connection).flatMap { try ApprovalStore().approval($0, on: connection) }
        }
    }
}
