import Civil

/// MRZ của thẻ căn cước: what Vietnam's profile of the zone says about the holder of a card.
///
/// The document number of the zone is the last nine digits of the personal number, so that people of two provinces can
/// share it and a re-issued card has the same again: it is a part of the key to the chip and never a key of a card.
package struct CardZone: Hashable, Sendable {
    package let number: PersonalIdentificationNumber
    package let name: MRZName
    package let birth: MRZDate
    package let sex: Sex?
    /// `991231` on a card that does not expire.
    package let expiry: MRZDate

    private static let country = "VNM"
    private static let noExpiry = CalendarDate(year: 2099, month: 12, day: 31)

    /// The zone of a new card.
    ///
    /// - Parameter expiry: nil for a card without an expiry.
    package init(
        number: PersonalIdentificationNumber, name: PersonName, birth: PartialDate, sex: Sex?, expiry: CalendarDate?
    ) throws(MRZRefusal) {
        guard let written = MRZName(name) else { throw .noName }
        guard let last = expiry ?? CardZone.noExpiry else { throw .noDate(.expiry) }
        self.number = number
        self.name = written
        self.birth = MRZDate(birth)
        self.sex = sex
        self.expiry = MRZDate(PartialDate(last))
    }

    /// What a zone that was read says; the number comes from the optional data, where all its digits stand.
    package init(_ zone: MRZ) throws(MRZRefusal) {
        let optional = Array(zone.optionalData.utf8)
        let text = String(decoding: optional.prefix(12), as: UTF8.self)
        guard zone.issuer == CardZone.country, let number = PersonalIdentificationNumber(canonical: text) else {
            throw .noPersonalNumber
        }
        // Position 30 has a check digit of Vietnam's own, which other issuers' readers take for optional data.
        let rest = optional.dropFirst(12)
        if let digit = rest.last {
            guard rest.count == 3, rest.dropLast().allSatisfy({ $0 == MRZ.filler }),
                digit == CheckDigit.of(optional.prefix(14))
            else { throw .checkDigit(.personalNumber) }
        }
        guard zone.documentNumber == number.digits.suffix(9) else { throw .checkDigit(.personalNumber) }
        self.number = number
        name = zone.name
        birth = zone.birth
        sex = zone.sex
        expiry = zone.expiry
    }

    /// The zone as it is printed and stored.
    package func zone() throws(MRZRefusal) -> MRZ {
        let optional = number.digits + "<<"
        return try MRZ(
            documentCode: "ID", issuer: CardZone.country, documentNumber: String(number.digits.suffix(9)),
            optionalData: optional + String(UnicodeScalar(CheckDigit.of(optional.utf8))), birth: birth, sex: sex,
            expiry: expiry, nationality: CardZone.country, name: name)
    }

    /// Mã truy cập thẻ (CAN): opens the chip like the zone; on Vietnam's cards the end of the personal number.
    package var can: String { String(number.digits.suffix(6)) }

    /// The day of birth in the century at which the number hints; nil when that year has no such day.
    package var likelyBirth: PartialDate? { birth.date(inCentury: number.hint.century) }
}
