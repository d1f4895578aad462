import Civil

/// EF.DG13: the national fields with their diacritics, in the layout that was observed on Vietnam's cards.
///
/// The layout is not published; version 1 of this profile is what readers of the cards describe. An absent value is
/// left out; fields that this program does not know are kept as they stand.
package struct NationalFile: Hashable, Sendable {
    /// Số thứ tự trường: the fields that are one text each.
    package enum Field: Int, Hashable, Sendable, CaseIterable, Comparable {
        case number = 1
        case name, birth, sex, nationality, ethnicity, religion, origin, residence, marks, issued, expires
        case oldNumber = 15
        /// Sixteen hexadecimal digits whose meaning is not published.
        case serial

        package static func < (left: Field, right: Field) -> Bool { left.rawValue < right.rawValue }
    }

    package var texts: [Field: String]
    package var father: String?
    package var mother: String?
    package var spouse: String?
    /// Other fields: number and value as they stand.
    package private(set) var others: [Int: [UInt8]] = [:]

    private static let parents = 13
    private static let spouseNumber = 14
    private static let version = 1

    package init(texts: [Field: String], father: String? = nil, mother: String? = nil, spouse: String? = nil) {
        self.texts = texts
        self.father = father
        self.mother = mother
        self.spouse = spouse
    }

    /// `DD/MM/YYYY`, or what is known of it.
    package static func text(of date: PartialDate) -> String { date.dayFirst }

    package init(bytes: [UInt8]) throws(ChipFault) {
        var outer = try TLV(bytes, tag: ChipFile.dg13.tag).fields
        var content = try outer.next(DER.sequence).fields
        try outer.finish()
        let version = try DER.smallInteger(try content.next())
        guard version == NationalFile.version else { throw .unsupported("DG13 v\(version)") }
        guard try OID(try content.next()) == .utf8 else { throw .unsupported("DG13") }
        var list = try content.next(DER.set).fields
        try content.finish()
        texts = [:]
        while !list.isAtEnd {
            var entry = try list.next(DER.sequence).fields
            let number = try DER.smallInteger(try entry.next())
            let value = try entry.next()
            try entry.finish()
            try take(number, value)
        }
    }

    private mutating func take(_ number: Int, _ value: TLV) throws(ChipFault) {
        if let field = Field(rawValue: number) {
            texts[field] = try DER.text(value)
        } else if number == NationalFile.parents || number == NationalFile.spouseNumber {
            guard value.tag == DER.sequence else { throw .unexpectedTag(value.tag) }
            var names = value.fields
            let first = names.isAtEnd ? "" : try DER.text(try names.next())
            if number == NationalFile.spouseNumber {
                spouse = first.isEmpty ? nil : first
            } else {
                let second = names.isAtEnd ? "" : try DER.text(try names.next())
                father = first.isEmpty ? nil : first
                mother = second.isEmpty ? nil : second
            }
        } else {
            others[number] = Array(value.whole)
        }
    }

    package var bytes: [UInt8] {
        var entries = others
        for (field, text) in texts {
            entries[field.rawValue] = NationalFile.isPrintable(text) ? DER.printable(text) : DER.utf8(text)
        }
        if father != nil || mother != nil {
            entries[NationalFile.parents] = DER.sequence(DER.utf8(father ?? ""), DER.utf8(mother ?? ""))
        }
        if let spouse { entries[NationalFile.spouseNumber] = DER.sequence(DER.utf8(spouse)) }
        let list = entries.sorted { $0.key < $1.key }.map { DER.sequence(DER.integer($0.key), $0.value) }
        return TLV.bytes(
            ChipFile.dg13.tag,
            DER.sequence(
                DER.integer(NationalFile.version), OID.utf8.der, TLV.bytes(DER.set, joining: list)))
    }

    /// Digits and slashes alone, as numbers and dates are.
    private static func isPrintable(_ text: String) -> Bool { text.utf8.allSatisfy { (47...57).contains($0) } }
}
