import Database

/// Bytes that a person takes, table by table, on both engines.
struct SizeWork {
    let place: BenchPlace

    private static let nation = 100_000_000.0

    func measure() async throws -> [Figure] {
        var figures: [Figure] = []
        for engine in place.engines {
            let register = try await place.register(engine)
            let database = try await register.open()
            let persons = try await database.read {
                Double(try $0.first("SELECT count(*) FROM person") { try $0.int64(0) } ?? 1)
            }
            let tables = try await database.read { connection in
                try connection.rows(SizeWork.sql(connection.engine)) { (try $0.text(0), try $0.int64(1)) }
            }
            await database.close()
            var parts: [String: Double] = [:]
            for (table, bytes) in tables { parts[SizeWork.part(of: table), default: 0] += Double(bytes) }
            for (part, bytes) in parts.sorted(by: { $0.key < $1.key }) {
                figures.append(Figure(work: "size: \(part), \(engine)", value: bytes / persons, unit: "bytes/person"))
            }
            let all = parts.values.reduce(0, +)
            figures.append(Figure(work: "size: everything, \(engine)", value: all / persons, unit: "bytes/person"))
            figures.append(
                Figure(
                    work: "size: 100,000,000 people, \(engine)", value: all / persons * SizeWork.nation / 1e9,
                    unit: "GB"))
        }
        return figures
    }

    /// Tables and indexes with their bytes.
    private static func sql(_ engine: Engine) -> String {
        switch engine {
        case .sqlite: "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"
        case .postgresql:
            """
            SELECT c.relname, CAST(pg_total_relation_size(c.oid) AS BIGINT) FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'
            AND c.relname NOT LIKE 'bench%'
            """
        }
    }

    /// State, acts, log, sheets, or the rest.
    private static func part(of table: String) -> String {
        let name = table.replacing("sqlite_autoindex_", with: "")
        switch name {
        case _ where name.hasPrefix("act"): return "acts"
        case _ where name.hasPrefix("log_"): return "log"
        case _ where name.hasPrefix("look"): return "looks"
        case _ where name.hasPrefix("sheet") || name.hasPrefix("match_key") || name.hasPrefix("batch"): return "sheets"
        case _ where name.hasPrefix("person") || name.hasPrefix("household") || name.hasPrefix("relative"):
            return "state"
        default: return "rest"
        }
    }
}
