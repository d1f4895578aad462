import Civil
import Foundation
import Population

/// What the start page shows; a template names nothing else.
struct StartPage: Sendable {
    /// A batch with its fates.
    struct BatchLine: Sendable {
        let name: String
        /// The name as it stands in a path.
        let path: String
        let rows: String
        let accepted: String
        let acceptedWithFindings: String
        let held: String
        let persons: String
        let households: String
        /// Whether the import has not come to its end.
        let unfinished: Bool
    }

    let demonstration: Bool
    let registerID: String
    let created: String
    let address: String
    let persons: String
    let households: String
    let acts: String
    let looks: String
    let hasBatches: Bool
    let batches: [BatchLine]
    /// The batch that the examples name.
    let example: String
    let examplePath: String

    init(identity: RegisterIdentity, counts: RegisterCounts.Counts, batches summaries: [BatchSummary], address: String)
    {
        demonstration = identity.kind == .demonstration
        registerID = identity.id
        created = DayText.vietnamese(identity.created.dayInVietnam)
        self.address = address
        persons = NumberText.grouped(counts.persons)
        households = NumberText.grouped(counts.households)
        acts = NumberText.grouped(Int(counts.acts))
        looks = NumberText.grouped(Int(counts.looks))
        hasBatches = !summaries.isEmpty
        batches = summaries.map(StartPage.line)
        example = summaries.first?.batch.name ?? "24283"
        examplePath = PathText.encoded(example)
    }

    private static func line(_ summary: BatchSummary) -> BatchLine {
        BatchLine(
            name: summary.batch.name, path: PathText.encoded(summary.batch.name),
            rows: NumberText.grouped(summary.batch.rows), accepted: NumberText.grouped(summary.accepted),
            acceptedWithFindings: NumberText.grouped(summary.acceptedWithFindings),
            held: NumberText.grouped(summary.held), persons: NumberText.grouped(summary.persons),
            households: NumberText.grouped(summary.households), unfinished: summary.batch.done < summary.batch.rows)
    }
}

/// Numbers as people in Vietnam write them: 1.234.567.
package enum NumberText {
    package static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return (number < 0 ? "−" : "") + groups.joined(separator: ".")
    }

    /// A share of a whole with one decimal: "12,5 %".
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "0 %" }
        let tenths = (part * 1000 + whole / 2) / whole
        return "\(tenths / 10),\(tenths % 10) %"
    }
}

/// Days as people in Vietnam write them: 25/02/2021.
enum DayText {
    static func vietnamese(_ day: CalendarDate) -> String {
        let iso = day.description
        return "\(iso.suffix(2))/\(iso.dropFirst(5).prefix(2))/\(iso.prefix(4))"
    }
}

/// A name as one part of a path: everything but letters, digits and a few signs as percent signs.
enum PathText {
    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~".utf8)

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            if plain.contains(byte) { return String(decoding: [byte], as: UTF8.self) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
