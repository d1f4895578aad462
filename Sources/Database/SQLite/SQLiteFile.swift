import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Opening and copying the file of a SQLite register.
enum SQLiteFile {
    /// Every connection: durable commits, checks on, and triggers that fire for REPLACE too.
    private static let settings = """
        PRAGMA synchronous = FULL;
        PRAGMA cell_size_check = ON;
        PRAGMA recursive_triggers = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA journal_size_limit = 134217728;
        """

    /// How often opening is tried while another process turns the file into WAL mode.
    private static let openAttempts = 20

    /// A connection; the writer also creates a missing file and turns on WAL, so it is opened first.
    static func open(_ path: String, isWriter: Bool, options: DatabaseOptions) throws(DatabaseError) -> SQLiteDriver {
        if isWriter { try create(path, allowed: options.createIfMissing) }
        var configuration = Configuration()
        configuration.label = options.applicationName
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Double(options.busyTimeout.milliseconds) / 1000)
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            if isWriter { try database.execute(sql: "PRAGMA journal_mode = WAL") }
            try database.execute(sql: settings)
            try database.execute(sql: "PRAGMA cache_size = \(isWriter ? -65_536 : -16_384)")
            if !isWriter { try database.execute(sql: "PRAGMA query_only = ON") }
        }
        var attempt = 0
        while true {
            do {
                return SQLiteDriver(try DatabaseQueue(path: path, configuration: configuration))
            } catch {
                let failure = mapped(error)
                attempt += 1
                guard failure == .contended, attempt < openAttempts else { throw failure }
                usleep(20_000)
            }
        }
    }

    /// A consistent copy, taken while others write; an existing file is never overwritten.
    static func copy(_ path: String, to target: String, options: DatabaseOptions) throws(DatabaseError) {
        let descriptor = target.withCString { posixOpen($0, O_CREAT | O_EXCL | O_RDWR, 0o600) }
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? .unsupported("overwriting an existing file with a backup; name a new file")
                : unavailable("the backup file cannot be created")
        }
        defer { posixClose(descriptor) }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Double(options.busyTimeout.milliseconds) / 1000)
            configuration.allowsUnsafeTransactions = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: settings)
                try database.execute(sql: "VACUUM INTO ?", arguments: [target])
            }
            try queue.close()
        } catch {
            unlink(target)
            throw mapped(error)
        }
        guard fsync(descriptor) == 0 else { throw unavailable("the backup could not be made durable") }
    }

    /// New files are readable by their owner alone; the journal files take over the mode.
    private static func create(_ path: String, allowed: Bool) throws(DatabaseError) {
        guard access(path, F_OK) != 0 else { return }
        guard allowed else { throw .unavailable("there is no file at the given path") }
        let descriptor = path.withCString { posixOpen($0, O_CREAT | O_RDWR, 0o600) }
        guard descriptor >= 0 else { throw unavailable("the file cannot be created") }
        posixClose(descriptor)
    }

    private static func unavailable(_ what: String) -> DatabaseError {
        errno == ENOSPC || errno == EDQUOT ? .diskFull : .unavailable("\(what): \(String(cString: strerror(errno)))")
    }

    private static func mapped(_ error: any Error) -> DatabaseError {
        if let known = error as? DatabaseError { return known }
        guard let foreign = error as? GRDB.DatabaseError else { return .unavailable("\(type(of: error))") }
        return SQLiteFailure.error(
            code: foreign.extendedResultCode.rawValue, message: foreign.message ?? "SQLite refused", sql: nil)
    }
}

// The type's own names hide the system's.
private func posixOpen(_ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 {
    open(path, flags, mode)
}

@discardableResult
private func posixClose(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
