import Civil
import Database

/// Certificates of identity and their snapshots.
struct CertificateStore: Sendable {
    static let schema = """
        ALTER TABLE card_application ADD COLUMN product TEXT NOT NULL DEFAULT 'card'
            CHECK (product IN ('card', 'identity_certificate'));
        CREATE TABLE identity_certificate (
            certificate_id {int} NOT NULL PRIMARY KEY CHECK (certificate_id > 0),
            handle {text} NOT NULL UNIQUE CHECK (length(handle) = 26),
            application_id {int} NOT NULL UNIQUE REFERENCES card_application (application_id),
            person_id {int} NOT NULL,
            number {int} NOT NULL,
            issued {text} NOT NULL,
            expires {text},
            status TEXT NOT NULL,
            pickup {text} NOT NULL,
            changed_at {int} NOT NULL
        ) {strict};
        -- A person has one at most.
        CREATE UNIQUE INDEX identity_certificate_one_held ON identity_certificate (person_id)
            WHERE status IN ('active', 'lost');
        CREATE INDEX identity_certificate_by_person ON identity_certificate (person_id, issued);
        CREATE INDEX identity_certificate_by_number ON identity_certificate (number, issued);
        CREATE TABLE identity_certificate_content (
            certificate_id {int} NOT NULL PRIMARY KEY REFERENCES identity_certificate (certificate_id),
            content {blob} NOT NULL,
            digest {blob} NOT NULL CHECK (length(digest) = 32)
        ) {strict};

        """ + Migration.appendOnly(table: "identity_certificate_content") + "\n"

    private static let all = """
        SELECT certificate_id, handle, application_id, person_id, number, issued, expires, status, pickup, changed_at
        FROM identity_certificate
        """

    func insert(_ certificate: IdentityCertificate, content: [UInt8], on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO identity_certificate (certificate_id, handle, application_id, person_id, number, issued,
                expires, status, pickup, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(certificate.id), .text(certificate.handle), .integer(certificate.application),
                .integer(certificate.person), .integer(certificate.number.value),
                .text(certificate.issued.description), .textOrNull(certificate.expires?.description),
                .text(certificate.status.rawValue), .text(certificate.pickup),
                .integer(certificate.changed.microseconds),
            ])
        try connection.execute(
            "INSERT INTO identity_certificate_content (certificate_id, content, digest) VALUES (?, ?, ?)",
            [.integer(certificate.id), .blob(content), .blob(Fingerprint.bytes(content))])
    }

    func update(_ certificate: IdentityCertificate, on connection: Connection) throws {
        try connection.execute(
            "UPDATE identity_certificate SET status = ?, changed_at = ? WHERE certificate_id = ?",
            [
                .text(certificate.status.rawValue), .integer(certificate.changed.microseconds),
                .integer(certificate.id),
            ])
    }

    func certificate(handle: String, on connection: Connection) throws -> IdentityCertificate? {
        try connection.first("\(CertificateStore.all) WHERE handle = ?", [.text(handle)], CertificateStore.one)
    }

    func certificate(ofApplication id: Int64, on connection: Connection) throws -> IdentityCertificate? {
        try connection.first(
            "\(CertificateStore.all) WHERE application_id = ?", [.integer(id)], CertificateStore.one)
    }

    /// Every certificate of a person, the newest first.
    func certificates(of person: Int64, on connection: Connection) throws -> [IdentityCertificate] {
        try connection.rows(
            "\(CertificateStore.all) WHERE person_id = ? ORDER BY changed_at DESC, certificate_id", [.integer(person)],
            CertificateStore.one)
    }

    func content(of id: Int64, on connection: Connection) throws -> CertificateSnapshot? {
        try connection.first(
            "SELECT content FROM identity_certificate_content WHERE certificate_id = ?", [.integer(id)]
        ) { try CertificateSnapshot(bytes: try $0.blob(0)) }
    }

    private static func one(_ row: Row) throws -> IdentityCertificate {
        guard let number = PersonalIdentificationNumber(value: try row.int64(4)),
            let issued = CalendarDate(iso: try row.text(5))
        else { throw DatabaseError.typeMismatch("identity_certificate") }
        return IdentityCertificate(
            id: try row.int64(0), handle: try row.text(1), application: try row.int64(2), person: try row.int64(3),
            number: number, issued: issued, expires: try row.textOrNull(6).flatMap { CalendarDate(iso: $0) },
            status: try row.value(7), pickup: try row.text(8), changed: Instant(microseconds: try row.int64(9)))
    }
}
