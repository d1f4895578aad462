import Access
import ArgumentParser
import Cards
import Civil
import Foundation
import Ledger
import Population
import Web

/// The command `dancu factory`.
struct FactoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "factory", abstract: "Sản xuất thẻ: sites, blanks, batches, machines, parcels, and their balance.",
        subcommands: [
            FactorySiteCommand.self, FactoryStockCommand.self, FactorySuppliesCommand.self, FactoryBatchCommand.self,
            FactoryProduceCommand.self,
            FactoryWorkCommand.self, FactoryMachineKeyCommand.self, FactoryMachineCommand.self,
            FactoryResultsCommand.self, FactoryCheckCommand.self,
            FactoryJobsCommand.self, FactoryParcelCommand.self, FactorySeriesCommand.self, FactoryBalanceCommand.self,
            FactoryVerifyCommand.self, FactoryDemoCommand.self,
        ])
}

/// The command `dancu factory site [CODE]`.
struct FactorySiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Nơi sản xuất: open a site, change or stop one, or list those there are.",
        usage: "dancu factory site [<code>] [--name <name>] [--capacity <n>] [--stop] [--resume] [--reason …]",
        discussion: """
            Examples:
              dancu factory site
              dancu factory site hn --name "Trung tâm sản xuất thẻ Hà Nội" --capacity 50000
              dancu factory site hn --capacity 20000 --reason "hai máy hỏng"
              dancu factory site hn --stop --reason "mất điện"

            With --name a new site is opened. A site that has stopped gets no batch, and forecasts do not count on it; \
            its batches are moved with dancu factory batch move.
            """)

    @Argument(help: "2 to 12 small letters or digits.")
    var code: String?

    @Option(name: .long, help: "What the new site is called.")
    var name: String?

    @Option(name: .long, help: "Cards in a working day.")
    var capacity: Int?

    @Flag(name: .long, help: "It makes nothing from now on.")
    var stop = false

    @Flag(name: .long, help: "It works again.")
    var resume = false

    @Option(name: .long, help: "Why it is changed; on record.")
    var reason: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    private var isChanged: Bool { stop || resume || reason != nil || (capacity != nil && name == nil) }

    func validate() throws {
        guard code != nil || (name == nil && capacity == nil && !isChanged) else {
            throw ValidationError("Name the site.")
        }
        guard !(stop && resume) else { throw ValidationError("--stop or --resume, not both.") }
        guard name == nil || (capacity != nil && !isChanged) else {
            throw ValidationError("A new site has a code, --name and --capacity.")
        }
        guard !isChanged || reason != nil else { throw ValidationError("A change needs --reason.") }
    }

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            if let code, let name, let capacity {
                try await register.cards.open(
                    ProductionSite(code: code, name: name, capacity: capacity), by: LocalOperator.requester)
            } else if let code, isChanged {
                try await register.cards.change(
                    site: code, capacity: capacity, stopped: stop ? true : resume ? false : nil, reason: reason ?? "",
                    by: LocalOperator.requester)
            }
            for site in try await register.cards.sites() where code == nil || code == site.code {
                if output.json {
                    try Console.json(
                        JSONValue.object([
                            "site": .string(site.code), "name": .string(site.name),
                            "capacity": .integer(Int64(site.capacity)), "stopped": .bool(site.isStopped),
                        ]))
                } else {
                    Console.line(
                        "\(site.code)  \(site.name)  \(site.capacity) thẻ/ngày / cards a day"
                            + (site.isStopped ? "  NGỪNG / STOPPED" : ""))
                }
            }
        }
    }
}

/// The command `dancu factory batch`.
struct FactoryBatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Lô sản xuất: open, list, move and close batches.",
        subcommands: [
            FactoryBatchOpenCommand.self, FactoryBatchListCommand.self, FactoryBatchMoveCommand.self,
            FactoryBatchCancelCommand.self, FactoryBatchCloseCommand.self,
        ])
}

/// The command `dancu factory batch open --site SITE`.
struct FactoryBatchOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Lập lô: the urgent cards and those that are due first.",
        usage: "dancu factory batch open --site <site> [--size <n>] [--priority <n>]",
        discussion: """
            Examples:
              dancu factory batch open --site hn
              dancu factory batch open --site hn --size 500 --priority 2 --json
            """)

    @Option(name: .long, help: "The code of the site.")
    var site: String

    @Option(name: .long, help: "At most so many cards.")
    var size = 500

    @Option(name: .long, help: "Greater is sooner.")
    var priority = 0

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let batch = try await register.cards.openBatch(
                at: site, size: size, priority: priority, by: LocalOperator.requester)
            let balance = try await register.cards.balance(ofBatch: batch.code, by: LocalOperator.requester)
            try FactoryText.tell(batch, balance, asJSON: output.json)
        }
    }
}

/// The command `dancu factory batch list`.
struct FactoryBatchListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Các lô: every batch with where its blanks and cards have gone.",
        discussion: """
            Examples:
              dancu factory batch list
              dancu factory batch list --json
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            for batch in try await register.cards.batches(by: LocalOperator.requester) {
                let balance = try await register.cards.balance(ofBatch: batch.code, by: LocalOperator.requester)
                try FactoryText.tell(batch, balance, asJSON: output.json)
            }
        }
    }
}

/// The command `dancu factory batch move BATCH --site SITE`.
struct FactoryBatchMoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Chuyển lô: to another site, when its own has failed.",
        usage: "dancu factory batch move <batch> --site <site>",
        discussion: """
            Examples:
              dancu factory batch move hn-000017 --site hcm
            """)

    @Argument(help: "The code of the batch.")
    var batch: String

    @Option(name: .long, help: "The code of the other site.")
    var site: String

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.move(batch, to: site, by: LocalOperator.requester)
            Console.line("Đã chuyển / moved: \(batch) → \(site)")
        }
    }
}

/// The command `dancu factory batch cancel BATCH`.
struct FactoryBatchCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Hủy lô: before it has begun; its cards wait for another one.",
        usage: "dancu factory batch cancel <batch>",
        discussion: """
            Examples:
              dancu factory batch cancel hn-000017
            """)

    @Argument(help: "The code of the batch.")
    var batch: String

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.cancelBatch(batch, by: LocalOperator.requester)
            Console.line("Đã hủy / cancelled: \(batch)")
        }
    }
}

/// The command `dancu factory batch close BATCH`.
struct FactoryBatchCloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Đóng lô: blanks that are left go back, and nothing may be missing.",
        usage: "dancu factory batch close <batch> [options]",
        discussion: """
            Examples:
              dancu factory batch close hn-000017
              dancu factory batch close hn-000017 --json

            A batch closes only when every blank of it is good, spoiled, lost or back in the vault, and every card \
            made or cancelled.
            """)

    @Argument(help: "The code of the batch.")
    var batch: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            _ = try await register.cards.giveBackBlanks(of: batch, by: requester)
            let balance = try await register.cards.closeBatch(batch, by: requester)
            let closed = try await register.cards.batches(by: requester).first { $0.code == batch }
            if let closed { try FactoryText.tell(closed, balance, asJSON: output.json) }
        }
    }
}

/// The command `dancu factory series`.
struct FactorySeriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "series", abstract: "Loạt chip: list, suspend and resume all cards of a series at once.",
        usage: "dancu factory series [(--suspend | --resume) <series> --reason <reason>]",
        discussion: """
            Examples:
              dancu factory series
              dancu factory series --suspend loat-2026-07 --reason "khóa chip bị lộ"
              dancu factory series --resume loat-2026-07 --reason "đã thay chứng thư" --dry-run

            One act, whose subject is the series; the next status check of every card of it says so. The list shows \
            how many cards each series has: that is the plan, the progress and the way back.
            """)

    @Option(name: .long, help: "The series that is suspended from now on.")
    var suspend: String?

    @Option(name: .long, help: "The series that holds again.")
    var resume: String?

    @Option(name: .long, help: "Why.")
    var reason: String?

    @Flag(name: .long, help: "Show what it would touch; change nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard suspend == nil || resume == nil, (suspend ?? resume) == nil || reason != nil else {
            throw ValidationError("Name one series, with --reason.")
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil) { register in
            if let suspend, let reason, !dryRun {
                try await register.cards.suspend(series: suspend, reason: reason, by: requester)
            }
            if let resume, let reason, !dryRun {
                try await register.cards.resume(series: resume, reason: reason, by: requester)
            }
            for series in try await register.cards.allSeries(by: requester) {
                if output.json {
                    try Console.json(
                        JSONValue.object([
                            "series": .string(series.series), "cards": .integer(Int64(series.cards)),
                            "suspended": CommonJSON.text(series.suspended?.iso),
                            "reason": CommonJSON.text(series.reason),
                        ]))
                } else {
                    let state = series.suspended.map { "TẠM DỪNG / SUSPENDED \($0.iso) \(series.reason ?? "")" } ?? "–"
                    Console.line("\(series.series)  \(series.cards) thẻ / cards  \(state)")
                }
            }
        }
    }
}

/// The command `dancu factory balance`.
struct FactoryBalanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "Cân đối: what came, waits and went at each stage, and every blank.",
        usage: "dancu factory balance [--office <code> | --places | --province <code>] [options]",
        discussion: """
            Examples:
              dancu factory balance
              dancu factory balance --office xa-00004 --json
              dancu factory balance --places
              dancu factory balance --province 01

            A stage forecasts by its sites' capacity or by what went on in the last five working days, and warns \
            before the time of the law (7 working days) is over. Exit code 1: something is not accounted for.
            """)

    @Option(name: .long, help: "Only cards that are handed over at this office.")
    var office: String?

    @Flag(name: .long, help: "By province, and by site.")
    var places = false

    @Option(name: .long, help: "By the communes of this province, and by site.")
    var province: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard [office != nil, places, province != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--office, --places and --province exclude each other.")
        }
    }

    func run() async throws {
        if places || province != nil { return try await tellPlaces() }
        let requester = LocalOperator.requester
        let isBalanced = try await OpenedRegister.with(register, creating: nil) { register in
            let flow = try await register.cards.flow(office: office, by: requester)
            let stock = try await register.cards.stock(by: requester)
            if output.json {
                try Console.json(CardJSON.flow(flow, stock))
            } else {
                Console.line(FactoryText.text(flow))
                Console.line(FactoryText.text(stock))
            }
            return flow.isBalanced && stock.difference == 0
        }
        if !isBalanced { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    private func tellPlaces() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            let units = register.population.units
            let under = try province.map { code in
                guard let unit = units.province(code, on: register.population.surroundings.today)
                else {
                    throw CommandFailure(
                        code: "unit_unknown", exit: .refused,
                        vietnamese: "Không có tỉnh mã \(code); xem dancu unit show.",
                        english: "There is no province \(code); see dancu unit show.")
                }
                return unit
            }
            let flow = try await register.cards.flowByPlace(under: under, by: LocalOperator.requester)
            if output.json {
                try Console.json(CardJSON.flow(flow, units: units))
            } else {
                Console.line(FactoryText.text(flow, units: units))
            }
        }
    }
}

/// The command `dancu factory verify`.
struct FactoryVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Đối chiếu với nhật ký: every row of the card system against its acts.",
        usage: "dancu factory verify [options]",
        discussion: """
            Examples:
              dancu factory verify
              dancu factory verify --json

            Folds every act of applications, cards, blanks, batches and series anew and holds the tables against it. \
            With dancu log verify, which proves the acts, this proves the tables. Exit code 3: something differs.
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let isClean = try await OpenedRegister.with(register, creating: nil) { register in
            let result = try await register.cards.verify(by: LocalOperator.requester)
            if output.json {
                try Console.json(
                    JSONValue.object([
                        "acts": .integer(Int64(result.acts)), "applications": .integer(Int64(result.applications)),
                        "cards": .integer(Int64(result.cards)), "blanks": .integer(Int64(result.blanks)),
                        "batches": .integer(Int64(result.batches)),
                        "differences": .integer(Int64(result.differenceCount)),
                        "first": .array(result.differences.map { .string($0) }),
                    ]))
            } else {
                for difference in result.differences { Console.line(difference) }
                Console.line(
                    "\(result.acts) sự việc / acts: \(result.applications) hồ sơ / applications, \(result.cards) thẻ / "
                        + "cards, \(result.blanks) phôi / blanks, \(result.batches) lô / batches; "
                        + "sai khác / differences \(result.differenceCount)")
            }
            return result.isClean
        }
        if !isClean { throw ExitCode(CommandFailure.Exit.damaged.rawValue) }
    }
}
