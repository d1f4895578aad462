import Synchronization

extension Database {
    /// What goes along with the next write of a task, in the same transaction: both stand, or neither.
    ///
    /// For what surrounds a piece of work without knowing it, such as the note that a request was answered. One write
    /// takes it; where that write fails, the next one does.
    package final class Along: Sendable {
        fileprivate let write: @Sendable (Connection) throws -> Void
        private let isTaken = Mutex(false)

        package init(_ write: @escaping @Sendable (Connection) throws -> Void) {
            self.write = write
        }

        /// Whether a write that stands has taken it.
        package var isWritten: Bool { isTaken.withLock { $0 } }

        fileprivate func take() -> Bool {
            isTaken.withLock { isTaken in
                defer { isTaken = true }
                return !isTaken
            }
        }

        fileprivate func giveBack() { isTaken.withLock { $0 = false } }
    }

    @TaskLocal package static var along: Along?

    /// Does a write with what goes along with it.
    func withAlong<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T,
        _ run: (@escaping @Sendable (Connection) throws -> T) async throws -> T
    ) async throws -> T {
        guard let along = Database.along, along.take() else { return try await run(body) }
        do {
            return try await run { connection in
                let value = try body(connection)
                try along.write(connection)
                return value
            }
        } catch {
            along.giveBack()
            throw error
        }
    }
}
