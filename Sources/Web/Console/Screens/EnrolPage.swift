import Access
import Civil

/// Đặt cách đăng nhập: a passkey, or a password and an authenticator application, through a link that works once.
package struct EnrolPage: ConsolePage {
    package static let template = "enrol"

    package let frame: PageFrame
    let account: String
    let action: String
    let problem: String?
    let secret: String
    /// The secret in groups of four, for typing.
    let secretShown: String
    /// The `otpauth:` address.
    let address: String
    let passkey: PasskeyBlock?

    package init(
        frame: PageFrame, offer: EnrolmentOffer, token: String, problem: Sentence? = nil, party: RelyingParty? = nil
    ) {
        self.frame = frame
        account = offer.officer.account
        action = "/enrol/\(PathText.encoded(token))"
        passkey = PasskeyBlock(.enrolment, at: party, token: token, in: frame.spoken)
        self.problem = problem.map(frame.spoken.of)
        secret = offer.codeSecret
        secretShown = stride(from: 0, to: offer.codeSecret.count, by: 4).map { start in
            String(offer.codeSecret.dropFirst(start).prefix(4))
        }.joined(separator: " ")
        address = offer.codeAddress
    }
}
