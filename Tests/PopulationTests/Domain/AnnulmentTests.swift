import Civil
import Ledger
import Testing

@testable import Population

@Suite("Annulling, merging and the order of storage")
struct AnnulmentTests {
    private func collected() -> Stream {
        var stream = Stream()
        stream.record(Sample.collected(), on: "2020-10-15")
        return stream
    }

    private func expectSame(_ one: PersonState?, _ other: PersonState?, _ what: String = "") {
        var one = one
        one?.version = other?.version ?? 0
        #expect(one == other, "\(what)")
    }

    @Test("Annulling an act of any kind gives back what was before, for all days", arguments: ActKind.ofPopulation)
    func restores(kind: ActKind) throws {
        switch kind {
        case .batchReceived, .sheetHeld, .annulled: return
        default: break
        }
        var stream = collected()
        let before = try stream.person()
        let earlier = try stream.person(effectiveAt: "2021-01-01")
        let act = stream.record(Sample.content(kind), on: "2022-03-01", effective: "2020-12-01")
        stream.annul(act, on: "2022-04-01")
        expectSame(try stream.person(), before, kind.rawValue)
        expectSame(try stream.person(effectiveAt: "2021-01-01"), earlier, kind.rawValue)
    }

    @Test("What an annulled act said is still what was known then")
    func keepsWhatWasKnown() throws {
        var stream = collected()
        let death = stream.record(.died(Sample.record), on: "2022-03-01")
        stream.annul(death, on: "2022-04-01")
        #expect(try stream.person(knownAt: "2022-03-31")?.life.status == .dead)
        #expect(try stream.person(knownAt: "2022-04-01")?.life.status == .living)
        #expect(try stream.person(effectiveAt: "2022-03-15")?.life.status == .living)
    }

    @Test("Annulling the annulment restores the act; annulling it again takes it away again")
    func annulsAnnulments() throws {
        var stream = collected()
        let death = stream.record(.died(Sample.record), on: "2022-03-01")
        let first = stream.annul(death, on: "2022-04-01")
        let second = stream.annul(first, on: "2022-05-01")
        #expect(try stream.person()?.life.status == .dead)
        stream.annul(death, on: "2022-06-01")
        #expect(try stream.person()?.life.status == .living)
        #expect(try stream.person(knownAt: "2022-05-01")?.life.status == .dead)
        stream.annul(second, on: "2022-07-01")
        #expect(try stream.person()?.life.status == .living)
    }

    @Test("An annulled correction no longer corrects")
    func annulsCorrections() throws {
        var stream = collected()
        let correction = stream.record(Sample.content(.detailsCorrected), on: "2022-03-01")
        stream.annul(correction, on: "2022-04-01")
        #expect(try stream.person()?.details.name == "Đặng Thị Mẫu")
    }

    @Test("A merge and its undoing lose nothing on either side")
    func unmerges() throws {
        let merge = Merge(duplicate: Sample.person, into: Sample.other, number: Sample.number)
        for side in [Sample.person, Sample.other] {
            var stream = collected()
            stream.record(Sample.content(.married), on: "2021-03-01")
            if side == Sample.person { stream.record(.numberAssigned(.init(number: Sample.number)), on: "2021-04-01") }
            func state() throws -> PersonState? { try PersonFold.state(of: side, acts: stream.acts) }
            let before = try state()
            stream.record(.mergedWith(merge), on: "2022-03-01")
            let merged = try #require(try state())
            #expect(merged.mergedInto == (side == Sample.person ? Sample.other : nil))
            #expect(merged.mergedFrom == (side == Sample.person ? [] : [Sample.person]))
            #expect(merged.number == nil)
            let ended = PersonState.CancelledNumber(number: Sample.number, ground: nil)
            #expect(merged.cancelledNumbers == (side == Sample.person ? [ended] : []))
            #expect(merged.details == before?.details)
            #expect(merged.spouse == before?.spouse)
            stream.record(.unmerged(merge), on: "2022-04-01")
            expectSame(try state(), before, "side \(side)")
            stream.record(.mergedWith(merge), on: "2022-05-01")
            #expect(try state()?.mergedInto == merged.mergedInto)
            #expect(try state()?.mergedFrom == merged.mergedFrom)
        }
    }

    @Test("Acts fold alike in whatever order they are stored")
    func ignoresStorageOrder() throws {
        var stream = collected()
        stream.record(Sample.content(.married), on: "2021-03-01", effective: "2018")
        stream.record(Sample.content(.detailsChanged), on: "2021-04-01")
        let death = stream.record(Sample.content(.died), on: "2021-05-01")
        stream.annul(death, on: "2021-06-01")
        let correction = Sample.content(.detailsCorrected)
        stream.record(correction, on: "2021-07-01", effective: nil)
        let expected = try stream.person()
        let then = try stream.person(effectiveAt: "2019-01-01", knownAt: "2021-06-30")
        var acts = stream.acts
        for turn in 0..<720 {
            // Heap's algorithm would do; a step by the factorial number system visits all 720 orders.
            var rest = stream.acts
            acts = []
            var number = turn
            for count in stride(from: 6, to: 0, by: -1) {
                acts.append(rest.remove(at: number % count))
                number /= count
            }
            #expect(try PersonFold.state(of: Sample.person, acts: acts) == expected)
            let other = try PersonFold.state(
                of: Sample.person, acts: acts, effectiveAt: day("2019-01-01"), knownAt: instant("2021-06-30"))
            #expect(other == then)
        }
    }

    @Test(
        "An act that belongs to no person is damage, told with its number",
        arguments: [
            ActKind.batchReceived, .sheetHeld,
        ])
    func tellsDamage(kind: ActKind) {
        var stream = collected()
        let act = stream.record(Sample.content(kind), on: "2022-03-01")
        var damage: DamagedStream?
        do throws(DamagedStream) {
            _ = try PersonFold.state(of: Sample.person, acts: stream.acts)
        } catch {
            damage = error
        }
        #expect(damage?.act == act)
    }
}
