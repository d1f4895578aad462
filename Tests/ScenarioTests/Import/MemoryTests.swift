import Database
import Foundation
import TestStores
import Testing

/// A batch of any size is taken in with the same memory.
@Suite("Memory of an import", .serialized)
struct MemoryTests {
    /// The size of the promise in full runs, and one that a debug program takes in seconds.
    private static let rows = Shared.isFull ? 1_000_000 : 6_000
    private static let most = 300_000_000
    /// A million rows take minutes on two cores.
    private static let deadline: Double = 3_600

    @Test("a large batch is imported in 300 MB", arguments: TestStore.engines)
    func flat(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let folder = place.folder.appendingPathComponent("sheets").path
            let making = try Program.start(
                ["demo", "generate", "--people", "\(MemoryTests.rows)", "--seed", "7", "--csv", folder, "--single"],
                in: place.folder)
            making.watchMemory()
            let made = try await making.outcome(within: MemoryTests.deadline)
            #expect(made.status == 0, "\(made.errors)")
            #expect(made.peakMemory > 0 && made.peakMemory < MemoryTests.most / 2, "a nation is written as it is made")
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
            let run = try place.start("batch", "import", "\(folder)/\(name)", "--json")
            run.watchMemory()
            let outcome = try await run.outcome(within: MemoryTests.deadline)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let counts = try #require(try await place.batches().values.first)
            #expect(counts.addUp && counts.rows >= MemoryTests.rows, "\(counts)")
            #expect(outcome.peakMemory > 10 << 20 && outcome.peakMemory < MemoryTests.most)
            Testimony.say("\(engine): \(counts.rows) rows imported with \(outcome.peakMemory >> 20) MiB")
        }
    }
}
