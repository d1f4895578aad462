import Civil

/// Chuẩn hóa phiếu: from what was written to the standard form, field by field, with a finding for each trouble.
///
/// Nothing that was written is changed: the record is kept beside the standard form, letter by letter.
struct SheetStandardiser {
    private let columns: [SheetColumn: Int]
    private let demonstration: Bool
    private let units: UnitDirectory
    private let resolver: UnitResolver
    private let spellings: NameSpellings
    private var cache = ResolverCache()

    /// A field of a form sheet holds a line, not a page.
    static let maximumField = 1_000
    /// The day for which addresses are read when the sheet has no date: the middle of the collection of 2020.
    private static let defaultDay = CalendarDate(daysSinceEpoch: 18_520)

    /// - Parameter spellings: How the names of the file are spelt that the sheets are of; none for a single sheet.
    init(
        columns: [SheetColumn: Int], units: UnitDirectory, demonstration: Bool,
        spellings: NameSpellings = NameSpellings()
    ) {
        self.columns = columns
        self.spellings = spellings
        self.demonstration = demonstration
        self.units = units
        resolver = UnitResolver(directory: units)
    }

    mutating func standardise(_ fields: [String], into sheet: inout StandardSheet) {
        for (column, index) in columns where index < fields.count {
            if fields[index].utf8.count > SheetStandardiser.maximumField { sheet.found(.fieldTooLong, column) }
        }
        let columns = columns
        func text(_ column: SheetColumn) -> String {
            guard let index = columns[column], index < fields.count,
                fields[index].utf8.count <= SheetStandardiser.maximumField
            else { return "" }
            return SheetStandardiser.trimmed(SheetStandardiser.visible(fields[index]))
        }
        if let row = Int(text(.row)), row > 0 { sheet.row = row }
        collectionDate(text(.collected), into: &sheet)
        let day = sheet.collected ?? SheetStandardiser.defaultDay
        name(text(.name), into: &sheet)
        birth(text(.birth), notAfter: day, into: &sheet)
        sex(text(.sex), into: &sheet)
        household(code: text(.household), relation: text(.relation), into: &sheet)
        sexOfRelation(into: &sheet)
        codes(text, on: day, into: &sheet)
        oldNumber(text(.oldNumber), into: &sheet)
        sheet.permanent = address(text(.permanent), .permanent, on: day, into: &sheet)
        sheet.current = address(text(.current), .current, on: day, into: &sheet)
        sheet.details.birthRegistrationPlace = place(
            text(.birthRegistration), .birthRegistration, on: day, into: &sheet)
        sheet.details.origin = place(text(.origin), .origin, on: day, into: &sheet)
        sheet.father = reference(.fatherName, .fatherNumber, text, into: &sheet)
        sheet.mother = reference(.motherName, .motherNumber, text, into: &sheet)
        sheet.spouse = reference(.spouseName, .spouseNumber, text, into: &sheet)
        phone(text(.phone), into: &sheet)
        note(text(.note), into: &sheet)
        number(text(.number), into: &sheet)
    }

    /// The field without signs that nobody sees and no officer could mend: zero-width spaces and joiners, soft hyphens.
    private static func visible(_ field: String) -> String {
        func isInvisible(_ value: UInt32) -> Bool {
            (0x200B...0x200F).contains(value) || value == 0x2060 || value == 0xFEFF || value == 0xAD
        }
        guard field.unicodeScalars.contains(where: { isInvisible($0.value) }) else { return field }
        return String(String.UnicodeScalarView(field.unicodeScalars.filter { !isInvisible($0.value) }))
    }

    private static func trimmed(_ field: String) -> String {
        guard let first = field.utf8.first, let last = field.utf8.last, first <= 32 || last <= 32 || last == 0xA0 else {
            return field
        }
        let body = field.drop { $0.isWhitespace }
        guard let end = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(body[...end])
    }

    // MARK: The person

    /// Whoever would be older, in years, was surely written down wrongly, or died long ago.
    private static let oldest = 120

    private func collectionDate(_ text: String, into sheet: inout StandardSheet) {
        guard let date = try? PartialDate.parse(written: text, notAfter: nil), let day = date.exact else {
            sheet.found(.collectionDateMissing, .collected)
            return
        }
        sheet.collected = day
    }

    private func name(_ text: String, into sheet: inout StandardSheet) {
        if MissingName.isWritten(in: text) { return sheet.found(.missingName, .name) }
        do {
            let unkeyed = spellings.unkeyed(text)
            let name = try PersonName(parsing: unkeyed ?? text)
            sheet.name = name
            if unkeyed != nil { sheet.found(.marksAsKeys, .name, candidates: [name.standard]) }
            sheet.details.name = name.standard
            if name.looksUnmarked {
                let restored = spellings.restored(name)
                sheet.details.name = restored ?? name.standard
                sheet.found(.noDiacritics, .name, candidates: restored.map { [$0] })
            }
        } catch {
            sheet.found(error == .missing ? .missingName : .unreadableName, .name)
        }
    }

    /// The day of collection is the batch's rather than the sheet's: a birth later in the same year is marked, one in a
    /// later year lies in the future.
    private func birth(_ text: String, notAfter day: CalendarDate, into sheet: inout StandardSheet) {
        do {
            let endOfYear = CalendarDate(year: day.year, month: 12, day: 31)
            let birth = try PartialDate.parse(written: text, notAfter: endOfYear)
            if birth.earliest > day { sheet.found(.bornAfterCollection, .birth) }
            sheet.details.birth = birth
            sheet.birthYear = birth.year
            if CalendarDate.years(from: birth.latest, to: day) > SheetStandardiser.oldest {
                sheet.found(.veryOld, .birth)
            }
            switch birth.precision {
            case .year: sheet.found(.yearOnly, .birth)
            case .month: sheet.found(.noDay, .birth)
            case .day: break
            }
        } catch {
            switch error {
            case .empty: sheet.found(.missingDateOfBirth, .birth)
            case .impossible(let year):
                sheet.found(.impossibleDate, .birth)
                sheet.birthYear = year
            case .future: sheet.found(.futureDate, .birth)
            case .ambiguousYear, .unreadable: sheet.found(.unreadableDate, .birth)
            }
        }
    }

    private func sex(_ text: String, into sheet: inout StandardSheet) {
        do {
            sheet.details.sex = try Sex.parse(text)
        } catch {
            sheet.found(error == .missing ? .missingSex : .unknownSex, .sex)
        }
    }

    /// A sheet that leaves the sex open and says "Vợ" says it all the same (`docs/decisions/0037`).
    private func sexOfRelation(into sheet: inout StandardSheet) {
        guard let finding = sheet.findings.firstIndex(where: { $0.code == .missingSex }),
            let implied = sheet.relation?.impliedSex
        else { return }
        sheet.details.sex = implied
        sheet.findings[finding].candidates = [implied.rawValue]
    }

    private func household(code: String, relation: String, into sheet: inout StandardSheet) {
        if code.isEmpty { sheet.found(.householdMissing, .household) } else { sheet.householdCode = code }
        guard !relation.isEmpty else {
            sheet.relationMissing = true
            return
        }
        do {
            let parsed = try RelationToHead.parse(relation)
            sheet.relation = parsed
            sheet.claimsHead = parsed == .head
        } catch {
            sheet.found(.unknownCode, .relation)
        }
    }

    /// The fields with code lists: a word that is in no list is a finding, an empty field is not.
    private func codes(_ text: (SheetColumn) -> String, on day: CalendarDate, into sheet: inout StandardSheet) {
        func coded<Value>(_ column: SheetColumn, _ parse: (String) throws(CodeRefusal) -> Value) -> Value? {
            let written = text(column)
            guard !written.isEmpty else { return nil }
            do {
                return try parse(written)
            } catch {
                // Signs alone (`???`) have no key and count as missing in the list, but something was written.
                let isKeyless = Folding.compactKey(written).isEmpty && !Folding.isBlank(written)
                if case .unknown = error { sheet.found(.unknownCode, column) }
                if isKeyless { sheet.found(.unknownCode, column) }
                return nil
            }
        }
        sheet.details.maritalStatus = coded(.maritalStatus) { value throws(CodeRefusal) in
            try MaritalStatus.parse(value)
        }
        sheet.details.bloodGroup = coded(.bloodGroup) { value throws(CodeRefusal) in try BloodGroup.parse(value) }
        sheet.details.ethnicity = coded(.ethnicity) { value throws(CodeRefusal) in
            try Ethnicity.parse(value, on: day)
        }
        sheet.details.religion = coded(.religion) { value throws(CodeRefusal) in try Religion.parse(value, on: day) }
        sheet.details.nationality = coded(.nationality) { value throws(CodeRefusal) in try Nationality.parse(value) }
    }

    private func oldNumber(_ text: String, into sheet: inout StandardSheet) {
        guard !text.isEmpty else { return }
        guard let number = try? OldIdentityNumber(parsing: text) else {
            sheet.found(.oldNumberMalformed, .oldNumber)
            return
        }
        sheet.details.oldNumber = number.digits
    }

    private func number(_ text: String, into sheet: inout StandardSheet) {
        guard !text.isEmpty else { return }
        guard let number = try? PersonalIdentificationNumber(parsing: text) else {
            sheet.found(.numberMalformed, .number)
            return
        }
        sheet.number = number
        sheet.numberFits = true
        for finding in number.plausibility(sex: sheet.details.sex, birth: sheet.details.birth) {
            switch finding {
            case .sexMismatch: sheet.found(.numberSexMismatch, .number)
            case .yearMismatch: sheet.found(.numberYearMismatch, .number)
            case .testPrefix, .unknownPrefix: break
            }
            switch finding {
            case .sexMismatch, .yearMismatch: sheet.numberFits = false
            case .testPrefix, .unknownPrefix: break
            }
        }
        if demonstration, !number.isTest {
            sheet.found(.numberNotTestPrefix, .number)
            sheet.numberFits = false
        } else if !demonstration, number.isTest {
            sheet.found(.numberTestPrefix, .number)
            sheet.numberFits = false
        }
    }

    private func phone(_ text: String, into sheet: inout StandardSheet) {
        guard !text.isEmpty else { return }
        guard let phone = WrittenValue.phone(text) else {
            sheet.found(.phoneMalformed, .phone)
            return
        }
        sheet.details.phone = phone
    }

    /// "Đã chết năm 2019", "từ trần 12/03/2018", "mất năm 2015", "đã mất": the person has died, with the date if one
    /// stands there.
    ///
    /// A note that speaks of a death in other words ("vợ đã chết", "chưa chết") makes nobody dead.
    private func note(_ text: String, into sheet: inout StandardSheet) {
        switch DeathNote(text) {
        case nil: return
        case .ofSomebody:
            sheet.found(.deathMentioned, .note)
            return
        case .ofThePerson: break
        }
        sheet.dead = true
        sheet.found(.dead, .note)
        let collected = sheet.collected
        sheet.died =
            text.split(separator: " ").lazy
            .compactMap { try? PartialDate.parse(written: String($0), notAfter: collected) }.first
    }

    /// A relative as written; what is no name, and a number that is none, are not taken.
    private func reference(
        _ nameColumn: SheetColumn, _ numberColumn: SheetColumn, _ text: (SheetColumn) -> String,
        into sheet: inout StandardSheet
    ) -> PersonReference? {
        let name = MissingName.isWritten(in: text(nameColumn)) ? "" : text(nameColumn)
        let number = text(numberColumn)
        // A name with a remark behind it ("Lê Văn An (đã chết)") still tells who is meant.
        let isName = (try? PersonName(parsing: String(name.prefix { $0 != "(" }))) != nil
        let standard = isName ? (try? PersonName(parsing: name))?.standard ?? name : nil
        let digits = (try? PersonalIdentificationNumber(parsing: number))?.digits
        if !isName, !Folding.isBlank(name) { sheet.found(.relativeUnreadable, nameColumn) }
        if digits == nil, !Folding.isBlank(number) { sheet.found(.relativeUnreadable, numberColumn) }
        guard standard != nil || digits != nil else { return nil }
        return PersonReference(name: standard, number: digits)
    }

    // MARK: Addresses

    private mutating func address(
        _ text: String, _ column: SheetColumn, on day: CalendarDate, into sheet: inout StandardSheet
    ) -> Address? {
        if text.isEmpty {
            sheet.found(.addressMissing, column)
            return nil
        }
        let address = place(text, column, on: day, into: &sheet)
        // Somebody lives in a commune: a district or province alone is not where.
        if let unit = address?.unit, !units.isLowest(unit) { sheet.found(.addressUnresolved, column) }
        return address
    }

    /// A place that may be missing.
    ///
    /// One that is not certain keeps its text and gets a finding, never a guessed unit.
    private mutating func place(
        _ text: String, _ column: SheetColumn, on day: CalendarDate, into sheet: inout StandardSheet
    ) -> Address? {
        guard !text.isEmpty else { return nil }
        guard let address = try? Address(parsing: text) else {
            sheet.found(.addressUnresolved, column)
            return nil
        }
        switch resolver.resolve(address.written, on: day, cache: &cache) {
        case .unit(let unit, let detail):
            return address.resolved(to: unit.code, detail: detail)
        case .candidates(let candidates, _):
            let codes = candidates.prefix(10).map { $0.unit.code.code }
            sheet.found(.addressAmbiguous, column, candidates: codes)
        case .nothing:
            sheet.found(.addressUnresolved, column)
        }
        return address
    }
}
