import Civil
import Linkage

/// A record that is in the register already and may be the same person as a new sheet.
struct KnownRecord: Sendable {
    /// The sheet it came from; 0 for a person without a sheet.
    var sheet: Int64
    /// The person; nil for a sheet that is held.
    var person: Int64?
    var facts: IdentityFacts
    /// The handle of a person of the register; nil for held sheets.
    var handle: String?
}

/// Decides on the rows of one piece of a batch: who is new, who is the same person as whom, which rows are held.
///
/// Pure: it is given what the register knows under the rows' keys. Rows are looked at in the order of the file, so that
/// the first sheet of a person is the one that stays.
struct PieceDecision {
    private(set) var sheets: [StandardSheet]
    /// For each row, whether it becomes a person.
    private(set) var accepted: [Bool]
    /// Findings on sheets that were there before.
    private(set) var marks: [(sheet: Int64, finding: SheetFinding)] = []

    /// For each row, the keys under which it is looked up.
    let keys: [[UInt64]]
    /// For each row, what tells who it is about; nothing that is decided changes it.
    let facts: [IdentityFacts]
    private let batch: Int64
    private let known: [UInt64: [KnownRecord]]
    private let numberHolders: [Int64: Int64]
    /// The rows of this piece under their keys, as they are decided.
    private var rowsByKey: [UInt64: [Int]] = [:]
    private var claimed: Set<Int64> = []
    /// For each row that is a person who stays, itself included: that person.
    private var staying: [Int: Staying] = [:]
    /// For each row, the row of this piece that is the same person, if there is one.
    private var sameAs: [Int: Int] = [:]

    init(
        sheets: [StandardSheet], batch: Int64, known: [UInt64: [KnownRecord]], numberHolders: [Int64: Int64]
    ) {
        self.sheets = sheets
        let facts = sheets.map(\.facts)
        let keys = facts.map(\.keys)
        self.facts = facts
        self.keys = keys
        self.batch = batch
        self.known = known
        self.numberHolders = numberHolders
        accepted = Array(repeating: false, count: sheets.count)
        var start = 0
        while start < sheets.count {
            var end = start + 1
            while end < sheets.count, sheets[end].group == sheets[start].group { end += 1 }
            decide(household: start..<end)
            start = end
        }
    }

    private mutating func decide(household range: Range<Int>) {
        for row in range { decide(row, household: range) }
        findHeads(range)
    }

    private mutating func decide(_ row: Int, household range: Range<Int>) {
        let keys = keys[row]
        let same = recordsLike(row, keys)
        let earlier = rowsLike(row, keys, household: range)
        let isDuplicate = mark(row, same: same, earlier: earlier)
        checkNumber(row)
        accepted[row] = !isDuplicate && SheetFate.of(sheets[row].findings) != .held
        if accepted[row] { staying[row] = Staying(sheet: id(of: row), row: row) }
        if accepted[row], sheets[row].numberFits, let number = sheets[row].number { claimed.insert(number.value) }
        for key in keys where rowsByKey[key, default: []].count < KnownRecords.mostUnderKey {
            rowsByKey[key, default: []].append(row)
        }
    }

    /// The known records that are surely the same person.
    private func recordsLike(_ row: Int, _ keys: [UInt64]) -> [KnownRecord] {
        let found = keys.flatMap { known[$0] ?? [] }
        guard !found.isEmpty else { return [] }
        var seen: Set<Int64> = []
        return
            found
            .filter { record in
                SamePerson.evidence(facts[row], record.facts, sameHousehold: false) != nil
                    && seen.insert(record.sheet == 0 ? -(record.person ?? 0) : record.sheet).inserted
            }
            .sorted { $0.sheet < $1.sheet }
    }

    /// The rows before this one that are surely the same person.
    private func rowsLike(_ row: Int, _ keys: [UInt64], household range: Range<Int>) -> [Int] {
        // All rows of the household are looked at; of the others, those under the same keys.
        let elsewhere = keys.flatMap { rowsByKey[$0] ?? [] }.filter { $0 < range.lowerBound }
        let rows = elsewhere.isEmpty ? [] : Set(elsewhere).sorted()
        return (rows + Array(range.lowerBound..<row)).filter { other in
            let sameHousehold = sheets[other].group == sheets[row].group
            return SamePerson.evidence(facts[row], facts[other], sameHousehold: sameHousehold) != nil
        }
    }

    /// Puts the finding on every sheet of the group; true when another sheet's person is the one that stays.
    private mutating func mark(_ row: Int, same: [KnownRecord], earlier: [Int]) -> Bool {
        guard !same.isEmpty || !earlier.isEmpty else { return false }
        let sheet = SheetID.make(batch: batch, row: sheets[row].place)
        // A row that is the same person as somebody who stays leads to that one, whoever of the two was found.
        let known = same.first { $0.person != nil }.map { Staying(sheet: $0.sheet, handle: $0.handle) }
        let staying = known ?? earlier.compactMap { self.staying[$0] }.first
        let other = staying?.sheet ?? earlier.first.map { id(of: $0) } ?? same.first?.sheet ?? 0
        if other == 0 {
            // A person without a sheet is named by the handle.
            sheets[row].found(.duplicate, candidates: staying?.handle.map { [$0] })
        } else {
            sheets[row].found(.duplicate, other: other)
        }
        // Whoever is named names the row in turn, so that every mark follows from the acts.
        for record in same where record.sheet != 0 && (record.sheet == other || hasRoom(row)) {
            sheets[row].found(.duplicate, other: record.sheet)
            marks.append((record.sheet, SheetFinding(.duplicate, other: sheet)))
        }
        let isNamed = same.contains { $0.sheet == other } || earlier.contains { id(of: $0) == other }
        if let staying, staying.sheet != 0, !isNamed { name(staying, on: row) }
        for earlier in earlier {
            let id = SheetID.make(batch: batch, row: sheets[earlier].place)
            guard id == other || hasRoom(row) && hasRoom(earlier) else { continue }
            sheets[row].found(.duplicate, other: id)
            sheets[earlier].found(.duplicate, other: sheet)
        }
        if let first = earlier.first { sameAs[row] = first }
        if let staying { self.staying[row] = staying }
        return staying != nil
    }

    /// A person who stays: by the sheet, which is 0 for whoever has none and is named by the handle.
    private struct Staying {
        var sheet: Int64
        var handle: String?
        /// The row of this piece, where the sheet is one of it.
        var row: Int?
    }

    private func id(of row: Int) -> Int64 { SheetID.make(batch: batch, row: sheets[row].place) }

    /// Marks the sheet of the person who stays, to whom another row has led.
    private mutating func name(_ staying: Staying, on row: Int) {
        if let place = staying.row {
            sheets[place].found(.duplicate, other: id(of: row))
        } else {
            marks.append((staying.sheet, SheetFinding(.duplicate, other: id(of: row))))
        }
    }

    /// Beside the sheet that stays, so many others are named at most: a line copied a thousand times names no million.
    private static let mostNamed = 16

    private func hasRoom(_ row: Int) -> Bool {
        sheets[row].findings.count { $0.code == .duplicate } < PieceDecision.mostNamed
    }

    // MARK: Who may be the same

    /// Records and earlier rows under the keys of a row, as far as they became persons; of each kind so many.
    func candidates(of row: Int, most: Int) -> (known: [KnownRecord], rows: [Int]) {
        var seen: Set<Int64> = []
        var (records, rows): ([KnownRecord], Set<Int>) = ([], [])
        for key in keys[row] {
            for record in known[key] ?? [] where records.count < most {
                if let person = record.person, seen.insert(person).inserted { records.append(record) }
            }
            for other in rowsByKey[key] ?? [] where other < row && accepted[other] && rows.count < most {
                rows.insert(other)
            }
        }
        return (records, rows.sorted())
    }

    /// Marks the rows that are probably somebody's who stands already.
    mutating func mark(_ likely: [BatchProbe.Likely]) {
        for found in likely {
            let words = Likelihood(found.explanation.probability).rawValue
            switch found.other {
            case .row(let row):
                sheets[found.row].found(.possibleDuplicate, other: id(of: row), candidates: [words])
            case .person(let person):
                // A person without a sheet is named by the handle.
                let sheet = person.state.sheet
                sheets[found.row].found(
                    .possibleDuplicate, other: sheet, candidates: sheet == nil ? [words, person.handle] : [words])
            }
        }
    }

    private mutating func checkNumber(_ row: Int) {
        guard sheets[row].numberFits, let number = sheets[row].number else { return }
        guard numberHolders[number.value] != nil || claimed.contains(number.value) else { return }
        sheets[row].numberFits = false
        // On a duplicate sheet the number is its own person's.
        if !sheets[row].findings.contains(where: { $0.code == .duplicate }) {
            sheets[row].found(.numberOfAnother, .number)
        }
    }

    /// Two different people who both claim to be head; or nobody, and a row without a relation.
    private mutating func findHeads(_ range: Range<Int>) {
        let claims = range.filter { sheets[$0].claimsHead }
        let people = claims.filter { row in
            guard let same = sameAs[row] else { return true }
            return !(range.contains(same) && sheets[same].claimsHead)
        }
        if people.count > 1 {
            for row in claims { sheets[row].found(.householdHead, .relation) }
        } else if claims.isEmpty {
            for row in range where sheets[row].relationMissing { sheets[row].found(.householdHead, .relation) }
        }
    }
}
