import Civil
import Testing

@Suite("Địa chỉ như cán bộ viết")
struct WrittenAddressTests {
    /// A text, the path of the unit that it means, and what is left in front.
    struct Written: Sendable, CustomTestStringConvertible {
        let text: String
        let path: String
        let detail: String

        init(_ text: String, _ path: String, _ detail: String = "") {
            self.text = text
            self.path = path
            self.detail = detail
        }

        var testDescription: String { text }
    }

    private static let hoaAn = "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"
    private static let ward7 = "Phường 7, Quận 5, Thành phố Hồ Chí Minh"
    private static let phucXa = "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"

    static let until2025: [Written] = [
        Written("P. Phúc Xá, Ba Đình, HN", phucXa),
        Written("phuc xa ba dinh ha noi", phucXa),
        Written("P.Phúc Xá - Q.Ba Đình - TP.Hà Nội", phucXa),
        Written("P. Phúc Xá Ba Đình HN", phucXa),
        Written("phường phúc xá, quận ba đình, hanoi, việt nam", phucXa),
        Written("12/3 Nghĩa Dũng, P. Phúc Xá, Q. Ba Đình, Hà Nội, VN", phucXa, "12/3 Nghĩa Dũng"),
        Written("P.302 nhà A2, phường Phúc Xá, quận Ba Đình, Hà Nội", phucXa, "P.302 nhà A2"),
        Written("X.Hòa An, Phú Hòa, Phú Yên", hoaAn),
        Written("XÃ HÒA AN, HUYỆN PHÚ HÒA, TỈNH PHÚ YÊN", hoaAn),
        Written("XÃ HÒA AN, HUYỆN PHÚ HÒA, TỉNH PHú YêN", hoaAn),
        Written("Hòa An - Phú Hòa - Phú Yên", hoaAn),
        Written("Hòa An,Phú Hòa,Phú Yên", hoaAn),
        Written("Hoà An; Phú Hoà; Phú Yên", hoaAn),
        Written("  Hòa   An ,  Phú  Hòa  ,, Phú Yên . ", hoaAn),
        Written("Số 5, Hòa An - Phú Hòa - Phú Yên", hoaAn, "Số 5"),
        Written("Tổ 1, Thôn 3, xã Hòa An, huyện Phú Hòa, Phú Yên", hoaAn, "Tổ 1, Thôn 3"),
        Written("Thôn Đông Phước, Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên", hoaAn, "Thôn Đông Phước"),
        Written("Xã Hòa An, Phú Hòa, PY", hoaAn),
        Written("xã Hòa An (Phú Hòa, Phú Yên)", hoaAn),
        Written("Xã Ho\u{300}a An, Huyê\u{323}n Phu\u{301} Ho\u{300}a, Ti\u{309}nh Phu\u{301} Yên", hoaAn),
        Written("🏠 Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên 🇻🇳", hoaAn),
        Written(
            "Thôn Hòa An, X. Hòa Thắng, Phú Hòa, Phú Yên", "Xã Hòa Thắng, Huyện Phú Hòa, Tỉnh Phú Yên", "Thôn Hòa An"),
        Written("Thị trấn Phú Hòa, Phú Yên", "Thị trấn Phú Hòa, Huyện Phú Hòa, Tỉnh Phú Yên"),
        Written("TT. Phú Hòa, H. Phú Hòa, T. Phú Yên", "Thị trấn Phú Hòa, Huyện Phú Hòa, Tỉnh Phú Yên"),
        Written("Huyện Phú Hòa, Tỉnh Phú Yên", "Huyện Phú Hòa, Tỉnh Phú Yên"),
        Written("Tỉnh Phú Yên", "Tỉnh Phú Yên"),
        Written("TP. Hà Nội", "Thành phố Hà Nội"),
        Written(
            "Ngõ 31 Xã Cẩm Lộc, Huyện Cẩm Xuyên, Tỉnh Hà Tĩnh", "Xã Cẩm Lộc, Huyện Cẩm Xuyên, Tỉnh Hà Tĩnh", "Ngõ 31"),
        Written("Ngõ 31 Cẩm Lộc, Cẩm Xuyên, Hà Tĩnh", "Xã Cẩm Lộc, Huyện Cẩm Xuyên, Tỉnh Hà Tĩnh", "Ngõ 31"),
        Written("Thôn 3, P.7, Q. 5, TP HCM", ward7, "Thôn 3"),
        Written("P7, Q5, TPHCM", ward7),
        Written("Phường 07, Quận 05, TP.HCM", ward7),
        Written("phuong 7 quan 5 tp ho chi minh", ward7),
        Written("phuong7, quan05, sai gon", ward7),
        Written("F.7, Q.5, Tp.HCM", ward7),
        Written("P-7, Q-5, Thành phố Hồ Chí Minh", ward7),
        Written("123 Trần Bình Trọng P.7 Q.5 HCM", ward7, "123 Trần Bình Trọng"),
        Written("P. Bến Nghé, Q1, TP.HCM", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"),
        Written("Bến Nghé, Q.1, Sài Gòn", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"),
        Written("ben nghe, quan 01, hcm", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"),
        Written(
            "P. Hiệp Phú, Tp. Thủ Đức, TP. Hồ Chí Minh", "Phường Hiệp Phú, Thành phố Thủ Đức, Thành phố Hồ Chí Minh"),
        Written(
            "Tổ 1, TT An Châu, H. Sơn Động, T. Bắc Giang", "Thị trấn An Châu, Huyện Sơn Động, Tỉnh Bắc Giang", "Tổ 1"),
        Written("P. Phú Bài, TX. Hương Thủy, TT-Huế", "Phường Phú Bài, Thị xã Hương Thủy, Thành phố Huế"),
        Written("Phú Bài, Hương Thủy, Thừa Thiên Huế", "Phường Phú Bài, Thị xã Hương Thủy, Thành phố Huế"),
        Written("TT. Sịa, H. Quảng Điền, TT. Huế", "Thị trấn Sịa, Huyện Quảng Điền, Thành phố Huế"),
        Written("Thắng Tam, Vũng Tàu, BR-VT", "Phường Thắng Tam, Thành phố Vũng Tàu, Tỉnh Bà Rịa - Vũng Tàu"),
        Written(
            "P. 7, TP Vũng Tàu, Bà Rịa-Vũng Tàu", "Phường 7, Thành phố Vũng Tàu, Tỉnh Bà Rịa - Vũng Tàu"),
        Written(
            "Đô Vinh, Phan Rang-Tháp Chàm, Ninh Thuận",
            "Phường Đô Vinh, Thành phố Phan Rang - Tháp Chàm, Tỉnh Ninh Thuận"),
        Written("Đường 10, Bù Đăng, Bình Phước", "Xã Đường 10, Huyện Bù Đăng, Tỉnh Bình Phước"),
        Written("Ấp 2, Đồi 61, Trảng Bom, Đồng Nai", "Xã Đồi 61, Huyện Trảng Bom, Tỉnh Đồng Nai", "Ấp 2"),
        Written("Xã Ea H'leo, Huyện Ea H’leo, Đăk Lăk", "Xã Ea H'leo, Huyện Ea H'leo, Tỉnh Đắk Lắk"),
        Written("Phường Sa Pa, Thị xã Sa Pa, Tỉnh Lào Cai", "Phường Sa Pa, Thị xã Sa Pa, Tỉnh Lào Cai"),
        Written("Phường Sa Pả, Thị xã Sa Pa, Tỉnh Lào Cai", "Phường Sa Pả, Thị xã Sa Pa, Tỉnh Lào Cai"),
        Written("Thị trấn Mỹ An, Tháp Mười, Đồng Tháp", "Thị trấn Mỹ An, Huyện Tháp Mười, Tỉnh Đồng Tháp"),
        Written("Xã Mĩ An, Tháp Mười, Đồng Tháp", "Xã Mỹ An, Huyện Tháp Mười, Tỉnh Đồng Tháp"),
    ]

    @Test("Until June 2025", arguments: until2025)
    func reads(written: Written) {
        expect(written, on: ShippedDirectory.collection)
    }

    static let since2025: [Written] = [
        Written("Phường Ba Đình, Hà Nội", "Phường Ba Đình, Thành phố Hà Nội"),
        Written("P. Ba Đình, TP. HN", "Phường Ba Đình, Thành phố Hà Nội"),
        Written("Ba Đình - Hà Nội", "Phường Ba Đình, Thành phố Hà Nội"),
        Written("Số 12, Phường Ba Đình, Thành phố Hà Nội", "Phường Ba Đình, Thành phố Hà Nội", "Số 12"),
        Written("Đặc khu Phú Quốc, An Giang", "Đặc khu Phú Quốc, Tỉnh An Giang"),
        Written("dac khu phu quoc, an giang", "Đặc khu Phú Quốc, Tỉnh An Giang"),
        Written("Tỉnh Gia Lai", "Tỉnh Gia Lai"),
    ]

    @Test("Since July 2025", arguments: since2025)
    func readsToday(written: Written) {
        expect(written, on: ShippedDirectory.today)
    }

    private func expect(_ written: Written, on date: CalendarDate) {
        guard case .unit(let unit, let detail) = ShippedDirectory.resolver.resolve(written.text, on: date) else {
            Issue.record("no unit: \(ShippedDirectory.resolver.resolve(written.text, on: date))")
            return
        }
        #expect(ShippedDirectory.directory.path(of: unit.code) == written.path)
        #expect(detail == written.detail)
        var cache = ResolverCache()
        for _ in 1...2 {
            #expect(
                ShippedDirectory.resolver.resolve(written.text, on: date, cache: &cache) == .unit(unit, detail: detail))
        }
    }

    @Test(
        "What does not say one unit gives candidates with the one that is meant",
        arguments: [
            ("Hòa An", "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"),
            ("Phường Bến Nghé, Quận 1", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"),
            ("Phú Hòa, Phú Yên", "Thị trấn Phú Hòa, Huyện Phú Hòa, Tỉnh Phú Yên"),
            ("Phú Hòa, Phú Yên", "Huyện Phú Hòa, Tỉnh Phú Yên"),
            ("Vũng Tàu", "Thành phố Vũng Tàu, Tỉnh Bà Rịa - Vũng Tàu"),
            ("Yên Viên, Gia Lâm, Hà Nội", "Thị trấn Yên Viên, Huyện Gia Lâm, Thành phố Hà Nội"),
            ("Phuong Sa Pa, Thi xa Sa Pa, Lao Cai", "Phường Sa Pả, Thị xã Sa Pa, Tỉnh Lào Cai"),
            ("Xã Hòa Am, Huyện Phú Hòa, Tỉnh Phú Yên", "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"),
            ("Thôn Hòa An, Phú Hòa, Phú Yên", "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"),
            ("Xã Hòa An, Huyện Phú Hào, Tỉnh Phú Yên", "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"),
            ("Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yêm", "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"),
            ("Xã Hòa An, Huyện Phú Hòa", "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"),
        ])
    func givesCandidates(text: String, path: String) {
        guard
            case .candidates(let candidates, _) = ShippedDirectory.resolver.resolve(
                text, on: ShippedDirectory.collection)
        else {
            Issue.record("no candidates")
            return
        }
        #expect(candidates.contains { ShippedDirectory.directory.path(of: $0.unit.code) == path })
        #expect(candidates.map(\.score) == candidates.map(\.score).sorted(by: >))
        #expect(candidates.count <= 20)
    }

    @Test("A street that is called like a commune is not taken for it")
    func leavesStreetsAlone() {
        let text = "Số 5 đường Hòa An, P. 7, Q. 3, TP HCM"
        switch ShippedDirectory.resolver.resolve(text, on: ShippedDirectory.collection) {
        case .unit(let unit, let detail):
            #expect(unit.level == .commune && unit.bareName == "7")
            #expect(detail == "Số 5 đường Hòa An")
        case .candidates(let candidates, _): #expect(!candidates.contains { $0.unit.bareName == "Hòa An" })
        case .nothing: break
        }
    }

    @Test("Texts that are no addresses give nothing")
    func givesNothing() {
        let resolver = ShippedDirectory.resolver
        let day = ShippedDirectory.collection
        for text in ["", "   ", ",,, - .", "🏠🏡", "Việt Nam"] {
            #expect(resolver.resolve(text, on: day) == .nothing(.empty))
        }
        #expect(resolver.resolve("không rõ", on: day) == .nothing(.noProvince))
        #expect(resolver.resolve(String(repeating: "Hòa An ", count: 200), on: day) == .nothing(.tooLong))
        #expect(UnitResolver(directory: UnitDirectory()).resolve("Hà Nội", on: day) == .nothing(.noProvince))
    }

    @Test("A long text with an address at its end is read")
    func readsLongTexts() {
        let text = String(repeating: "nhà sau chợ, ", count: 40) + "xã Hòa An, huyện Phú Hòa, tỉnh Phú Yên"
        #expect(text.count > 500)
        guard case .unit(let unit, _) = ShippedDirectory.resolver.resolve(text, on: ShippedDirectory.collection) else {
            Issue.record("no unit")
            return
        }
        #expect(ShippedDirectory.directory.path(of: unit.code) == WrittenAddressTests.hoaAn)
    }
}
