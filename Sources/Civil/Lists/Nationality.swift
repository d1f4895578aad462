/// Quốc tịch: nationality as ISO 3166-1 alpha-3 codes.
package enum Nationality {
    /// Việt Nam.
    package static let vietnam = Coded(list: list.id, code: "VNM")

    /// Reads a country by its Vietnamese or English name or its alpha-3 or alpha-2 code; `VN` and `Việt Nam` are `VNM`.
    package static func parse(_ text: some StringProtocol) throws(CodeRefusal) -> Coded {
        try list.parse(text)
    }

    private static func entry(
        _ code: String, _ alpha2: String?, _ vietnamese: String, _ english: String, _ also: String...
    ) -> CodeList.Entry {
        CodeList.Entry(code, vietnamese, english: english, also: [code, english] + [alpha2].compactMap { $0 } + also)
    }

    /// A part of ISO 3166-1: the countries that occur most in the papers of people in Vietnam.
    ///
    /// Codes that are a Vietnamese name without its marks are not read: `MY` would be `Mỹ`, `NGA` is Russia's name.
    package static let list = CodeList(
        id: "iso3166-1-alpha3", title: Sentence("quốc tịch", "nationalities"), basis: LegalBasis("ISO 3166-1"),
        entries: [
            entry("VNM", "VN", "Việt Nam", "Viet Nam", "CHXHCN Việt Nam", "Vietnamese"),
            entry("AUS", "AU", "Úc", "Australia", "Ô-xtrây-li-a"), entry("AUT", "AT", "Áo", "Austria"),
            entry("BEL", "BE", "Bỉ", "Belgium"), entry("BGD", "BD", "Băng-la-đét", "Bangladesh"),
            entry("BGR", "BG", "Bun-ga-ri", "Bulgaria"), entry("BRA", "BR", "Bra-xin", "Brazil"),
            entry("CAN", "CA", "Ca-na-đa", "Canada"), entry("CHE", "CH", "Thụy Sĩ", "Switzerland"),
            entry("CHN", "CN", "Trung Quốc", "China", "Trung Hoa"), entry("CUB", "CU", "Cu-ba", "Cuba"),
            entry("CZE", "CZ", "Séc", "Czechia", "Cộng hòa Séc"),
            entry("DEU", "DE", "Đức", "Germany", "CHLB Đức"), entry("DNK", "DK", "Đan Mạch", "Denmark"),
            entry("ESP", "ES", "Tây Ban Nha", "Spain"), entry("FIN", "FI", "Phần Lan", "Finland"),
            entry("FRA", "FR", "Pháp", "France"),
            entry("GBR", "GB", "Anh", "United Kingdom", "Vương quốc Anh", "UK"),
            entry("HUN", "HU", "Hung-ga-ri", "Hungary"), entry("IDN", "ID", "In-đô-nê-xi-a", "Indonesia"),
            entry("IND", "IN", "Ấn Độ", "India"), entry("IRL", "IE", "Ai-len", "Ireland"),
            entry("ISR", "IL", "I-xra-en", "Israel"), entry("ITA", "IT", "Ý", "Italy", "I-ta-li-a"),
            entry("JPN", "JP", "Nhật Bản", "Japan", "Nhật"), entry("KHM", "KH", "Cam-pu-chia", "Cambodia"),
            entry("KOR", "KR", "Hàn Quốc", "Korea", "South Korea", "Đại Hàn Dân Quốc"),
            entry("LAO", "LA", "Lào", "Laos", "CHDCND Lào"), entry("MMR", "MM", "Mi-an-ma", "Myanmar", "Miến Điện"),
            entry("MNG", "MN", "Mông Cổ", "Mongolia"), entry("MYS", nil, "Ma-lai-xi-a", "Malaysia"),
            entry("NLD", "NL", "Hà Lan", "Netherlands"),
            entry("NOR", "NO", "Na Uy", "Norway"), entry("NZL", "NZ", "Niu Di-lân", "New Zealand"),
            entry("PAK", "PK", "Pa-ki-xtan", "Pakistan"), entry("PHL", "PH", "Phi-líp-pin", "Philippines"),
            entry("POL", "PL", "Ba Lan", "Poland"), entry("PRK", "KP", "Triều Tiên", "North Korea"),
            entry("PRT", "PT", "Bồ Đào Nha", "Portugal"), entry("ROU", "RO", "Ru-ma-ni", "Romania"),
            entry("RUS", "RU", "Nga", "Russia", "Liên bang Nga"), entry("SGP", "SG", "Xin-ga-po", "Singapore"),
            entry("SVK", "SK", "Xlô-va-ki-a", "Slovakia"), entry("SWE", "SE", "Thụy Điển", "Sweden"),
            entry("THA", "TH", "Thái Lan", "Thailand"), entry("TUR", "TR", "Thổ Nhĩ Kỳ", "Türkiye", "Turkey"),
            entry("TWN", "TW", "Đài Loan", "Taiwan", "Đài Loan (Trung Quốc)"),
            entry("UKR", "UA", "U-crai-na", "Ukraine"),
            entry("USA", "US", "Hoa Kỳ", "United States", "Mỹ", "United States of America"),
            entry("ZAF", "ZA", "Nam Phi", "South Africa"),
            entry("XXA", "XX", "Không quốc tịch", "Stateless"),
        ])
}
