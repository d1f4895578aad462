/// Dân tộc: the two official lists of ethnic groups, whose codes contradict each other.
package enum Ethnicity {
    /// Oldest first.
    package static let lists = [list1979, list2008]

    /// Reads a name (`Kinh`, `H'mông`, `Ê-đê`) into the list in force on the day.
    ///
    /// A name that list does not give us (its codes 21 to 54 are not known) is coded in the newest older list that
    /// does.
    package static func parse(_ text: some StringProtocol, on date: CalendarDate) throws(CodeRefusal) -> Coded {
        let inForce = lists.last { $0.isInForce(on: date) } ?? list2008
        let key = Folding.compactKey(text)
        guard !key.isEmpty else { throw .missing(list: inForce.id) }
        for list in [inForce] + lists.reversed() {
            if let entry = list.entry(named: text) { return list.coded(entry) }
        }
        throw .unknown(list: inForce.id)
    }

    /// Other ways the names are written, by the first name of the group.
    private static let spellings: [String: [String]] = [
        "Kinh": ["Việt"],
        "Khmer": ["Khơ-me", "Khơ me", "Khmer Krom", "Cam-pu-chia gốc Việt"],
        "H'mông": ["Hmông", "Mông", "H'Mông", "Mèo"],
        "Ê-đê": ["Ê Đê", "Rhade", "Ra-đê"],
        "Gia-rai": ["Gia Rai", "Jrai", "Ja-rai"],
        "Ba-na": ["Ba Na", "Bahnar", "Bơ-na"],
        "Hoa": ["Hán"],
        "Cơ-ho": ["Cơ Ho", "K'ho", "Kơ Ho"],
        "Xơ-đăng": ["Xơ Đăng", "Xê Đăng", "Sedang"],
        "Sán Chay": ["Cao Lan", "Sán Chí", "Cao Lan - Sán Chỉ"],
        "Mnông": ["M'nông", "Mơ-nông"],
        "Hrê": ["H're", "Hre"],
        "Ra-glai": ["Ra Glai", "Raglay"],
        "Xtiêng": ["S'tiêng", "Stiêng", "Xơ-tiêng"],
        "Bru-Vân Kiều": ["Bru", "Vân Kiều"],
        "Cơ-tu": ["Cờ Tu", "Ka-tu", "Katu"],
        "Gié-Triêng": ["Giẻ-Triêng", "Gié", "Triêng"],
        "Chơ-ro": ["Châu Ro", "Chơ Ro"],
        "Co": ["Cor", "Trầu"],
        "Chăm": ["Chàm"],
    ]

    private static func entry(_ code: Int, _ name: String, _ certainty: Certainty) -> CodeList.Entry {
        CodeList.Entry(
            (code < 10 ? "0" : "") + String(code), name, certainty: certainty, also: spellings[name] ?? [])
    }

    private static let title = Sentence("dân tộc", "ethnic groups")

    /// QĐ 121-TCTK/PPCĐ of 2 March 1979: the 54 groups; codes 01–09 are sure, the others likely.
    package static let list1979 = CodeList(
        id: "ethnicity-1979", title: title, basis: LegalBasis("Quyết định 121-TCTK/PPCĐ"),
        validFrom: CalendarDate(iso: "1979-03-02"), validTo: CalendarDate(iso: "2008-11-11"),
        entries: [
            "Kinh", "Tày", "Thái", "Hoa", "Khmer", "Mường", "Nùng", "H'mông", "Dao", "Gia-rai", "Ngái", "Ê-đê",
            "Ba-na", "Xơ-đăng", "Sán Chay", "Cơ-ho", "Chăm", "Sán Dìu", "Hrê", "Mnông", "Ra-glai", "Xtiêng",
            "Bru-Vân Kiều", "Thổ", "Giáy", "Cơ-tu", "Gié-Triêng", "Mạ", "Khơ-mú", "Co", "Ta-ôi", "Chơ-ro", "Kháng",
            "Xinh-mun", "Hà Nhì", "Chu-ru", "Lào", "La Chí", "La Ha", "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt",
            "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y", "Si La", "Pu Péo", "Brâu", "Ơ-đu", "Rơ-măm",
        ].enumerated().map { entry($0.offset + 1, $0.element, $0.offset < 9 ? .sure : .likely) })

    /// QĐ 1019/QĐ-TCTK of 12 November 2008 (QCVN 109:2017, Phụ lục E), which the population database uses.
    ///
    /// Codes 21 to 54 have not been seen and are left out.
    package static let list2008 = CodeList(
        id: "ethnicity-2008", title: title, basis: LegalBasis("Quyết định 1019/QĐ-TCTK"),
        validFrom: CalendarDate(iso: "2008-11-12"),
        entries: [
            "Kinh", "Tày", "Thái", "Mường", "Khmer", "Hoa", "Nùng", "H'mông", "Dao", "Gia-rai", "Ê-đê", "Ba-na",
            "Sán Chay", "Chăm", "Cơ-ho", "Xơ-đăng", "Sán Dìu", "Hrê", "Ra-glai", "Mnông",
        ].enumerated().map { entry($0.offset + 1, $0.element, .sure) })
}
