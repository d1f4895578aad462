import Civil
import Crypto
import Ledger

/// Liên kết đăng ký lần đầu: lets its bearer set up one way of signing in for one account, once, within a day.
///
/// A new officer gets it from the administrator, one who lost everything from another officer; who issued it is on
/// record.
package struct EnrolmentLink: Hashable, Sendable {
    /// SHA-256 of the token; the token itself is stored nowhere.
    package let tokenHash: Digest32
    package let issued: Instant
    package let used: Instant?

    /// How long a link is valid: 24 hours, in microseconds.
    package static let validity: Int64 = 24 * 3600 * 1_000_000

    package init(tokenHash: Digest32, issued: Instant, used: Instant? = nil) {
        self.tokenHash = tokenHash
        self.issued = issued
        self.used = used
    }

    package var expires: Instant { Instant(microseconds: issued.microseconds + EnrolmentLink.validity) }

    /// Why a link does not work.
    package enum Refusal: ExplainedRefusal {
        case wrong
        case used
        case expired

        package var code: String {
            switch self {
            case .wrong: "enrolment_link_wrong"
            case .used: "enrolment_link_used"
            case .expired: "enrolment_link_expired"
            }
        }

        package var sentence: Sentence {
            switch self {
            case .wrong:
                Sentence(
                    "Liên kết không đúng; sao chép lại toàn bộ liên kết đã nhận, hoặc xin liên kết mới.",
                    "The link is wrong; copy the whole link that you were given, or ask for a new one.")
            case .used:
                Sentence(
                    "Liên kết đã được dùng; nếu không phải bạn đã dùng, báo ngay người cấp liên kết.",
                    "The link was used already; if that was not you, tell whoever gave it to you at once.")
            case .expired:
                Sentence(
                    "Liên kết chỉ có hiệu lực 24 giờ và đã hết hạn; xin liên kết mới.",
                    "The link was valid for 24 hours and has expired; ask for a new one.")
            }
        }
    }

    /// Whether somebody with this token may use the link now.
    package func check(_ token: Token, at now: Instant) throws(Refusal) {
        guard token.hash.isEqualInConstantTime(to: tokenHash) else { throw .wrong }
        guard used == nil else { throw .used }
        // A link that seems to come from tomorrow was issued under another clock; it is not valid either.
        guard issued <= now, now < expires else { throw .expired }
    }

    /// The secret in the link: 32 random bytes as base64url.
    package struct Token: Sendable {
        private let bytes: [UInt8]

        /// Nil unless there are exactly 32 bytes.
        package init?(random bytes: [UInt8]) {
            guard bytes.count == 32 else { return nil }
            self.bytes = bytes
        }

        /// A token as it came in; nil when it cannot be one.
        package init?(text: some StringProtocol) {
            guard text.utf8.count == 43, let bytes = Base64URLText.bytes(of: text) else { return nil }
            self.init(random: bytes)
        }

        /// 43 characters.
        package var text: String { Base64URLText.text(of: bytes) }

        package var hash: Digest32 { SignInHash.sha256(bytes) }
    }
}
