import Civil

/// Cấp của cơ quan: the level at which an office works; what lies below it is its jurisdiction.
package enum OfficeLevel: String, CaseIterable, Hashable, Sendable, Codable {
    /// Công an cấp xã.
    case commune
    /// Công an cấp huyện; there is none after 30 June 2025 (Nghị quyết 203/2025/QH15).
    case district
    /// Công an cấp tỉnh.
    case province
    /// Bộ Công an: the whole nation.
    case ministry
    /// Cơ quan đại diện Việt Nam ở nước ngoài: citizens who live in no commune of the country.
    case mission
}

/// Cơ quan: where officers work, as it is during one period; a reorganisation ends a period and begins another.
package struct Office: Hashable, Sendable {
    /// The stable short name of the office, as acts and looks carry it ("xa-00004"); it outlives every reorganisation.
    package let code: String
    package let name: String
    package let level: OfficeLevel
    /// The unit that it answers for; nil for the ministry and for missions.
    package let unit: UnitCode?
    /// First day of the period.
    package let since: CalendarDate
    /// First day after the period; nil while it lasts.
    package let until: CalendarDate?

    package init(
        code: String, name: String, level: OfficeLevel, unit: UnitCode?, since: CalendarDate, until: CalendarDate? = nil
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.unit = unit
        self.since = since
        self.until = until
    }

    package func isInForce(on day: CalendarDate) -> Bool { since <= day && until.map { day < $0 } ?? true }
}

/// Phạm vi quản lý: the places whose people an officer may see without naming them exactly.
package enum Jurisdiction: Hashable, Sendable {
    case nation
    /// The office's unit, and every place of any unit set that lies in it today.
    case places(of: UnitCode, Set<UnitCode>)
    /// Nobody's: the office answers for no place, or is not in force.
    case nobody

    /// Whether one of the places where somebody lives, lived or is registered lies inside.
    package func includes(anyOf places: Set<UnitCode>) -> Bool {
        switch self {
        case .nation: true
        case .places(_, let inside): !inside.isDisjoint(with: places)
        case .nobody: false
        }
    }
}
