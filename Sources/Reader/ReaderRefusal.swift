import Civil

/// Lý do không đọc được qua đầu đọc: why nothing came over a reader, real or virtual.
package enum ReaderRefusal: ExplainedRefusal {
    /// Nobody manages readers on this machine.
    case serviceMissing
    /// The machine's rules keep this user from its readers.
    case notAllowed
    case noReader
    /// None of the readers has that name; these are there.
    case readerUnknown([String])
    case noCard
    /// Another program has the card for itself.
    case busy
    /// The card was taken away, or lost its power, while it was read.
    case cardGone
    /// A card is there and says nothing.
    case cardSilent
    /// An answer that never ends.
    case answerTooLong
    /// PC/SC answered with that error.
    case failed(UInt32)

    /// No virtual reader listens there.
    case virtualReaderMissing(String)
    /// The virtual reader has closed the line.
    case virtualReaderGone
    /// The virtual reader sent what is neither a command nor a word of its own.
    case virtualReaderMessage

    package var code: String {
        switch self {
        case .serviceMissing: "reader_service_missing"
        case .notAllowed: "reader_not_allowed"
        case .noReader: "reader_none"
        case .readerUnknown: "reader_unknown"
        case .noCard: "reader_no_card"
        case .busy: "reader_busy"
        case .cardGone: "reader_card_gone"
        case .cardSilent: "reader_card_silent"
        case .answerTooLong: "reader_answer_too_long"
        case .failed: "reader_failed"
        case .virtualReaderMissing: "virtual_reader_missing"
        case .virtualReaderGone: "virtual_reader_gone"
        case .virtualReaderMessage: "virtual_reader_message"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .virtualReaderMissing, .virtualReaderGone, .virtualReaderMessage: virtualSentence
        case .noCard, .busy, .cardGone, .cardSilent, .answerTooLong: cardSentence
        default: serviceSentence
        }
    }

    private var serviceSentence: Sentence {
        switch self {
        case .serviceMissing:
            Sentence(
                "Dịch vụ đầu đọc thẻ chưa chạy: cài và khởi động pcscd rồi chạy lại.",
                "The service for card readers does not run: install and start pcscd, then run again.")
        case .notAllowed:
            Sentence(
                "Máy này không cho tài khoản của bạn dùng đầu đọc thẻ: nhờ người quản trị cấp quyền (polkit).",
                "This machine does not let you use its card readers: ask its administrator for the right (polkit).")
        case .noReader:
            Sentence(
                "Không có đầu đọc thẻ nào: cắm đầu đọc rồi chạy lại.",
                "There is no card reader: plug one in and run again.")
        case .readerUnknown(let names):
            Sentence(
                "Không có đầu đọc tên đó: chọn một trong \(Self.list(names)).",
                "No reader has that name: choose one of \(Self.list(names)).")
        case .failed(let status):
            Sentence(
                "Đầu đọc báo lỗi 0x\(String(status, radix: 16)): kiểm tra đầu đọc và thẻ rồi chạy lại.",
                "The reader reports error 0x\(String(status, radix: 16)): check reader and card and run again.")
        default: cardSentence
        }
    }

    private var cardSentence: Sentence {
        switch self {
        case .noCard:
            Sentence(
                "Không có thẻ trên đầu đọc: đặt thẻ lên rồi chạy lại.",
                "There is no card on a reader: put it on and run again.")
        case .busy:
            Sentence(
                "Chương trình khác đang giữ thẻ: đóng chương trình đó rồi chạy lại.",
                "Another program holds the card: close it and run again.")
        case .cardGone:
            Sentence(
                "Thẻ bị nhấc ra khi đang đọc: đặt lại, giữ yên rồi chạy lại.",
                "The card was taken away while it was read: put it on, leave it there and run again.")
        case .cardSilent:
            Sentence(
                "Thẻ không trả lời: lật mặt hoặc đặt lại thẻ; nếu vẫn vậy thì chip hỏng.",
                "The card does not answer: turn it over or put it on again; if it stays so, its chip is broken.")
        default:
            Sentence(
                "Trả lời của thẻ dài quá mức: không phải thẻ căn cước, hoặc chip hỏng.",
                "The card's answer is too long: it is no identity card, or its chip is broken.")
        }
    }

    private var virtualSentence: Sentence {
        switch self {
        case .virtualReaderMissing(let place):
            Sentence(
                "Không có đầu đọc ảo ở \(place): cài vsmartcard-vpcd và khởi động pcscd, hoặc chọn --host, --port.",
                "No virtual reader listens at \(place): install vsmartcard-vpcd, start pcscd, or name --host, --port.")
        case .virtualReaderGone:
            Sentence(
                "Đầu đọc ảo đã đóng kết nối: kiểm tra pcscd rồi chạy lại.",
                "The virtual reader has closed the line: check pcscd and run again.")
        default:
            Sentence(
                "Đầu đọc ảo gửi thông điệp không hiểu được: kiểm tra xem cổng đó có phải của vpcd không.",
                "The virtual reader sent a message that is none: check that the port is vpcd's.")
        }
    }

    /// So many names are told at most.
    private static let mostNames = 8

    private static func list(_ names: [String]) -> String {
        names.prefix(mostNames).map { "“\($0)”" }.joined(separator: ", ")
    }
}
