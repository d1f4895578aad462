import Access
import Civil
import Database
import Ledger

/// The members of a household as far as a requester is shown them, and whether the household is shown at all.
struct HouseholdSight {
    private(set) var members: [HouseholdAnswer.Member] = []
    /// Those who are not shown because they live elsewhere; of whom a seal hides not even that is told.
    private(set) var hidden: Set<Int64> = []
    /// Those whom no seal hides.
    let open: [HouseholdState.Member]
    /// Whether somebody was left out because there were too many.
    private(set) var isCut = false
    /// Whether seals hide all who are in it, so that nothing is told.
    let isSealed: Bool
    private let isInside: Bool
    /// Whether somebody of it may be shown, by today's record.
    private var isAllowedSome = false

    /// - Parameters:
    ///   - home: where the household lives; whoever answers for that place sees its members wherever they live.
    ///   - asOf: the points of time at which each member is told; whether they are is decided on today's record.
    ///   - most: how many members are shown.
    init(
        _ household: HouseholdState, home: [UnitCode], asOf: AsOf, judge: LookJudge, seals: StandingSeals,
        atMost most: Int = .max, on connection: Connection
    ) throws {
        open = household.members.filter { !seals.hides($0.person, from: judge.requester) }
        isSealed = open.isEmpty && !household.members.isEmpty
        isInside = judge.requester.jurisdiction.reaches(home)
        for member in open {
            guard members.count < most else {
                isCut = true
                return
            }
            guard let person = try PersonStore().person(member.person, on: connection) else { continue }
            guard let allowance = judge.listed(person.state, beside: home, wanted: .member, seals) else {
                hidden.insert(member.person)
                continue
            }
            isAllowedSome = true
            guard let then = try Streams.ifLegible({ try judge.state(person.state, asOf, on: connection) }) else {
                continue
            }
            members.append(
                HouseholdAnswer.Member(
                    handle: person.handle, person: then.showing(allowance.groups), relation: member.relation,
                    since: member.since, isHead: household.head == member.person))
        }
    }

    /// Whether it is shown: within the requester's places unless it is sealed, elsewhere where somebody of it is.
    var isShown: Bool { isInside && !isSealed || isAllowedSome }
}
