import Civil
import Population

extension PersonJSON {
    /// Chỗ ở: the dwelling of an answer with who is and was there; a household that has gone has no members.
    package static func dwelling(
        _ answer: DwellingAnswer, asOf: AsOf = AsOf(), in register: PopulationRegister
    ) -> JSONValue {
        var object = CommonJSON.asOf(asOf)
        object["address"] = CommonJSON.address(answer.address, register.units)
        object["households"] = .array(
            answer.households.map { household in
                .object([
                    "handle": .string(household.handle), "members": .array(household.members.map(member)),
                    "since": .string(household.since.description),
                    "until": CommonJSON.text(household.until?.description),
                ])
            })
        object["residents"] = .array(answer.residents.map(resident))
        object["hidden"] = .integer(Int64(answer.hidden))
        object["cut"] = .bool(answer.isCut)
        object["demonstration"] = .bool(register.kind == .demonstration)
        object["receipt"] = .string(String(answer.receipt))
        return .object(object)
    }

    private static func resident(_ resident: DwellingAnswer.Resident) -> JSONValue {
        .object([
            "handle": .string(resident.handle), "name": CommonJSON.text(resident.person.details.name),
            "date_of_birth": CommonJSON.date(resident.person.details.birth),
            "sex": CommonJSON.sex(resident.person.details.sex), "registration": .string(resident.kind.rawValue),
            "since": .string(resident.since.description), "until": CommonJSON.text(resident.until?.description),
        ])
    }
}
