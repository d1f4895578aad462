import CLibPQ

/// The engines a register can stand on.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case postgresql
}

/// Where a register is kept, as `--database` says it.
package enum DatabaseLocation: Hashable, Sendable {
    /// A file; written `sqlite:PATH`.
    case sqlite(path: String)
    /// A server; written `postgres://[user@]host[:port]/database` or
    /// `postgres://user@/database?host=/socket/directory`.
    case postgresql(url: String)

    /// Reads the text of `--database`; a password inside it is refused, because command lines are seen by everybody.
    package init(parsing text: String) throws(DatabaseError) {
        if text.hasPrefix("sqlite:") {
            let path = String(text.dropFirst("sqlite:".count))
            guard !path.isEmpty, !path.hasPrefix(":"), !path.utf8.contains(0) else {
                throw .malformedLocation("the path of the file is missing")
            }
            self = .sqlite(path: path)
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            try DatabaseLocation.refusePassword(in: text)
            self = .postgresql(url: text)
        } else {
            throw .malformedLocation("it begins with neither sqlite: nor postgres://")
        }
    }

    package var engine: Engine {
        switch self {
        case .sqlite: .sqlite
        case .postgresql: .postgresql
        }
    }

    /// libpq's own reading of the URL decides; its message is not repeated, since it may quote the secret.
    private static func refusePassword(in url: String) throws(DatabaseError) {
        guard let given = given(in: url) else { throw .malformedLocation("the URL does not parse") }
        if given["password"] != nil || given["sslpassword"] != nil { throw .passwordInURL }
    }

    /// What the URL says, by libpq's keywords; nil when it does not parse.
    private static func given(in url: String) -> [String: String]? {
        guard let options = PQconninfoParse(url, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var given: [String: String] = [:]
        var index = 0
        while let keyword = options[index].keyword {
            if let value = options[index].val, value.pointee != 0 {
                given[String(cString: keyword)] = String(cString: value)
            }
            index += 1
        }
        return given
    }

    /// The database on a server, as the URL names it; nil for a file, and where the URL leaves it to the server.
    package var databaseName: String? {
        guard case .postgresql(let url) = self else { return nil }
        return DatabaseLocation.given(in: url)?["dbname"]
    }
}

extension DatabaseLocation: CustomStringConvertible {
    /// The text that parses to this location.
    package var description: String {
        switch self {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgresql(let url): url
        }
    }
}

/// What may be chosen when a store is opened; the defaults fit a server on one machine.
package struct DatabaseOptions: Hashable, Sendable {
    /// Threads, each with a connection of its own, that answer `read`.
    package var readers: Int
    /// Threads that answer `write` on PostgreSQL; SQLite has one writer always.
    package var writers: Int
    /// How long a SQLite writer waits for another process.
    package var busyTimeout: Duration
    /// The longest a PostgreSQL statement outside `writeBulk` may run.
    package var statementTimeout: Duration
    /// Whether a missing SQLite file is created (mode 0600); a PostgreSQL database is never created here.
    package var createIfMissing: Bool
    /// Shown by the server in `pg_stat_activity`.
    package var applicationName: String
    /// How many callers may wait for each kind of work before further ones are refused as `.contended`.
    package var waitingLimit: Int
    /// How many grouped writes may share one commit.
    package var groupLimit: Int
    /// Whether all that is done is one transaction, which is undone when the store is closed.
    package var isRehearsal: Bool

    package init(
        readers: Int = 4, writers: Int = 2, busyTimeout: Duration = .seconds(5),
        statementTimeout: Duration = .seconds(60), createIfMissing: Bool = true, applicationName: String = "dancu",
        waitingLimit: Int = 8192, groupLimit: Int = 256, isRehearsal: Bool = false
    ) {
        self.readers = max(1, readers)
        self.writers = max(1, writers)
        self.busyTimeout = busyTimeout
        self.statementTimeout = statementTimeout
        self.createIfMissing = createIfMissing
        self.applicationName = applicationName
        self.waitingLimit = max(1, waitingLimit)
        self.groupLimit = max(1, groupLimit)
        self.isRehearsal = isRehearsal
    }
}

extension Duration {
    var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
