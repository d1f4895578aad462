import Database
import Foundation

extension DatabaseLocation {
    /// Whether there is a file, or a database with tables, which something may be written over.
    func isUsed() async throws -> Bool {
        if case .sqlite(let path) = self { return FileManager.default.fileExists(atPath: path) }
        let database = try await Database.open(self)
        let tables = try await database.read { connection in
            try connection.first("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") {
                try $0.int(0)
            } ?? 0
        }
        await database.close()
        return tables > 0
    }
}
