import Civil
import Ledger
import Population

/// Kết quả: the act stands in the log; its receipt, what happens next, and a slip for the citizen.
package struct DonePage: ConsolePage {
    package static let template = "done"

    package let frame: PageFrame
    let identity: IdentityBar?
    let title: String
    let act: String
    let recorded: String
    let effective: String?
    let legalBasis: String
    let summary: [SummaryRow]
    /// Who still has to approve it, when one person is not enough.
    let waitsFor: String?
    let provisional: Bool
    let receipt: String
    let personPath: String?
    let nextForms: [PersonPage.FormLink]

    package init(
        frame: PageFrame, identity: IdentityBar?, kind: ActKind, act: ActID, recorded: Instant,
        effective: PartialDate?, legalBasis: String, summary: [SummaryRow], waitsFor: String? = nil,
        provisional: Bool = false, next: [(title: Sentence, path: String)] = [], units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        self.identity = identity
        title = frame.spoken.of(kind.title)
        self.act = String(act.rawValue)
        self.recorded = words.moment(recorded)
        self.effective = words.date(effective)
        self.legalBasis = legalBasis
        self.summary = summary
        self.waitsFor = waitsFor
        self.provisional = provisional
        receipt = "/acts/\(act.rawValue)/receipt"
        personPath = identity?.href
        nextForms = next.map { PersonPage.FormLink(href: $0.path, title: frame.spoken.of($0.title)) }
    }
}

/// Trang lỗi: what happened, what to do, and the number under which the log of the program knows it.
package struct ErrorPage: ConsolePage {
    package static let template = "error"

    package let frame: PageFrame
    let heading: String
    let sentence: String
    let legalBasis: String?
    let incident: String?
    /// Somebody else was faster: the record is another one now.
    let lostRace: Bool
    let again: String?

    package init(
        frame: PageFrame, status: Int, sentence: Sentence, legalBasis: String? = nil, incident: String? = nil,
        again: String? = nil
    ) {
        self.frame = frame
        heading = frame.spoken.of(ErrorPage.heading(status))
        self.sentence = frame.spoken.of(sentence)
        self.legalBasis = legalBasis
        self.incident = incident
        lostRace = status == 409
        self.again = again
    }

    private static func heading(_ status: Int) -> Sentence {
        switch status {
        case 401: Sentence("Cần đăng nhập", "Sign in first")
        case 403: Sentence("Không thuộc quyền của tài khoản này", "Not within this account's rights")
        case 404: Sentence("Không tìm thấy", "Not found")
        case 409: Sentence("Hồ sơ đã thay đổi", "The record has changed")
        case 429: Sentence("Quá nhiều yêu cầu", "Too many requests")
        case 400..<500: Sentence("Chưa làm được việc này", "This could not be done")
        default: Sentence("Lỗi của chương trình", "An error inside the program")
        }
    }
}

/// Trang chưa có gì: what to do first where nothing is yet.
package struct EmptyPage: ConsolePage {
    package static let template = "empty"

    package let frame: PageFrame
    let heading: String
    let sentence: String
    let action: PersonPage.FormLink?

    package init(frame: PageFrame, heading: Sentence, sentence: Sentence, action: (Sentence, path: String)? = nil) {
        self.frame = frame
        self.heading = frame.spoken.of(heading)
        self.sentence = frame.spoken.of(sentence)
        self.action = action.map { PersonPage.FormLink(href: $0.path, title: frame.spoken.of($0.0)) }
    }
}
