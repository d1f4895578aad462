import Civil
import Database
import Ledger
import Population
import Synchronization

/// How many persons and households the register holds, counted again after a few seconds at the earliest.
final class RegisterCounts: Sendable {
    struct Counts: Hashable, Sendable {
        var persons = 0
        var households = 0
        var acts: UInt64 = 0
        var looks: UInt64 = 0
    }

    private let register: PopulationRegister
    private let last = Mutex<(at: Instant, counts: Counts)?>(nil)

    /// For how long a count is shown again, in microseconds.
    static let lifetime: Int64 = 5_000_000

    init(register: PopulationRegister) {
        self.register = register
    }

    func read() async throws -> Counts {
        let now = register.surroundings.now()
        if let known = last.withLock({ $0 }), abs(now.microseconds - known.at.microseconds) < RegisterCounts.lifetime {
            return known.counts
        }
        let held = try await register.counts()
        let logged = try await register.database.read { connection in
            let reader = LogReader(connection: connection)
            return (acts: try reader.size(of: .acts), looks: try reader.size(of: .looks))
        }
        let counts = Counts(
            persons: held.persons, households: held.households, acts: logged.acts, looks: logged.looks)
        last.withLock { $0 = (now, counts) }
        return counts
    }
}
