import ArgumentParser
import Chip
import Civil
import Foundation
import Ledger
import Population

/// The command `dancu card`.
struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Thẻ căn cước: applications, cards and their life; files made and checked.",
        subcommands: [
            CardApplyCommand.self, CardStepCommand.self, CardDecideCommand.self, CardOrderCommand.self,
            CardDeliverCommand.self, CardChangeCommand.self, CardStatusCommand.self, CardListCommand.self,
            CardHistoryCommand.self, CardStatusListCommand.self, CardFeeCommand.self, CardDrawCommand.self,
            CardPaperCommand.self, CardInspectCommand.self, CardExportCommand.self,
        ])
}

/// The command `dancu card inspect FOLDER`.
struct CardInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Kiểm tra dữ liệu chip của thẻ: a verdict for each check of a card's files.",
        usage: "dancu card inspect <folder> [--trust <dir>] [options]",
        discussion: """
            Examples:
              dancu card inspect cards/3f6k2m9q0v7x1c8b5n4d2h6j0t --trust pki
              dancu card inspect cards/3f6k2m9q0v7x1c8b5n4d2h6j0t --trust pki --json

            The folder holds EF.SOD.bin, EF.DG1.bin and so on. --trust names a folder with the certificates of \
            authorities, revocation lists and master lists in DER; trust never comes from the card. Exit code 0: \
            genuine; 1: a check failed; 4: nothing failed, but not everything could be checked.
            """)

    @Argument(help: "The folder with the files of one card.", completion: .directory)
    var folder: String

    @Option(name: .long, help: "A folder with certificates and lists that you trust.", completion: .directory)
    var trust: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let files = try CardFolder.read(URL(fileURLWithPath: folder))
        let trust = try trust.map { try CardFolder.trust(URL(fileURLWithPath: $0)) } ?? TrustStore(authorities: [])
        let now = Surroundings.system.now()
        let verdict = PassiveAuthentication(trust: trust, at: now).verdict(on: files)
        if output.json {
            try Console.json(CardVerdictText.json(verdict))
        } else {
            Console.line(CardVerdictText.text(verdict))
        }
        if verdict.hasFailed { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
        if !verdict.isGenuine { throw ExitCode(CommandFailure.Exit.unavailable.rawValue) }
    }
}

/// Verdicts as people and programs read them.
enum CardVerdictText {
    static func text(_ verdict: CardVerdict) -> String {
        let rows = verdict.lines.map { line -> [String] in
            switch line.outcome {
            case .passed: ["đạt / passed", line.check.name, ""]
            case .failed(let fault): ["KHÔNG ĐẠT / FAILED", line.check.name, sentence(fault)]
            case .open(let fault): ["chưa kiểm tra / open", line.check.name, sentence(fault)]
            }
        }
        let conclusion =
            verdict.isGenuine
            ? "Kết luận: dữ liệu thật. / Verdict: genuine."
            : verdict.hasFailed
                ? "Kết luận: KHÔNG chấp nhận. / Verdict: NOT accepted."
                : "Kết luận: chưa đủ căn cứ. / Verdict: not enough to say."
        return Console.table(rows) + "\n" + conclusion
    }

    private static func sentence(_ fault: CardFault) -> String {
        "\(fault.sentence.inBoth) [\(fault.code)]"
    }

    static func json(_ verdict: CardVerdict) -> JSONValue {
        let checks = verdict.lines.map { line -> JSONValue in
            var value: [String: JSONValue] = ["check": .string(line.check.name)]
            func add(_ outcome: String, _ fault: CardFault?) {
                value["outcome"] = .string(outcome)
                guard let fault else { return }
                value["code"] = .string(fault.code)
                value["vi"] = .string(fault.sentence.vietnamese)
                value["en"] = .string(fault.sentence.english)
            }
            switch line.outcome {
            case .passed: add("passed", nil)
            case .failed(let fault): add("failed", fault)
            case .open(let fault): add("open", fault)
            }
            return .object(JSONMembers(value))
        }
        return .object(["genuine": .bool(verdict.isGenuine), "checks": .array(checks)])
    }
}
