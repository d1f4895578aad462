import Civil
import Database
import Ledger
import TestAuthenticator
import TestStores
import Testing

@testable import Access

/// Officers of a fixture with authenticators made of code, on one site.
struct PasskeyStage: Sendable {
    static let agent = "Browser/1.0"
    static let address = "192.0.2.77"

    let fixture: AccessFixture
    let party: RelyingParty

    var access: AccessRegister { fixture.access }

    static func with(_ engine: Engine, _ body: @Sendable (PasskeyStage) async throws -> Void) async throws {
        try await AccessFixture.with(engine) { fixture in
            try await body(PasskeyStage(fixture: fixture, party: try PasskeyFixture.party()))
        }
    }

    /// One click in the demonstration: a session that has begun just now.
    func session(_ account: String = "can-bo-xa") async throws -> Session {
        try await access.signInForDemonstration(account: account, agent: PasskeyStage.agent).session
    }

    func device(for options: PasskeyCreationOptions) throws -> SoftAuthenticator {
        try SoftAuthenticator(
            .es256, relyingParty: PasskeyFixture.site, origin: PasskeyFixture.origin, user: options.user)
    }

    /// A key that the officer of a session has made.
    func added(in session: Session, label: String? = nil) async throws -> SoftAuthenticator {
        let options = try await access.beginPasskey(in: session, at: party, address: PasskeyStage.address)
        var device = try device(for: options)
        let answer = try device.register(options.challenge).answer
        try await access.addPasskey(.init(answer: answer, label: label), in: session, at: party)
        return device
    }

    func link(_ account: String = "can-bo-xa") async throws -> String {
        try await access.issueEnrolment(for: account, by: AccessFixture.boss)
    }

    /// The answer of a device to a new challenge.
    func answer(
        _ device: inout SoftAuthenticator, agent: String = PasskeyStage.agent
    ) async throws -> PasskeyVerifier.Assertion {
        let options = try await access.beginPasskeySignIn(
            at: party, agent: agent, address: PasskeyStage.address)
        return try device.sign(options.challenge).answer
    }

    func signIn(
        _ answer: PasskeyVerifier.Assertion, agent: String = PasskeyStage.agent, replacing former: String? = nil
    ) async throws -> StartedSession {
        try await access.signIn(
            with: answer, at: party, agent: agent, address: PasskeyStage.address, replacing: former)
    }

    /// The code with which something is refused; nil when it is not.
    static func code(_ body: () async throws -> Void) async throws -> String? {
        do {
            try await body()
            return nil
        } catch let refusal as any ExplainedRefusal {
            return refusal.code
        }
    }

    func refusal(_ answer: PasskeyVerifier.Assertion, agent: String = PasskeyStage.agent) async throws -> String? {
        try await PasskeyStage.code { _ = try await signIn(answer, agent: agent) }
    }

    /// Events with their reasons, oldest first.
    func record(of officer: Int64) async throws -> [String] {
        try await access.signIns(of: officer, limit: 100).reversed().map { entry in
            [entry.event.rawValue, entry.method.rawValue, entry.reason].compactMap { $0 }.joined(separator: " ")
        }
    }
}
