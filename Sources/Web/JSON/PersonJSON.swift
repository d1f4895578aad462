import Access
import Civil
import Population

/// Bản ghi công dân, as programs read it; the names are stable.
///
/// Members stand here in the order in which they leave, so that nothing has to be sorted.
package enum PersonJSON {
    /// The record of an answer; persons and households are named by their handles alone.
    package static func person(_ answer: PersonAnswer, asOf: AsOf, in register: PopulationRegister) -> JSONValue {
        let state = answer.state
        let units = register.units
        var object: JSONMembers = [
            "cancelled_numbers": .array(
                state.cancelledNumbers.map {
                    .object(["ground": CommonJSON.text($0.ground?.rawValue), "number": .string($0.number)])
                }),
            "demonstration": .bool(register.kind == .demonstration), "handle": .string(answer.handle),
            "life": .object([
                "since": CommonJSON.date(state.life.since), "status": .string(state.life.status.rawValue),
            ]),
            "masked": groups(answer.allowance.masked),
            "merged_from": .array(state.mergedFrom.compactMap { answer.persons[$0] }.map { .string($0) }),
            "merged_into": CommonJSON.text(state.mergedInto.flatMap { answer.persons[$0] }),
            "number": CommonJSON.text(state.number),
            "contradictions": .array((state.contradictions ?? []).map(contradiction)),
            // Numbers of entries need more digits than a JSON number keeps.
            "receipt": .string(String(answer.receipt)), "set_aside": CommonJSON.text(state.setAside),
            "version": .integer(state.version), "withheld": groups(answer.allowance.withheld),
        ]
        object.add(details(state.details, units))
        object.add(places(state, units))
        object.add(family(answer))
        object.add(CommonJSON.asOf(asOf))
        return .object(object)
    }

    private static func contradiction(_ contradiction: PersonState.Contradiction) -> JSONValue {
        let sentence = Refusal(code: contradiction.rule)?.sentence
        return .object([
            "act": .string(String(contradiction.act)), "code": .string(contradiction.rule),
            "noted_by": .string(String(contradiction.notedBy)), "vi": CommonJSON.text(sentence?.vietnamese),
            "en": CommonJSON.text(sentence?.english),
        ])
    }

    private static func groups(_ groups: FieldGroups) -> JSONValue {
        .array(groups.groups.map { .string($0.rawValue) })
    }

    /// What is stated of a person alone; every field is there, null when nobody stated it.
    package static func details(_ details: PersonDetails, _ units: UnitDirectory) -> JSONMembers {
        [
            "birth_place": CommonJSON.address(details.birthPlace, units),
            "birth_registration_place": CommonJSON.address(details.birthRegistrationPlace, units),
            "blood_group": CommonJSON.text(details.bloodGroup?.rawValue),
            "date_of_birth": CommonJSON.date(details.birth), "email": CommonJSON.text(details.email),
            "ethnicity": CommonJSON.coded(details.ethnicity),
            "marital_status": CommonJSON.maritalStatus(details.maritalStatus), "name": CommonJSON.text(details.name),
            "nationality": CommonJSON.coded(details.nationality), "old_number": CommonJSON.text(details.oldNumber),
            "origin": CommonJSON.address(details.origin, units), "other_name": CommonJSON.text(details.otherName),
            "phone": CommonJSON.text(details.phone), "religion": CommonJSON.coded(details.religion),
            "residence_file_number": CommonJSON.text(details.residenceFileNumber),
            "sex": CommonJSON.sex(details.sex),
        ]
    }

    private static func places(_ state: PersonState, _ units: UnitDirectory) -> JSONMembers {
        [
            "absence": state.absence.map {
                .object([
                    "reason": .string($0.reason), "since": CommonJSON.date($0.since),
                    "until": CommonJSON.date($0.until),
                ])
            } ?? .null,
            "current_residence": residence(state.currentResidence, units),
            "permanent_residence": residence(state.permanentResidence, units), "stay": residence(state.stay, units),
            "temporary_residence": residence(state.temporaryResidence, units),
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
            "adoptive_parents": .array(state.adoptiveParents.map(reference)),
            "children": .array(children.compactMap { answer.persons[$0] }.sorted().map { .string($0) }),
            "father": reference(state.father), "guardian": reference(state.guardian),
            "household": state.household.map {
                .object([
                    "handle": CommonJSON.text(answer.households[$0.household]),
                    "relation": CommonJSON.relation($0.relation), "since": CommonJSON.date($0.since),
                ])
            } ?? .null,
            "mother": reference(state.mother),
            "recognised_parents": .array((state.recognisedParents ?? []).map(reference)),
            "spouse": reference(state.spouse),
            "wards": .array(state.wards.map(reference)),
        ]
    }
}
