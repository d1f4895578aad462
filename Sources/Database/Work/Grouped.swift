/// One caller's part of a grouped write; the closures hide its result type.
struct GroupedPart: Sendable {
    /// Runs the caller's closure; what comes back tells the caller, once the commit is durable.
    let run: @Sendable (Connection) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
}

extension Session {
    /// Something was written by a part that failed: the group has to be run again, each part in a savepoint.
    private struct NeedsSavepoints: Error {}

    /// Runs the parts one after another with one commit; callers are told after it.
    ///
    /// The first pass goes without savepoints, since nearly always all parts succeed or fail before they write. Rows
    /// that were to go with the commit may be refused there, when nobody knows any more whose they were.
    func group(_ parts: [GroupedPart]) {
        do {
            let tell: [@Sendable () -> Void]
            do {
                tell = try transaction(.grouped) { connection in
                    try parts.map { try bare($0, connection, isAlone: parts.count == 1) }
                }
            } catch let error where parts.count > 1 && (error is NeedsSavepoints || isOfOne(error)) {
                tell = try transaction(.grouped) { connection in
                    try parts.map { try guarded($0, connection) }
                }
            }
            for answer in tell { answer() }
        } catch {
            for part in parts { part.fail(error) }
        }
    }

    /// Whether the error is about what one part wrote, and not about the store.
    private func isOfOne(_ error: any Error) -> Bool {
        switch error as? DatabaseError {
        case .uniqueViolation, .checkViolation, .foreignKeyViolation, .notNullViolation, .refusedByTrigger, .statement,
            .typeMismatch, .nulInText:
            true
        default: false
        }
    }

    private func bare(
        _ part: GroupedPart, _ connection: Connection, isAlone: Bool
    ) throws -> @Sendable () -> Void {
        let driver = connection.driver
        let before = driver.writeCount
        do {
            let tell = try part.run(connection)
            if let failure = driver.failure { throw failure }
            return tell
        } catch {
            if isAlone { throw error }
            guard driver.failure == nil, driver.writeCount == before else { throw NeedsSavepoints() }
            return { part.fail(error) }
        }
    }

    private func guarded(_ part: GroupedPart, _ connection: Connection) throws -> @Sendable () -> Void {
        let driver = connection.driver
        do {
            return try connection.savepoint { try part.run(connection) }
        } catch {
            if driver.failure != nil || driver.isBroken { throw error }
            return { part.fail(error) }
        }
    }
}
