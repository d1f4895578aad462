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

    package func current(on connection: Connection) throws -> LookSeal? {
        try connection.first("SELECT public_key FROM seal_key ORDER BY key_id DESC LIMIT 1") { try $0.blob(0) }
            .flatMap { LookSeal(publicKey: $0) }
    }

    /// Adds a key unless there is one already; gives the one that is used from now on.
    package func addFirst(_ key: LookSeal, at now: Int64, on connection: Connection) throws -> LookSeal {
        if let known = try current(on: connection) { return known }
        try connection.execute(
            "INSERT INTO seal_key (key_id, public_key, since) VALUES (1, ?, ?)", [.blob(key.publicKey), .integer(now)])
        return key
    }
}
