import Civil
import Database
import Ledger

/// Sessions that run.
struct SessionStore {
    private static let columns = "s.session_key, s.form_token, s.method, s.started_at, s.used_at, s.agent_hash"
    private static let sources = """
        FROM session s JOIN officer o ON o.officer_id = s.officer_id
        JOIN officer_grant g ON g.grant_id = s.grant_id
        """

    /// A session as it stands, with the browser that it belongs to.
    struct Stored {
        let session: Session
        let agent: Digest32
        /// The file that it works in.
        let dossier: Int64?
        /// How many grants the officer has ever had that were not taken: more than one may be a choice of roles.
        let grants: Int
        /// What was stated for looks without a file.
        let purpose: String?
    }

    func session(_ key: Digest32, _ connection: Connection) throws -> Stored? {
        try connection.first(
            """
            SELECT \(SessionStore.columns), \(OfficerStore.officerColumns), \(OfficerStore.grantColumns), s.dossier_id,
                (SELECT count(*) FROM officer_grant x WHERE x.officer_id = s.officer_id AND x.revoked_at IS NULL),
                s.purpose
            \(SessionStore.sources) WHERE s.session_key = ? AND s.ended_at IS NULL
            """, [.blob(key.bytes)], SessionStore.stored
        ).flatMap { $0 }
    }

    /// A session that ended because its time was over, and not because somebody ended it.
    func lapsed(_ key: Digest32, _ connection: Connection) throws -> Stored? {
        try connection.first(
            """
            SELECT \(SessionStore.columns), \(OfficerStore.officerColumns), \(OfficerStore.grantColumns), s.dossier_id,
                1, s.purpose
            \(SessionStore.sources) WHERE s.session_key = ?
                AND (s.ended_at - s.used_at >= ? OR s.ended_at - s.started_at >= ?)
            """, [.blob(key.bytes), .integer(Session.idle), .integer(Session.longest)], SessionStore.stored
        ).flatMap { $0 }
    }

    /// The sessions of an officer that have not ended, oldest first, with the text of each browser and its network.
    func sessions(
        of officer: Int64, _ connection: Connection
    ) throws -> [(session: Session, agent: String, place: String)] {
        try connection.rows(
            """
            SELECT \(SessionStore.columns), \(OfficerStore.officerColumns), \(OfficerStore.grantColumns), s.dossier_id,
                1, s.purpose, s.agent, s.place
            \(SessionStore.sources) WHERE s.officer_id = ? AND s.ended_at IS NULL ORDER BY s.started_at
            """, [.integer(officer)]
        ) { row in try SessionStore.stored(row).map { ($0.session, try row.text(23), try row.text(24)) } }.compactMap {
            $0
        }
    }

    func insert(
        _ session: Session, agent: String, agentHash: Digest32, place: String, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO session (session_key, officer_id, grant_id, form_token, agent_hash, agent, method, started_at,
                used_at, ended_at, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)
            """,
            [
                .blob(session.key.bytes), .integer(session.officer.id), .integer(session.grant.id),
                .text(session.formToken), .blob(agentHash.bytes), .text(agent), .text(session.method.rawValue),
                .integer(session.started.microseconds), .integer(session.used.microseconds), .text(place),
            ])
    }

    func touch(_ key: Digest32, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE session SET used_at = ? WHERE session_key = ? AND ended_at IS NULL AND used_at < ?",
            [.integer(now.microseconds), .blob(key.bytes), .integer(now.microseconds)])
    }

    /// The file that the session works in from now on; nil for none.
    func choose(_ dossier: Int64?, in key: Digest32, on connection: Connection) throws {
        try connection.execute(
            "UPDATE session SET dossier_id = ? WHERE session_key = ? AND ended_at IS NULL",
            [.integerOrNull(dossier), .blob(key.bytes)])
    }

    /// What the session's looks without a file are for, from now on; nil for nothing.
    func state(_ purpose: String?, in key: Digest32, on connection: Connection) throws {
        try connection.execute(
            "UPDATE session SET purpose = ? WHERE session_key = ? AND ended_at IS NULL",
            [.textOrNull(purpose), .blob(key.bytes)])
    }

    func end(_ key: Digest32, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE session SET ended_at = ? WHERE session_key = ? AND ended_at IS NULL",
            [.integer(now.microseconds), .blob(key.bytes)])
    }

    func endAll(of officer: Int64, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE session SET ended_at = ? WHERE officer_id = ? AND ended_at IS NULL",
            [.integer(now.microseconds), .integer(officer)])
    }

    private static func stored(_ row: Row) throws -> Stored? {
        guard let key = Digest32(try row.blob(0)), let agent = Digest32(try row.blob(5)),
            let method = Session.Method(rawValue: try row.text(2)), let grant = try OfficerStore.grant(row, from: 12)
        else { return nil }
        return Stored(
            session: Session(
                key: key, officer: try OfficerStore.officer(row, from: 6), grant: grant, formToken: try row.text(1),
                method: method, started: Instant(microseconds: try row.int64(3)),
                used: Instant(microseconds: try row.int64(4))),
            agent: agent, dossier: try row.int64OrNull(20), grants: try row.int(21),
            purpose: try row.textOrNull(22))
    }
}
