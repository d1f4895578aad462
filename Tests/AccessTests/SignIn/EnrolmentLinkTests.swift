import Access
import Civil
import Ledger
import Testing

@Suite("Links for the first sign-in")
struct EnrolmentLinkTests {
    private static let issued = Instant(microseconds: 1_700_000_000_000_000)
    private static let bytes = Array(UInt8(0)..<32)

    private static func after(_ microseconds: Int64) -> Instant {
        Instant(microseconds: issued.microseconds + microseconds)
    }

    private static func refusal(_ link: EnrolmentLink, _ token: EnrolmentLink.Token, _ now: Instant)
        -> EnrolmentLink.Refusal?
    {
        do throws(EnrolmentLink.Refusal) {
            try link.check(token, at: now)
            return nil
        } catch { return error }
    }

    @Test("A token is 43 characters and comes back; its hash is SHA-256")
    func tokens() throws {
        let token = try #require(EnrolmentLink.Token(random: Self.bytes))
        #expect(token.text == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(try #require(EnrolmentLink.Token(text: token.text)).hash == token.hash)
        #expect(token.hash.hex == "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd")
    }

    @Test(
        "What cannot be a token is refused",
        arguments: [
            "", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh=",
            "../../etc/passwd/aaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ])
    func malformed(text: String) {
        #expect(EnrolmentLink.Token(text: text) == nil)
    }

    @Test("Only 32 bytes are a token", arguments: [0, 16, 31, 33])
    func lengths(count: Int) {
        #expect(EnrolmentLink.Token(random: [UInt8](repeating: 9, count: count)) == nil)
    }

    @Test("It works for a day, once, for its token alone")
    func checks() throws {
        let token = try #require(EnrolmentLink.Token(random: Self.bytes))
        let other = try #require(EnrolmentLink.Token(random: Self.bytes.reversed()))
        let link = EnrolmentLink(tokenHash: token.hash, issued: Self.issued)
        let used = EnrolmentLink(tokenHash: token.hash, issued: Self.issued, used: Self.after(1))
        let day: Int64 = 86_400_000_000
        #expect(link.expires == Self.after(day))
        #expect(Self.refusal(link, token, Self.issued) == nil)
        #expect(Self.refusal(link, token, Self.after(day - 1)) == nil)
        #expect(Self.refusal(link, token, Self.after(day)) == .expired)
        #expect(Self.refusal(link, token, Self.after(-1)) == .expired)
        #expect(Self.refusal(link, other, Self.issued) == .wrong)
        #expect(Self.refusal(used, token, Self.after(2)) == .used)
        #expect(Self.refusal(used, other, Self.after(2)) == .wrong)
    }
}
