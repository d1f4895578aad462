import ArgumentParser

/// `dancu batch`: collection batches.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Lô phiếu thu thập: import batches of form sheets and look at them.",
        subcommands: [BatchImportCommand.self, BatchRowsCommand.self, BatchReportCommand.self, BatchListCommand.self])
}
