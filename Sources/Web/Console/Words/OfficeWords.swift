import Access
import Civil
import Ledger

extension OfficeLevel {
    /// The level as a page names it.
    package var title: Sentence {
        switch self {
        case .commune: Sentence("Cấp xã", "Commune")
        case .district: Sentence("Cấp huyện", "District")
        case .province: Sentence("Cấp tỉnh", "Province")
        case .ministry: Sentence("Bộ", "Ministry")
        case .mission: Sentence("Cơ quan đại diện ở nước ngoài", "Mission abroad")
        }
    }
}

/// Offices, officers and roles in words and addresses.
enum OfficeWords {
    static func path(ofOffice code: String) -> String { "/administration/offices/\(PathText.encoded(code))" }

    static func path(ofOfficer account: String) -> String { "/administration/officers/\(PathText.encoded(account))" }

    /// `1/7/2025 – 31/12/2026`, or since when it lasts.
    static func period(_ office: Office, _ language: PageLanguage) -> String {
        let since = DayText.vietnamese(office.since)
        guard let until = office.until else { return language.of("từ \(since)", "since \(since)") }
        return language.of(
            "\(since) đến trước \(DayText.vietnamese(until))", "\(since) until before \(DayText.vietnamese(until))")
    }

    /// What is asked: `Cấp Người phê duyệt tại xa-00004 cho lan.nt`.
    static func wish(_ change: RoleChange, _ language: PageLanguage) -> String {
        let role = language.of(change.role.title)
        switch change.wish {
        case .give(_, let absent?):
            return language.of(
                "\(change.holder) thay \(absent) làm \(role) tại \(change.office) khi vắng mặt",
                "\(change.holder) stands in for \(absent) as \(role) in \(change.office)")
        case .give(_, nil):
            return language.of(
                "Cấp vai trò \(role) tại \(change.office) cho \(change.holder)",
                "Give \(change.holder) the role \(role) in \(change.office)")
        case .take:
            return language.of(
                "Thu hồi vai trò \(role) tại \(change.office) của \(change.holder)",
                "Take the role \(role) in \(change.office) from \(change.holder)")
        }
    }

    /// What came of it, or that it waits.
    static func state(_ change: RoleChange, at now: Instant, _ words: ValueWords) -> String {
        state(change.decision, isOpen: change.refusal(at: now) == nil, words)
    }

    /// The same of whatever one asks and another decides.
    static func state(_ decision: SecondDecision?, isOpen: Bool, _ words: ValueWords) -> String {
        guard let decision else {
            return isOpen
                ? words.language.of("Chờ phê duyệt", "Waits for approval")
                : words.language.of("Quá hạn", "Expired")
        }
        let who = "\(decision.actor.account), \(words.moment(decision.decided))"
        guard let reason = decision.rejection else { return words.language.of("Đã duyệt: \(who)", "Approved: \(who)") }
        return words.language.of("Từ chối: \(who). \(reason)", "Rejected: \(who). \(reason)")
    }
}
