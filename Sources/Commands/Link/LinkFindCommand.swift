import ArgumentParser
import Civil
import Foundation
import Linkage
import Web

/// The command `dancu link find FILE`.
struct LinkFindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Tìm bản ghi trùng: find the records of one person in a file.",
        usage: "dancu link find <file> [options]",
        discussion: """
            Examples:
              dancu link find people.csv --pairs pairs.csv --clusters clusters.csv
              dancu link find people.csv --pairs pairs.csv --threshold 0.9 --report report.html
              dancu link find febrl.csv --map id=rec_id --map full_name=surname+given_name --json

            The first line names the columns: id, full_name, date_of_birth, sex, birth_province, commune, father_name, \
            mother_name, old_id_number, address; all but id may be missing, others are not read. Weights are learnt \
            from the file itself. The same file gives the same answer.
            """)

    @Argument(help: "A CSV file in UTF-8.", completion: .file(extensions: ["csv"]))
    var file: String

    @OptionGroup var pairing: LinkPairOptions

    @Option(name: .long, help: "Where the clusters go: id,cluster, every record.")
    var clusters: String?

    @Option(name: .long, help: "Where a report with charts goes, as HTML.")
    var report: String?

    @OptionGroup var options: LinkOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let table = try options.table(file)
        let result = try await pairing.run(on: table, options)
        if let clusters { try LinkFiles.write(LinkText.clusters(result.clusters, table), to: clusters) }
        if let report {
            try LinkFiles.write(
                Array(LinkReportPage.html(result.report, threshold: pairing.threshold).utf8), to: report)
        }
        try LinkText.show(result, asJSON: output.json)
    }
}

/// The command `dancu link two A B`.
struct LinkTwoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "two", abstract: "Đối chiếu hai tệp: find the people of one file in another.",
        usage: "dancu link two <first> <second> [options]",
        discussion: """
            Examples:
              dancu link two register.csv hospital.csv --pairs pairs.csv
              dancu link two a.csv b.csv --pairs pairs.csv --threshold 0.9 --json

            id_l stands in the first file and id_r in the second; pairs inside one file are not looked for.
            """)

    @Argument(help: "A CSV file in UTF-8.", completion: .file(extensions: ["csv"]))
    var first: String

    @Argument(help: "Another one, with the same columns.", completion: .file(extensions: ["csv"]))
    var second: String

    @OptionGroup var pairing: LinkPairOptions

    @OptionGroup var options: LinkOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let table = try options.table(first, second)
        let result = try await pairing.run(on: table, options)
        try LinkText.show(result, asJSON: output.json)
    }
}

/// The command `dancu link explain FILE ID ID`.
struct LinkExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Giải thích một cặp: say what speaks for and against two records.",
        usage: "dancu link explain <file> <left> <right> [options]",
        discussion: """
            Examples:
              dancu link explain people.csv 17 4211
              dancu link explain people.csv 17 4211 --json

            Bits above 0 speak for one person, bits below 0 against; ten bits are a factor of a thousand.
            """)

    @Argument(help: "A CSV file in UTF-8.", completion: .file(extensions: ["csv"]))
    var file: String

    @Argument(help: "The id of one record.")
    var left: String

    @Argument(help: "The id of the other.")
    var right: String

    @OptionGroup var options: LinkOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let table = try options.table(file)
        let pair = (try table.record(left), try table.record(right))
        guard pair.0 != pair.1 else { throw ValidationError("Name two records that are not the same one.") }
        let engine = LinkEngine(table, decisions: try options.decided(table))
        let explanation = engine.explain(pair.0, pair.1, await engine.learn())
        if output.json {
            try Console.json(LinkText.value(explanation, left, right))
            return
        }
        Console.line("\(left) – \(right)  xác suất / probability \(LinkText.share(explanation.probability))")
        let rows = explanation.lines.map { line in
            [LinkText.bits(line.bits), line.sentence.inBoth]
        }
        let prior = "Một người hiếm hơn hai người / pairs of one person are rare"
        Console.line(Console.table(rows + [[LinkText.bits(explanation.priorBits), prior]]))
        Console.line(explanation.alternative.inBoth)
    }
}
