import Civil

/// Why somebody is not signed in, or no longer; what to do about it.
package enum SignInRefusal: ExplainedRefusal {
    /// Wrong account, password or code: which of them is not said.
    case wrong
    /// Too many wrong tries; the pause in seconds.
    case tooManyTries(seconds: Int)
    /// The account is disabled, or has no role in force.
    case noRole
    case sessionMissing
    case sessionEnded
    case demonstrationOnly
    case enrolmentInvalid
    case formTokenWrong
    /// What asks for a recent sign-in is asked for in an old session.
    case notRecent

    package var code: String {
        switch self {
        case .wrong: "sign_in_wrong"
        case .tooManyTries: "sign_in_paused"
        case .noRole: "no_role"
        case .sessionMissing: "session_missing"
        case .sessionEnded: "session_ended"
        case .demonstrationOnly: "demonstration_only"
        case .enrolmentInvalid: "enrolment_invalid"
        case .formTokenWrong: "form_token_wrong"
        case .notRecent: "sign_in_not_recent"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .wrong:
            Sentence(
                "Tài khoản, mật khẩu hoặc mã không đúng; kiểm tra rồi nhập lại.",
                "The account, the password or the code is wrong; check and type them again.")
        case .tooManyTries(let seconds):
            Sentence(
                "Nhập sai nhiều lần; chờ \(seconds) giây rồi thử lại, hoặc nhờ đồng nghiệp cấp lại cách đăng nhập.",
                "Too many wrong tries; wait \(seconds) seconds, or ask a colleague to renew your way of signing in.")
        case .noRole:
            Sentence(
                "Tài khoản này hiện không có vai trò nào còn hiệu lực; liên hệ người quản trị của đơn vị.",
                "This account holds no role now; ask the administrator of your office.")
        case .sessionMissing: Sentence("Đăng nhập để tiếp tục.", "Sign in to go on.")
        case .sessionEnded:
            Sentence(
                "Phiên làm việc đã kết thúc, việc đang ghi chưa vào sổ; đăng nhập lại rồi ghi lại.",
                "The session has ended and nothing of the form was recorded; sign in again and enter it again.")
        case .demonstrationOnly:
            Sentence(
                "Đăng nhập một chạm chỉ có ở cơ sở dữ liệu trình diễn mở trên chính máy này.",
                "One-click sign-in exists only in a demonstration register on this very machine.")
        case .enrolmentInvalid:
            Sentence(
                "Liên kết đã dùng, hết hạn hoặc sai; nhờ người quản trị cấp liên kết mới.",
                "The link was used, has expired or is wrong; ask the administrator for a new one.")
        case .formTokenWrong:
            Sentence(
                "Trang này đã cũ; mở lại trang rồi gửi lần nữa.", "This page is out of date; open it again, then send.")
        case .notRecent:
            Sentence(
                "Bạn đăng nhập đã hơn 10 phút; đăng xuất, đăng nhập lại rồi đổi khóa.",
                "You signed in more than 10 minutes ago; sign out, sign in again, then change your keys.")
        }
    }
}

/// Why offices, officers or grants cannot be changed as asked.
package enum AdministrationRefusal: ExplainedRefusal {
    case accountMalformed
    case accountTaken
    case nameMalformed
    case officerUnknown
    case officeUnknown
    case officeCodeMalformed
    case officePeriodsOverlap
    case unitUnknown
    case grantUnknown
    case grantTooLong
    case reasonMissing
    case dayMalformed
    case colleagueUnknown
    case officeLevelChanged
    case askedAlready
    case tooManyAsked

    package var code: String {
        switch self {
        case .accountMalformed: "account_malformed"
        case .accountTaken: "account_taken"
        case .nameMalformed: "officer_name_malformed"
        case .officerUnknown: "officer_unknown"
        case .officeUnknown: "office_unknown"
        case .officeCodeMalformed: "office_code_malformed"
        case .officePeriodsOverlap: "office_periods_overlap"
        case .unitUnknown: "office_unit_unknown"
        case .grantUnknown: "grant_unknown"
        case .grantTooLong: "grant_too_long"
        case .reasonMissing: "reason_missing"
        case .dayMalformed: "office_day_malformed"
        case .colleagueUnknown: "colleague_unknown"
        case .officeLevelChanged: "office_level_changed"
        case .askedAlready: "role_asked_already"
        case .tooManyAsked: "roles_asked_too_many"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .accountMalformed:
            Sentence(
                "Tên tài khoản có 3 đến 40 ký tự a–z, 0–9, dấu chấm, gạch ngang, và không chỉ gồm chữ số.",
                "An account has 3 to 40 characters a–z, 0–9, dots and hyphens, and is not of digits alone.")
        case .accountTaken:
            Sentence("Tài khoản này đã có; chọn tên khác.", "This account exists already; choose another name.")
        case .nameMalformed:
            Sentence("Tên hiển thị có 1 đến 80 ký tự.", "The name that is shown has 1 to 80 characters.")
        case .officerUnknown:
            Sentence(
                "Không có tài khoản này; xem danh sách bằng dancu officer list.",
                "There is no such account; see dancu officer list.")
        case .officeUnknown:
            Sentence(
                "Không có cơ quan này đang hoạt động; xem bằng dancu office list.",
                "There is no such office in force; see dancu office list.")
        case .officeCodeMalformed:
            Sentence(
                "Mã cơ quan có 2 đến 40 ký tự a–z, 0–9 và gạch ngang.",
                "The code of an office has 2 to 40 characters a–z, 0–9 and hyphens.")
        case .officePeriodsOverlap:
            Sentence(
                "Cơ quan này đã có một giai đoạn vào ngày đó; kết thúc giai đoạn cũ trước.",
                "The office has a period on that day already; end the old one first.")
        case .unitUnknown:
            Sentence(
                "Không có đơn vị hành chính này, hoặc cấp của nó khác cấp của cơ quan; tìm bằng dancu unit find.",
                "There is no such unit, or its level is not the office's; look it up with dancu unit find.")
        case .grantUnknown: Sentence("Không có phân công này đang hiệu lực.", "There is no such grant in force.")
        case .grantTooLong:
            Sentence(
                "Phân công kéo dài nhiều nhất \(Grant.longestDays) ngày; chọn ngày kết thúc sớm hơn.",
                "A grant lasts at most \(Grant.longestDays) days; choose an earlier end.")
        case .colleagueUnknown:
            Sentence(
                "Không có đồng nghiệp nào đang làm việc tại cơ quan này với tài khoản đó; kiểm tra lại.",
                "No colleague who works in this office has that account; check it.")
        case .officeLevelChanged:
            Sentence(
                "Cơ quan không đổi cấp; mở cơ quan mới với mã khác.",
                "An office keeps its level; open another office with another code.")
        case .askedAlready:
            Sentence(
                "Đề nghị này đã gửi và đang chờ; xem ở trang vai trò chờ phê duyệt.",
                "This was asked for already and waits; see the page of roles that wait.")
        case .tooManyAsked:
            Sentence(
                "Đã có quá nhiều đề nghị đang chờ; đợi quyết định rồi gửi tiếp.",
                "Too many requests of yours wait; ask again when they are decided.")
        case .dayMalformed:
            Sentence(
                "Ghi đủ ngày, tháng, năm; ngày kết thúc phải sau ngày bắt đầu của giai đoạn.",
                "Write day, month and year; a period ends after the day on which it began.")
        case .reasonMissing:
            Sentence("Nêu lý do trong 1 đến 200 ký tự.", "State the reason in 1 to 200 characters.")
        }
    }
}
