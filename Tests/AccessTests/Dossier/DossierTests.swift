import Civil
import Ledger
import Testing

@testable import Access

/// The stages and the clock of a file, without a store.
@Suite("A file's stages and its clock")
struct DossierTests {
    private static let an = Actor(account: "an", role: "commune_officer", office: "xa-00004")
    private static let binh = Actor(account: "binh", role: "approver", office: "xa-00004")

    /// Eight in the morning in Vietnam.
    private static func at(_ iso: String) throws -> Instant { try #require(Instant(parsing: "\(iso)T01:00:00Z")) }

    private static func dossier(
        on iso: String, days: Int? = 7, _ steps: [(DossierStage, String)] = []
    ) throws -> Dossier {
        let receipt = DossierStep(
            number: 1, stage: .received, officer: "an", actor: an, at: try at(iso), note: nil)
        var dossier = try #require(
            Dossier(
                id: 1, code: DossierCode(random: [1, 2, 3, 4, 5, 6, 7]), procedure: .permanentResidence,
                legalBasis: "Luật 68/2020/QH14, Điều 22", workingDays: days, applicant: .named("Lò Thị Thử"),
                office: "xa-00004", steps: [receipt]))
        for (stage, day) in steps {
            let actor = stage == .returned ? binh : an
            dossier = try #require(
                dossier.adding(try dossier.step(to: stage, note: "vì thử", by: actor, at: try at(day))))
        }
        return dossier
    }

    private static func refusal(_ body: () throws(DossierRefusal) -> DossierStep) -> DossierRefusal? {
        do throws(DossierRefusal) {
            _ = try body()
            return nil
        } catch { return error }
    }

    @Test("Every stage × every stage: the way is as it is meant")
    func stages() throws {
        let ways: [DossierStage: Set<DossierStage>] = [
            .received: [.inWork, .refused], .inWork: [.waiting, .returned, .closed, .refused],
            .waiting: [.inWork, .refused], .returned: [.inWork, .waiting, .closed, .refused],
        ]
        let reached: [DossierStage: [DossierStage]] = [
            .received: [], .inWork: [.inWork], .waiting: [.inWork, .waiting], .returned: [.inWork, .returned],
            .closed: [.inWork, .closed], .refused: [.refused],
        ]
        for from in DossierStage.allCases {
            let steps = try #require(reached[from]).map { ($0, "2026-03-03") }
            let dossier = try DossierTests.dossier(on: "2026-03-02", steps)
            #expect(dossier.stage == from && dossier.isOpen == (ways[from] != nil))
            for stage in DossierStage.allCases {
                let actor = stage == .returned ? DossierTests.binh : DossierTests.an
                let refusal = DossierTests.refusal { () throws(DossierRefusal) in
                    try dossier.step(to: stage, note: "vì thử", by: actor, at: dossier.received)
                }
                let expected: DossierRefusal? =
                    ways[from] == nil ? .ended : ways[from]?.contains(stage) == true ? nil : .stageImpossible
                #expect(refusal == expected, "\(from) → \(stage)")
            }
        }
    }

    @Test("Whoever has it in hand moves it, a colleague returns it or takes it over")
    func hands() throws {
        let dossier = try DossierTests.dossier(on: "2026-03-02", [(.inWork, "2026-03-02")])
        func refusal(_ stage: DossierStage, _ actor: Actor, _ note: String = "vì thử") -> DossierRefusal? {
            DossierTests.refusal { () throws(DossierRefusal) in
                try dossier.step(to: stage, note: note, by: actor, at: dossier.received)
            }
        }
        #expect(refusal(.closed, DossierTests.binh) == .notInYourHands)
        #expect(refusal(.returned, DossierTests.an) == .ownReturn)
        for stage in [DossierStage.waiting, .refused] {
            #expect(refusal(stage, DossierTests.an, " ") == .noteMissing)
            #expect(refusal(stage, DossierTests.an, String(repeating: "a", count: 501)) == .noteMissing)
            #expect(refusal(stage, DossierTests.an, "a\u{202E}b") == .noteMissing)
        }
        #expect(refusal(.closed, DossierTests.an, "") == nil)
        let own = DossierTests.refusal { () throws(DossierRefusal) in
            try dossier.takenOver(by: DossierTests.an, at: dossier.received)
        }
        #expect(own == .alreadyYours)
        let taken = try dossier.takenOver(by: DossierTests.binh, at: dossier.received)
        #expect(taken.officer == "binh" && taken.stage == .inWork && taken.number == 3)
    }

    @Test("Taking over a file that waits leaves it waiting, for the same thing")
    func takenWhileWaiting() throws {
        let dossier = try DossierTests.dossier(
            on: "2026-03-02", [(.inWork, "2026-03-02"), (.waiting, "2026-03-03")])
        let taken = try dossier.takenOver(by: DossierTests.binh, at: try DossierTests.at("2026-03-05"))
        #expect(taken.stage == .waiting && taken.note == "vì thử" && taken.officer == "binh")
        #expect(try #require(dossier.adding(taken)).clock == dossier.clock)
    }

    @Test("The clock counts working days after the receipt and stands still while the applicant is waited for")
    func clock() throws {
        func clock(_ days: Int?, _ steps: [(DossierStage, String)] = []) throws -> DossierClock {
            try DossierTests.dossier(on: "2026-03-02", days: days, steps).clock
        }
        func running(_ iso: String) -> DossierClock? { CalendarDate(iso: iso).map { .running(due: $0) } }
        // A Monday.
        #expect(try clock(7) == running("2026-03-11"))
        #expect(try clock(1) == running("2026-03-03"))
        #expect(try clock(nil) == DossierClock.none)
        #expect(try clock(7, [(.inWork, "2026-03-03"), (.closed, "2026-03-04")]) == DossierClock.none)
        let waiting: [(DossierStage, String)] = [(.inWork, "2026-03-02"), (.waiting, "2026-03-04")]
        #expect(try clock(7, waiting) == .paused(left: 5))
        #expect(try clock(7, waiting + [(.inWork, "2026-03-20")]) == running("2026-03-27"))
        #expect(try clock(7, waiting + [(.inWork, "2026-03-04")]) == running("2026-03-11"))
        // A second pause, and a return in between, which stops nothing.
        let twice = waiting + [(.inWork, "2026-03-20"), (.returned, "2026-03-23"), (.waiting, "2026-03-24")]
        #expect(try clock(7, twice) == .paused(left: 3))
        // What was late before the pause is as late after it.
        #expect(try clock(1, waiting + [(.inWork, "2026-03-20")]) == running("2026-03-19"))
        // A clock that was set back makes nothing last longer.
        #expect(try clock(7, waiting + [(.inWork, "2026-02-20")]) == running("2026-03-11"))
    }

    @Test("Every procedure carries a purpose that a look can hold, and its clock is a number of days")
    func procedures() throws {
        for procedure in Procedure.allCases {
            let day = procedure.clock.validFrom
            #expect(procedure.workingDays(on: day.advanced(byDays: -1)) == nil)
            #expect(procedure.workingDays(on: day) == procedure.clock.value)
            #expect(procedure.clock.value.map { (1...30).contains($0) } ?? true)
        }
        let dossier = try DossierTests.dossier(on: "2026-03-02")
        #expect(dossier.purpose.text == "Đăng ký thường trú, hồ sơ \(dossier.code)")
        #expect(dossier.purpose.text.count <= Purpose.maximumLength)
        #expect(dossier.ground.purpose.legalBasis == "Luật 68/2020/QH14, Điều 22")
    }
}
