// The states of persons and households as canonical JSON, for their rows of state.

extension CancellationGround: CanonicalJSONValue {}
extension PersonState.Life.Status: CanonicalJSONValue {}

extension PersonState: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("absence", absence)
            json.member("adoptiveParents", adoptiveParents)
            json.member("cancelledNumbers", cancelledNumbers)
            json.member("children", children)
            json.member("contradictions", contradictions)
            json.member("currentResidence", currentResidence)
            json.member("details", details)
            json.member("father", father)
            json.member("guardian", guardian)
            json.member("household", household)
            json.member("life", life)
            json.member("mergedFrom", mergedFrom)
            json.member("mergedInto", mergedInto)
            json.member("mother", mother)
            json.member("number", number)
            json.member("permanentResidence", permanentResidence)
            json.member("person", person)
            json.member("recognisedParents", recognisedParents)
            json.member("setAside", setAside)
            json.member("sheet", sheet)
            json.member("spouse", spouse)
            json.member("stay", stay)
            json.member("temporaryResidence", temporaryResidence)
            json.member("verification", verification)
            json.member("version", version)
            json.member("wards", wards)
        }
    }
}

extension Verification: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("fields", fields)
            json.member("last", last)
        }
    }
}

extension PersonState.Contradiction: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("act", act)
            json.member("notedBy", notedBy)
            json.member("rule", rule)
        }
    }
}

extension PersonState.Life: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("since", since)
            json.member("status", status)
        }
    }
}

extension PersonState.Residence: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("address", address)
            json.member("since", since)
            json.member("until", until)
        }
    }
}

extension PersonState.Absence: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("reason", reason)
            json.member("since", since)
            json.member("until", until)
        }
    }
}

extension PersonState.Membership: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("household", household)
            json.member("relation", relation)
            json.member("since", since)
        }
    }
}

extension PersonState.CancelledNumber: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("ground", ground)
            json.member("number", number)
        }
    }
}

extension HouseholdState: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("address", address)
            json.member("code", code)
            json.member("head", head)
            json.member("household", household)
            json.member("members", members)
            json.member("splitFrom", splitFrom)
            json.member("undone", undone)
            json.member("version", version)
        }
    }
}

extension HouseholdState.Member: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("person", person)
            json.member("relation", relation)
            json.member("since", since)
        }
    }
}
