import Access
import Civil

/// Đặt cách đăng nhập: a password and an authenticator application, through a link that works once.
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

    package init(frame: PageFrame, offer: EnrolmentOffer, action: String, problem: Sentence? = nil) {
        self.frame = frame
        account = offer.officer.account
        self.action = action
        self.problem = problem.map(frame.spoken.of)
        secret = offer.codeSecret
        secretShown = stride(from: 0, to: offer.codeSecret.count, by: 4).map { start in
            String(offer.codeSecret.dropFirst(start).prefix(4))
        }.joined(separator: " ")
        address = offer.codeAddress
    }
}
