import Database

/// How often a rebuild has put rows right, which no act tells: processes that keep an index of them build it anew.
struct RebuiltStore: Sendable {
    static let migration = Migration(
        id: "population-026",
        sql: """
            CREATE TABLE rows_rebuilt (
                one_row {int} NOT NULL PRIMARY KEY CHECK (one_row = 1),
                times {int} NOT NULL CHECK (times >= 0)
            ) {strict};
            INSERT INTO rows_rebuilt (one_row, times) VALUES (1, 0);
            """)

    func times(on connection: Connection) throws -> Int64 {
        try connection.first("SELECT times FROM rows_rebuilt") { try $0.int64(0) } ?? 0
    }

    func count(on connection: Connection) throws {
        try connection.execute("UPDATE rows_rebuilt SET times = times + 1")
    }
}
