import Foundation

/// Programs of others that read what this room draws; a test that needs one which is not there is skipped.
enum Reader {
    struct Failure: Error { let text: String }

    static func has(_ program: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    static let isFull = ProcessInfo.processInfo.environment["DANCU_TEST_FULL"] == "1"

    /// What a program says of a file; complaints are a failure.
    static func read(
        _ bytes: [UInt8], as name: String, by program: String, _ before: [String] = [], after: [String] = []
    ) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dancu-drawing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        let errors = folder.appending(path: "errors")
        try Data().write(to: errors)
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + before + [file.path] + after
        process.standardOutput = pipe
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let complaint = try String(contentsOf: errors, encoding: .utf8)
        guard process.terminationStatus == 0, !complaint.contains("Syntax Error") else {
            throw Failure(text: complaint)
        }
        return text
    }
}
