import Civil

/// Trợ giúp: what each section is for, the words that pages use, and how to work with the keyboard.
package struct HelpPage: ConsolePage {
    package static let template = "help"
    package static let title = Sentence("Trợ giúp", "Help")

    struct Section: Equatable, Sendable {
        let href: String
        let title: String
        let what: String
    }

    struct Word: Equatable, Sendable {
        let word: String
        let meaning: String
    }

    package let frame: PageFrame
    let sections: [Section]
    let words: [Word]

    package init(frame: PageFrame, sections: [ConsoleSection]) {
        let language = frame.spoken
        self.frame = frame
        self.sections = sections.map {
            Section(href: $0.path, title: language.of($0.title), what: language.of($0.purpose))
        }
        words = HelpWord.all.map { Word(word: language.of($0.word), meaning: language.of($0.meaning)) }
    }
}

extension ConsoleSection {
    /// What an officer does there.
    var purpose: Sentence {
        switch self {
        case .queues:
            Sentence(
                "Việc đang chờ cán bộ: số lượng và hạn sớm nhất của từng loại.",
                "What waits for the officer: how much of each kind, and the oldest deadline.")
        case .files:
            Sentence(
                "Hồ sơ của cơ quan: ai thụ lý, đến giai đoạn nào, hẹn trả ngày nào; chọn hồ sơ để làm việc trong đó.",
                "The office's files: in whose hands, at which stage, due when; choose the one to work in.")
        case .people:
            Sentence(
                "Tìm một người bằng số, họ tên, ngày sinh hoặc mã QR; xem thông tin, hộ gia đình và dòng thời gian; "
                    + "ghi một việc bằng biểu mẫu đã điền sẵn.",
                "Find a person by number, name, date of birth or QR code; see details, household and timeline; record "
                    + "what happened with a form that is filled in already.")
        case .cards:
            Sentence(
                "Thẻ căn cước: hồ sơ chờ duyệt, thẻ chờ trả, tình trạng thẻ; sản xuất, kho phôi, cân đối luồng. Lập hồ "
                    + "sơ mới từ trang của người dân.",
                "Identity cards: applications to decide, cards to hand over, whether a card holds; making, blanks, "
                    + "flow. New applications begin on a person's page.")
        case .batches:
            Sentence(
                "Tệp phiếu thu thập DC01: tải lên, theo dõi, xem báo cáo, quyết định phiếu chờ xem xét.",
                "Files of collection sheets DC01: upload, follow, read the report, decide on the rows that are held.")
        case .quality:
            Sentence(
                "Dữ liệu của cả nước, tỉnh, xã đúng, đủ, sạch, sống đến đâu; bản đồ các xã; người cần bổ sung trước.",
                "How correct, complete, clean and alive the data of nation, province and commune are; the map of the "
                    + "communes; whose data to mend first.")
        case .rules:
            Sentence(
                "Quy định mà chương trình làm theo, có điều luật và mức độ chắc chắn, tính đến một ngày bất kỳ.",
                "The rules that the program goes by, each with its article and how certain it is, as of any day.")
        case .administration:
            Sentence("Cơ quan, cán bộ và vai trò.", "Offices, officers and roles.")
        }
    }
}

/// Từ dùng trên các trang: words of the vocabulary as officers meet them; `docs/vocabulary.md` has the same pairs.
struct HelpWord: Sendable {
    let word: Sentence
    let meaning: Sentence

    private init(_ vietnamese: String, _ english: String, _ meaning: Sentence) {
        word = Sentence(vietnamese, english)
        self.meaning = meaning
    }

    static let all = [
        HelpWord(
            "lượt tra cứu", "look",
            Sentence(
                "Một lần xem dữ liệu của một người; ghi vào nhật ký trước khi trang được gửi.",
                "One reading of a person's data; in the log before the page is sent.")),
        HelpWord(
            "mã biên nhận", "receipt",
            Sentence(
                "Số của mục nhật ký; dùng để chứng minh mục đó có trong nhật ký.",
                "The number of an entry in the log; with it anybody can prove that the entry is there.")),
        HelpWord(
            "thời điểm có hiệu lực", "effective time",
            Sentence("Ngày việc đó xảy ra trong đời thực.", "The day on which it happened in the world.")),
        HelpWord(
            "thời điểm ghi nhận", "recorded time",
            Sentence("Lúc cơ sở dữ liệu biết việc đó.", "The moment at which the register knew.")),
        HelpWord(
            "đã xác minh", "verified",
            Sentence(
                "Giá trị do một nguồn xác nhận, ví dụ giấy hộ tịch; phiếu thu thập chưa xác minh gì.",
                "A source confirms the value, such as a civil-status paper; a collected sheet verifies nothing.")),
        HelpWord(
            "tạm giữ", "held",
            Sentence(
                "Phiếu chưa thành người: có lỗi, hoặc có thể trùng với người đã có; cán bộ quyết định.",
                "A sheet that became nobody: it has a fault, or may be somebody who is there; an officer decides.")),
        HelpWord(
            "danh sách việc cần làm", "worklist",
            Sentence(
                "Người của một địa bàn cần bổ sung, sửa, xác minh; có lợi nhất đứng trước.",
                "Whose data of a place to collect, correct and verify; the largest gain first.")),
        HelpWord(
            "đúng, đủ, sạch, sống", "correct, complete, clean, alive",
            Sentence(
                "Bốn tiêu chí dữ liệu: đã xác minh, đã điền, không mâu thuẫn, được cập nhật.",
                "The four measures of data: verified, filled in, without contradictions, kept up to date.")),
    ]
}
