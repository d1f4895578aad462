import ArgumentParser
import Civil
import Ledger
import Linkage
import Population
import Web

/// The command `dancu duplicates sweep`.
struct DuplicatesSweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Rà soát trùng: compare everybody with everybody who could be the same; fill the queue.",
        usage: "dancu duplicates sweep [options]",
        discussion: """
            Examples:
              dancu duplicates sweep
              dancu duplicates sweep --threshold 0.8 --memory 2G --json
              dancu duplicates sweep --parts 10

            The weights are learnt from the register itself; with --learn also from what officers \
            decided. It goes province by province, and a sweep that is interrupted, or that --parts \
            ends, goes on where it stood when it is called again within two days. The queue is \
            replaced at the end, at once. Run it every night. It merges nothing, unless a rule of \
            automatic merging is in force (dancu duplicates rule).
            """)

    @Option(name: .long, help: "Pairs below this probability are not told.")
    var threshold: Float = LinkEngine.defaultThreshold

    @Flag(name: .long, help: "Learn from what officers decided, too.")
    var learn = false

    @Option(name: .long, help: "Pause after so many parts; the next sweep goes on.")
    var parts: Int?

    @Flag(name: .long, help: "Give up a sweep that is under way and begin anew.")
    var anew = false

    @OptionGroup var memory: MemoryOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard threshold >= 0.05, threshold <= 1 else { throw ValidationError("--threshold lies from 0.05 to 1.") }
        if let parts {
            guard (1...100_000).contains(parts) else { throw ValidationError("--parts lies from 1 to 100000.") }
        }
    }

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let most = parts ?? .max
            let bar = SweepProgress()
            let outcome = try await register.population.sweepDuplicates(
                DuplicateSweepWish(
                    threshold: threshold, memory: try memory.bytes(), isTaught: learn, startsAnew: anew,
                    goesOn: { $0 < most }, progress: bar.show))
            SweepProgress.clear()
            switch outcome {
            case .finished(let sweep, let merged):
                if output.json {
                    return try Console.json(
                        DuplicateJSON.sweep(sweep).with(.integer(Int64(merged)), as: "merged"))
                }
                Console.line(DuplicateText.lines(sweep))
                if merged > 0 { Console.line("Đã hợp nhất tự động / merged automatically: \(merged)") }
            case .paused(let progress):
                if output.json { return try Console.json(DuplicateJSON.progress(progress)) }
                Console.line(DuplicateText.lines(progress, register.population.units))
            }
        }
    }
}

/// The command `dancu duplicates status`.
struct DuplicatesStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tiến độ rà soát trùng: how far a sweep has come, province by province, and the last one.",
        discussion: """
            Examples:
              dancu duplicates status
              dancu duplicates status --json

            It tells of a sweep under way, whichever process makes it, or of one that was interrupted.
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            let progress = try await register.population.duplicateProgress()
            let last = try await register.population.lastDuplicateSweep()
            if output.json { return try Console.json(DuplicateJSON.standing(progress, last)) }
            Console.line(
                progress.map { DuplicateText.lines($0, register.population.units) }
                    ?? "Không có đợt rà soát nào đang dở. / No sweep is under way.")
            Console.line("")
            Console.line(
                last.map(DuplicateText.lines)
                    ?? "Chưa rà soát lần nào; chạy dancu duplicates sweep. / No sweep yet; run dancu duplicates sweep.")
        }
    }
}

/// The bar of a sweep, where somebody looks.
struct SweepProgress: Sendable {
    private let isWatched = Console.isWatched

    func show(_ step: DuplicateStep) {
        guard isWatched else { return }
        switch step {
        case .read(let count): Console.progress("đã đọc / read: \(count)")
        case .compared(let progress):
            Console.progress(
                Console.bar(
                    "rà soát / sweep", progress.personsDone, of: progress.persons,
                    beside: "\(progress.partsDone)/\(progress.parts)"))
        }
    }

    static func clear() {
        if Console.isWatched { Console.progress("") }
    }
}
