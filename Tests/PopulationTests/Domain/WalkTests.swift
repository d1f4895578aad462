import Civil
import Ledger
import Testing

@testable import Population

@Suite("Every sequence of three acts")
struct WalkTests {
    /// Acts that stand for all: with effect on their day, long before it, and before the sheet.
    private static let steps: [(content: ActContent, effective: String?)] = [
        (.numberAssigned(NumberAssignment(number: Sample.number)), nil),
        (Sample.cancellation(), nil),
        (Sample.cancellation(), "2019"),
        (Sample.reestablishment(), nil),
        (Sample.reestablishment(), "2020-05"),
        (Sample.content(.detailsChanged), "2021-06-01"),
        (Sample.content(.detailsCorrected), "2021-01-01"),
        (Sample.content(.married), "2018-06-01"),
        (Sample.content(.divorced), nil),
        (Sample.content(.died), "2021"),
        (Sample.content(.declaredMissing), nil),
        (Sample.content(.returned), nil),
        (Sample.content(.householdMemberLeft), nil),
        (Sample.content(.mergedWith), nil),
        (Sample.content(.unmerged), nil),
        (.annulled(Annulment(act: 102, reason: "ghi nhầm")), nil),
    ]

    private static let days = ["2022-03-01", "2022-04-01", "2022-05-01"]

    private static func start() -> Stream {
        var stream = Stream()
        stream.record(
            Sample.collected {
                $0.statedNumber = Sample.number
                $0.numberTaken = true
            }, on: "2020-10-15")
        return stream
    }

    /// Calls `body` with every stream of a sheet and up to three acts.
    private func walk(_ body: (Stream) throws -> Void) rethrows {
        func extend(_ stream: Stream, _ depth: Int) throws {
            try body(stream)
            guard depth < WalkTests.days.count else { return }
            for step in WalkTests.steps {
                var longer = stream
                longer.record(
                    step.content, on: WalkTests.days[depth], effective: step.effective ?? WalkTests.days[depth])
                try extend(longer, depth + 1)
            }
        }
        try extend(WalkTests.start(), 0)
    }

    private func kinds(_ stream: Stream) -> [ActKind] { stream.acts.map(\.content.kind) }

    @Test("A cancelled number is never in force, and the dead stay dead unless they return")
    func keepsInvariants() throws {
        var count = 0
        try walk { stream in
            count += 1
            let state = try #require(try stream.person())
            if let number = state.number, state.cancelledNumbers.contains(where: { $0.number == number }) {
                Issue.record("\(kinds(stream)): a cancelled number is in force")
            }
            let standing = RecordedAct.standing(stream.acts, effectiveAt: nil, knownAt: nil).map(\.content.kind)
            if standing.contains(.died), !standing.contains(.returned), state.life.status != .dead {
                Issue.record("\(kinds(stream)): dead, and \(state.life.status)")
            }
            if !standing.contains(.mergedWith), state.mergedInto != nil {
                Issue.record("\(kinds(stream)): merged by nothing")
            }
        }
        #expect(count == 1 + 16 + 16 * 16 + 16 * 16 * 16)
    }

    @Test("Annulling the last act gives the state before it, for all days")
    func restores() throws {
        try walk { stream in
            guard stream.acts.count > 1, let last = stream.acts.last else { return }
            var before = WalkTests.start()
            for act in stream.acts.dropFirst().dropLast() {
                before.record(
                    act.content, on: WalkTests.days[before.acts.count - 1], effective: act.effective?.canonical)
            }
            var annulled = stream
            annulled.annul(last.id, on: "2022-06-01")
            for day in [nil, "2018-07-01", "2021-02-01", "2022-04-15"] {
                var one = try annulled.person(effectiveAt: day)
                let other = try before.person(effectiveAt: day)
                one?.version = other?.version ?? 0
                if one != other { Issue.record("\(kinds(stream)) at \(day ?? "the end")") }
            }
        }
    }

    @Test("What was known before an act stays as it was")
    func keepsThePast() throws {
        try walk { stream in
            guard stream.acts.count > 1 else { return }
            var shorter = Stream()
            for (index, act) in stream.acts.dropLast().enumerated() {
                let day = index == 0 ? "2020-10-15" : WalkTests.days[index - 1]
                shorter.record(act.content, on: day, effective: act.effective?.canonical)
            }
            let then = stream.acts[stream.acts.count - 2].recorded
            let known = try PersonFold.state(of: Sample.person, acts: stream.acts, knownAt: then)
            var before = try shorter.person()
            before?.version = known?.version ?? 0
            if known != before { Issue.record("\(kinds(stream))") }
        }
    }

    @Test("Sequences that the rules allow never give two numbers, two spouses or a second death")
    func keepsRules() throws {
        var allowed = 0
        func extend(_ stream: Stream, _ depth: Int) throws {
            guard depth < WalkTests.days.count else { return }
            let state = try #require(try stream.person())
            for step in WalkTests.steps {
                var context = Situation(today: WalkTests.days[depth]).context
                context.persons = [state.person: state]
                if case .mergedWith = step.content { context.persons[Sample.other] = PersonState(person: Sample.other) }
                if case .married = step.content { context.persons[Sample.spouse] = PersonState(person: Sample.spouse) }
                if case .divorced = step.content { context.persons[Sample.spouse] = state.spouseState }
                context.acts = Dictionary(uniqueKeysWithValues: stream.acts.map { ($0.id, $0) })
                context.numbers = state.heldNumbers
                let effective = (step.effective ?? WalkTests.days[depth])
                do throws(Refusal) {
                    try ActRules.check(step.content, effective: date(effective), in: context)
                } catch {
                    continue
                }
                allowed += 1
                switch step.content {
                case .numberAssigned: #expect(state.number == nil)
                case .died, .married, .declaredMissing: #expect(state.life.status != .dead)
                default: break
                }
                var longer = stream
                longer.record(step.content, on: WalkTests.days[depth], effective: effective)
                try extend(longer, depth + 1)
            }
        }
        try extend(WalkTests.start(), 0)
        #expect(allowed > 100)
    }
}

extension PersonState {
    /// The other side of the marriage, as it would be.
    fileprivate var spouseState: PersonState {
        var other = PersonState(person: Sample.spouse)
        if spouse?.person == Sample.spouse { other.spouse = PersonReference(person: person) }
        return other
    }

    /// The numbers as the table of numbers would give them.
    fileprivate var heldNumbers: [String: RuleContext.NumberHolder] {
        var numbers: [String: RuleContext.NumberHolder] = [:]
        for cancelled in cancelledNumbers { numbers[cancelled.number] = .init(person: person, cancelled: true) }
        if let number { numbers[number] = .init(person: person, cancelled: false) }
        return numbers
    }
}
