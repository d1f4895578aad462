import Civil
import Ledger
import Testing

@testable import Population

@Suite("A household on both axes of time")
struct HouseholdFoldTests {
    private func formed(members: [Int64] = [Sample.person, Sample.child]) -> Stream {
        var stream = Stream()
        stream.record(.householdFormed(Sample.formation(members: members)), on: "2020-10-15")
        return stream
    }

    private func members(_ state: HouseholdState?) -> [Int64] { (state?.members ?? []).map(\.person).sorted() }

    @Test("Formed: code, address, head and members")
    func forms() throws {
        let state = try #require(try formed().household())
        #expect(state.code == "HO1")
        #expect(state.address?.unit?.code == "00001")
        #expect(state.head == Sample.person)
        #expect(members(state) == [Sample.person, Sample.child])
        #expect(try formed().household(effectiveAt: "2020-10-14") == nil)
        #expect(try formed().household(knownAt: "2020-10-14") == nil)
    }

    @Test("Sheets bring members; the same person's sheet takes the earlier one's place")
    func takesSheets() throws {
        var stream = formed(members: [])
        stream.record(Sample.collected(), on: "2020-10-16")
        stream.record(Sample.collected { $0.relation = .child }, on: "2020-10-17")
        #expect(try stream.household()?.members.map(\.relation) == [.child])
    }

    @Test("Somebody joins, leaves, and comes back")
    func joinsAndLeaves() throws {
        var stream = formed()
        let joining = HouseholdJoining(household: Sample.household, person: Sample.other, relation: .olderSister)
        stream.record(.householdMemberJoined(joining), on: "2021-01-01")
        stream.record(
            .householdMemberLeft(HouseholdLeaving(household: Sample.household, person: Sample.other)), on: "2022-01-01")
        stream.record(.householdMemberJoined(joining), on: "2023-01-01")
        #expect(members(try stream.household(effectiveAt: "2021-06-01")) == [1, 3, 5])
        #expect(members(try stream.household(effectiveAt: "2022-06-01")) == [1, 3])
        #expect(try stream.household()?.members.last?.since == date("2023-01-01"))
        #expect(members(try stream.household(effectiveAt: "2022-06-01", knownAt: "2021-12-31")) == [1, 3, 5])
    }

    @Test("A head who leaves is head no longer")
    func losesItsHead() throws {
        var stream = formed()
        stream.record(Sample.content(.householdMemberLeft), on: "2021-01-01")
        #expect(try stream.household()?.head == nil)
    }

    @Test("A new head changes the relations of those who are members, and an annulment gives the old ones back")
    func changesHead() throws {
        var stream = formed(members: [Sample.person, Sample.spouse])
        let before = try stream.household()
        let change = stream.record(Sample.content(.headOfHouseholdChanged), on: "2021-01-01")
        let state = try #require(try stream.household())
        #expect(state.head == Sample.spouse)
        #expect(state.members.map(\.relation) == [.wife, .head])
        stream.annul(change, on: "2021-02-01")
        var after = try stream.household()
        after?.version = before?.version ?? 0
        #expect(after == before)
    }

    @Test("An old head of whom the change says nothing is called head no longer")
    func changesHeadAlone() throws {
        var stream = formed(members: [Sample.person, Sample.spouse])
        stream.record(Sample.headChange((Sample.spouse, .head)), on: "2021-01-01")
        let state = try #require(try stream.household())
        #expect(state.head == Sample.spouse)
        #expect(state.members.map(\.relation) == [nil, .head])
    }

    @Test("A split takes its members away from the old household and into the new one")
    func splits() throws {
        var stream = formed()
        let split = ActContent.householdSplit(
            Sample.formation(
                Sample.secondHousehold, head: Sample.child, members: [Sample.child], from: Sample.household))
        stream.record(split, on: "2021-01-01")
        #expect(members(try stream.household()) == [Sample.person])
        #expect(try stream.household()?.head == Sample.person)
        var other = Stream()
        other.record(split, on: "2021-01-01")
        let new = try HouseholdFold.state(of: Sample.secondHousehold, acts: other.acts)
        #expect(new?.members.map(\.person) == [Sample.child])
        #expect(new?.head == Sample.child)
        #expect(new?.splitFrom == Sample.household)
    }

    @Test("A split that takes the head leaves the old household without one")
    func splitsHead() throws {
        var stream = formed()
        stream.record(
            .householdSplit(Sample.formation(Sample.secondHousehold, from: Sample.household)), on: "2021-01-01")
        #expect(try stream.household()?.head == nil)
    }

    @Test("An act that is not a household's is damage, for every such kind", arguments: ActKind.ofPopulation)
    func tellsDamage(kind: ActKind) {
        var stream = formed()
        let act = stream.record(Sample.content(kind), on: "2021-01-01")
        var damage: DamagedStream?
        do throws(DamagedStream) {
            _ = try HouseholdFold.state(of: Sample.household, acts: stream.acts)
        } catch {
            damage = error
        }
        let belongs: Set<ActKind> = [
            .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft,
            .collected, .annulled,
        ]
        #expect(damage?.act == (belongs.contains(kind) ? nil : act))
    }
}
