import Chip
import Testing

@testable import Reader

/// Invented fingers, compared by NIST's matcher out of libfprint; one after the other, for it has one socket a process.
@Suite("Fingers compared by libfprint", .serialized)
struct FingerLibraryTests {
    /// Whether Debian's libfprint-2-2 is here.
    static let isHere = (try? FingerLibrary()) != nil

    private static func picture(
        _ seed: UInt64, _ impression: SpecimenFinger.Impression = .init()
    ) throws -> FingerLibrary.Picture {
        try #require(
            FingerLibrary.Picture(
                width: SpecimenFinger.width, height: SpecimenFinger.height,
                dots: SpecimenFinger(seed: seed, finger: .rightIndex).dots(impression)))
    }

    @Test("another impression of one finger matches its template, another finger does not", .enabled(if: isHere))
    func decides() throws {
        let library = try FingerLibrary()
        let template = try library.minutiae(of: try Self.picture(1), finger: .rightIndex)
        #expect(template.points.count >= 12)
        #expect(try FingerMinutiae(record: template.record) == template)
        let moved = SpecimenFinger.Impression(right: 6, down: -8, turn: 0.15, noise: 25, seed: 2)
        #expect(try library.isMatch(try Self.picture(1, moved), with: template))
        #expect(try library.isMatch(try Self.picture(2, moved), with: template) == false)
    }

    @Test("a template that was drawn with the ridges matches the picture of them", .enabled(if: isHere))
    func drawn() throws {
        let library = try FingerLibrary()
        for seed in UInt64(10)..<14 {
            let template = SpecimenFinger(seed: seed, finger: .rightIndex).minutiae
            #expect(try library.isMatch(try Self.picture(seed), with: template), "seed \(seed)")
            #expect(try library.isMatch(try Self.picture(seed + 50), with: template) == false, "seed \(seed)")
        }
    }

    @Test("a picture without ridges, and a template with too little, are said to be so", .enabled(if: isHere))
    func poor() throws {
        let library = try FingerLibrary()
        let template = SpecimenFinger(seed: 1, finger: .rightIndex).minutiae
        let blank = try #require(
            FingerLibrary.Picture(width: 240, height: 300, dots: [UInt8](repeating: 200, count: 72_000)))
        #expect(throws: FingerLibraryFailure.probePoor) { try library.isMatch(blank, with: template) }
        let few = FingerMinutiae(
            finger: .rightIndex, width: 240, height: 300, points: Array(template.points.prefix(5)))
        #expect(throws: FingerLibraryFailure.referencePoor) {
            try library.isMatch(try Self.picture(1), with: few)
        }
    }

    @Test("of invented fingers nearly all second impressions match and no stranger does", .enabled(if: isHere))
    func rates() throws {
        let library = try FingerLibrary()
        let templates = try (0..<12).map {
            try library.minutiae(of: try Self.picture(UInt64(100 + $0)), finger: .rightIndex)
        }
        var (matched, mistaken) = (0, 0)
        for place in 0..<12 {
            let seed = UInt64(100 + place)
            let turn = Double(place % 5 - 2) * 0.1
            let probe = try Self.picture(
                seed, .init(right: Double(place - 6) * 2, down: 5, turn: turn, noise: 25, seed: seed))
            if try library.isMatch(probe, with: templates[place]) { matched += 1 }
            for step in [1, 4, 7] where try library.isMatch(probe, with: templates[(place + step) % 12]) {
                mistaken += 1
            }
        }
        #expect(matched >= 11, "\(matched) of 12")
        #expect(mistaken == 0, "\(mistaken) of 36")
    }
}
