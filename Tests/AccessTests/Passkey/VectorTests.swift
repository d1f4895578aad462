import Ledger
import TestAuthenticator
import Testing

@testable import Access

/// Answers that were made elsewhere: the test vectors of WebAuthn level 3 (§16), and signatures by OpenSSL.
@Suite("Passkeys against the standard's own examples")
struct VectorTests {
    private static func hex(_ text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue.map(UInt8.init) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func verifier() throws -> PasskeyVerifier {
        PasskeyVerifier(
            party: try #require(
                RelyingParty(id: "example.org", name: "Example", origins: ["https://example.org"])))
    }

    /// §16.1 none.ES256: the user was not verified, so it is refused; key and signature are right.
    @Test("none.ES256")
    func noneES256() throws {
        let challenge = Self.hex("00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130")
        let registration = PasskeyVerifier.Registration(
            clientData: Self.hex(
                """
                7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d5074\
                34557878475453746e63647134313759447742466938767049612d7077386f4f755657345441222c226f7269\
                67696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c\
                73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e64\
                65642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c20737563\
                6820617320746869733a20426b5165446a646354427258426941774a544c453551227d
                """),
            attestationObject: Self.hex(
                """
                a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461\
                c9c4735ae7f8edd46592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f39\
                1db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97\
                ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf\
                879717c12cc68ed73290af2e2664796b9220
                """))
        let verifier = try Self.verifier()
        #expect(throws: PasskeyRefusal.userNotVerified) {
            try verifier.register(registration, challenge: challenge, user: [1])
        }
        #expect(try ClientData(json: registration.clientData).challenge == challenge)
        let object = try AttestationObject(registration.attestationObject)
        #expect(object.format == "none")
        let data = try AuthenticatorData(object.authenticatorData)
        #expect(data.relyingPartyHash == verifier.party.idHash && data.counter == 0)
        #expect(data.flags == [.userPresent, .backupEligible, .backedUp, .attestedCredential])
        let credential = try #require(data.credential)
        #expect(credential.aaguid == Self.hex("8446ccb9ab1db374750b2367ff6f3a1f"))
        #expect(credential.id == Self.hex("f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4"))
        let signed =
            Self.hex("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000")
            + SignInHash.sha256(
                Self.hex(
                    """
                    7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158\
                    756c5455506f334a5558543049393770767a7a59425039745a63685879617630314167222c226f726967696e\
                    223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73657d
                    """)
            ).bytes
        let signature = Self.hex(
            """
            3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f\
            0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87
            """)
        #expect(credential.key.isValid(signature: signature, of: signed))
        #expect(!credential.key.isValid(signature: signature, of: signed + [0]))
    }

    /// §16.2 packed-self.ES256: registered with its user verified, then used without.
    @Test("packed-self.ES256")
    func packedSelfES256() throws {
        let verifier = try Self.verifier()
        let key = try verifier.register(
            PasskeyVerifier.Registration(
                clientData: Self.hex(
                    """
                    7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a2265476e4374\
                    334c55745936366b336a506a796e6962506b31716e666644616966715a774c33417032392d55222c226f7269\
                    67696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c\
                    73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e64\
                    65642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c20737563\
                    6820617320746869733a205539685458764b453255526b4d6e625f307859485667227d
                    """),
                attestationObject: Self.hex(
                    """
                    a363666d74667061636b65646761747453746d74a263616c672663736967584630440220067a20754ab92500\
                    5dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a\
                    26d17fe3f220272178f473b6006d68617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7\
                    f8edd46592a5e0f01452b2e4b55d00000000df850e09db6afbdfab51697791506cfc0020455ef34e2043a87d\
                    b3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58ca5010203262001215820eb151c8176b225cc6515\
                    59fecf07af450fd85802046656b34c18f6cf193843c5225820927b8aa427a2be1b8834d233a2d34f61f13bfd\
                    44119c325d5896e183fee484f2
                    """)),
            challenge: Self.hex("7869c2b772d4b58eba9378cf8f29e26cf935aa77df0da89fa99c0bdc0a76f7e5"), user: [1])
        #expect(key.attestation == .own && key.isBackupEligible && key.isBackedUp)
        #expect(key.model == Self.hex("df850e09db6afbdfab51697791506cfc"))
        let use = PasskeyVerifier.Assertion(
            credential: key.credential,
            clientData: Self.hex(
                """
                7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a225248696843784e53\
                4e493352594d45314f7731476d3132786e726b634a5f6666707637546e2d4a71386773222c226f726967696e\
                223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c\
                22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e64656420\
                77697468206164646974696f6e616c206669656c647320696e20746865206675747572652c20737563682061\
                7320746869733a206754623533727a36456853576f6d58477a696d433151227d
                """),
            authenticatorData: Self.hex("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50900000000"),
            signature: Self.hex(
                """
                304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b\
                316061b3b99772b7efd95994a83ef584b3b6b825ea3550251b66
                """), user: [1])
        let signed = use.authenticatorData + SignInHash.sha256(use.clientData).bytes
        #expect(key.key.isValid(signature: use.signature, of: signed))
        #expect(throws: PasskeyRefusal.userNotVerified) {
            try verifier.verify(
                use, challenge: Self.hex("4478a10b1352348dd160c1353b0d469b5db19eb91c27f7dfa6fed39fe26af20b"), key: key)
        }
    }

    private static let cose: [(PasskeyAlgorithm, key: String, signature: String)] = [
        (
            .edDSA, "pAEBAycgBiFYIHm1Vi6P5lT5QHixEuipi6eQH4U65pW-1-DjkQutBJZk",
            "naBuvdpx-XznUTy-bSWOcUmmWPv5M7_csLedrVjv6OTBbEZEbarwmXQS6GUMl4dRLxVESKPof18ximGBOanVBg"
        ),
        (
            .rs256,
            """
            pAEDAzkBACBZAQDKoOEYFNmxaqn4Ug3F7_sEoUDAobEYASPNfHzseZ8PX1Yx9qEo6_TFTrB8kiAjG9DhGGXb27Y44OgLCUHqUieYM9Hg\
            QanDKD-uVdQJWU9-d_i0BlbcMOW4qu9GP0ryowgFkbYVL-WFv9HQkBRUsHcKGe5yE5i0QOlYCZMrGifE9uIyyAJjlDDg_TH4_hP1nhjz\
            DhH16UGXz8j5Su9KygOF8MFvIo2WGM3tDoErNtAabDhbmzXSqj9zd2LlrcW1dQ2bDBY9Wjtn-XGhUBAt5Vg-H52V13giBV6pV6tH10FC\
            QVEtnp5XpejOuoryxMdHinFoZZ2s3_B2Q-cqD-cE0B_vIUMBAAE
            """,
            """
            MjFeVVtrWCA_SYZEvz0IOysxDU0wmj6CGbcpH42igWreUXQSEM1z6NmQ9QOvVSgZvvl13fSpkvRefc0d4CrZU1cQe6aX5Prgra28Yuag\
            sA5Uri6I3urfeOn40u0bUnahtaK1lq05erWdHvAKYBoqSeGZ-i2HXsZ0KKYEm6i7G7Sm6P7fUdagapj8bQD71CZVAPNq6DypyNrvFSiW\
            EYqdqALxHhuM8KtyJJ-xqPrMnViAzqhC0Wa0oVq3PjdlIwKTs-lGn63Yl2NvYhfzzmO-YKbA2N9JajHc904jNaXNeV_Ml7s03BfeDN8H\
            wZHeEyHe2_O-87mK7TWpBQn7q-xjbA
            """
        ),
    ]

    @Test("Sign-ins whose keys and signatures OpenSSL made", arguments: cose.indices)
    func openSSL(index: Int) throws {
        let (algorithm, key, signature) = Self.cose[index]
        let stored = Passkey(
            credential: [UInt8](repeating: 1, count: 16),
            key: try PasskeyPublicKey(cose: try #require(Base64URLText.bytes(of: key))), user: [1], counter: 6,
            model: [], isBackupEligible: false, isBackedUp: false, attestation: .none)
        #expect(stored.key.algorithm == algorithm)
        let answer = PasskeyVerifier.Assertion(
            credential: stored.credential,
            clientData: Array(
                """
                {"type":"webauthn.get","challenge":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",\
                "origin":"https://example.org","crossOrigin":false}
                """.utf8),
            authenticatorData: Self.hex("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5")
                .prefix(32) + Self.hex("0500000007"),
            signature: try #require(Base64URLText.bytes(of: signature)), user: [1])
        let after = try Self.verifier().verify(answer, challenge: Array(0..<32), key: stored)
        #expect(after.counter == 7)
    }
}
