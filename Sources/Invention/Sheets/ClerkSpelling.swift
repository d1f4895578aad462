import Civil

/// Cách ghi của cán bộ: the ways in which clerks write places, dates, names and sexes.
enum ClerkSpelling {
    // MARK: Addresses

    /// Ways to write one commune, beginning with the whole form.
    enum AddressForm: Int, CaseIterable, Sendable {
        case whole, capitals, smallProvince, short, shortTight, commas, dashes
    }

    private static let addressForms = WeightedList<AddressForm>([
        (.whole, 66), (.capitals, 6), (.smallProvince, 6), (.short, 6), (.shortTight, 6), (.commas, 5), (.dashes, 5),
    ])

    static func addressForm(_ draws: inout Draws) -> AddressForm { addressForms.draw(&draws) }

    /// The commune with all above it in that way; a way that would mean another commune too gives the whole form.
    static func address(_ place: MappedCommune, _ form: AddressForm) -> String {
        let whole = "\(place.unit.name), \(place.district.name), \(place.province.name)"
        // "Quận 6" and "Phường 7" without their kinds would be numbers.
        let district = isNumber(place.district.bareName) ? place.district.name : place.district.bareName
        let above = "\(district), \(place.province.bareName)"
        switch form {
        case .whole: return whole
        case .capitals: return LetterCase.capital(whole)
        case .smallProvince:
            guard place.province.name.hasPrefix("Tỉnh ") else { return whole }
            return "\(place.unit.name), \(place.district.name), tỉnh \(place.province.bareName)"
        case .short:
            return place.isShortUnique ? "\(kind(place.unit)) \(place.unit.bareName), \(above)" : whole
        case .shortTight:
            return place.isShortUnique ? "\(kind(place.unit))\(place.unit.bareName), \(above)" : whole
        case .commas, .dashes:
            guard place.isPlainUnique else { return whole }
            let commune = isNumber(place.unit.bareName) ? place.unit.name : place.unit.bareName
            return [commune, district, place.province.bareName].joined(separator: form == .commas ? "," : " - ")
        }
    }

    private static func isNumber(_ name: String) -> Bool {
        name.utf8.first.map { (48...57).contains($0) } ?? true
    }

    private static func kind(_ unit: AdministrativeUnit) -> String {
        switch unit.kind {
        case "Phường": "P."
        case "Thị trấn": "TT."
        default: "X."
        }
    }

    /// The house or hamlet in front of a commune: "Số 106, ", "Ấp 4, ", "Ngõ 31 "; some write none.
    static func house(in place: MappedCommune, _ seed: UInt64) -> String {
        var draws = Draws(seed: seed)
        return switch draws.below(10) {
        case 0: ""
        case 1...3: "Số \(draws.number(1...300)), "
        case 4:
            place.region == .mekong || place.region == .southEast
                ? "Hẻm \(draws.number(1...90)), "
                : "Ngõ \(draws.number(1...90)) "
        case 5...6: "Tổ \(draws.number(1...20)), "
        default: "\(hamlet(place)) \(draws.number(1...9)), "
        }
    }

    private static func hamlet(_ place: MappedCommune) -> String {
        if place.isTown { return place.region == .mekong ? "Khóm" : "Tổ" }
        switch place.region {
        case .northernMountains: return "Bản"
        case .redRiver: return "Xóm"
        case .centralCoast: return "Thôn"
        case .highlands: return "Buôn"
        case .southEast, .mekong: return "Ấp"
        }
    }

    // MARK: Dates

    static func date(_ date: CalendarDate, _ faults: Set<PlantedFault>, _ draws: inout Draws) -> String {
        let style = draws.below(100)
        if faults.contains(.missingDateOfBirth) { return "" }
        if faults.contains(.yearOnly) { return String(date.year) }
        if faults.contains(.noDay) { return "\(two(date.month))/\(date.year)" }
        if faults.contains(.futureDate) {
            // 2091 has no 29 February, which would be another fault.
            let day = date.month == 2 ? min(date.day, 28) : date.day
            return "\(two(day))/\(two(date.month))/2091"
        }
        if faults.contains(.impossibleDate) {
            switch style % 4 {
            case 0: return "31/02/\(date.year)"
            case 1: return "32/01/\(date.year)"
            case 2: return "31/04/\(date.year)"
            default: return "00/05/\(date.year)"
            }
        }
        switch style {
        case 0..<84: return whole(date)
        case 84..<91: return "\(two(date.day))-\(two(date.month))-\(date.year)"
        case 91..<96: return "\(date.day)/\(date.month)/\(date.year)"
        default: return "\(date.year)-\(two(date.month))-\(two(date.day))"
        }
    }

    static func whole(_ date: CalendarDate) -> String { "\(two(date.day))/\(two(date.month))/\(date.year)" }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }

    // MARK: Names and words

    static func name(_ name: String, _ faults: Set<PlantedFault>, _ draws: inout Draws) -> String {
        let style = draws.below(100)
        if faults.contains(.missingName) { return "" }
        if faults.contains(.noDiacritics) { return withoutMarks(name) }
        switch style {
        case 0..<7: return LetterCase.capital(name)
        case 7..<9: return name.split(separator: " ").joined(separator: "  ") + " "
        default: return name
        }
    }

    /// The letters without hats, hooks and tones, each in its own case.
    static func withoutMarks(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x110: output.append("D")
            case 0x111: output.append("d")
            default:
                let base = VietnameseLetters.parts(of: scalar.value).flatMap { Unicode.Scalar($0.base) }
                output.append(base ?? scalar)
            }
        }
        return String(output)
    }

    static func sex(_ sex: Sex, _ faults: Set<PlantedFault>, _ draws: inout Draws) -> String {
        let style = draws.below(100)
        if faults.contains(.missingSex) { return "" }
        switch sex {
        case .male: return style < 80 ? "Nam" : style < 86 ? "nam" : style < 90 ? "NAM" : style < 96 ? "1" : "M"
        case .female: return style < 80 ? "Nữ" : style < 86 ? "Nu" : style < 90 ? "nữ" : style < 96 ? "2" : "F"
        }
    }

    /// The number as the sheet states it: some in groups, some with a digit lost or of the other sex.
    static func number(
        _ number: PersonalIdentificationNumber, _ faults: Set<PlantedFault>, _ draws: inout Draws
    ) -> String {
        let style = draws.below(100)
        let place = 3 + draws.below(9)
        var digits = Array(number.digits)
        if faults.contains(.numberMalformed), digits.indices.contains(place) { digits.remove(at: place) }
        if faults.contains(.numberSexMismatch), digits.count > 3, let century = digits[3].wholeNumberValue {
            digits[3] = Character(String(century ^ 1))
        }
        let text = String(digits)
        guard style < 5, digits.count == 12 else { return text }
        return [0, 3, 6, 9].map { String(digits[$0..<$0 + 3]) }.joined(separator: " ")
    }

    static func nationality(_ draws: inout Draws) -> String { draws.chance(900) ? "VN" : "Việt Nam" }

    static func death(before day: CalendarDate, _ draws: inout Draws) -> String {
        let year = day.year - draws.number(1...4)
        switch draws.below(4) {
        case 0: return "Chết năm \(year)"
        case 1: return "Đã mất năm \(year)"
        default: return "Đã chết năm \(year)"
        }
    }
}
