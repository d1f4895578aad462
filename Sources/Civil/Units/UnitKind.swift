/// Loại đơn vị: the word before a unit's name, whole or abbreviated.
enum UnitKind: String, Sendable {
    case province = "Tỉnh"
    case city = "Thành phố"
    case urbanDistrict = "Quận"
    case ruralDistrict = "Huyện"
    case town = "Thị xã"
    case township = "Thị trấn"
    case ward = "Phường"
    case commune = "Xã"
    case specialZone = "Đặc khu"

    /// Whether a unit of that level can be of this kind.
    func fits(_ level: UnitLevel) -> Bool {
        switch self {
        case .province: level == .province
        case .city: level != .commune
        case .urbanDistrict, .ruralDistrict, .town: level == .district
        case .township, .ward, .commune, .specialZone: level == .commune
        }
    }

    /// The kind that one or two folded words are, by their hash.
    static func word(_ hash: UInt64) -> UnitKind? { byHash[hash] }

    /// Kind words that are written together with a number ("Q7", "P12", "quan01").
    static func isGlued(_ letters: ArraySlice<UInt8>) -> Bool {
        letters.count <= 6 && glued.contains { letters.elementsEqual($0) }
    }

    private static let glued = ["q", "p", "f", "x", "h", "quan", "phuong"].map { Array($0.utf8) }

    private static let words: [(String, UnitKind)] = [
        ("tinh", .province), ("t", .province), ("thanh pho", .city), ("tp", .city), ("t p", .city),
        ("quan", .urbanDistrict), ("q", .urbanDistrict), ("huyen", .ruralDistrict), ("h", .ruralDistrict),
        ("thi xa", .town), ("tx", .town), ("t x", .town), ("thi tran", .township), ("tt", .township),
        ("t t", .township), ("phuong", .ward), ("p", .ward), ("f", .ward), ("xa", .commune), ("x", .commune),
        ("dac khu", .specialZone), ("dk", .specialZone),
    ]

    private static let byHash: [UInt64: UnitKind] = Dictionary(
        words.map { (UnitWords($0.0).hash, $0.1) }, uniquingKeysWith: { first, _ in first })
}
