import Civil
import Database
import Ledger

/// The passkeys of officers, and the challenges that are open.
struct PasskeyStore {
    /// Yêu cầu ký: what an authenticator is asked to sign, once.
    struct Challenge: Sendable {
        enum Purpose: String, Sendable {
            case enrol, add
            case signIn = "sign_in"
        }

        let bytes: [UInt8]
        let purpose: Purpose
        /// For whom a key is made, with the name that authenticators know the account by; nil for a sign-in.
        let owner: Owner?
        /// The link, the session or the browser that asked.
        let boundTo: Digest32
        let place: String
        let issued: Instant

        struct Owner: Sendable {
            let officer: Int64
            let user: [UInt8]
        }

        func isOpen(at now: Instant) -> Bool {
            issued <= now && now.microseconds - issued.microseconds < Passkey.challengeValidity
        }
    }

    func insert(_ challenge: Challenge, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO passkey_challenge (challenge, purpose, officer_id, user_handle, bound_to, place, issued_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(challenge.bytes), .text(challenge.purpose.rawValue), .integerOrNull(challenge.owner?.officer),
                .blobOrNull(challenge.owner?.user), .blob(challenge.boundTo.bytes),
                .text(challenge.place), .integer(challenge.issued.microseconds),
            ])
    }

    /// How many challenges of a network are open.
    func challenges(from place: String, _ connection: Connection) throws -> Int {
        try connection.first("SELECT count(*) FROM passkey_challenge WHERE place = ?", [.text(place)]) {
            try $0.int(0)
        } ?? 0
    }

    /// The challenge, which is gone from now on; nil when there is none, so that of two answers one finds it.
    func take(_ bytes: [UInt8], on connection: Connection) throws -> Challenge? {
        let found = try connection.first(
            """
            SELECT purpose, officer_id, user_handle, bound_to, place, issued_at FROM passkey_challenge
            WHERE challenge = ?
            """, [.blob(bytes)]
        ) { row -> Challenge? in
            guard let purpose = Challenge.Purpose(rawValue: try row.text(0)), let bound = Digest32(try row.blob(3))
            else { return nil }
            let owner = try row.int64OrNull(1).map { Challenge.Owner(officer: $0, user: try row.blob(2)) }
            return Challenge(
                bytes: bytes, purpose: purpose, owner: owner, boundTo: bound, place: try row.text(4),
                issued: Instant(microseconds: try row.int64(5)))
        }
        let taken = try connection.execute("DELETE FROM passkey_challenge WHERE challenge = ?", [.blob(bytes)])
        return taken == 1 ? found ?? nil : nil
    }

    func forgetChallenges(before instant: Instant, on connection: Connection) throws {
        try connection.execute(
            "DELETE FROM passkey_challenge WHERE issued_at < ?", [.integer(instant.microseconds)])
    }

    // MARK: Keys

    private static let columns = """
        passkey_id, officer_id, credential, public_key, user_handle, counter, model, backup_eligible, backed_up,
        attestation, transports, label, made_at, used_at
        """

    func passkeys(of officer: Int64, _ connection: Connection) throws -> [OwnPasskey] {
        try connection.rows(
            "SELECT \(PasskeyStore.columns) FROM passkey WHERE officer_id = ? ORDER BY made_at, passkey_id",
            [.integer(officer)], PasskeyStore.passkey
        ).compactMap { $0 }
    }

    func passkey(credential: [UInt8], _ connection: Connection) throws -> OwnPasskey? {
        try connection.first(
            "SELECT \(PasskeyStore.columns) FROM passkey WHERE credential = ?", [.blob(credential)],
            PasskeyStore.passkey
        ) ?? nil
    }

    func insert(_ own: OwnPasskey, on connection: Connection) throws {
        let key = own.key
        try connection.execute(
            """
            INSERT INTO passkey (\(PasskeyStore.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(own.id), .integer(own.officer), .blob(key.credential), .blob(key.key.cose), .blob(key.user),
                .integer(Int64(key.counter)), .blob(key.model), .bool(key.isBackupEligible),
                .bool(key.isBackedUp), .text(key.attestation.rawValue),
                .text(own.transports.map(\.rawValue).joined(separator: " ")), .text(own.label),
                .integer(own.made.microseconds), .integerOrNull(own.used?.microseconds),
            ])
    }

    /// Keeps the counter of a right sign-in; false when another one was faster, or the key has been removed.
    func use(_ id: Int64, as key: Passkey, at now: Instant, on connection: Connection) throws -> Bool {
        // An authenticator that does not count says 0 for ever.
        let isRising = key.counter > 0
        let counter = SQLValue.integer(Int64(key.counter))
        return try connection.execute(
            """
            UPDATE passkey SET counter = ?, backed_up = ?, used_at = ?
            WHERE passkey_id = ? AND \(isRising ? "counter < ?" : "counter = 0")
            """,
            [counter, .bool(key.isBackedUp), .integer(now.microseconds), .integer(id)] + (isRising ? [counter] : [])
        ) == 1
    }

    func rename(_ id: Int64, of officer: Int64, to label: String, on connection: Connection) throws -> Bool {
        try connection.execute(
            "UPDATE passkey SET label = ? WHERE passkey_id = ? AND officer_id = ?",
            [.text(label), .integer(id), .integer(officer)]) == 1
    }

    func remove(_ id: Int64, of officer: Int64, on connection: Connection) throws {
        try connection.execute(
            "DELETE FROM passkey WHERE passkey_id = ? AND officer_id = ?", [.integer(id), .integer(officer)])
    }

    func removeAll(of officer: Int64, on connection: Connection) throws {
        try connection.execute("DELETE FROM passkey WHERE officer_id = ?", [.integer(officer)])
    }

    /// Nil for a key that this program cannot read: it signs nobody in.
    private static func passkey(_ row: Row) throws -> OwnPasskey? {
        guard let key = try? PasskeyPublicKey(cose: try row.blob(3)), let counter = UInt32(exactly: try row.int64(5)),
            let attestation = Passkey.Attestation(rawValue: try row.text(9))
        else { return nil }
        let transports = try row.text(10).split(separator: " ").map(String.init)
        return OwnPasskey(
            id: try row.int64(0), officer: try row.int64(1),
            key: Passkey(
                credential: try row.blob(2), key: key, user: try row.blob(4), counter: counter,
                model: try row.blob(6), isBackupEligible: try row.int64(7) == 1, isBackedUp: try row.int64(8) == 1,
                attestation: attestation),
            label: try row.text(11), transports: OwnPasskey.transports(transports),
            made: Instant(microseconds: try row.int64(12)),
            used: try row.int64OrNull(13).map { Instant(microseconds: $0) })
    }
}
