import Civil

// The words of the field back from canonical JSON: each is one text.

extension Sex: CanonicalJSONReadable {}
extension MaritalStatus: CanonicalJSONReadable {}
extension BloodGroup: CanonicalJSONReadable {}
extension RelationToHead: CanonicalJSONReadable {}
extension FindingCode: CanonicalJSONReadable {}
extension CancellationGround: CanonicalJSONReadable {}
extension DeletionGround: CanonicalJSONReadable {}
extension SheetVerdict: CanonicalJSONReadable {}
extension RelativeRole: CanonicalJSONReadable {}
extension ResidenceConsent: CanonicalJSONReadable {}
extension PartialDate: CanonicalJSONReadable {}
extension Coded: CanonicalJSONReadable {}

extension UnitSet: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self.init(rawValue: try json.text())
    }
}

extension Handle: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        guard let handle = Handle(parsing: try json.text()) else { throw .init(offset: -1) }
        self = handle
    }
}

extension UnitCode: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let code: String = try json.required("code")
            return UnitCode(code, try json.required("set"))
        }
    }
}

extension Address: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let detail: String = try json.required("detail")
            let unit: UnitCode? = try json.member("unit")
            let written: String = try json.required("written")
            return Address(unit: unit, detail: detail, written: written)
        }
    }
}

extension PersonReference: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let name: String? = try json.member("name")
            let number: String? = try json.member("number")
            let person: Int64? = try json.member("person")
            return PersonReference(person: person, name: name, number: number)
        }
    }
}

extension PersonDetails: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            var details = PersonDetails()
            details.birth = try json.member("birth")
            details.birthPlace = try json.member("birthPlace")
            details.birthRegistrationPlace = try json.member("birthRegistrationPlace")
            details.bloodGroup = try json.member("bloodGroup")
            details.email = try json.member("email")
            details.ethnicity = try json.member("ethnicity")
            details.maritalStatus = try json.member("maritalStatus")
            details.name = try json.member("name")
            details.nationality = try json.member("nationality")
            details.oldNumber = try json.member("oldNumber")
            details.origin = try json.member("origin")
            details.otherName = try json.member("otherName")
            details.phone = try json.member("phone")
            details.religion = try json.member("religion")
            details.residenceFileNumber = try json.member("residenceFileNumber")
            details.sex = try json.member("sex")
            return details
        }
    }
}
