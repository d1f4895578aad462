/// Mã tỉnh trong số định danh: the first three digits of a personal number (Thông tư 07/2016/TT-BCA, Phụ lục 1).
///
/// The table stays that of the 63 provinces: numbers did not change when provinces were merged in 2025, and the codes
/// of the 34 provinces mean something else. Countries have a table of their own that is not public; nothing is guessed.
package enum NumberPrefix {
    /// True when no province holds the prefix and no country can (countries are said to begin at 101).
    package static func isTest(_ prefix: Int) -> Bool {
        (0...100).contains(prefix) && provinces[prefix] == nil
    }

    /// The test prefixes, three digits each, in order.
    package static let testPrefixes: [String] = (1...100).filter(isTest).map { prefix in
        String(repeating: "0", count: prefix < 10 ? 2 : prefix < 100 ? 1 : 0) + String(prefix)
    }

    /// Prefix to province of birth registration, 63 provinces.
    package static let provinces: [Int: String] = [
        1: "Hà Nội", 2: "Hà Giang", 4: "Cao Bằng", 6: "Bắc Kạn", 8: "Tuyên Quang", 10: "Lào Cai", 11: "Điện Biên",
        12: "Lai Châu", 14: "Sơn La", 15: "Yên Bái", 17: "Hòa Bình", 19: "Thái Nguyên", 20: "Lạng Sơn",
        22: "Quảng Ninh", 24: "Bắc Giang", 25: "Phú Thọ", 26: "Vĩnh Phúc", 27: "Bắc Ninh", 30: "Hải Dương",
        31: "Hải Phòng", 33: "Hưng Yên", 34: "Thái Bình", 35: "Hà Nam", 36: "Nam Định", 37: "Ninh Bình",
        38: "Thanh Hóa", 40: "Nghệ An", 42: "Hà Tĩnh", 44: "Quảng Bình", 45: "Quảng Trị", 46: "Thừa Thiên Huế",
        48: "Đà Nẵng", 49: "Quảng Nam", 51: "Quảng Ngãi", 52: "Bình Định", 54: "Phú Yên", 56: "Khánh Hòa",
        58: "Ninh Thuận", 60: "Bình Thuận", 62: "Kon Tum", 64: "Gia Lai", 66: "Đắk Lắk", 67: "Đắk Nông",
        68: "Lâm Đồng", 70: "Bình Phước", 72: "Tây Ninh", 74: "Bình Dương", 75: "Đồng Nai", 77: "Bà Rịa–Vũng Tàu",
        79: "Thành phố Hồ Chí Minh", 80: "Long An", 82: "Tiền Giang", 83: "Bến Tre", 84: "Trà Vinh", 86: "Vĩnh Long",
        87: "Đồng Tháp", 89: "An Giang", 91: "Kiên Giang", 92: "Cần Thơ", 93: "Hậu Giang", 94: "Sóc Trăng",
        95: "Bạc Liêu", 96: "Cà Mau",
    ]
}
