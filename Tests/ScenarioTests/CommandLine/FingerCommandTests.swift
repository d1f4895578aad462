import Cards
import Chip
import Database
import Foundation
import TestStores
import Testing

@testable import Commands

@Suite("Fingers through the command line", .serialized)
struct FingerCommandTests {
    private static let impression = SpecimenFinger.Impression(right: 5, down: -6, turn: 0.1, noise: 20, seed: 3)

    private static func finger(_ seed: UInt64) -> SpecimenFinger { SpecimenFinger(seed: seed, finger: .rightIndex) }

    @Test("two files are compared: one finger, two fingers, and what is none")
    func match() async throws {
        try await Place.with(.sqlite) { place in
            func run(_ probe: String, _ reference: String) async throws -> Program.Outcome {
                try await Program.start(["card", "match", probe, reference, "--json"], in: place.folder).outcome()
            }
            _ = try place.file("now.jpg", Self.finger(1).jpeg(Self.impression))
            _ = try place.file("before.jpg", Self.finger(1).jpeg())
            _ = try place.file("before.fmr", Self.finger(1).minutiae.record)
            _ = try place.file("other.jpg", Self.finger(2).jpeg())
            _ = try place.file("text.jpg", Array("no picture".utf8))
            let same = try await run("now.jpg", "before.jpg")
            if same.errors.contains("finger_matcher_missing") { return }
            #expect(same.status == 0 && same.objects.first?["decision"] as? Bool == true, "\(same.errors)")
            #expect(try await run("now.jpg", "before.fmr").status == 0)
            let other = try await run("now.jpg", "other.jpg")
            #expect(other.status == 1 && other.objects.first?["decision"] as? Bool == false)
            let none = try await run("text.jpg", "other.jpg")
            #expect(none.status == 1 && (none.output + none.errors).contains("card_finger_unfit"))
        }
    }

    @Test("another process is asked, and its refusals come back as they are")
    func asked() async throws {
        let program = FingerProgram(program: Program.path)
        func print(_ content: [UInt8]) throws -> FingerPrint { try FingerPrint(content, of: .rightIndex) }
        do {
            #expect(
                try await program.verify(
                    try print(Self.finger(1).jpeg(Self.impression)), against: try print(Self.finger(1).jpeg())))
            #expect(
                try await program.verify(
                    try print(Self.finger(2).jpeg()), against: try print(Self.finger(1).minutiae.record)) == false)
        } catch FingerMatchRefusal.noMatcher {
            return
        }
        let blank = FingerPrint(
            finger: .rightIndex, form: .raw, width: 240, height: 300, content: [UInt8](repeating: 200, count: 72_000),
            isSpecimen: true)
        await #expect(throws: FingerMatchRefusal.probePoor) {
            try await program.verify(blank, against: try print(Self.finger(1).jpeg()))
        }
        await #expect(throws: FingerMatchRefusal.matcherFailed) {
            try await FingerProgram(program: "/bin/false").verify(blank, against: blank)
        }
    }

    @Test("fingers of a folder are taken with the application, and each has its reason or is there")
    func applied() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let folder = place.folder.appendingPathComponent("fingers")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try place.file("fingers/right_index.jpg", Self.finger(1).jpeg())
            _ = try place.file("fingers/right_thumb.fmr", Self.finger(1).minutiae.record)
            let portrait = try #require(Capture.specimen(for: 1))
            _ = try place.file("anh.jpg", portrait.image)
            let wrong = try await place.run(
                "card", "apply", Story.an, "--portrait", "anh.jpg", "--fingers", "fingers", "--json")
            // The record says itself that it is another finger.
            #expect(wrong.status == 1 && (wrong.output + wrong.errors).contains("card_finger_unfit"))
            try FileManager.default.removeItem(at: folder.appendingPathComponent("right_thumb.fmr"))
            let applied = try await place.run(
                "card", "apply", Story.an, "--portrait", "anh.jpg", "--fingers", "fingers", "--missing-finger",
                "left_little=amputated", "--json")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(applied.objects.first?["status"] as? String == "submitted")
        }
    }
}
