import Civil

/// Họ tên đồng bào các dân tộc: names in the ways of groups other than the Kinh.
///
/// Some have surnames of their own, some put `Y`, `A` or `H'` in front, some have the clan last or no surname at all.
enum MinorityNames {
    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// Surnames of groups whose names are otherwise built as those of the Kinh.
    static let surnames: [EthnicGroup: WeightedList<String>] = [
        .tay: WeightedList(
            falling: words("Hoàng Nông Ma Hà Triệu Lương Nguyễn Bế Đàm Vi Lý Lục La Dương Quan Chu"), flatness: 4),
        .nung: WeightedList(
            falling: words("Nông Hoàng Lương Lý Vi Triệu Hứa Mông Lương Phùng Long Chu Lục Mã Sầm"), flatness: 4),
        .thai: WeightedList(
            falling: words("Lò Quàng Cà Lường Hà Vi Cầm Tòng Bạc Điêu Lù Đèo Lương Ngân Hoàng Mào"), flatness: 4),
        .muong: WeightedList(falling: words("Bùi Đinh Quách Hà Phạm Nguyễn Trương Bạch Cao Xa"), flatness: 3),
        .hoa: WeightedList(
            falling: words("Trần Lâm Huỳnh Lý Quách Vương Lưu Mã Tăng Châu Trương Ngô Tô Diệp Hứa Phù"), flatness: 5),
        .dao: WeightedList(falling: words("Triệu Bàn Đặng Lý Phùng Dương Chảo Tẩn Phàn Chìu Hoàng"), flatness: 3),
        .sanChay: WeightedList(falling: words("Trần Hoàng Lương Nịnh Lâm Ninh Tiêu Lý Vi"), flatness: 3),
        .hre: WeightedList(falling: words("Phạm Đinh"), flatness: 2),
        .khmer: WeightedList(falling: words("Thạch Kim Sơn Danh Lâm Châu Lý Trần Kiên Tăng Liêu Đào"), flatness: 4),
        .cham: WeightedList(falling: words("Bá Đàng Báo Quảng Não Từ Hán Thành Lưu Châu Phú Đạt"), flatness: 4),
    ]

    private static let hmongClans = WeightedList(
        falling: words("Giàng Vàng Thào Sùng Lý Mùa Hờ Vừ Lầu Cứ Sình Ly Hầu Hạng Cháng"), flatness: 4)
    private static let hmongNames = [
        words("Páo Chua Dính Sử Tủa Vàng Chính Sùng Lử Tùng Pao Chứ Dơ Lềnh Phừ Sáu Tính Khua Nủ Chu"),
        words("Mai Dở Mỷ Sua Chư Dợ Pà Xía Dúa Máy Ca Mảy Sinh Chá Sông Nhứ Dê Dung Xó Lía"),
    ]
    private static let edeClans = WeightedList(
        falling: words("Niê Mlô Êban Byă Kbuôr Kđoh Adrơng Ênuôl Knul Ayun Bkrông Hwing"), flatness: 4)
    private static let edeNames = [
        words("Bhăm Wơn Ngông Thông Blô Nghị Đức Bhiô Kông Lem Yôl Nuê Hoan Jông Suôt Bliết Dhơn"),
        words("Hen Mẫu Lan Nguôm Bliăk Yam Wê Đêm Nga Rôza Hương Linh Băn Djuaih Loan Bích Juin Nhiên"),
    ]
    private static let jraiClans = WeightedList(
        falling: ["Rơ Châm", "Siu", "Ksor", "Kpă", "Nay", "Rơ Mah", "Rah Lan", "Rơ Ô", "Hiao"], flatness: 4)
    private static let jraiNames = [
        words("Hyưng Phước Thái Bơm Đức Hlơi Blơi Thuân Chăm Krông Lâm Khiêm Hùng Tơnh Kơk Huyên"),
        words("Lan H'Nhi Yơn H'Bơng Nguyệt H'Lơi Thương Phyin H'Mai H'Chăm Hạnh H'Duyên Chuyên H'Uyên"),
    ]
    private static let highlandNames = [
        words("Thút Dũng Byơng Nhem Hyưng Phương Blơng Huy Đôn Nghĩa Thuận Bơk Khơi Thương Lưu Đại Pâng Hơn"),
        words("Byen Hoa Lan Thơm Nhói Mai Hương Blơi Ngân Phiên Duyên Thảo Bưih Hiền Vân Xuyến Lành Mỹ"),
    ]
    private static let cohoClans = WeightedList(
        falling: ["", "Kơ Să", "Cil", "Lơ Mu", "Bon Yô", "Liêng Hot", "Pang Ting"], flatness: 2)
    private static let cohoNames = [
        words("Brếp Bình Tuấn Phương Long Điệp Sơn Vinh Huy Thuyên Quyền Brôi Nhơn Đạt Minh Kiên"),
        words("Hem Hương Nhung Thủy Loan Trang Yến Duyên Mai Diễm Linh Phượng Hạnh Thảo Ngọc Huyền"),
    ]
    private static let khmerNames = [
        words("Rây Kha Phi Sết Rương Thươl Ươl Sarây Thone Quynh Sơn Hiếu Minh Nal Rithi Tha Chane Vuông"),
        words("Phol Rương Sray Pha Lan Hương Tha Ny Sóc Loan Diệu Kiều Phương Hên Tuyền Mỹ Rết Vanna"),
    ]

    /// A whole name in the group's own way; nil when the group's names are built as those of the Kinh.
    static func name(
        of group: EthnicGroup, _ sex: Sex, clan: String?, _ draws: inout Draws
    ) -> (name: String, clan: String)? {
        let which = sex == .male ? 0 : 1
        switch group {
        case .hmong:
            let clan = clan ?? hmongClans.draw(&draws)
            return ("\(clan) \(sex == .male ? "A" : "Thị") \(draws.pick(hmongNames[which]))", clan)
        case .eDe, .mnong:
            let clan = clan ?? edeClans.draw(&draws)
            let given = draws.pick(edeNames[which])
            return (sex == .male ? "Y \(given) \(clan)" : "H'\(given) \(clan)", clan)
        case .giaRai:
            let clan = clan ?? jraiClans.draw(&draws)
            return ("\(clan) \(draws.pick(jraiNames[which]))", clan)
        case .baNa, .xoDang:
            let given = draws.pick(highlandNames[which])
            // A few have one name and nothing else.
            if draws.chance(600) { return (given, "") }
            return ("\(sex == .male ? "A" : "Y") \(given)", "")
        case .coHo:
            let clan = clan ?? cohoClans.draw(&draws)
            let given = draws.pick(cohoNames[which])
            if clan.isEmpty { return (sex == .male ? "K'\(given)" : "Ka \(given)", clan) }
            return ("\(clan) \(sex == .male ? "K'" : "Ka ")\(given)", clan)
        case .khmer where draws.chance(5000):
            let clan = clan ?? surnames[.khmer]?.draw(&draws) ?? "Thạch"
            let middle = sex == .female && draws.chance(6000) ? "Thị " : ""
            return ("\(clan) \(middle)\(draws.pick(khmerNames[which]))", clan)
        default: return nil
        }
    }
}
