import Foundation

/// A file that is written from its beginning to its end, some hundred kilobytes at a time.
final class GrowingFile {
    private let file: FileHandle
    private let path: String
    private var waiting: [UInt8] = []

    private static let block = 1 << 19

    init(creating url: URL) throws {
        path = url.path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw GrowingFile.notWritable(path) }
        self.file = file
    }

    func append(_ bytes: [UInt8]) throws {
        waiting += bytes
        if waiting.count >= GrowingFile.block { try flush() }
    }

    func close() throws {
        try flush()
        try? file.close()
    }

    private func flush() throws {
        do {
            try file.write(contentsOf: Data(waiting))
        } catch {
            throw GrowingFile.notWritable(path)
        }
        waiting.removeAll(keepingCapacity: true)
    }

    static func notWritable(_ path: String) -> CommandFailure {
        CommandFailure(
            code: "file_not_writable", exit: .unavailable,
            vietnamese: "Không ghi được \(path); kiểm tra thư mục, quyền ghi và dung lượng đĩa.",
            english: "\(path) cannot be written; check the folder, its permissions and the disk.")
    }
}
