import Access
import Civil

extension PersonDetails.Field {
    /// The group that is shown or hidden with the field.
    package var group: FieldGroup {
        switch self {
        case .name, .otherName, .sex, .nationality: .identity
        case .birth, .birthRegistrationPlace, .birthPlace: .birth
        case .origin: .origin
        case .ethnicity: .ethnicity
        case .religion: .religion
        case .maritalStatus: .family
        case .bloodGroup: .biometrics
        case .oldNumber: .numbers
        case .phone, .email: .contact
        case .residenceFileNumber: .residence
        }
    }
}

extension PersonState {
    /// The fields of a record, each stored property once; a test holds them against the record itself.
    package enum Field: String, CaseIterable, Hashable, Sendable {
        case person, version, details, life, permanentResidence, temporaryResidence, currentResidence, stay, absence
        case household, father, mother, spouse, recognisedParents, adoptiveParents, children, guardian, wards
        case number, cancelledNumbers, mergedInto, mergedFrom, setAside, contradictions, sheet, verification

        /// The group that is shown or hidden with the field.
        ///
        /// Nil for the key and version, which tell nothing of a person, and for details, whose fields have groups of
        /// their own.
        package var group: FieldGroup? {
            switch self {
            case .person, .version, .details: nil
            case .life: .life
            case .permanentResidence, .temporaryResidence, .currentResidence, .stay, .absence: .residence
            case .household: .household
            case .father, .mother, .spouse, .recognisedParents, .adoptiveParents, .children, .guardian, .wards:
                .family
            case .number, .cancelledNumbers: .numbers
            case .mergedInto, .mergedFrom, .setAside, .contradictions, .sheet, .verification: .record
            }
        }
    }

    /// The record with the fields of those groups alone; the others are as if nobody had stated them.
    package func showing(_ groups: FieldGroups) -> PersonState {
        if groups == .all { return self }
        var shown = self
        shown.details = details.showing(groups)
        for field in Field.allCases {
            if let group = field.group, !groups.contains(group) { shown.clear(field) }
        }
        let told = shown.contradictions?.filter { groups.contains(Refusal(code: $0.rule)?.group ?? .record) } ?? []
        shown.contradictions = told.isEmpty ? nil : told
        return shown
    }

    private mutating func clear(_ field: Field) {
        switch field {
        case .person, .version, .details: break
        case .life: life = Life(status: .living)  // shown to every role that sees anybody; a test says so
        case .permanentResidence: permanentResidence = nil
        case .temporaryResidence: temporaryResidence = nil
        case .currentResidence: currentResidence = nil
        case .stay: stay = nil
        case .absence: absence = nil
        case .household: household = nil
        case .father: father = nil
        case .mother: mother = nil
        case .spouse: spouse = nil
        case .recognisedParents: recognisedParents = nil
        case .adoptiveParents: adoptiveParents = []
        case .children: children = []
        case .guardian: guardian = nil
        case .wards: wards = []
        case .number: number = nil
        case .cancelledNumbers: cancelledNumbers = []
        case .mergedInto: mergedInto = nil
        case .mergedFrom: mergedFrom = []
        case .setAside: setAside = nil
        case .contradictions: contradictions = nil
        case .sheet: sheet = nil
        case .verification: verification = nil
        }
    }

    /// Where the person lives or is registered on a day: what an office's jurisdiction is held against.
    ///
    /// Who lives nowhere yet, as a newborn does until the residence is registered, is of the place where the birth was
    /// registered.
    func places(on day: CalendarDate) -> [UnitCode] {
        let there = lasting(on: day)
        let residences = [there.permanentResidence, there.temporaryResidence, there.currentResidence, there.stay]
            .compactMap { $0?.address.unit }
        return residences.isEmpty ? [details.birthRegistrationPlace?.unit].compactMap { $0 } : residences
    }

    /// The record without what was for a time that is over on that day: temporary residence, stay, absence.
    package func lasting(on day: CalendarDate) -> PersonState {
        func isOver(_ until: PartialDate?) -> Bool { until.map { $0.latest < day } ?? false }
        var state = self
        if isOver(temporaryResidence?.until) { state.temporaryResidence = nil }
        if isOver(stay?.until) { state.stay = nil }
        if isOver(absence?.until) { state.absence = nil }
        return state
    }

    /// The fields that an answer with this record shows, for the log of looks.
    func shownFields(_ groups: FieldGroups) -> [String] {
        var fields = details.stated.map(\.rawValue)
        if permanentResidence != nil { fields.append("permanentResidence") }
        if temporaryResidence != nil { fields.append("temporaryResidence") }
        if currentResidence != nil { fields.append("currentResidence") }
        if stay != nil { fields.append("stay") }
        if absence != nil { fields.append("absence") }
        if household != nil { fields.append("household") }
        let parents = (recognisedParents ?? []) + adoptiveParents
        let relatives = [father, mother, spouse, guardian].compactMap { $0 } + parents + children + wards
        if !relatives.isEmpty { fields.append("family") }
        if number != nil || !cancelledNumbers.isEmpty { fields.append("number") }
        if groups.contains(.life) { fields.append("life") }
        return fields
    }
}

extension PersonDetails {
    /// The details of those groups alone.
    package func showing(_ groups: FieldGroups) -> PersonDetails {
        if groups == .all { return self }
        var shown = PersonDetails()
        shown.apply(self, only: stated.filter { groups.contains($0.group) })
        return shown
    }
}
