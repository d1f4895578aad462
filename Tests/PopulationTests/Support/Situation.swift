import Civil
import Ledger

@testable import Population

/// What the rules are given: a woman who heads a household, a man, her child, her father, somebody else.
struct Situation {
    var context: RuleContext

    init(today: String = "2024-08-01") {
        context = RuleContext(
            today: day(today), persons: [:], households: [:], numbers: [:], demonstration: true, acts: [:])
        add(Sample.person) {
            $0.details = Sample.person1
            $0.household = .init(household: Sample.household, relation: .head, since: nil)
            $0.permanentResidence = .init(address: address("00001"), since: nil)
        }
    }

    /// Adds somebody, born in 1985, a man.
    mutating func add(_ person: Int64, _ change: (inout PersonState) -> Void = { _ in }) {
        var state = PersonState(person: person, version: 1)
        state.details.birth = date("1985-03-04")
        state.details.sex = .male
        state.details.birthRegistrationPlace = address("00001")
        change(&state)
        context.persons[person] = state
    }

    mutating func change(_ change: (inout PersonState) -> Void) {
        guard var state = context.persons[Sample.person] else { return }
        change(&state)
        context.persons[Sample.person] = state
    }

    mutating func addHousehold(_ household: Int64 = Sample.household, members: [Int64], head: Int64?) {
        var state = HouseholdState(household: household, version: 1)
        state.members = members.map { .init(person: $0, relation: nil, since: nil) }
        state.head = head
        context.households[household] = state
    }

    mutating func addActs(_ contents: [ActContent]) {
        var stream = Stream()
        for content in contents { stream.record(content, on: "2022-01-01") }
        context.acts = Dictionary(uniqueKeysWithValues: stream.acts.map { ($0.id, $0) })
    }

    /// The rule that forbids the act, or nil.
    func refusal(_ content: ActContent, effective: String? = "2024-07-01") -> Refusal? {
        do throws(Refusal) {
            try ActRules.check(content, effective: effective.map(date), in: context)
            return nil
        } catch {
            return error
        }
    }
}
