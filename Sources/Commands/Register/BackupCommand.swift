import ArgumentParser
import Civil
import Database
import Foundation
import Ledger
import Population

/// The command `dancu backup FOLDER`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Sao lưu: the whole register into a new folder, while it is in use.",
        usage: "dancu backup <folder> [options]",
        discussion: """
            Examples:
              dancu backup /backup/2026-11-24
              dancu backup /backup/2026-11-24 --with-key

            The signing key is not in a backup unless --with-key asks for it: whoever has both can rewrite the log.
            """)

    @Argument(help: "A folder that does not exist yet.", completion: .directory)
    var folder: String

    @Flag(name: .long, help: "Put the signing key into the backup too.")
    var withKey = false

    @Flag(name: .long, help: "Say whether it could be made; write nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let target = URL(fileURLWithPath: folder)
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw CommandFailure(
                code: "backup_exists", exit: .refused,
                vietnamese: "\(folder) đã có; chọn thư mục mới để không ghi đè bản sao lưu.",
                english: "\(folder) exists; name a new folder, so that no backup is written over.")
        }
        let location = try register.location()
        guard !dryRun else {
            try await OpenedRegister.with(register, creating: nil, evenDamaged: true) { _ in }
            return try tell(target, "Sẽ sao lưu / would be backed up")
        }
        try await OpenedRegister.with(register, creating: nil, evenDamaged: true) { opened in
            try await opened.sequencer?.integrate()
            // Before the copy, which has every checkpoint that was there.
            let checkpoints = try await opened.database.read { connection in
                try LogName.allCases.compactMap { try LogReader(connection: connection).lastCheckpoint(of: $0) }
            }
            try FileManager.default.createDirectory(
                at: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            switch location {
            case .sqlite:
                try await opened.database.backup(to: BackupFolder(target).sqlite.path)
            case .postgresql(let url):
                try await PostgreSQLDump.write(url, to: BackupFolder(target).postgresql.path)
            }
            try BackupFolder(target).write(identity: opened.identity, checkpoints: checkpoints)
        }
        if withKey {
            let source = register.keyFile(for: location).folder
            try FileManager.default.copyItem(at: source, to: BackupFolder(target).keys)
        }
        try tell(target, "Đã sao lưu / backed up")
    }

    private func tell(_ target: URL, _ done: String) throws {
        guard output.json else { return Console.line("\(done): \(folder)") }
        try Console.json(
            JSONValue.object([
                "folder": .string(target.path), "with_key": .bool(withKey), "dry_run": .bool(dryRun),
            ]))
    }
}

/// The command `dancu restore FOLDER`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Khôi phục: a backup into a place where no register is; then verify it.",
        discussion: """
            Examples:
              dancu restore /backup/2026-11-24
              dancu restore /backup/2026-11-24 --database postgres://dancu@db.local/empty

            Nothing is ever written over. Without the signing key the register can be read and verified; put the key's \
            folder back to go on writing checkpoints.
            """)

    @Argument(help: "A folder that dancu backup made.", completion: .directory)
    var folder: String

    @Flag(name: .long, help: "Say whether it could be restored there; write nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let source = BackupFolder(URL(fileURLWithPath: folder))
        let location = try register.location()
        let store = location.engine == .sqlite ? source.sqlite : source.postgresql
        guard FileManager.default.fileExists(atPath: store.path) else { throw unfit }
        let manifest = try source.manifest()
        try await refuseUsed(location)
        guard !dryRun else { return try tellTried(manifest) }
        switch location {
        case .sqlite(let path): try await restoreSQLite(source, manifest, to: path)
        case .postgresql(let url):
            try await PostgreSQLDump.restore(source.postgresql.path, to: url)
            try await compare(with: manifest, location)
        }
        let keys = register.keyFile(for: location).folder
        if FileManager.default.fileExists(atPath: source.keys.path), !FileManager.default.fileExists(atPath: keys.path)
        {
            try FileManager.default.createDirectory(
                at: keys.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: source.keys, to: keys)
        }
        let result = try await OpenedRegister.with(register, creating: nil, evenDamaged: true) { opened in
            try await opened.verification().verify()
        }
        try LogOutput.tell(result, asJSON: output.json)
        if !result.isClean { throw ExitCode(CommandFailure.Exit.damaged.rawValue) }
    }

    /// Before it is opened, which would bring an earlier version up to date and vouch for what it is.
    private func compare(with manifest: BackupFolder.Manifest, _ location: DatabaseLocation) async throws {
        let database = try await Database.open(location)
        let found: (identity: RegisterIdentity?, notes: [String])
        do {
            guard try await database.hasTable("register"), try await database.hasTable("log_checkpoint") else {
                throw notAsBackedUp
            }
            found = try await database.read { connection in
                (
                    try RegisterStore.identity(on: connection),
                    try LogName.allCases.flatMap { try LogReader(connection: connection).checkpoints(of: $0) }.map(
                        \.note)
                )
            }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        let (identity, notes) = found
        guard manifest.register == identity?.id, manifest.kind == identity?.kind.rawValue,
            manifest.logKey == identity?.logKey, Set(manifest.checkpoints.map(\.note)).isSubset(of: notes)
        else { throw notAsBackedUp }
    }

    private func restoreSQLite(
        _ source: BackupFolder, _ manifest: BackupFolder.Manifest, to path: String
    ) async throws {
        let target = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        // Under another name first: what is cut short, or not what was backed up, is never taken for a register.
        let partial = target.appendingPathExtension("restoring")
        try? FileManager.default.removeItem(at: partial)
        try FileManager.default.copyItem(at: source.sqlite, to: partial)
        do {
            try await compare(with: manifest, .sqlite(path: partial.path))
        } catch {
            try? FileManager.default.removeItem(at: partial)
            throw error
        }
        try FileManager.default.moveItem(at: partial, to: target)
    }

    private func tellTried(_ manifest: BackupFolder.Manifest) throws {
        guard output.json else {
            return Console.line("Sẽ khôi phục / would be restored: \(manifest.kind), \(manifest.register)")
        }
        try Console.json(
            JSONValue.object([
                "register": .string(manifest.register), "kind": .string(manifest.kind), "dry_run": .bool(true),
            ]))
    }

    private func refuseUsed(_ location: DatabaseLocation) async throws {
        if try await location.isUsed() { throw used }
    }

    private var used: CommandFailure {
        CommandFailure(
            code: "register_exists", exit: .refused,
            vietnamese: "Ở đó đã có dữ liệu; khôi phục vào nơi trống để không mất gì.",
            english: "There are data already; restore into an empty place, so that nothing is lost.")
    }

    private var notAsBackedUp: CommandFailure {
        CommandFailure(
            code: "backup_not_as_written", exit: .damaged,
            vietnamese:
                "Dữ liệu trong \(folder) không phải dữ liệu đã sao lưu (khác mã, khóa hoặc điểm kiểm tra); "
                + "dùng bản khác.",
            english:
                "What lies in \(folder) is not what was backed up (another register, key or checkpoint); "
                + "use another backup."
        )
    }

    private var unfit: CommandFailure {
        CommandFailure(
            code: "backup_unfit", exit: .refused,
            vietnamese: "\(folder) không phải bản sao lưu cho loại cơ sở dữ liệu này; kiểm tra thư mục và --database.",
            english: "\(folder) is no backup for this kind of database; check the folder and --database.")
    }
}

/// The files of a backup.
struct BackupFolder {
    let folder: URL

    init(_ folder: URL) {
        self.folder = folder
    }

    var sqlite: URL { folder.appendingPathComponent("register.sqlite") }
    var postgresql: URL { folder.appendingPathComponent("register.pgdump") }
    var keys: URL { folder.appendingPathComponent("keys") }

    /// What a backup is, as it was written beside it.
    struct Manifest: Decodable, Sendable {
        var register: String
        var kind: String
        var logKey: String
        var checkpoints: [Checkpoint]

        struct Checkpoint: Decodable, Sendable {
            var note: String
        }

        enum CodingKeys: String, CodingKey {
            case register, kind, checkpoints
            case logKey = "log_key"
        }
    }

    private var manifestFile: URL { folder.appendingPathComponent("manifest.json") }

    func manifest() throws -> Manifest {
        guard let data = FileManager.default.contents(atPath: manifestFile.path),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else {
            throw CommandFailure(
                code: "file_not_readable", exit: .refused,
                vietnamese: "Không đọc được \(manifestFile.path); kiểm tra đường dẫn.",
                english: "\(manifestFile.path) cannot be read; check the path.")
        }
        return manifest
    }

    /// What the backup is, and the checkpoints that it must lead to.
    func write(identity: RegisterIdentity, checkpoints: [StoredCheckpoint]) throws {
        let manifest = JSONValue.object([
            "register": .string(identity.id), "kind": .string(identity.kind.rawValue),
            "log_key": .string(identity.logKey), "program": .string(ProgramVersion.text),
            "checkpoints": .array(
                checkpoints.map {
                    .object(["log": .string($0.log.text), "size": .integer(Int64($0.size)), "note": .string($0.note)])
                }),
        ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(manifest).write(to: manifestFile)
    }
}
