import Testing

@testable import Chip

@Suite("Fingers as records")
struct FingerRecordTests {
    @Test("a template is written as the standard lays it out, and read again")
    func layout() throws {
        let template = FingerMinutiae(
            finger: .leftIndex, width: 240, height: 300,
            points: [.init(kind: .bifurcation, x: 17, y: 258, angle: 64, quality: 80)])
        let expected: [UInt8] =
            Array("FMR\0 20\0".utf8) + [0, 0, 0, 36, 0, 0, 0, 240, 1, 44, 0, 197, 0, 197, 1, 0]
            + [7, 0, 0, 1, 0x80, 17, 0x01, 0x02, 64, 80, 0, 0]
        #expect(template.record == expected)
        #expect(try FingerMinutiae(record: expected) == template)
    }

    @Test("lengths that lie, places outside and other resolutions are refused")
    func refused() throws {
        let template = SpecimenFinger(seed: 1, finger: .rightThumb).minutiae.record
        for length in 0..<template.count {
            #expect(throws: ChipFault.self) { _ = try FingerMinutiae(record: Array(template.prefix(length))) }
        }
        for (place, value) in [(11, UInt8(0xFF)), (15, 10), (19, 100), (22, 2), (24, 11), (27, 200)] {
            var wrong = template
            wrong[place] = value
            #expect(throws: ChipFault.self, "byte \(place)") { _ = try FingerMinutiae(record: wrong) }
        }
    }

    @Test("a picture's record is what DG3 holds, and is read by itself")
    func picture() throws {
        let print = FingerFile.Print(
            finger: .rightIndex, width: 240, height: 300, compression: 3, image: [0xFF, 0xD8, 0xFF, 1, 2, 3])
        #expect(try FingerFile.Print(record: print.record) == print)
        #expect(try FingerFile(bytes: FingerFile(prints: [print]).bytes).prints == [print])
        for length in 0..<print.record.count {
            #expect(throws: ChipFault.self) { _ = try FingerFile.Print(record: Array(print.record.prefix(length))) }
        }
    }

    @Test("invented fingers are the same for one seed, and differ from finger to finger and seed to seed")
    func invented() {
        let finger = SpecimenFinger(seed: 5, finger: .rightIndex)
        #expect(finger.dots() == SpecimenFinger(seed: 5, finger: .rightIndex).dots())
        #expect(finger.minutiae != SpecimenFinger(seed: 6, finger: .rightIndex).minutiae)
        #expect(finger.dots() != SpecimenFinger(seed: 5, finger: .leftIndex).dots())
        #expect(finger.dots() != finger.dots(.init(right: 5, down: 3, turn: 0.1, noise: 20, seed: 1)))
        #expect(finger.minutiae.points.count == 26)
    }

    @Test("words name every finger once")
    func words() {
        #expect(Set(Finger.allCases.map(\.word)).count == 10)
        for finger in Finger.allCases { #expect(Finger(word: finger.word) == finger) }
        #expect(Finger(word: "thumb") == nil)
    }
}
