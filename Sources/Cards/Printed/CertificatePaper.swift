import Chip
import Civil
import Drawing

extension CertificateFile {
    /// The certificate as PDF.
    package func pdf(office: String, isSpecimen: Bool) throws -> [UInt8] {
        try paper(office: office, isSpecimen: isSpecimen).pdf()
    }

    /// The certificate as a paper: the fields that the circular lists, in a layout of our own.
    ///
    /// Unverified: the format of the paper, and how it is secured; no paper here is the official one.
    private func paper(office: String, isSpecimen: Bool) throws -> Paper {
        func day(_ text: String?) -> String? { text.flatMap { CalendarDate(iso: $0) }.map { PartialDate($0).dayFirst } }
        var paper = Paper(
            size: .a5, form: "GCNCC", title: CardProduct.certificate.title, office: office,
            code: certificate.handle, day: certificate.issued, portrait: portrait, sections: [person(day)],
            isSpecimen: isSpecimen)
        paper.codeLabel = Sentence("Mã giấy", "Certificate")
        paper.prints = fingers.compactMap { print in print.picture.map { (print.finger.title, $0) } }
        paper.notes = [
            Sentence(
                "Giấy này không phải thẻ căn cước và không xác nhận quốc tịch.",
                "This paper is no identity card and says nothing of a nationality.")
        ]
        paper.signatures = [Sentence("Thủ trưởng cơ quan", "Head of the office")]
        return paper
    }

    private func person(_ day: (String?) -> String?) -> Paper.Section {
        Paper.Section(
            Sentence("Người được cấp", "The holder"),
            [
                .init(Sentence("Số định danh cá nhân", "Personal identification number"), content.number, strong: true),
                .init(Sentence("Họ, chữ đệm và tên khai sinh", "Full name"), content.name.uppercased(), strong: true),
                .init(Sentence("Ngày, tháng, năm sinh", "Date of birth"), content.birth.dayFirst),
                .init(Sentence("Giới tính", "Sex"), content.sex?.vietnamese),
                .init(Sentence("Nơi sinh", "Place of birth"), content.birthPlace),
                .init(Sentence("Quê quán", "Place of origin"), content.origin),
                .init(Sentence("Dân tộc", "Ethnicity"), content.ethnicity),
                .init(Sentence("Tôn giáo", "Religion"), content.religion),
                .init(Sentence("Tình trạng hôn nhân", "Marital status"), content.maritalStatus?.vietnamese),
                .init(Sentence("Nơi ở hiện tại", "Current residence"), content.residence),
                .init(Sentence("Ngày cấp", "Issued on"), day(content.issued)),
                .init(
                    Sentence("Có giá trị đến", "Holds until"), day(content.expires) ?? "Không thời hạn / no expiry"),
            ])
    }
}
