import Synchronization

/// What the server counts about itself; never anything about persons.
final class ServerWatch: Sendable {
    struct Counts: Sendable {
        struct Answers: Hashable, Sendable {
            var route: String
            var method: String
            var status: Int
        }

        var answers: [Answers: Int] = [:]
        var durations: [String: Durations] = [:]
        var acts = 0
        var looks = 0
        /// When the log was integrated last, and how often that failed since.
        var integrated: ContinuousClock.Instant?
        var failures = 0
    }

    /// A histogram of seconds.
    struct Durations: Sendable {
        static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        var buckets = Array(repeating: 0, count: Durations.bounds.count)
        var count = 0
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            for (index, bound) in Durations.bounds.enumerated() where seconds <= bound { buckets[index] += 1 }
            count += 1
            sum += seconds
        }
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func looked() { state.withLock { $0.looks += 1 } }

    func recorded() { state.withLock { $0.acts += 1 } }

    func integrated() {
        state.withLock {
            $0.integrated = ContinuousClock.now
            $0.failures = 0
        }
    }

    func integrationFailed() { state.withLock { $0.failures += 1 } }

    func answered(route: String, method: String, status: Int, seconds: Double) {
        state.withLock {
            $0.answers[.init(route: route, method: method, status: status), default: 0] += 1
            $0.durations[route, default: Durations()].add(seconds)
        }
    }
}
