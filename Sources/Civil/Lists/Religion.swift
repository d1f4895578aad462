/// Tôn giáo: the official list of religions.
package enum Religion {
    /// Oldest first.
    package static let lists = [list2008]

    /// Reads a name (`Phật giáo`, `PG Hòa Hảo`, `Không`).
    package static func parse(_ text: some StringProtocol, on date: CalendarDate) throws(CodeRefusal) -> Coded {
        try (lists.last { $0.isInForce(on: date) } ?? list2008).parse(text)
    }

    /// QĐ 1019/QĐ-TCTK of 2008 (QCVN 109:2017, Phụ lục G); `00` and `99` are seen in messages.
    package static let list2008 = CodeList(
        id: "religion-2008", title: Sentence("tôn giáo", "religions"), basis: LegalBasis("Quyết định 1019/QĐ-TCTK"),
        validFrom: CalendarDate(iso: "2008-11-12"),
        entries: [
            .init(
                "00", "Không", english: "None", certainty: .likely,
                also: ["Không có", "Không theo đạo nào", "Không tôn giáo", "Không theo tôn giáo nào"]),
            .init("01", "Phật giáo", english: "Buddhism", also: ["Đạo Phật", "Phật"]),
            .init(
                "02", "Công giáo", english: "Catholicism",
                also: ["Thiên Chúa giáo", "Thiên Chúa", "Đạo Thiên Chúa", "Đạo Công giáo"]),
            .init(
                "03", "Phật giáo Hòa Hảo", english: "Hoa Hao Buddhism", also: ["PG Hòa Hảo", "Hòa Hảo", "P.G Hòa Hảo"]),
            .init("04", "Hồi giáo", english: "Islam", also: ["Đạo Hồi", "Islam"]),
            .init("05", "Cao Đài", english: "Caodaism", also: ["Đạo Cao Đài"]),
            .init("06", "Minh Sư đạo", english: "Minh Su Dao", also: ["Minh Sư"]),
            .init("07", "Minh Lý đạo", english: "Minh Ly Dao", also: ["Minh Lý", "Minh Lý đạo - Tam Tông Miếu"]),
            .init("08", "Tin Lành", english: "Protestantism", also: ["Đạo Tin Lành"]),
            .init(
                "09", "Tịnh độ cư sĩ Phật hội", english: "Pure Land Buddhist Home-Practice Association",
                also: ["Tịnh độ cư sĩ Phật hội Việt Nam"]),
            .init("10", "Đạo Tứ Ân Hiếu nghĩa", english: "Tu An Hieu Nghia", also: ["Tứ Ân Hiếu nghĩa"]),
            .init("11", "Bửu Sơn Kỳ Hương", english: "Buu Son Ky Huong"),
            .init("12", "Baha'i", english: "Baha'i Faith", also: ["Đạo Baha'i", "Ba hai"]),
            .init("13", "Bà La Môn", english: "Brahmanism", also: ["Đạo Bà La Môn", "Bà-la-môn"]),
            .init("14", "Mặc Môn", english: "Mormonism", also: ["Mormon"]),
            .init("99", "Khác", english: "Other", certainty: .likely, also: ["Tôn giáo khác"]),
        ])
}
