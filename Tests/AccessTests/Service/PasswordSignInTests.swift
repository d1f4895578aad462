import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Signing in with password and one-time code")
struct PasswordSignInTests {
    private static let password = "một câu dài dễ nhớ 2026"

    /// The code that a telephone shows now.
    private static func code(_ offer: EnrolmentOffer, _ fixture: AccessFixture) throws -> String {
        let secret = try #require(Base32Text.bytes(of: offer.codeSecret))
        return try #require(OneTimeCode(secret: secret)).code(step: OneTimeCode.step(at: fixture.now))
    }

    private static func enrolled(_ fixture: AccessFixture) async throws -> EnrolmentOffer {
        let token = try await fixture.access.issueEnrolment(for: "can-bo-xa", by: AccessFixture.boss)
        let offer = try await fixture.access.enrolmentOffer(token: token)
        try await fixture.access.enrol(
            token: token, password: PasswordSignInTests.password, codeSecret: offer.codeSecret,
            code: try PasswordSignInTests.code(offer, fixture))
        fixture.advance(seconds: 60)
        return offer
    }

    private static func refusal(
        _ fixture: AccessFixture, _ account: String = "can-bo-xa", _ password: String = PasswordSignInTests.password,
        code: String, address: String = "192.0.2.1"
    ) async throws -> SignInRefusal? {
        do {
            _ = try await fixture.access.signIn(
                account: account, password: password, code: code, agent: "b", address: address)
            return nil
        } catch let refusal as SignInRefusal {
            return refusal
        }
    }

    @Test("A link sets up a way to sign in once; then it is used", arguments: TestStore.engines)
    func enrols(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let token = try await fixture.access.issueEnrolment(for: "can-bo-xa", by: AccessFixture.boss)
            let offer = try await fixture.access.enrolmentOffer(token: token)
            let code = try PasswordSignInTests.code(offer, fixture)
            await #expect(throws: PasswordRule.Refusal.self) {
                try await fixture.access.enrol(
                    token: token, password: "ngắn", codeSecret: offer.codeSecret, code: code)
            }
            await #expect(throws: SignInRefusal.wrong) {
                try await fixture.access.enrol(
                    token: token, password: PasswordSignInTests.password, codeSecret: offer.codeSecret, code: "000000")
            }
            try await fixture.access.enrol(
                token: token, password: PasswordSignInTests.password, codeSecret: offer.codeSecret, code: code)
            await #expect(throws: EnrolmentLink.Refusal.used) {
                try await fixture.access.enrolmentOffer(token: token)
            }
            let stored = try await fixture.database.read { connection in
                try connection.rows("SELECT password_hash FROM officer_secret") { try $0.text(0) }
            }
            #expect(stored.count == 1 && stored[0].hasPrefix("$scrypt$") && !stored[0].contains("câu"))
        }
    }

    @Test(
        "An officer changes the password with the present one and a code; other sessions end",
        arguments: TestStore.engines)
    func changes(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let offer = try await PasswordSignInTests.enrolled(fixture)
            func code() throws -> String { try PasswordSignInTests.code(offer, fixture) }
            func signedIn() async throws -> StartedSession {
                fixture.advance(seconds: 60)
                return try await access.signIn(
                    account: "can-bo-xa", password: PasswordSignInTests.password, code: try code(), agent: "b",
                    address: "192.0.2.1")
            }
            let other = try await signedIn()
            let own = try await signedIn()
            fixture.advance(seconds: 60)
            let next = "câu khác cũng dài và dễ nhớ"
            func change(from present: String, to wanted: String, _ code: String) async throws {
                try await access.changePassword(
                    from: present, to: wanted, code: code, in: own.session, address: "192.0.2.1")
            }
            await #expect(throws: PasswordRule.Refusal.self) {
                try await change(from: PasswordSignInTests.password, to: "ngắn", code())
            }
            await #expect(throws: SignInRefusal.wrong) { try await change(from: "sai", to: next, code()) }
            await #expect(throws: SignInRefusal.wrong) {
                try await change(from: PasswordSignInTests.password, to: next, "000000")
            }
            try await change(from: PasswordSignInTests.password, to: next, code())
            #expect(try await access.admission(secret: own.secret.text, agent: "b").session.key == own.session.key)
            await #expect(throws: SignInRefusal.sessionEnded) {
                try await access.admission(secret: other.secret.text, agent: "b")
            }
            fixture.advance(seconds: 60)
            #expect(try await PasswordSignInTests.refusal(fixture, code: code()) == .wrong)
            fixture.advance(seconds: 60)
            #expect(try await PasswordSignInTests.refusal(fixture, "can-bo-xa", next, code: code()) == nil)
            let events = try await fixture.changes(of: own.session.officer.id)
            #expect(events.last == .passwordSet(account: "can-bo-xa"))
        }
    }

    @Test("An old link and a wrong one set nothing up", arguments: TestStore.engines)
    func refusesLinks(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let token = try await fixture.access.issueEnrolment(for: "can-bo-xa", by: AccessFixture.boss)
            await #expect(throws: EnrolmentLink.Refusal.wrong) {
                try await fixture.access.enrolmentOffer(token: String(repeating: "A", count: 43))
            }
            await #expect(throws: EnrolmentLink.Refusal.wrong) {
                try await fixture.access.enrolmentOffer(token: "x")
            }
            fixture.advance(seconds: 24 * 3600)
            await #expect(throws: EnrolmentLink.Refusal.expired) {
                try await fixture.access.enrolmentOffer(token: token)
            }
        }
    }

    @Test("Account, password and code together sign in; a code works once", arguments: TestStore.engines)
    func signsIn(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let offer = try await PasswordSignInTests.enrolled(fixture)
            let code = try PasswordSignInTests.code(offer, fixture)
            let started = try await fixture.access.signIn(
                account: "Can-Bo-Xa", password: PasswordSignInTests.password, code: code, agent: "b",
                address: "192.0.2.1")
            #expect(started.session.method == .passwordAndCode)
            #expect(try await PasswordSignInTests.refusal(fixture, code: code) == .wrong, "the same code again")
            fixture.advance(seconds: 30)
            let next = try PasswordSignInTests.code(offer, fixture)
            let again = try await PasswordSignInTests.refusal(fixture, code: next)
            #expect(again == nil)
        }
    }

    @Test(
        "Whatever is wrong, the answer is the same; after five wrong tries there are pauses",
        arguments: TestStore.engines)
    func pauses(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let offer = try await PasswordSignInTests.enrolled(fixture)
            let code = try PasswordSignInTests.code(offer, fixture)
            #expect(try await PasswordSignInTests.refusal(fixture, "khong-co-ai", code: code) == .wrong)
            #expect(try await PasswordSignInTests.refusal(fixture, "phe-duyet", code: code) == .wrong, "not enrolled")
            for _ in 0..<5 {
                let wrong = try await PasswordSignInTests.refusal(fixture, "can-bo-xa", "sai mật khẩu rồi", code: code)
                #expect(wrong == .wrong)
            }
            let paused = try await PasswordSignInTests.refusal(fixture, code: code)
            #expect(paused == .tooManyTries(seconds: 30))
            fixture.advance(seconds: 31)
            let fresh = try PasswordSignInTests.code(offer, fixture)
            let right = try await PasswordSignInTests.refusal(fixture, code: fresh)
            #expect(right == nil)
        }
    }

    @Test("Many accounts from one address are paused too")
    func pausesAddresses() async throws {
        try await AccessFixture.with(.sqlite) { fixture in
            for number in 0..<20 {
                let wrong = try await PasswordSignInTests.refusal(
                    fixture, "ai-do-\(number)", code: "123456", address: "192.0.2.9")
                #expect(wrong == .wrong)
            }
            let paused = try await PasswordSignInTests.refusal(fixture, "ai-do-99", code: "1", address: "192.0.2.9")
            guard case .tooManyTries = paused else {
                Issue.record("not paused")
                return
            }
            let other = try await PasswordSignInTests.refusal(fixture, "ai-do-99", code: "1", address: "192.0.2.8")
            #expect(other == .wrong)
        }
    }

    @Test("A new way to sign in replaces the old one and ends running sessions", arguments: TestStore.engines)
    func replaces(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let offer = try await PasswordSignInTests.enrolled(fixture)
            let started = try await fixture.access.signIn(
                account: "can-bo-xa", password: PasswordSignInTests.password,
                code: try PasswordSignInTests.code(offer, fixture), agent: "b", address: "192.0.2.1")
            _ = try await PasswordSignInTests.enrolled(fixture)
            await #expect(throws: SignInRefusal.sessionEnded) {
                try await fixture.access.admission(secret: started.secret.text, agent: "b")
            }
            let old = try PasswordSignInTests.code(offer, fixture)
            #expect(try await PasswordSignInTests.refusal(fixture, code: old) == .wrong)
        }
    }
}
