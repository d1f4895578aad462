import Chip
import Civil

/// Tình trạng pháp lý của thẻ: whether a card holds.
package enum CardStatus: String, Codable, CaseIterable, Hashable, Sendable {
    /// Đã sản xuất: passed quality control, not with its holder yet.
    case made
    /// Đã trao, chưa kích hoạt.
    case delivered
    /// Đang có giá trị.
    case active
    /// Tạm giữ.
    case held
    /// Báo mất.
    case lost
    /// Đã thu hồi.
    case revoked
    /// Đã đổi, cấp lại thẻ khác.
    case exchanged
    /// Hết hạn.
    case expired
    /// Dừng do người được cấp đã chết; no revocation.
    case stoppedOnDeath = "stopped_on_death"
    /// Dừng do bản ghi được hợp nhất: its number is in force no more; no revocation.
    case stoppedOnMerge = "stopped_on_merge"
    /// Thất lạc trước khi trao.
    case missing
    /// Đã tiêu hủy trước khi trao.
    case destroyed

    /// Where each action leads; what is not named is refused.
    package var ways: [CardAction: CardStatus] {
        switch self {
        case .made:
            [
                .deliver: .delivered, .revoke: .revoked, .stopOnDeath: .stoppedOnDeath, .stopOnMerge: .stoppedOnMerge,
                .lose: .missing, .destroy: .destroyed,
            ]
        case .delivered:
            [
                .activate: .active, .reportLost: .lost, .revoke: .revoked, .exchange: .exchanged,
                .stopOnDeath: .stoppedOnDeath, .stopOnMerge: .stoppedOnMerge,
            ]
        case .active:
            [
                .hold: .held, .reportLost: .lost, .revoke: .revoked, .exchange: .exchanged, .expire: .expired,
                .stopOnDeath: .stoppedOnDeath, .stopOnMerge: .stoppedOnMerge,
            ]
        case .held:
            [
                .giveBack: .active, .revoke: .revoked, .exchange: .exchanged, .expire: .expired,
                .stopOnDeath: .stoppedOnDeath, .stopOnMerge: .stoppedOnMerge,
            ]
        case .lost:
            [
                .reportFound: .active, .revoke: .revoked, .exchange: .exchanged, .expire: .expired,
                .stopOnDeath: .stoppedOnDeath, .stopOnMerge: .stoppedOnMerge,
            ]
        case .expired: [.exchange: .exchanged]
        case .stoppedOnDeath, .stoppedOnMerge:
            [
                .resume: .active, .resumeUndelivered: .made, .resumeInactive: .delivered, .resumeHeld: .held,
                .resumeLost: .lost, .destroy: .destroyed,
            ]
        case .revoked, .missing: [.destroy: .destroyed]
        case .exchanged, .destroyed: [:]
        }
    }

    /// Whether it is the card that its holder has; a person has one at most.
    package var isHeld: Bool {
        switch self {
        case .active, .held, .lost: true
        case .made, .delivered, .revoked, .exchanged, .expired, .stoppedOnDeath, .stoppedOnMerge, .missing, .destroyed:
            false
        }
    }

    /// Whether it lies with its holder, or did; the next card ends it.
    package var isWithHolder: Bool { isHeld || self == .delivered }

    /// What brings a card back that was this when a death or a merge stopped it; nil where neither stops anything.
    package var resumption: CardAction? {
        switch self {
        case .made: .resumeUndelivered
        case .delivered: .resumeInactive
        case .active: .resume
        case .held: .resumeHeld
        case .lost: .resumeLost
        case .revoked, .exchanged, .expired, .stoppedOnDeath, .stoppedOnMerge, .missing, .destroyed: nil
        }
    }

    package func after(_ action: CardAction) throws(CardLifeRefusal) -> CardStatus {
        guard let next = ways[action] else { throw .notNow(action, self) }
        return next
    }

    package var title: Sentence {
        switch self {
        case .made: Sentence("đã sản xuất, chưa trao", "made, not handed over")
        case .delivered: Sentence("đã trao, chưa kích hoạt", "handed over, not active")
        case .active: Sentence("đang có giá trị", "active")
        case .held: Sentence("tạm giữ", "held")
        case .lost: Sentence("báo mất", "reported lost")
        case .revoked: Sentence("đã thu hồi", "revoked")
        case .exchanged: Sentence("đã đổi thẻ khác", "exchanged")
        case .expired: Sentence("hết hạn", "expired")
        case .stoppedOnDeath: Sentence("dừng do người được cấp đã chết", "stopped on the holder's death")
        case .stoppedOnMerge: Sentence("dừng do bản ghi đã hợp nhất", "stopped: the record was merged")
        case .missing: Sentence("thất lạc trước khi trao", "lost before the hand-over")
        case .destroyed: Sentence("đã tiêu hủy", "destroyed")
        }
    }
}

/// Việc làm với thẻ: what happens to a card once it is made.
package enum CardAction: String, Codable, CaseIterable, Hashable, Sendable {
    /// Trao thẻ.
    case deliver
    /// Kích hoạt.
    case activate
    /// Tạm giữ.
    case hold
    /// Trả lại.
    case giveBack = "give_back"
    /// Báo mất.
    case reportLost = "report_lost"
    /// Báo tìm thấy.
    case reportFound = "report_found"
    /// Thu hồi.
    case revoke
    /// Đổi, cấp lại thẻ khác.
    case exchange
    /// Hết hạn.
    case expire
    /// Dừng do chết.
    case stopOnDeath = "stop_on_death"
    /// Dừng do hợp nhất bản ghi.
    case stopOnMerge = "stop_on_merge"
    /// Khôi phục: the death was annulled, the person came back, or the merge was undone; to what the card was before.
    case resume
    case resumeUndelivered = "resume_undelivered"
    case resumeInactive = "resume_inactive"
    case resumeHeld = "resume_held"
    case resumeLost = "resume_lost"
    /// Thất lạc trước khi trao.
    case lose
    /// Tiêu hủy.
    case destroy
}

/// Căn cứ thu hồi thẻ: the grounds of Luật 26/2023/QH15, Điều 29, and no other.
package enum RevocationGround: String, Codable, CaseIterable, Hashable, Sendable {
    /// Mất, thôi, bị tước quốc tịch Việt Nam, hủy quyết định cho nhập quốc tịch.
    case nationalityLost = "nationality_lost"
    /// Cấp sai quy định.
    case issuedWrongly = "issued_wrongly"
    /// Tẩy xóa, sửa chữa.
    case altered

    package var title: Sentence {
        switch self {
        case .nationalityLost: Sentence("mất quốc tịch Việt Nam", "Vietnamese nationality lost")
        case .issuedWrongly: Sentence("cấp sai quy định", "issued wrongly")
        case .altered: Sentence("tẩy xóa, sửa chữa", "erased or altered")
        }
    }
}

/// Căn cứ tạm giữ thẻ: the grounds of Luật 26/2023/QH15, Điều 29.
package enum HoldGround: String, Codable, CaseIterable, Hashable, Sendable {
    /// Tạm giam, chấp hành án phạt tù.
    case detention
    case prison
    /// Cơ sở giáo dục bắt buộc, cai nghiện bắt buộc.
    case compulsoryCentre = "compulsory_centre"
    /// Trường giáo dưỡng.
    case reformSchool = "reform_school"
}

/// Lý do không làm được việc này với thẻ: closed, one stable code each.
package enum CardLifeRefusal: ExplainedRefusal {
    case notNow(CardAction, CardStatus)
    /// Handed over only after the holder's identity was checked.
    case identityNotChecked
    /// The old card is to be collected, or stated as lost.
    case oldCardMissing
    case notThisOffice
    case notDueYet
    case seriesUnknown
    case seriesSuspended
    case seriesNotSuspended
    case holderNotLiving
    /// The number on the card was cancelled, or is another one by now.
    case numberNotInForce
    /// The application names nobody who may receive the card for its holder.
    case noRepresentative
    case reasonNeeded
    /// Holding and revoking name a ground of the law.
    case groundNeeded
    /// Handed over by fingers only after they were compared on the same day.
    case fingersNotCompared
    /// The last comparison says that it is another person.
    case fingersDiffer
    /// The application has no such finger.
    case fingerNotTaken(Finger)

    package var code: String {
        switch self {
        case .notNow: "card_status_not_now"
        case .identityNotChecked: "card_identity_not_checked"
        case .oldCardMissing: "card_old_card_missing"
        case .notThisOffice: "card_of_other_office"
        case .notDueYet: "card_not_due_yet"
        case .seriesUnknown: "card_series_unknown"
        case .seriesSuspended: "card_series_suspended_already"
        case .seriesNotSuspended: "card_series_not_suspended"
        case .holderNotLiving: "card_holder_not_living"
        case .numberNotInForce: "card_number_not_in_force"
        case .noRepresentative: "card_no_representative"
        case .reasonNeeded: "card_life_reason_needed"
        case .groundNeeded: "card_life_ground_needed"
        case .fingersNotCompared: "card_fingers_not_compared"
        case .fingersDiffer: "card_fingers_differ"
        case .fingerNotTaken: "card_finger_not_taken"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .notNow(_, let status):
            Sentence(
                "Thẻ \"\(status.title.vietnamese)\", không làm được việc này; xem lịch sử thẻ.",
                "The card is \(status.title.english), which this does not follow; see its history.")
        case .identityNotChecked:
            Sentence(
                "Chưa đối chiếu người nhận; đối chiếu ảnh, vân tay hoặc giấy tờ trước khi trao.",
                "The receiver's identity was not checked; compare face, fingers or papers before handing over.")
        case .oldCardMissing:
            Sentence(
                "Phải thu thẻ cũ, hoặc ghi thẻ cũ đã mất.", "Collect the old card, or report it as lost.")
        case .notThisOffice:
            Sentence(
                "Thẻ được gửi đến cơ quan khác; trao tại đó.", "The card was sent to another office; hand it there.")
        case .notDueYet:
            Sentence(
                "Thẻ chưa quá \(ProductionLimits.undeliveredDays) ngày không người nhận; giữ lại.",
                "The card has not waited for \(ProductionLimits.undeliveredDays) days; keep it.")
        case .seriesUnknown:
            Sentence("Không có loạt chip này; kiểm tra mã.", "There is no such series; check its code.")
        case .seriesSuspended:
            Sentence("Loạt chip này đã tạm dừng.", "The series is suspended already; there is nothing to do.")
        case .seriesNotSuspended:
            Sentence("Loạt chip này không bị tạm dừng.", "The series is not suspended; there is nothing to do.")
        case .holderNotLiving:
            Sentence(
                "Dữ liệu dân cư không ghi người này còn sống; kiểm tra trước.",
                "The record does not say that the holder is living; check it first.")
        case .numberNotInForce:
            Sentence(
                "Số định danh trên thẻ không còn là số của người này; không trao, đề nghị tiêu hủy và cấp thẻ khác.",
                "The number on the card is not the holder's any more; have the card destroyed and apply anew.")
        case .noRepresentative:
            Sentence(
                "Hồ sơ không có người đại diện; trao cho chính người được cấp.",
                "The application has no representative; hand the card to its holder.")
        case .reasonNeeded: Sentence("Nêu lý do (1 đến 200 ký tự).", "State the reason (1 to 200 characters).")
        case .groundNeeded:
            Sentence("Chọn căn cứ của Điều 29.", "Choose the ground of the law (Article 29).")
        case .fingersNotCompared:
            Sentence(
                "Hôm nay chưa đối chiếu vân tay cho thẻ này; đối chiếu, hoặc chọn cách kiểm tra khác.",
                "No finger was compared for this card today; compare one, or choose another check.")
        case .fingersDiffer:
            Sentence(
                "Vân tay không khớp; không trao thẻ theo vân tay, thử ngón khác hoặc kiểm tra bằng cách khác.",
                "The fingers differ; do not hand over by fingers, try another finger or check another way.")
        case .fingerNotTaken(let finger):
            Sentence(
                "Hồ sơ không có \(finger.title.vietnamese); chọn ngón khác.",
                "The application has no \(finger.title.english); choose another finger.")
        }
    }
}
