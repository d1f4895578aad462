import Civil

// The states of persons and households back from their rows.

extension PersonState.Life.Status: CanonicalJSONReadable {}

extension PersonState.Life: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let since: PartialDate? = try json.member("since")
            let status: PersonState.Life.Status = try json.required("status")
            return PersonState.Life(status: status, since: since)
        }
    }
}

extension PersonState.Residence: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let address: Address = try json.required("address")
            let since: PartialDate? = try json.member("since")
            let until: PartialDate? = try json.member("until")
            return PersonState.Residence(address: address, since: since, until: until)
        }
    }
}

extension PersonState.Absence: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let reason: String = try json.required("reason")
            let since: PartialDate? = try json.member("since")
            let until: PartialDate? = try json.member("until")
            return PersonState.Absence(reason: reason, since: since, until: until)
        }
    }
}

extension PersonState.Membership: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let household: Int64 = try json.required("household")
            let relation: RelationToHead? = try json.member("relation")
            let since: PartialDate? = try json.member("since")
            return PersonState.Membership(household: household, relation: relation, since: since)
        }
    }
}

extension PersonState.CancelledNumber: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let ground: CancellationGround? = try json.member("ground")
            let number: String = try json.required("number")
            return PersonState.CancelledNumber(number: number, ground: ground)
        }
    }
}

extension HouseholdState.Member: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let person: Int64 = try json.required("person")
            let relation: RelationToHead? = try json.member("relation")
            let since: PartialDate? = try json.member("since")
            return HouseholdState.Member(person: person, relation: relation, since: since)
        }
    }
}

extension Verification: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            var verification = Verification()
            verification.fields = try json.required("fields")
            verification.last = try json.member("last")
            return verification
        }
    }
}

extension PersonState.Contradiction: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let act: Int64 = try json.required("act")
            let notedBy: Int64 = try json.required("notedBy")
            return PersonState.Contradiction(act: act, rule: try json.required("rule"), notedBy: notedBy)
        }
    }
}

extension PersonState: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            var state = PersonState(person: 0)
            state.absence = try json.member("absence")
            state.adoptiveParents = try json.member("adoptiveParents") ?? []
            state.cancelledNumbers = try json.member("cancelledNumbers") ?? []
            state.children = try json.member("children") ?? []
            state.contradictions = try json.member("contradictions")
            state.currentResidence = try json.member("currentResidence")
            state.details = try json.required("details")
            state.father = try json.member("father")
            state.guardian = try json.member("guardian")
            state.household = try json.member("household")
            state.life = try json.required("life")
            state.mergedFrom = try json.member("mergedFrom") ?? []
            state.mergedInto = try json.member("mergedInto")
            state.mother = try json.member("mother")
            state.number = try json.member("number")
            state.permanentResidence = try json.member("permanentResidence")
            state.person = try json.required("person")
            state.recognisedParents = try json.member("recognisedParents")
            state.setAside = try json.member("setAside")
            state.sheet = try json.member("sheet")
            state.spouse = try json.member("spouse")
            state.stay = try json.member("stay")
            state.temporaryResidence = try json.member("temporaryResidence")
            state.verification = try json.member("verification")
            state.version = try json.required("version")
            state.wards = try json.member("wards") ?? []
            return state
        }
    }
}

extension HouseholdState: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            var state = HouseholdState(household: 0)
            state.address = try json.member("address")
            state.code = try json.member("code")
            state.head = try json.member("head")
            state.household = try json.required("household")
            state.members = try json.member("members") ?? []
            state.splitFrom = try json.member("splitFrom")
            state.undone = try json.member("undone")
            state.version = try json.required("version")
            return state
        }
    }
}
