import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

/// A clock that somebody moves, or that was wrong for a while, opens nothing and locks nobody out for ever.
@Suite("A clock that moves")
struct ClockTests {
    private static let agent = "Browser/1.0"
    private static let hour: Int64 = 3_600

    private static func refusal(_ fixture: AccessFixture, _ session: StartedSession) async throws -> SignInRefusal? {
        do {
            _ = try await fixture.access.admission(secret: session.secret.text, agent: agent)
            return nil
        } catch let refusal as SignInRefusal {
            return refusal
        }
    }

    private static func signIn(_ fixture: AccessFixture) async throws -> StartedSession {
        try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: agent)
    }

    @Test("a small correction of the clock ends no session, a large one does", arguments: TestStore.engines)
    func corrections(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let one = try await ClockTests.signIn(fixture)
            fixture.advance(seconds: -30)
            #expect(try await ClockTests.refusal(fixture, one) == .noRole || one.session.grant.since <= fixture.now)
            fixture.advance(seconds: 30)
            #expect(try await ClockTests.refusal(fixture, one) == nil)
            fixture.advance(seconds: 10 * ClockTests.hour)
            #expect(try await ClockTests.refusal(fixture, one) == .sessionEnded, "ten hours without a request")
        }
    }

    @Test(
        "a session that was used under a clock running ahead does not live longer for it", arguments: TestStore.engines)
    func ranAhead(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            fixture.advance(seconds: ClockTests.hour)
            let one = try await ClockTests.signIn(fixture)
            for _ in 0..<4 {
                fixture.advance(seconds: 20 * 60)
                #expect(try await ClockTests.refusal(fixture, one) == nil)
            }
            fixture.advance(seconds: -40 * 60)
            #expect(try await ClockTests.refusal(fixture, one) == .sessionEnded)
            fixture.advance(seconds: 40 * 60)
            #expect(try await ClockTests.refusal(fixture, one) == .sessionEnded, "once ended, it stays so")
        }
    }

    @Test("what was revoked stays so when the clock is set back to before", arguments: TestStore.engines)
    func revoked(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            fixture.advance(seconds: ClockTests.hour)
            let one = try await ClockTests.signIn(fixture)
            try await fixture.access.revoke(
                one.session.grant.id, of: "can-bo-xa", reason: "chuyển công tác", by: AccessFixture.boss)
            fixture.advance(seconds: -30)
            #expect(try await ClockTests.refusal(fixture, one) == .noRole)
            await #expect(throws: SignInRefusal.noRole) { try await ClockTests.signIn(fixture) }
        }
    }

    @Test("a grant ends when its last instant is reached, also by a leap of the clock", arguments: TestStore.engines)
    func leaps(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            fixture.advance(seconds: 61 * 24 * ClockTests.hour)
            await #expect(throws: SignInRefusal.noRole) { try await ClockTests.signIn(fixture) }
            fixture.advance(seconds: -62 * 24 * ClockTests.hour)
            await #expect(throws: SignInRefusal.noRole, "before it began") { try await ClockTests.signIn(fixture) }
        }
    }

    @Test("a code that was used, and every one before it, is refused after the clock was set back")
    func codes() throws {
        let code = try #require(OneTimeCode(secret: Array(repeating: 7, count: OneTimeCode.secretLength)))
        let now = Instant(microseconds: AccessFixture.start)
        let step = OneTimeCode.step(at: now)
        #expect(code.verify(code.code(step: step), at: now, lastUsed: nil) == .accepted(step: step))
        for back in 0...3 as ClosedRange<Int64> {
            let then = Instant(microseconds: now.microseconds - back * OneTimeCode.period * 1_000_000)
            let shown = code.code(step: OneTimeCode.step(at: then))
            #expect(code.verify(shown, at: then, lastUsed: step) == .replayed)
        }
        let later = Instant(microseconds: now.microseconds + 3_600_000_000)
        #expect(code.verify(code.code(step: step), at: later, lastUsed: step) == .wrong, "an hour old")
        let next = OneTimeCode.step(at: later)
        #expect(code.verify(code.code(step: next), at: later, lastUsed: step) == .accepted(step: next))
    }

    @Test("a link issued under a clock running ahead, or long ago, is refused", arguments: TestStore.engines)
    func links(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let token = try await fixture.access.issueEnrolment(for: "can-bo-xa", by: AccessFixture.boss)
            fixture.advance(seconds: -ClockTests.hour)
            await #expect(throws: EnrolmentLink.Refusal.expired) {
                try await fixture.access.enrolmentOffer(token: token)
            }
            fixture.advance(seconds: 26 * ClockTests.hour)
            await #expect(throws: EnrolmentLink.Refusal.expired) {
                try await fixture.access.enrolmentOffer(token: token)
            }
        }
    }
}
