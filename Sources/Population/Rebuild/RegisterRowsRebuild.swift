import Civil
import Database
import Ledger

/// Holds what the register is, and its files of units, against the acts that say so.
///
/// A file that comes with the program is put back; what the register is can only come from a backup, since the database
/// lets nobody change it.
struct RegisterRowsRebuild {
    let store: RegisterStore
    let connection: Connection
    let writing: Bool
    let now: Instant

    func run(_ result: inout RebuildResult) throws {
        guard let standing = try store.reading(on: connection)?.standing, !standing.damages.isEmpty else { return }
        var shipped: Set<String> = []
        for bytes in ShippedUnits.names.compactMap(ShippedUnits.bytes) {
            let file = UnitFileBytes(name: "", bytes: bytes)
            for place in standing.damaged(sha256: file.sha256) {
                shipped.insert(place.place)
                if writing { try store.putBack(bytes, as: place, at: now, on: connection) }
            }
        }
        for damage in standing.damages {
            let what: RebuildDifference.What =
                switch damage.state {
                case .changed: .different
                case .missing: .missing
                case .surplus: .surplus
                }
            result.found(what, damage.place, isRepairable: shipped.contains(damage.place))
        }
    }
}
