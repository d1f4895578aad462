import Civil

/// Lý do không sản xuất, không giao được: closed, one stable code each.
package enum ProductionRefusal: ExplainedRefusal {
    case cardUnknown
    case cardNotNow(OrderAction, OrderStage)
    case batchUnknown
    case batchNotNow(BatchAction, BatchStatus)
    case siteUnknown
    case siteMalformed
    case siteTaken
    /// It makes nothing now.
    case siteStopped
    /// Nothing waits that could be put into a batch.
    case nothingWaits
    case tooManyCards
    /// No blank is at hand for the batch.
    case noBlank
    /// Every card of the batch is made or at a machine.
    case nothingToMake
    case jobUnknown
    case jobIsOver(JobState)
    /// The outcome is unknown: only somebody who looks can say.
    case mustBeReconciled
    case outcomesUnknown(Int)
    case differenceNotZero(Int)
    case cardsNotDone(Int)
    /// The holder died or is no citizen any more: the card must not leave.
    case holderStopped
    case parcelUnknown
    case parcelNotNow
    case parcelDiffers
    case nothingToPack
    /// A card that is said to be missing was not sent in this parcel.
    case cardNotInParcel
    case contentUnfit
    /// Portrait and fingers have no room on a chip.
    case picturesTooLarge
    /// Another card has a chip with this key.
    case chipKnown
    /// The files of its chip were not kept, or are not those that were signed.
    case chipFilesNotKept
    /// A production register gives no chip's files away.
    case exportsNothing
    /// A card was read in part: nothing is decided on it.
    case readingIncomplete
    /// The server does not know who issues cards.
    case authoritiesUnknown

    package var code: String {
        switch self {
        case .cardUnknown: "card_unknown"
        case .cardNotNow: "card_not_now"
        case .batchUnknown: "card_batch_unknown"
        case .batchNotNow: "card_batch_not_now"
        case .siteUnknown: "card_site_unknown"
        case .siteMalformed: "card_site_malformed"
        case .siteTaken: "card_site_taken"
        case .siteStopped: "card_site_stopped"
        case .nothingWaits: "card_nothing_waits"
        case .tooManyCards: "card_batch_too_large"
        case .noBlank: "card_no_blank"
        case .nothingToMake: "card_nothing_to_make"
        case .jobUnknown: "card_job_unknown"
        case .jobIsOver: "card_job_is_over"
        case .mustBeReconciled: "card_job_outcome_unknown"
        case .outcomesUnknown: "card_batch_outcomes_unknown"
        case .differenceNotZero: "card_batch_difference"
        case .cardsNotDone: "card_batch_not_done"
        case .holderStopped: "card_holder_stopped"
        case .parcelUnknown: "card_parcel_unknown"
        case .parcelNotNow: "card_parcel_not_now"
        case .parcelDiffers: "card_parcel_differs"
        case .nothingToPack: "card_nothing_to_pack"
        case .cardNotInParcel: "card_not_in_parcel"
        case .contentUnfit: "card_content_unfit"
        case .picturesTooLarge: "card_pictures_too_large"
        case .chipKnown: "card_chip_known"
        case .chipFilesNotKept: "card_chip_files_not_kept"
        case .exportsNothing: "card_exports_nothing"
        case .readingIncomplete: "card_reading_incomplete"
        case .authoritiesUnknown: "card_authorities_unknown"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .batchUnknown, .batchNotNow, .siteUnknown, .siteMalformed, .siteTaken, .siteStopped, .nothingWaits,
            .tooManyCards,
            .outcomesUnknown, .differenceNotZero, .cardsNotDone:
            batchSentence
        case .noBlank, .nothingToMake, .jobUnknown, .jobIsOver, .mustBeReconciled: jobSentence
        case .cardUnknown, .cardNotNow, .holderStopped, .parcelUnknown, .parcelNotNow, .parcelDiffers,
            .nothingToPack, .cardNotInParcel, .contentUnfit, .picturesTooLarge, .chipKnown, .chipFilesNotKept,
            .exportsNothing, .readingIncomplete, .authoritiesUnknown:
            cardSentence
        }
    }

    private var batchSentence: Sentence {
        switch self {
        case .batchUnknown: Sentence("Không có lô này; kiểm tra mã lô.", "There is no such batch; check its code.")
        case .batchNotNow(_, let status):
            Sentence(
                "Lô đang \"\(status.title.vietnamese)\", không làm được việc này.",
                "The batch is \(status.title.english), which this does not follow.")
        case .siteUnknown:
            Sentence("Không có nơi sản xuất này; kiểm tra mã.", "There is no such site; check its code.")
        case .siteMalformed:
            Sentence(
                "Mã nơi sản xuất gồm 2 đến 12 chữ thường, số; công suất từ 1 trở lên.",
                "A site's code has 2 to 12 small letters or digits, its capacity is 1 or more.")
        case .siteTaken: Sentence("Đã có nơi sản xuất mã này.", "There is a site of that code already.")
        case .siteStopped:
            Sentence(
                "Nơi sản xuất này đang ngừng; chọn nơi khác, hoặc cho chạy lại trước.",
                "This site has stopped; choose another one, or let it run again first.")
        case .nothingWaits:
            Sentence("Không có thẻ nào chờ xếp lô.", "No card waits for a batch.")
        case .tooManyCards:
            Sentence(
                "Một lô có 1 đến \(ProductionLimits.mostCardsPerBatch) thẻ; chia nhỏ.",
                "A batch has 1 to \(ProductionLimits.mostCardsPerBatch) cards; split it.")
        case .outcomesUnknown(let count):
            Sentence(
                "Còn \(count) lượt in chưa rõ kết quả; đối soát trước.",
                "The outcome of \(count) jobs is not known; reconcile them first.")
        case .differenceNotZero(let count):
            Sentence(
                "Chênh lệch \(count) phôi; tìm từng phôi hoặc ghi mất trước khi đóng lô.",
                "\(count) blanks are not accounted for; find each or record it as lost before closing.")
        default:
            Sentence(
                "Lô còn thẻ chưa làm xong; làm xong hoặc lấy khỏi lô.",
                "Cards of the batch are not done; make them or take them out.")
        }
    }

    private var jobSentence: Sentence {
        switch self {
        case .noBlank:
            Sentence("Lô hết phôi; cấp thêm phôi cho lô.", "The batch has no blank left; issue more to it.")
        case .nothingToMake:
            Sentence("Lô không còn thẻ chờ máy.", "No card of the batch waits for a machine.")
        case .jobIsOver(let state):
            Sentence(
                "Lượt in này đã kết thúc (\(state.rawValue)); xem kết quả, không báo lại.",
                "This job is over (\(state.rawValue)); see its outcome and do not report it again.")
        case .mustBeReconciled:
            Sentence(
                "Chưa rõ kết quả lượt in này; kiểm tra tại máy rồi đối soát.",
                "The outcome of this job is unknown; look at the machine, then reconcile it.")
        default: Sentence("Không có lượt in này; kiểm tra mã.", "There is no such job; check its number.")
        }
    }

    private var cardSentence: Sentence {
        switch self {
        case .cardUnknown: Sentence("Không có thẻ này; kiểm tra mã.", "There is no such card; check its handle.")
        case .cardNotNow(_, let stage):
            Sentence(
                "Thẻ đang ở công đoạn \"\(stage.title.vietnamese)\", không làm được việc này.",
                "The card is \(stage.title.english), which this does not follow.")
        case .holderStopped:
            Sentence(
                "Người được cấp đã chết hoặc thôi quốc tịch; thẻ không được giao, chuyển tiêu hủy.",
                "The holder died or is no citizen any more; the card must not leave and is destroyed.")
        case .parcelUnknown: Sentence("Không có kiện này; kiểm tra mã.", "There is no such parcel; check its code.")
        case .parcelNotNow:
            Sentence("Kiện không ở bước này; xem tình trạng kiện.", "The parcel is not at that step; see its status.")
        case .parcelDiffers:
            Sentence(
                "Số thẻ trong kiện khác sổ gửi; đếm lại và báo nơi gửi.",
                "The parcel's cards differ from what was sent; count again and tell the sender.")
        case .picturesTooLarge:
            Sentence(
                "Ảnh chân dung và vân tay quá lớn so với bộ nhớ chip; trả hồ sơ để thu lại với tệp nhỏ hơn.",
                "Portrait and fingers have no room on a chip; send the application back and take smaller files.")
        case .chipKnown:
            Sentence(
                "Khóa chip này đã thuộc thẻ khác; máy ghi hai lần một chip, đối soát lượt này là phôi hỏng.",
                "Another card has a chip with this key; the machine reported one chip twice: reconcile it as spoiled.")
        case .chipFilesNotKept:
            Sentence(
                "Tệp trên chip của thẻ này không được lưu hoặc khác tệp đã ký; chọn thẻ khác.",
                "The files of this card's chip were not kept, or are not those that were signed; choose another card.")
        case .exportsNothing:
            Sentence(
                "Cơ sở dữ liệu chính thức không xuất tệp trên chip; dùng cơ sở dữ liệu trình diễn.",
                "A production register exports no chip's files; use a demonstration register.")
        case .readingIncomplete:
            Sentence(
                "Chưa đọc đủ thẻ: cần ba dòng MRZ, mã QR, và các tệp của chip hoặc ghi chip không trả lời.",
                "The card is not read in full: name the zone, the square code, and the chip's files or its silence.")
        case .authoritiesUnknown:
            Sentence(
                "Máy chủ chưa biết cơ quan cấp thẻ; khởi động với --card-authorities.",
                "The server does not know who issues cards; start it with --card-authorities.")
        case .cardNotInParcel:
            Sentence(
                "Thẻ ghi là thiếu không thuộc kiện này; kiểm tra số phôi.",
                "A card that is said to be missing was not sent in this parcel; check its serial.")
        case .nothingToPack:
            Sentence("Không có thẻ chờ đóng gói cho nơi này.", "No card waits to be packed for that office.")
        default:
            Sentence(
                "Nội dung thẻ không in, ghi được; trả hồ sơ để sửa dữ liệu.",
                "The content cannot be printed or encoded; send the application back to mend the record.")
        }
    }
}

/// Giới hạn của sản xuất.
package enum ProductionLimits {
    /// A batch of one machine's day; more would close too late.
    package static let mostCardsPerBatch = 10_000
    /// Blanks of one delivery note.
    package static let mostBlanksPerLot = 1_000_000
    /// Blanks that are issued or named at once.
    package static let mostBlanksAtOnce = 2 * mostCardsPerBatch
    /// Undelivered cards are kept so many days before they are destroyed; the program's own choice, no law names it.
    package static let undeliveredDays = 365
}
