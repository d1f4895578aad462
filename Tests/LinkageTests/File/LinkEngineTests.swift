import Civil
import Testing

@testable import Linkage

@Suite("Finding the records of one person")
struct LinkEngineTests {
    /// Precision and recall of pairs against who is who.
    private func quality(_ pairs: [LinkedPair], _ persons: [Int]) -> (precision: Double, recall: Double) {
        var counts: [Int: Int] = [:]
        for person in persons { counts[person, default: 0] += 1 }
        let all = counts.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        let right = pairs.count { persons[Int($0.left)] == persons[Int($0.right)] }
        return (Double(right) / Double(max(pairs.count, 1)), Double(right) / Double(max(all, 1)))
    }

    @Test("most second records are found, and hardly anybody else", arguments: [UInt64(1), 2])
    func finds(seed: UInt64) async throws {
        let file = InventedFile(people: 3_000, second: 10, seed: seed)
        let result = await LinkEngine(try file.table()).run()
        let (precision, recall) = quality(result.pairs, file.persons)
        #expect(2 * precision * recall / (precision + recall) > 0.93, "precision \(precision), recall \(recall)")
        #expect(result.report.blockingRecall > 0.9)
        #expect(result.pairs.allSatisfy { $0.left < $0.right && $0.probability >= 0.5 })
        #expect(Set(result.pairs.map(\.key)).count == result.pairs.count)
    }

    @Test("a file without second records has next to none")
    func findsNone() async throws {
        let file = InventedFile(people: 3_000, second: 0, seed: 3)
        #expect(await LinkEngine(try file.table()).run().pairs.count <= 6)
    }

    @Test("the same file gives the same answer")
    func isRepeatable() async throws {
        let file = InventedFile(people: 1_000, second: 20, seed: 4)
        let first = await LinkEngine(try file.table()).run()
        let second = await LinkEngine(try file.table()).run()
        #expect(first.pairs == second.pairs && first.clusters == second.clusters)
    }

    @Test("one row, and a column of one name alone, and a thousand copies")
    func edges() async throws {
        let one = await LinkEngine(try LinkTable.reading("id,full_name\n1,Lê A\n")).run()
        #expect(one.pairs.isEmpty && one.clusters == [0])
        var same = "id,full_name\n"
        var copies = "id,full_name,date_of_birth,father_name,mother_name\n"
        for id in 0..<1_500 {
            same += "\(id),Lê Văn A\n"
            copies += "\(id),Lê Văn Hùng,1980-02-03,Lê Tú,Vũ Mai\n"
        }
        let names = await LinkEngine(try LinkTable.reading(same)).run()
        #expect(names.pairs.allSatisfy { $0.left < $0.right })
        let rows = await LinkEngine(try LinkTable.reading(copies)).run()
        #expect(Set(rows.clusters).count == 1)
        #expect(rows.report.pairsCompared < 100_000)
    }

    @Test("no block is bigger than the file can afford")
    func blocks() async throws {
        var text = "id,full_name,date_of_birth,commune\n"
        for id in 0..<4_000 { text += "\(id),Lê Văn A,1980,\(id % 3)\n" }
        let blocks = await Blocks(try LinkTable.reading(text))
        for pass in blocks.passes {
            #expect(pass.report.pairs <= 4_000 * pass.key.pairsPerRecord + 4_000 * 50)
            #expect(pass.report.biggest <= pass.report.biggestAllowed)
        }
    }

    @Test("what an officer decided holds, also for clusters")
    func decisions() async throws {
        let file = InventedFile(people: 800, second: 15, seed: 5)
        let table = try file.table()
        let before = await LinkEngine(table).run()
        let pair = try #require(before.pairs.first)
        let different = LinkDecision(Int(pair.left), Int(pair.right), isSame: false)
        let after = await LinkEngine(table, decisions: [different]).run()
        #expect(!after.pairs.contains { $0.key == pair.key })
        #expect(after.clusters[Int(pair.left)] != after.clusters[Int(pair.right)])
        let strangers = LinkDecision(0, 1, isSame: true)
        let joined = await LinkEngine(table, decisions: [strangers]).run()
        #expect(joined.clusters[0] == joined.clusters[1])
        #expect(joined.pairs.contains { $0.left == 0 && $0.right == 1 && $0.probability == 1 })
    }

    @Test("two files are linked across, never inside")
    func two() async throws {
        let file = InventedFile(people: 600, second: 40, seed: 6)
        let rows = Array(file.lines.dropFirst())
        let first = [file.lines[0]] + rows.prefix(400)
        let second = [file.lines[0]] + rows.dropFirst(400)
        let table = try LinkTable.reading(first.joined(separator: "\n"))
        let bytes = Array(second.joined(separator: "\n").utf8)
        let both = try bytes.withUnsafeBufferPointer { buffer throws(LinkRefusal) in
            try LinkReader.read(buffer, after: table)
        }
        #expect(both.split == 400)
        let pairs = await LinkEngine(both).run().pairs
        #expect(!pairs.isEmpty)
        #expect(pairs.allSatisfy { $0.left < 400 && $0.right >= 400 })
    }

    @Test("the explanation adds up to the odds and names the alternative")
    func explains() async throws {
        let file = InventedFile(people: 1_500, second: 15, seed: 7)
        let engine = LinkEngine(try file.table())
        let result = await engine.run()
        let pair = try #require(result.pairs.first)
        let model = await engine.learn()
        let explanation = engine.explain(Int(pair.left), Int(pair.right), model)
        #expect(explanation.probability >= 0.5)
        #expect(explanation.lines.contains { $0.feature == "given_name" && !$0.sentence.vietnamese.isEmpty })
        // An even chance is no bits at all.
        #expect(explanation.bits + explanation.priorBits >= 0)
    }
}
