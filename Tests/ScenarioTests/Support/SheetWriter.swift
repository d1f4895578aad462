/// A small generator of batches of invented people: the same seed gives the same bytes.
struct SheetWriter {
    private var random: SeededRandom

    static let columns = [
        "stt", "ma_ho", "quan_he_chu_ho", "ho_ten", "ngay_sinh", "gioi_tinh", "nhom_mau", "tinh_trang_hon_nhan",
        "noi_dang_ky_khai_sinh", "que_quan", "dan_toc", "quoc_tich", "ton_giao", "so_cmnd", "so_dinh_danh",
        "thuong_tru", "noi_o_hien_tai", "ho_ten_cha", "dinh_danh_cha", "ho_ten_me", "dinh_danh_me",
        "ho_ten_vo_chong", "dinh_danh_vo_chong", "dien_thoai", "ngay_thu_thap", "ghi_chu",
    ]

    static var heading: String { columns.joined(separator: ",") }

    private static let surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"]
    private static let middles = ["Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh", "Quang", "Thu", "Hữu", "Bích"]
    private static let given = [
        "An", "Bình", "Cường", "Dung", "Đạt", "Giang", "Hà", "Hạnh", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long",
        "Mai", "Nam", "Nga", "Phong", "Phúc", "Quân", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn", "Vân", "Xuân", "Yến",
    ]
    private static let places = [
        "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên",
        "Xã Bảo Thạnh, Huyện Ba Tri, Tỉnh Bến Tre", "Xã Nhân Khang, Huyện Lý Nhân, Tỉnh Hà Nam",
    ]

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    /// A row: what the columns hold; the columns that are not named are empty.
    static func line(_ values: [String: String]) -> String {
        columns.map { quoted(values[$0] ?? "") }.joined(separator: ",")
    }

    private static func quoted(_ value: String) -> String {
        guard value.contains(where: { ",\"\n\r".contains($0) }) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }

    /// A row with nothing wrong in it, with the columns changed that `changes` names.
    static func row(_ number: Int, household: String = "H0001", _ changes: [String: String] = [:]) -> String {
        var values = [
            "stt": String(number), "ma_ho": household, "quan_he_chu_ho": "Chủ hộ",
            "ho_ten": "Nguyễn Văn " + given[number % given.count], "ngay_sinh": "\(number % 27 + 1)/05/1970",
            "gioi_tinh": "Nam", "dan_toc": "Kinh", "quoc_tich": "Việt Nam", "ton_giao": "Không",
            "thuong_tru": places[0], "noi_o_hien_tai": places[0], "noi_dang_ky_khai_sinh": places[0],
            "que_quan": places[0], "ngay_thu_thap": "15/09/2020",
        ]
        values.merge(changes) { $1 }
        return line(values)
    }

    /// A file of rows with nothing wrong, each in a household of its own.
    static func file(rows: Int, lineEnd: String = "\n") -> String {
        ([heading] + (1...rows).map { row($0, household: "H\($0)") }).joined(separator: lineEnd) + lineEnd
    }

    /// A batch of about that many rows, household by household, with troubles as communes hand them in.
    mutating func batch(rows: Int) -> String {
        var lines = [SheetWriter.heading]
        var household = 0
        while lines.count <= rows {
            household += 1
            let place = random.choice(SheetWriter.places)
            let surname = random.choice(SheetWriter.surnames)
            for member in 0..<random.number(1...6) {
                lines.append(line(lines.count, household, member, surname, place))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func line(
        _ number: Int, _ household: Int, _ member: Int, _ surname: String, _ place: String
    ) -> String {
        let man = random.number(0...1) == 0
        let year = member < 2 ? random.number(1940...1985) : random.number(1990...2015)
        let month = random.number(1...12)
        let day = random.number(1...28)
        let family = member == 1 ? random.choice(SheetWriter.surnames) : surname
        let relation = member == 0 ? "Chủ hộ" : member == 1 ? (man ? "Chồng" : "Vợ") : "Con đẻ"
        var values = [
            "stt": String(number), "ma_ho": "H\(household)", "quan_he_chu_ho": relation,
            "ho_ten": "\(family) \(random.choice(SheetWriter.middles)) \(random.choice(SheetWriter.given))",
            "ngay_sinh": "\(day)/\(month)/\(year)", "gioi_tinh": man ? "Nam" : "Nữ", "dan_toc": "Kinh",
            "quoc_tich": "Việt Nam", "ton_giao": "Không", "thuong_tru": "Số \(household), \(place)",
            "noi_o_hien_tai": place, "noi_dang_ky_khai_sinh": place, "que_quan": place, "ngay_thu_thap": "15/09/2020",
            "so_cmnd": random.number(0...2) == 0 ? String(random.number(100_000_000...999_999_999)) : "",
        ]
        if random.number(0...3) == 0 {
            let century = (year < 2000 ? 0 : 2) + (man ? 0 : 1)
            let years = year % 100 < 10 ? "0\(year % 100)" : "\(year % 100)"
            values["so_dinh_danh"] = "005\(century)\(years)\(random.number(100_000...999_999))"
        }
        switch random.number(0...59) {
        case 0: values["ngay_sinh"] = "31/02/\(year)"
        case 1: values["ngay_sinh"] = ""
        case 2: values["ngay_sinh"] = String(year)
        case 3: values["gioi_tinh"] = ""
        case 4: values["ho_ten"] = ""
        case 5: values["so_dinh_danh"] = "00508"
        case 6: values["ghi_chu"] = "đã chết năm 2019"
        default: break
        }
        return SheetWriter.line(values)
    }
}

/// Numbers from a seed (SplitMix64), the same on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func choice(_ list: [String]) -> String { list.randomElement(using: &self) ?? "" }

    /// Between 0 and 1.
    mutating func part() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
