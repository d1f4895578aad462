import Civil

/// Nội dung thẻ: everything a card says of its holder, taken at one time and not changed afterwards.
package struct CardContent: Hashable, Sendable {
    package var number: PersonalIdentificationNumber
    package var name: PersonName
    package var birth: PartialDate
    package var sex: Sex?
    package var issued: CalendarDate
    /// Nil for a card that does not expire.
    package var expires: CalendarDate?
    package var nationality: String?
    package var ethnicity: String?
    package var religion: String?
    package var origin: String?
    package var residence: String?
    package var father: String?
    package var mother: String?
    package var spouse: String?
    package var oldNumber: String?

    package init(
        number: PersonalIdentificationNumber, name: PersonName, birth: PartialDate, sex: Sex?, issued: CalendarDate,
        expires: CalendarDate?
    ) {
        self.number = number
        self.name = name
        self.birth = birth
        self.sex = sex
        self.issued = issued
        self.expires = expires
    }

    /// What the chip's national fields say.
    package var national: NationalFile {
        var texts: [NationalFile.Field: String] = [
            .number: number.digits, .name: name.written, .birth: NationalFile.text(of: birth),
            .issued: NationalFile.text(of: PartialDate(issued)),
        ]
        texts[.sex] = sex?.vietnamese
        texts[.nationality] = nationality
        texts[.ethnicity] = ethnicity
        texts[.religion] = religion
        texts[.origin] = origin
        texts[.residence] = residence
        texts[.expires] = expires.map { NationalFile.text(of: PartialDate($0)) }
        texts[.oldNumber] = oldNumber
        return NationalFile(texts: texts, father: father, mother: mother, spouse: spouse)
    }

    /// The zone that is printed and written into DG1.
    package func zone() throws(MRZRefusal) -> MRZ {
        try CardZone(number: number, name: name, birth: birth, sex: sex, expiry: expires).zone()
    }

    /// The files of the card's chip, all but EF.SOD.
    ///
    /// - Parameters:
    ///   - face: nil on the card of a child under six, of whom no portrait is taken; there is no DG2 then.
    ///   - fingers: nil where none was taken as a picture; there is no DG3 then.
    ///   - chipKey: the public key of this one chip.
    ///   - curve: on which the chip agrees on keys with a terminal.
    package func files(
        face: FaceFile?, fingers: FingerFile? = nil, chipKey: ECPublicKey, paceOn curve: Curve = .p256
    ) throws(MRZRefusal) -> [ChipFile: [UInt8]] {
        let groups: [ChipFile] =
            [.dg1] + (face == nil ? [] : [.dg2]) + (fingers == nil ? [] : [.dg3]) + [.dg13, .dg14, .dg15]
        var files: [ChipFile: [UInt8]] = [
            .cardAccess: SecurityInfos.pace(on: curve).cardAccess,
            .com: ContentsFile(files: groups).bytes,
            .dg1: ZoneFile(zone: try zone()).bytes,
            .dg13: national.bytes,
            .dg14: SecurityInfos.card(chipKey: chipKey, paceOn: curve).dataGroup14,
            .dg15: ActiveKeyFile(key: chipKey).bytes,
        ]
        files[.dg2] = face?.bytes
        files[.dg3] = fingers?.bytes
        return files
    }
}

/// Thời hạn thẻ: until when a card holds that is issued on a day (Luật 26/2023/QH15, Điều 21).
package enum CardExpiry {
    /// The milestones of the law that has been in force since 1 July 2024.
    package static let milestones = [14, 25, 40, 60]

    /// The birthday of the next milestone, or of the one after it when a milestone is less than two years away; nil
    /// when no milestone is left.
    ///
    /// Of a partial birth its last possible day counts. Who was born on 29 February has the milestone on the 28th of a
    /// year without one; no text that settles this is known.
    package static func day(
        born birth: PartialDate, issued: CalendarDate, milestones: [Int] = CardExpiry.milestones
    ) -> CalendarDate? {
        let born = birth.latest
        func birthday(_ age: Int) -> CalendarDate? {
            let year = born.year + age
            return CalendarDate(
                year: year, month: born.month, day: min(born.day, CalendarDate.days(in: born.month, of: year)))
        }
        let twoYearsOn = CalendarDate(
            year: issued.year + 2, month: issued.month,
            day: min(issued.day, CalendarDate.days(in: issued.month, of: issued.year + 2)))
        guard let twoYearsOn else { return nil }
        return milestones.compactMap(birthday).first { $0 > twoYearsOn }
    }
}
