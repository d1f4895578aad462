/// Bộ mã đơn vị hành chính: one list of units with the time in which it holds; sets are data, these two are known by
/// name.
package struct UnitSet: RawRepresentable, Hashable, Sendable, Codable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The three levels that held until 30 June 2025; it stands for all earlier dates too.
    package static let untilJune2025 = UnitSet(rawValue: "until-2025-06-30")
    /// The two levels since 1 July 2025 (Quyết định 19/2025/QĐ-TTg).
    package static let fromJuly2025 = UnitSet(rawValue: "from-2025-07-01")
}

/// Mã đơn vị hành chính: a code together with its set, since codes are used again with another meaning.
package struct UnitCode: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The code as in the list, zeros in front kept: two digits a province, three a district, five a commune.
    package let code: String
    package let set: UnitSet

    package init(_ code: String, _ set: UnitSet) {
        self.code = code
        self.set = set
    }

    package var description: String { "\(set.rawValue)/\(code)" }

    /// A code as `description` writes it; nil for anything else.
    package init?(parsing text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(String(parts[1]), UnitSet(rawValue: String(parts[0])))
    }
}

/// Cấp hành chính.
package enum UnitLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case province, district, commune

    package static func < (left: UnitLevel, right: UnitLevel) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .province: 0
        case .district: 1
        case .commune: 2
        }
    }
}

/// Đơn vị hành chính: a province, a district (until June 2025) or a commune of one set.
package struct AdministrativeUnit: Hashable, Sendable {
    package let code: UnitCode
    package let level: UnitLevel
    /// Xã, Phường, Thị trấn, Đặc khu, Quận, Huyện, Thị xã, Thành phố, Tỉnh; as the list writes it.
    package let kind: String
    /// The whole name with its kind, as in the list ("Phường Phúc Xá").
    package let name: String
    package let parent: UnitCode?
    package let latitude: Double?
    package let longitude: Double?
    /// Square kilometres.
    package let area: Double?

    /// The name without its kind ("Phúc Xá"; "7" for "Phường 7").
    package var bareName: String {
        let whole = name.utf8
        guard whole.count > kind.utf8.count + 1, whole.starts(with: kind.utf8),
            whole[whole.index(whole.startIndex, offsetBy: kind.utf8.count)] == UInt8(ascii: " ")
        else { return name }
        return String(name[whole.index(whole.startIndex, offsetBy: kind.utf8.count + 1)...])
    }
}

/// Chuyển đổi đơn vị: where the people of a unit are counted after a reorganisation.
package struct UnitConversion: Hashable, Sendable {
    package enum Extent: String, Hashable, Sendable {
        /// All of the old unit.
        case whole
        /// A part of it: the old unit was split, and one of its parts may be the usual one.
        case part
    }

    package let from: UnitCode
    package let to: UnitCode
    package let extent: Extent
    package let isDefault: Bool
}

/// What became of a unit by a given day.
package enum UnitSuccessors: Hashable, Sendable {
    /// The unit itself is in force then.
    case same
    case one(AdministrativeUnit)
    /// It was split, or lies in several units now; `usual` is the one that the conversion names as the default.
    case candidates([AdministrativeUnit], usual: AdministrativeUnit?)
    /// The data name none.
    case none
}
