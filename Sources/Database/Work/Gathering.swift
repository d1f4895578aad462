import Foundation
import Synchronization

/// Requests of one kind that come at the same time and are answered together: one transaction, one commit, and one
/// statement for all of them where each alone would need its own.
///
/// Where reads leave an entry before they are answered, this is what makes the entry cheap: what costs is the way to
/// the store and the commit, and both are shared. One request that fails does not fail the others: after a failure each
/// is answered alone.
package final class Gathering<Request: Sendable, Answer: Sendable>: Sendable {
    private struct Waiting: Sendable {
        let request: Request
        let continuation: CheckedContinuation<Answer, any Error>
    }

    private let database: Database
    private let limit: Int
    private let handle: @Sendable (Connection, [Request]) throws -> [Answer]
    private let waiting = Mutex<[Waiting]>([])
    /// How many were answered together the last time.
    private let lastCount = Mutex(0)

    /// Those who were answered a moment ago come back a moment later; waiting for them once saves a commit.
    private static var moment: Double { 0.000_25 }

    /// Answers requests on the given store.
    ///
    /// - Parameters:
    ///   - limit: requests that are answered together at most.
    ///   - handle: one answer for each request, in their order; may run more than once for the same requests.
    package init(
        _ database: Database, limit: Int = 128,
        handle: @escaping @Sendable (Connection, [Request]) throws -> [Answer]
    ) {
        self.database = database
        self.limit = limit
        self.handle = handle
    }

    /// The answer, once the commit that it shares is durable.
    package func ask(_ request: Request) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                waiting.append(Waiting(request: request, continuation: continuation))
                return waiting.count % limit == 1 || limit == 1
            }
            // One drain for each full batch, and one for the rest.
            if isFirst { drain() }
        }
    }

    private func drain() {
        let batch = Batch()
        let part = GroupedPart(
            run: { [self] connection in
                // A transaction that is run again answers those whom it took the first time.
                let taken = batch.taken.withLock { taken in
                    if taken == nil {
                        gather()
                        taken = take()
                    }
                    return taken ?? []
                }
                guard !taken.isEmpty else { return {} }
                let answers = try handle(connection, taken.map(\.request))
                guard answers.count == taken.count else {
                    throw DatabaseError.statement("\(taken.count) requests, but \(answers.count) answers")
                }
                return { for (one, answer) in zip(taken, answers) { one.continuation.resume(returning: answer) } }
            },
            fail: { [self] error in
                let taken = batch.taken.withLock { $0 } ?? take()
                guard taken.count > 1 else {
                    for one in taken { one.continuation.resume(throwing: error) }
                    return
                }
                for one in taken { alone(one) }
            })
        if let refusal = database.submit(part) { part.fail(refusal) }
    }

    private func gather() {
        let before = lastCount.withLock { $0 }
        if waiting.withLock({ $0.count }) * 2 < before { Thread.sleep(forTimeInterval: Self.moment) }
    }

    private func take() -> [Waiting] {
        waiting.withLock { waiting in
            let taken = Array(waiting.prefix(limit))
            waiting.removeFirst(taken.count)
            lastCount.withLock { $0 = taken.count }
            return taken
        }
    }

    private func alone(_ one: Waiting) {
        let part = GroupedPart(
            run: { [handle] connection in
                guard let answer = try handle(connection, [one.request]).first else {
                    throw DatabaseError.statement("a request, but no answer")
                }
                return { one.continuation.resume(returning: answer) }
            }, fail: { one.continuation.resume(throwing: $0) })
        if let refusal = database.submit(part) { part.fail(refusal) }
    }

    /// What one drain has taken.
    private final class Batch: Sendable {
        let taken = Mutex<[Waiting]?>(nil)
    }
}
