import Civil

/// Giới hạn nhập sai: how long somebody waits after wrong sign-ins; a pause ends by itself and nothing locks for ever.
///
/// The caller counts a try before it checks it, in the transaction that reads the verdict, so that a hundred tries at
/// once
/// are a hundred tries; a right one takes the account's count away. Passkeys are counted for the address alone.
package struct AttemptLimit: Hashable, Sendable {
    /// How many wrong tries cost nothing.
    package let free: Int
    /// The first pause, in seconds; each wrong try after it doubles the pause.
    package let firstPause: Int64
    package let longestPause: Int64
    /// After so many seconds without a wrong try they are forgotten.
    package let memory: Int64

    /// For one account.
    package static let account = AttemptLimit(free: 5, firstPause: 30, longestPause: 900, memory: 86_400)
    /// For one network address: a whole office may sit behind one, so more is free and it is forgotten sooner.
    package static let address = AttemptLimit(free: 20, firstPause: 30, longestPause: 900, memory: 3_600)

    package init(free: Int, firstPause: Int64, longestPause: Int64, memory: Int64) {
        self.free = free
        self.firstPause = firstPause
        self.longestPause = longestPause
        self.memory = memory
    }

    /// What is remembered about an account or an address; nothing is remembered of one without wrong tries.
    package struct State: Hashable, Sendable {
        package let failures: Int
        package let last: Instant

        package init(failures: Int, last: Instant) {
            self.failures = failures
            self.last = last
        }
    }

    package enum Verdict: Hashable, Sendable {
        case allowed
        /// Not before so many seconds, at least one.
        case wait(seconds: Int)
    }

    /// Whether a try is allowed now.
    package func verdict(_ state: State?, at now: Instant) -> Verdict {
        guard let state, !isForgotten(state, at: now) else { return .allowed }
        let pause = pause(after: state.failures) * 1_000_000
        let passed = now.microseconds - state.last.microseconds
        // A clock that was set back must not make a pause longer; the next wrong try counts from the new time.
        guard passed >= 0, passed < pause else { return .allowed }
        return .wait(seconds: Int((pause - passed + 999_999) / 1_000_000))
    }

    /// What is remembered after one more wrong try.
    package func afterFailure(_ state: State?, at now: Instant) -> State {
        guard let state, !isForgotten(state, at: now) else { return State(failures: 1, last: now) }
        return State(failures: min(state.failures, 1_000_000) + 1, last: now)
    }

    /// The pause that follows that many wrong tries, in seconds.
    package func pause(after failures: Int) -> Int64 {
        guard failures >= free else { return 0 }
        let doublings = min(failures - free, 20)
        return min(longestPause, firstPause << Int64(doublings))
    }

    private func isForgotten(_ state: State, at now: Instant) -> Bool {
        now.microseconds - state.last.microseconds >= memory * 1_000_000
    }
}
