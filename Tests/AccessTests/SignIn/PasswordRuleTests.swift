import Access
import Civil
import Testing

@Suite("What a password must be")
struct PasswordRuleTests {
    private static func refusal(of password: String, account: String = "lan.nt") -> PasswordRule.Refusal? {
        do throws(PasswordRule.Refusal) {
            _ = try PasswordRule.check(password, account: account)
            return nil
        } catch { return error }
    }

    @Test(
        "Long phrases of any letters are taken as they are",
        arguments: [
            "bốn con mèo vàng", "xe-đạp-cũ-dưới-mưa", "khong can chu hoa", "tR0ub4dor&3xyz", "一二三四五六七八九十百千",
            "    ba dấu cách    ", "mưa 2024 rơi nhiều", "computer dragon monkey sunshine", "gà😀vịt😀ngan😀ngỗng",
        ])
    func takes(password: String) throws {
        #expect(try PasswordRule.check(password, account: "lan.nt") == password)
    }

    @Test("What is hashed is in normal form C")
    func composes() throws {
        let written = "Bo\u{302}\u{301}n con me\u{300}o va\u{300}ng"
        #expect(try PasswordRule.check(written, account: "lan.nt").utf8.elementsEqual("Bốn con mèo vàng".utf8))
    }

    @Test("Twelve characters at least, two hundred at most, counted as people count")
    func lengths() {
        #expect(Self.refusal(of: "gió đông bắ") == .tooShort)
        #expect(Self.refusal(of: "gió đông bắc") == nil)
        #expect(Self.refusal(of: "gio\u{301} đo\u{302}ng ba\u{306}\u{301}") == .tooShort)
        let long = String(repeating: "chín con trâu ", count: 14) + "ngoài"
        #expect(Self.refusal(of: String(long.prefix(200))) != .tooLong)
        #expect(Self.refusal(of: long + "đồng lúa") == .tooLong)
        #expect(Self.refusal(of: "") == .tooShort)
        #expect(Self.refusal(of: "a" + String(repeating: "\u{301}", count: 9_000)) == .tooLong)
    }

    @Test("Control characters are refused", arguments: ["\u{0}", "\n", "\t", "\u{7F}", "\u{85}"])
    func controls(scalar: String) {
        #expect(Self.refusal(of: "bốn con mèo\(scalar)vàng") == .unprintable)
    }

    @Test(
        "What is guessed first is refused",
        arguments: [
            "password1234", "PassWord1234", "1234password!", "matkhau123456", "Matkhau@2026", "mậtkhẩu123456",
            "vietnam19750430", "congan@hanoi2026", "qwertyuiop123", "qwertyuiop[]", "123456789012", "987654321098",
            "aaaaaaaaaaaa", "abababababab", "abcabcabcabc", "iloveyou1234", "administrator", "admin123456!",
            "1qaz2wsx3edc", "Q1w2e3r4t5y6", "leavemealone", "correct horse battery staple", "001099012345",
            "09 1234 5678 90", "abcdefghijkl", "!@#$%^&*()!@", "zxcvbnmasdfgh", "dancu2026dancu", "vneid.2026.cccd",
            "hànộiviệtnam1954",
        ])
    func common(password: String) {
        #expect(Self.refusal(of: password) == .common)
    }

    @Test(
        "The account's name, even twice or with a few characters more, is refused",
        arguments: [
            "nguyen.van.lan", "NGUYEN.VAN.LAN", "nguyen.van.lan2026", "xnguyen.van.lany",
            "nguyen.van.lannguyen.van.lan",
        ])
    func account(password: String) {
        #expect(Self.refusal(of: password, account: "nguyen.van.lan") == .accountName)
    }

    @Test("A long phrase may hold the account's name")
    func accountInside() {
        #expect(Self.refusal(of: "nguyen.van.lan thích ăn bún chả", account: "nguyen.van.lan") == nil)
        #expect(Self.refusal(of: "bốn con mèo vàng", account: "a") == nil)
    }

    @Test("Each refusal has a code of its own and says what to do in both languages")
    func sentences() {
        let all: [PasswordRule.Refusal] = [.tooShort, .tooLong, .unprintable, .common, .accountName]
        #expect(Set(all.map(\.code)).count == all.count)
        for refusal in all {
            #expect(refusal.code.hasPrefix("password_"))
            #expect(refusal.sentence.vietnamese.hasSuffix(".") && refusal.sentence.english.hasSuffix("."))
        }
    }
}
