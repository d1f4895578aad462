import Access
import Database
import Foundation
import TestStores
import Testing

@testable import Population

/// Nothing of a row is lost, however it was written.
@Suite("Records as they are kept")
struct KeptRecordTests {
    private static func with(
        _ engine: Engine, file bytes: [UInt8],
        _ body: @Sendable (PopulationRegister, _ path: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "dancu-kept-\(engine)-\(bytes.count)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("lo.csv")
        try Data(bytes).write(to: file)
        try await QualityFixture.with(engine) { try await body($0.register, file.path) }
    }

    /// Twelve rows, of which the last one's name is of those bytes.
    private static func file(name: [UInt8]) -> [UInt8] {
        func row(_ number: Int, _ name: [UInt8]) -> [UInt8] {
            Array("\(number),H\(number),Chủ hộ,".utf8) + name
                + Array(
                    ",12/05/\(1960 + number),Nam,,,Kinh,Việt Nam,,,,\(QualityFixture.home),,,,,,15/09/2020,\n".utf8)
        }
        let good = (1...11).flatMap { row($0, Array("Trần Văn Bình".utf8)) }
        return Array("\(QualityFixture.head)\n".utf8) + good + row(12, name)
    }

    private static func source(in register: PopulationRegister, _ path: String) async throws -> SheetSource {
        let summary = try await register.importBatch(path: path, by: LocalOperator.requester)
        #expect(summary.held == 1)
        let rows = try await register.heldRows(ofBatch: summary.batch, by: LocalOperator.requester)
        return try #require(rows.first).sheet.sheet
    }

    @Test("bytes that are no letters are kept beside the text", arguments: TestStore.engines)
    func brokenBytes(engine: Engine) async throws {
        let name = Array("Nguyễn ".utf8) + [0xFF, 0xFE] + Array(" Bình".utf8)
        try await KeptRecordTests.with(engine, file: KeptRecordTests.file(name: name)) { register, path in
            let source = try await KeptRecordTests.source(in: register, path)
            #expect(source.findings.map(\.code).contains(.encodingBroken))
            let bytes = try #require(source.bytes.flatMap { Data(base64Encoded: $0) })
            #expect(bytes.range(of: Data(name)) != nil)
            #expect(source.written == String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("a sign for a broken letter that the file itself has needs no bytes", arguments: TestStore.engines)
    func replacementCharacter(engine: Engine) async throws {
        let file = KeptRecordTests.file(name: Array("Nguyễn \u{FFFD} Bình".utf8))
        try await KeptRecordTests.with(engine, file: file) { register, path in
            let source = try await KeptRecordTests.source(in: register, path)
            #expect(source.findings.map(\.code).contains(.encodingBroken))
            #expect(source.bytes == nil)
        }
    }

    @Test(
        "a record over one megabyte is kept whole; one over four is refused with its row", arguments: TestStore.engines)
    func longRecords(engine: Engine) async throws {
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 3 << 20)
        try await KeptRecordTests.with(engine, file: KeptRecordTests.file(name: long)) { register, path in
            let source = try await KeptRecordTests.source(in: register, path)
            #expect(source.findings.map(\.code) == [.rowTooLong])
            #expect(source.written.utf8.count > long.count)
            #expect(source.written.hasSuffix("15/09/2020,"))
        }
        let tooLong = [UInt8](repeating: UInt8(ascii: "a"), count: 6 << 20)
        try await KeptRecordTests.with(engine, file: KeptRecordTests.file(name: tooLong)) { register, path in
            await #expect(throws: BatchRefusal.rowBeyondLimit(row: 12)) {
                try await register.importBatch(path: path, by: LocalOperator.requester)
            }
        }
        let open = [UInt8(ascii: "\"")] + tooLong
        try await KeptRecordTests.with(engine, file: KeptRecordTests.file(name: open)) { register, path in
            await #expect(throws: BatchRefusal.quoteNotClosed(row: 12)) {
                try await register.importBatch(path: path, by: LocalOperator.requester)
            }
        }
    }

    @Test("a piece of long records has fewer rows, and none is left out")
    func pieces() {
        func index(_ lengths: [UInt32]) -> RecordIndex {
            RecordIndex(
                entries: lengths.enumerated().map { row, length in
                    .init(offset: 0, length: length, row: UInt32(row + 1), group: UInt32(row / 2))
                })
        }
        let short = index(Array(repeating: 400, count: 10_000)).pieces(of: 3_000, from: 0)
        #expect(short.map(\.count) == [3_000, 3_000, 3_000, 1_000])
        let long = index(Array(repeating: 4 << 20, count: 40)).pieces(of: 3_000, from: 0)
        #expect(long.map(\.count) == [8, 8, 8, 8, 8])
        #expect(index([1, 1, 1]).pieces(of: 3_000, from: 3) == [])
    }
}
