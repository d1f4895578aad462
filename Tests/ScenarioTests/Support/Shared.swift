import Foundation

/// Files that may be beside the repository, and the repository's own.
enum Shared {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let collection = repository.deletingLastPathComponent().appendingPathComponent("shared/data/collection")

    static var hasCollection: Bool {
        FileManager.default.fileExists(atPath: collection.appendingPathComponent("truth.csv").path)
    }

    static let batches = ["22315-utf8", "13606-utf8-bom", "15202-tcvn3", "29125-nfd"]

    static let demonstration = repository.appendingPathComponent(
        "Sources/Commands/Resources/demonstration/24283-demonstration.csv"
    ).path

    /// Whether the long runs are wanted.
    static var isFull: Bool { ProcessInfo.processInfo.environment["DANCU_TEST_FULL"] == "1" }
}
