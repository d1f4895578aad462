import Access
import Civil
import Ledger
import Population

/// Offices, accounts, roles and sessions, as programs read them.
enum OfficerJSON {
    static func office(_ office: Office, officers: Int?, _ units: UnitDirectory) -> JSONValue {
        .object([
            "office": .string(office.code), "name": .string(office.name), "level": .string(office.level.rawValue),
            "unit": CommonJSON.unit(office.unit, units), "since": .string(office.since.description),
            "until": CommonJSON.text(office.until?.description),
            "officers": officers.map { .integer(Int64($0)) } ?? .null,
        ])
    }

    static func holder(_ officer: Officer, _ grant: Grant) -> JSONValue {
        .object(["account": .string(officer.account), "name": .string(officer.name), "grant": self.grant(grant)])
    }

    /// - Parameter sessions: nil where the requester does not administer the account.
    static func officer(
        _ entry: OfficerEntry, sessions: [(session: Session, agent: String, place: String)]?
    ) -> JSONValue {
        .object([
            "account": .string(entry.officer.account), "name": .string(entry.officer.name),
            "disabled": CommonJSON.text(entry.officer.disabled?.iso),
            "grants": .array(entry.grants.map(grant)),
            "sessions": sessions.map { .array($0.map { session($0.session, $0.agent, $0.place, isOwn: false) }) }
                ?? .null,
        ])
    }

    static func grant(_ grant: Grant) -> JSONValue {
        .object([
            "grant": .string(String(grant.id)), "role": .string(grant.role.rawValue), "office": .string(grant.office),
            "since": .string(grant.since.iso), "until": .string(grant.until.iso),
            "revoked": CommonJSON.text(grant.revoked?.iso), "is_deputy": .bool(grant.deputyFor != nil),
        ])
    }

    /// The key of a session is the hash of its secret, and signs nobody in; it is told to its own officer alone.
    static func session(_ session: Session, _ agent: String, _ place: String, isOwn: Bool) -> JSONValue {
        .object([
            "session": isOwn ? .string(session.key.hex) : .null, "role": .string(session.grant.role.rawValue),
            "office": .string(session.grant.office), "method": .string(session.method.rawValue),
            "browser": .string(agent), "network": .string(place), "started": .string(session.started.iso),
            "used": .string(session.used.iso),
        ])
    }

    /// A role of the account itself.
    static func ownRole(_ grant: Grant, _ office: Office) -> JSONValue {
        .object([
            "grant": .string(String(grant.id)), "role": .string(grant.role.rawValue),
            "office": .string(office.code), "office_name": .string(office.name), "until": .string(grant.until.iso),
        ])
    }

    static func key(_ key: OwnPasskey) -> JSONValue {
        .object([
            "key": .string(String(key.id)), "label": .string(key.label), "made": .string(key.made.iso),
            "used": CommonJSON.text(key.used?.iso),
        ])
    }

    static func roleChanges(waiting: [RoleChange], asked: [RoleChange]) -> JSONValue {
        .object(["waiting": .array(waiting.map(roleChange)), "asked": .array(asked.map(roleChange))])
    }

    private static func roleChange(_ change: RoleChange) -> JSONValue {
        let (wish, until, deputyFor, reason): (String, Instant?, String?, String?) =
            switch change.wish {
            case .give(let until, let deputyFor): ("give", until, deputyFor, nil)
            case .take(_, let reason): ("take", nil, nil, reason)
            }
        return .object([
            "change": .string(String(change.id)), "account": .string(change.holder),
            "role": .string(change.role.rawValue), "office": .string(change.office), "wish": .string(wish),
            "until": CommonJSON.text(until?.iso), "deputy_for": CommonJSON.text(deputyFor),
            "reason": CommonJSON.text(reason), "asker": CommonJSON.actor(change.asker),
            "asked": .string(change.asked.iso), "expires": .string(change.expires.iso),
            "decision": change.decision.map(OversightJSON.decision) ?? .null,
        ])
    }
}
