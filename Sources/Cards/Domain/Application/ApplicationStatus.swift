import Civil

/// Tình trạng hồ sơ cấp thẻ: how far an application has come.
package enum ApplicationStatus: String, Codable, CaseIterable, Hashable, Sendable {
    /// Đã đặt lịch.
    case booked
    /// Đã nhận, đã xác định công dân.
    case opened
    /// Vướng mắc: the record must be collected or corrected first.
    case blocked
    /// Đã thu nhận ảnh, sinh trắc.
    case captured
    /// Công dân đã kiểm tra và ký (CC01).
    case confirmed
    /// Đã trình duyệt.
    case submitted
    /// Đã duyệt.
    case approved
    /// Đã đặt sản xuất.
    case ordered
    /// Đã trả thẻ.
    case completed
    /// Từ chối (CC03).
    case refused
    /// Công dân rút hồ sơ.
    case withdrawn
    /// Kết thúc: the applicant died or is no citizen any more.
    case ended

    /// Whether something is still to come; a person has one such application at most.
    package var isLiving: Bool {
        switch self {
        case .booked, .opened, .blocked, .captured, .confirmed, .submitted, .approved, .ordered: true
        case .completed, .refused, .withdrawn, .ended: false
        }
    }

    /// Where each action leads; what is not named is refused.
    package var ways: [ApplicationAction: ApplicationStatus] {
        switch self {
        case .booked: [.identify: .opened, .block: .blocked, .withdraw: .withdrawn, .end: .ended]
        case .opened: [.capture: .captured, .block: .blocked, .withdraw: .withdrawn, .end: .ended]
        case .blocked: [.identify: .opened, .refuse: .refused, .withdraw: .withdrawn, .end: .ended]
        case .captured:
            [.capture: .captured, .confirm: .confirmed, .block: .blocked, .withdraw: .withdrawn, .end: .ended]
        case .confirmed: [.capture: .captured, .submit: .submitted, .withdraw: .withdrawn, .end: .ended]
        case .submitted:
            [.approve: .approved, .refuse: .refused, .sendBack: .opened, .withdraw: .withdrawn, .end: .ended]
        case .approved: [.order: .ordered, .sendBack: .opened, .withdraw: .withdrawn, .end: .ended]
        case .ordered: [.complete: .completed, .end: .ended]
        case .completed, .refused, .withdrawn, .ended: [:]
        }
    }

    package var title: Sentence {
        switch self {
        case .booked: Sentence("đã đặt lịch", "booked")
        case .opened: Sentence("đã nhận", "opened")
        case .blocked: Sentence("vướng dữ liệu dân cư", "blocked by the record")
        case .captured: Sentence("đã thu nhận ảnh, sinh trắc", "captured")
        case .confirmed: Sentence("công dân đã ký", "confirmed by the applicant")
        case .submitted: Sentence("chờ duyệt", "waiting for a decision")
        case .approved: Sentence("đã duyệt", "approved")
        case .ordered: Sentence("đang sản xuất hoặc chờ trả", "in production or waiting for hand-over")
        case .completed: Sentence("đã trả thẻ", "card handed over")
        case .refused: Sentence("đã từ chối", "refused")
        case .withdrawn: Sentence("công dân đã rút", "withdrawn")
        case .ended: Sentence("kết thúc do người đề nghị không còn", "ended with the applicant")
        }
    }
}

/// Bước xử lý hồ sơ cấp thẻ: what is done to an application.
package enum ApplicationAction: String, Codable, CaseIterable, Hashable, Sendable {
    /// Xác định công dân.
    case identify
    /// Tạm dừng vì dữ liệu.
    case block
    /// Thu nhận ảnh, vân tay.
    case capture
    /// Công dân kiểm tra, ký.
    case confirm
    /// Trình duyệt.
    case submit
    /// Trả lại cho người tiếp nhận.
    case sendBack = "send_back"
    /// Duyệt.
    case approve
    /// Từ chối.
    case refuse
    /// Rút hồ sơ.
    case withdraw
    /// Đặt sản xuất.
    case order
    /// Hoàn thành.
    case complete
    /// Kết thúc theo dữ liệu dân cư.
    case end

    /// Whether it is work of whoever takes applications, who does not decide on the same one.
    package var isTaking: Bool {
        switch self {
        case .identify, .block, .capture, .confirm, .submit: true
        case .sendBack, .approve, .refuse, .withdraw, .order, .complete, .end: false
        }
    }
}
