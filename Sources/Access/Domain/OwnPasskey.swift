import Civil

/// Passkey trong tay cán bộ: a key as its owner knows it, with a name and the times of its life.
package struct OwnPasskey: Hashable, Sendable {
    package let id: Int64
    package let officer: Int64
    package let key: Passkey
    package let label: String
    /// How browsers reach the authenticator, sorted; empty where the browser did not say.
    package let transports: [Transport]
    package let made: Instant
    /// The last sign-in with it; nil before the first one.
    package let used: Instant?

    /// The words of WebAuthn level 3, §5.8.4.
    package enum Transport: String, CaseIterable, Hashable, Sendable {
        case ble, hybrid, `internal`, nfc
        case smartCard = "smart-card"
        case usb
    }

    package init(
        id: Int64, officer: Int64, key: Passkey, label: String, transports: [Transport], made: Instant, used: Instant?
    ) {
        self.id = id
        self.officer = officer
        self.key = key
        self.label = label
        self.transports = transports
        self.made = made
        self.used = used
    }

    /// How many keys an officer may have.
    package static let most = 10

    /// A name as it is stored: blanks made one, 1 to 40 characters, none of them invisible.
    package static func label(_ typed: String) throws(OwnPasskeyRefusal) -> String {
        let label = NormalForm.nfc(typed.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        guard (1...40).contains(label.count), label.utf8.count <= 200,
            label.unicodeScalars.allSatisfy({ !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 })
        else { throw .labelMalformed }
        return label
    }

    /// The known words among what a browser says, each once.
    package static func transports(_ words: [String]) -> [Transport] {
        Transport.allCases.filter { words.contains($0.rawValue) }
    }
}

/// Why an officer's keys are not changed as asked.
package enum OwnPasskeyRefusal: ExplainedRefusal {
    case labelMalformed
    case tooMany
    /// The authenticator has a key here already.
    case taken
    case unknown
    /// Without it the officer could not sign in any more.
    case lastWay
    /// The address that the server was opened at is no site for passkeys.
    case noSite

    package var code: String {
        switch self {
        case .labelMalformed: "passkey_label_malformed"
        case .tooMany: "passkeys_too_many"
        case .taken: "passkey_taken"
        case .unknown: "passkey_gone"
        case .lastWay: "last_way_to_sign_in"
        case .noSite: "passkeys_not_here"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .labelMalformed:
            Sentence("Đặt tên khóa trong 1 đến 40 ký tự.", "Name the key in 1 to 40 characters.")
        case .tooMany:
            Sentence(
                "Mỗi tài khoản có nhiều nhất \(OwnPasskey.most) khóa; bỏ một khóa không dùng nữa rồi thêm.",
                "An account has at most \(OwnPasskey.most) keys; remove one that is not used, then add.")
        case .taken:
            Sentence("Khóa này đã được đăng ký; dùng khóa khác.", "This key is registered already; use another one.")
        case .unknown:
            Sentence(
                "Khóa này không còn trong tài khoản của bạn; mở lại trang.",
                "This key is no longer in your account; open the page again.")
        case .lastWay:
            Sentence(
                "Đây là cách đăng nhập cuối cùng; thêm khóa khác trước khi bỏ khóa này.",
                "This is the last way to sign in; add another key before you remove it.")
        case .noSite:
            Sentence(
                "Máy chủ này chưa có địa chỉ để dùng khóa; đăng nhập bằng mật khẩu và mã dùng một lần.",
                "This server has no address for passkeys; sign in with password and one-time code.")
        }
    }
}
