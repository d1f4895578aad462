import Civil
import Foundation
import Ledger

@testable import Access
@testable import Population
@testable import Web

/// The pages of approvals, waiting, decided and with nothing to do.
extension ConsoleSamples {
    private func approval(_ decision: Approval.Decision? = nil, preview: [PreviewLine] = []) -> Approval {
        let asked = ConsoleSamples.at("2026-03-01T02:05:00Z")
        let request =
            #"{"kind":"number_cancelled","legal_basis":"Nghị định 70/2024/NĐ-CP","effective":"2026-03-01","#
            + #""content":{"number":"003190000111","ground":"entry_error","requested":true,"#
            + #""document":"bản án\#(evil)"}}"#
        return Approval(
            id: 4711, kind: .numberCancelled, request: Array(request.utf8), subjects: [],
            preview: (try? Array(JSONEncoder().encode(preview))) ?? [],
            asker: Actor(account: "pd-001\(evil)", role: Role.approver.rawValue, office: "xa-00097\(evil)"),
            asked: asked, expires: Approval.expiry(askedAt: asked), decision: decision)
    }

    private func decision(_ outcome: Approval.Outcome) -> Approval.Decision {
        Approval.Decision(
            actor: Actor(account: "pd-002", role: Role.approver.rawValue, office: "xa-00097"),
            decided: ConsoleSamples.at("2026-03-02T02:05:00Z"), outcome: outcome)
    }

    func approvals(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(ApprovalsPage.title), language, section: .queues)
        let now = ConsoleSamples.at("2026-03-02T02:05:00Z")
        let person = answer.handle
        func line(_ field: PreviewLine.Field, _ before: String?, _ after: String?) -> PreviewLine {
            PreviewLine(person: person, field: field, before: before, after: after)
        }
        let lines = [
            line(.number, "003190000111", nil), line(.detail(.birth), "1990-05", "1990-05-18"),
            line(.detail(.sex), Sex.female.rawValue, Sex.male.rawValue), line(.life, "living", "dead"),
            line(.detail(.maritalStatus), nil, MaritalStatus.married.rawValue), line(.detail(.religion), nil, nil),
            line(.permanent, "Số 1\(evil), Phường Hồng Hà", nil), line(.merged, nil, person),
            line(.aside, nil, "trùng\(evil)"),
        ]
        func page(
            _ decision: Approval.Decision?, _ lines: [PreviewLine], decides: Bool = false, problem: Sentence? = nil
        ) -> ApprovalPage {
            ApprovalPage(
                frame: frame,
                answer: ApprovalAnswer(
                    approval: approval(decision), persons: lines.isEmpty ? [] : [answer], lines: lines,
                    isForRequester: decides), now: now, problem: problem,
                reason: problem == nil ? "" : "chưa rõ\(evil)",
                units: units)
        }
        let accepted = decision(.accepted(ActID(rawValue: 106)))
        let rejected = decision(.rejected(reason: "thiếu giấy tờ\(evil)"))
        return [
            (
                "approvals",
                ApprovalsPage(
                    frame: frame, page: ListPage([approval(), approval(), approval()], after: nil, limit: 2),
                    of: [approval(), approval(), approval()],
                    asked: [approval(), approval(accepted), approval(rejected)],
                    now: now, units: units)
            ),
            (
                "approvals-alike",
                ApprovalsTogetherPage(
                    frame: frame, first: 4711, waiting: [approval(preview: lines)], opened: [4711],
                    problem: ApprovalRefusal.sampleTooSmall.sentence, units: units)
            ),
            (
                "approved-alike",
                ApprovedTogetherPage(
                    frame: frame,
                    outcome: ApprovedTogether(accepted: [4712], refused: [(4711, ApprovalRefusal.changed.sentence)]))
            ),
            (
                "approvals-nothing",
                ApprovalsPage(
                    frame: frame, page: ListPage([], after: nil), of: [], asked: [], now: now, units: units)
            ),
            ("approval", page(nil, lines, decides: true)),
            ("approval-problem", page(nil, lines, decides: true, problem: ApprovalRefusal.changed.sentence)),
            ("approval-accepted", page(accepted, lines)), ("approval-rejected", page(rejected, [])),
        ]
    }
}
