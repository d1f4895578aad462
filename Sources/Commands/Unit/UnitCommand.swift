import Access
import ArgumentParser
import Civil
import Database
import Foundation
import Ledger
import Population

/// The command `dancu unit`.
struct UnitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit",
        abstract: "Đơn vị hành chính: resolve addresses, show and convert units, load reorganisations.",
        subcommands: [UnitResolveCommand.self, UnitShowCommand.self, UnitConvertCommand.self, UnitLoadCommand.self])
}

/// Units as text and JSON.
enum UnitOutput {
    static func json(_ unit: AdministrativeUnit, in units: UnitDirectory) -> JSONValue {
        .object([
            "code": .string(unit.code.code), "set": .string(unit.code.set.rawValue),
            "level": .string(unit.level.rawValue),
            "kind": .string(unit.kind), "name": .string(unit.name), "path": .string(units.path(of: unit.code)),
            "parent": unit.parent.map { .string($0.code) } ?? .null,
            "latitude": unit.latitude.map { .number($0) } ?? .null,
            "longitude": unit.longitude.map { .number($0) } ?? .null,
        ])
    }

    static func text(_ unit: AdministrativeUnit, in units: UnitDirectory) -> String {
        "\(unit.code.code)  \(units.path(of: unit.code))  (\(unit.code.set.rawValue))"
    }

    /// The unit of a code on a day, or before it where that day's set has no such code; or of `set/code`.
    static func find(_ text: String, on day: CalendarDate, in units: UnitDirectory) throws -> AdministrativeUnit {
        guard let unit = units.unit(named: text, on: day) else {
            throw CommandFailure(
                code: "unit_unknown", exit: .refused,
                vietnamese:
                    "Không có đơn vị \(text) vào ngày \(day); ghi mã, hoặc bộ-mã/mã như until-2025-06-30/00001.",
                english: "There is no unit \(text) on \(day); write a code, or set/code such as until-2025-06-30/00001."
            )
        }
        return unit
    }
}

/// The day of which a unit is meant.
struct DayOption: ParsableArguments {
    @Option(name: .long, help: "The day (YYYY-MM-DD) as of which units are meant; today without it.")
    var on: String?

    func day(_ register: OpenedRegister) throws -> CalendarDate {
        guard let on else { return register.population.surroundings.today }
        guard let day = CalendarDate(iso: on) else {
            throw ValidationError("--on takes a day such as 2021-02-25, not \(on).")
        }
        return day
    }
}

/// The command `dancu unit resolve TEXT`.
struct UnitResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Nhận dạng địa chỉ: from text as clerks write it to a unit, or to ranked candidates.",
        discussion: """
            Examples:
              dancu unit resolve "P. Phúc Xá, Ba Đình, HN" --on 2021-02-25
              dancu unit resolve "Số 5, Phường Ba Đình, Hà Nội" --json

            Exit code 1 when no single unit is certain; the candidates are printed.
            """)

    @Argument(help: "An address; without it, one address a line from standard input.")
    var text: String?

    @OptionGroup var day: DayOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let uncertain = try await OpenedRegister.with(register) { register in
            let day = try day.day(register)
            let resolver = UnitResolver(directory: register.population.units)
            var uncertain = 0
            func handle(_ text: String) throws {
                let resolution = resolver.resolve(text, on: day)
                if case .unit = resolution {} else { uncertain += 1 }
                try show(text, resolution, register.population.units)
            }
            if let text {
                try handle(text)
            } else {
                while let line = readLine() { try handle(line) }
            }
            return uncertain
        }
        if uncertain > 0, text != nil { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    private func show(_ text: String, _ resolution: UnitResolution, _ units: UnitDirectory) throws {
        if output.json {
            try Console.json(json(text, resolution, units))
            return
        }
        switch resolution {
        case .unit(let unit, let detail):
            Console.line(UnitOutput.text(unit, in: units) + (detail.isEmpty ? "" : "  ·  \(detail)"))
        case .candidates(let candidates, _):
            Console.line("Chưa chắc chắn; chọn một: / Not certain; choose one:")
            for candidate in candidates {
                Console.line("  \(UnitOutput.text(candidate.unit, in: units))  [\(candidate.reason.rawValue)]")
            }
        case .nothing(let reason):
            Console.line(
                "Không tìm thấy; ghi đủ xã, huyện, tỉnh. / Nothing found; write commune, district, "
                    + "province. [\(reason.rawValue)]"
            )
        }
    }

    private func json(_ text: String, _ resolution: UnitResolution, _ units: UnitDirectory) -> JSONValue {
        switch resolution {
        case .unit(let unit, let detail):
            .object([
                "text": .string(text), "result": .string("unit"), "unit": UnitOutput.json(unit, in: units),
                "detail": .string(detail),
            ])
        case .candidates(let candidates, let detail):
            .object([
                "text": .string(text), "result": .string("candidates"), "detail": .string(detail),
                "candidates": .array(
                    candidates.map {
                        .object([
                            "unit": UnitOutput.json($0.unit, in: units), "score": .number($0.score),
                            "reason": .string($0.reason.rawValue),
                        ])
                    }),
            ])
        case .nothing(let reason):
            .object(["text": .string(text), "result": .string("nothing"), "reason": .string(reason.rawValue)])
        }
    }
}

/// The command `dancu unit show CODE`.
struct UnitShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Xem một đơn vị: a unit with what stands above and below it.",
        discussion: """
            Examples:
              dancu unit show 00001 --on 2021-02-25
              dancu unit show 01
              dancu unit show until-2025-06-30/00001 --json
            """)

    @Argument(help: "A code of the set in force that day, or set/code.")
    var unit: String

    @OptionGroup var day: DayOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register) { register in
            let units = register.population.units
            let found = try UnitOutput.find(unit, on: try day.day(register), in: units)
            let children = units.children(of: found.code)
            if output.json {
                try Console.json(
                    JSONValue.object([
                        "unit": UnitOutput.json(found, in: units),
                        "children": .array(children.map { UnitOutput.json($0, in: units) }),
                    ]))
                return
            }
            Console.line(UnitOutput.text(found, in: units))
            if let latitude = found.latitude, let longitude = found.longitude {
                Console.line("  \(latitude), \(longitude)")
            }
            for child in children { Console.line("  \(child.code.code)  \(child.name)") }
        }
    }
}

/// The command `dancu unit convert CODE`.
struct UnitConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Chuyển đổi: what became of an old unit; its successor or the candidates.",
        usage: "dancu unit convert <unit> [options]",
        discussion: """
            Examples:
              dancu unit convert until-2025-06-30/22315
              dancu unit convert 22315 --on 2021-02-25 --to 2026-01-01 --json
            """)

    @Argument(help: "A code of the set in force on --on, or set/code.")
    var unit: String

    @Option(name: .long, help: "The day for which the successor is wanted; today without it.")
    var to: String?

    @OptionGroup var day: DayOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register) { register in
            let units = register.population.units
            let target: CalendarDate
            if let to {
                guard let date = CalendarDate(iso: to) else {
                    throw ValidationError("--to takes a day such as 2026-01-01.")
                }
                target = date
            } else {
                target = register.population.surroundings.today
            }
            let found = try UnitOutput.find(unit, on: try day.day(register), in: units)
            try show(found, units.successors(of: found.code, on: target), units)
        }
    }

    private func show(_ unit: AdministrativeUnit, _ successors: UnitSuccessors, _ units: UnitDirectory) throws {
        let list: [AdministrativeUnit]
        var usual: AdministrativeUnit?
        let result: String
        switch successors {
        case .same: (list, result) = ([unit], "same")
        case .one(let one): (list, result) = ([one], "one")
        case .candidates(let candidates, let named): (list, result, usual) = (candidates, "candidates", named)
        case .none: (list, result) = ([], "none")
        }
        if output.json {
            try Console.json(
                JSONValue.object([
                    "from": UnitOutput.json(unit, in: units), "result": .string(result),
                    "to": .array(list.map { UnitOutput.json($0, in: units) }),
                    "usual": usual.map { .string($0.code.code) } ?? .null,
                ]))
            return
        }
        Console.line(UnitOutput.text(unit, in: units))
        for successor in list {
            let mark = successor == usual ? "  (thường dùng / usual)" : ""
            Console.line("  → \(UnitOutput.text(successor, in: units))\(mark)")
        }
        if list.isEmpty { Console.line("  Không có dữ liệu chuyển đổi. / No conversion is known.") }
    }
}

/// The command `dancu unit load FILE…`.
struct UnitLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Nạp bộ mã: take a reorganisation into the register; a data file, no code.",
        discussion: """
            Examples:
              dancu unit load from-2027-01-01.tsv conversion-2027-01-01.tsv
              dancu unit load from-2027-01-01.tsv --dry-run

            The form of the files: docs/data/unit-files.md. Sets first, then the conversions between them. Each file \
            is an act of the log; a server that is running goes by it within seconds. A file that was loaded before \
            and is damaged now is put back.
            """)

    @Argument(help: "Files of units or conversions, in their order.")
    var files: [String]

    @Flag(name: .long, help: "Check the files, load nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        var contents: [UnitFileBytes] = []
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(
                    code: "file_not_readable", exit: .refused,
                    vietnamese: "Không đọc được \(file); kiểm tra đường dẫn.",
                    english: "\(file) cannot be read; check the path.")
            }
            contents.append(UnitFileBytes(name: URL(fileURLWithPath: file).lastPathComponent, bytes: Array(data)))
        }
        let loaded = contents
        try await OpenedRegister.with(register, evenDamaged: true) { register in
            try tell(
                try await register.population.loadUnits(loaded, dryRun: dryRun, by: LocalOperator.requester))
        }
    }

    private func tell(_ loading: UnitLoading) throws {
        let units = loading.units
        if output.json {
            let periods: [JSONValue] = units.periods.map {
                .object([
                    "set": .string($0.set.rawValue), "from": $0.validFrom.map { .string("\($0)") } ?? .null,
                    "to": $0.validTo.map { .string("\($0)") } ?? .null,
                ])
            }
            return try Console.json(
                JSONValue.object([
                    "files": .integer(Int64(loading.added)), "restored": .integer(Int64(loading.restored)),
                    "dry_run": .bool(dryRun), "periods": .array(periods),
                ]))
        }
        guard !dryRun else {
            return Console.line("Tệp đúng; chưa nạp gì. / The files are sound; nothing was loaded.")
        }
        if loading.restored > 0 {
            Console.line("Đã đặt lại \(loading.restored) tệp. / Put back \(loading.restored) files.")
        }
        if loading.added > 0 { Console.line("Đã nạp \(loading.added) tệp. / Loaded \(loading.added) files.") }
        if loading.added + loading.restored == 0 {
            Console.line("Các tệp đã nạp từ trước; không có gì thay đổi. / Loaded already; nothing changed.")
        }
        for period in units.periods {
            Console.line(
                "  \(period.set.rawValue): \(period.validFrom?.description ?? "…") – "
                    + "\(period.validTo?.description ?? "…")"
            )
        }
    }
}
