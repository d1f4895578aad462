import Civil

/// Mục đích tra cứu: why somebody's data are read, with the legal basis that allows it.
package struct Purpose: Hashable, Sendable {
    /// Never empty; what somebody stated stands behind `withoutFile` and has at most 200 characters.
    package let text: String
    package let legalBasis: String

    package static let maximumLength = 200

    /// What a purpose begins with that somebody stated for want of an open file: such looks stand out in the log.
    package static let withoutFile = "không có hồ sơ: "

    /// A purpose as somebody stated it, or nil when it is no plain line or too long.
    package init?(stated text: String, legalBasis: String) {
        guard let line = PlainLine.parse(text, longest: Purpose.maximumLength) else { return nil }
        self.text = Purpose.withoutFile + line
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
    /// The everyday work of an office, with neither a file nor a stated purpose: nobody's record is shown for it.
    package static let counter = Purpose(fixed: "giải quyết công việc của đơn vị", "Luật 26/2023/QH15, Điều 10")
    /// A look at a batch's rows to review them.
    package static let batchReview = Purpose(fixed: "rà soát lô phiếu thu thập", "Luật 26/2023/QH15, Điều 9")
    /// Reading the records that something asked of a second person is about.
    package static let approval = Purpose(fixed: "phê duyệt đề nghị", "Luật 26/2023/QH15, Điều 10")
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

    /// The line that somebody stated; nil of a purpose that nobody did.
    package var stated: String? {
        text.hasPrefix(Purpose.withoutFile) ? String(text.dropFirst(Purpose.withoutFile.count)) : nil
    }
}
