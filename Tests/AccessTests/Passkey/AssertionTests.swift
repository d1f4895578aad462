import Access
import Civil
import TestAuthenticator
import Testing

@Suite("Signing in by passkey")
struct AssertionTests {
    @Test("A right answer is taken")
    func works() throws {
        #expect(try PasskeyFixture().refusal() == nil)
    }

    @Test("Another ceremony, challenge, page or site is refused")
    func wrongPlace() throws {
        let fixture = try PasskeyFixture()
        #expect(try fixture.refusal(type: "webauthn.create") == .wrongCeremony)
        #expect(try fixture.refusal(type: "payment.get") == .wrongCeremony)
        #expect(try fixture.refusal(challenge: [UInt8](repeating: 0, count: 32)) == .challengeWrong)
        #expect(try fixture.refusal(challenge: PasskeyFixture.challenge + [0]) == .challengeWrong)
        for origin in PasskeyLies.origins {
            #expect(try fixture.refusal(signing: { $0.origin = origin }) == .originWrong, "\(origin)")
        }
        #expect(try fixture.refusal(signing: { $0.isCrossOrigin = true }) == .originWrong)
        #expect(try fixture.refusal(signing: { $0.topOrigin = "https://evil.com" }) == .originWrong)
        #expect(try fixture.refusal(signing: { $0.relyingParty = "evil.com" }) == .relyingPartyWrong)
    }

    @Test("The user must be there and be verified")
    func userVerified() throws {
        let fixture = try PasskeyFixture()
        #expect(try fixture.refusal(signing: { $0.flags = 0b100 }) == .userNotPresent)
        #expect(try fixture.refusal(signing: { $0.flags = 0b001 }) == .userNotVerified)
    }

    @Test("A counter that does not grow is refused; one that never counts is not", arguments: [1, 7] as [UInt32])
    func counter(stored: UInt32) throws {
        let fixture = try PasskeyFixture { $0.counter = stored }
        for (next, isRight) in [(0, false), (stored - 1, false), (stored, false), (stored + 1, true), (.max, true)]
            as [(UInt32, Bool)]
        {
            let refusal = try fixture.refusal(signing: { $0.counter = next })
            #expect(refusal == (isRight ? nil : .counterWentBack), "\(stored) → \(next)")
        }
        let uncounted = try PasskeyFixture { $0.counter = 0 }
        #expect(try uncounted.refusal(signing: { $0.counter = 0 }) == nil)
        #expect(try uncounted.refusal(signing: { $0.counter = 1 }) == nil)
        #expect(PasskeyRefusal.counterWentBack.isFinding)
    }

    @Test("A wrong signature says nothing about the counter")
    func signatureBeforeCounter() throws {
        let fixture = try PasskeyFixture()
        let refusal = try fixture.refusal(signing: { $0.counter = 0 }, changing: { $0.signature[8] ^= 1 })
        #expect(refusal == .signatureWrong)
    }

    @Test(
        "A signature is refused whose last bit, length or message is another",
        arguments: SoftAuthenticator.Kind.allCases)
    func signature(kind: SoftAuthenticator.Kind) throws {
        let fixture = try PasskeyFixture(kind)
        #expect(try fixture.refusal(changing: { $0.signature[$0.signature.count - 1] ^= 1 }) == .signatureWrong)
        #expect(try fixture.refusal(changing: { $0.signature.removeLast() }) == .signatureWrong)
        #expect(try fixture.refusal(changing: { $0.signature.append(0) }) == .signatureWrong)
        #expect(try fixture.refusal(changing: { $0.signature = [] }) == .signatureWrong)
        #expect(
            try fixture.refusal(changing: { $0.signature = [UInt8](repeating: 0x30, count: 5_000) }) == .signatureWrong)
        // The counter is signed with the rest.
        #expect(try fixture.refusal(changing: { $0.authenticatorData[36] ^= 4 }) == .signatureWrong)
        // So is the browser's part: one more space.
        #expect(try fixture.refusal(changing: { $0.clientData.append(UInt8(ascii: " ")) }) == .signatureWrong)
    }

    @Test("Another device's key is refused", arguments: SoftAuthenticator.Kind.allCases)
    func otherKey(kind: SoftAuthenticator.Kind) throws {
        let fixture = try PasskeyFixture(kind)
        var other = try PasskeyFixture.device(kind)
        let stolen = try other.sign(PasskeyFixture.challenge)
        #expect(try fixture.refusal(changing: { $0 = stolen }) == .keyUnknown)
        #expect(
            try fixture.refusal(changing: {
                $0 = stolen
                $0.credential = fixture.key.credential
            }) == .signatureWrong)
    }

    @Test("A key of another account, or of none, is refused")
    func user() throws {
        let fixture = try PasskeyFixture()
        #expect(try fixture.refusal(signing: { $0.user = [9] }) == .userWrong)
        #expect(try fixture.refusal(changing: { $0.user = nil }) == .userWrong)
    }

    @Test("Whether a key may be copied does not change; whether it was may")
    func backup() throws {
        let bound = try PasskeyFixture()
        #expect(try bound.refusal(signing: { $0.flags = 0b0_1101 }) == .backupChanged)
        let synced = try PasskeyFixture { $0.flags = 0b0_1101 }
        #expect(try synced.refusal(signing: { $0.flags = 0b101 }) == .backupChanged)
        #expect(try synced.refusal(signing: { $0.flags = 0b1_1101 }) == nil)
        #expect(try synced.refusal(signing: { $0.flags = 0b1_0101 }) == .malformed(part: .authenticatorData))
    }

    @Test("Authenticator data with a new key, with a rest or cut off are refused")
    func malformed() throws {
        let fixture = try PasskeyFixture()
        let part = PasskeyRefusal.malformed(part: .authenticatorData)
        #expect(try fixture.refusal(changing: { $0.authenticatorData.append(0) }) == part)
        #expect(try fixture.refusal(changing: { $0.authenticatorData.removeLast() }) == part)
        #expect(try fixture.refusal(changing: { $0.authenticatorData = [] }) == part)
        #expect(try fixture.refusal(changing: { $0.authenticatorData[32] |= 0x40 }) == part)
        #expect(try fixture.refusal(changing: { $0.authenticatorData[32] |= 0x80 }) == part)
        #expect(try fixture.refusal(signing: { $0.extensions = CBORBytes.map([]) }) == nil)
        let attested = try fixture.refusal(changing: {
            let tail = [UInt8](repeating: 0, count: 16) + [0, 32] + fixture.key.credential + fixture.key.key.cose
            $0.authenticatorData[32] |= 0x40
            $0.authenticatorData += tail
        })
        #expect(attested == part)
    }

    @Test("Each refusal has a sentence in both languages; the code names it")
    func sentences() {
        let all: [PasskeyRefusal] = [
            .malformed(part: .key), .wrongCeremony, .challengeWrong, .originWrong, .relyingPartyWrong, .userNotPresent,
            .userNotVerified, .algorithmNotOffered, .attestationWrong, .keyUnknown, .userWrong, .signatureWrong,
            .counterWentBack, .backupChanged,
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        for refusal in all {
            #expect(refusal.code.hasPrefix("passkey_"))
            #expect(refusal.sentence.vietnamese.hasSuffix(".") && refusal.sentence.english.hasSuffix("."))
        }
        #expect(all.count(where: \.isFinding) == 6)
    }
}
