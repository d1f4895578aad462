import Access
import Chip
import Civil
import Database
import Drawing
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

@Suite("Certificates of identity")
struct CertificateTests {
    private func stateless(_ stage: CardStage, _ place: Int) async throws {
        try await stage.record(
            "nationality_changed", of: CardStage.number(place), #""nationality":"Không quốc tịch""#)
    }

    /// A certificate that is printed and waits for its holder.
    private func issued(
        _ stage: CardStage, _ place: Int, _ ground: CardGround = .first
    ) async throws -> IdentityCertificate {
        let cards = stage.cards
        let application = try await cards.apply(
            for: try stage.person(place), stage.request(ground), by: CardStage.counter)
        #expect(application.product == .certificate && application.fee == 0)
        let face = Capture.specimen(for: application.person)
        _ = try await cards.goOn(application.handle, face: face, by: CardStage.counter)
        try await cards.approve(application.handle, by: CardStage.decider)
        await #expect(throws: CertificateRefusal.otherProduct(.certificate)) {
            _ = try await cards.order(application.handle, by: CardStage.decider)
        }
        return try await cards.issueCertificate(application.handle, by: CardStage.decider)
    }

    @Test("who is stateless applies as for a card, and is given a paper", arguments: TestStore.engines)
    func whole(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            try await stateless(stage, 0)
            let certificate = try await issued(stage, 0)
            #expect(certificate.status == .made)
            let file = try await cards.file(ofCertificate: certificate.handle, by: CardStage.counter)
            #expect(file.content.number == CardStage.number(0) && file.fingers.count == 2)
            let pdf = try file.pdf(office: "Công an phường Ba Đình", isSpecimen: true)
            #expect(pdf.starts(with: Array("%PDF".utf8)))
            await #expect(throws: CardLifeRefusal.identityNotChecked) {
                try await cards.handOver(
                    certificate: certificate.handle, check: .fingers, oldOne: .none, by: CardStage.counter)
            }
            try await cards.handOver(
                certificate: certificate.handle, check: .face, oldOne: .none, by: CardStage.counter)
            let active = try await cards.certificate(certificate.handle, by: CardStage.counter)
            #expect(active.status == .active && active.isValid(on: active.issued))
            #expect(try await stage.count("SELECT count(*) FROM card_application WHERE status = 'completed'") == 1)
            #expect(try await stage.count("SELECT count(*) FROM card") == 0)
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test(
        "a first certificate has fifteen working days, a citizen's card seven",
        arguments: [(0, "2026-12-21"), (1, "2026-12-09")])
    func due(place: Int, due: String) async throws {
        try await CardStage.with(.sqlite) { stage in
            try await stateless(stage, 0)
            let application = try await stage.cards.apply(
                for: stage.person(place), stage.request(), by: CardStage.counter)
            let face = Capture.specimen(for: application.person)
            let submitted = try await stage.cards.goOn(application.handle, face: face, by: CardStage.counter)
            #expect(submitted.due?.description == due)
        }
    }

    @Test("a lost one is replaced, and the next ends it", arguments: TestStore.engines)
    func replaced(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            try await stateless(stage, 0)
            let first = try await issued(stage, 0).handle
            try await cards.handOver(certificate: first, check: .papers, oldOne: .none, by: CardStage.counter)
            let second = try await issued(stage, 0, .lost).handle
            await #expect(throws: CertificateRefusal.oldOneMissing) {
                try await cards.handOver(certificate: second, check: .papers, oldOne: .none, by: CardStage.counter)
            }
            try await cards.change(certificate: first, .reportLost, note: nil, by: CardStage.counter)
            try await cards.handOver(certificate: second, check: .papers, oldOne: .none, by: CardStage.counter)
            #expect(try await cards.certificate(first, by: CardStage.counter).status == .replaced)
            #expect(try await cards.certificate(second, by: CardStage.counter).status == .active)
            await #expect(throws: CertificateRefusal.notNow(.replaced)) {
                try await cards.change(certificate: first, .reportFound, note: nil, by: CardStage.counter)
            }
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("a death or a nationality stops it; an annulled death gives it back", arguments: TestStore.engines)
    func stopped(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            for place in 0..<2 { try await stateless(stage, place) }
            let one = try await issued(stage, 0).handle
            let other = try await issued(stage, 1).handle
            for handle in [one, other] {
                try await cards.handOver(certificate: handle, check: .face, oldOne: .none, by: CardStage.counter)
            }
            try await stage.die(0)
            #expect(try await cards.certificate(one, by: CardStage.counter).status == .stopped)
            try await stage.comeBack(0)
            #expect(try await cards.certificate(one, by: CardStage.counter).status == .active)
            try await stage.record(
                "nationality_changed", of: CardStage.number(1), #""nationality":"Việt Nam""#)
            #expect(try await cards.certificate(other, by: CardStage.counter).status == .stopped)
            // As a citizen the same person is given a card.
            let application = try await cards.apply(for: stage.person(1), stage.request(), by: CardStage.counter)
            #expect(application.product == .card)
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("somebody of another country is given neither, a citizen no certificate")
    func refused() async throws {
        try await CardStage.with(.sqlite) { stage in
            try await stage.record("nationality_changed", of: CardStage.number(0), #""nationality":"Lào""#)
            await #expect(throws: ApplicationRefusal.notVietnamese) {
                _ = try await stage.cards.apply(for: stage.person(0), stage.request(), by: CardStage.counter)
            }
            let application = try await stage.submitted(1)
            try await stage.cards.approve(application, by: CardStage.decider)
            await #expect(throws: CertificateRefusal.otherProduct(.card)) {
                _ = try await stage.cards.issueCertificate(application, by: CardStage.decider)
            }
        }
    }
}
