import Ledger
import TestAuthenticator
import Testing

@testable import Access

@Suite("Readers of passkeys from bad input")
struct PasskeyFuzzTests {
    @Test("CBOR is read within its limits, and what was read can be written again", arguments: Fuzz.seeds)
    func cbor(seed: UInt64) throws {
        var mutator = ByteMutator(seed: seed)
        let examples = try Self.examples().flatMap { [$0.attestationObject, $0.cose] }
        var read = 0
        for _ in Fuzz.rounds(20_000) {
            let bytes = mutator.bytes(examples)
            guard let value = try? CBORReader.value(of: bytes) else { continue }
            read += 1
            let written = Self.written(value)
            Fuzz.hold(written.count <= bytes.count, "the shortest form is no longer", bytes)
            Fuzz.hold((try? CBORReader.value(of: written)) == value, "comes back", bytes)
            Fuzz.hold(Self.depth(value) <= CBORReader.deepest, "within its depth", bytes)
            Fuzz.hold((try? CBORReader.value(of: bytes + [0])) == nil, "nothing may follow", bytes)
        }
        #expect(read > 1_000)
    }

    @Test("Authenticator data is read whole or refused", arguments: Fuzz.seeds)
    func authenticatorData(seed: UInt64) throws {
        var mutator = ByteMutator(seed: seed)
        let examples = try Self.examples().flatMap { [$0.data, $0.assertion] }
        var read = 0
        for _ in Fuzz.rounds(20_000) {
            let bytes = mutator.bytes(examples)
            guard let data = try? AuthenticatorData(bytes) else { continue }
            read += 1
            Fuzz.hold(data.relyingPartyHash.bytes.elementsEqual(bytes.prefix(32)), "its first bytes", bytes)
            Fuzz.hold(
                (data.credential != nil) == data.flags.contains(.attestedCredential)
                    && (data.extensions != nil) == data.flags.contains(.extensions), "flags tell what follows", bytes)
            Fuzz.hold((try? AuthenticatorData(bytes + [0])) == nil, "nothing may follow", bytes)
            if let credential = data.credential {
                Fuzz.hold((16...1_023).contains(credential.id.count), "a name within its limits", bytes)
                Fuzz.hold((try? PasskeyPublicKey(cose: credential.key.cose)) == credential.key, "a key", bytes)
            } else if data.extensions == nil {
                Fuzz.hold(bytes.count == 37, "no more than its fixed part", bytes)
            }
        }
        #expect(read > 1_000)
    }

    @Test("The browser's part is JSON within its limits or refused", arguments: Fuzz.seeds)
    func clientData(seed: UInt64) throws {
        var mutator = ByteMutator(seed: seed)
        let examples = try Self.examples().map(\.clientData)
        var read = 0
        for _ in Fuzz.rounds(10_000) {
            let bytes = mutator.bytes(examples)
            guard let data = try? ClientData(json: bytes) else { continue }
            read += 1
            Fuzz.hold(bytes.count <= ClientData.longest, "within its length", bytes)
            Fuzz.hold(String(validating: bytes, as: UTF8.self) != nil, "is UTF-8", bytes)
            let text = Base64URLText.text(of: data.challenge)
            Fuzz.hold(Base64URLText.bytes(of: text) == data.challenge, "the challenge comes back", bytes)
        }
        #expect(read > 500)
    }

    @Test("No changed answer signs anybody in", arguments: Fuzz.seeds)
    func assertions(seed: UInt64) throws {
        var mutator = ByteMutator(seed: seed)
        var fixtures: [(PasskeyFixture, SoftAuthenticator.Assertion)] = []
        for kind in [SoftAuthenticator.Kind.es256, .edDSA] {
            var fixture = try PasskeyFixture(kind)
            fixtures.append((fixture, try fixture.device.sign(PasskeyFixture.challenge)))
        }
        for round in Fuzz.rounds(3_000) {
            let (fixture, right) = fixtures[round % fixtures.count]
            var answer = right
            switch mutator.numbers.number(0...3) {
            case 0: answer.clientData = mutator.bytes([right.clientData])
            case 1: answer.authenticatorData = mutator.bytes([right.authenticatorData])
            case 2: answer.signature = mutator.bytes([right.signature])
            default: answer.credential = mutator.bytes([right.credential])
            }
            let isChanged =
                answer.clientData != right.clientData || answer.authenticatorData != right.authenticatorData
                || answer.signature != right.signature || answer.credential != right.credential
            let after = try? fixture.verifier.verify(
                answer.answer, challenge: PasskeyFixture.challenge, key: fixture.key)
            Fuzz.hold((after != nil) == !isChanged, "only the right answer", answer.clientData + answer.signature)
        }
    }

    @Test("Stored hashes and tokens from bad text are read or refused", arguments: Fuzz.seeds)
    func secrets(seed: UInt64) {
        var mutator = ByteMutator(seed: seed)
        let hash = "$scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk"
        let token = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
        let examples = [hash, token, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"].map { Array($0.utf8) }
        for _ in Fuzz.rounds(10_000) {
            let bytes = mutator.bytes(examples)
            let text = String(decoding: bytes, as: UTF8.self)
            if let stored = PasswordHash(stored: text) {
                Fuzz.hold(stored.stored.utf8.elementsEqual(text.utf8), "one form of a hash", bytes)
                Fuzz.hold(stored.cost.memory <= 1 << 29, "within its memory", bytes)
            }
            if let token = EnrolmentLink.Token(text: text) {
                Fuzz.hold(token.text.utf8.elementsEqual(text.utf8), "one form of a token", bytes)
            }
            if let found = Base64URLText.bytes(of: text) {
                Fuzz.hold(Base64URLText.text(of: found).utf8.elementsEqual(text.utf8), "one form of base64url", bytes)
            }
            if let found = Base32Text.bytes(of: text) {
                Fuzz.hold(Base32Text.bytes(of: Base32Text.text(of: found)) == found, "base32 comes back", bytes)
            }
        }
    }

    private struct Example {
        let attestationObject: [UInt8]
        let clientData: [UInt8]
        let data: [UInt8]
        let assertion: [UInt8]
        let cose: [UInt8]
    }

    private static func examples() throws -> [Example] {
        try SoftAuthenticator.Kind.allCases.flatMap { kind in
            try [SoftAuthenticator.Attestation.none, .packed, .maker].map { attestation in
                var device = try PasskeyFixture.device(kind)
                device.attestation = attestation
                if case .maker = attestation { device.extensions = CBORBytes.map([(CBORBytes.text("a"), [0xF5])]) }
                let registration = try device.register(PasskeyFixture.challenge)
                let assertion = try device.sign(PasskeyFixture.challenge)
                return Example(
                    attestationObject: registration.attestationObject, clientData: registration.clientData,
                    data: try AttestationObject(registration.attestationObject).authenticatorData,
                    assertion: assertion.authenticatorData, cose: device.cose)
            }
        }
    }

    private static func written(_ value: CBORValue) -> [UInt8] {
        switch value {
        case .unsigned(let number): CBORBytes.unsigned(number)
        case .negative(let number): CBORBytes.head(1, number)
        case .bytes(let bytes): CBORBytes.bytes(bytes)
        case .text(let text): CBORBytes.text(text)
        case .array(let members): CBORBytes.array(members.map(written))
        case .map(let members): CBORBytes.map(members.map { (written($0.key), written($0.value)) })
        case .bool(let isTrue): [isTrue ? 0xF5 : 0xF4]
        case .null: [0xF6]
        case .undefined: [0xF7]
        }
    }

    private static func depth(_ value: CBORValue) -> Int {
        switch value {
        case .array(let members): 1 + (members.map(depth).max() ?? 0)
        case .map(let members): 1 + (members.flatMap { [depth($0.key), depth($0.value)] }.max() ?? 0)
        default: 0
        }
    }
}
