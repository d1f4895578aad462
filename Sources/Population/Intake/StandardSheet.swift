import Access
import Civil

/// One sheet in its standard form, with what was found in it; what was written stays beside it.
struct StandardSheet: Sendable {
    /// The record's place in the file, from 1.
    var place: Int
    /// The number that the form gives the row (stt); the place where it gives none.
    var row: Int
    /// The household, in the order of the file.
    var group: UInt32
    var householdCode: String?
    var details = PersonDetails()
    var name: PersonName?
    var relation: RelationToHead?
    var claimsHead = false
    var relationMissing = false
    var father: PersonReference?
    var mother: PersonReference?
    var spouse: PersonReference?
    var permanent: Address?
    var current: Address?
    var number: PersonalIdentificationNumber?
    /// Whether the number can be taken over as the person's number.
    var numberFits = false
    var dead = false
    var died: PartialDate?
    var birthYear: Int?
    var collected: CalendarDate?
    var findings: [SheetFinding] = []
    var written: String
    /// The record's bytes in base64, where `written` does not hold them.
    var bytes: String?

    init(place: Int, group: UInt32, written: String) {
        self.place = place
        row = place
        self.group = group
        self.written = written
    }

    var facts: IdentityFacts {
        IdentityFacts(
            name: name, birth: details.birth, birthYear: birthYear, sex: details.sex, number: number?.digits,
            oldNumber: details.oldNumber, permanent: permanent?.unit, current: current?.unit, father: father?.name,
            mother: mother?.name, birthPlace: details.unitOfBirth)
    }

    /// Ngoài địa bàn: an office of some places takes sheets of people who live or are registered there, and of those
    /// whose places nobody could read.
    mutating func hold(outside jurisdiction: Jurisdiction) {
        let places = [permanent?.unit, current?.unit].compactMap { $0 }
        if !places.isEmpty, !jurisdiction.reaches(places) { found(.outsideOffice, .permanent) }
    }

    /// The sheet as it is kept of a row that became nobody yet.
    /// - Parameter takesNumber: false where the number it states cannot be taken over.
    func held(_ source: SheetSource, takesNumber: Bool = true) -> HeldSheet {
        HeldSheet(
            details: details, householdCode: householdCode, relation: relation, father: father, mother: mother,
            spouse: spouse, permanent: permanent, current: current, number: takesNumber ? number?.digits : nil,
            birthYear: birthYear, sheet: source)
    }

    mutating func found(
        _ code: FindingCode, _ field: SheetColumn? = nil, other: Int64? = nil, candidates: [String]? = nil
    ) {
        guard !findings.contains(where: { $0.code == code && $0.field == field?.rawValue && $0.other == other }) else {
            return
        }
        findings.append(SheetFinding(code, field: field, other: other, candidates: candidates))
    }
}

extension StandardSheet {
    /// A sheet whose fields somebody typed, in the order of `SheetColumn`.
    init(typed fields: [String], place: Int = 1, written: String, units: UnitDirectory, demonstration: Bool) {
        self.init(place: place, group: 0, written: written)
        var standardiser = SheetStandardiser(
            columns: Dictionary(uniqueKeysWithValues: SheetColumn.allCases.enumerated().map { ($1, $0) }), units: units,
            demonstration: demonstration)
        standardiser.standardise(fields, into: &self)
    }

    /// A name that nobody has written anew keeps the marks that it was given when the whole file was read.
    mutating func keepName(of held: HeldSheet) {
        let keyed = held.sheet.findings.first { $0.code == .marksAsKeys }
        if let keyed, let taken = held.details.name, let read = try? PersonName(parsing: taken) {
            findings.removeAll { $0.code == .unreadableName || $0.code == .noDiacritics }
            findings.append(keyed)
            (name, details.name) = (read, taken)
            return
        }
        let earlier = held.sheet.findings.first { $0.code == .noDiacritics }
        guard let spelling = held.details.name, let taken = earlier?.candidates,
            let finding = findings.firstIndex(where: { $0.code == .noDiacritics })
        else { return }
        details.name = spelling
        findings[finding].candidates = taken
    }
}
