import Access
import ArgumentParser
import Civil
import Foundation
import Ledger
import Population
import Web

/// The command `dancu quality`.
struct QualityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract: "Chất lượng và độ phủ: correct, complete, clean, alive, and how many are reached.",
        subcommands: [
            QualityReportCommand.self, QualityRecordCommand.self, QualityWorklistCommand.self,
            QualityTargetCommand.self, QualityExpectCommand.self,
        ])
}

/// The unit and the set that quality is asked about.
struct QualityScopeOptions: ParsableArguments {
    @Option(name: .long, help: "A province, district or commune: a code, or set/code. The country without it.")
    var unit: String?

    @Option(name: .long, help: "The set of units, such as until-2025-06-30; today's without it.")
    var set: String?

    func scope(_ register: OpenedRegister) throws -> QualityScope {
        let units = register.population.units
        let today = register.population.surroundings.today
        let wanted = set.map { UnitSet(rawValue: $0) } ?? units.set(on: today) ?? .fromJuly2025
        guard units.periods.contains(where: { $0.set == wanted }) else { throw QualityRefusal.setUnknown }
        guard let unit else { return QualityScope(nationIn: wanted) }
        let text = unit.contains("/") ? unit : "\(wanted.rawValue)/\(unit)"
        return QualityScope(unit: try UnitOutput.find(text, on: today, in: units).code)
    }
}

/// The command `dancu quality report`.
struct QualityReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Báo cáo: the measures of a unit as text, JSON or HTML with charts and a map.",
        usage: "dancu quality report [--unit <unit>] [options]",
        discussion: """
            Examples:
              dancu quality report
              dancu quality report --unit 66 --html dak-lak.html --measure sống
              dancu quality report --unit until-2025-06-30/24283 --json
              dancu quality report --on 2026-01-31

            Today is counted from the records; a day before comes from the daily series (dancu quality \
            record). The formulas: docs/quality.md.
            """)

    @OptionGroup var scope: QualityScopeOptions

    @Option(name: .long, help: "The day (YYYY-MM-DD); today without it.")
    var on: String?

    @Option(name: .long, help: "Write the report as one HTML file, with charts and a map.")
    var html: String?

    @Option(name: .long, help: "What the map of --html is coloured by: đúng, đủ, sạch, sống or phủ; đủ without it.")
    var measure: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let measure = try measure.map { try QualityMeasure(option: $0) } ?? .complete
        let day = try on.map { text in
            guard let day = CalendarDate(iso: text) else {
                throw ValidationError("--on takes a day such as 2026-01-31, not \(text).")
            }
            return day
        }
        try await OpenedRegister.with(register, creating: nil) { register in
            let units = register.population.units
            let report = try await register.population.quality(of: try scope.scope(register), on: day)
            if let html {
                try OutputFile.write(
                    QualityReportPage.html(
                        report, units: units, kind: register.population.kind, measure: measure), to: html)
            }
            if output.json {
                try Console.json(QualityJSON.report(report, units: units))
            } else if let html {
                Console.line(html)
            } else {
                Console.line(QualityText.report(report, units: units))
            }
        }
    }
}

extension QualityMeasure {
    /// The measure of an option `--measure`.
    init(option text: String) throws {
        guard let measure = QualityMeasure(word: text) else {
            throw ValidationError("--measure takes đúng, đủ, sạch, sống or phủ, not \(text).")
        }
        self = measure
    }
}

/// The command `dancu quality record`.
struct QualityRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Ghi số đo của ngày: keep today's sums, once a day.",
        discussion: """
            Examples:
              dancu quality record

            The day is that of Vietnam. A second time on one day changes nothing. dancu serve does this by \
            itself after midnight.
            """)

    @Flag(name: .long, help: "Also where a later day is recorded, which a clock that was ahead has done.")
    var anyway = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let result = try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.population.recordQualityDay(evenBeforeLast: anyway)
        }
        if output.json {
            try Console.json(
                JSONValue.object([
                    "day": .string(result.day.description), "new": .bool(result.isNew),
                    "persons": .integer(Int64(result.persons)),
                ]))
        } else {
            Console.line(
                result.isNew
                    ? "Đã ghi / recorded: \(result.day), \(NumberText.grouped(result.persons)) người/persons"
                    : "Ngày \(result.day) đã được ghi; giữ nguyên. / The day was recorded before; nothing changed."
            )
        }
    }
}

/// The command `dancu quality expect FILE`.
struct QualityExpectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expect", abstract: "Dân số dự kiến: take a file of expected populations.",
        discussion: """
            Examples:
              dancu quality expect communes-2026.tsv

            The form of the file: docs/data/expected-population.md. A figure that is there already is replaced.
            """)

    @Argument(help: "A file: # set, # year and # source lines, then code, age and persons.")
    var file: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(
                code: "file_not_readable", exit: .refused,
                vietnamese: "Không đọc được \(file); kiểm tra đường dẫn.",
                english: "\(file) cannot be read; check the path.")
        }
        let count = try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.population.loadExpectedPopulation(Array(data))
        }
        if output.json {
            try Console.json(JSONValue.object(["figures": .integer(Int64(count))]))
        } else {
            Console.line("Đã nạp \(count) số liệu. / Loaded \(count) figures.")
        }
    }
}

/// Files that commands write.
enum OutputFile {
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                code: "file_not_written", exit: .unavailable,
                vietnamese: "Không ghi được \(path); kiểm tra thư mục và đĩa.",
                english: "\(path) cannot be written; check the folder and the disk.")
        }
    }
}
