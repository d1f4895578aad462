import Civil
import Crypto
import Foundation
import Ledger

/// A secret of the register: a file in a folder of its own, readable by its owner alone.
struct SecretFile {
    let folder: URL
    let name: String

    var file: URL { folder.appendingPathComponent(name) }

    /// Writes a new secret before it is used; that of another process which was faster, if there is one.
    func create(_ secret: [UInt8]) throws -> [UInt8] {
        let draft = folder.appendingPathComponent("\(name).\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: draft) }
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let text = Data(secret).base64EncodedString() + "\n"
            guard
                FileManager.default.createFile(
                    atPath: draft.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            // A link is made whole or not at all, and never over a key that is there: no register loses its key.
            guard link(draft.path, file.path) == 0 || errno == EEXIST else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw SecretFile.notWritten(to: folder)
        }
        return try load() ?? secret
    }

    static func notWritten(to folder: URL) -> CommandFailure {
        CommandFailure(
            code: "log_key_not_written", exit: .unavailable,
            vietnamese: "Không ghi được khóa vào \(folder.path); kiểm tra quyền và đĩa.",
            english: "The key cannot be written to \(folder.path); check permissions and disk.")
    }

    /// Refuses the file of a key that others than its owner can read.
    static func requireOwn(_ path: String) throws {
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0o600
        guard mode & 0o077 == 0 else {
            throw CommandFailure(
                code: "log_key_exposed", exit: .unavailable,
                vietnamese: "Người khác đọc được khóa; chạy chmod 600 \(path).",
                english: "Others can read the key; run chmod 600 \(path).")
        }
    }

    /// The secret, or nil when there is no key file.
    func load() throws -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
        try SecretFile.requireOwn(file.path)
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let secret = Data(base64Encoded: text), secret.count == 32 else {
            throw CommandFailure(
                code: "log_key_unreadable", exit: .unavailable,
                vietnamese: "Tệp khóa hỏng; khôi phục \(file.path) từ nơi cất giữ.",
                english: "The key file is damaged; restore \(file.path) from where it is kept.")
        }
        return Array(secret)
    }
}

/// The key that signs checkpoints, and beside it the key that opens what was typed into searches.
struct LogKeyFile {
    let folder: URL

    private var signing: SecretFile { SecretFile(folder: folder, name: "log.key") }
    /// Only whoever audits looks needs it; it may be kept elsewhere.
    private var unsealing: SecretFile { SecretFile(folder: folder, name: "looks.key") }

    func create() throws -> [UInt8] {
        try signing.create(Array(Curve25519.Signing.PrivateKey().rawRepresentation))
    }

    func load() throws -> [UInt8]? { try signing.load() }

    /// The place of the register that the keys were made for, as `--database` names it; nil where none was written
    /// down.
    func owner() -> String? {
        FileManager.default.contents(atPath: ownerFile.path)
            .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// Writes down whose keys they are, so that no register of another place is made with them; whose they are, which
    /// is another's where that one was faster.
    ///
    /// A creation that was cut off is begun anew at the same place with the same keys.
    func claim(for place: String) throws -> String {
        let draft = folder.appendingPathComponent("register.\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: draft) }
        guard FileManager.default.createFile(atPath: draft.path, contents: Data("\(place)\n".utf8)),
            link(draft.path, ownerFile.path) == 0 || errno == EEXIST
        else { throw SecretFile.notWritten(to: folder) }
        return owner() ?? place
    }

    private var ownerFile: URL { folder.appendingPathComponent("register") }

    /// What the local operator of a production register shows to its server; made when there is none yet.
    func operatorSecret() throws -> [UInt8] {
        let file = SecretFile(folder: folder, name: "operator.key")
        return try file.load() ?? file.create(Surroundings.system.random(32))
    }

    /// The private key of the seal, or nil when it is kept elsewhere.
    func loadUnsealing() throws -> [UInt8]? { try unsealing.load() }

    /// The private key of a seal, made when there is none yet.
    func unsealingSecret() throws -> [UInt8] { try unsealing.load() ?? unsealing.create(LookSeal.newSecret()) }

    /// The public half as base64, as the register remembers it.
    static func publicText(of secret: [UInt8]) throws -> String {
        Data(try Curve25519.Signing.PrivateKey(rawRepresentation: secret).publicKey.rawRepresentation)
            .base64EncodedString()
    }
}

/// The origins of the two logs of a register.
enum LogOrigins {
    static func text(_ log: LogName, register: String) -> String { "dancu/\(register)/\(log.text)" }

    static func signing(_ secret: [UInt8], register: String) throws -> [LogName: LogSigningKey] {
        var keys: [LogName: LogSigningKey] = [:]
        for log in LogName.allCases {
            keys[log] = try LogSigningKey(name: try LogOrigin(text(log, register: register)), secret: secret)
        }
        return keys
    }

    static func verifying(_ publicText: String, register: String) throws -> [LogName: LogVerificationKey] {
        let bytes = Array(Data(base64Encoded: publicText) ?? Data())
        var keys: [LogName: LogVerificationKey] = [:]
        for log in LogName.allCases {
            keys[log] = try LogVerificationKey(name: try LogOrigin(text(log, register: register)), publicKey: bytes)
        }
        return keys
    }
}
