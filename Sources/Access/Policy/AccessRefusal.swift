import Civil

/// Lý do không cho phép: why an act, a look or a function is not allowed; closed, one stable code each.
///
/// None of the sentences tells whether somebody outside the officer's places is in the register.
package enum AccessRefusal: ExplainedRefusal, CaseIterable {
    /// The role is not one that may record acts of this kind.
    case roleMayNotRecord
    /// The role may not do this.
    case roleMayNotDo
    /// The role sees no person's data, wherever they live.
    case roleSeesNoPersons
    /// Nobody like that, or somebody of another place: which of the two is not told.
    case notFoundHere
    /// Too many look-ups found nobody, or named people of elsewhere; an alarm was raised.
    case lookUpsPaused
    /// The look or act concerns places that are not the office's.
    case outsideJurisdiction
    /// The office, or one where the account holds a role, is not one that the requester administers.
    case officeNotYours
    /// Somebody's own account or role: a colleague changes it.
    case ownAccount
    /// The act concerns the officer's own record: a colleague records it.
    case ownRecord
    /// A protected record is to be merged into one that is not: that one is sealed first.
    case sealFirst
    /// Somebody is asked for by number without an open file or a stated purpose.
    case purposeNeeded
    /// The history of somebody outside is not shown.
    case historyNotShown
    /// The act needs a second person.
    case secondPersonNeeded
    /// The second person is the first.
    case samePerson
    /// The second person may not approve this.
    case secondMayNotApprove
    /// Emergency access without a reason.
    case reasonNeeded
    /// Emergency access to nobody, or to more than may be named.
    case personsNotNamed
    /// Emergency access that two approvers of different offices have not approved.
    case approversNotApart
    /// Emergency access for longer than is allowed.
    case emergencyTooLong

    package var code: String {
        switch self {
        case .roleMayNotRecord: "role_may_not_record"
        case .roleMayNotDo: "role_may_not_do"
        case .roleSeesNoPersons: "role_sees_no_persons"
        case .notFoundHere: "person_not_found_here"
        case .lookUpsPaused: "look_ups_paused"
        case .outsideJurisdiction: "outside_jurisdiction"
        case .officeNotYours: "office_not_yours"
        case .ownAccount: "own_account"
        case .ownRecord: "own_record"
        case .sealFirst: "seal_first"
        case .purposeNeeded: "purpose_needed"
        case .historyNotShown: "history_not_shown"
        case .secondPersonNeeded: "second_person_needed"
        case .samePerson: "second_person_is_first"
        case .secondMayNotApprove: "second_person_may_not_approve"
        case .reasonNeeded: "emergency_reason_needed"
        case .personsNotNamed: "emergency_persons_not_named"
        case .approversNotApart: "emergency_approvers_not_apart"
        case .emergencyTooLong: "emergency_too_long"
        }
    }

    /// Whether it can be the answer to a guess: these are counted, and many of them raise an alarm.
    package var isMiss: Bool { self == .notFoundHere }

    package var sentence: Sentence {
        switch self {
        case .roleMayNotRecord:
            Sentence(
                "Vai trò của bạn không được ghi loại sự việc này; chuyển cho người có thẩm quyền.",
                "Your role may not record acts of this kind; pass it to somebody whose role may.")
        case .roleMayNotDo:
            Sentence(
                "Vai trò của bạn không có chức năng này; chuyển cho người có thẩm quyền.",
                "Your role does not have this function; pass it to somebody whose role has.")
        case .roleSeesNoPersons:
            Sentence(
                "Vai trò của bạn không được xem dữ liệu công dân; nhờ cán bộ phụ trách.",
                "Your role sees no person's data; ask the officer in charge.")
        case .notFoundHere:
            Sentence(
                "Không tìm thấy trong phạm vi của bạn; người ở nơi khác phải nêu đúng số, họ tên và ngày sinh.",
                "Nobody like that is in your places; others are found only by exact number, name and date of birth.")
        case .lookUpsPaused:
            Sentence(
                "Trong một giờ đã có quá nhiều lượt tra theo số; chờ hết giờ. Cán bộ bảo vệ dữ liệu đã được báo.",
                "Too many look-ups by number in one hour; wait until it is over. The data-protection officer is told.")
        case .outsideJurisdiction:
            Sentence(
                "Việc này không thuộc phạm vi quản lý của cơ quan bạn; chuyển cho cơ quan nơi cư trú.",
                "This lies outside your office's places; pass it to the office of the place of residence.")
        case .officeNotYours, .ownAccount: administrationSentence
        case .ownRecord:
            Sentence(
                "Không ai tự ghi việc về bản ghi của chính mình; nhờ đồng nghiệp ghi.",
                "Nobody records what concerns their own record; ask a colleague.")
        case .sealFirst:
            Sentence(
                "Bản ghi trùng đang được niêm phong; niêm phong bản ghi còn lại trước rồi mới hợp nhất.",
                "The duplicate is sealed; have the other record sealed before they are merged.")
        case .purposeNeeded:
            Sentence(
                "Chưa có hồ sơ hay mục đích tra cứu; mở hồ sơ, hoặc ghi mục đích.",
                "There is no open file and no purpose; open a file, or state the purpose.")
        case .historyNotShown:
            Sentence(
                "Lịch sử chỉ xem được đối với người thuộc phạm vi của bạn; hỏi cơ quan nơi cư trú.",
                "History is shown of people of your places alone; ask the office of the place of residence.")
        case .secondPersonNeeded, .samePerson, .secondMayNotApprove: secondSentence
        case .reasonNeeded, .personsNotNamed, .approversNotApart, .emergencyTooLong: emergencySentence
        }
    }

    private var administrationSentence: Sentence {
        self == .ownAccount
            ? Sentence(
                "Không ai được tự đổi tài khoản hay vai trò của mình; nhờ quản trị viên khác.",
                "Nobody changes their own account or role; ask another administrator.")
            : Sentence(
                "Cơ quan này không thuộc phạm vi quản trị của bạn; chuyển cho quản trị viên của cấp trên.",
                "You do not administer this office; pass it to the administrator of the office above.")
    }

    private var secondSentence: Sentence {
        switch self {
        case .samePerson:
            Sentence(
                "Người đề nghị không được tự phê duyệt; chuyển cho người phê duyệt khác.",
                "Whoever asks cannot approve; pass it to another approver.")
        case .secondMayNotApprove:
            Sentence(
                "Người này không có quyền phê duyệt việc này; chuyển cho người phê duyệt của cơ quan, hoặc cấp trên.",
                "This officer may not approve this; pass it to an approver of the office, or of the office above.")
        default:
            Sentence(
                "Việc này cần người thứ hai phê duyệt; gửi đề nghị phê duyệt.",
                "This needs a second person; send it for approval.")
        }
    }

    private var emergencySentence: Sentence {
        switch self {
        case .reasonNeeded:
            Sentence(
                "Truy cập khẩn cấp phải nêu lý do; ghi lý do từ 1 đến \(BreakGlass.longestReason) ký tự.",
                "Emergency access needs a reason; write 1 to \(BreakGlass.longestReason) characters.")
        case .personsNotNamed:
            Sentence(
                "Truy cập khẩn cấp phải nêu đích danh; chọn từ 1 đến \(BreakGlass.mostPersons) người.",
                "Emergency access names its persons; name 1 to \(BreakGlass.mostPersons).")
        case .approversNotApart:
            Sentence(
                "Truy cập khẩn cấp cần hai người phê duyệt khác nhau, của hai cơ quan; gửi cho cả hai.",
                "Emergency access needs two other persons of two offices who may approve; send it to both.")
        default:
            Sentence(
                "Truy cập khẩn cấp kéo dài nhiều nhất \(BreakGlass.mostMinutes) phút; rút ngắn lại.",
                "Emergency access lasts \(BreakGlass.mostMinutes) minutes at most; shorten it.")
        }
    }
}
