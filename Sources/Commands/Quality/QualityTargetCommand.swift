import Access
import ArgumentParser
import Civil
import Ledger
import Population
import Web

/// The command `dancu quality target`.
struct QualityTargetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "Chỉ tiêu: what a measure should reach by a day, and whether it has.",
        subcommands: [QualityTargetSetCommand.self, QualityTargetListCommand.self])
}

/// The command `dancu quality target set`.
struct QualityTargetSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Đặt chỉ tiêu: set what a measure of a unit should reach, and by when.",
        usage: "dancu quality target set --measure <measure> --value <share> --by <day> [options]",
        discussion: """
            Examples:
              dancu quality target set --unit 66 --measure đủ --value 0.98 --by 2027-06-30
              dancu quality target set --measure coverage --value 0.92 --by 2027-02-25

            The same unit, measure and day again is the new value.
            """)

    @OptionGroup var scope: QualityScopeOptions

    @Option(name: .long, help: "đúng, đủ, sạch, sống, phủ; or correct, complete, clean, alive, coverage.")
    var measure: String

    @Option(name: .long, help: "A share such as 0.98.")
    var value: Double

    @Option(name: .long, help: "The deadline (YYYY-MM-DD).")
    var by: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let found = try QualityMeasure(option: measure)
        guard let due = CalendarDate(iso: by) else {
            throw ValidationError("--by takes a day such as 2027-06-30, not \(by).")
        }
        guard value.isFinite, (0...2).contains(value) else { throw QualityRefusal.targetOutOfRange }
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let scope = try scope.scope(register)
            let target = QualityTarget(
                unit: scope.unit, set: scope.set, measure: found, due: due,
                perMillion: Int((value * 1_000_000).rounded()))
            try await register.population.setTarget(target, by: LocalOperator.requester)
            let states = try await register.population.quality(of: scope).targets.filter { $0.target == target }
            try QualityTargetListCommand.show(states, asJSON: output.json, register)
        }
    }
}

/// The command `dancu quality target list`.
struct QualityTargetListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Xem chỉ tiêu: all targets, each with how far it is today.",
        discussion: """
            Examples:
              dancu quality target list
              dancu quality target list --json
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            try QualityTargetListCommand.show(
                try await register.population.targets(), asJSON: output.json, register)
        }
    }

    static func show(_ states: [TargetState], asJSON: Bool, _ register: OpenedRegister) throws {
        let units = register.population.units
        if asJSON {
            for state in states { try Console.json(QualityJSON.target(state, units)) }
            return
        }
        for state in states { Console.line(QualityText.target(state, units)) }
        if states.isEmpty {
            Console.line("Chưa có chỉ tiêu nào; đặt bằng dancu quality target set. / There is no target yet.")
        }
    }
}
