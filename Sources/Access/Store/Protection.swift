import Civil
import Database
import Ledger

/// Bảo vệ đặc biệt của một số người: what stands at one moment between them and whoever looks.
package struct Protection: Sendable {
    private let sealed: Set<Int64>

    /// - Parameter persons: whom it is asked of; nothing is known of anybody else.
    package init(of persons: Set<Int64>, at now: Instant, on connection: Connection) throws {
        sealed = try SealStore().sealed(among: persons, at: now, on: connection)
    }

    package func isSealed(_ person: Int64) -> Bool { sealed.contains(person) }

    /// Whether the requester is told nothing of that person.
    package func hides(_ person: Int64, from requester: Requester) -> Bool {
        isSealed(person) && !requester.role.opensSeals
    }
}
