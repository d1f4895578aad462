import Cards
import Chip
import Foundation
import Population

/// Folders with the files of a card, and with the certificates somebody trusts.
enum CardFolder {
    /// No file of a chip is longer; a list of authorities may be.
    static let largest = 16 << 20

    /// - Parameter most: what is longer is not read, in bytes.
    static func bytes(_ path: String, upTo most: Int = largest) throws -> [UInt8] {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        guard let size, size <= most, let data = FileManager.default.contents(atPath: path) else {
            throw notReadable(path)
        }
        return Array(data)
    }

    static func notReadable(_ path: String) -> CommandFailure {
        CommandFailure(
            code: "file_not_readable", exit: .refused, vietnamese: "Không đọc được \(path); kiểm tra đường dẫn.",
            english: "\(path) cannot be read; check the path.")
    }

    static func write(_ bytes: [UInt8], to file: URL) throws {
        do {
            try Data(bytes).write(to: file, options: .atomic)
        } catch {
            throw GrowingFile.notWritable(file.path)
        }
    }

    /// A folder of the owner's own.
    @discardableResult
    static func made(_ url: URL) throws -> URL {
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw GrowingFile.notWritable(url.path)
        }
        return url
    }

    /// Writes the files of one card into the folder of its handle.
    static func write(_ files: [ChipFile: [UInt8]], of card: String, into out: URL) throws {
        let place = try made(out.appendingPathComponent(card))
        for (file, bytes) in files { try write(bytes, to: url(of: file, in: place)) }
    }

    /// Tells what was written, and the receipt of the look that it took.
    ///
    /// - Parameter json: what a program is told beside the receipt.
    static func tell(_ what: String, receipt: Int64, _ output: OutputOptions, json: JSONMembers) throws {
        if output.json {
            try Console.json(JSONValue.object(json.adding(["receipt": .string(String(receipt))])))
        } else {
            Console.line("\(what)  biên nhận / receipt \(receipt)")
        }
    }

    /// Writes the line of a sealed key; the file is its owner's alone from its first byte on.
    static func write(key line: String, to file: URL) throws {
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data(line.utf8), attributes: [.posixPermissions: 0o600])
        else { throw GrowingFile.notWritable(file.path) }
    }

    /// The key of a chip that was kept beside its files, sealed.
    static func chipKey(in folder: URL) -> URL { folder.appendingPathComponent("chip.key") }

    /// A portrait from a JPEG or PNG file.
    static func portrait(_ path: String) throws -> Capture.Portrait {
        try Capture.Portrait(photograph: try bytes(path))
    }

    /// The file of a chip inside a folder: `EF.DG1.bin`.
    static func url(of file: ChipFile, in folder: URL) -> URL {
        folder.appendingPathComponent(file.fileName)
    }

    /// What is there of a card's files.
    static func read(_ folder: URL) throws -> [ChipFile: [UInt8]] {
        var files: [ChipFile: [UInt8]] = [:]
        for file in ChipFile.allCases {
            let path = url(of: file, in: folder).path
            if FileManager.default.fileExists(atPath: path) { files[file] = try bytes(path) }
        }
        return files
    }

    /// The authorities and revocation lists of a folder; what is neither is passed over.
    ///
    /// Whoever names the folder trusts every authority in it that is signed by itself; master lists that such a one
    /// certified add theirs.
    static func trust(_ folder: URL) throws -> TrustStore {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            _ = try bytes(folder.path)
            return TrustStore(authorities: [])
        }
        let contents = try names.sorted().filter { !$0.hasSuffix(".key") }
            .map { folder.appendingPathComponent($0).path }
            .filter {
                (try? FileManager.default.attributesOfItem(atPath: $0)[.type] as? FileAttributeType) == .typeRegular
            }
            .map { try bytes($0) }
        let authorities = contents.compactMap { try? Certificate(bytes: $0) }.filter(\.isAuthority)
        let roots = authorities.filter { $0.isSigned(by: $0) }
        var trust = TrustStore(authorities: roots, lists: contents.compactMap { try? RevocationList(bytes: $0) })
        for list in contents.compactMap({ try? MasterList(bytes: $0) }) { _ = trust.follow(list) }
        return trust
    }
}
