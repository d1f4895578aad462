import Civil

// The words of the field as canonical JSON: each is one text.

extension Sex: CanonicalJSONValue {}
extension MaritalStatus: CanonicalJSONValue {}
extension BloodGroup: CanonicalJSONValue {}
extension RelationToHead: CanonicalJSONValue {}
extension UnitSet: CanonicalJSONValue {}
extension FindingCode: CanonicalJSONValue {}

extension PartialDate: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.text(canonical) }
}

extension Coded: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.text(canonical) }
}

extension Handle: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.text(text) }
}

extension UnitCode: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("code", code)
            json.member("set", set)
        }
    }
}

extension Address: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("detail", detail)
            json.member("unit", unit)
            json.member("written", written)
        }
    }
}

// The contents of acts that an import writes; the others go through `JSONEncoder`.

extension PersonReference: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("name", name)
            json.member("number", number)
            json.member("person", person)
        }
    }
}

extension PersonDetails: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("birth", birth)
            json.member("birthPlace", birthPlace)
            json.member("birthRegistrationPlace", birthRegistrationPlace)
            json.member("bloodGroup", bloodGroup)
            json.member("email", email)
            json.member("ethnicity", ethnicity)
            json.member("maritalStatus", maritalStatus)
            json.member("name", name)
            json.member("nationality", nationality)
            json.member("oldNumber", oldNumber)
            json.member("origin", origin)
            json.member("otherName", otherName)
            json.member("phone", phone)
            json.member("religion", religion)
            json.member("residenceFileNumber", residenceFileNumber)
            json.member("sex", sex)
        }
    }
}

extension SheetFinding: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("candidates", candidates)
            json.member("code", code)
            json.member("field", field)
            json.member("other", other)
        }
    }
}

extension SheetSource: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("bytes", bytes)
            json.member("findings", findings)
            json.member("id", id)
            json.member("row", row)
            json.member("written", written)
        }
    }
}

extension Collected: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("current", current)
            json.member("dead", dead)
            json.member("details", details)
            json.member("died", died)
            json.member("father", father)
            json.member("handle", handle)
            json.member("household", household)
            json.member("mother", mother)
            json.member("numberTaken", numberTaken)
            json.member("permanent", permanent)
            json.member("person", person)
            json.member("relation", relation)
            json.member("sheet", sheet)
            json.member("spouse", spouse)
            json.member("statedNumber", statedNumber)
        }
    }
}

extension HeldSheet: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("birthYear", birthYear)
            json.member("current", current)
            json.member("details", details)
            json.member("father", father)
            json.member("householdCode", householdCode)
            json.member("mother", mother)
            json.member("number", number)
            json.member("permanent", permanent)
            json.member("relation", relation)
            json.member("sheet", sheet)
            json.member("spouse", spouse)
        }
    }
}

extension HouseholdMember: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("person", person)
            json.member("relation", relation)
        }
    }
}

extension HouseholdFormation: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("address", address)
            json.member("code", code)
            json.member("handle", handle)
            json.member("head", head)
            json.member("household", household)
            json.member("members", members)
            json.member("splitFrom", splitFrom)
        }
    }
}
