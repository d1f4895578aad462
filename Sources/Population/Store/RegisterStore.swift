import Civil
import Crypto
import Database
import Ledger

/// A file of units or conversions, as it is loaded.
package struct UnitFileBytes: Hashable, Sendable {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    func entry(at position: Int64) -> RegisterChange.UnitFileEntry {
        RegisterChange.UnitFileEntry(position: position, name: name, sha256: sha256)
    }

    var sha256: String { Digest32(SHA256.hash(data: bytes))?.hex ?? "" }
}

/// The register's own rows as they are read, held against its acts.
struct RegisterReading {
    /// As its row has it; nil when the row is gone.
    let row: RegisterIdentity?
    let standing: RegisterStanding
    /// The files that are there, by position.
    let bytes: [Int64: [UInt8]]
    let files: [RegisterChange.UnitFileEntry]
    /// The keys for typed searches that are there.
    let keys: [RegisterChange.SealKeyEntry]
    /// How many acts the register's own stream has; it grows with every file.
    let version: Int64

    /// The last key for typed searches where no act says anything of one, as an earlier version made it.
    var unvouchedSeal: LookSeal? {
        guard standing.seals.isEmpty, standing.damages.allSatisfy({ $0.kind == .sealChanged }) else { return nil }
        return keys.last?.seal
    }

    /// All units that were loaded; where a file is damaged and not in `restored`, those of the files before it.
    func units(restored: [Int64: [UInt8]] = [:]) throws -> UnitDirectory {
        var units = UnitDirectory()
        for position in standing.files.keys.sorted() {
            let stored = standing.sound.contains(position) ? bytes[position] : nil
            guard let bytes = restored[position] ?? stored else { break }
            try units.load(bytes)
        }
        return units
    }
}

/// The register as it is opened.
package struct RegisterOpening: Sendable {
    /// As the log says.
    package let identity: RegisterIdentity
    /// All units that were loaded; where a file is damaged, those of the files before it.
    package let units: UnitDirectory
    /// What typed searches are sealed to, as the log says; nil until it is made.
    package let seal: LookSeal?
    /// What of its own rows is not as the log says.
    package let damages: [RegisterDamage]
    /// How many acts the register's own stream has; none in one that an earlier version made.
    package let version: Int64
    /// The last key for typed searches where no act says anything of one; `putOnRecord` vouches for it.
    package let unvouchedSeal: LookSeal?

    /// The units as all parts of one program are to share them.
    package func makeUnitsInForce() -> UnitsInForce { UnitsInForce(units, number: version) }
}

/// The one row that says what this register is, and the files of units that it was given, each beside its act.
package struct RegisterStore: Sendable {
    private let acts: ActStore

    package init(acts: ActStore) { self.acts = acts }

    // MARK: Reading

    /// The register's identity as its row has it, or nil when there is none.
    package static func identity(on connection: Connection) throws -> RegisterIdentity? {
        try connection.first("SELECT register_id, kind, created_at, log_key FROM register WHERE one_row = 1") { row in
            RegisterIdentity(
                id: try row.text(0), kind: RegisterKind(rawValue: try row.text(1)) ?? .production,
                created: Instant(microseconds: try row.int64(2)), logKey: try row.text(3))
        }
    }

    /// How many acts the register's own stream has.
    package func version(on connection: Connection) throws -> Int64 {
        try acts.version(of: RegisterChange.subject, on: connection)
    }

    /// The register held against its acts, or nil when nothing was created here yet.
    package func opening(on connection: Connection) throws -> RegisterOpening? {
        guard let reading = try reading(on: connection), let identity = reading.standing.identity ?? reading.row else {
            return nil
        }
        return RegisterOpening(
            identity: identity, units: try reading.units(), seal: reading.standing.seal,
            damages: reading.standing.damages, version: reading.version,
            unvouchedSeal: reading.unvouchedSeal)
    }

    /// What of the register's own rows is not as the log says.
    package func damages(on connection: Connection) throws -> [RegisterDamage] {
        try reading(on: connection)?.standing.damages ?? []
    }

    func reading(on connection: Connection) throws -> RegisterReading? {
        let row = try RegisterStore.identity(on: connection)
        let changes = try acts.soundContents(of: RegisterChange.subject, on: connection).map { stored in
            (act: stored.act, change: stored.content.flatMap { try? RegisterChange(bytes: $0) })
        }
        if row == nil, changes.isEmpty { return nil }
        let files = try connection.rows("SELECT position, name, contents FROM unit_file ORDER BY position") { row in
            (position: try row.int64(0), file: UnitFileBytes(name: try row.text(1), bytes: try row.blob(2)))
        }
        let entries = files.map { $0.file.entry(at: $0.position) }
        let keys = try SealKeyStore().all(on: connection).map {
            RegisterChange.SealKeyEntry(position: $0.id, publicKey: $0.publicKey)
        }
        return RegisterReading(
            row: row, standing: RegisterStanding(changes: changes, identity: row, rows: entries, keys: keys),
            bytes: Dictionary(files.map { ($0.position, $0.file.bytes) }) { first, _ in first },
            files: entries, keys: keys, version: try version(on: connection))
    }

    // MARK: Writing

    /// Makes the register: identity, logs with their origins, the row that imports take, the unit files.
    package func create(
        _ identity: RegisterIdentity, origins: [LogName: String], unitFiles: [UnitFileBytes], by actor: Actor,
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
        for (place, file) in unitFiles.enumerated() {
            try insert(file, at: Int64(place) + 1, loaded: identity.created, on: connection)
        }
        try putOnRecord(at: identity.created, by: actor, on: connection)
    }

    /// Writes the acts that a register never had: all of a new one, those that an earlier version did not know.
    ///
    /// They vouch for what stands there at that moment. A register that had such acts gets none again: that none is
    /// there, and none is missing in the log, is seen first.
    /// - Parameter seal: What is known besides of the key for typed searches; keys are vouched for only where it is the
    ///   last of them.
    package func putOnRecord(
        at now: Instant, seal: LookSeal? = nil, by actor: Actor, on connection: Connection
    ) throws {
        guard let reading = try reading(on: connection), let identity = reading.row else { return }
        var changes: [RegisterChange] = []
        if reading.version == 0 {
            changes = [RegisterChange(identity)] + reading.files.map { .unitsLoaded($0) }
        }
        let isVouchedFor = reading.version == 0 ? reading.keys.last?.seal : reading.unvouchedSeal
        if let seal, isVouchedFor?.publicKey == seal.publicKey { changes += reading.keys.map { .sealKeyMade($0) } }
        guard !changes.isEmpty, try acts.count(of: .registerChanged, on: connection) == reading.version,
            try !acts.isMissingSome(on: connection)
        else { return }
        try append(changes, at: now, by: actor, on: connection)
    }

    /// Makes the key that typed searches are sealed to, unless there is one already.
    package func makeSeal(_ seal: LookSeal, at now: Instant, by actor: Actor, on connection: Connection) throws {
        guard let reading = try reading(on: connection), reading.keys.isEmpty, reading.standing.damages.isEmpty else {
            return
        }
        try SealKeyStore().insert(seal, id: 1, at: now.microseconds, on: connection)
        let made = RegisterChange.SealKeyEntry(position: 1, publicKey: seal.publicKey)
        try append([.sealKeyMade(made)], at: now, by: actor, on: connection)
    }

    /// Adds files of units or conversions behind those that are there.
    func add(_ files: [UnitFileBytes], at now: Instant, by actor: Actor, on connection: Connection) throws {
        let last = try connection.first("SELECT coalesce(max(position), 0) FROM unit_file") { try $0.int64(0) } ?? 0
        var changes: [RegisterChange] = []
        for (place, file) in files.enumerated() {
            let position = last + Int64(place) + 1
            try insert(file, at: position, loaded: now, on: connection)
            changes.append(.unitsLoaded(file.entry(at: position)))
        }
        try append(changes, at: now, by: actor, on: connection)
    }

    /// Puts the bytes of a file of the log back at its place.
    func putBack(
        _ bytes: [UInt8], as file: RegisterChange.UnitFileEntry, at now: Instant, on connection: Connection
    ) throws {
        // A row that has its name elsewhere is damaged itself; its own name comes back with its own bytes.
        try connection.execute(
            "UPDATE unit_file SET name = 'unit file ' || position WHERE name = ? AND position <> ?",
            [.text(file.name), .integer(file.position)])
        let changed = try connection.execute(
            "UPDATE unit_file SET name = ?, contents = ? WHERE position = ?",
            [.text(file.name), .blob(bytes), .integer(file.position)])
        guard changed == 0 else { return }
        try insert(UnitFileBytes(name: file.name, bytes: bytes), at: file.position, loaded: now, on: connection)
    }

    private func insert(_ file: UnitFileBytes, at position: Int64, loaded: Instant, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO unit_file (position, name, contents, loaded_at) VALUES (?, ?, ?, ?)",
            [.integer(position), .text(file.name), .blob(file.bytes), .integer(loaded.microseconds)])
    }

    private func append(
        _ changes: [RegisterChange], at now: Instant, by actor: Actor, on connection: Connection
    ) throws {
        let version = try version(on: connection)
        let basis = UsualBasis.text(for: .registerChanged, effective: nil, recorded: now.dayInVietnam)
        let drafts = try changes.enumerated().map { offset, change in
            ActDraft(
                kind: .registerChanged,
                subjects: [SubjectVersion(RegisterChange.subject, version: version + Int64(offset) + 1)],
                effective: nil, legalBasis: basis, content: try change.bytes())
        }
        _ = try acts.append(drafts, by: actor, on: connection)
    }
}
