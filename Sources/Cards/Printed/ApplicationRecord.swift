import Chip
import Civil
import Population

/// Mẫu giấy tờ của hồ sơ: the papers that the register fills in (Thông tư 17/2024/TT-BCA).
package enum ApplicationForm: String, CaseIterable, Hashable, Sendable {
    /// Phiếu thu nhận thông tin căn cước.
    case cc01
    /// Giấy hẹn.
    case cc02
    /// Thông báo từ chối.
    case cc03

    package var title: Sentence {
        switch self {
        case .cc01: Sentence("Phiếu thu nhận thông tin căn cước", "Collection sheet for an identity card")
        case .cc02: Sentence("Giấy hẹn", "Appointment slip")
        case .cc03:
            Sentence("Thông báo từ chối cấp, cấp đổi, cấp lại thẻ căn cước", "Refusal of an identity card")
        }
    }

    /// Whether an application has come so far, or ended so, that there is such a paper.
    package func isThere(at status: ApplicationStatus) -> Bool {
        switch (self, status) {
        case (.cc01, .opened), (.cc01, .blocked), (.cc01, .captured), (.cc01, .confirmed), (.cc01, .submitted),
            (.cc01, .approved), (.cc01, .ordered), (.cc01, .completed):
            true
        case (.cc02, .booked), (.cc02, .submitted), (.cc02, .approved), (.cc02, .ordered): true
        case (.cc03, .refused): true
        case (.cc01, _), (.cc02, _), (.cc03, _): false
        }
    }
}

/// Một ngón trong hồ sơ: how it was taken, or why not; without the finger itself.
package struct FingerNote: Hashable, Sendable {
    package let finger: Finger
    /// Nil when it was taken.
    package let reason: MissingFinger?
    package let form: FingerForm?
    package let isSpecimen: Bool
    /// Why it was taken in spite of what the checks found.
    package let accepted: String?

    package init(
        finger: Finger, reason: MissingFinger?, form: FingerForm?, isSpecimen: Bool, accepted: String? = nil
    ) {
        self.finger = finger
        self.reason = reason
        self.form = form
        self.isSpecimen = isSpecimen
        self.accepted = accepted
    }
}

/// Hồ sơ để in giấy tờ: an application with the record as the applicant confirmed it.
package struct ApplicationRecord: Sendable {
    package let application: CardApplication
    /// The record at the version that the application names, not as it stands later.
    package let applicant: PersonState
    package let representative: PersonState?
    package let portrait: Capture.Portrait?
    package let fingers: [FingerNote]
    /// Ngày hẹn đến.
    package let booked: CalendarDate?
    /// Why it was refused, with the article of law, and on which day.
    package let refusal: (reason: String, day: CalendarDate)?
    /// The fee with its reasons, as it was reckoned last.
    package let fee: FeeNote?
    /// The number of the look.
    package let receipt: Int64

    /// The codes of the offices that its papers name.
    package var offices: Set<String> { [application.office, application.pickup] }
}
