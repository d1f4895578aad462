import ArgumentParser
import Database
import Foundation

/// The options by which every command finds its register.
struct RegisterOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The register: sqlite:PATH or postgres://… (else DANCU_DATABASE, else .dancu/register.sqlite).",
            discussion: "A password never stands in the URL; put it into the file that PGPASSFILE names."))
    var database: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The folder of the log's signing key (else DANCU_KEYS, else beside the register).",
            discussion: "For a PostgreSQL register that is .dancu/ with the database's name and .keys."))
    var keys: String?

    func location() throws -> DatabaseLocation {
        let text = database ?? ProcessInfo.processInfo.environment["DANCU_DATABASE"] ?? "sqlite:.dancu/register.sqlite"
        return try DatabaseLocation(parsing: text)
    }

    func keyFile(for location: DatabaseLocation) -> LogKeyFile {
        if let folder = keys ?? ProcessInfo.processInfo.environment["DANCU_KEYS"] {
            return LogKeyFile(folder: URL(fileURLWithPath: folder))
        }
        switch location {
        case .sqlite(let path): return LogKeyFile(folder: URL(fileURLWithPath: path + ".keys"))
        case .postgresql:
            // Of two servers' databases with one name, the second is refused when it is made.
            let kept = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_"))
            let name = location.databaseName?.addingPercentEncoding(withAllowedCharacters: kept)
            return LogKeyFile(folder: URL(fileURLWithPath: ".dancu/\(name ?? "postgresql").keys"))
        }
    }
}

/// The option of every command that reads or writes for programs.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Write JSON, one value a line.")
    var json = false
}

/// The points of time of an as-of question.
struct AsOfOptions: ParsableArguments {
    @Option(name: .long, help: "The day in the world (YYYY-MM-DD): what was true then.")
    var effectiveAt: String?

    @Option(name: .long, help: "What the register knew at that day's end or instant (YYYY-MM-DD or RFC 3339).")
    var knownAt: String?
}
