import Civil
import Database
import Ledger

/// Bản nháp: what an officer typed stays theirs until it is recorded, thrown away, or a week old.
extension AccessRegister {
    /// Keeps what was typed into a form.
    ///
    /// - Parameter about: whom it is about, as the officer sees it on the page; what was known before stays without it.
    package func keep(
        _ fields: [String: String], at path: String, about: String? = nil, of session: Session
    ) async throws {
        try await keep(fields, at: path, about: about, ofOfficer: session.officer.id)
    }

    /// Keeps what was typed where the session ended by its time while somebody typed; whether it did.
    ///
    /// The form must be one of that session and browser, and the account must still be one that signs in: what is kept
    /// is seen by that account alone, once it has signed in again. What was ended by somebody keeps nothing.
    package func keep(
        _ fields: [String: String], at path: String, ofLapsed secret: String, agent: String, formToken: String
    ) async throws -> Bool {
        guard let secret = SecretToken(text: secret), let token = SecretToken(text: formToken) else { return false }
        let found = try await database.read { try SessionStore().lapsed(secret.hash, $0) }
        guard let found, found.agent == AccessRegister.hash(ofAgent: agent),
            found.session.officer.disabled == nil,
            let own = SecretToken(text: found.session.formToken), token.hash.isEqualInConstantTime(to: own.hash)
        else { return false }
        try await keep(fields, at: path, about: nil, ofOfficer: found.session.officer.id)
        return true
    }

    private func keep(
        _ fields: [String: String], at path: String, about: String?, ofOfficer officer: Int64
    ) async throws {
        guard path.unicodeScalars.count <= FormDraft.longestPath else { return }
        let about = about.flatMap { PlainLine.parse($0, longest: FormDraft.longestAbout) }
        let draft = FormDraft(path: path, fields: fields, about: about, saved: surroundings.now())
        try await database.write { try FormDraftStore().save(draft, of: officer, on: $0) }
    }

    /// What the officer typed into this form and has not recorded.
    package func draft(at path: String, of session: Session) async throws -> FormDraft? {
        let oldest = oldestDraft
        return try await database.read { try FormDraftStore().draft(path, of: session.officer.id, $0) }
            .flatMap { $0.saved > oldest ? $0 : nil }
    }

    /// The pages of the officer's drafts and since when they are kept, the newest first.
    package func drafts(of session: Session) async throws -> [FormDraft.Place] {
        let oldest = oldestDraft
        return try await database.read { try FormDraftStore().saved(of: session.officer.id, after: oldest, $0) }
    }

    package func discardDraft(at path: String, of session: Session) async throws {
        try await database.write { try FormDraftStore().remove(path, of: session.officer.id, on: $0) }
    }

    private var oldestDraft: Instant { Instant(microseconds: surroundings.now().microseconds - FormDraft.kept) }

    /// What follows a recorded form: its draft goes, and its fields are added to the office's sum of the day.
    package func finish(_ path: String, _ count: TypingCount, of session: Session) async throws {
        let today = surroundings.today
        try await database.write { connection in
            let store = FormDraftStore()
            try store.remove(path, of: session.officer.id, on: connection)
            try store.add(count, office: session.grant.office, day: today, on: connection)
        }
    }

    /// Không phải đánh máy: the office's sum of the last 30 days.
    package func typing(ofOffice office: String) async throws -> TypingCount {
        let since = surroundings.today.advanced(byDays: -30)
        return try await database.read { try FormDraftStore().typing(ofOffice: office, since: since, $0) }
    }
}
