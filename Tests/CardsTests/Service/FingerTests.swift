import Access
import Chip
import Civil
import Database
import Foundation
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

/// Says what the test wants it to say.
private struct SaidMatcher: FingerMatcher {
    let isMatch: Bool
    func verify(_ probe: FingerPrint, against reference: FingerPrint) async throws -> Bool { isMatch }
}

@Suite("Fingers from the counter to the hand")
struct FingerTests {
    private static func print(_ finger: Finger = .rightIndex, seed: UInt64 = 1) throws -> FingerPrint {
        try FingerPrint(SpecimenFinger(seed: seed, finger: finger).jpeg(), of: finger)
    }

    private func register(_ stage: CardStage, saying isMatch: Bool) -> CardRegister {
        CardRegister(
            population: stage.population, numbers: EntryNumbers(stage.cards.surroundings),
            matcher: SaidMatcher(isMatch: isMatch))
    }

    @Test("each finger is taken or has a reason; what is not named stays", arguments: TestStore.engines)
    func captured(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            let application = try await cards.apply(for: stage.person(0), stage.request(), by: CardStage.counter).handle
            let hands = Dictionary(uniqueKeysWithValues: Finger.allCases.map { ($0, FingerCapture.missing(.bandaged)) })
            await #expect(throws: ApplicationRefusal.portraitNeeded) {
                try await cards.captureFingers(application, hands, by: CardStage.counter)
            }
            let face = try #require(CardStage.face)
            try await cards.capturePortrait(application, face, by: CardStage.counter)
            let index = try Self.print()
            try await cards.captureFingers(
                application, [.rightIndex: .taken(index), .leftLittle: .missing(.amputated)], by: CardStage.counter)
            try await cards.capturePortrait(application, face, by: CardStage.counter)
            let file = try await cards.file(ofApplication: application, by: CardStage.counter)
            #expect(file.fingers.count == 10)
            #expect(file.fingers.first { $0.finger == .rightIndex }?.form == .jpeg)
            #expect(file.fingers.first { $0.finger == .leftLittle }?.reason == .amputated)
            #expect(file.fingers.filter { $0.reason == .noDevice }.count == 8)
            let id = file.application.id
            let stored = try await cards.database.read { try ApplicationStore().fingers(of: id, on: $0) }
            #expect(stored[.rightIndex] == .taken(index))
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
            await #expect(throws: (any Error).self) {
                try await cards.database.write {
                    try $0.execute("UPDATE card_finger SET reason = 'amputated' WHERE finger = 2")
                }
            }
        }
    }

    @Test("no finger of a child under six, ten of one of eight", arguments: TestStore.engines)
    func ages(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let father = try stage.person(0)
            for (number, count) in [(CardStage.infant, 0), (CardStage.child, 10)] {
                let child = try #require(PersonSelector(parsing: number))
                let application = try await stage.cards.apply(
                    for: child, stage.request(), representative: father, by: CardStage.counter)
                let face = Capture.specimen(for: application.person)
                try await stage.cards.captureSpecimen(application.handle, face: face, by: CardStage.counter)
                let file = try await stage.cards.file(ofApplication: application.handle, by: CardStage.counter)
                #expect(file.fingers.count == count)
            }
        }
    }

    @Test("the order names two fingers, the chip holds them signed, and another finger is rejected")
    func chip() async throws {
        try await CardStage.with(.sqlite) { stage in
            let cards = stage.cards
            for place in 0..<2 {
                let application = try await cards.apply(
                    for: stage.person(place), stage.request(), by: CardStage.counter)
                let face = Capture.specimen(for: application.person)
                _ = try await cards.goOn(application.handle, face: face, by: CardStage.counter)
                try await cards.approve(application.handle, by: CardStage.decider)
                _ = try await cards.order(application.handle, by: CardStage.decider)
            }
            try await stage.openFactory(blanks: 5)
            let batch = try await stage.runningBatch(blanks: 5)
            let (ticket, reading, made) = try await stage.make(batch)
            #expect(ticket.content.fingers?.map(\.finger) == [.rightIndex, .leftIndex])
            let files = try #require(reading.files)
            #expect(
                try FingerFile(bytes: try #require(files[.dg3])).prints.map(\.image) == ticket.fingers.map(\.content))
            #expect(try SecurityObject(bytes: try #require(files[.sod])).hashes[3] != nil)
            #expect(files == made.files)
            let (other, otherReading, _) = try await stage.make(batch)
            var swapped = otherReading
            swapped.files?[.dg3] = files[.dg3]
            if ticket.content.fingers != other.content.fingers {
                #expect(try await stage.check(other.card, swapped).contains(.chipFingers))
            }
            var without = reading
            without.files?[.dg3] = nil
            #expect(try await stage.check(ticket.card, without).contains(.chipFingers))
        }
    }

    @Test("a work file carries the fingers as records, and a machine makes the same chip of them")
    func workFile() async throws {
        try await CardStage.with(.sqlite) { stage in
            let cards = stage.cards
            let application = try await cards.apply(for: stage.person(0), stage.request(), by: CardStage.counter)
            let face = Capture.specimen(for: application.person)
            _ = try await cards.goOn(application.handle, face: face, by: CardStage.counter)
            try await cards.approve(application.handle, by: CardStage.decider)
            _ = try await cards.order(application.handle, by: CardStage.decider)
            try await stage.openFactory(blanks: 2)
            let batch = try await stage.runningBatch(blanks: 2)
            let file = try await cards.workFile(of: batch, to: "may-9", limit: 5, minutes: 60, by: CardStage.factory)
            let line = try #require(try WorkFile(bytes: try file.bytes()).lines.first)
            let prints = try #require(line.prints())
            #expect(prints.map(\.finger) == [.rightIndex, .leftIndex])
            let chip = try Personalisation.chip(
                of: line.content, portrait: face, fingers: prints, by: stage.issuer.signer,
                at: cards.surroundings.now())
            #expect(chip.files[.dg3] != nil)
            #expect(throws: ProductionRefusal.contentUnfit) {
                _ = try Personalisation.chip(
                    of: line.content, portrait: face, fingers: [], by: stage.issuer.signer,
                    at: cards.surroundings.now())
            }
        }
    }

    @Test(
        "a card goes over by fingers after a match on that day, and not after a stranger's",
        arguments: TestStore.engines)
    func handOver(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            let application = try await cards.apply(for: stage.person(0), stage.request(), by: CardStage.counter)
            let face = Capture.specimen(for: application.person)
            _ = try await cards.goOn(application.handle, face: face, by: CardStage.counter)
            try await cards.approve(application.handle, by: CardStage.decider)
            let card = try await cards.order(application.handle, by: CardStage.decider).handle
            try await stage.openFactory(blanks: 2)
            let probe = try Self.print()
            await #expect(throws: ProductionRefusal.self) {
                _ = try await register(stage, saying: true).compareFinger(card, with: probe, by: CardStage.counter)
            }
            let batch = try await stage.runningBatch(blanks: 1)
            let (ticket, reading, _) = try await stage.make(batch)
            #expect(try await stage.check(ticket.card, reading) == [])
            _ = try await cards.closeBatch(batch, by: CardStage.factory)
            try await stage.send(1)
            func deliver() async throws {
                try await cards.handOver(card, check: .fingers, oldCard: .none, by: CardStage.counter)
            }
            await #expect(throws: CardLifeRefusal.fingersNotCompared) { try await deliver() }
            await #expect(throws: FingerMatchRefusal.noMatcher) {
                _ = try await cards.compareFinger(card, with: probe, by: CardStage.counter)
            }
            #expect(
                try await register(stage, saying: false).compareFinger(card, with: probe, by: CardStage.counter)
                    == false)
            await #expect(throws: CardLifeRefusal.fingersDiffer) { try await deliver() }
            #expect(try await register(stage, saying: true).compareFinger(card, with: probe, by: CardStage.counter))
            stage.advance(days: 1)
            await #expect(throws: CardLifeRefusal.fingersNotCompared) { try await deliver() }
            let looks = try await stage.count("SELECT count(*) FROM look")
            #expect(try await register(stage, saying: true).compareFinger(card, with: probe, by: CardStage.counter))
            #expect(try await stage.count("SELECT count(*) FROM look") == looks + 1)
            try await deliver()
            #expect(try await stage.card(card).status == .active)
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("a finger that was not taken is not compared")
    func notTaken() async throws {
        try await CardStage.with(.sqlite) { stage in
            try await stage.openFactory(blanks: 2)
            let card = try await stage.atOffice(0)
            await #expect(throws: CardLifeRefusal.fingerNotTaken(.rightIndex)) {
                _ = try await register(stage, saying: true).compareFinger(
                    card.handle, with: try Self.print(), by: CardStage.counter)
            }
        }
    }

    @Test("a poor finger is taken for a stated reason, which is on record once", arguments: TestStore.engines)
    func accepted(engine: Engine) async throws {
        let dots = SpecimenFinger(seed: 3, finger: .leftThumb).dots()
        func raw(_ content: [UInt8]) -> FingerCapture {
            .taken(
                FingerPrint(
                    finger: .leftThumb, form: .raw, width: 240, height: 300, content: content, isSpecimen: false))
        }
        let dark = raw(dots.map { $0 / 3 })
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            let application = try await cards.apply(
                for: try stage.person(0), stage.request(), by: CardStage.counter
            ).handle
            try await cards.capture(application, CardStage.capture, by: CardStage.counter)
            await #expect(throws: ApplicationRefusal.fingerUnfit(.leftThumb, .exposure)) {
                try await cards.captureFingers(application, [.leftThumb: dark], by: CardStage.counter)
            }
            await #expect(throws: ApplicationRefusal.reasonNeeded) {
                try await cards.captureFingers(application, [.leftThumb: dark], accepting: "", by: CardStage.counter)
            }
            // What is no picture of a finger at all is never taken.
            let tiny = FingerPrint(
                finger: .leftThumb, form: .raw, width: 10, height: 10, content: [UInt8](repeating: 9, count: 100),
                isSpecimen: false)
            await #expect(throws: ApplicationRefusal.fingerUnfit(.leftThumb, .size)) {
                try await cards.captureFingers(
                    application, [.leftThumb: .taken(tiny)], accepting: "tay khô", by: CardStage.counter)
            }
            try await cards.captureFingers(
                application, [.leftThumb: dark], accepting: "tay khô", by: CardStage.counter)
            // Another finger afterwards: the first is as it was.
            try await cards.captureFingers(application, [.rightThumb: .missing(.bandaged)], by: CardStage.counter)
            let acts = try await cards.database.read { connection in
                let desk = cards.desk(for: CardStage.counter.actor, on: connection)
                return try desk.events(of: desk.application(application).id).compactMap { event -> String? in
                    guard case .fingerAccepted(_, let finger, let fault, let reason, _) = event.change else {
                        return nil
                    }
                    return "\(finger) \(fault) \(reason)"
                }
            }
            #expect(acts == ["left_thumb exposure tay khô"])
        }
    }

    @Test("basic checks name what is wrong with a picture")
    func faults() throws {
        let finger = SpecimenFinger(seed: 3, finger: .rightThumb)
        #expect(FingerCheck.fault(of: try Self.print(.rightThumb, seed: 3)) == nil)
        func fault(_ side: (Int, Int) = (240, 300), _ dot: (UInt8, Int) -> UInt8) -> FingerFault? {
            let dots = finger.dots()
            let (width, height) = side
            var content: [UInt8] = []
            for row in 0..<height {
                for column in 0..<width { content.append(dot(dots[row % 300 * 240 + column % 240], row)) }
            }
            return FingerCheck.fault(
                of: FingerPrint(
                    finger: .rightThumb, form: .raw, width: width, height: height, content: content,
                    isSpecimen: true))
        }
        #expect(fault { dot, _ in dot } == nil)
        #expect(fault((100, 300)) { dot, _ in dot } == .size)
        #expect(fault { _, _ in 128 } == .noRidges)
        #expect(fault { _, _ in 0 } == .exposure)
        #expect(fault { dot, _ in dot / 3 } == .exposure)
        #expect(fault { dot, row in row < 250 ? 128 : dot } == .noRidges)
        // Broad soft waves instead of ridges.
        #expect(fault { _, row in UInt8(128 + 100 * sin(Double(row) / 12)) } == .blurred)
        let face = SpecimenPortrait.face(for: try PersonalIdentificationNumber(parsing: "003300000001"), sex: nil)
        let portrait = try FingerPrint(try #require(face?.image), of: .rightThumb)
        #expect(FingerCheck.fault(of: portrait) == .resolution)
        let few = FingerMinutiae(
            finger: .rightThumb, width: 240, height: 300, points: Array(finger.minutiae.points.prefix(4)))
        #expect(FingerCheck.fault(of: try FingerPrint(few.record, of: .rightThumb)) == .fewMinutiae)
        #expect(throws: ApplicationRefusal.fingerUnfit(.leftThumb, .anotherFinger)) {
            _ = try FingerPrint(few.record, of: .leftThumb)
        }
        #expect(throws: ApplicationRefusal.fingerUnfit(.leftThumb, .unreadable)) {
            _ = try FingerPrint([1, 2, 3], of: .leftThumb)
        }
    }
}
