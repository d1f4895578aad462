import Chip
import Civil
import Database

/// What quality control read from the chips of cards that passed, and the certificates of those who vouch for them.
///
/// Portrait and fingers stay with the application, from which their files follow.
struct ChipFileStore: Sendable {
    static let schema =
        """
        CREATE TABLE card_file (
            card_id {int} NOT NULL REFERENCES card (card_id),
            name {text} NOT NULL,
            content {blob} NOT NULL,
            PRIMARY KEY (card_id, name)
        ) {strict};
        CREATE INDEX card_by_blank ON card (blank);
        -- Chips that quality control rejected: signed like any other, and never to be accepted.
        CREATE TABLE card_rejected_chip (
            chip_key {blob} NOT NULL PRIMARY KEY CHECK (length(chip_key) = 32),
            rejected_at {int} NOT NULL
        ) {strict};
        CREATE TABLE card_certificate (
            digest {blob} NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
            kind TEXT NOT NULL CHECK (kind IN ('authority', 'signer')),
            content {blob} NOT NULL,
            seen_at {int} NOT NULL
        ) {strict};

        """ + Migration.appendOnly(table: "card_file") + "\n" + Migration.appendOnly(table: "card_certificate")
        + "\n" + Migration.appendOnly(table: "card_rejected_chip") + "\n"

    /// Files that follow from what the application holds.
    private static let derived: Set<ChipFile> = [.dg2, .dg3]

    /// Keeps the files of a card that passed.
    func insert(_ files: [ChipFile: [UInt8]], of card: Int64, on connection: Connection) throws {
        let kept = files.filter { !Self.derived.contains($0.key) }.sorted { $0.key.rawValue < $1.key.rawValue }
        try connection.insert(
            into: "card_file", columns: ["card_id", "name", "content"],
            rows: kept.map { [.integer(card), .text($0.key.rawValue), .blob($0.value)] })
    }

    /// Whose certificate it is.
    enum Kind: String { case authority, signer }

    /// Keeps a certificate once, with the time when it was first seen.
    func insert(_ certificate: Certificate, as kind: Kind, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO card_certificate (digest, kind, content, seen_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (digest) DO NOTHING
            """,
            [
                .blob(Fingerprint.bytes(certificate.bytes)), .text(kind.rawValue), .blob(certificate.bytes),
                .integer(now.microseconds),
            ])
    }

    /// Keeps the key of a chip that was rejected.
    func insert(rejected chipKey: [UInt8], at now: Instant, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO card_rejected_chip (chip_key, rejected_at) VALUES (?, ?) ON CONFLICT (chip_key) DO NOTHING
            """, [.blob(chipKey), .integer(now.microseconds)])
    }

    /// The kept files of a card; empty when none were kept.
    func files(of card: Int64, on connection: Connection) throws -> [ChipFile: [UInt8]] {
        let rows = try connection.rows("SELECT name, content FROM card_file WHERE card_id = ?", [.integer(card)]) {
            (ChipFile(rawValue: try $0.text(0)), try $0.blob(1))
        }
        return rows.reduce(into: [:]) { files, row in
            if let file = row.0 { files[file] = row.1 }
        }
    }

    /// Cards whose files were kept, in the order of their handles.
    func handles(after handle: String, limit: Int, on connection: Connection) throws -> [String] {
        try connection.rows(
            """
            SELECT c.handle FROM card c JOIN card_file f ON f.card_id = c.card_id AND f.name = ?
            WHERE c.handle > ? ORDER BY c.handle LIMIT ?
            """, [.text(ChipFile.sod.rawValue), .text(handle), .integer(limit)]
        ) { try $0.text(0) }
    }

    /// The certificates of a kind under which cards were made, the first seen first.
    func certificates(_ kind: Kind, on connection: Connection) throws -> [[UInt8]] {
        try connection.rows(
            "SELECT content FROM card_certificate WHERE kind = ? ORDER BY seen_at, digest", [.text(kind.rawValue)]
        ) { try $0.blob(0) }
    }
}
