import Civil
import Database
import Ledger

extension AccessRegister {
    /// Lượt đăng nhập gần đây: the officer's latest sign-ins, refusals and ends of sessions, newest first.
    package func signIns(of officer: Int64, limit: Int = 20) async throws -> [SignInEntry] {
        try await database.read { try SignInEntryStore().entries(of: officer, limit: limit, $0) }
    }

    /// Runs a try to sign in; a refusal is on record before it is told.
    ///
    /// A try during a pause is not looked at and leaves no entry: a stranger cannot fill the record.
    ///
    /// - Parameter body: says whose account it is as soon as it knows.
    func recordingRefusal<Result>(
        _ method: Session.Method, from address: String, _ body: (_ officer: inout Int64?) async throws -> Result
    ) async throws -> Result {
        var officer: Int64?
        do {
            return try await body(&officer)
        } catch let refusal as any ExplainedRefusal {
            if case .tooManyTries? = refusal as? SignInRefusal { throw refusal }
            let entry = entry(.refused, of: officer, method, reason: refusal.code, from: address)
            try await database.write { try SignInEntryStore().insert(entry, on: $0) }
            throw refusal
        }
    }

    func entry(
        _ event: SignInEntry.Event, of officer: Int64?, _ method: Session.Method, reason: String? = nil,
        from address: String
    ) -> SignInEntry {
        SignInEntry(
            id: numbers.next(1), officer: officer, at: surroundings.now(), event: event, method: method,
            reason: reason, place: NetworkPlace.truncated(address))
    }
}
