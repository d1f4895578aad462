import Civil
import Testing

@testable import Access

@Suite("Codes for one sign-in")
struct OneTimeCodeTests {
    private static let secret = Array("12345678901234567890".utf8)

    private static func instant(_ seconds: Int64) -> Instant { Instant(microseconds: seconds * 1_000_000) }

    @Test(
        "The vectors of RFC 6238, appendix B",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ])
    func vectors(seconds: Int, expected: String) throws {
        let step = OneTimeCode.step(at: Self.instant(Int64(seconds)))
        #expect(OneTimeCode.value(secret: Self.secret, counter: UInt64(step), digits: 8) == expected)
        let code = try #require(OneTimeCode(secret: Self.secret))
        #expect(code.code(step: step) == expected.suffix(6))
        #expect(
            code.verify(expected.suffix(6), at: Self.instant(Int64(seconds)), lastUsed: nil) == .accepted(step: step))
    }

    @Test("The vectors of RFC 4226, appendix D")
    func counters() {
        let expected = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        for (counter, value) in expected.enumerated() {
            #expect(OneTimeCode.value(secret: Self.secret, counter: UInt64(counter), digits: 6) == value)
        }
    }

    @Test("A clock may be one step off and no more")
    func tolerance() throws {
        let code = try #require(OneTimeCode(secret: Self.secret))
        let now = Self.instant(1_700_000_000)
        let step = OneTimeCode.step(at: now)
        for offset in Int64(-3)...3 {
            let verdict = code.verify(code.code(step: step + offset), at: now, lastUsed: nil)
            #expect(verdict == (abs(offset) <= 1 ? .accepted(step: step + offset) : .wrong), "\(offset)")
        }
    }

    @Test("A code works once, and none before it works any more")
    func replay() throws {
        let code = try #require(OneTimeCode(secret: Self.secret))
        let now = Self.instant(1_700_000_000)
        let step = OneTimeCode.step(at: now)
        #expect(code.verify(code.code(step: step), at: now, lastUsed: step) == .replayed)
        #expect(code.verify(code.code(step: step - 1), at: now, lastUsed: step) == .replayed)
        #expect(code.verify(code.code(step: step + 1), at: now, lastUsed: step) == .accepted(step: step + 1))
        #expect(code.verify(code.code(step: step), at: now, lastUsed: step - 1) == .accepted(step: step))
        #expect(code.verify("000000", at: now, lastUsed: step) == .wrong)
    }

    @Test("Spaces are read over; anything else is wrong")
    func typed() throws {
        let code = try #require(OneTimeCode(secret: Self.secret))
        let now = Self.instant(59)
        #expect(code.verify(" 287 082 ", at: now, lastUsed: nil) == .accepted(step: 1))
        let wrongs = [
            "", "28708", "2870820", "28708a", "２８７０８２", "-87082", "287.082", "287082\u{0}", "\n287082",
            String(repeating: " ", count: 30) + "287082",
        ]
        for wrong in wrongs { #expect(code.verify(wrong, at: now, lastUsed: nil) == .wrong, "\(wrong)") }
    }

    @Test("Steps go on before 1970, where a broken clock may stand")
    func steps() throws {
        #expect(OneTimeCode.step(at: Self.instant(0)) == 0)
        #expect(OneTimeCode.step(at: Self.instant(29)) == 0)
        #expect(OneTimeCode.step(at: Self.instant(30)) == 1)
        #expect(OneTimeCode.step(at: Self.instant(-1)) == -1)
        #expect(OneTimeCode.step(at: Self.instant(-30)) == -1)
        #expect(OneTimeCode.step(at: Self.instant(-31)) == -2)
        let code = try #require(OneTimeCode(secret: Self.secret))
        #expect(code.verify("abcdef", at: Self.instant(0), lastUsed: nil) == .wrong)
    }

    @Test("A short secret is refused")
    func shortSecret() {
        #expect(OneTimeCode(secret: [UInt8](repeating: 1, count: 15)) == nil)
        #expect(OneTimeCode(secret: [UInt8](repeating: 1, count: 16)) != nil)
    }

    @Test("The address that applications read")
    func address() throws {
        let code = try #require(OneTimeCode(secret: Self.secret))
        #expect(
            code.address(account: "lan.nt", issuer: "Dân cư") == "otpauth://totp/D%C3%A2n%20c%C6%B0:lan.nt"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=D%C3%A2n%20c%C6%B0"
                + "&algorithm=SHA1&digits=6&period=30")
    }

    @Test(
        "The vectors of RFC 4648 for base32 and base64url",
        arguments: [
            ("", "", ""), ("f", "MY", "Zg"), ("fo", "MZXQ", "Zm8"), ("foo", "MZXW6", "Zm9v"),
            ("foob", "MZXW6YQ", "Zm9vYg"),
            ("fooba", "MZXW6YTB", "Zm9vYmE"), ("foobar", "MZXW6YTBOI", "Zm9vYmFy"), ("\u{3FF}~?", "Z67X4PY", "z79-Pw"),
        ])
    func textForms(text: String, base32: String, base64: String) {
        let bytes = Array(text.utf8)
        #expect(Base32Text.text(of: bytes) == base32)
        #expect(Base32Text.bytes(of: base32) == bytes)
        #expect(Base32Text.bytes(of: base32.lowercased() + "==") == bytes)
        #expect(Base64URLText.text(of: bytes) == base64)
        #expect(Base64URLText.bytes(of: base64) == bytes)
    }

    @Test(
        "Text with a second spelling is refused",
        arguments: ["Zg==", "Zh", "Z", "Zm9vY", "Zm9v\n", "Zm+v", "Zm/v", "ễ"])
    func strictBase64(text: String) {
        #expect(Base64URLText.bytes(of: text) == nil)
    }

    @Test(
        "Base32 of impossible length or with other characters is refused",
        arguments: ["M", "MZX", "MZ1A", "MZ0A", "M8"])
    func strictBase32(text: String) {
        #expect(Base32Text.bytes(of: text) == nil)
    }
}
