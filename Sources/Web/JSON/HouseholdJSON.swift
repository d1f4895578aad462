import Civil
import Population

extension PersonJSON {
    /// Hộ gia đình: the household of an answer with its members; `head` is the handle of one of them.
    package static func household(
        _ answer: HouseholdAnswer, asOf: AsOf, in register: PopulationRegister
    ) -> JSONValue {
        var object = CommonJSON.asOf(asOf)
        object["handle"] = .string(answer.handle)
        object["code"] = CommonJSON.text(answer.state.code)
        object["address"] = CommonJSON.address(answer.state.address, register.units)
        object["head"] = CommonJSON.text(answer.members.first { $0.isHead }?.handle)
        object["members"] = .array(answer.members.map(member))
        object["version"] = .integer(answer.state.version)
        object["demonstration"] = .bool(register.kind == .demonstration)
        object["receipt"] = .string(String(answer.receipt))
        return .object(object)
    }

    static func member(_ member: HouseholdAnswer.Member) -> JSONValue {
        .object([
            "handle": .string(member.handle), "name": CommonJSON.text(member.person.details.name),
            "date_of_birth": CommonJSON.date(member.person.details.birth),
            "sex": CommonJSON.sex(member.person.details.sex), "relation": CommonJSON.relation(member.relation),
            "since": CommonJSON.date(member.since), "head": .bool(member.isHead),
        ])
    }
}
