import Access
import Civil

/// Nút passkey: a part of a page that the script shows; without the script it stays hidden.
package struct PasskeyBlock: Equatable, Sendable {
    /// Which ceremony the button begins.
    enum Ceremony: String, Sendable {
        case signIn = "sign-in"
        case enrolment, add

        fileprivate var button: Sentence {
            switch self {
            case .signIn: Sentence("Đăng nhập bằng khóa bảo mật", "Sign in with a passkey")
            case .enrolment: Sentence("Tạo khóa bảo mật", "Make a passkey")
            case .add: Sentence("Thêm khóa bảo mật", "Add a passkey")
            }
        }

        fileprivate var otherwise: Sentence? {
            switch self {
            case .signIn: Sentence("hoặc bằng mật khẩu", "or with a password")
            case .enrolment:
                Sentence("hoặc đặt mật khẩu và mã dùng một lần", "or set a password and one-time codes")
            case .add: nil
            }
        }
    }

    let ceremony: String
    /// The site that keys are made for; at another address the button does not show.
    let site: String
    /// Where to go after signing in: a path of this server.
    let next: String
    /// The link's secret; empty elsewhere.
    let token: String
    let button: String
    let otherwise: String?
    let asksForLabel: Bool

    /// Nil where there is no site for passkeys.
    init?(
        _ ceremony: Ceremony, at party: RelyingParty?, next: String = "", token: String = "", in language: PageLanguage
    ) {
        guard let party else { return nil }
        self.ceremony = ceremony.rawValue
        site = party.id
        self.next = next
        self.token = token
        button = language.of(ceremony.button)
        otherwise = ceremony.otherwise.map(language.of)
        asksForLabel = ceremony == .add
    }
}
