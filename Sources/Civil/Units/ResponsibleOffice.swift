/// Cơ quan chịu trách nhiệm: the police office that answers for the data of a unit.
///
/// Derived from the unit until offices are data of their own: this is the one place that says so. Since 2025 there
/// are two levels of police (Thông tư 53/2025/TT-BCA), so a district of before answers through its province.
package struct ResponsibleOffice: Hashable, Sendable {
    package let vietnamese: String
    package let english: String

    /// The office of the whole country.
    package static let nation = ResponsibleOffice(
        vietnamese: "Cục Cảnh sát quản lý hành chính về trật tự xã hội (C06), Bộ Công an",
        english: "Police Department for Administrative Management of Social Order (C06), Ministry of Public Security")

    private init(vietnamese: String, english: String) {
        self.vietnamese = vietnamese
        self.english = english
    }

    /// The office that answers on that day: that of the unit, or of the unit that followed it.
    package init(of unit: UnitCode?, in units: UnitDirectory, on day: CalendarDate) {
        guard let unit, let found = ResponsibleOffice.answering(for: unit, in: units, on: day) else {
            self = .nation
            return
        }
        vietnamese = "Công an \(found.kind.lowercased()) \(found.bareName)"
        english = "police of \(found.name)"
    }

    private static func answering(
        for code: UnitCode, in units: UnitDirectory, on day: CalendarDate
    ) -> AdministrativeUnit? {
        guard let unit = units.unit(code) else { return nil }
        if units.set(on: day) == code.set { return unit }
        if unit.level == .district, let province = unit.parent {
            return answering(for: province, in: units, on: day)
        }
        switch units.successors(of: code, on: day) {
        case .same: return unit
        case .one(let successor): return successor
        case .candidates(let candidates, let usual): return usual ?? candidates.first
        case .none: return unit
        }
    }
}
