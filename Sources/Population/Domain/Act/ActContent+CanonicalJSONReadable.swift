import Civil

// The contents of acts back from canonical JSON: members in the order of their names.

extension SheetFinding: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let candidates: [String]? = try json.member("candidates")
            let code: FindingCode = try json.required("code")
            let field: String? = try json.member("field")
            let other: Int64? = try json.member("other")
            var finding = SheetFinding(code, other: other, candidates: candidates)
            finding.field = field
            return finding
        }
    }
}

extension SheetSource: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let bytes: String? = try json.member("bytes")
            let findings: [SheetFinding] = try json.required("findings")
            let id: Int64 = try json.required("id")
            let row: Int = try json.required("row")
            let written: String = try json.required("written")
            return SheetSource(id: id, row: row, written: written, bytes: bytes, findings: findings)
        }
    }
}

extension Collected: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let current: Address? = try json.member("current")
            let dead: Bool? = try json.member("dead")
            let details: PersonDetails = try json.required("details")
            let died: PartialDate? = try json.member("died")
            let father: PersonReference? = try json.member("father")
            let handle: Handle = try json.required("handle")
            let household: Int64 = try json.required("household")
            let mother: PersonReference? = try json.member("mother")
            let numberTaken: Bool = try json.required("numberTaken")
            let permanent: Address? = try json.member("permanent")
            let person: Int64 = try json.required("person")
            let relation: RelationToHead? = try json.member("relation")
            let sheet: SheetSource = try json.required("sheet")
            let spouse: PersonReference? = try json.member("spouse")
            let statedNumber: String? = try json.member("statedNumber")
            return Collected(
                person: person, handle: handle, details: details, household: household, relation: relation,
                father: father, mother: mother, spouse: spouse, permanent: permanent, current: current,
                statedNumber: statedNumber, numberTaken: numberTaken, dead: dead, died: died, sheet: sheet)
        }
    }
}

extension HeldSheet: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let birthYear: Int? = try json.member("birthYear")
            let current: Address? = try json.member("current")
            let details: PersonDetails = try json.required("details")
            let father: PersonReference? = try json.member("father")
            let householdCode: String? = try json.member("householdCode")
            let mother: PersonReference? = try json.member("mother")
            let number: String? = try json.member("number")
            let permanent: Address? = try json.member("permanent")
            let relation: RelationToHead? = try json.member("relation")
            let sheet: SheetSource = try json.required("sheet")
            let spouse: PersonReference? = try json.member("spouse")
            return HeldSheet(
                details: details, householdCode: householdCode, relation: relation, father: father, mother: mother,
                spouse: spouse, permanent: permanent, current: current, number: number, birthYear: birthYear,
                sheet: sheet)
        }
    }
}

extension SheetDecided: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let corrected: Bool? = try json.member("corrected")
            let person: Int64? = try json.member("person")
            let reason: String = try json.required("reason")
            let sheet: Int64 = try json.required("sheet")
            let verdict: SheetVerdict = try json.required("verdict")
            return SheetDecided(
                sheet: sheet, verdict: verdict, person: person, corrected: corrected, reason: reason)
        }
    }
}

extension BirthRegistration: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let certificate: String? = try json.member("certificate")
            let details: PersonDetails = try json.required("details")
            let father: PersonReference? = try json.member("father")
            let handle: Handle = try json.required("handle")
            let mother: PersonReference? = try json.member("mother")
            let person: Int64 = try json.required("person")
            return BirthRegistration(
                person: person, handle: handle, details: details, father: father, mother: mother,
                certificate: certificate)
        }
    }
}

extension NumberAssignment: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let number: String = try json.required("number")
            return NumberAssignment(number: number)
        }
    }
}

extension NumberCancellation: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let document: String? = try json.member("document")
            let ground: CancellationGround = try json.required("ground")
            let number: String = try json.required("number")
            let requested: Bool = try json.required("requested")
            return NumberCancellation(number: number, ground: ground, requested: requested, document: document)
        }
    }
}

extension NumberReestablishment: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let document: String? = try json.member("document")
            let ground: CancellationGround = try json.required("ground")
            let number: String = try json.required("number")
            let replaces: String = try json.required("replaces")
            let requested: Bool = try json.required("requested")
            return NumberReestablishment(
                number: number, replaces: replaces, ground: ground, requested: requested, document: document)
        }
    }
}

extension DetailsChange: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let details: PersonDetails = try json.required("details")
            return DetailsChange(details: details)
        }
    }
}

extension DetailsCorrection: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let corrects: Int64? = try json.member("corrects")
            let details: PersonDetails = try json.required("details")
            let document: String? = try json.member("document")
            return DetailsCorrection(details: details, corrects: corrects, document: document)
        }
    }
}

extension ResidenceRegistration: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let address: Address = try json.required("address")
            let consents: [ResidenceConsent]? = try json.member("consents")
            let reason: String? = try json.member("reason")
            let until: PartialDate? = try json.member("until")
            return ResidenceRegistration(address: address, until: until, reason: reason, consents: consents)
        }
    }
}

extension ResidenceDeletion: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let ground: DeletionGround = try json.required("ground")
            return ResidenceDeletion(ground: ground)
        }
    }
}

extension AbsenceDeclaration: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let reason: String = try json.required("reason")
            let until: PartialDate? = try json.member("until")
            return AbsenceDeclaration(reason: reason, until: until)
        }
    }
}

extension HouseholdMember: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let person: Int64 = try json.required("person")
            let relation: RelationToHead? = try json.member("relation")
            return HouseholdMember(person: person, relation: relation)
        }
    }
}

extension HouseholdFormation: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let address: Address? = try json.member("address")
            let code: String? = try json.member("code")
            let handle: Handle = try json.required("handle")
            let head: Int64? = try json.member("head")
            let household: Int64 = try json.required("household")
            let members: [HouseholdMember] = try json.required("members")
            let splitFrom: Int64? = try json.member("splitFrom")
            return HouseholdFormation(
                household: household, handle: handle, splitFrom: splitFrom, address: address, code: code, head: head,
                members: members)
        }
    }
}

extension HeadChange: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let head: Int64 = try json.required("head")
            let household: Int64 = try json.required("household")
            let members: [HouseholdMember] = try json.required("members")
            return HeadChange(household: household, head: head, members: members)
        }
    }
}

extension HouseholdJoining: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let household: Int64 = try json.required("household")
            let person: Int64 = try json.required("person")
            let relation: RelationToHead? = try json.member("relation")
            return HouseholdJoining(household: household, person: person, relation: relation)
        }
    }
}

extension HouseholdLeaving: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let household: Int64 = try json.required("household")
            let person: Int64 = try json.required("person")
            return HouseholdLeaving(household: household, person: person)
        }
    }
}

extension Couple: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let certificate: String? = try json.member("certificate")
            let merged: [Int64]? = try json.member("merged")
            let spouses: [PersonReference] = try json.required("spouses")
            return Couple(spouses: spouses, certificate: certificate, merged: merged)
        }
    }
}

extension Parenthood: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let child: Int64 = try json.required("child")
            let parent: Int64 = try json.required("parent")
            return Parenthood(child: child, parent: parent)
        }
    }
}

extension Adoption: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let child: Int64 = try json.required("child")
            let parents: [PersonReference] = try json.required("parents")
            return Adoption(child: child, parents: parents)
        }
    }
}

extension Guardianship: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let guardian: PersonReference = try json.required("guardian")
            let ward: Int64 = try json.required("ward")
            return Guardianship(ward: ward, guardian: guardian)
        }
    }
}

extension NationalityChange: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let nationality: Coded = try json.required("nationality")
            return NationalityChange(nationality: nationality)
        }
    }
}

extension CivilRecord: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let certificate: String? = try json.member("certificate")
            let note: String? = try json.member("note")
            return CivilRecord(certificate: certificate, note: note)
        }
    }
}

extension Merge: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let duplicate: Int64 = try json.required("duplicate")
            let into: Int64 = try json.required("into")
            let number: String? = try json.member("number")
            return Merge(duplicate: duplicate, into: into, number: number, rule: try json.member("rule"))
        }
    }
}

extension Annulment: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let act: Int64 = try json.required("act")
            let reason: String = try json.required("reason")
            return Annulment(act: act, reason: reason)
        }
    }
}

extension NotedFinding: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let act: Int64 = try json.required("act")
            return NotedFinding(act: act, rule: try json.required("rule"))
        }
    }
}

extension EventConfirmation: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let act: Int64 = try json.required("act")
            let certificate: String? = try json.member("certificate")
            return EventConfirmation(act: act, certificate: certificate)
        }
    }
}

extension RelativeLink: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let number: String = try json.required("number")
            let relative: Int64 = try json.required("relative")
            return RelativeLink(relative: relative, role: try json.required("role"), number: number)
        }
    }
}

extension SettingAside: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let reason: String = try json.required("reason")
            return SettingAside(reason: reason)
        }
    }
}

extension BatchReceipt: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let batch: Int64 = try json.required("batch")
            let bytes: Int64 = try json.required("bytes")
            let converter: String = try json.required("converter")
            let digest: String = try json.required("digest")
            let encoding: String = try json.required("encoding")
            let name: String = try json.required("name")
            let rows: Int64 = try json.required("rows")
            return BatchReceipt(
                batch: batch, name: name, digest: digest, bytes: bytes, rows: rows, encoding: encoding,
                converter: converter)
        }
    }
}
