/// One numbered step of the schema, never edited once released.
package struct Migration: Hashable, Sendable {
    /// Room and number: `ledger-001`.
    package let id: String
    /// A portable script: `{int}`, `{blob}`, `{real}`, `{text}`, `{strict}`, `{strict_without_rowid}`, and blocks
    /// `-- @sqlite` … `-- @end`, `-- @postgresql` … `-- @end`.
    package let sql: String

    package init(id: String, sql: String) {
        self.id = id
        self.sql = sql
    }

    /// FNV-1a of the script, in 16 hexadecimal digits; it notices an edit, it is no protection against malice.
    package var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static let refuseChange = """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN RAISE EXCEPTION 'append_only: %', TG_TABLE_NAME; END $body$;
        """

    private static func refuseTruncate(of table: String) -> String {
        """
        CREATE TRIGGER \(table)_no_truncate BEFORE TRUNCATE ON \(table)
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """
    }

    /// Lets nobody empty a table whose rows are guarded one by one; SQLite has no such statement.
    package static func neverEmptied(table: String) -> String {
        """

        -- @postgresql
        \(refuseChange)
        \(refuseTruncate(of: table))
        -- @end

        """
    }

    /// Script text after which the table's rows can only be added: UPDATE, DELETE (and TRUNCATE) are refused by the
    /// database itself, as `.refusedByTrigger("append_only: table")`.
    package static func appendOnly(table: String) -> String {
        """

        -- @sqlite
        CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'append_only: \(table)'); END;
        CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'append_only: \(table)'); END;
        -- @end
        -- @postgresql
        \(refuseChange)
        CREATE TRIGGER \(table)_no_change BEFORE UPDATE OR DELETE ON \(table)
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
        \(refuseTruncate(of: table))
        -- @end

        """
    }
}

/// Brings a schema up to date under a lock, all steps or none.
enum Migrator {
    /// Key of PostgreSQL's advisory lock: "dancu" in ASCII.
    private static let lockKey: Int64 = 0x64_61_6e_63_75

    /// Applies what is missing, in the order given; how many steps that was.
    static func run(
        _ migrations: [Migration], at instant: String?, on connection: Connection
    ) throws -> Int {
        let ids = Set(migrations.map(\.id))
        guard ids.count == migrations.count else {
            throw DatabaseError.migration("two steps have the same id; give each its own")
        }
        if connection.engine == .postgresql {
            _ = try connection.first("SELECT 1 FROM pg_advisory_xact_lock(?)", [.integer(lockKey)]) { _ in true }
        }
        try connection.script(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                id {text} NOT NULL PRIMARY KEY, checksum {text} NOT NULL, applied_at {text}
            ) {strict_without_rowid};
            """)
        var applied: [String: String] = [:]
        try connection.forEach("SELECT id, checksum FROM schema_migration") { row in
            applied[try row.text(0)] = try row.text(1)
        }
        if let unknown = applied.keys.filter({ !ids.contains($0) }).min() {
            throw DatabaseError.migration(
                "the register holds step \(unknown), which this program does not know; use the newer program")
        }
        var count = 0
        for migration in migrations {
            if let checksum = applied[migration.id] {
                guard checksum == migration.checksum else {
                    throw DatabaseError.migration(
                        "step \(migration.id) was edited after it had been applied; restore it and add a new step")
                }
                continue
            }
            try connection.script(migration.sql)
            try connection.execute(
                "INSERT INTO schema_migration (id, checksum, applied_at) VALUES (?, ?, ?)",
                [.text(migration.id), .text(migration.checksum), .textOrNull(instant)])
            count += 1
        }
        return count
    }
}
