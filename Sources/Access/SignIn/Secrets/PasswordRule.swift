import Civil

/// Quy tắc đặt mật khẩu: what a new password must be, after NIST SP 800-63B-4 §3.1.1.2.
///
/// Length is what counts: no rule about capitals, digits or signs, and no date on which it must be changed. It is never
/// the
/// only factor (a one-time code stands beside it), so eight characters would do; twelve are asked for.
package enum PasswordRule {
    package static let shortest = 12
    package static let longest = 200
    /// What scrypt is given at most: text of 200 characters with long marks is cut off by refusal, never silently.
    package static let longestInBytes = 1_024

    /// Why a password is not taken.
    package enum Refusal: ExplainedRefusal {
        case tooShort
        case tooLong
        /// It holds a character that no keyboard types.
        case unprintable
        /// It is among the commonest ones, or such a word with digits around it, or follows a simple pattern.
        case common
        /// It is the account's name, or little more.
        case accountName

        package var code: String {
            switch self {
            case .tooShort: "password_too_short"
            case .tooLong: "password_too_long"
            case .unprintable: "password_unprintable"
            case .common: "password_common"
            case .accountName: "password_account_name"
            }
        }

        package var sentence: Sentence {
            switch self {
            case .tooShort:
                Sentence(
                    "Mật khẩu cần ít nhất \(PasswordRule.shortest) ký tự; vài từ không liên quan ghép lại là đủ.",
                    "A password has at least \(PasswordRule.shortest) characters; a few unrelated words will do.")
            case .tooLong:
                Sentence(
                    "Mật khẩu có nhiều nhất \(PasswordRule.longest) ký tự; rút ngắn lại.",
                    "A password has at most \(PasswordRule.longest) characters; make it shorter.")
            case .unprintable:
                Sentence(
                    "Mật khẩu có ký tự điều khiển; gõ lại bằng chữ, số, dấu và khoảng trắng.",
                    "The password holds a control character; type letters, digits, signs and spaces.")
            case .common:
                Sentence(
                    "Mật khẩu này quá phổ biến hoặc dễ đoán; ghép vài từ không liên quan với nhau.",
                    "This password is too common or easy to guess; put a few unrelated words together.")
            case .accountName:
                Sentence(
                    "Mật khẩu không được là tên tài khoản; chọn mật khẩu khác.",
                    "The password must not be the account's name; choose another one.")
            }
        }
    }

    /// The password in the form in which it is hashed (NFC), or why it is not taken.
    package static func check(_ password: String, account: String) throws(Refusal) -> String {
        guard password.utf8.count <= 4 * longestInBytes else { throw .tooLong }
        let composed = NormalForm.nfc(password)
        guard composed.count >= shortest else { throw .tooShort }
        guard composed.count <= longest, composed.utf8.count <= longestInBytes else { throw .tooLong }
        guard !composed.unicodeScalars.contains(where: isControl) else { throw .unprintable }
        let folded = composed.lowercased()
        if isAccount(folded, account.lowercased()) { throw .accountName }
        if CommonPasswords.contain(folded) || hasSimplePattern(folded) { throw .common }
        return composed
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// Whether fewer than eight characters are left when the account's name is taken out.
    private static func isAccount(_ password: String, _ account: String) -> Bool {
        guard account.count >= 3, password.contains(account) else { return false }
        return password.split(separator: account).reduce(0) { $0 + $1.count } < 8
    }

    /// Few different characters, a short piece again and again, or keys one after the other.
    static func hasSimplePattern(_ password: String) -> Bool {
        let characters = Array(password)
        if Set(characters).count < 5 { return true }
        for length in 1...max(1, min(6, characters.count / 2)) {
            let isRepeated = characters.indices.allSatisfy { characters[$0] == characters[$0 % length] }
            if isRepeated { return true }
        }
        return neighbours(characters) >= characters.count - 4
    }

    /// How many characters come straight after the one before them, upward or downward, in a row of keys.
    private static func neighbours(_ characters: [Character]) -> Int {
        zip(characters, characters.dropFirst()).count { first, second in
            rows.contains { row in
                guard let one = row.firstIndex(of: first), let other = row.firstIndex(of: second) else { return false }
                return [1, row.count - 1].contains(abs(one - other))
            }
        }
    }

    private static let rows = [
        "1234567890", "!@#$%^&*()", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
    ]
    .map(Array.init)
}
