import Access
import Civil
import Population

/// Bản ghi công dân, as programs read it; the names are stable.
package enum PersonJSON {
    /// The record of an answer; persons and households are named by their handles alone.
    package static func person(_ answer: PersonAnswer, asOf: AsOf, in register: PopulationRegister) -> JSONValue {
        let state = answer.state
        let units = register.units
        var object = details(state.details, units)
        object.add(places(state, units))
        object.add(family(answer))
        object.add(CommonJSON.asOf(asOf))
        object["handle"] = .string(answer.handle)
        object["number"] = CommonJSON.text(state.number)
        object["cancelled_numbers"] = .array(
            state.cancelledNumbers.map {
                .object(["number": .string($0.number), "ground": .string($0.ground.rawValue)])
            })
        object["life"] = .object([
            "status": .string(state.life.status.rawValue), "since": CommonJSON.date(state.life.since),
        ])
        object["merged_into"] = CommonJSON.text(state.mergedInto.flatMap { answer.persons[$0] })
        object["merged_from"] = .array(state.mergedFrom.compactMap { answer.persons[$0] }.map { .string($0) })
        object["masked"] = groups(answer.allowance.masked)
        object["withheld"] = groups(answer.allowance.withheld)
        object["set_aside"] = CommonJSON.text(state.setAside)
        object["version"] = .integer(state.version)
        object["demonstration"] = .bool(register.kind == .demonstration)
        // Numbers of entries need more digits than a JSON number keeps.
        object["receipt"] = .string(String(answer.receipt))
        return .object(object)
    }

    private static func groups(_ groups: FieldGroups) -> JSONValue {
        .array(groups.groups.map { .string($0.rawValue) })
    }

    /// What is stated of a person alone; every field is there, null when nobody stated it.
    package static func details(_ details: PersonDetails, _ units: UnitDirectory) -> JSONMembers {
        [
            "name": CommonJSON.text(details.name), "other_name": CommonJSON.text(details.otherName),
            "date_of_birth": CommonJSON.date(details.birth), "sex": CommonJSON.sex(details.sex),
            "birth_registration_place": CommonJSON.address(details.birthRegistrationPlace, units),
            "birth_place": CommonJSON.address(details.birthPlace, units),
            "origin": CommonJSON.address(details.origin, units), "ethnicity": CommonJSON.coded(details.ethnicity),
            "religion": CommonJSON.coded(details.religion), "nationality": CommonJSON.coded(details.nationality),
            "marital_status": CommonJSON.maritalStatus(details.maritalStatus),
            "blood_group": CommonJSON.text(details.bloodGroup?.rawValue),
            "old_number": CommonJSON.text(details.oldNumber), "phone": CommonJSON.text(details.phone),
            "email": CommonJSON.text(details.email),
        ]
    }

    private static func places(_ state: PersonState, _ units: UnitDirectory) -> JSONMembers {
        [
            "permanent_residence": residence(state.permanentResidence, units),
            "temporary_residence": residence(state.temporaryResidence, units),
            "current_residence": residence(state.currentResidence, units), "stay": residence(state.stay, units),
            "absence": state.absence.map {
                .object([
                    "reason": .string($0.reason), "since": CommonJSON.date($0.since),
                    "until": CommonJSON.date($0.until),
                ])
            } ?? .null,
        ]
    }

    private static func residence(_ residence: PersonState.Residence?, _ units: UnitDirectory) -> JSONValue {
        guard let residence else { return .null }
        return .object([
            "address": CommonJSON.address(residence.address, units), "since": CommonJSON.date(residence.since),
            "until": CommonJSON.date(residence.until),
        ])
    }

    private static func family(_ answer: PersonAnswer) -> JSONMembers {
        let state = answer.state
        func reference(_ person: PersonReference?) -> JSONValue { CommonJSON.reference(person, answer.persons) }
        let children = Set(answer.children + state.children.compactMap(\.person))
        return [
            "father": reference(state.father), "mother": reference(state.mother), "spouse": reference(state.spouse),
            "adoptive_parents": .array(state.adoptiveParents.map(reference)),
            "guardian": reference(state.guardian), "wards": .array(state.wards.map(reference)),
            "children": .array(children.compactMap { answer.persons[$0] }.sorted().map { .string($0) }),
            "household": state.household.map {
                .object([
                    "handle": CommonJSON.text(answer.households[$0.household]),
                    "relation": CommonJSON.relation($0.relation), "since": CommonJSON.date($0.since),
                ])
            } ?? .null,
        ]
    }
}
