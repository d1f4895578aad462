import Foundation
import Testing

/// The five minutes of the README, as somebody follows them: the program `Tests/Readme/replay`.
@Suite("The README word by word")
struct ReadmeTests {
    private static let replay = Shared.repository.appendingPathComponent("Tests/Readme/replay").path
    private static let isFull = ProcessInfo.processInfo.environment["DANCU_TEST_FULL"] == "1"

    @Test("every command does what it says there", .enabled(if: isFull, "only in full runs"))
    func follows() async throws {
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        let outcome = try await Program.start(["--program", Program.path], in: folder, executable: ReadmeTests.replay)
            .outcome(within: 3_000)
        Testimony.say(outcome.output + outcome.errors)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("commands of the README"))
    }
}
