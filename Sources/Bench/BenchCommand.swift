import ArgumentParser
import Database
import Foundation

/// `dancu-bench`: the figures of this machine, each beside its baseline in the same run.
@main
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Đo: measures the program on this machine, each figure beside its baseline.",
        discussion: """
            Examples:
              ./bench                       everything
              ./bench search --people 200000
              ./bench lookup http --json

            Works: \(Work.allCases.map(\.rawValue).joined(separator: ", ")). Figures are medians of interleaved \
            runs; a ratio compares two of them in the same run.
            """)

    enum Work: String, CaseIterable, ExpressibleByArgument {
        case importing = "import"
        case lookup, http, console, search, linkage, quality, log, size, faces, chip, cards, token, status
    }

    @Argument(help: "What is measured; everything without it.")
    var works: [Work] = []

    @Option(name: .long, help: "People in the register and in the index of names.")
    var people = 200_000

    @Option(name: .long, help: "Runs of each side.")
    var runs = 5

    @Option(name: .long, help: "The maintenance database of a PostgreSQL server for measuring.")
    var postgres: String?

    @Option(name: .long, help: "The program that is measured.")
    var program = ".build/release/dancu"

    @Option(name: .long, help: "A folder for what is measured; kept for the next time.")
    var folder = ".build/bench"

    @Flag(name: .long, help: "Write JSON.")
    var json = false

    func validate() throws {
        guard (1_000...10_000_000).contains(people) else { throw ValidationError("--people is 1000 to 10000000.") }
        guard (1...25).contains(runs) else { throw ValidationError("--runs is 1 to 25.") }
    }

    func run() async throws {
        let place = try BenchPlace(folder: folder, people: people, program: program, postgres: postgres, runs: runs)
        var report = Report(machine: Machine.described(), people: people, runs: runs)
        // What was measured is told, also when a later work fails.
        var failure: (any Error)?
        for work in works.isEmpty ? Work.allCases : works where failure == nil {
            Output.note("… \(work.rawValue)")
            do {
                report.lines += try await figures(of: work, at: place)
            } catch {
                failure = error
            }
        }
        Output.line(json ? try report.json() : report.table)
        if let failure { throw failure }
    }

    private func figures(of work: Work, at place: BenchPlace) async throws -> [Figure] {
        switch work {
        case .importing: try await ImportWork(place: place).measure()
        case .lookup: try await LookupWork(place: place).measure()
        case .http: try await HTTPWork(place: place).measure()
        case .console: try await ConsoleWork(place: place).measure()
        case .search: try await SearchWork(place: place).measure()
        case .linkage: try await LinkageWork(place: place).measure()
        case .quality: try await QualityWork(place: place).measure()
        case .log: try await LogWork(place: place).measure()
        case .size: try await SizeWork(place: place).measure()
        case .faces: try await FacesWork(place: place).measure()
        case .chip: try await ChipWork(place: place).measure()
        case .cards: try await CardsWork(place: place).measure()
        case .token: try await TokenWork(place: place).measure()
        case .status: try await StatusWork(place: place).measure()
        }
    }
}

/// Where figures are written.
enum Output {
    static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
