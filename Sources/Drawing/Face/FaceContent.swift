import Civil

/// Mẫu mặt thẻ: which layout the faces of a card have.
package enum FaceDesign: Hashable, Sendable, CaseIterable {
    /// Căn cước công dân gắn chip (Thông tư 06/2021/TT-BCA).
    case citizenCard2021
    /// Thẻ căn cước (Thông tư 16/2024/TT-BCA).
    case identityCard2024
}

/// Nội dung hai mặt thẻ: everything that is printed; what a design does not show is not drawn.
package struct FaceContent: Hashable, Sendable {
    package var design: FaceDesign
    package var number: PersonalIdentificationNumber
    package var name: String
    package var birth: PartialDate
    package var sex: Sex?
    package var nationality: String?
    package var origin: String?
    package var residence: String?
    package var birthRegistration: String?
    package var issued: CalendarDate
    /// Nil for a card that does not expire.
    package var expires: CalendarDate?
    /// The three lines of the zone.
    package var zone: [String]
    /// The text of the square code.
    package var code: String
    /// A JPEG file; nil on the card of a child under six.
    package var portrait: [UInt8]?
    /// Whether the word MẪU / SPECIMEN is drawn across.
    package var isSpecimen: Bool

    package init(
        design: FaceDesign, number: PersonalIdentificationNumber, name: String, birth: PartialDate, sex: Sex?,
        issued: CalendarDate, expires: CalendarDate?, zone: [String], code: String, portrait: [UInt8]?,
        isSpecimen: Bool
    ) {
        self.design = design
        self.number = number
        self.name = name
        self.birth = birth
        self.sex = sex
        self.issued = issued
        self.expires = expires
        self.zone = zone
        self.code = code
        self.portrait = portrait
        self.isSpecimen = isSpecimen
    }
}
