import Civil
import Database
import Ledger

/// What a register is: its name, its kind, the key of its log.
package struct RegisterIdentity: Hashable, Sendable {
    package let id: String
    package let kind: RegisterKind
    package let created: Instant
    /// The public key that checkpoints are verified with, base64.
    package let logKey: String

    package init(id: String, kind: RegisterKind, created: Instant, logKey: String) {
        self.id = id
        self.kind = kind
        self.created = created
        self.logKey = logKey
    }
}

/// The one row that says what this register is, and the files of units that it was given.
package struct RegisterStore: Sendable {
    package init() {}

    /// The register's identity, or nil when nothing was created here yet.
    package func identity(on connection: Connection) throws -> RegisterIdentity? {
        try connection.first("SELECT register_id, kind, created_at, log_key FROM register WHERE one_row = 1") { row in
            RegisterIdentity(
                id: try row.text(0), kind: RegisterKind(rawValue: try row.text(1)) ?? .production,
                created: Instant(microseconds: try row.int64(2)), logKey: try row.text(3))
        }
    }

    /// Makes the register: identity, logs with their origins, the row that imports take, the unit files.
    package func create(
        _ identity: RegisterIdentity, origins: [LogName: String], unitFiles: [(name: String, bytes: [UInt8])],
        on connection: Connection
    ) throws {
        try connection.execute(
            "INSERT INTO register (one_row, register_id, kind, created_at, log_key) VALUES (1, ?, ?, ?, ?)",
            [
                .text(identity.id), .text(identity.kind.rawValue), .integer(identity.created.microseconds),
                .text(identity.logKey),
            ])
        try connection.execute("INSERT INTO intake (one_row, pieces) VALUES (1, 0)")
        for (log, origin) in origins.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try connection.execute(
                "INSERT INTO log_state (log, origin, size) VALUES (?, ?, 0)", [.integer(log.rawValue), .text(origin)])
        }
        for file in unitFiles { try add(file, at: identity.created, on: connection) }
    }

    /// Adds a file of units or conversions behind those that are there.
    package func add(_ file: (name: String, bytes: [UInt8]), at now: Instant, on connection: Connection) throws {
        let position =
            try connection.first("SELECT coalesce(max(position), 0) + 1 FROM unit_file") { try $0.int64(0) } ?? 1
        try connection.execute(
            "INSERT INTO unit_file (position, name, contents, loaded_at) VALUES (?, ?, ?, ?)",
            [.integer(position), .text(file.name), .blob(file.bytes), .integer(now.microseconds)])
    }

    /// The directory of all units that were loaded.
    package func units(on connection: Connection) throws -> UnitDirectory {
        var directory = UnitDirectory()
        let files = try connection.rows("SELECT contents FROM unit_file ORDER BY position") { try $0.blob(0) }
        for file in files { try directory.load(file) }
        return directory
    }
}
