import Foundation

/// Programs of others that judge what this room writes; a test that needs one which is not there is skipped.
enum Oracle {
    struct Failure: Error { let text: String }

    /// Whether Python is there and has these modules.
    static func hasPython(_ modules: String) -> Bool {
        (try? python("import \(modules)")) != nil
    }

    static let hasOpenSSL = (try? run("openssl", "version")) != nil

    /// OpenPACE's tools for certificates of terminals.
    static let hasOpenPACE = (try? run("cvc-print", "--version")) != nil && hasOpenSSL

    @discardableResult
    static func cvcPrint(_ arguments: String...) throws -> String { try run(["cvc-print"] + arguments) }

    @discardableResult
    static func cvcCreate(_ arguments: [String]) throws -> String { try run(["cvc-create"] + arguments) }

    /// What a Python script prints.
    @discardableResult
    static func python(_ script: String, _ arguments: String...) throws -> String {
        try run(["python3", "-c", script] + arguments)
    }

    /// What `openssl` prints.
    @discardableResult
    static func openssl(_ arguments: String...) throws -> String { try openssl(arguments) }

    @discardableResult
    static func openssl(_ arguments: [String]) throws -> String { try run(["openssl"] + arguments) }

    @discardableResult
    private static func run(_ command: String...) throws -> String { try run(command) }

    /// Output and errors of a program in one text; throws when it fails or is not there.
    private static func run(_ command: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: text) }
        return text
    }

    /// Runs a body with a folder that is gone afterwards.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let name = "dancu-chip-\(UUID().uuidString)"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}

extension URL {
    /// Writes bytes into a file of this folder and gives its path.
    func write(_ bytes: [UInt8], as name: String) throws -> String {
        let file = appending(path: name)
        try Data(bytes).write(to: file)
        return file.path
    }
}
