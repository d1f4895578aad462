import Access
import TestAuthenticator
import Testing

/// A site, a challenge and one key of an officer, as most tests of passkeys need them.
struct PasskeyFixture {
    static let site = "dancu.example.vn"
    static let origin = "https://dancu.example.vn"
    static let challenge = Array(UInt8(100)..<132)
    static let user = Array(UInt8(1)...32)

    let verifier: PasskeyVerifier
    var device: SoftAuthenticator
    /// The key as the register stores it.
    let key: Passkey

    init(_ kind: SoftAuthenticator.Kind = .es256, _ prepare: (inout SoftAuthenticator) -> Void = { _ in }) throws {
        verifier = PasskeyVerifier(party: try PasskeyFixture.party())
        device = try PasskeyFixture.device(kind)
        prepare(&device)
        key = try verifier.register(
            try device.register(PasskeyFixture.challenge).answer, challenge: PasskeyFixture.challenge,
            user: PasskeyFixture.user)
    }

    static func party() throws -> RelyingParty {
        try #require(RelyingParty(id: site, name: "Dân cư", origins: [origin]))
    }

    static func device(_ kind: SoftAuthenticator.Kind = .es256) throws -> SoftAuthenticator {
        try SoftAuthenticator(kind, relyingParty: site, origin: origin, user: user)
    }

    /// Why a registration that was prepared like this is refused; nil when it is not.
    static func refusal(
        registering prepare: (inout SoftAuthenticator) -> Void = { _ in },
        type: String = "webauthn.create", challenge: [UInt8] = challenge,
        changing change: (inout SoftAuthenticator.Registration) -> Void = { _ in }
    ) throws -> PasskeyRefusal? {
        var device = try device()
        prepare(&device)
        var answer = try device.register(challenge, type: type)
        change(&answer)
        let verifier = PasskeyVerifier(party: try party())
        do throws(PasskeyRefusal) {
            _ = try verifier.register(answer.answer, challenge: PasskeyFixture.challenge, user: user)
            return nil
        } catch { return error }
    }

    /// Why a sign-in that was prepared like this is refused; nil when it is not.
    func refusal(
        signing prepare: (inout SoftAuthenticator) -> Void = { _ in }, type: String = "webauthn.get",
        challenge: [UInt8] = challenge, changing change: (inout SoftAuthenticator.Assertion) -> Void = { _ in }
    ) throws -> PasskeyRefusal? {
        var device = device
        prepare(&device)
        var answer = try device.sign(challenge, type: type)
        change(&answer)
        do throws(PasskeyRefusal) {
            _ = try verifier.verify(answer.answer, challenge: PasskeyFixture.challenge, key: key)
            return nil
        } catch { return error }
    }
}

extension SoftAuthenticator.Registration {
    var answer: PasskeyVerifier.Registration {
        PasskeyVerifier.Registration(clientData: clientData, attestationObject: attestationObject)
    }
}

extension SoftAuthenticator.Assertion {
    var answer: PasskeyVerifier.Assertion {
        PasskeyVerifier.Assertion(
            credential: credential, clientData: clientData, authenticatorData: authenticatorData,
            signature: signature, user: user)
    }
}
