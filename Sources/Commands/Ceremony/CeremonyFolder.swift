import Chip
import Crypto
import Foundation

/// Thư mục buổi lễ: a folder for each step, with what it made and its line of the protocol.
///
/// A step is put together in a folder on the side and becomes one by a rename, which happens or does not: a step that
/// is interrupted leaves nothing behind that counts, and nothing is ever written over.
struct CeremonyFolder {
    let url: URL

    static let plan = "plan.json"
    private static let line = "line.json"
    private static let draft = ".step"

    /// A file of a step.
    struct File {
        let name: String
        let bytes: [UInt8]
        /// Whether others need it: its hash stands in the protocol, and it must stay in the folder.
        let isPublic: Bool

        init(_ name: String, _ bytes: [UInt8], isPublic: Bool = true) {
            self.name = name
            self.bytes = bytes
            self.isPublic = isPublic
        }

        init(secret name: String, _ text: String) { self.init(name, Array(text.utf8), isPublic: false) }

        var hash: String { Hex.text(SHA256.hash(data: bytes)) }
    }

    /// A step with the folder of its files.
    struct Entry {
        let line: CeremonyLine
        let folder: URL

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

        func bytes(_ name: String) throws -> [UInt8] { try CardFolder.bytes(path(name)) }
    }

    /// The steps so far; refused where one is not as it was written.
    func entries() throws -> [Entry] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
            .compactMap { name in name.split(separator: "-").first.flatMap { Int($0) }.map { (number: $0, name: name) }
            }
            .sorted { $0.number < $1.number }
        guard !names.isEmpty else { throw CeremonyRefusal.notOpened }
        let folders = names.map { url.appendingPathComponent($0.name) }
        var texts: [String] = []
        for (place, folder) in folders.enumerated() {
            let path = folder.appendingPathComponent(CeremonyFolder.line).path
            guard names[place].number == place + 1, let data = FileManager.default.contents(atPath: path) else {
                throw CeremonyRefusal.protocolChanged(place + 1)
            }
            texts.append(String(decoding: data, as: UTF8.self))
        }
        let lines = try CeremonyLine.chain(texts)
        let entries = zip(lines, folders).map(Entry.init)
        for entry in entries {
            guard entry.folder.lastPathComponent == CeremonyFolder.name(of: entry.line) else {
                throw CeremonyRefusal.protocolChanged(entry.line.number)
            }
            for (name, hash) in entry.line.made.sorted(by: { $0.key < $1.key }) {
                guard let bytes = FileManager.default.contents(atPath: entry.path(name)),
                    Hex.text(SHA256.hash(data: bytes)) == hash
                else { throw CeremonyRefusal.fileChanged("\(entry.folder.lastPathComponent)/\(name)") }
            }
        }
        return entries
    }

    private static func name(of line: CeremonyLine) -> String {
        let number = String(line.number)
        return String(repeating: "0", count: max(0, 3 - number.count)) + number + "-" + line.step.rawValue
    }

    /// Makes the folder of a new ceremony, which is empty or not there yet.
    func prepare() throws { try PKIFolder.prepare(url) }

    /// Whether a ceremony could be opened here.
    func requireUnused() throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        guard names.isEmpty else { throw BatchFolder.notEmpty(url.path) }
    }

    /// Runs a body while no other step of the ceremony can go on.
    func alone<Result>(_ body: () throws -> Result) throws -> Result {
        let handle = Foundation.open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw CeremonyRefusal.notOpened }
        defer { close(handle) }
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else { throw CeremonyRefusal.busy }
        return try body()
    }

    /// Writes a step: all of it or nothing.
    ///
    /// To be called inside of `alone`: what an interrupted step left on the side is thrown away; it never counted.
    func commit(_ line: CeremonyLine, _ files: [File]) throws {
        let manager = FileManager.default
        let draft = url.appendingPathComponent(CeremonyFolder.draft)
        let place = url.appendingPathComponent(CeremonyFolder.name(of: line))
        do {
            if manager.fileExists(atPath: draft.path) { try manager.removeItem(at: draft) }
            try manager.createDirectory(
                at: draft, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            for file in files { try CeremonyFolder.write(file.bytes, to: draft.appendingPathComponent(file.name)) }
            try CeremonyFolder.write(Array(line.text.utf8), to: draft.appendingPathComponent(CeremonyFolder.line))
            try synchronise(draft)
            // A folder that has files is never replaced by this.
            guard rename(draft.path, place.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
            try synchronise(url)
        } catch {
            throw GrowingFile.notWritable(place.path)
        }
    }

    /// Writes the files of an issuer into this folder, which is empty or not there yet.
    func writeIssuer(_ files: [File]) throws {
        try prepare()
        do {
            for file in files { try CeremonyFolder.write(file.bytes, to: url.appendingPathComponent(file.name)) }
            try synchronise(url)
        } catch {
            throw GrowingFile.notWritable(url.path)
        }
    }

    /// A new file for its owner alone, on the disk when this returns.
    static func write(_ bytes: [UInt8], to file: URL) throws {
        let handle = Foundation.open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw CocoaError(.fileWriteUnknown) }
        let descriptor = FileHandle(fileDescriptor: handle, closeOnDealloc: true)
        try descriptor.write(contentsOf: Data(bytes))
        try descriptor.synchronize()
        try descriptor.close()
    }

    private func synchronise(_ folder: URL) throws {
        let handle = Foundation.open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
