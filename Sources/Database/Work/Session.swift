/// One worker's connection: opened when first needed, replaced when lost, and the place where transactions are retried.
final class Session {
    /// PostgreSQL: how often a transaction that lost a race is run again; somebody wins each round, so this is many.
    private static let raceLimit = 40
    /// SQLite: each try has waited for the busy timeout already.
    private static let busyLimit = 2
    /// SQLite, imports: another import may hold the file for a whole piece, and nobody waits at a counter.
    private static let busyImportLimit = 24
    private static let longestPause = Duration.milliseconds(50)

    private let open: () throws(DatabaseError) -> any Driver
    private let pause: (Duration) -> Void
    private var driver: (any Driver)?

    init(open: @escaping () throws(DatabaseError) -> any Driver, pause: @escaping (Duration) -> Void) {
        self.open = open
        self.pause = pause
    }

    func close() {
        driver?.close()
        driver = nil
    }

    /// Runs `body` in one transaction, again and again while it only loses races.
    func transaction<T>(_ kind: TransactionKind, _ body: (Connection) throws -> T) throws -> T {
        var attempt = 0
        while true {
            let driver = try begun(kind, &attempt)
            do {
                return try driver.hold {
                    let value = try inside(driver, body)
                    return value
                }
            } catch let retry as LostRace {
                attempt += 1
                guard attempt < limit(driver.engine, kind) else { throw retry.cause }
                pause(wait(attempt))
            } catch {
                dropIfBroken()
                throw error
            }
        }
    }

    private struct LostRace: Error {
        let cause: DatabaseError
    }

    /// The body and the commit of a transaction that has begun.
    private func inside<T>(_ driver: any Driver, _ body: (Connection) throws -> T) throws -> T {
        let connection = Connection(driver)
        defer { connection.end() }
        do {
            let value = try body(connection)
            if let failure = driver.failure { throw failure }
            try driver.commit()
            return value
        } catch {
            let failure = driver.failure
            driver.rollback()
            if failure == .contended { throw LostRace(cause: .contended) }
            // The body may have wrapped the store's error; what the store lost is told as it is.
            if failure == .outcomeUnknown { throw DatabaseError.outcomeUnknown }
            throw error
        }
    }

    /// A connection whose transaction has begun; an idle connection that was lost is replaced once.
    private func begun(_ kind: TransactionKind, _ attempt: inout Int) throws -> any Driver {
        var isFresh = driver == nil
        while true {
            let current = try driver ?? open()
            driver = current
            do {
                try current.hold { try current.begin(kind) }
                return current
            } catch {
                if current.isBroken {
                    close()
                    guard !isFresh else { throw error }
                    isFresh = true
                    continue
                }
                try current.hold { current.rollback() }
                guard let failure = error as? DatabaseError, failure == .contended else { throw error }
                attempt += 1
                guard attempt < limit(current.engine, kind) else { throw error }
                pause(wait(attempt))
            }
        }
    }

    private func dropIfBroken() {
        if let driver, driver.isBroken { close() }
    }

    private func limit(_ engine: Engine, _ kind: TransactionKind) -> Int {
        guard engine == .sqlite else { return Session.raceLimit }
        return kind == .bulk ? Session.busyImportLimit : Session.busyLimit
    }

    /// Doubling from half a millisecond; the clock's last digits keep two losers from meeting again.
    private func wait(_ attempt: Int) -> Duration {
        let ceiling = min(Duration.microseconds(500 << min(attempt, 10)), Session.longestPause)
        let digits = ContinuousClock.now.duration(to: .now + .seconds(1)).components.attoseconds / 1_000_000_000
        return ceiling / 2 + ceiling * Double(digits % 97) / 194
    }
}
