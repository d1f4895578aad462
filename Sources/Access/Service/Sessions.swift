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

    /// The requester for a ground.
    package func requester(for ground: Requester.Ground) -> Requester {
        Requester(
            actor: session.actor, role: session.grant.role, jurisdiction: jurisdiction, ground: ground)
    }
}

extension AccessRegister {
    /// How long a session may go without its time of use being written: a minute, in microseconds.
    private static let touchAfter: Int64 = 60_000_000

    /// Bắt đầu phiên: always a new secret, whatever the browser brought (no session can be fixed beforehand).
    package func startSession(
        of officer: Int64, by method: Session.Method, agent: String, in grant: Int64? = nil
    ) async throws -> StartedSession {
        let now = surroundings.now()
        let today = surroundings.today
        let secret = SecretToken(random: surroundings.random(32))
        let formToken = SecretToken(random: surroundings.random(32)).text
        return try await database.write { connection in
            guard let known = try OfficerStore().officer(officer, connection), known.disabled == nil else {
                throw SignInRefusal.noRole
            }
            let grants = try OfficerStore().grants(of: officer, connection).filter { grant in
                guard grant.isInForce(at: now) else { return false }
                return try OfficeStore().office(grant.office, on: today, connection) != nil
            }
            guard let held = grants.first(where: { $0.id == grant }) ?? grants.first else {
                throw SignInRefusal.noRole
            }
            let store = SessionStore()
            let running = try store.sessions(of: officer, connection)
            for old in running.dropLast(Session.most - 1) { try store.end(old.session.key, at: now, on: connection) }
            let session = Session(
                key: secret.hash, officer: known, grant: held, formToken: formToken, method: method, started: now,
                used: now)
            try store.insert(
                session, agent: String(agent.prefix(200)), agentHash: AccessRegister.hash(ofAgent: agent),
                on: connection)
            return StartedSession(session: session, secret: secret)
        }
    }

    /// Who holds this secret, as things stand now; a session of another browser, or one that has become old, ends.
    package func admission(secret text: String, agent: String) async throws -> Admission {
        guard let secret = SecretToken(text: text) else { throw SignInRefusal.sessionMissing }
        let now = surroundings.now()
        let today = surroundings.today
        let found = try await database.read { connection in
            try SessionStore().session(secret.hash, connection).map { stored in
                (stored, try OfficeStore().office(stored.session.grant.office, on: today, connection))
            }
        }
        guard let (stored, office) = found else { throw SignInRefusal.sessionEnded }
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
            session: session, office: office, jurisdiction: jurisdictions.jurisdiction(of: office, on: today))
    }

    /// The officer's running sessions, oldest first, each with the browser that it began in.
    package func sessions(of officer: Int64) async throws -> [(session: Session, agent: String)] {
        let now = surroundings.now()
        return try await database.read { try SessionStore().sessions(of: officer, $0) }
            .filter { $0.session.isAlive(at: now) }
    }

    /// Kết thúc phiên: at once, by the officer or by whoever revokes.
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

    private static func hash(ofAgent agent: String) -> Digest32 {
        SecretHash.digest(of: Array("dancu agent \(agent)".utf8))
    }
}
