import Civil

/// Cột của phiếu DC01: the columns of a collection batch, layout of 2020.
package enum SheetColumn: String, CaseIterable, Codable, Hashable, Sendable {
    case row = "stt"
    case household = "ma_ho"
    case relation = "quan_he_chu_ho"
    case name = "ho_ten"
    case birth = "ngay_sinh"
    case sex = "gioi_tinh"
    case bloodGroup = "nhom_mau"
    case maritalStatus = "tinh_trang_hon_nhan"
    case birthRegistration = "noi_dang_ky_khai_sinh"
    case origin = "que_quan"
    case ethnicity = "dan_toc"
    case nationality = "quoc_tich"
    case religion = "ton_giao"
    case oldNumber = "so_cmnd"
    case number = "so_dinh_danh"
    case permanent = "thuong_tru"
    case current = "noi_o_hien_tai"
    case fatherName = "ho_ten_cha"
    case fatherNumber = "dinh_danh_cha"
    case motherName = "ho_ten_me"
    case motherNumber = "dinh_danh_me"
    case spouseName = "ho_ten_vo_chong"
    case spouseNumber = "dinh_danh_vo_chong"
    case phone = "dien_thoai"
    case collected = "ngay_thu_thap"
    case note = "ghi_chu"

    /// Columns without which a file is no batch of sheets.
    package static let required: [SheetColumn] = [.name, .birth, .sex, .permanent]

    /// Other headings that are understood, as folded keys without spaces or underscores.
    private static let otherHeadings: [String: SheetColumn] = [
        "hovaten": .name, "hotenkhaisinh": .name, "hochudemvaten": .name, "ngaythangnamsinh": .birth, "ns": .birth,
        "phai": .sex, "gt": .sex, "mahogiadinh": .household, "quanhevoichuho": .relation, "quanhe": .relation,
        "cmnd": .oldNumber, "cmt": .oldNumber, "sodinhdanhcanhan": .number, "cccd": .number, "sddcn": .number,
        "noithuongtru": .permanent, "diachithuongtru": .permanent, "hokhauthuongtru": .permanent,
        "choohiennay": .current, "noiohiennay": .current, "quequan": .origin, "dantoc": .ethnicity,
        "tongiao": .religion, "quoctich": .nationality, "hotencha": .fatherName, "hotenme": .motherName,
        "hotenvohoacchong": .spouseName, "sodienthoai": .phone, "dtdd": .phone, "ghichu": .note,
        "ngaythuthap": .collected, "sothutu": .row, "noidkks": .birthRegistration,
    ]

    /// The column that a heading names: as the form writes it, in any case, with or without marks, spaces, underscores.
    package static func named(_ heading: String) -> SheetColumn? {
        let key = Folding.compactKey(heading)
        return byKey[key] ?? otherHeadings[key]
    }

    private static let byKey = Dictionary(
        uniqueKeysWithValues: allCases.map { (Folding.compactKey($0.rawValue), $0) })
}
