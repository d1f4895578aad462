import Chip
import Civil

/// Lý do không nhận, không xử lý hồ sơ cấp thẻ: closed, one stable code each.
package enum ApplicationRefusal: ExplainedRefusal {
    case unknown
    /// The person has another application that is not over.
    case anotherIsOpen
    case personDead
    case personMissing
    case recordSetAside
    case recordMerged
    case recordIncomplete(CardField)
    /// Who is no citizen gets a certificate of identity or another paper.
    case notVietnamese
    /// The law of that day gives no card at that age.
    case tooYoung(Int)
    case groundNotInForce(CardGround)
    /// A first card is asked for, and there is one.
    case hasCard
    /// The card holds for longer than two years.
    case milestoneNotNear
    case representativeNeeded
    case representativeUnfit
    /// Under six nothing is taken.
    case nothingIsTaken
    case portraitNeeded
    case portraitUnreadable
    /// The portrait is not taken in as it is, unless for a stated reason.
    case portraitUnfit(PortraitFault)
    case fingersIncomplete
    /// A finger is not taken in as it is.
    case fingerUnfit(Finger, FingerFault)
    case reasonNeeded
    /// A refusal names the article that forbids the card, with the reason.
    case articleNeeded
    /// The step does not come after the present one.
    case notNow(ApplicationAction, ApplicationStatus)
    /// Whoever took the application does not decide on it.
    case ownApplication
    /// The record has changed since the applicant confirmed it.
    case recordChanged
    case noTariff
    /// The card could not arrive.
    case pickupUnknown
    /// The paper tells of a step that the application has not reached.
    case paperNotNow(ApplicationStatus)
    /// Somebody else may have the same face or fingers: whoever approves says why they are two.
    case candidatesUndecided(Int)
    /// The search for duplicates gives no answer.
    case searchFailed

    package var code: String {
        switch self {
        case .unknown: "card_application_unknown"
        case .anotherIsOpen: "card_application_open_already"
        case .personDead: "card_applicant_dead"
        case .personMissing: "card_applicant_missing"
        case .recordSetAside: "card_record_set_aside"
        case .recordMerged: "card_record_merged"
        case .recordIncomplete: "card_record_incomplete"
        case .notVietnamese: "card_applicant_not_vietnamese"
        case .tooYoung: "card_applicant_too_young"
        case .groundNotInForce: "card_ground_not_in_force"
        case .hasCard: "card_held_already"
        case .milestoneNotNear: "card_milestone_not_near"
        case .representativeNeeded: "card_representative_needed"
        case .representativeUnfit: "card_representative_unfit"
        case .nothingIsTaken: "card_nothing_is_taken"
        case .portraitNeeded: "card_portrait_needed"
        case .portraitUnreadable: "card_portrait_unreadable"
        case .portraitUnfit: "card_portrait_unfit"
        case .fingersIncomplete: "card_fingers_incomplete"
        case .fingerUnfit: "card_finger_unfit"
        case .reasonNeeded: "card_reason_needed"
        case .articleNeeded: "card_article_needed"
        case .notNow: "card_application_not_now"
        case .ownApplication: "card_own_application"
        case .recordChanged: "card_record_changed"
        case .noTariff: "card_no_tariff"
        case .pickupUnknown: "card_pickup_unknown"
        case .paperNotNow: "card_paper_not_now"
        case .candidatesUndecided: "card_candidates_undecided"
        case .searchFailed: "card_search_failed"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .personDead, .personMissing, .recordSetAside, .recordMerged, .recordIncomplete, .notVietnamese,
            .recordChanged:
            recordSentence
        case .tooYoung, .groundNotInForce, .hasCard, .milestoneNotNear, .representativeNeeded, .representativeUnfit,
            .noTariff:
            ruleSentence
        case .nothingIsTaken, .portraitNeeded, .portraitUnreadable, .portraitUnfit, .fingersIncomplete, .fingerUnfit:
            captureSentence
        case .unknown, .anotherIsOpen, .reasonNeeded, .articleNeeded, .notNow, .ownApplication, .paperNotNow,
            .pickupUnknown, .candidatesUndecided, .searchFailed:
            stepSentence
        }
    }

    private var recordSentence: Sentence {
        switch self {
        case .personDead:
            Sentence("Người này đã chết; không cấp thẻ.", "This person is dead; no card is issued.")
        case .personMissing:
            Sentence(
                "Người này bị tuyên bố mất tích; ghi việc trở về trước.",
                "This person is declared missing; record the return first.")
        case .recordMerged:
            Sentence(
                "Bản ghi này đã hợp nhất; dùng bản ghi còn lại.", "This record was merged; use the one that remains.")
        case .recordIncomplete(.number):
            Sentence(
                "Người này chưa có số định danh; cấp số cho xã nơi thường trú trước (dancu number run).",
                "This person has no number yet; number the commune of their permanent residence first "
                    + "(dancu number run).")
        case .recordIncomplete(let field):
            Sentence(
                "Dữ liệu dân cư thiếu \(field.title.vietnamese); thu thập hoặc cập nhật trước (DC01).",
                "The record lacks the \(field.title.english); collect or complete it first (DC01).")
        case .notVietnamese:
            Sentence(
                "Người này không có quốc tịch Việt Nam; xem giấy chứng nhận căn cước.",
                "This person is no Vietnamese citizen; see the certificate of identity.")
        case .recordChanged:
            Sentence(
                "Dữ liệu dân cư đã thay đổi sau khi công dân ký; cho công dân kiểm tra lại.",
                "The record has changed since the applicant confirmed it; let them check it again.")
        default:
            Sentence(
                "Bản ghi đang được xem xét; chờ có kết luận.", "The record is set aside; wait until it is cleared.")
        }
    }

    private var ruleSentence: Sentence {
        switch self {
        case .tooYoung(let age):
            Sentence(
                "Luật của ngày này cấp thẻ từ \(age) tuổi; chờ đủ tuổi.",
                "The law of that day gives cards from the age of \(age); wait until then.")
        case .groundNotInForce(let ground):
            Sentence(
                "Luật của ngày này không có trường hợp \"\(ground.title.vietnamese)\"; chọn trường hợp khác.",
                "The law of that day knows no ground \"\(ground.title.english)\"; choose another.")
        case .hasCard:
            Sentence(
                "Người này đã được cấp thẻ; chọn cấp đổi hoặc cấp lại.",
                "This person was given a card; choose exchange or re-issue.")
        case .milestoneNotNear:
            Sentence(
                "Thẻ còn giá trị trên hai năm; chọn trường hợp cấp đổi khác.",
                "The card holds for more than two years; choose another ground.")
        case .representativeNeeded:
            Sentence(
                "Người dưới 14 tuổi cần người đại diện; nêu người đại diện.",
                "Under 14 a representative files and signs; name the representative.")
        case .representativeUnfit:
            Sentence(
                "Người đại diện phải còn sống, đủ 18 tuổi, không phải chính người đó; chọn người khác.",
                "A representative is living, 18 or older, and somebody else; name another.")
        default:
            Sentence(
                "Chưa có biểu lệ phí cho ngày này; kiểm tra ngày.", "There is no tariff for that day; check the day.")
        }
    }

    private var captureSentence: Sentence {
        switch self {
        case .nothingIsTaken:
            Sentence(
                "Người dưới 6 tuổi không thu nhận ảnh, vân tay; bỏ ảnh và vân tay.",
                "Under six neither portrait nor fingers are taken; leave them out.")
        case .portraitNeeded:
            Sentence("Chưa có ảnh chân dung; chụp hoặc tải ảnh.", "There is no portrait; take or upload one.")
        case .portraitUnreadable:
            Sentence(
                "Ảnh không phải JPEG hoặc PNG đọc được trong giới hạn; chụp lại.",
                "The picture is no readable JPEG or PNG within the limits; take it again.")
        case .portraitUnfit(let fault):
            Sentence(
                "Ảnh chân dung: \(fault.sentence.vietnamese); chụp lại, hoặc nêu lý do vẫn nhận để người duyệt xem.",
                "The portrait: \(fault.sentence.english); take it again, or state why it is taken all the same.")
        case .fingerUnfit(let finger, let fault):
            Sentence(
                "Vân tay \(finger.title.vietnamese): \(fault.sentence.vietnamese); thu lại, hoặc ghi lý do thiếu.",
                "The \(finger.title.english): \(fault.sentence.english); take it again, or say why it is missing.")
        default:
            Sentence(
                "Chưa đủ mười ngón; thu nhận hoặc nêu lý do thiếu từng ngón.",
                "Not all ten fingers are there; take each or say why it is missing.")
        }
    }

    private var stepSentence: Sentence {
        switch self {
        case .candidatesUndecided(let count):
            Sentence(
                "Tìm thấy \(count) người có thể trùng sinh trắc; xem hồ sơ, ghi vì sao là người khác, hoặc từ chối.",
                "\(count) persons may have the same biometrics; look at them, say why they are others, or refuse.")
        case .searchFailed:
            Sentence(
                "Dịch vụ tìm trùng sinh trắc không trả lời; thử lại sau.",
                "The search for the same biometrics gives no answer; try again later.")
        case .unknown:
            Sentence("Không có hồ sơ này; kiểm tra mã.", "There is no such application; check its handle.")
        case .anotherIsOpen:
            Sentence(
                "Người này đang có hồ sơ cấp thẻ khác; xử lý hoặc rút hồ sơ đó trước.",
                "This person has another application; finish or withdraw it first.")
        case .notNow(_, let status):
            Sentence(
                "Hồ sơ đang ở bước \"\(status.title.vietnamese)\", không làm được việc này; xem các bước của hồ sơ.",
                "The application is \"\(status.title.english)\", which this does not follow; see its steps.")
        case .paperNotNow(let status):
            Sentence(
                "Hồ sơ đang ở bước \"\(status.title.vietnamese)\", chưa in được giấy này; chọn giấy khác.",
                "The application is \"\(status.title.english)\", for which there is no such paper; choose another.")
        case .articleNeeded:
            Sentence(
                "Chọn điều luật không cho cấp và nêu lý do.", "Choose the article that forbids it and state the reason."
            )
        case .pickupUnknown:
            Sentence(
                "Không có cơ quan trả thẻ này; chọn mã của một cơ quan đang hoạt động.",
                "There is no such office to hand the card over; choose the code of one that is open.")
        case .ownApplication:
            Sentence(
                "Người tiếp nhận không duyệt hồ sơ của mình; chuyển cho người duyệt khác.",
                "Whoever took the application does not decide on it; pass it to another officer.")
        default: Sentence("Nêu lý do (1 đến 200 ký tự).", "State the reason (1 to 200 characters).")
        }
    }
}
