import Ledger

/// What of the register's own rows is not as its acts say.
package struct RegisterDamage: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case changed, missing
        /// It is there, and no act says so.
        case surplus
    }

    package let kind: LogDamage.Kind
    /// Where: `register kind`, `unit file 2 (from-2025-07-01.tsv)`.
    package let place: String
    package var state = State.changed

    /// Whether it is a key for typed searches that no act vouches for, beside none that one does, as an earlier version
    /// made it: nothing is sealed to it, and everything else goes on.
    package var isUnvouchedKey: Bool { kind == .sealChanged && state == .surplus && isAlone }
    /// Whether no act says anything of such rows.
    package var isAlone = false

    /// Whether loading the very file again mends it; anything else comes from a backup.
    package var canBePutBack: Bool { kind == .unitsChanged && state != .surplus }
}

/// The register's own rows held against the acts that made it what it is.
struct RegisterStanding: Hashable {
    /// What the first act says the register is; nil when there is none that can be read.
    private(set) var identity: RegisterIdentity?
    /// The files that the acts name, by position.
    private(set) var files: [Int64: RegisterChange.UnitFileEntry] = [:]
    /// The keys for typed searches that the acts name, by position.
    private(set) var seals: [Int64: RegisterChange.SealKeyEntry] = [:]
    private(set) var damages: [RegisterDamage] = []
    /// Positions of files that are as the acts say.
    private(set) var sound: Set<Int64> = []

    /// - Parameters:
    ///   - changes: The stream in its order; nil for an act that is damaged or gone.
    ///   - row: What the register's row says; nil when it is gone.
    ///   - rows: The files that are there.
    ///   - keys: The keys for typed searches that are there.
    init(
        changes: [(act: ActID, change: RegisterChange?)], identity row: RegisterIdentity?,
        rows: [RegisterChange.UnitFileEntry], keys: [RegisterChange.SealKeyEntry]
    ) {
        for (act, change) in changes {
            switch change {
            case .created? where identity == nil: identity = change?.identity
            case .unitsLoaded(let file)? where files[file.position] == nil: files[file.position] = file
            case .sealKeyMade(let key)? where seals[key.position] == nil: seals[key.position] = key
            // A second creation, or a second file or key at one place, is nothing that the program records.
            case .created?, .unitsLoaded?, .sealKeyMade?, nil: found("act \(act.rawValue)")
            }
        }
        compare(row)
        compare(keys)
        let there = Dictionary(rows.map { ($0.position, $0) }) { first, _ in first }
        for position in Set(files.keys).union(there.keys).sorted() {
            switch (files[position], there[position]) {
            case (let file?, let row?) where file == row: sound.insert(position)
            case (let file?, let row): found(file, row == nil ? .missing : .changed)
            case (nil, let row?): found(row, .surplus)
            case (nil, nil): break
            }
        }
    }

    /// What typed searches are sealed to from the last of these acts on.
    var seal: LookSeal? { seals.max { $0.key < $1.key }?.value.seal }

    /// The files of the log whose bytes have that sum and are not there any more.
    func damaged(sha256 sum: String) -> [RegisterChange.UnitFileEntry] {
        files.values.filter { $0.sha256 == sum && !sound.contains($0.position) }.sorted { $0.position < $1.position }
    }

    /// Whether a file with that sum stands where the log has it.
    func isSound(sha256 sum: String) -> Bool {
        files.values.contains { $0.sha256 == sum && sound.contains($0.position) }
    }

    private mutating func compare(_ row: RegisterIdentity?) {
        guard let row else { return found("register", .missing) }
        guard let identity else { return found("register", .surplus) }
        if identity.id != row.id { found("register register_id") }
        if identity.kind != row.kind { found("register kind") }
        if identity.created != row.created { found("register created_at") }
        if identity.logKey != row.logKey { found("register log_key") }
    }

    private mutating func compare(_ keys: [RegisterChange.SealKeyEntry]) {
        let there = Dictionary(keys.map { ($0.position, $0) }) { first, _ in first }
        for position in Set(seals.keys).union(there.keys).sorted() where seals[position] != there[position] {
            let state: RegisterDamage.State =
                seals[position] == nil ? .surplus : there[position] == nil ? .missing : .changed
            damages.append(
                RegisterDamage(
                    kind: .sealChanged, place: "seal key \(position)", state: state, isAlone: seals.isEmpty))
        }
    }

    private mutating func found(_ place: String, _ state: RegisterDamage.State = .changed) {
        damages.append(RegisterDamage(kind: .registerChanged, place: place, state: state))
    }

    private mutating func found(_ file: RegisterChange.UnitFileEntry, _ state: RegisterDamage.State) {
        damages.append(RegisterDamage(kind: .unitsChanged, place: file.place, state: state))
    }
}

extension RegisterChange.UnitFileEntry {
    /// How a damage names it.
    var place: String { "unit file \(position) (\(name))" }
}
