import Access
import Civil

/// Đăng nhập: password and one-time code; a passkey where the browser can, and one click for each demonstration role.
package struct SignInPage: ConsolePage {
    package static let template = "sign-in"

    struct DemonstrationRole: Equatable, Sendable {
        let account: String
        let title: String
        let place: String
        let what: String
    }

    package let frame: PageFrame
    /// What was typed; the password and the code are never shown again.
    let account: String
    /// Why the last try failed, in words that tell a stranger nothing.
    let problem: String?
    let asksForCode: Bool
    let hasRoles: Bool
    let roles: [DemonstrationRole]
    /// Where to go afterwards: a path of this server.
    let next: String
    let passkey: PasskeyBlock?

    package init(
        frame: PageFrame, account: String = "", problem: Sentence? = nil, asksForCode: Bool = true,
        demonstration: [(account: String, role: Role, office: String)] = [], next: String = "/work",
        party: RelyingParty? = nil
    ) {
        self.frame = frame
        self.account = account
        self.problem = problem.map(frame.spoken.of)
        self.asksForCode = asksForCode
        self.next = next
        passkey = PasskeyBlock(.signIn, at: party, next: next, in: frame.spoken)
        roles = demonstration.map { choice in
            DemonstrationRole(
                account: choice.account, title: frame.spoken.of(choice.role.title), place: choice.office,
                what: frame.spoken.of(choice.role.work))
        }
        hasRoles = !roles.isEmpty
    }
}

extension Role {
    /// What somebody in the role does, for whoever chooses one in a demonstration.
    fileprivate var work: Sentence {
        switch self {
        case .communeOfficer:
            Sentence("tìm người, ghi cư trú, hộ tịch, hộ gia đình", "finds people, records residence and events")
        case .approver: Sentence("duyệt việc cần hai người", "approves what needs two people")
        case .provinceAuditor: Sentence("xem chất lượng và việc các xã đã làm", "sees quality and the communes' work")
        case .ministryOperator: Sentence("cấp số, tiếp nhận lô phiếu", "assigns numbers, receives batches")
        case .dataProtectionOfficer: Sentence("xem cảnh báo tra cứu", "sees alarms about looks")
        case .readOnlyAuditor: Sentence("đọc nhật ký, không thấy dữ liệu cá nhân", "reads the logs, no personal data")
        case .systemAdministrator: Sentence("quản cơ quan và tài khoản", "keeps offices and accounts")
        case .cardProducer: Sentence("lập lô, giao việc cho máy, đóng gói thẻ", "batches, machines, parcels of cards")
        case .qualityController: Sentence("kiểm tra thẻ đã làm xong", "checks finished cards")
        case .stockKeeper: Sentence("nhập, cấp, tiêu hủy phôi thẻ", "receives, issues, destroys blank cards")
        case .civilStatusSystem: Sentence("gửi sự kiện hộ tịch", "sends civil-status events")
        case .localOperator: Sentence("vận hành chương trình trên máy này", "runs the program on this machine")
        }
    }
}
