import Civil
import Database
import Ledger

/// What officers prove their accounts with, the links that set it up, and wrong tries.
struct SecretStore {
    /// A password's hash and the secret of the one-time codes.
    struct Secret {
        let hash: String
        let codeSecret: [UInt8]
        let lastStep: Int64
    }

    func secret(of officer: Int64, _ connection: Connection) throws -> Secret? {
        try connection.first(
            "SELECT password_hash, code_secret, last_step FROM officer_secret WHERE officer_id = ?",
            [.integer(officer)]
        ) { Secret(hash: try $0.text(0), codeSecret: try $0.blob(1), lastStep: try $0.int64(2)) }
    }

    func put(
        _ secret: Secret, of officer: Int64, at now: Instant, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO officer_secret (officer_id, password_hash, code_secret, last_step, set_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (officer_id) DO UPDATE SET password_hash = excluded.password_hash,
                code_secret = excluded.code_secret, last_step = excluded.last_step, set_at = excluded.set_at
            """,
            [
                .integer(officer), .text(secret.hash), .blob(secret.codeSecret), .integer(secret.lastStep),
                .integer(now.microseconds),
            ])
    }

    func remove(of officer: Int64, on connection: Connection) throws {
        try connection.execute("DELETE FROM officer_secret WHERE officer_id = ?", [.integer(officer)])
    }

    func setLastStep(_ step: Int64, of officer: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE officer_secret SET last_step = ? WHERE officer_id = ? AND last_step < ?",
            [.integer(step), .integer(officer), .integer(step)])
    }

    // MARK: Links

    func link(_ hash: Digest32, _ connection: Connection) throws -> (link: EnrolmentLink, officer: Int64)? {
        try connection.first(
            "SELECT officer_id, issued_at, used_at FROM enrolment WHERE token_hash = ?", [.blob(hash.bytes)]
        ) { row in
            (
                EnrolmentLink(
                    tokenHash: hash, issued: Instant(microseconds: try row.int64(1)),
                    used: try row.int64OrNull(2).map { Instant(microseconds: $0) }),
                try row.int64(0)
            )
        }
    }

    func insert(
        _ link: EnrolmentLink, for officer: Int64, by account: String, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO enrolment (token_hash, officer_id, issued_by, issued_at, expires_at) VALUES (?, ?, ?, ?, ?)
            """,
            [
                .blob(link.tokenHash.bytes), .integer(officer), .text(account), .integer(link.issued.microseconds),
                .integer(link.expires.microseconds),
            ])
    }

    /// Uses a link that may be used now; false when another was faster or its time is over.
    func use(_ hash: Digest32, at now: Instant, on connection: Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE enrolment SET used_at = ?
            WHERE token_hash = ? AND used_at IS NULL AND issued_at <= ? AND expires_at > ?
            """,
            [
                .integer(now.microseconds), .blob(hash.bytes), .integer(now.microseconds),
                .integer(now.microseconds),
            ]) == 1
    }

    /// Marks every link of the officer as used: with one of them the others are over.
    func useLinks(of officer: Int64, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE enrolment SET used_at = ? WHERE officer_id = ? AND used_at IS NULL",
            [.integer(now.microseconds), .integer(officer)])
    }

    // MARK: Wrong tries

    func failures(of subject: String, _ connection: Connection) throws -> AttemptLimit.State? {
        try connection.first("SELECT failures, last_at FROM sign_in_failure WHERE subject = ?", [.text(subject)]) {
            AttemptLimit.State(failures: try $0.int(0), last: Instant(microseconds: try $0.int64(1)))
        }
    }

    func put(_ state: AttemptLimit.State, of subject: String, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO sign_in_failure (subject, failures, last_at) VALUES (?, ?, ?)
            ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
            """, [.text(subject), .integer(state.failures), .integer(state.last.microseconds)])
    }

    func forget(_ subject: String, on connection: Connection) throws {
        try connection.execute("DELETE FROM sign_in_failure WHERE subject = ?", [.text(subject)])
    }

    /// Takes away what is older than any limit remembers.
    func forget(before instant: Instant, on connection: Connection) throws {
        try connection.execute("DELETE FROM sign_in_failure WHERE last_at < ?", [.integer(instant.microseconds)])
    }
}
