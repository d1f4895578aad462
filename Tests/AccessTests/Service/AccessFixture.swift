import Civil
import Database
import Ledger
import Synchronization
import TestStores

@testable import Access

/// A register of officers with a clock that a test moves by hand.
final class AccessFixture: Sendable {
    let database: Database
    let access: AccessRegister

    static let start: Int64 = 1_757_000_000_000_000
    static let boss = LocalOperator.requester
    static let commune = UnitCode("00004", UnitSet(rawValue: "from-2025-07-01"))

    private init(_ database: Database) throws {
        self.database = database
        let clock = Box()
        let random = Mutex<UInt64>(1)
        let surroundings = Surroundings(
            now: { Instant(microseconds: clock.time.withLock { $0 }) },
            random: { count in
                random.withLock { state in
                    (0..<count).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return UInt8(truncatingIfNeeded: state >> 33)
                    }
                }
            })
        box = clock
        var units = UnitDirectory()
        for name in ShippedUnits.names { try units.load(ShippedUnits.bytes(name) ?? []) }
        access = AccessRegister(
            database: database, surroundings: surroundings, numbers: EntryNumbers(surroundings),
            units: UnitsInForce(units, number: 0), isDemonstration: true,
            passwordCost: PasswordHash.Cost(logN: 4, r: 8, p: 1) ?? .standard)
    }

    private final class Box: Sendable {
        let time = Mutex<Int64>(AccessFixture.start)
    }
    private let box: Box

    func advance(seconds: Int64) {
        box.time.withLock { $0 += seconds * 1_000_000 }
    }

    var now: Instant { Instant(microseconds: box.time.withLock { $0 }) }

    /// The kinds of changes in a subject's stream, in order.
    func changes(of subject: Int64) async throws -> [AccessChange] {
        let acts = access.acts
        return try await database.read { connection in
            try acts.stream(of: .set(subject), on: connection).compactMap { stored in
                try stored.content.map { try AccessChange(bytes: $0) }
            }
        }
    }

    static func with(
        _ engine: Engine, _ body: @Sendable (AccessFixture) async throws -> Void
    ) async throws {
        try await TestStore.with(engine, migrated: LedgerSchema.migrations + AccessSchema.migrations) { database in
            let fixture = try AccessFixture(database)
            try await fixture.access.prepareDemonstration(around: AccessFixture.commune, by: AccessFixture.boss)
            try await body(fixture)
        }
    }
}
