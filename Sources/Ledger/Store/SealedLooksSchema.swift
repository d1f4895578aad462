import Database

/// What searches add to the log of looks: the sealed text of what was typed, and the keys it is sealed to.
enum SealedLooksSchema {
    static let migration = Migration(
        id: "ledger-002",
        sql: """
            ALTER TABLE look ADD COLUMN sealed {blob};

            CREATE TABLE seal_key (
                key_id {int} NOT NULL PRIMARY KEY CHECK (key_id > 0),
                public_key {blob} NOT NULL CHECK (length(public_key) = 32),
                since {int} NOT NULL
            ) {strict};

            """ + Migration.appendOnly(table: "seal_key"))
}

/// The keys that typed searches are sealed to; the last one is used.
package struct SealKeyStore: Sendable {
    package init() {}

    /// All keys, the oldest first, as they stand there.
    package func all(on connection: Connection) throws -> [(id: Int64, publicKey: [UInt8])] {
        try connection.rows("SELECT key_id, public_key FROM seal_key ORDER BY key_id") { row in
            (try row.int64(0), try row.blob(1))
        }
    }

    package func insert(_ key: LookSeal, id: Int64, at now: Int64, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO seal_key (key_id, public_key, since) VALUES (?, ?, ?)",
            [.integer(id), .blob(key.publicKey), .integer(now)])
    }
}
