import Access
import Chip
import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Cards

@Suite("Files for machines that are not this program")
struct WorkFileTests {
    private static let site = [UInt8](repeating: 11, count: 32)

    @Test("a sealed file goes out, a result file comes in; twice changes nothing", arguments: TestStore.engines)
    func files(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            for place in 0..<4 { _ = try await stage.ordered(place) }
            try await stage.openFactory()
            let batch = try await stage.runningBatch(blanks: 4)
            let file = try await stage.cards.workFile(
                of: batch, to: "may-ngoai", limit: 10, minutes: 600, by: CardStage.factory)
            #expect(file.lines.count == 4 && file.heading.site == "hn")
            let issuer = try SoftwareSigner(secret: [UInt8](repeating: 12, count: 32))
            let point = try SoftwareSigner(secret: WorkFileTests.site).publicKey.point
            let sealed = try SealedWork.seal(file, to: point, by: issuer)
            let opened = try SealedWork.open(sealed, with: WorkFileTests.site, signedBy: issuer.publicKey, after: 0)
            #expect(opened.lines == file.lines && opened.heading == file.heading)
            try await refusesWhatIsWrong(sealed, file, issuer)

            // The machine's own work: it finishes two, spoils one, and does not touch the last.
            var results: [ResultFile.Line] = []
            var chips: [String: PersonalisedChip] = [:]
            for (place, line) in opened.lines.enumerated() {
                switch place {
                case 0, 1:
                    let chip = try Personalisation.chip(
                        of: line.content, portrait: CardStage.face, fingers: try #require(line.prints()),
                        by: stage.issuer.signer,
                        at: stage.cards.surroundings.now())
                    chips[line.card] = chip
                    results.append(
                        .init(
                            job: line.job, outcome: .finished, chipKey: Fingerprint.hexadecimal(chip.made.key),
                            securityObject: Fingerprint.hexadecimal(chip.made.securityObject)))
                case 2: results.append(.init(job: line.job, outcome: .spoiled, reject: .encoderFault))
                default: results.append(.init(job: line.job, outcome: .untouched))
                }
            }
            let bytes = try ResultFile(lines: results).bytes()
            let first = try await stage.cards.take(try ResultFile(bytes: bytes), by: CardStage.factory)
            #expect(first.taken == 4 && first.refused.isEmpty)
            let acts = try await stage.count("SELECT count(*) FROM act")
            #expect(try await stage.cards.take(try ResultFile(bytes: bytes), by: CardStage.factory) == first)
            #expect(try await stage.count("SELECT count(*) FROM act") == acts)
            results[0].securityObject = String(repeating: "0", count: 64)
            let altered = try await stage.cards.take(ResultFile(lines: results), by: CardStage.factory)
            #expect(altered.taken == 3 && altered.refused.map(\.code) == ["card_job_is_over"])
            for line in opened.lines.prefix(2) {
                let reading = QualityReading(zone: line.zone, code: line.code, files: chips[line.card]?.files)
                #expect(try await stage.check(line.card, reading) == [])
            }
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
        }
    }

    private func refusesWhatIsWrong(_ sealed: [UInt8], _ file: WorkFile, _ issuer: SoftwareSigner) async throws {
        func open(
            _ bytes: [UInt8], _ key: [UInt8] = WorkFileTests.site, after last: Int64 = 0
        ) throws(WorkFileRefusal) { _ = try SealedWork.open(bytes, with: key, signedBy: issuer.publicKey, after: last) }
        #expect(throws: WorkFileRefusal.replayed) { try open(sealed, after: file.heading.number) }
        #expect(throws: WorkFileRefusal.notOpened) { try open(sealed, [UInt8](repeating: 13, count: 32)) }
        #expect(throws: WorkFileRefusal.keyUnfit) { try open(sealed, [1]) }
        for place in [30, 100, sealed.count - 1] {
            var bytes = sealed
            bytes[place] ^= 1
            #expect(throws: WorkFileRefusal.notSigned) { try open(bytes) }
        }
        #expect(throws: WorkFileRefusal.notOpened) { try open([]) }
        let stranger = try SoftwareSigner(secret: [UInt8](repeating: 14, count: 32))
        let point = try SoftwareSigner(secret: WorkFileTests.site).publicKey.point
        let other = try SealedWork.seal(file, to: point, by: stranger)
        #expect(throws: WorkFileRefusal.notSigned) { try open(other) }
        #expect(throws: WorkFileRefusal.keyUnfit) { _ = try SealedWork.seal(file, to: [4], by: issuer) }
        for (text, line) in [("{}", 1), ("x", 1), (#"{"job":"1","outcome":"finished"}"#, 1)] {
            #expect(throws: WorkFileRefusal.malformed(line)) { _ = try ResultFile(bytes: Array(text.utf8)) }
        }
        #expect(throws: WorkFileRefusal.malformed(1)) { _ = try WorkFile(bytes: Array("{}\n".utf8)) }
    }

    @Test("a machine that never answers: its leases run out, and nothing is lost")
    func silent() async throws {
        try await CardStage.with(.sqlite) { stage in
            _ = try await stage.ordered(0)
            try await stage.openFactory()
            let batch = try await stage.runningBatch(blanks: 1)
            let file = try await stage.cards.workFile(
                of: batch, to: "may-ngoai", limit: 10, minutes: 60, by: CardStage.factory)
            stage.advance(minutes: 59)
            #expect(try await stage.cards.expireLeases(by: CardStage.factory) == 0)
            stage.advance(minutes: 2)
            #expect(try await stage.cards.expireLeases(by: CardStage.factory) == 1)
            let late = ResultFile(lines: [.init(job: file.lines[0].job, outcome: .untouched)])
            let summary = try await stage.cards.take(late, by: CardStage.factory)
            #expect(summary.refused.map(\.code) == ["card_job_outcome_unknown"])
        }
    }
}
