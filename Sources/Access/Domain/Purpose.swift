import Civil

/// Mục đích tra cứu: why somebody's data are read, with the legal basis that allows it.
package struct Purpose: Hashable, Sendable {
    /// At most 200 characters; never empty.
    package let text: String
    package let legalBasis: String

    package static let maximumLength = 200

    /// A purpose as somebody stated it, or nil when it is no plain line or too long.
    package init?(stated text: String, legalBasis: String) {
        guard let line = PlainLine.parse(text, longest: Purpose.maximumLength) else { return nil }
        self.text = line
        self.legalBasis = legalBasis
    }

    private init(fixed text: String, _ legalBasis: String) {
        self.text = text
        self.legalBasis = legalBasis
    }

    /// The purpose that an open file carries.
    static func dossier(_ text: String, legalBasis: String) -> Purpose { Purpose(fixed: text, legalBasis) }

    /// A look on the ground of emergency access; the number finds the looks of one in the log.
    package static func emergency(_ number: Int64) -> Purpose {
        Purpose(fixed: "truy cập khẩn cấp số \(number)", "Luật 26/2023/QH15, Điều 10")
    }

    /// A look from the command line of the machine that holds the register.
    package static let operation = Purpose(fixed: "vận hành tại chỗ", "Luật 26/2023/QH15, Điều 10")
    /// The everyday work of an office for the people of its places, where no file is open.
    package static let counter = Purpose(fixed: "giải quyết công việc của đơn vị", "Luật 26/2023/QH15, Điều 10")
    /// A look at a batch's rows to review them.
    package static let batchReview = Purpose(fixed: "rà soát lô phiếu thu thập", "Luật 26/2023/QH15, Điều 9")
    /// Reading who may get a number.
    package static let numbering = Purpose(fixed: "cấp số định danh cá nhân", "Luật 26/2023/QH15, Điều 12")
    /// Reading who looked at whom and who recorded what.
    package static let audit = Purpose(fixed: "kiểm tra nhật ký", "Luật 26/2023/QH15, Điều 10")
    /// Reading whose data are to be collected, corrected or verified next.
    package static let dataQuality = Purpose(fixed: "bổ sung, làm sạch dữ liệu dân cư", "Luật 26/2023/QH15, Điều 10")
    /// Reading the record that an application for an identity card is filled from.
    package static let cardApplication = Purpose(fixed: "cấp, đổi, cấp lại thẻ căn cước", "Luật 26/2023/QH15, Điều 24")
    /// Reading what is printed on a card and written onto its chip.
    package static let cardProduction = Purpose(fixed: "sản xuất thẻ căn cước", "Luật 26/2023/QH15, Điều 24")
    /// Asking whether a card holds.
    package static let cardStatus = Purpose(fixed: "kiểm tra tình trạng thẻ căn cước", "Luật 26/2023/QH15, Điều 10")

    /// Those that nobody states: the register's own work.
    package static let fixed = [
        operation, counter, batchReview, numbering, audit, dataQuality, cardApplication, cardProduction, cardStatus,
    ]
}
