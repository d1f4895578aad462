import Civil
import Ledger
import Population

/// The small values that all mappings share, in the one form that programs read.
package enum CommonJSON {
    package static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    package static func date(_ date: PartialDate?) -> JSONValue { text(date?.description) }

    /// `{"code", "set", "name", "path"}`; name and path are null when the unit's set is not loaded.
    package static func unit(_ code: UnitCode?, _ units: UnitDirectory) -> JSONValue {
        guard let code else { return .null }
        let name = units.unit(code)?.name
        return .object([
            "code": .string(code.code), "name": text(name),
            "path": name == nil ? .null : .string(units.path(of: code)), "set": .string(code.set.rawValue),
        ])
    }

    /// `{"written", "detail", "unit"}`.
    package static func address(_ address: Address?, _ units: UnitDirectory) -> JSONValue {
        guard let address else { return .null }
        return .object([
            "detail": .string(address.detail), "unit": unit(address.unit, units), "written": .string(address.written),
        ])
    }

    /// `{"list", "code", "name"}` of a code list.
    package static func coded(_ coded: Coded?) -> JSONValue {
        guard let coded else { return .null }
        return .object([
            "code": .string(coded.code), "list": .string(coded.list), "name": text(coded.entry?.vietnamese),
        ])
    }

    package static func relation(_ relation: RelationToHead?) -> JSONValue {
        guard let relation else { return .null }
        return .object([
            "code": .string(relation.rawValue), "list": .string(relation.listID),
            "name": .string(relation.vietnamese),
        ])
    }

    package static func maritalStatus(_ status: MaritalStatus?) -> JSONValue {
        guard let status else { return .null }
        return .object([
            "code": .string(status.rawValue), "list": .string("marital_status"), "name": .string(status.vietnamese),
        ])
    }

    package static func sex(_ sex: Sex?) -> JSONValue { text(sex?.rawValue) }

    /// `{"handle", "name", "number"}`; the handle when that somebody is a person of this register.
    package static func reference(_ reference: PersonReference?, _ persons: [Int64: String]) -> JSONValue {
        guard let reference else { return .null }
        return .object([
            "handle": text(reference.person.flatMap { persons[$0] }), "name": text(reference.name),
            "number": text(reference.number),
        ])
    }

    /// Account, role and office of whoever did something.
    static func actor(_ actor: Actor) -> JSONValue {
        .object([
            "account": .string(actor.account), "role": .string(actor.role), "office": .string(actor.office),
        ])
    }

    /// `effective_at` and `known_at` as they were asked for; null means the latest state.
    static func asOf(_ asOf: AsOf) -> JSONMembers {
        ["effective_at": text(asOf.effectiveAt?.description), "known_at": text(asOf.knownAt?.iso)]
    }
}
