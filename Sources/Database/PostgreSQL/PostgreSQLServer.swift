import CLibPQ

/// Opening connections to a PostgreSQL server.
enum PostgreSQLServer {
    /// The oldest server the conformance suite has been run on.
    private static let oldestVersion: Int32 = 150_000
    private static let connectSeconds = 10

    /// A connection set up as every register wants it: UTF-8, durable commits, limits.
    static func open(
        _ url: String, isBulk: Bool, options: DatabaseOptions
    ) throws(DatabaseError) -> PostgreSQLDriver {
        let settings = [
            ("dbname", url), ("application_name", options.applicationName), ("client_encoding", "UTF8"),
            ("connect_timeout", String(connectSeconds)),
        ]
        guard let connection = connect(settings) else { throw .unavailable("libpq gave no connection") }
        guard PQstatus(connection) == CONNECTION_OK else {
            let error = explained(connection)
            PQfinish(connection)
            throw error
        }
        // Notices are for people at a terminal, not for a server's standard error.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        let driver = PostgreSQLDriver(connection)
        do throws(DatabaseError) {
            try refuseStrangers(connection)
            let timeout = isBulk ? 0 : options.statementTimeout.milliseconds
            try driver.script(
                """
                SET synchronous_commit = on; SET standard_conforming_strings = on; SET timezone = 'UTC';
                SET bytea_output = 'hex'; SET extra_float_digits = 1; SET cursor_tuple_fraction = 1;
                SET client_min_messages = warning; SET statement_timeout = \(timeout);
                """)
        } catch {
            driver.close()
            throw error
        }
        return driver
    }

    /// `expand_dbname` is on, so that the URL in `dbname` is read in full.
    private static func connect(_ settings: [(String, String)]) -> OpaquePointer? {
        var keywords: [UnsafeMutablePointer<CChar>?] = settings.map { copied($0.0) }
        var values: [UnsafeMutablePointer<CChar>?] = settings.map { copied($0.1) }
        keywords.append(nil)
        values.append(nil)
        defer {
            for pointer in keywords + values { pointer?.deallocate() }
        }
        return PQconnectdbParams(
            keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    }

    private static func copied(_ text: String) -> UnsafeMutablePointer<CChar> {
        let bytes = text.utf8CString
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        for (index, byte) in bytes.enumerated() { (pointer + index).initialize(to: byte) }
        return pointer
    }

    private static func refuseStrangers(_ connection: OpaquePointer) throws(DatabaseError) {
        guard PQserverVersion(connection) >= oldestVersion else {
            throw .unsupported("a PostgreSQL server older than 15; upgrade the server")
        }
        let encoding = PQparameterStatus(connection, "server_encoding").map { String(cString: $0) } ?? ""
        guard encoding == "UTF8" else {
            throw .unsupported("a database in \(encoding); create it with ENCODING 'UTF8' TEMPLATE template0")
        }
    }

    /// libpq's last line names host, user and database, never a password.
    private static func explained(_ connection: OpaquePointer) -> DatabaseError {
        let message = String(cString: PQerrorMessage(connection))
        let line = message.split(separator: "\n").last.map(String.init) ?? "no connection"
        return .unavailable(line)
    }
}
