import Civil
import Foundation

/// The shipped units, loaded once for all tests.
enum ShippedDirectory {
    static let directory: UnitDirectory = {
        var directory = UnitDirectory()
        for name in ShippedUnits.names {
            guard let bytes = ShippedUnits.bytes(name) else { continue }
            try? directory.load(bytes)
        }
        return directory
    }()
    static let resolver = UnitResolver(directory: directory)

    static let oldCommunes = communes(of: .untilJune2025)
    static let newCommunes = communes(of: .fromJuly2025)

    /// All communes in a release build, or when `DANCU_TEST_ALL_UNITS` is set; every fifteenth in a debug build,
    /// which is thirty times slower.
    private static func communes(of set: UnitSet) -> [AdministrativeUnit] {
        let all = directory.units(of: set).filter { $0.level == .commune }
        return stride(from: 0, to: all.count, by: step).map { all[$0] }
    }

    static var step: Int {
        #if DEBUG
            ProcessInfo.processInfo.environment["DANCU_TEST_ALL_UNITS"] == nil ? 15 : 1
        #else
            1
        #endif
    }

    /// A day of the collection, under the older set, and one under the newer.
    static let collection = CalendarDate(daysSinceEpoch: 18_520)
    static let today = CalendarDate(daysSinceEpoch: 20_468)

    /// The unit and all above it, the unit first.
    static func chain(_ unit: AdministrativeUnit) -> [AdministrativeUnit] {
        var chain = [unit]
        while let parent = chain.last?.parent, let above = directory.unit(parent) { chain.append(above) }
        return chain
    }
}

/// How one address is written by different clerks.
struct WrittenForm: Sendable {
    let name: String
    let write: @Sendable ([AdministrativeUnit]) -> String

    static let all: [WrittenForm] = [
        WrittenForm(name: "whole names") { $0.map(\.name).joined(separator: ", ") },
        WrittenForm(name: "capitals, NFD") {
            decomposed($0.map { LetterCase.capital($0.name) }.joined(separator: ","))
        },
        WrittenForm(name: "short kinds") { $0.map { short($0.kind) + $0.bareName }.joined(separator: ", ") },
        WrittenForm(name: "bare, dashes") { $0.map(bare).joined(separator: " - ") },
        WrittenForm(name: "no marks") { withoutMarks($0.map(\.name).joined(separator: ",")) },
        WrittenForm(name: "no marks, bare") { withoutMarks($0.map(bare).joined(separator: ", ")) },
        WrittenForm(name: "house, no signs") { "Ngõ 31 " + $0.map(\.name).joined(separator: " ") },
        WrittenForm(name: "hamlet, bare") { "Thôn 3, " + $0.map(bare).joined(separator: ",") },
    ]

    /// The name without its kind; a number keeps it.
    static func bare(_ unit: AdministrativeUnit) -> String {
        unit.bareName.utf8.allSatisfy { (48...57).contains($0) } ? unit.name : unit.bareName
    }

    static func withoutMarks(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    guard scalar.value > 0x7F, let base = Folding.base(scalar.value) else { return scalar }
                    let letter = Unicode.Scalar(base)
                    return LetterCase.small(scalar) == scalar ? letter : LetterCase.capital(letter)
                }))
    }

    private static func decomposed(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard scalar.value > 0x7F, let parts = VietnameseLetters.parts(of: scalar.value) else {
                output.append(scalar)
                continue
            }
            for value in [parts.base, parts.shape, parts.tone?.rawValue] {
                if let scalar = value.flatMap({ Unicode.Scalar($0) }) { output.append(scalar) }
            }
        }
        return String(output)
    }

    private static func short(_ kind: String) -> String {
        let shorts = [
            "Xã": "X.", "Phường": "P.", "Thị trấn": "TT.", "Huyện": "H.", "Quận": "Q.", "Thị xã": "TX.",
            "Thành phố": "TP.", "Tỉnh": "T.",
        ]
        return shorts[kind] ?? kind + " "
    }
}

/// How answers compare with what was meant.
struct AnswerTally: CustomStringConvertible {
    var right = 0
    var amongCandidates = 0
    var otherCandidates = 0
    var nothing = 0
    /// What was written is exactly the name of another unit of the same place.
    var writesAnother = 0
    var wrong: [String] = []

    mutating func add(
        _ answer: UnitResolution, meant: AdministrativeUnit, text: String,
        another: (AdministrativeUnit) -> Bool = { _ in false }
    ) {
        switch answer {
        case .unit(meant, _): right += 1
        case .unit(let unit, _) where another(unit): writesAnother += 1
        case .unit(let unit, _): wrong.append("\(text) → \(unit.name) \(unit.code), not \(meant.name) \(meant.code)")
        case .candidates(let candidates, _):
            if candidates.contains(where: { $0.unit == meant }) { amongCandidates += 1 } else { otherCandidates += 1 }
        case .nothing: nothing += 1
        }
    }

    var description: String {
        "right \(right), among candidates \(amongCandidates), other candidates \(otherCandidates), nothing \(nothing), "
            + "writes another unit \(writesAnother), wrong \(wrong.count)"
    }
}

/// A seeded sequence (SplitMix64), so that a failure can be seen again.
struct SeededLetters {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }

    /// The text with one letter left out, put in, changed or changed about.
    mutating func slip(_ text: String) -> String {
        var letters = Array(text)
        let places = letters.indices.filter { letters[$0].isLetter }
        guard !places.isEmpty else { return text }
        let place = places[below(places.count)]
        let other = Array("abcdeghiklmnopqrstuvxy")[below(22)]
        switch below(4) {
        case 0: letters.remove(at: place)
        case 1: letters.insert(other, at: place)
        case 2 where place + 1 < letters.count: letters.swapAt(place, place + 1)
        default: letters[place] = other
        }
        return String(letters)
    }
}
