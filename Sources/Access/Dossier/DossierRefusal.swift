import Civil

/// Why a file is not opened, or not moved, as asked.
package enum DossierRefusal: ExplainedRefusal {
    /// There is none with this code, or it is another office's: which of them is not said.
    case unknown
    case applicantMissing
    case procedureUnknown
    case hasChanged
    case ended
    case stageImpossible
    case notInYourHands
    case alreadyYours
    case ownReturn
    case noteMissing
    /// The colleague has no role in the office that works on files.
    case colleagueUnknown
    case tooManyOpen
    case full

    package var code: String {
        switch self {
        case .unknown: "file_unknown"
        case .applicantMissing: "file_applicant_missing"
        case .procedureUnknown: "file_procedure_unknown"
        case .hasChanged: "file_has_changed"
        case .ended: "file_ended"
        case .stageImpossible: "file_stage_impossible"
        case .notInYourHands: "file_not_in_your_hands"
        case .alreadyYours: "file_already_yours"
        case .ownReturn: "file_own_return"
        case .noteMissing: "file_note_missing"
        case .colleagueUnknown: "file_colleague_unknown"
        case .tooManyOpen: "too_many_open_files"
        case .full: "file_full"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence(
                "Cơ quan bạn không có hồ sơ mang mã này; kiểm tra lại mã.",
                "Your office has no file with this code; check the code.")
        case .applicantMissing:
            Sentence(
                "Chưa có người nộp; mở hồ sơ từ trang của người đó, hoặc ghi họ tên từ 1 đến "
                    + "\(Dossier.Applicant.longestName) ký tự.",
                "There is no applicant; open the file from the person's page, or write a name of 1 to "
                    + "\(Dossier.Applicant.longestName) characters.")
        case .procedureUnknown:
            Sentence("Không có thủ tục này; chọn trong danh sách.", "There is no such procedure; choose from the list.")
        case .noteMissing:
            Sentence(
                "Ghi lý do hoặc nội dung cần bổ sung, từ 1 đến \(Dossier.longestNote) ký tự trên một dòng.",
                "Say why, or what is missing, in one line of 1 to \(Dossier.longestNote) characters.")
        case .tooManyOpen:
            Sentence(
                "Bạn đang thụ lý \(Dossier.mostOpen) hồ sơ; giải quyết bớt rồi mở tiếp.",
                "You have \(Dossier.mostOpen) files in hand; finish some of them first.")
        default: movingSentence
        }
    }

    private var movingSentence: Sentence {
        switch self {
        case .hasChanged:
            Sentence(
                "Hồ sơ vừa được người khác xử lý; xem lại rồi làm tiếp.",
                "Somebody else has just moved this file; look at it again.")
        case .ended:
            Sentence("Hồ sơ đã kết thúc; mở hồ sơ mới nếu cần.", "The file has ended; open a new one if need be.")
        case .notInYourHands:
            Sentence(
                "Hồ sơ do cán bộ khác thụ lý; nhận thụ lý trước.",
                "Another officer has this file in hand; take it over first.")
        case .alreadyYours: Sentence("Bạn đang thụ lý hồ sơ này.", "You have this file in hand already.")
        case .ownReturn:
            Sentence(
                "Hồ sơ đang ở chỗ bạn; chỉ đồng nghiệp mới trả lại được.",
                "You have this file in hand; only a colleague can return it.")
        case .colleagueUnknown:
            Sentence(
                "Cơ quan bạn không có cán bộ này, hoặc người đó không xử lý hồ sơ; chọn trong danh sách.",
                "Your office has no such officer, or they do not work on files; choose from the list.")
        case .full:
            Sentence(
                "Hồ sơ đã có \(Dossier.mostSteps) bước; kết thúc và mở hồ sơ mới.",
                "The file has \(Dossier.mostSteps) steps; end it and open a new one.")
        default:
            Sentence(
                "Hồ sơ không chuyển sang giai đoạn này được; chọn giai đoạn khác.",
                "The file cannot go to that stage from here; choose another.")
        }
    }
}
