import Access
import Cards
import Chip
import Civil
import Foundation
import HTTPTypes
import Ledger
import Population
import Testing

@testable import Commands
@testable import Web

/// A machine and an issuer made of code: what stands between a batch and its cards.
struct CardMachine: Sendable {
    private let fixture: WebFixture
    private let signer: DocumentSigner
    private let trust: TrustStore

    init(_ fixture: WebFixture) throws {
        self.fixture = fixture
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dancu-way-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let pki = PKIFolder(url: folder)
        try pki.create(
            commonName: "CSCA bản mẫu", parameters: .named, passphrase: "một mật khẩu đủ dài",
            surroundings: fixture.register.surroundings)
        signer = try pki.documentSigner(passphrase: "một mật khẩu đủ dài")
        trust = try CardFolder.trust(folder)
        fixture.authorities.set(trust)
    }

    /// Makes the next card of a batch, and quality control passes it; the card and its chip's point.
    func make(
        _ batch: String, by producer: Requester = LocalOperator.requester,
        checkedBy controller: Requester = LocalOperator.requester
    ) async throws -> (card: String, chip: [UInt8]) {
        let finished = try await finish(batch, by: producer)
        let rejects = try await fixture.server.cards.check(
            finished.card,
            QualityReading(zone: finished.zone, code: finished.code, files: finished.chip.files), trust: trust,
            by: controller)
        #expect(rejects == [])
        return (finished.card, finished.chip.key.publicKey.point)
    }

    /// A card that a machine has made, and what stands on it.
    struct Finished: Sendable {
        let card: String
        let blank: String
        let zone: [String]
        let code: String
        let chip: PersonalisedChip
    }

    /// Makes the next card of a batch, which waits for quality control then.
    func finish(_ batch: String, by producer: Requester = LocalOperator.requester) async throws -> Finished {
        let cards = fixture.server.cards
        let ticket = try await cards.lease(of: batch, to: "may-1", by: producer)
        let now = fixture.register.surroundings.now()
        let chip = try Personalisation.chip(for: ticket, by: signer, at: now)
        try await cards.finish(ticket.job.id, chip.made, by: producer)
        let printed = try Personalisation.printed(ticket.content)
        return Finished(
            card: ticket.card, blank: ticket.job.blank.canonical, zone: printed.zone, code: printed.code, chip: chip)
    }
}

/// The way of cards through the pages.
struct CardWay: Sendable {
    let stage: ApprovalStage
    let machine: CardMachine

    var cards: CardRegister { stage.fixture.server.cards }

    init(_ stage: ApprovalStage) throws {
        self.stage = stage
        machine = try CardMachine(stage.fixture)
    }

    /// The machine makes the next card of a batch, each by its own officer; the card.
    func make(_ batch: String) async throws -> String {
        try await machine.make(
            batch, by: try await stage.requester("san-xuat-the"), checkedBy: try await stage.requester("kiem-tra-the")
        ).card
    }

    /// The path that an answer leads to, without what was asked with it.
    static func path(_ answer: WebAnswer) throws -> String {
        let location = try #require(answer.headers[.location], "\(answer.status) \(answer.text.prefix(2_000))")
        return String(location.prefix { $0 != "?" })
    }

    /// From the counter to the order through the pages; the path of the application.
    func ordered() async throws -> String {
        let officer = try await stage.signedIn("can-bo-xa")
        let form = "/persons/\(stage.father)/cards/new"
        let fields = ["ground": "first", "pickup": "xa-00097"]
        let check = try await officer.post(form, fields.merging(["step": "check"]) { first, _ in first })
        let key = try #require(ConsoleStoryTests.hidden("key", in: check.text), "\(check.text.suffix(3_000))")
        let record = fields.merging(["step": "record", "key": key]) { first, _ in first }
        let path = try CardWay.path(try await officer.post(form, record))
        #expect(try CardWay.path(try await officer.post(form, record)) == path, "the same form is one application")
        _ = try CardWay.path(try await officer.post(path, ["step": "specimen"]))
        let finger = SpecimenFinger(seed: 9, finger: .rightIndex).jpeg()
        _ = try CardWay.path(
            try await officer.upload(
                path + "/fingers", ["reason-left_little": "bandaged"], files: ["file-right_index": finger]))
        #expect(try await officer.page(path).text.contains("bị thương"))
        let wrong = try await officer.upload(path + "/fingers", [:], files: ["file-right_index": [1, 2, 3]])
        #expect(wrong.status == 422 && wrong.text.contains("ngón trỏ phải"))
        _ = try CardWay.path(try await officer.post(path, ["step": "submit"]))
        let decider = try await stage.signedIn("phe-duyet")
        #expect(try await decider.page("/cards").text.contains(path))
        _ = try CardWay.path(try await decider.post(path, ["step": "approve"]))
        return path
    }

    /// A site with blanks, and a batch with a blank for the card that waits.
    func runningBatch() async throws -> String {
        let producer = try await stage.signedIn("san-xuat-the")
        let keeper = try await stage.signedIn("kho-phoi")
        _ = try CardWay.path(
            try await producer.post(
                "/factory", ["step": "site", "code": "hn", "name": "Hà Nội", "capacity": "100"]))
        _ = try CardWay.path(
            try await keeper.post(
                "/factory/stock",
                ["step": "receive", "first": "AA00000001", "count": "5", "series": "loat-1", "delivery": "PN-1"]))
        let floor = try await producer.page("/factory")
        let key = try #require(ConsoleStoryTests.hidden("key", in: floor.text))
        let opening = ["step": "batch", "site": "hn", "size": "10", "priority": "0", "key": key]
        let batch = try CardWay.path(try await producer.post("/factory", opening))
        #expect(try CardWay.path(try await producer.post("/factory", opening)) == batch)
        let issuing = try #require(ConsoleStoryTests.hidden("key", in: try await keeper.page(batch).text))
        for _ in 0..<2 {
            _ = try CardWay.path(try await keeper.post(batch, ["step": "issue", "count": "2", "key": issuing]))
        }
        return batch
    }
}
