import Access
import Civil
import Testing

@Suite("Pauses after wrong sign-ins")
struct AttemptLimitTests {
    private typealias State = AttemptLimit.State

    private static func at(_ seconds: Int64) -> Instant {
        Instant(microseconds: 1_700_000_000_000_000 + seconds * 1_000_000)
    }

    @Test(
        "Pauses grow from the fifth wrong try to a quarter of an hour",
        arguments: [
            (0, 0), (1, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (11, 900), (64, 900),
            (1_000_000, 900), (Int.max, 900),
        ])
    func pauses(failures: Int, seconds: Int) {
        #expect(AttemptLimit.account.pause(after: failures) == Int64(seconds))
    }

    @Test("Whoever types wrong again and again waits; whoever waits may try")
    func waits() {
        let limit = AttemptLimit.account
        var state: State?
        for _ in 1...4 {
            state = limit.afterFailure(state, at: Self.at(0))
            #expect(limit.verdict(state, at: Self.at(0)) == .allowed)
        }
        state = limit.afterFailure(state, at: Self.at(0))
        #expect(state == State(failures: 5, last: Self.at(0)))
        #expect(limit.verdict(state, at: Self.at(0)) == .wait(seconds: 30))
        #expect(limit.verdict(state, at: Self.at(29)) == .wait(seconds: 1))
        #expect(limit.verdict(state, at: Instant(microseconds: Self.at(30).microseconds - 1)) == .wait(seconds: 1))
        #expect(limit.verdict(state, at: Self.at(30)) == .allowed)
    }

    @Test("A try at the end of each pause never waits longer than the longest one, for a whole month")
    func neverForEver() {
        let limit = AttemptLimit.account
        var state: State?
        var now: Int64 = 0
        var tries = 0
        while now < 30 * 86_400 {
            switch limit.verdict(state, at: Self.at(now)) {
            case .allowed:
                state = limit.afterFailure(state, at: Self.at(now))
                tries += 1
            case .wait(let seconds):
                #expect((1...900).contains(seconds))
                now += Int64(seconds)
            }
        }
        // Six digits and a month of guesses: under three in a thousand, beside the password.
        #expect((2_880...2_900).contains(tries))
    }

    @Test("Wrong tries are forgotten after a day without one")
    func forgets() {
        let limit = AttemptLimit.account
        let state = State(failures: 50, last: Self.at(0))
        #expect(limit.afterFailure(state, at: Self.at(86_399)).failures == 51)
        #expect(limit.afterFailure(state, at: Self.at(86_400)) == State(failures: 1, last: Self.at(86_400)))
        #expect(limit.verdict(state, at: Self.at(86_400)) == .allowed)
    }

    @Test("A clock that is set back locks nobody, and counts on")
    func clockMoved() {
        let limit = AttemptLimit.account
        let state = State(failures: 9, last: Self.at(365 * 86_400))
        #expect(limit.verdict(state, at: Self.at(0)) == .allowed)
        let next = limit.afterFailure(state, at: Self.at(0))
        #expect(next == State(failures: 10, last: Self.at(0)))
        #expect(limit.verdict(next, at: Self.at(0)) == .wait(seconds: 900))
    }

    @Test("An address, which an office shares, has more tries and is forgotten sooner")
    func addresses() {
        let limit = AttemptLimit.address
        #expect(limit.pause(after: 19) == 0 && limit.pause(after: 20) == 30)
        #expect(limit.afterFailure(State(failures: 40, last: Self.at(0)), at: Self.at(3_600)).failures == 1)
    }

    @Test("A count never overflows")
    func counts() {
        let state = AttemptLimit.account.afterFailure(State(failures: .max, last: Self.at(0)), at: Self.at(1))
        #expect(state.failures == 1_000_001)
    }
}
