import ArgumentParser
import Linkage

/// Which pairs are told, and where.
struct LinkPairOptions: ParsableArguments {
    @Option(name: .long, help: "Where the pairs go: id_l,id_r,probability, surest first.")
    var pairs: String?

    @Option(name: .long, help: "The least probability of a pair that is told, above 0 and up to 1.")
    var threshold: Float = LinkEngine.defaultThreshold

    func validate() throws {
        guard threshold > 0, threshold <= 1 else { throw ValidationError("--threshold is above 0 and up to 1.") }
    }

    /// Compares the records of the table, and writes the pairs when they are asked for.
    func run(on table: LinkTable, _ options: LinkOptions) async throws -> LinkResult {
        let engine = LinkEngine(table, threshold: threshold, decisions: try options.decided(table))
        let result = await engine.run()
        if let pairs { try LinkFiles.write(LinkText.pairs(result.pairs, table), to: pairs) }
        return result
    }
}
