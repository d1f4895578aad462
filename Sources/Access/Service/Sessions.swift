import Civil
import Database
import Ledger

/// A session that has just begun, with the secret for the browser's cookie.
package struct StartedSession: Sendable {
    package let session: Session
    package let secret: SecretToken
}

/// A signed-in officer as a request finds them: session, office of today, and what the person may be asked for.
package struct Admission: Sendable {
    package let session: Session
    package let office: Office
    package let jurisdiction: Jurisdiction
    /// Whether the officer could go on in another role.
    package let hasOtherRoles: Bool
    /// Hồ sơ đang mở: the file that the session works in, while it is open.
    package let dossier: Dossier?
    /// Mục đích của phiên: what the officer stated for looks without a file.
    package let purpose: Purpose?

    /// The requester for a ground; the file that was chosen, or else the purpose that was stated, stands for the
    /// everyday work of the office.
    package func requester(for ground: Requester.Ground) -> Requester {
        Requester(
            actor: session.actor, role: session.grant.role, jurisdiction: jurisdiction,
            ground: ground == .duty(.counter) ? dossier?.ground ?? purpose.map { .kept($0) } ?? ground : ground,
            person: session.officer.person)
    }
}

extension AccessRegister {
    /// How long a session may go without its time of use being written: a minute, in microseconds.
    private static let touchAfter: Int64 = 60_000_000

    /// Bắt đầu phiên: always a new secret, whatever the browser brought (no session can be fixed beforehand); on record
    /// in the same transaction.
    ///
    /// - Parameters:
    ///   - address: where the browser is; a part of it is kept.
    ///   - former: the secret that the browser brought; its session ends.
    package func startSession(
        of officer: Int64, by method: Session.Method, agent: String, in grant: Int64? = nil, address: String = "-",
        replacing former: String? = nil
    ) async throws -> StartedSession {
        let now = surroundings.now()
        let secret = SecretToken(random: surroundings.random(32))
        let formToken = SecretToken(random: surroundings.random(32)).text
        let former = former.flatMap { SecretToken(text: $0)?.hash }
        return try await database.write { connection in
            let (known, held) = try holder(officer, wanting: grant, at: now, on: connection)
            let store = SessionStore()
            if let former, let old = try store.session(former, connection) {
                try end(old.session, .replaced, from: address, on: connection)
            }
            let all = try store.sessions(of: officer, connection).map(\.session)
            for old in all where !old.isAlive(at: now) { try store.end(old.key, at: now, on: connection) }
            for old in all.filter({ $0.isAlive(at: now) }).dropLast(Session.most - 1) {
                try end(old, .oldest, from: address, on: connection)
            }
            let session = Session(
                key: secret.hash, officer: known, grant: held, formToken: formToken, method: method, started: now,
                used: now)
            try store.insert(
                session, agent: String(agent.prefix(200)), agentHash: AccessRegister.hash(ofAgent: agent),
                place: NetworkPlace.truncated(address), on: connection)
            try SignInEntryStore().removeOld(at: now, on: connection)
            try SignInEntryStore().insert(
                entry(.signedIn, of: officer, method, from: address), on: connection)
            return StartedSession(session: session, secret: secret)
        }
    }

    /// Vai trò đang giữ: the roles of an officer in which they can work today, each with its office.
    package func roles(of officer: Int64) async throws -> [(grant: Grant, office: Office)] {
        let now = surroundings.now()
        return try await database.read { try roles(of: officer, at: now, on: $0) }
    }

    private func roles(
        of officer: Int64, at now: Instant, on connection: Connection
    ) throws -> [(grant: Grant, office: Office)] {
        try OfficerStore().grants(of: officer, connection).filter { $0.isInForce(at: now) }.compactMap { grant in
            try OfficeStore().office(grant.office, on: now.dayInVietnam, connection).map { (grant, $0) }
        }
    }

    /// Chuyển vai trò: the officer goes on in another role that they hold, in a new session; the one before ends.
    ///
    /// Nobody proves anything anew, so the new session is as old as the one before: it ends no later, and what wants
    /// a fresh sign-in wants it still.
    package func changeRole(
        to grant: Int64, in session: Session, agent: String, address: String
    ) async throws -> StartedSession {
        let now = surroundings.now()
        let secret = SecretToken(random: surroundings.random(32))
        let formToken = SecretToken(random: surroundings.random(32)).text
        return try await database.write { connection in
            guard try SessionStore().session(session.key, connection)?.session.isAlive(at: now) ?? false else {
                throw SignInRefusal.sessionEnded
            }
            let (known, held) = try holder(session.officer.id, wanting: grant, at: now, on: connection)
            guard held.id == grant else { throw SignInRefusal.noRole }
            try end(session, .roleChanged, from: address, on: connection)
            let next = Session(
                key: secret.hash, officer: known, grant: held, formToken: formToken, method: session.method,
                started: session.started, used: now)
            try SessionStore().insert(
                next, agent: String(agent.prefix(200)), agentHash: AccessRegister.hash(ofAgent: agent),
                place: NetworkPlace.truncated(address), on: connection)
            try SignInEntryStore().insert(
                entry(.signedIn, of: known.id, session.method, from: address), on: connection)
            return StartedSession(session: next, secret: secret)
        }
    }

    /// The officer with the role to work in: the one that is wanted, or the first in force.
    private func holder(
        _ officer: Int64, wanting grant: Int64?, at now: Instant, on connection: Connection
    ) throws -> (officer: Officer, grant: Grant) {
        guard let known = try OfficerStore().officer(officer, connection), known.disabled == nil else {
            throw SignInRefusal.noRole
        }
        let grants = try roles(of: officer, at: now, on: connection).map(\.grant)
        guard let held = grants.first(where: { $0.id == grant }) ?? grants.first else { throw SignInRefusal.noRole }
        return (known, held)
    }

    /// Who holds this secret, as things stand now; a session of another browser, or one that has become old, ends.
    package func admission(secret text: String, agent: String) async throws -> Admission {
        guard let secret = SecretToken(text: text) else { throw SignInRefusal.sessionMissing }
        let now = surroundings.now()
        let today = surroundings.today
        let found = try await database.read { connection in
            try SessionStore().session(secret.hash, connection).map { stored in
                (
                    stored, try OfficeStore().office(stored.session.grant.office, on: today, connection),
                    stored.grants > 1 ? try roles(of: stored.session.officer.id, at: now, on: connection).count : 1,
                    try stored.dossier.flatMap { try DossierStore().dossier($0, connection) }
                )
            }
        }
        guard let (stored, office, roles, dossier) = found else { throw SignInRefusal.sessionEnded }
        let session = stored.session
        guard session.isAlive(at: now), stored.agent == AccessRegister.hash(ofAgent: agent) else {
            try await database.write { try SessionStore().end(session.key, at: now, on: $0) }
            throw SignInRefusal.sessionEnded
        }
        guard session.officer.disabled == nil, session.grant.isInForce(at: now), let office else {
            throw SignInRefusal.noRole
        }
        if now.microseconds - session.used.microseconds > AccessRegister.touchAfter {
            try await database.write { try SessionStore().touch(session.key, at: now, on: $0) }
        }
        return Admission(
            session: session, office: office, jurisdiction: jurisdictions.jurisdiction(of: office, on: today),
            hasOtherRoles: roles > 1, dossier: dossier.flatMap { $0.isOpen && $0.office == office.code ? $0 : nil },
            purpose: stored.purpose.flatMap { Purpose(stated: $0, legalBasis: Purpose.counter.legalBasis) })
    }

    /// The officer's running sessions, oldest first, each with the browser that it began in and its network.
    package func sessions(of officer: Int64) async throws -> [(session: Session, agent: String, place: String)] {
        let now = surroundings.now()
        return try await database.read { try SessionStore().sessions(of: officer, $0) }
            .filter { $0.session.isAlive(at: now) }
    }

    /// Đăng xuất: the officer ends the session they are in.
    package func signOut(_ session: Session, address: String) async throws {
        let now = surroundings.now()
        try await database.write { connection in
            guard try SessionStore().session(session.key, connection) != nil else { return }
            try SessionStore().end(session.key, at: now, on: connection)
            try SignInEntryStore().insert(
                entry(.signedOut, of: session.officer.id, session.method, from: address), on: connection)
        }
    }

    /// Kết thúc phiên khác của mình: one of the officer's other sessions, or all of them when none is named.
    ///
    /// - Parameter key: as the officer's own list shows it; one of somebody else is left alone.
    package func endOthers(than session: Session, only key: Digest32? = nil, address: String) async throws {
        try await database.write { connection in
            let others = try SessionStore().sessions(of: session.officer.id, connection).map(\.session).filter {
                $0.key != session.key && (key == nil || $0.key == key)
            }
            for other in others { try end(other, .byOwner, from: address, on: connection) }
        }
    }

    private func end(
        _ session: Session, _ reason: SignInEntry.End, from address: String, on connection: Connection
    ) throws {
        try SessionStore().end(session.key, at: surroundings.now(), on: connection)
        try SignInEntryStore().insert(
            entry(.ended, of: session.officer.id, session.method, reason: reason.rawValue, from: address),
            on: connection)
    }

    /// Kết thúc phiên: at once, by whoever revokes.
    package func endSession(_ key: Digest32, reason: String, by actor: Actor) async throws {
        let now = surroundings.now()
        try await database.write { connection in
            guard let stored = try SessionStore().session(key, connection) else { return }
            try SessionStore().end(key, at: now, on: connection)
            try append(
                .sessionEnded(account: stored.session.officer.account, reason: reason),
                about: stored.session.officer.id, by: actor, on: connection)
        }
    }

    static func hash(ofAgent agent: String) -> Digest32 {
        SecretHash.digest(of: Array("dancu agent \(agent)".utf8))
    }
}
