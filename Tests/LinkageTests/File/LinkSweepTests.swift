import Civil
import Foundation
import Testing

@testable import Linkage

@Suite("Comparing in parts")
struct LinkSweepTests {
    /// All parts one after the other, the last one first, and what they come to.
    private func swept(_ table: LinkTable, partOf: [UInt32], parts: Int) async -> LinkResult {
        let sweep = await LinkSweep(LinkEngine(table), model: nil, partOf: partOf, parts: parts)
        var found: [(Int, Int)] = []
        var compared = 0
        for part in (0..<parts).reversed() {
            let own = await sweep.compare(part: part)
            found += own.pairs.map { (Int($0.left), Int($0.right)) }
            compared += own.compared
        }
        return sweep.finish(found, compared: compared)
    }

    @Test("parts together find what the whole does, each pair compared once", arguments: [1, 2, 7])
    func partsAreTheWhole(parts: Int) async throws {
        let table = try InventedFile(people: 2_000, second: 15, seed: 31).table()
        let whole = await LinkEngine(table).run()
        let partOf = (0..<table.count).map { UInt32(BlockKeys.mix(UInt64($0), 5) % UInt64(parts)) }
        let swept = await swept(table, partOf: partOf, parts: parts)
        #expect(!whole.pairs.isEmpty)
        #expect(swept.pairs == whole.pairs && swept.clusters == whole.clusters)
        #expect(swept.report.pairsCompared == whole.report.pairsCompared)
    }

    @Test("records that nothing tells apart are chained in parts as in the whole")
    func chained() async throws {
        var copies = "id,full_name,date_of_birth,father_name,mother_name\n"
        for id in 0..<1_200 { copies += "\(id),Lê Văn Hùng,1980-02-03,Lê Tú,Vũ Mai\n" }
        let table = try LinkTable.reading(copies)
        let whole = await LinkEngine(table).run()
        let swept = await swept(table, partOf: (0..<table.count).map { UInt32($0 % 3) }, parts: 3)
        #expect(Set(swept.clusters).count == 1)
        #expect(swept.report.pairsCompared == whole.report.pairsCompared)
    }

    // MARK: What officers decide

    /// How far the pairs that nobody decided on are from the truth: the mean surprise at it, and how many are wrong.
    private func score(
        _ result: LinkResult, _ file: InventedFile, without decided: Set<UInt64>
    ) -> (surprise: Double, wrong: Int) {
        var (surprise, wrong, all) = (0.0, 0, 0)
        for pair in result.pairs + result.below where !decided.contains(pair.key) {
            let isSame = file.persons[Int(pair.left)] == file.persons[Int(pair.right)]
            surprise -= log(max(1e-6, Double(isSame ? pair.probability : 1 - pair.probability)))
            if isSame != (pair.probability >= 0.5) { wrong += 1 }
            all += 1
        }
        return (surprise / Double(max(all, 1)), wrong)
    }

    /// Decisions as officers make them: on some pairs of each range of probability, right as the truth.
    private func decisions(_ result: LinkResult, _ file: InventedFile) -> [LinkDecision] {
        let pairs = (result.pairs + result.below).sorted { BlockKeys.mix($0.key, 3) < BlockKeys.mix($1.key, 3) }
        return [0, 0.5, 0.7, 0.9, 0.98].flatMap { (from: Float) in
            let next: Float = from < 0.5 ? 0.5 : from < 0.7 ? 0.7 : from < 0.9 ? 0.9 : from < 0.98 ? 0.98 : 1.1
            return pairs.filter { (from..<next).contains($0.probability) }.prefix(60).map { pair in
                let (left, right) = (Int(pair.left), Int(pair.right))
                return LinkDecision(left, right, isSame: file.persons[left] == file.persons[right])
            }
        }
    }

    /// The file without columns, which makes probabilities doubtful.
    private func table(_ file: InventedFile, without columns: Set<Int>) throws -> LinkTable {
        let lines = file.lines.map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).enumerated()
                .filter { !columns.contains($0.offset) }.map { String($0.element) }.joined(separator: ",")
        }
        return try LinkTable.reading(lines.joined(separator: "\n") + "\n")
    }

    @Test(
        "decisions help where names and dates are all there is, and harm nowhere",
        arguments: [(Set<Int>(), 1.5), (Set([6, 7]), 1.0), (Set([4, 5, 6, 7, 8]), 1.0)])
    func decisionsTeach(without: Set<Int>, most: Double) async throws {
        var (before, after) = ((surprise: 0.0, wrong: 0), (surprise: 0.0, wrong: 0))
        for seed in [UInt64(41), 42, 43, 44] {
            let file = InventedFile(people: 2_500, second: 12, seed: seed)
            let table = try table(file, without: without)
            let plain = await LinkEngine(table).run()
            let decided = decisions(plain, file)
            let taught = await LinkEngine(table, decisions: decided).run()
            let keys = Set(decided.map { LinkedPair.key($0.left, $0.right) })
            let (one, other) = (score(plain, file, without: keys), score(taught, file, without: keys))
            before = (before.surprise + one.surprise, before.wrong + one.wrong)
            after = (after.surprise + other.surprise, after.wrong + other.wrong)
        }
        #expect(after.surprise <= before.surprise * most + 0.02, "without \(without.sorted()): \(before), \(after)")
        #expect(after.wrong <= before.wrong + 8, "without \(without.sorted()): \(before), \(after)")
    }

    @Test("lessons on records outside the table teach what decisions inside teach")
    func lessons() async throws {
        let file = InventedFile(people: 1_500, second: 20, seed: 43)
        let table = try file.table()
        let plain = await LinkEngine(table).run()
        var record = LinkRecord(id: "")
        record.fullName = "Nguyễn Văn An"
        record.birth = PartialDate(canonical: "1980-02-03")
        var other = record
        other.birth = PartialDate(canonical: "1980-03-02")
        let none = await LinkEngine(table, lessons: [LinkLesson(record, other, isSame: false)]).run()
        // One judgement bends nothing.
        #expect(none.report.model.calibration == LinkCalibration())
        let many =
            [LinkLesson](repeating: LinkLesson(record, other, isSame: false), count: 40)
            + [LinkLesson](repeating: LinkLesson(record, record, isSame: true), count: 10)
        let taught = await LinkEngine(table, lessons: many).run()
        #expect(taught.report.model.calibration != LinkCalibration())
        #expect(plain.report.model.calibration == LinkCalibration())
    }

    @Test("what is judged as it was told bends nothing; what is judged otherwise does, within bounds")
    func calibration() {
        let honest = (0..<400).map { place -> (logOdds: Float, isSame: Bool) in
            let odds = Float(place % 9) - 4
            return (odds, Float(place / 9 % 45) / 45 < LinkModel.probability(odds))
        }
        let kept = LinkCalibration.fitting(honest)
        #expect(abs(kept.shift) < 0.3 && abs(kept.slope - 1) < 0.15, "\(kept)")
        let sure = (0..<400).map { (logOdds: Float(3), isSame: $0 % 2 == 0) }
        let bent = LinkCalibration.fitting(sure)
        #expect(abs(LinkModel.probability(bent.bent(3)) - 0.5) < 0.1, "\(bent)")
        #expect(LinkCalibration.fitting(Array(sure.prefix(19))) == LinkCalibration())
        #expect(LinkCalibration.fitting(sure.filter(\.isSame)) == LinkCalibration())
    }
}
