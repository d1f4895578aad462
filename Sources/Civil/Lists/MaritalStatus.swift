/// Tình trạng hôn nhân: marital status; on the national exchange `1` never married, `2` married, `3` divorced or
/// widowed.
package enum MaritalStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case neverMarried = "never_married"
    case married
    case divorced
    case widowed
    /// What the exchange says with `3`, where the papers do not tell which.
    case divorcedOrWidowed = "divorced_or_widowed"

    /// QCVN 109:2017; `0` there means that nothing is known.
    package var wireCode: String {
        switch self {
        case .neverMarried: "1"
        case .married: "2"
        case .divorced, .widowed, .divorcedOrWidowed: "3"
        }
    }

    /// The word on the sheet.
    package var vietnamese: String {
        switch self {
        case .neverMarried: "Chưa kết hôn"
        case .married: "Đã kết hôn"
        case .divorced: "Đã ly hôn"
        case .widowed: "Góa"
        case .divorcedOrWidowed: "Ly hôn hoặc góa"
        }
    }

    /// Reads what is written on sheets; an empty text and `0` are missing.
    package static func parse(_ text: some StringProtocol) throws(CodeRefusal) -> MaritalStatus {
        if Folding.isBelowZero(text) { throw .unknown(list: FixedLists.maritalStatus) }
        switch Folding.compactKey(text) {
        case "", "0", "khongro": throw .missing(list: FixedLists.maritalStatus)
        case "1", "chuakethon", "chuacovo", "chuacochong", "docthan", "nevermarried": return .neverMarried
        case "2", "dakethon", "dangcovo", "dangcochong", "covo", "cochong", "cogiadinh", "dacogiadinh", "kethon",
            "married":
            return .married
        case "lyhon", "lihon", "dalyhon", "dalihon", "divorced": return .divorced
        case "goa", "goavo", "goachong", "goabua", "widowed": return .widowed
        case "3", "lyhonhoacgoa", "divorcedorwidowed": return .divorcedOrWidowed
        default: throw .unknown(list: FixedLists.maritalStatus)
        }
    }
}

/// Nhóm máu: blood group of the ABO system.
package enum BloodGroup: String, Hashable, Sendable, Codable, CaseIterable {
    case a = "A"
    case b = "B"
    case ab = "AB"
    case o = "O"

    /// QCVN 109:2017; `00` there means that nothing is known.
    package var wireCode: String {
        switch self {
        case .a: "01"
        case .b: "02"
        case .ab: "03"
        case .o: "04"
        }
    }

    /// Reads a letter or a wire code, with or without a rhesus sign (which is not kept); an empty text and `00` are
    /// missing.
    package static func parse(_ text: some StringProtocol) throws(CodeRefusal) -> BloodGroup {
        if Folding.isBelowZero(text) { throw .unknown(list: FixedLists.bloodGroup) }
        var key = Folding.compactKey(text)
        if key.hasPrefix("nhommau") { key.removeFirst(7) }
        if key.hasSuffix("rh") { key.removeLast(2) }
        switch key {
        case "", "00", "khongro", "khongbiet": throw .missing(list: FixedLists.bloodGroup)
        case "a", "01": return .a
        case "b", "02": return .b
        case "ab", "03": return .ab
        // A zero is what people often type for the letter.
        case "o", "0", "04": return .o
        default: throw .unknown(list: FixedLists.bloodGroup)
        }
    }
}
