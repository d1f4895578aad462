import Access
import Civil
import Database
import Ledger
import Population
import Synchronization
import TestStores
import Testing

@testable import Cards

@Suite("The search for the same face and fingers")
struct SearchingTests {
    /// A photograph in a test's sense: the drawn face, held out as somebody's.
    private static func photograph(_ seed: Int64) throws -> Capture {
        let face = try #require(Capture.specimen(for: seed))
        return .withoutFingers(
            .noDevice,
            portrait: .init(image: face.image, width: face.width, height: face.height, isSpecimen: false))
    }

    private func submitted(_ place: Int, _ capture: Capture, _ stage: CardStage) async throws -> String {
        let application = try await stage.cards.apply(
            for: try stage.person(place), stage.request(), by: CardStage.counter
        ).handle
        // A drawing need not pass the checks of a photograph.
        try await stage.cards.capture(application, capture, accepting: "ảnh thử", by: CardStage.counter)
        try await stage.cards.confirm(application, by: CardStage.counter)
        _ = try await stage.cards.submit(application, by: CardStage.counter)
        return application
    }

    private func finding(_ application: String, _ stage: CardStage) async throws -> BiometricFinding? {
        try await stage.cards.database.read { connection in
            let desk = stage.cards.desk(for: CardStage.decider.actor, on: connection)
            return try desk.events(of: desk.application(application).id).biometricFinding
        }
    }

    @Test(
        "one photograph of two persons is found, and approved for a stated reason alone", arguments: TestStore.engines)
    func found(engine: Engine) async throws {
        try await CardStage.with(engine, search: { SamePictureSearch($0) }) { stage in
            let first = try await submitted(0, SearchingTests.photograph(1), stage)
            #expect(try await finding(first, stage)?.candidates == [])
            try await stage.cards.approve(first, by: CardStage.decider)
            let other = try await submitted(1, SearchingTests.photograph(2), stage)
            #expect(try await finding(other, stage)?.candidates == [])
            let same = try await submitted(2, SearchingTests.photograph(1), stage)
            let found = try #require(try await finding(same, stage))
            #expect(found.candidates.count == 1 && found.by.contains("stand-in"))
            await #expect(throws: ApplicationRefusal.candidatesUndecided(1)) {
                try await stage.cards.approve(same, by: CardStage.decider)
            }
            await #expect(throws: ApplicationRefusal.reasonNeeded) {
                try await stage.cards.approve(same, despite: " ", by: CardStage.decider)
            }
            try await stage.cards.sendBack(same, reason: "chụp lại", by: CardStage.decider)
            // Another photograph is searched for anew.
            try await stage.cards.capture(
                same, SearchingTests.photograph(3), accepting: "ảnh thử", by: CardStage.counter)
            #expect(try await finding(same, stage) == nil)
            try await stage.cards.capture(
                same, SearchingTests.photograph(1), accepting: "ảnh thử", by: CardStage.counter)
            try await stage.cards.confirm(same, by: CardStage.counter)
            _ = try await stage.cards.submit(same, by: CardStage.counter)
            try await stage.cards.approve(same, despite: "anh em sinh đôi", by: CardStage.decider)
            #expect(try await stage.cards.application(same, by: CardStage.counter).status == .approved)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("what the program has drawn is nobody's, and nobody is found by it")
    func specimens() async throws {
        try await CardStage.with(.sqlite, search: { SamePictureSearch($0) }) { stage in
            for place in 0..<2 {
                let application = try await stage.submitted(place)
                #expect(try await finding(application, stage)?.candidates == [])
                try await stage.cards.approve(application, by: CardStage.decider)
            }
        }
    }

    /// A service that is away for a while.
    private final class Silent: BiometricSearch {
        struct Away: Error {}

        let name = "dịch vụ thử"
        let isAway = Mutex(true)

        func identify(_ probe: BiometricProbe, most: Int) async throws -> [BiometricCandidate] {
            if isAway.withLock({ $0 }) { throw Away() }
            return []
        }
    }

    @Test("a service that is silent keeps nobody at the counter; nothing is approved before it has answered")
    func silent() async throws {
        let service = Silent()
        try await CardStage.with(.sqlite, search: { _ in service }) { stage in
            let application = try await stage.submitted(0)
            #expect(try await finding(application, stage) == nil)
            await #expect(throws: ApplicationRefusal.searchFailed) {
                try await stage.cards.approve(application, by: CardStage.decider)
            }
            service.isAway.withLock { $0 = false }
            try await stage.cards.approve(application, by: CardStage.decider)
            #expect(try await finding(application, stage) == BiometricFinding(by: "dịch vụ thử", candidates: []))
        }
    }
}
