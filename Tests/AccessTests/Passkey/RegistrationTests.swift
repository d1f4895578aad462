import Access
import TestAuthenticator
import Testing

@Suite("Registering a passkey")
struct RegistrationTests {
    @Test("Each kind of key is registered and signs in", arguments: SoftAuthenticator.Kind.allCases)
    func works(kind: SoftAuthenticator.Kind) throws {
        var fixture = try PasskeyFixture(kind)
        #expect(fixture.key.credential == fixture.device.credential)
        #expect(fixture.key.key.cose == fixture.device.cose)
        #expect(fixture.key.user == PasskeyFixture.user && fixture.key.counter == 1)
        #expect(fixture.key.attestation == .none && !fixture.key.isBackupEligible && !fixture.key.isBackedUp)
        #expect(fixture.key.model == [UInt8](repeating: 0xA7, count: 16))
        let challenge = [UInt8](repeating: 5, count: 32)
        let answer = try fixture.device.sign(challenge).answer
        let after = try fixture.verifier.verify(answer, challenge: challenge, key: fixture.key)
        #expect(after.counter == 2)
    }

    @Test("An authenticator that vouches with the new key is checked", arguments: SoftAuthenticator.Kind.allCases)
    func selfAttestation(kind: SoftAuthenticator.Kind) throws {
        let fixture = try PasskeyFixture(kind) { $0.attestation = .packed }
        #expect(fixture.key.attestation == .own)
        let wrong = CBORBytes.map([
            (CBORBytes.text("alg"), CBORBytes.integer(-7)),
            (CBORBytes.text("sig"), CBORBytes.bytes(try fixture.device.signature(of: [1, 2, 3]))),
        ])
        #expect(
            try PasskeyFixture.refusal(registering: { $0.attestation = .other(format: "packed", statement: wrong) })
                == .attestationWrong)
    }

    @Test("The statement of a maker is not asked for and not believed")
    func makers() throws {
        let some = CBORBytes.map([(CBORBytes.text("ver"), CBORBytes.text("2.0"))])
        for attestation in [
            SoftAuthenticator.Attestation.maker, .other(format: "tpm", statement: some),
            .other(format: "apple", statement: some), .other(format: "không ai biết", statement: some),
        ] {
            #expect(try PasskeyFixture { $0.attestation = attestation }.key.attestation == .unchecked)
        }
    }

    @Test("Format `none` with a statement, `packed` without signature or with another algorithm are refused")
    func attestationMalformed() throws {
        let some = CBORBytes.map([(CBORBytes.text("alg"), CBORBytes.integer(-8))])
        for format in ["none", "packed"] {
            let refusal = try PasskeyFixture.refusal(registering: {
                $0.attestation = .other(format: format, statement: some)
            })
            #expect(refusal == .attestationWrong)
        }
        let noMap = try PasskeyFixture.refusal(registering: {
            $0.attestation = .other(format: "none", statement: CBORBytes.array([]))
        })
        #expect(noMap == .malformed(part: .attestation))
    }

    @Test("A passkey that may be copied says so")
    func backup() throws {
        let key = try PasskeyFixture { $0.flags = 0b0_1101 }.key
        #expect(key.isBackupEligible && !key.isBackedUp)
        let copied = try PasskeyFixture { $0.flags = 0b1_1101 }.key
        #expect(copied.isBackupEligible && copied.isBackedUp)
        #expect(
            try PasskeyFixture.refusal(registering: { $0.flags = 0b1_0101 }) == .malformed(part: .authenticatorData))
    }

    @Test("The user must be there and be verified")
    func userVerified() throws {
        #expect(try PasskeyFixture.refusal(registering: { $0.flags = 0b100 }) == .userNotPresent)
        #expect(try PasskeyFixture.refusal(registering: { $0.flags = 0b001 }) == .userNotVerified)
        #expect(try PasskeyFixture.refusal(registering: { $0.flags = 0 }) == .userNotPresent)
    }

    @Test("Another ceremony, challenge, page or site is refused")
    func wrongPlace() throws {
        #expect(try PasskeyFixture.refusal() == nil)
        #expect(try PasskeyFixture.refusal(type: "webauthn.get") == .wrongCeremony)
        #expect(try PasskeyFixture.refusal(challenge: [UInt8](repeating: 0, count: 32)) == .challengeWrong)
        #expect(try PasskeyFixture.refusal(challenge: []) == .challengeWrong)
        for origin in PasskeyLies.origins {
            #expect(try PasskeyFixture.refusal(registering: { $0.origin = origin }) == .originWrong, "\(origin)")
        }
        #expect(try PasskeyFixture.refusal(registering: { $0.isCrossOrigin = true }) == .originWrong)
        #expect(
            try PasskeyFixture.refusal(registering: { $0.topOrigin = PasskeyFixture.origin }) == .originWrong)
        #expect(
            try PasskeyFixture.refusal(registering: { $0.relyingParty = "example.vn" }) == .relyingPartyWrong)
    }

    @Test(
        "Names of keys have 16 to 1023 bytes",
        arguments: [(0, false), (15, false), (16, true), (1_023, true), (1_024, false)])
    func credentialLength(count: Int, isTaken: Bool) throws {
        let refusal = try PasskeyFixture.refusal(registering: { $0.credential = [UInt8](repeating: 3, count: count) })
        #expect(refusal == (isTaken ? nil : .malformed(part: .authenticatorData)))
    }

    @Test("Extensions are read over when they are a map, and refused otherwise")
    func extensions() throws {
        let map = CBORBytes.map([(CBORBytes.text("credProtect"), CBORBytes.integer(2))])
        #expect(try PasskeyFixture.refusal(registering: { $0.extensions = map }) == nil)
        #expect(
            try PasskeyFixture.refusal(registering: { $0.extensions = CBORBytes.integer(2) })
                == .malformed(part: .authenticatorData))
        #expect(
            try PasskeyFixture.refusal(registering: { $0.extensions = map + [0] })
                == .malformed(part: .authenticatorData))
    }

    @Test("Answers that are cut off or no answers are refused")
    func malformed() throws {
        let cut = try PasskeyFixture.refusal(changing: { $0.attestationObject.removeLast() })
        #expect(cut == .malformed(part: .attestation))
        #expect(try PasskeyFixture.refusal(changing: { $0.attestationObject = [] }) == .malformed(part: .attestation))
        #expect(
            try PasskeyFixture.refusal(changing: { $0.attestationObject = CBORBytes.map([]) })
                == .malformed(part: .attestation))
        for text in ["", "{", "[]", "{}", "null", "{\"type\":\"webauthn.create\"}", "\u{FEFF}{}"] {
            let refusal = try PasskeyFixture.refusal(changing: { $0.clientData = Array(text.utf8) })
            #expect(refusal == .malformed(part: .clientData), "\(text)")
        }
        #expect(try PasskeyFixture.refusal(changing: { $0.clientData.append(0xFF) }) == .malformed(part: .clientData))
        let long = try PasskeyFixture.refusal(changing: {
            $0.clientData += [UInt8](repeating: UInt8(ascii: " "), count: 8_192)
        })
        #expect(long == .malformed(part: .clientData))
    }

    @Test("A registration answer without a key is refused")
    func withoutKey() throws {
        var device = try PasskeyFixture.device()
        let data = try device.sign(PasskeyFixture.challenge).authenticatorData
        let object = CBORBytes.map([
            (CBORBytes.text("fmt"), CBORBytes.text("none")), (CBORBytes.text("attStmt"), CBORBytes.map([])),
            (CBORBytes.text("authData"), CBORBytes.bytes(data)),
        ])
        #expect(
            try PasskeyFixture.refusal(changing: { $0.attestationObject = object })
                == .malformed(part: .authenticatorData))
    }
}

/// Addresses that look like the right one.
enum PasskeyLies {
    static let origins = [
        "https://dancu.example.vn.evil.com", "https://evil.com", "http://dancu.example.vn", "https://dancu.example.vn/",
        "https://dancu.example.vn:8443", "https://DANCU.example.vn", "https://sub.dancu.example.vn", "null",
        "https://d\u{E1}ncu.example.vn", "android:apk-key-hash:abc", "https://example.vn", "",
    ]
}
