import Database
import Ledger

/// Kiểm tra toàn bộ: both logs, and what the register is and which units it goes by, held against them.
package struct RegisterVerifier: Sendable {
    private let database: Database
    private let store: RegisterStore
    private let logs: LogVerifier

    /// Signatures are verified with these keys; a log without one has no valid checkpoint.
    package init(database: Database, acts: ActStore, keys: [LogName: LogVerificationKey]) {
        self.database = database
        store = RegisterStore(acts: acts)
        logs = LogVerifier(database: database, keys: keys)
    }

    package func verify() async throws -> LogVerification {
        var result = try await logs.verify()
        let store = store
        for damage in try await database.read({ try store.damages(on: $0) }) {
            result.found(damage.kind, .acts, damage.place)
        }
        return result
    }
}
