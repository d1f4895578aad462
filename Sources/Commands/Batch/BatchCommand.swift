import ArgumentParser

/// `dancu batch`: collection batches.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Lô phiếu thu thập: import batches of form sheets, look at them, decide on held rows.",
        subcommands: [
            BatchImportCommand.self, BatchRowsCommand.self, BatchDecideCommand.self, BatchReportCommand.self,
            BatchListCommand.self,
        ])
}
