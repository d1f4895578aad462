import Access
import Civil
import Foundation
import Ledger
import Logging
import Population
import Synchronization

/// Các lô đang nhập: imports that were started at the console and go on behind the pages.
///
/// A file lies in a folder of its own until its import has ended. When the server stops in between, the same file
/// uploaded again goes on where the import stopped.
final class BatchIntake: Sendable {
    private let register: PopulationRegister
    private let logger: Logger
    private let running = Mutex<Set<String>>([])

    init(register: PopulationRegister, logger: Logger) {
        self.register = register
        self.logger = logger
    }

    func isRunning(_ batch: String) -> Bool { running.withLock { $0.contains(batch) } }

    /// Keeps the file, checks that it is a batch, and starts its import; the batch's name.
    func start(_ fileName: String, _ contents: Data, by requester: Requester) async throws -> String {
        let folder = try register.surroundings.newFolder("intake")
        let file = folder.appendingPathComponent(fileName.isEmpty ? "-.csv" : fileName)
        do {
            try contents.write(to: file)
            let name = try await register.checkBatch(path: file.path, by: requester)
            guard running.withLock({ $0.insert(name).inserted }) else {
                try? FileManager.default.removeItem(at: folder)
                return name
            }
            await run(file, folder, name, requester)
            return name
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// Starts the import and waits until the batch is there, so that the page that follows has something to show.
    private func run(_ file: URL, _ folder: URL, _ name: String, _ requester: Requester) async {
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        Task {
            do {
                _ = try await register.importBatch(path: file.path, by: requester) { _ in start.finish() }
            } catch {
                logger.error("batch import failed", metadata: ["code": .string(Problem.code(of: error))])
            }
            start.finish()
            _ = running.withLock { $0.remove(name) }
            try? FileManager.default.removeItem(at: folder)
        }
        for await _ in started {}
    }
}
