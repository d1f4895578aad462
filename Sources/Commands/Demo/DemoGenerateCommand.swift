import Access
import ArgumentParser
import Civil
import Foundation
import Invention
import Ledger
import Population

/// The command `dancu demo generate`.
struct DemoGenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Dựng người không có thật: a nation made to measure, into a register or as batches of sheets.",
        usage: "dancu demo generate --people <people> [--seed <seed>] [options]",
        discussion: """
            Examples:
              dancu demo generate --people 100000 --seed 1
              dancu demo generate --people 20000 --seed 7 --years 3
              dancu demo generate --people 20000 --seed 7 --csv sheets --truth truth.csv
              dancu demo generate --people 5000 --faults 0 --csv sheets --single --encoding tcvn3

            The same seed gives the same people, letter by letter. They live in real communes in proportion to \
            population; nobody is real, and numbers have prefixes that no province holds. Without --csv the sheets \
            are imported into the register, as everybody's are, and the years are recorded as acts by the rules of \
            every act; an interrupted run goes on where it stopped when it is started again. A production register \
            takes no invented people.

            With --csv the years become acts.jsonl in the same folder; import the batches, then record it with \
            dancu act record --lines.
            """)

    @Option(name: .long, help: "How many people, up to 10,000,000.")
    var people: Int

    @Option(name: .long, help: "What everything is drawn from: a whole number.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Years of births, marriages, moves and deaths after the collection: 0 to 20.")
    var years = 0

    @Option(name: .long, help: "How many sheets have faults, in per cent of the usual shares: 0 to 400.")
    var faults = 100

    @Option(name: .long, help: "The day for which the sheets are filled in (YYYY-MM-DD).")
    var collected = "2020-09-15"

    @Option(name: .long, help: "Write a batch for each commune into this folder, which is empty or not there yet.")
    var csv: String?

    @Flag(name: .long, help: "With --csv: one batch for all.")
    var single = false

    @Option(name: .long, help: "With --csv: utf8, nfd (marks apart), bom (with byte order mark and CRLF) or tcvn3.")
    var encoding: SheetEncoding = .utf8

    @Option(name: .long, help: "Also write what every row really is into this file.")
    var truth: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (1...NationPlan.mostPeople).contains(people) else {
            throw ValidationError("--people is 1 to \(NationPlan.mostPeople): test prefixes have no more numbers.")
        }
        guard (0...FaultShares.mostPercent).contains(faults) else {
            throw ValidationError("--faults is 0 to \(FaultShares.mostPercent), in per cent of the usual shares.")
        }
        guard let day = CalendarDate(iso: collected), (2000...2100).contains(day.year) else {
            throw ValidationError("--collected is a day of the years 2000 to 2100, as YYYY-MM-DD.")
        }
        guard (0...LifeWriter.mostYears).contains(years) else {
            throw ValidationError("--years is 0 to \(LifeWriter.mostYears).")
        }
        guard LifeWriter.hasNumbers(people: people, years: years) else {
            throw ValidationError("So many people and years need more numbers than test prefixes have; take fewer.")
        }
        guard csv != nil || !single && encoding == .utf8 else {
            throw ValidationError("--single and --encoding go with --csv.")
        }
    }

    func run() async throws {
        Arenas.few()
        let shares = FaultShares(percent: faults)
        let truth = try truth.map { try GrowingFile(creating: URL(fileURLWithPath: $0)) }
        if let csv {
            let nation = try nation(on: ShippedDirectory.load())
            let written = try BatchFolder(path: csv).write(
                nation, years: years, shares, single: single, encoding: encoding, truth: truth)
            try show(written, nation, extra: [:])
            return
        }
        guard nation(endsBy: Surroundings.system.today) else {
            throw CommandFailure(
                code: "effective_in_future", exit: .refused,
                vietnamese: "Các năm đó kết thúc sau hôm nay; giảm --years hoặc chọn ngày thu thập sớm hơn.",
                english: "Those years end after today; take fewer --years or an earlier --collected.")
        }
        try await OpenedRegister.with(register) { register in
            guard register.population.kind == .demonstration else { throw DemoGenerateCommand.production }
            let nation = try nation(on: register.population.units)
            let (written, fates) = try await RegisterFilling(
                register: register, nation: nation, years: years, faults: shares
            ).fill(truth: truth)
            try show(written, nation, extra: fates)
        }
    }

    /// Whether nothing of it would lie in the future.
    private func nation(endsBy today: CalendarDate) -> Bool {
        guard let day = CalendarDate(iso: collected) else { return false }
        // A year holds some weeks in which what happened at its end is registered.
        return years == 0 || day.advanced(byDays: years * 366 + 60) <= today
    }

    private func nation(on units: UnitDirectory) throws -> InventedNation {
        guard let map = NationMap(units: units) else {
            throw CommandFailure(
                code: "units_missing", exit: .unavailable,
                vietnamese: "Thiếu danh mục đơn vị hành chính đến 30/6/2025; nạp lại bằng dancu unit load.",
                english: "The units that held until June 2025 are missing; load them with dancu unit load.")
        }
        guard let day = CalendarDate(iso: collected) else { throw ValidationError("--collected") }
        return InventedNation(plan: NationPlan(people: people, seed: seed, collected: day), map: map)
    }

    private func show(_ written: WrittenCounts, _ nation: InventedNation, extra: [String: Int]) throws {
        let counts = [
            "people": people, "communes": nation.shares.count, "batches": written.batches, "rows": written.rows,
            "requests": written.requests,
        ].merging(extra) { first, _ in first }
        if output.json {
            var object = JSONMembers(counts: counts)
            object["seed"] = .string(String(seed))
            try Console.json(JSONValue.object(object))
        } else {
            let text = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            Console.line("Đã dựng / made: \(text)")
        }
    }

    private static var production: CommandFailure {
        CommandFailure(
            code: "production_register", exit: .refused,
            vietnamese: "Cơ sở dữ liệu thật không nhận người không có thật; dùng một cơ sở dữ liệu trình diễn.",
            english: "A production register takes no invented people; use a demonstration register.")
    }
}

extension SheetEncoding: ExpressibleByArgument {}

/// The units that come with the program, without a register.
enum ShippedDirectory {
    static func load() throws -> UnitDirectory {
        var directory = UnitDirectory()
        for name in ShippedUnits.names {
            guard let bytes = ShippedUnits.bytes(name) else { throw OpenedRegister.unitsMissing(name) }
            try directory.load(bytes)
        }
        return directory
    }
}
