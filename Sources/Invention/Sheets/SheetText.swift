import Civil

/// Ghi phiếu thành CSV: turns sheets into rows of the layout of 2020, in an encoding.
package struct SheetText: Sendable {
    package static let columns = [
        "stt", "ma_ho", "quan_he_chu_ho", "ho_ten", "ngay_sinh", "gioi_tinh", "nhom_mau", "tinh_trang_hon_nhan",
        "noi_dang_ky_khai_sinh", "que_quan", "dan_toc", "quoc_tich", "ton_giao", "so_cmnd", "so_dinh_danh",
        "thuong_tru", "noi_o_hien_tai", "ho_ten_cha", "dinh_danh_cha", "ho_ten_me", "dinh_danh_me",
        "ho_ten_vo_chong", "dinh_danh_vo_chong", "dien_thoai", "ngay_thu_thap", "ghi_chu",
    ]

    private let map: NationMap
    private let day: CalendarDate
    private let encoding: SheetEncoding
    private let collected: (first: String, second: String)
    /// The row that is being written, as composed UTF-8.
    private var row: [UInt8] = []
    private var fields = 0
    /// How communes are written in each way, as far as they were needed.
    private var addresses: [[UInt8]]

    package init(map: NationMap, collected day: CalendarDate, encoding: SheetEncoding) {
        self.map = map
        self.day = day
        self.encoding = encoding
        collected = (ClerkSpelling.whole(day), ClerkSpelling.whole(day.advanced(byDays: 5)))
        addresses = Array(repeating: [], count: map.communes.count * ClerkSpelling.AddressForm.allCases.count)
    }

    /// Adds the row of a sheet; `number` is its place in the batch, `household` the code of its household there.
    package mutating func append(_ sheet: InventedSheet, number: Int, household: String, to output: inout [UInt8]) {
        row.removeAll(keepingCapacity: true)
        fields = 0
        var draws = Draws(seed: sheet.style)
        if case .second = sheet.form {
            second(sheet, number, &draws)
        } else {
            whole(sheet, number, household, &draws)
        }
        if encoding == .utf8 {
            output.append(contentsOf: row)
        } else {
            encoding.encode(row[...], into: &output)
        }
        output.append(contentsOf: encoding.lineEnd)
    }

    private mutating func whole(_ sheet: InventedSheet, _ number: Int, _ household: String, _ draws: inout Draws) {
        let person = sheet.person
        let faults = sheet.faults
        field(String(number))
        field(household)
        field(sheet.relationText)
        field(ClerkSpelling.name(person.name, faults, &draws))
        field(ClerkSpelling.date(person.birth, faults, &draws))
        field(ClerkSpelling.sex(person.sex, faults, &draws))
        field(person.bloodGroup?.rawValue ?? "")
        field(draws.chance(9500) ? person.marital.vietnamese : "")
        place(person.registration, house: nil, &draws)
        place(person.origin, house: nil, &draws)
        field(person.ethnicity.rawValue)
        field(ClerkSpelling.nationality(&draws))
        field(person.religion)
        field(person.oldNumber.map { String($0) } ?? "")
        let stated = person.number.map { ClerkSpelling.number($0, faults, &draws) } ?? ""
        field(states(sheet) ? stated : "")
        place(sheet.permanent, house: sheet.house, &draws)
        place(person.current, house: person.current == sheet.permanent ? sheet.house : sheet.style, &draws)
        for (index, relative) in [person.father, person.mother, person.spouse].enumerated() {
            field(relative?.name ?? "")
            field(sheet.relativeNumbers[index]?.digits ?? "")
        }
        field(person.phone.map { "0" + String($0) } ?? "")
        field(collected.first)
        field(faults.contains(.dead) ? ClerkSpelling.death(before: day, &draws) : "")
    }

    private func states(_ sheet: InventedSheet) -> Bool {
        if case .copy(let states) = sheet.form { return states }
        return true
    }

    /// A second sheet has few fields: whoever filled it in had only the person before them.
    private mutating func second(_ sheet: InventedSheet, _ number: Int, _ draws: inout Draws) {
        let person = sheet.person
        field(String(number))
        field("T\(number)")
        field(sheet.relationText)
        field(ClerkSpelling.name(person.name, sheet.faults, &draws))
        field(ClerkSpelling.date(person.birth, sheet.faults, &draws))
        field(person.sex.vietnamese)
        empty(2)
        place(person.registration, house: nil, &draws)
        empty(1)
        field(person.ethnicity.rawValue)
        field("Việt Nam")
        empty(1)
        field(person.oldNumber.map { String($0) } ?? "")
        empty(1)
        place(sheet.permanent, house: sheet.house, &draws)
        place(person.current, house: person.current == sheet.permanent ? sheet.house : sheet.style, &draws)
        empty(7)
        field(collected.second)
        empty(1)
    }

    // MARK: Fields

    private mutating func field(_ text: String) {
        begin()
        row.append(contentsOf: text.utf8)
    }

    private mutating func empty(_ count: Int) {
        for _ in 0..<count { begin() }
    }

    private mutating func begin() {
        if fields > 0 { row.append(UInt8(ascii: ",")) }
        fields += 1
    }

    private mutating func place(_ commune: Int, house: UInt64?, _ draws: inout Draws) {
        begin()
        let form = ClerkSpelling.addressForm(&draws)
        let prefix = house.map { ClerkSpelling.house(in: map.communes[commune], $0) } ?? ""
        let key = commune * ClerkSpelling.AddressForm.allCases.count + form.rawValue
        if addresses[key].isEmpty { addresses[key] = Array(ClerkSpelling.address(map.communes[commune], form).utf8) }
        let quote = addresses[key].contains(UInt8(ascii: ",")) || prefix.utf8.contains(UInt8(ascii: ","))
        if quote { row.append(UInt8(ascii: "\"")) }
        row.append(contentsOf: prefix.utf8)
        row.append(contentsOf: addresses[key])
        if quote { row.append(UInt8(ascii: "\"")) }
    }
}
