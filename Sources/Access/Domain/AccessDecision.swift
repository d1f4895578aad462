import Ledger

/// Whether an actor may do what is asked, as a value that carries its reason.
package enum AccessDecision: Hashable, Sendable {
    case allowed
    case refused(AccessRefusal)
}

/// Why an act or a look is not allowed.
package enum AccessRefusal: Error, Hashable, Sendable {
    /// The account's role is not one that may record acts of this kind.
    case roleMayNotRecord(role: String, kind: ActKind)

    /// The stable code for programs.
    package var code: String { "role_may_not_record" }
}

/// The decision on acts: pure, without a store.
package enum AccessPolicy {
    /// Whether `actor` may record an act of that kind.
    package static func decide(_ actor: Actor, record kind: ActKind) -> AccessDecision {
        guard let role = Role(rawValue: actor.role), role.may(record: kind) else {
            return .refused(.roleMayNotRecord(role: actor.role, kind: kind))
        }
        return .allowed
    }
}
