import Access
import Cards
import Chip
import Civil
import Ledger
import Population

/// Thẻ, hồ sơ cấp thẻ và việc đã làm với chúng, as people read them.
struct CardWords {
    let words: ValueWords

    private var language: PageLanguage { words.language }

    /// `3f6k2m9q`: so many letters tell applications of one office apart and can be read aloud.
    static func short(_ handle: String) -> String { String(handle.prefix(8)) }

    static func path(ofApplication handle: String) -> String { "/cards/applications/\(handle)" }

    static func path(ofCertificate handle: String) -> String { "/cards/certificates/\(handle)" }

    static func path(ofCard handle: String) -> String { "/cards/\(handle)" }

    func day(_ day: CalendarDate?) -> String? { day.map(DayText.vietnamese) }

    func expiry(_ day: CalendarDate?) -> String {
        self.day(day) ?? language.of("không thời hạn", "no expiry")
    }

    func money(_ amount: Int) -> String {
        amount == 0 ? language.of("không thu", "free") : "\(NumberText.grouped(amount)) đồng"
    }

    /// The amount, and behind it why.
    func fee(_ amount: Int, _ note: FeeNote?) -> String {
        guard let lines = note?.lines, !lines.isEmpty else { return money(amount) }
        return "\(money(amount)) – " + lines.map { "\(language.of($0.reason)) (\($0.basis))" }.joined(separator: "; ")
    }

    /// How a card stands: whether it holds once it is made, else how far it is.
    func state(_ card: Card) -> IdentityBar.Badge {
        guard let status = card.status, card.stage == .handedOver || status != .made else {
            return IdentityBar.Badge(text: language.of(card.stage.title), tone: "plain")
        }
        return IdentityBar.Badge(text: language.of(status.title), tone: CardWords.tone(status))
    }

    func state(_ application: CardApplication) -> IdentityBar.Badge {
        let tone =
            switch application.status {
            case .completed: "good"
            case .blocked, .refused, .ended: "bad"
            case .booked, .opened, .captured, .confirmed: "warn"
            case .submitted, .approved, .ordered, .withdrawn: "plain"
            }
        return IdentityBar.Badge(text: language.of(application.status.title), tone: tone)
    }

    static func tone(_ status: CardStatus) -> String {
        switch status {
        case .active: "good"
        case .made, .delivered: "plain"
        case .held, .lost, .expired: "warn"
        case .revoked, .exchanged, .stoppedOnDeath, .stoppedOnMerge, .missing, .destroyed: "bad"
        }
    }

    // MARK: What was done

    func title(_ change: CardChange) -> String {
        switch change {
        case .applicationOpened(_, _, let ground, _, _, _, _, _):
            language.of("Tiếp nhận hồ sơ: ", "Application taken: ") + language.of(ground.title)
        case .applicationBooked(_, let day):
            language.of("Đặt lịch ", "Booked for ") + (self.day(CalendarDate(iso: day)) ?? day)
        case .feeSet(_, let fee): language.of("Lệ phí: ", "Fee: ") + money(fee.amount)
        case .applicationChanged(_, let action, _, _): language.of(action.title)
        case .cardOrdered: language.of("Đặt sản xuất thẻ", "Card ordered")
        case .jobEnded(_, let event, _, _, _, _, _, _): language.of(event.title)
        case .cardChecked(_, _, let rejects):
            rejects.isEmpty
                ? language.of("Đạt kiểm tra chất lượng", "Passed quality control")
                : language.of("Không đạt kiểm tra: ", "Rejected: ")
                    + rejects.map { language.of($0.title) }.joined(separator: ", ")
        case .cardMoved(_, let action, _), .parcelChanged(_, let action, _, _, _): language.of(action.title)
        case .cardChanged(_, let action, _, _): language.of(action.title)
        case .certificateIssued: language.of("Cấp giấy chứng nhận căn cước", "Certificate issued")
        case .certificateChanged(_, let action, _): language.of(action.title)
        case .fingersCompared(_, _, let isMatch):
            isMatch
                ? language.of("Đối chiếu vân tay: khớp", "Finger compared: one finger")
                : language.of("Đối chiếu vân tay: không khớp", "Finger compared: two fingers")
        case .duplicatesSearched(_, _, let candidates):
            candidates.isEmpty
                ? language.of("Tìm trùng sinh trắc: không thấy", "Biometrics searched: nobody else")
                : language.of(
                    "Tìm trùng sinh trắc: \(candidates.count) người", "Biometrics searched: \(candidates.count) found")
        case .fingerAccepted: language.of("Nhận vân tay chưa đạt", "A poor finger taken")
        case .cardStopped(_, let cause):
            language.of(cause?.title ?? Sentence("Thẻ được giao lại", "The card may leave again"))
        case .siteOpened, .siteChanged, .batchOpened, .batchChanged, .blanksReceived, .blanksMoved, .blanksDestroyed,
            .destructionPlanned,
            .destructionDropped,
            .seriesSuspended, .seriesResumed, .supplyReceived, .supplyCounted:
            language.of("Việc khác", "Other")
        }
    }

    /// The ground and note that were stated with it.
    func note(_ change: CardChange) -> String? {
        switch change {
        case .applicationChanged(_, _, let note, _), .cardMoved(_, _, let note): return note
        case .cardChanged(_, let action, let ground, let note):
            let ground = ground.map { self.ground($0, of: action) }
            let note = action == .deliver ? note.flatMap(OldCard.init(rawValue:)).map { language.of($0.title) } : note
            let parts = [ground, note].compactMap { $0 }
            return parts.isEmpty ? nil : parts.joined(separator: " · ")
        case .jobEnded(_, _, let blank, let machine, let batch, _, _, _):
            return "\(batch) · \(machine) · \(blank)"
        case .cardChecked(_, let blank, _): return blank
        case .duplicatesSearched(_, let by, _): return by
        case .fingerAccepted(_, let finger, let fault, let reason, _):
            let name = Finger(word: finger).map { language.of($0.title) }
            let what = FingerFault(rawValue: fault).map { language.of($0.sentence) }
            return [name, what, reason].compactMap { $0 }.joined(separator: " · ")
        case .certificateChanged(_, _, let note):
            return note.map { text in IdentityCheck(rawValue: text).map { language.of($0.title) } ?? text }
        case .fingersCompared(_, let finger, _): return Finger(word: finger).map { language.of($0.title) }
        case .parcelChanged(let parcel, _, let office, _, let tracking):
            return [parcel, office, tracking].compactMap { $0 }.joined(separator: " · ")
        default: return nil
        }
    }

    private func ground(_ text: String, of action: CardAction) -> String {
        switch action {
        case .hold: HoldGround(rawValue: text).map { language.of($0.title) } ?? text
        case .revoke: RevocationGround(rawValue: text).map { language.of($0.title) } ?? text
        case .deliver: IdentityCheck(rawValue: text).map { language.of($0.title) } ?? text
        case .exchange: OldCard(rawValue: text).map { language.of($0.title) } ?? text
        default: text
        }
    }
}

extension ApplicationAction {
    package var title: Sentence {
        switch self {
        case .identify: Sentence("Đã xác định công dân", "Applicant identified")
        case .block: Sentence("Tạm dừng vì dữ liệu dân cư", "Stopped by the record")
        case .capture: Sentence("Thu nhận ảnh, sinh trắc", "Portrait taken")
        case .confirm: Sentence("Công dân đã kiểm tra, ký", "Confirmed by the applicant")
        case .submit: Sentence("Trình duyệt", "Submitted")
        case .sendBack: Sentence("Trả lại người tiếp nhận", "Sent back")
        case .approve: Sentence("Duyệt", "Approved")
        case .refuse: Sentence("Từ chối", "Refused")
        case .withdraw: Sentence("Công dân rút hồ sơ", "Withdrawn")
        case .order: Sentence("Chuyển sản xuất", "Passed to production")
        case .complete: Sentence("Hoàn thành", "Completed")
        case .end: Sentence("Kết thúc theo dữ liệu dân cư", "Ended with the record")
        }
    }
}

extension OrderAction {
    package var title: Sentence {
        switch self {
        case .batch: Sentence("Xếp vào lô", "Put into a batch")
        case .unbatch: Sentence("Lấy khỏi lô", "Taken out of its batch")
        case .start: Sentence("Bắt đầu in", "Started")
        case .finish: Sentence("In, ghi chip xong", "Printed and encoded")
        case .fail: Sentence("Hỏng phôi", "Blank spoiled")
        case .release: Sentence("Máy trả việc", "Given back by the machine")
        case .loseTrack: Sentence("Mất liên lạc với máy", "Machine lost track")
        case .pass: Sentence("Đạt kiểm tra", "Passed")
        case .reject: Sentence("Không đạt, in lại", "Rejected")
        case .scrap: Sentence("Bỏ", "Scrapped")
        case .pack: Sentence("Đóng gói", "Packed")
        case .unpack: Sentence("Mở gói", "Unpacked")
        case .dispatch: Sentence("Gửi đi", "Sent")
        case .receive: Sentence("Nhận tại nơi trả thẻ", "Received at the office")
        case .sendBack: Sentence("Gửi trả nơi sản xuất", "Sent back to the site")
        case .bringBack: Sentence("Nơi sản xuất nhận lại", "Back at the site")
        case .lose: Sentence("Thất lạc trước khi trao", "Lost before the hand-over")
        case .handOver: Sentence("Trao thẻ", "Handed over")
        case .destroy: Sentence("Tiêu hủy", "Destroyed")
        case .cancel: Sentence("Hủy đặt", "Cancelled")
        }
    }
}

extension CardAction {
    package var title: Sentence {
        switch self {
        case .deliver: Sentence("Trao thẻ", "Handed over")
        case .activate: Sentence("Kích hoạt thẻ", "Activated")
        case .hold: Sentence("Tạm giữ thẻ", "Held")
        case .giveBack: Sentence("Trả lại thẻ", "Given back")
        case .reportLost: Sentence("Báo mất thẻ", "Reported lost")
        case .reportFound: Sentence("Tìm thấy thẻ", "Found again")
        case .revoke: Sentence("Thu hồi thẻ", "Revoked")
        case .exchange: Sentence("Đã đổi thẻ khác", "Exchanged")
        case .expire: Sentence("Hết hạn", "Expired")
        case .stopOnDeath: Sentence("Dừng do người được cấp đã chết", "Stopped on the holder's death")
        case .stopOnMerge: Sentence("Dừng do bản ghi đã hợp nhất", "Stopped: the record was merged")
        case .resume, .resumeUndelivered, .resumeInactive, .resumeHeld, .resumeLost:
            Sentence("Khôi phục thẻ", "Holds again")
        case .lose: Sentence("Thất lạc trước khi trao", "Lost before the hand-over")
        case .destroy: Sentence("Tiêu hủy", "Destroyed")
        }
    }
}

extension JobEvent {
    package var title: Sentence {
        switch self {
        case .finish: Sentence("Máy báo in, ghi chip xong", "Machine: printed and encoded")
        case .fail: Sentence("Máy báo hỏng phôi", "Machine: blank spoiled")
        case .release: Sentence("Máy trả việc, phôi còn nguyên", "Machine: blank untouched")
        case .expire: Sentence("Mất liên lạc với máy", "The machine gave no answer")
        case .foundFinished: Sentence("Đối soát: đã làm xong", "Found finished")
        case .foundSpoiled: Sentence("Đối soát: phôi hỏng", "Found spoiled")
        case .foundUntouched: Sentence("Đối soát: phôi còn nguyên", "Found untouched")
        case .foundMissing: Sentence("Đối soát: không thấy phôi", "Blank missing")
        }
    }
}

extension RejectCode {
    package var title: Sentence {
        switch self {
        case .printedZone: Sentence("dòng MRZ in sai", "printed zone differs")
        case .printedCode: Sentence("mã QR in sai", "printed code differs")
        case .surface: Sentence("bề mặt hỏng", "surface damaged")
        case .portrait: Sentence("ảnh in không đạt", "printed portrait poor")
        case .chipPortrait: Sentence("ảnh trên chip của người khác", "another portrait on the chip")
        case .chipFingers: Sentence("vân tay trên chip sai", "fingers on the chip differ")
        case .chipSilent: Sentence("chip không trả lời", "chip silent")
        case .chipZone: Sentence("DG1 khác lệnh in", "DG1 differs")
        case .chipNational: Sentence("DG13 khác lệnh in", "DG13 differs")
        case .chipSecurityObject: Sentence("EF.SOD của thẻ khác", "EF.SOD of another card")
        case .chipNotGenuine: Sentence("xác thực thụ động không đạt", "passive authentication failed")
        case .chipKey: Sentence("khóa chip khác khóa đã ghi", "another chip's key")
        case .printerFault: Sentence("máy in hỏng giữa chừng", "printer fault")
        case .encoderFault: Sentence("máy ghi chip hỏng giữa chừng", "encoder fault")
        case .holderStopped: Sentence("người được cấp không còn", "holder stopped")
        }
    }
}

extension IdentityCheck {
    package var title: Sentence {
        switch self {
        case .face: Sentence("Đối chiếu khuôn mặt với ảnh", "Face compared with the portrait")
        case .fingers: Sentence("Đối chiếu vân tay", "Fingers compared")
        case .papers: Sentence("Đối chiếu giấy tờ", "Papers compared")
        case .representative: Sentence("Người đại diện nhận thay", "The representative receives it")
        }
    }
}

extension OldCard {
    package var title: Sentence {
        switch self {
        case .collected: Sentence("Đã thu thẻ cũ", "Old card collected")
        case .lost: Sentence("Thẻ cũ đã mất", "Old card lost")
        case .none: Sentence("Không có thẻ cũ", "No old card")
        }
    }
}

extension HoldGround {
    package var title: Sentence {
        switch self {
        case .detention: Sentence("bị tạm giam", "detention")
        case .prison: Sentence("đang chấp hành án phạt tù", "prison")
        case .compulsoryCentre:
            Sentence("ở cơ sở giáo dục, cai nghiện bắt buộc", "compulsory education or rehabilitation")
        case .reformSchool: Sentence("ở trường giáo dưỡng", "reform school")
        }
    }
}

extension StopCause {
    package var title: Sentence {
        switch self {
        case .death: Sentence("Không giao: người được cấp đã chết", "Must not leave: the holder died")
        case .nationality:
            Sentence("Không giao: thôi quốc tịch Việt Nam", "Must not leave: no Vietnamese citizen any more")
        case .merge: Sentence("Không giao: bản ghi đã hợp nhất", "Must not leave: the record was merged")
        }
    }
}

extension FilingChannel {
    package var title: Sentence {
        switch self {
        case .counter: Sentence("Trực tiếp tại quầy", "At the counter")
        case .online: Sentence("Trực tuyến", "Online")
        }
    }
}

extension FeeExemption {
    package var title: Sentence {
        switch self {
        case .martyrOrInvalidKin: Sentence("Thân nhân liệt sĩ, thương binh", "Kin of a martyr or war invalid")
        case .borderCommune: Sentence("Người ở xã biên giới", "Of a border commune")
        case .poorHousehold: Sentence("Hộ nghèo", "Poor household")
        case .orphanUnder18: Sentence("Trẻ mồ côi dưới 18 tuổi", "Orphan under 18")
        }
    }
}
