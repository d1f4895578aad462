import Access
import Civil
import Foundation
import Ledger
import Population

/// Chờ phê duyệt: what waits for the officer's decision, and what the officer asked of others.
package struct ApprovalsPage: ConsolePage {
    package static let template = "approvals"
    package static let title = Sentence("Chờ tôi phê duyệt", "Waiting for my approval")

    struct Line: Equatable, Sendable {
        let href: String
        let title: String
        let asker: String
        let asked: String
        let expires: String
        let state: String?
        /// How many wait that are alike, and where they are decided together; nil where there is no other.
        let alike: String?
        let alikeHref: String
    }

    package let frame: PageFrame
    let heading: String
    let waiting: [Line]
    let hasWaiting: Bool
    let asked: [Line]
    let hasAsked: Bool
    /// Where the list goes on.
    let next: String?

    /// - Parameters:
    ///   - page: those of them all that this page shows.
    ///   - all: whatever waits, so that those that are alike are counted.
    package init(
        frame: PageFrame, page: ListPage<Approval>, of all: [Approval], asked: [Approval], now: Instant,
        units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        heading = frame.spoken.of(ApprovalsPage.title)
        let alike = Dictionary(all.map { ($0.likeness, 1) }, uniquingKeysWith: +)
        waiting = page.lines.map { ApprovalsPage.line($0, nil, alike: alike[$0.likeness] ?? 1, words) }
        hasWaiting = !page.lines.isEmpty
        next = page.next.map { "/approvals?after=\($0.text)" }
        self.asked = asked.map { ApprovalsPage.line($0, $0.state(at: now, words), alike: 1, words) }
        hasAsked = !asked.isEmpty
    }

    private static func line(_ approval: Approval, _ state: String?, alike: Int, _ words: ValueWords) -> Line {
        Line(
            href: "/approvals/\(approval.id)", title: words.language.of(approval.kind.title),
            asker: "\(approval.asker.account), \(approval.asker.office)", asked: words.moment(approval.asked),
            expires: words.moment(approval.expires), state: state, alike: alike > 1 ? NumberText.grouped(alike) : nil,
            alikeHref: "/approvals/\(approval.id)/alike")
    }
}

/// Đề nghị cùng loại: those that can be accepted together once some of them were opened.
package struct ApprovalsTogetherPage: ConsolePage {
    package static let template = "approvals-alike"
    package static let title = Sentence("Phê duyệt các đề nghị cùng loại", "Approving alike requests together")

    struct Line: Equatable, Sendable {
        let field: String
        let href: String
        let number: String
        let asked: String
        let expires: String
        let changes: [String]
        let opened: Bool
    }

    package let frame: PageFrame
    let kind: String
    let asker: String
    let lines: [Line]
    let action: String
    let sample: String
    let problem: String?

    /// - Parameters:
    ///   - first: the request that led here.
    ///   - opened: those whose pages this session has opened.
    package init(
        frame: PageFrame, first: Int64, waiting: [Approval], opened: Set<Int64>, problem: Sentence? = nil,
        units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        kind = waiting.first.map { frame.spoken.of($0.kind.title) } ?? ""
        asker = waiting.first.map { "\($0.asker.account), \($0.asker.office)" } ?? ""
        lines = waiting.prefix(PopulationRegister.mostDecidedTogether).map { approval in
            let preview = (try? JSONDecoder().decode([PreviewLine].self, from: Data(approval.preview))) ?? []
            return Line(
                field: "approval-\(approval.id)", href: "/approvals/\(approval.id)", number: String(approval.id),
                asked: words.moment(approval.asked), expires: words.moment(approval.expires),
                // Which fields change, not their values: those are a look, on the request's own page.
                changes: preview.map { frame.spoken.of($0.field.title) }.reduce(into: []) { fields, field in
                    if !fields.contains(field) { fields.append(field) }
                },
                opened: opened.contains(approval.id))
        }
        action = "/approvals/\(first)/alike"
        sample = String(min(PopulationRegister.sampleBeforeMany, max(1, waiting.count)))
        self.problem = problem.map(frame.spoken.of)
    }
}

/// What became of requests that were accepted together.
package struct ApprovedTogetherPage: ConsolePage {
    package static let template = "approved-alike"

    struct Refused: Equatable, Sendable {
        let href: String
        let number: String
        let sentence: String
    }

    package let frame: PageFrame
    let accepted: String
    let refused: [Refused]
    let hasRefused: Bool

    package init(frame: PageFrame, outcome: ApprovedTogether) {
        self.frame = frame
        accepted = NumberText.grouped(outcome.accepted.count)
        refused = outcome.refused.map { id, sentence in
            Refused(href: "/approvals/\(id)", number: String(id), sentence: frame.spoken.of(sentence))
        }
        hasRefused = !refused.isEmpty
    }
}

/// Một đề nghị phê duyệt: who asks for what, what it would change, and the two answers.
package struct ApprovalPage: ConsolePage {
    package static let template = "approval"

    struct Change: Equatable, Sendable {
        let label: String
        let before: String
        let after: String
    }

    struct Remark: Equatable, Sendable {
        let label: String
        let value: String
    }

    package let frame: PageFrame
    let number: String
    let heading: String
    let persons: [IdentityBar]
    let asker: String
    let asked: String
    let expires: String
    /// Ground, document, reason: what was asked for besides the change.
    let remarks: [Remark]
    let changes: [Change]
    let hasChanges: Bool
    /// What was decided, or why nothing can be.
    let state: String?
    let reason: String
    let problem: String?
    /// Where the problem can be mended.
    let problemHref: String
    let decides: Bool
    let action: String
    let longest: Int
    let act: String?
    /// Where the form is opened anew with its answers.
    let again: String?

    package init(
        frame: PageFrame, answer: ApprovalAnswer, now: Instant, problem: Sentence? = nil,
        problemHref: String = "#changes", reason: String = "", asksAgain: Bool = false, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let approval = answer.approval
        self.frame = frame
        number = String(approval.id)
        heading = frame.spoken.of(approval.kind.title)
        persons = answer.persons.map {
            IdentityBar(handle: $0.handle, state: $0.state, words: words, shown: $0.allowance.groups)
        }
        asker =
            "\(approval.asker.account), \(Role.title(of: approval.asker.role, in: frame.spoken)), "
            + approval.asker.office
        asked = words.moment(approval.asked)
        expires = words.moment(approval.expires)
        remarks = ApprovalPage.remarks(of: approval, words)
        changes = answer.lines.map { line in
            Change(
                label: frame.spoken.of(line.field.title), before: words.value(line.before, of: line.field),
                after: words.value(line.after, of: line.field))
        }
        hasChanges = !changes.isEmpty
        state = approval.refusal(at: now) == nil && answer.isForRequester ? nil : approval.state(at: now, words)
        self.reason = reason
        self.problem = problem.map(frame.spoken.of)
        self.problemHref = problemHref
        decides = answer.isForRequester
        action = "/approvals/\(approval.id)"
        longest = Verdict.longestReason
        again = asksAgain ? action + "/again" : nil
        if case .accepted(let act) = approval.decision?.outcome {
            self.act = "/acts/\(act.rawValue)/receipt"
        } else {
            act = nil
        }
    }
}

extension ApprovalPage {
    /// The request as the second person has to know it.
    fileprivate static func remarks(of approval: Approval, _ words: ValueWords) -> [Remark] {
        guard let request = try? JSONDecoder().decode(ActRequest.self, from: Data(approval.request)) else { return [] }
        let language = words.language
        var remarks: [Remark] = []
        if let day = words.date(request.effective) {
            remarks.append(Remark(label: language.of("Có hiệu lực từ", "Effective from"), value: day))
        }
        if let basis = request.legalBasis {
            remarks.append(Remark(label: language.of("Căn cứ pháp lý", "Legal basis"), value: basis))
        }
        return remarks
            + ActRemarks(request.content ?? .null).lines.map {
                Remark(label: language.of($0.label), value: language.of($0.value))
            }
    }
}

extension Approval {
    /// Whether nothing came of it: it was rejected, or nobody decided in time.
    package func canBeAskedAgain(at now: Instant) -> Bool {
        guard let decision else { return now >= expires }
        if case .rejected = decision.outcome { return true }
        return false
    }

    /// What has become of it, as people read it.
    fileprivate func state(at now: Instant, _ words: ValueWords) -> String {
        guard let decision else {
            return now < expires
                ? words.language.of("Đã gửi, đang chờ phê duyệt", "Sent; waiting for approval")
                : words.language.of("Đã quá hạn", "Expired")
        }
        let by = "\(decision.actor.account), \(decision.actor.office), \(words.moment(decision.decided))"
        switch decision.outcome {
        case .accepted: return words.language.of("Đã chấp thuận: ", "Accepted: ") + by
        case .rejected(let reason):
            return words.language.of("Đã từ chối: ", "Rejected: ") + by + ". " + reason
        }
    }
}

extension PreviewLine.Field {
    fileprivate var title: Sentence {
        switch self {
        case .detail(let field): field.title
        case .life: Sentence("Tình trạng sống", "Life")
        case .number: Sentence("Số định danh cá nhân", "Personal number")
        case .permanent: Sentence("Nơi thường trú", "Permanent residence")
        case .temporary: Sentence("Nơi tạm trú", "Temporary residence")
        case .current: Sentence("Nơi ở hiện tại", "Current residence")
        case .merged: Sentence("Hợp nhất vào bản ghi", "Merged into record")
        case .aside: Sentence("Đưa ra xem xét", "Set aside for review")
        case .other: Sentence("Thông tin khác", "Other information")
        }
    }

    /// Whether its values are not copied out of the record.
    fileprivate var isUnshown: Bool {
        switch self {
        case .other, .detail(.ethnicity), .detail(.religion): true
        case .detail, .life, .number, .permanent, .temporary, .current, .merged, .aside: false
        }
    }
}

extension ValueWords {
    fileprivate func value(_ text: String?, of field: PreviewLine.Field) -> String {
        if field.isUnshown { return language.of("(không hiển thị)", "(not shown)") }
        guard let text else { return language.of("(không có)", "(none)") }
        switch field {
        case .number: return number(text) ?? text
        case .life:
            return PersonState.Life.Status(rawValue: text).map { life(PersonState.Life(status: $0)) } ?? text
        case .detail(.birth): return PartialDate(canonical: text).flatMap(date) ?? text
        case .detail(.sex): return Sex(rawValue: text).flatMap(sex) ?? text
        case .detail(.nationality): return Coded(canonical: text).flatMap(coded) ?? text
        case .detail(.maritalStatus): return MaritalStatus(rawValue: text).flatMap(marital) ?? text
        default: return text  // written as people read it
        }
    }
}
