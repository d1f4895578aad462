import Access
import Civil
import Ledger
import Population

/// Phiếu kết quả: the act stands in the log; what it says, its receipt, and the slip for the citizen, whenever it is
/// printed.
package struct SlipPage: ConsolePage {
    package static let template = "slip"
    package static let title = Sentence("Phiếu kết quả", "Slip")

    package let frame: PageFrame
    let identity: IdentityBar
    let entry: Timeline.Entry
    /// It was recorded a moment ago.
    let isNew: Bool
    /// The office that recorded it, by name.
    let office: String
    /// The file in which it was recorded.
    let file: File?

    /// The file of the matter, as the citizen asks for it.
    struct File: Equatable, Sendable {
        let code: String
        let href: String
        let due: String?
    }

    /// - Parameters:
    ///   - dossier: the file in which the act was recorded, with the day on which it is due.
    ///   - isNew: whether it was recorded a moment ago.
    init(
        frame: PageFrame, identity: IdentityBar, entry: Timeline.Entry, office: String, dossier: Dossier?, isNew: Bool
    ) {
        self.frame = frame
        self.identity = identity
        self.entry = entry
        self.isNew = isNew
        self.office = office
        file = dossier.map { dossier in
            File(
                code: dossier.code.description, href: DossierPage.path(dossier.code),
                due: (dossier.isOpen ? dossier.clock.due : nil).map(DayText.vietnamese))
        }
    }

    static func path(of act: ActID, about handle: String, isNew: Bool = false) -> String {
        "/persons/\(handle)/slips/\(act.rawValue)" + (isNew ? "?done=yes" : "")
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

/// Nêu mục đích: what somebody is asked who looks for people without a file; once for all that follows.
package struct PurposePage: ConsolePage {
    package static let template = "purpose"
    package static let title = Sentence("Tra cứu để làm gì?", "What is the look for?")

    package let frame: PageFrame
    /// Where to go on.
    let back: String
    let files: Bool
    let problem: String?
    let typed: String

    /// - Parameter files: whether the officer may open files.
    package init(frame: PageFrame, back: String, files: Bool, problem: Sentence? = nil, typed: String = "") {
        self.frame = frame
        self.back = back
        self.files = files
        self.problem = problem.map(frame.spoken.of)
        self.typed = typed
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
