import Access
import Civil
import Database
import Foundation
import Ledger
import TestStores
import Testing

@testable import Population

@Suite("Sheets and stored contents from bad input")
struct SheetFuzzTests {
    private static let examples = [
        Array(WebSamples.sheets.utf8), Array("a,b\r\n\"c\r\nd\",\"e\"\"f\"\r\n\r\n,\n\"\"\n".utf8),
        Array("x\r\"y".utf8),
    ]

    private typealias Piece = (offset: Int, length: Int, openQuote: Bool)

    private static func records(_ bytes: [UInt8], in blocks: [Int]) -> [Piece] {
        var scanner = CSVRecordScanner(at: 0)
        var records: [Piece] = []
        func take(_ record: CSVRecordScanner.Record) {
            records.append((Int(record.offset), record.length, record.openQuote))
        }
        var from = 0
        bytes.withUnsafeBytes { all in
            for end in blocks + [bytes.count] {
                scanner.feed(UnsafeRawBufferPointer(rebasing: all[from..<end]), take)
                from = end
            }
        }
        scanner.finish(take)
        return records
    }

    @Test("every byte of a file belongs to one record or to a line end, in blocks of any length", arguments: Fuzz.seeds)
    func scanner(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        for _ in Fuzz.rounds(1_500) {
            let bytes = mutator.bytes(Self.examples)
            let records = Self.records(bytes, in: [])
            var between: [UInt8] = []
            var end = 0
            for record in records {
                Fuzz.hold(record.offset >= end && record.length > 0, "records follow one another", bytes)
                between += bytes[end..<record.offset]
                end = record.offset + record.length
            }
            between += bytes[end...]
            Fuzz.hold(between.allSatisfy { $0 == 10 || $0 == 13 }, "nothing but line ends between records", bytes)
            Fuzz.hold(records.dropLast().allSatisfy { !$0.openQuote }, "only the last can be open", bytes)
            let blocks = (0..<mutator.random.number(0...4)).map { _ in mutator.random.number(0...bytes.count) }.sorted()
            let again = Self.records(bytes, in: blocks)
            let isSame = again.count == records.count && zip(again, records).allSatisfy { $0 == $1 }
            Fuzz.hold(isSame, "blocks of \(blocks) do not show", bytes)
            for record in records { Self.holdFields(Array(bytes[record.offset..<record.offset + record.length])) }
        }
    }

    private static func holdFields(_ record: [UInt8]) {
        let fields = CSVFields.split(String(decoding: record, as: UTF8.self))
        record.withUnsafeBytes { bytes in
            Fuzz.hold(CSVFields.field(fields.count - 1, in: bytes) != nil, "as many fields as texts", record)
            Fuzz.hold(CSVFields.field(fields.count, in: bytes) == nil, "and no more", record)
        }
        // By scalars: a quote with a mark on it is a quote, though no character is.
        let quoted = fields.map { field in
            String(String.UnicodeScalarView(field.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }))
        }
        let written = quoted.map { "\"\($0)\"" }.joined(separator: ",")
        Fuzz.hold(CSVFields.split(written) == fields, "fields come back", record)
    }

    @Test("a damaged file is refused and leaves nothing, or all its rows have one fate", arguments: TestStore.engines)
    func damagedFiles(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, _ in
            let folder = try Folder.make()
            defer { Folder.remove(folder) }
            let sheets = [Array(WebSamples.sheets.utf8), TCVN3.encode(WebSamples.sheets) ?? []]
            for seed in Fuzz.seeds {
                var mutator = Mutator(seed: seed)
                for round in 0..<(Shared.isFull ? 60 : 12) {
                    let bytes = mutator.bytes(sheets)
                    let file = folder.appendingPathComponent("fuzz \(seed) \(round).csv")
                    try Data(bytes).write(to: file)
                    let before = try await Self.size(of: fixture)
                    do {
                        let batch = try await fixture.register.importBatch(path: file.path, by: LocalOperator.requester)
                        let fates = batch.accepted + batch.acceptedWithFindings + batch.held
                        Fuzz.hold(fates == batch.batch.rows, "every row has one fate", bytes)
                        Fuzz.hold(batch.batch.done == batch.batch.rows, "all rows are done", bytes)
                    } catch is BatchRefusal {
                        let after = try await Self.size(of: fixture)
                        Fuzz.hold(before == after, "a refused file leaves nothing", bytes)
                    }
                }
            }
            let rebuild = try await fixture.register.rebuild(writing: false)
            #expect(rebuild.isClean, "\(rebuild.differences.prefix(3)) \(rebuild.damaged.prefix(3))")
        }
    }

    /// How many acts, persons, sheets and batches there are.
    static func size(of fixture: WebFixture) async throws -> [Int] {
        try await fixture.register.database.read { connection in
            try ["act", "person", "household", "sheet", "batch"].map { table in
                try connection.first("SELECT count(*) FROM \(table)") { try $0.int(0) } ?? 0
            }
        }
    }

    @Test("stored contents and states come back equal or are refused", arguments: Fuzz.seeds)
    func stored(seed: UInt64) async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            let states = try await fixture.register.database.read { connection in
                try connection.rows("SELECT state FROM person ORDER BY person_id") { Array(try $0.text(0).utf8) }
            }
            let contents = try await fixture.register.database.read { connection in
                try connection.rows("SELECT content FROM act_content ORDER BY act_id") { try $0.blob(0) }
            }
            var mutator = Mutator(seed: seed)
            let kinds = ActKind.ofPopulation
            for _ in Fuzz.rounds(2_500) {
                let bytes = mutator.bytes(states)
                let state = bytes.withUnsafeBytes { try? CanonicalJSONReader.value(PersonState.self, from: $0) }
                if let state {
                    let text = CanonicalJSON.bytes(of: state)
                    let again = text.withUnsafeBytes { try? CanonicalJSONReader.value(PersonState.self, from: $0) }
                    Fuzz.hold(again == state, "a state that can be read comes back", bytes)
                }
                _ = bytes.withUnsafeBytes { try? CanonicalJSONReader.value(SearchRecord.self, from: $0) }
                let changed = mutator.bytes(contents)
                let kind =
                    mutator.random.number(0...1) == 0 ? ActKind.collected : kinds.randomElement(using: &mutator.random)
                guard let kind, let content = try? ActContent(kind: kind, canonicalBytes: changed) else { continue }
                let again = try? ActContent(kind: kind, canonicalBytes: try content.canonicalBytes())
                Fuzz.hold(again == content, "a content that can be read comes back", changed)
            }
        }
    }
}
