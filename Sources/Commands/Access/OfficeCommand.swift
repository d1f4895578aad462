import Access
import ArgumentParser
import Civil
import Ledger
import Population

/// The command `dancu office`.
struct OfficeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office",
        abstract: "Cơ quan: the offices where officers work, each with its periods.",
        subcommands: [OfficeListCommand.self, OfficeOpenCommand.self, OfficeCloseCommand.self])
}

/// `dancu office list`.
struct OfficeListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The offices in force today.", usage: "dancu office list [options]",
        discussion: """
            Examples:
              dancu office list
              dancu office list --all --json
            """)

    @Flag(name: .long, help: "Every period, also those that have ended.")
    var all = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { opened in
            for office in try await opened.access.offices(all: all) {
                if output.json {
                    try Console.json(OfficeText.json(office))
                } else {
                    Console.line(OfficeText.line(office, opened.population.units))
                }
            }
        }
    }
}

/// `dancu office open`.
struct OfficeOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open an office, or its next period after a reorganisation.",
        usage: "dancu office open CODE --name NAME --level LEVEL [--unit UNIT] [options]",
        discussion: """
            Examples:
              dancu office open xa-00004 --name "Công an Phường Ba Đình" --level commune --unit 00004
              dancu office open bo --name "Bộ Công an" --level ministry
            """)

    @Argument(help: "A short name that stays for ever: a–z, 0–9, hyphens.")
    var code: String

    @Option(name: .long, help: "The office's full name.")
    var name: String

    @Option(name: .long, help: "commune, district, province, ministry or mission.")
    var level: String

    @Option(name: .long, help: "The unit it answers for: a code, or set/code.")
    var unit: String?

    @Option(name: .long, help: "First day of the period (YYYY-MM-DD); today without it.")
    var since: String?

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            guard let level = OfficeLevel(rawValue: level) else {
                throw ValidationError(
                    "--level takes one of \(OfficeLevel.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            let today = opened.population.surroundings.today
            guard let day = since.map({ CalendarDate(iso: $0) }) ?? today else {
                throw ValidationError("--since takes a day such as 2025-07-01.")
            }
            let units = opened.population.units
            let office = Office(
                code: code, name: name, level: level,
                unit: try unit.map { try UnitOutput.find($0, on: day, in: units).code }, since: day)
            try await opened.access.open(office, by: LocalOperator.requester)
            Console.line("Đã mở / opened: \(OfficeText.line(office, units))")
        }
    }
}

/// `dancu office close`.
struct OfficeCloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "End the period of an office; grants in it give nothing from that day on.",
        usage: "dancu office close CODE --until DAY [options]",
        discussion: """
            Examples:
              dancu office close huyen-001 --until 2025-07-01
            """)

    @Argument(help: "The office's code.")
    var code: String

    @Option(name: .long, help: "The first day on which it works no more (YYYY-MM-DD).")
    var until: String

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        guard let day = CalendarDate(iso: until) else {
            throw ValidationError("--until takes a day such as 2025-07-01.")
        }
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            try await opened.access.closeOffice(code, until: day, by: LocalOperator.requester)
            Console.line("Đã kết thúc / closed: \(code) \(day)")
        }
    }
}

/// Offices as text and JSON.
enum OfficeText {
    static func line(_ office: Office, _ units: UnitDirectory) -> String {
        let place = office.unit.map { " · \(units.path(of: $0))" } ?? ""
        let end = office.until.map { " → \($0)" } ?? ""
        return "\(office.code)  \(office.name) [\(office.level.rawValue)]\(place)  \(office.since)\(end)"
    }

    static func json(_ office: Office) -> JSONValue {
        .object([
            "code": .string(office.code), "name": .string(office.name), "level": .string(office.level.rawValue),
            "unit": office.unit.map { .string($0.description) } ?? .null, "since": .string(office.since.description),
            "until": office.until.map { .string($0.description) } ?? .null,
        ])
    }
}
