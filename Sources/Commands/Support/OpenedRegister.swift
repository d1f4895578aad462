import Access
import Cards
import Civil
import Database
import Foundation
import Ledger
import Population

/// A register put together from its rooms: the one place where that happens.
struct OpenedRegister: Sendable {
    let database: Database
    let identity: RegisterIdentity
    /// What of its own rows is not as the log says; nothing unless it was opened even damaged.
    let damages: [RegisterDamage]
    private let acts: ActStore
    let population: PopulationRegister
    let access: AccessRegister
    let cards: CardRegister
    let sequencer: Sequencer?
    let verificationKeys: [LogName: LogVerificationKey]

    /// Opens the register; one that does not exist yet is created as `kind`, when that is given.
    ///
    /// - Parameter evenDamaged: Opens it also where it is not what the log says, for commands that tell or mend that.
    static func open(
        _ options: RegisterOptions, creating kind: RegisterKind? = .demonstration, evenDamaged: Bool = false,
        isTrial: Bool = false, surroundings: Surroundings = .system
    ) async throws -> OpenedRegister {
        let location = try options.location()
        try prepareFolder(of: location, creating: kind != nil)
        let database = try await Database.open(
            location, options: DatabaseOptions(createIfMissing: kind != nil, isRehearsal: isTrial))
        do {
            let opened = try await open(
                database, keyFile: options.keyFile(for: location), creating: kind, surroundings: surroundings)
            guard evenDamaged || opened.damages.allSatisfy(\.isUnvouchedKey) else {
                throw RegisterDamaged(damages: opened.damages)
            }
            return opened
        } catch {
            await database.close()
            throw error
        }
    }

    private static func open(
        _ database: Database, keyFile: LogKeyFile, creating kind: RegisterKind?, surroundings: Surroundings
    ) async throws -> OpenedRegister {
        // What looks for a register leaves nothing where there is none.
        if kind == nil, try await !database.hasTable("register") { throw missing }
        try await database.migrate(CardSchema.registerMigrations, at: surroundings.now().iso)
        let numbers = EntryNumbers(surroundings)
        let acts = ActStore(surroundings: surroundings, numbers: numbers)
        let store = RegisterStore(acts: acts)
        let opening = try await opening(of: database, store, keyFile, creating: kind, surroundings)
        let (identity, units) = (opening.identity, opening.makeUnitsInForce())
        let access = AccessRegister(
            database: database, surroundings: surroundings, numbers: numbers, units: units,
            isDemonstration: identity.kind == .demonstration)
        let population = PopulationRegister(
            database: database, surroundings: surroundings, numbers: numbers, kind: identity.kind,
            units: units, seal: opening.seal,
            reactions: [CardReaction(surroundings: surroundings, numbers: numbers)])
        return OpenedRegister(
            database: database, identity: identity, damages: opening.damages, acts: acts, population: population,
            access: access,
            cards: CardRegister(
                population: population, numbers: numbers, matcher: FingerProgram(),
                search: identity.kind == .demonstration ? SamePictureSearch(database) : nil),
            sequencer: try sequencer(identity, database, keyFile, surroundings),
            verificationKeys: try LogOrigins.verifying(identity.logKey, register: identity.id))
    }

    /// Reads everything anew and holds it against the log, here or in a copy of the register.
    func verification(in copy: Database? = nil) -> RegisterVerifier {
        RegisterVerifier(database: copy ?? database, acts: acts, keys: verificationKeys)
    }

    /// Integrates what waits in the log; every command that writes does this before it ends.
    func finish() async throws {
        if database.isRehearsal {
            // Nothing of it gets a place in the log.
        } else if let sequencer {
            try await sequencer.integrate()
        } else {
            await tellWhatWaits()
        }
        await database.close()
    }

    /// Without the signing key nothing gets its place in the log; whoever wrote something is told so.
    private func tellWhatWaits() async {
        let waiting = try? await database.read { connection in
            try connection.first("SELECT count(*) FROM log_pending") { try $0.int(0) } ?? 0
        }
        guard let waiting, waiting > 0 else { return }
        Console.message(
            "Không có khóa ký: \(waiting) mục chờ vào nhật ký; đặt lại khóa hoặc chỉ thư mục của nó bằng --keys.\n"
                + "The signing key is missing: \(waiting) entries wait for their places in the log; put the key back, "
                + "or name its folder with --keys. [log_key_missing]")
    }

    /// Runs `body` with the register open, integrates the log, and closes, also when `body` throws.
    static func with<Result: Sendable>(
        _ options: RegisterOptions, creating kind: RegisterKind? = .demonstration, evenDamaged: Bool = false,
        trial: TrialOptions? = nil, _ body: (OpenedRegister) async throws -> Result
    ) async throws -> Result {
        let isTrial = trial?.isTrial ?? false
        let register = try await open(options, creating: kind, evenDamaged: evenDamaged, isTrial: isTrial)
        let integration = register.integration()
        do {
            let result = try await body(register)
            await OpenedRegister.end(integration)
            try await register.finish()
            if isTrial { TrialOptions.tell() }
            return result
        } catch {
            await OpenedRegister.end(integration)
            try? await register.finish()
            throw error
        }
    }

    /// Gives what a long command writes its places in the log every second, as a server does.
    private func integration() -> Task<Void, any Error> {
        let sequencer = database.isRehearsal ? nil : sequencer
        return Task {
            while let sequencer {
                try await Task.sleep(for: Sequencer.interval)
                // What cannot get its place now gets it later; the end of the command tells of a failure.
                _ = try? await sequencer.integrate()
            }
        }
    }

    private static func end(_ integration: Task<Void, any Error>) async {
        integration.cancel()
        _ = await integration.result
    }

    // MARK: Creating

    /// The register as it stands, created where there is none; one of an earlier version gets the acts of what it is.
    private static func opening(
        of database: Database, _ store: RegisterStore, _ keyFile: LogKeyFile, creating kind: RegisterKind?,
        _ surroundings: Surroundings
    ) async throws -> RegisterOpening {
        let read: @Sendable (Connection) throws -> RegisterOpening? = { try store.opening(on: $0) }
        var opening = try await database.read(read)
        if opening == nil {
            guard let kind else { throw missing }
            try await create(kind, in: database, store, keyFile: keyFile, surroundings: surroundings)
            opening = try await database.read(read)
        }
        if let opened = opening, opened.version == 0 || opened.unvouchedSeal != nil {
            // Whoever can write to the database cannot make the private key that lies beside the program.
            let known = try keyFile.loadUnsealing().flatMap { LookSeal(publicKey: try LookSeal.publicKey(of: $0)) }
            let isVouchedFor = opened.unvouchedSeal.map { $0.publicKey == known?.publicKey } ?? false
            if opened.version == 0 || isVouchedFor {
                let now = surroundings.now()
                try await onceOfMany(in: database) {
                    try store.putOnRecord(at: now, seal: known, by: LocalOperator.actor, on: $0)
                }
                opening = try await database.read(read)
            }
        }
        // Where the signing key is not, no other key belongs either.
        if let opened = opening, opened.seal == nil, opened.damages.isEmpty, try keyFile.load() != nil,
            let seal = LookSeal(publicKey: try LookSeal.publicKey(of: try keyFile.unsealingSecret()))
        {
            let now = surroundings.now()
            try await onceOfMany(in: database) { try store.makeSeal(seal, at: now, by: LocalOperator.actor, on: $0) }
            opening = try await database.read(read)
        }
        guard let opening else { throw missing }
        return opening
    }

    /// Writes what several processes may come to write at once; the first of them does.
    private static func onceOfMany(
        in database: Database, _ body: @escaping @Sendable (Connection) throws -> Void
    ) async throws {
        do {
            try await database.write(body)
        } catch DatabaseError.uniqueViolation(_) {
            // Another process has done it meanwhile.
        }
    }

    private static func create(
        _ kind: RegisterKind, in database: Database, _ store: RegisterStore, keyFile: LogKeyFile,
        surroundings: Surroundings
    ) async throws {
        var files: [UnitFileBytes] = []
        for name in ShippedUnits.names {
            guard let bytes = ShippedUnits.bytes(name) else { throw unitsMissing(name) }
            files.append(UnitFileBytes(name: name, bytes: bytes))
        }
        // A second register would sign with the first one's key, and lose it with the first one's folder.
        let place = place(of: database.location)
        if let owner = keyFile.owner(), owner != place {
            // Another process may have created it meanwhile.
            if try await database.read({ try RegisterStore.identity(on: $0) }) != nil { return }
            throw keysTaken(keyFile, by: owner)
        }
        let secret = try keyFile.load() ?? keyFile.create()
        let identity = RegisterIdentity(
            id: Handle(random: surroundings.random(16)).text, kind: kind, created: surroundings.now(),
            logKey: try LogKeyFile.publicText(of: secret))
        let origins = Dictionary(
            uniqueKeysWithValues: LogName.allCases.map { ($0, LogOrigins.text($0, register: identity.id)) })
        let unitFiles = files
        try await database.write { connection in
            // Another process may have created it meanwhile.
            if try RegisterStore.identity(on: connection) != nil { return }
            try store.create(
                identity, origins: origins, unitFiles: unitFiles, by: LocalOperator.actor, on: connection)
            // Last, so that of two registers that are made with one folder at once the second one is not.
            let owner = try keyFile.claim(for: place)
            guard owner == place else { throw keysTaken(keyFile, by: owner) }
        }
    }

    /// Where a register lies, in one spelling for a file.
    private static func place(of location: DatabaseLocation) -> String {
        switch location {
        case .sqlite(let path): "sqlite:" + URL(fileURLWithPath: path).standardizedFileURL.path
        case .postgresql(let url): url
        }
    }

    private static func keysTaken(_ keyFile: LogKeyFile, by owner: String) -> CommandFailure {
        CommandFailure(
            code: "log_key_taken", exit: .refused,
            vietnamese:
                "Thư mục \(keyFile.folder.path) giữ khóa của cơ sở dữ liệu khác (\(owner)); chỉ thư mục khác "
                + "bằng --keys, hoặc cất thư mục đó đi nếu cơ sở dữ liệu ấy không còn.",
            english:
                "The folder \(keyFile.folder.path) has the keys of another register (\(owner)); name another "
                + "folder with --keys, or put it away if that register is no more.")
    }

    private static func sequencer(
        _ identity: RegisterIdentity, _ database: Database, _ keyFile: LogKeyFile, _ surroundings: Surroundings
    ) throws -> Sequencer? {
        guard let secret = try keyFile.load() else { return nil }
        guard try LogKeyFile.publicText(of: secret) == identity.logKey else {
            throw CommandFailure(
                code: "log_key_of_another_register", exit: .unavailable,
                vietnamese:
                    "Khóa ký trong \(keyFile.folder.path) không phải của cơ sở dữ liệu này; chỉ đúng thư "
                    + "mục bằng --keys.",
                english:
                    "The signing key in \(keyFile.folder.path) is not this register's; name its folder with --keys.")
        }
        // A register of an earlier version did not write it down.
        if keyFile.owner() == nil { _ = try? keyFile.claim(for: place(of: database.location)) }
        return Sequencer(
            database: database, keys: try LogOrigins.signing(secret, register: identity.id), surroundings: surroundings)
    }

    private static func prepareFolder(of location: DatabaseLocation, creating: Bool) throws {
        guard case .sqlite(let path) = location else { return }
        if !creating, !FileManager.default.fileExists(atPath: path) { throw missing }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    private static var missing: CommandFailure {
        CommandFailure(
            code: "register_missing", exit: .unavailable,
            vietnamese: "Chưa có cơ sở dữ liệu ở đó; tạo bằng dancu register create hoặc nhập một lô phiếu.",
            english: "There is no register yet; make one with dancu register create, or import a batch.")
    }

    static func unitsMissing(_ name: String) -> CommandFailure {
        CommandFailure(
            code: "resources_missing", exit: .unavailable,
            vietnamese: "Thiếu tệp \(name) đi kèm chương trình; cài lại chương trình cùng thư mục .resources của nó.",
            english: "The program's file \(name) is missing; install the program with its .resources folders.")
    }
}
