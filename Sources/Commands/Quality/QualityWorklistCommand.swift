import Access
import ArgumentParser
import Civil
import Ledger
import Population
import Web

/// The command `dancu quality worklist --unit U`.
struct QualityWorklistCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worklist",
        abstract: "Việc cần làm: whose data to collect, correct and verify next, the largest gain first.",
        usage: "dancu quality worklist --unit <unit> [options]",
        discussion: """
            Examples:
              dancu quality worklist --unit until-2025-06-30/24283
              dancu quality worklist --unit 24286 --limit 20 --json

            The list names persons: that is a look, and its receipt is printed.
            """)

    @Option(name: .long, help: "A commune, district or province: a code (today's, else the older set's), or set/code.")
    var unit: String

    @Option(name: .long, help: "How many persons, 1 to 500.")
    var limit = 50

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (1...PopulationRegister.longestWorklist).contains(limit) else {
            throw ValidationError("--limit takes 1 to \(PopulationRegister.longestWorklist).")
        }
    }

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            let today = register.population.surroundings.today
            let found = try UnitOutput.find(unit, on: today, in: register.population.units)
            let list = try await register.population.worklist(
                of: QualityScope(unit: found.code), limit: limit, by: LocalOperator.requester)
            if output.json {
                try Console.json(WorklistJSON.list(list))
                return
            }
            Console.line("\(UnitOutput.text(found, in: register.population.units))")
            Console.line("Hồ sơ còn việc / records with work: \(list.whole)")
            for (place, item) in list.items.enumerated() { show(item, place + 1) }
            if let receipt = list.receipt { Console.line("Biên nhận lượt tra cứu / receipt: \(receipt)") }
        }
    }

    private func show(_ item: WorkItem, _ place: Int) {
        let points = item.gain.perMillion / 10_000
        Console.line(
            "\(place)  \(item.handle)  \(item.name ?? "")  \(item.birth?.description ?? "")  "
                + "+\(points / 100),\(points % 100 < 10 ? "0" : "")\(points % 100)")
        if !item.collect.isEmpty {
            Console.line("    thu thập / collect: " + item.collect.map(\.title.vietnamese).joined(separator: "; "))
        }
        for finding in item.correct {
            Console.line("    sửa / correct: \(finding.code.rawValue)  \(finding.code.sentence.vietnamese)")
        }
        for rule in item.contradictions {
            Console.line("    mâu thuẫn / contradiction: \(rule.code)  \(rule.sentence.vietnamese)")
        }
        if !item.verify.isEmpty {
            Console.line("    xác minh / verify: " + item.verify.map(\.title.vietnamese).joined(separator: "; "))
        }
    }
}
