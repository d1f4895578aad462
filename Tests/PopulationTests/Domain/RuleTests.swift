import Civil
import Ledger
import Testing

@testable import Population

private func born(_ birth: String) -> PersonDetails { details { $0.birth = date(birth) } }

/// One situation in which a rule forbids an act.
struct Forbidden: Sendable, CustomTestStringConvertible {
    let refusal: Refusal
    let content: ActContent
    var effective: String? = "2024-07-01"
    let prepare: @Sendable (inout Situation) -> Void

    var testDescription: String { "\(refusal.code): \(content.kind.rawValue)" }

    init(
        _ refusal: Refusal, _ content: ActContent, effective: String? = "2024-07-01",
        _ prepare: @escaping @Sendable (inout Situation) -> Void = { _ in }
    ) {
        self.refusal = refusal
        self.content = content
        self.effective = effective
        self.prepare = prepare
    }

    static let all = records + family + households + numbers + repairs

    private static let records = [
        Forbidden(.personNotFound, Sample.content(.numberAssigned)) { $0.context.persons = [:] },
        Forbidden(.personNotFound, Sample.content(.married)),
        Forbidden(.personNotFound, Sample.content(.parentRecognised)),
        Forbidden(.personNotFound, Sample.birth()) { $0.context.persons = [:] },
        Forbidden(.personNotFound, Sample.content(.mergedWith), effective: nil),
        Forbidden(.personNotFound, .householdFormed(Sample.formation(members: [Sample.person, 99]))) {
            $0.change { $0.household = nil }
        },
        Forbidden(.mergedRecord, Sample.content(.moved)) { $0.change { $0.mergedInto = Sample.other } },
        Forbidden(.mergedRecord, Sample.content(.setAside)) { $0.change { $0.mergedInto = Sample.other } },
        Forbidden(.recordSetAside, Sample.content(.moved)) { $0.change { $0.setAside = "nghi giả mạo" } },
        Forbidden(.effectiveInFuture, Sample.content(.moved), effective: "2024-08-02"),
        Forbidden(.birthInFuture, Sample.birth { $0.details.birth = date("2024-08-02") }) {
            $0.add(Sample.father)
        },
        Forbidden(.effectiveBeforeBirth, Sample.content(.moved), effective: "1990-05-16"),
        Forbidden(.effectiveBeforeBirth, Sample.content(.moved), effective: "1989"),
        Forbidden(.contentNotForOfficers, Sample.collected()),
        Forbidden(.contentNotForOfficers, Sample.heldSheet),
        Forbidden(.contentNotForOfficers, Sample.content(.batchReceived)),
        Forbidden(.missingBirthDetails, Sample.birth { $0.details.sex = nil }),
        Forbidden(.missingBirthDetails, Sample.birth { $0.details.birthRegistrationPlace = nil }),
        Forbidden(.nothingToChange, .detailsChanged(DetailsChange(details: PersonDetails()))),
        Forbidden(.nothingToChange, .detailsCorrected(DetailsCorrection(details: PersonDetails(), corrects: nil))),
        Forbidden(.correctsUnknownAct, .detailsCorrected(DetailsCorrection(details: named("Lò Mẫu"), corrects: 101))),
        Forbidden(.correctsUnknownAct, .detailsCorrected(DetailsCorrection(details: named("Lò Mẫu"), corrects: 101))) {
            $0.addActs([Sample.content(.moved)])
        },
        Forbidden(.stayTooLong, .stayNotified(Sample.registration("00004", until: "2024-07-31"))),
        Forbidden(
            .temporaryResidenceTooLong,
            .temporaryResidenceRegistered(Sample.registration("00003", until: "2026-07-03"))),
        Forbidden(.noPermanentResidence, Sample.content(.permanentResidenceDeleted)) {
            $0.change { $0.permanentResidence = nil }
        },
        Forbidden(.notMissingOrDead, Sample.content(.returned)),
        Forbidden(.onePersonOnly, Sample.content(.numberAssigned)) { $0.add(Sample.other) },
        Forbidden(.onePersonOnly, Sample.content(.died)) { $0.add(Sample.other) },
        Forbidden(.endsBeforeItBegins, Sample.content(.stayNotified), effective: "2023-01-01"),
        Forbidden(.endsBeforeItBegins, .absenceDeclared(AbsenceDeclaration(reason: "xa", until: date("2022")))),
        Forbidden(.birthInFuture, .detailsCorrected(DetailsCorrection(details: born("2024-08-02"), corrects: nil))),
        Forbidden(.parentNotOlder, .detailsCorrected(DetailsCorrection(details: born("1999"), corrects: nil))) {
            $0.context.childBirths = [date("1999-05-01")]
        },
        Forbidden(.parentNotOlder, .detailsChanged(DetailsChange(details: born("1960")))) {
            $0.context.parentBirths = [date("1960-05-01")]
        },
        Forbidden(.adoptionNeedsParents, .adopted(Adoption(child: Sample.person, parents: []))),
        Forbidden(
            .adoptionNeedsParents,
            .adopted(Adoption(child: Sample.person, parents: Array(repeating: PersonReference(name: "Lò"), count: 3)))),
    ]

    private static let family = [
        Forbidden(.alreadyDead, Sample.content(.moved)) { $0.change { $0.life = .init(status: .dead) } },
        Forbidden(.alreadyDead, Sample.content(.moved)) { $0.change { $0.life = .init(status: .missing) } },
        Forbidden(.alreadyDead, Sample.content(.died)) { $0.change { $0.life = .init(status: .dead) } },
        Forbidden(.alreadyDead, Sample.content(.married)) {
            $0.add(Sample.spouse) { $0.life = .init(status: .dead) }
        },
        Forbidden(.alreadyDead, Sample.content(.numberAssigned)) { $0.change { $0.life = .init(status: .dead) } },
        Forbidden(.alreadyDead, Sample.content(.householdFormed)) { $0.change { $0.life = .init(status: .dead) } },
        Forbidden(.alreadyMarried, Sample.content(.married)) {
            $0.add(Sample.spouse)
            $0.change { $0.spouse = PersonReference(name: "Vàng A Mẫu") }
        },
        Forbidden(.notMarriedToEachOther, Sample.content(.divorced)) { $0.add(Sample.spouse) },
        Forbidden(.notMarriedToEachOther, Sample.content(.divorced)) {
            $0.add(Sample.spouse) { $0.spouse = PersonReference(person: Sample.other) }
            $0.change { $0.spouse = PersonReference(person: Sample.spouse) }
        },
        Forbidden(.coupleNeedsTwoDifferentPersons, .married(Sample.couple(Sample.person, Sample.person))),
        Forbidden(
            .coupleNeedsTwoDifferentPersons,
            .married(Couple(spouses: [PersonReference(person: Sample.person)], certificate: nil))),
        Forbidden(
            .coupleNeedsTwoDifferentPersons,
            .married(
                Couple(spouses: [PersonReference(name: "Lò Mẫu"), PersonReference(name: "Vàng Mẫu")], certificate: nil))
        ),
        Forbidden(.closeRelatives, Sample.content(.married)) {
            $0.add(Sample.spouse)
            $0.change { $0.father = PersonReference(person: Sample.spouse) }
        },
        Forbidden(.closeRelatives, Sample.content(.married)) {
            $0.add(Sample.spouse) { $0.mother = PersonReference(person: 90) }
            $0.change { $0.mother = PersonReference(person: 90) }
        },
        Forbidden(.closeRelatives, Sample.content(.married)) {
            $0.add(Sample.spouse) { $0.recognisedParents = [PersonReference(person: 90)] }
            $0.change { $0.father = PersonReference(person: 90) }
        },
        Forbidden(.closeRelatives, Sample.content(.married)) {
            $0.add(Sample.spouse)
            $0.change { $0.adoptiveParents = [PersonReference(person: Sample.spouse)] }
        },
        Forbidden(.tooYoungToMarry, Sample.content(.married), effective: "2024-07-01") {
            $0.add(Sample.spouse)
            $0.change { $0.details.birth = date("2006-07-02") }
        },
        Forbidden(.tooYoungToMarry, Sample.content(.married), effective: "2024-07-01") {
            $0.add(Sample.spouse) { $0.details.birth = date("2004-07-02") }
        },
        Forbidden(.sameSexMarriage, Sample.content(.married)) {
            $0.add(Sample.spouse) { $0.details.sex = .female }
        },
        Forbidden(.guardianNotAdult, Sample.content(.guardianshipEstablished)) {
            $0.add(Sample.child) { $0.details.birth = date("2020-01-01") }
            $0.change { $0.details.birth = date("2006-07-02") }
        },
        Forbidden(.parentNotOlder, Sample.content(.parentRecognised)) {
            $0.add(Sample.child) { $0.details.birth = date("1990-05-17") }
        },
        Forbidden(.parentNotOlder, Sample.content(.adopted)) { $0.add(Sample.child) },
        Forbidden(.parentNotOlder, Sample.birth()) { $0.add(Sample.father) { $0.details.birth = date("1991") } },
        Forbidden(.parentIsChild, .parentRecognised(Parenthood(child: Sample.person, parent: Sample.person))),
        Forbidden(
            .parentIsChild,
            .guardianshipEstablished(
                Guardianship(ward: Sample.person, guardian: PersonReference(person: Sample.person)))),
    ]

    private static let households: [Forbidden] =
        [
            Forbidden(.householdNotFound, Sample.content(.householdMemberLeft)),
            Forbidden(.householdNotFound, Sample.content(.householdMemberJoined)),
            Forbidden(.householdNotFound, Sample.content(.headOfHouseholdChanged)),
            Forbidden(.householdNotFound, Sample.content(.householdSplit)),
            Forbidden(.alreadyInHousehold, .householdFormed(Sample.formation())),
            Forbidden(.alreadyInHousehold, Sample.content(.householdMemberJoined)) {
                $0.addHousehold(members: [], head: nil)
            },
            Forbidden(.notInHousehold, Sample.content(.householdMemberLeft)) { $0.addHousehold(members: [3], head: 3) },
            Forbidden(.notInHousehold, Sample.content(.householdSplit)) {
                $0.addHousehold(members: [3], head: 3)
                $0.change { $0.household = nil }
            },
            Forbidden(.headMustLeaveLast, Sample.content(.householdMemberLeft)) {
                $0.addHousehold(members: [Sample.person, 3], head: Sample.person)
            },
            Forbidden(.headNotMember, Sample.content(.headOfHouseholdChanged)) {
                $0.addHousehold(members: [Sample.person], head: Sample.person)
            },
            Forbidden(.householdNeedsOneHead, .householdFormed(Sample.formation(head: nil))),
            Forbidden(.householdNeedsOneHead, .householdFormed(Sample.formation(head: Sample.other))),
            Forbidden(
                .householdNeedsOneHead, .householdFormed(Sample.formation(members: [Sample.person, Sample.person]))),
            Forbidden(.householdNeedsOneHead, .householdSplit(Sample.formation(head: nil, from: Sample.household))),
            Forbidden(.householdNeedsOneHead, .householdFormed(Sample.formation([.wife], others: [.head]))),
            Forbidden(.householdNeedsOneHead, .householdFormed(Sample.formation([.head], others: [.head]))),
            Forbidden(.headMustLeaveLast, Sample.content(.householdSplit)) {
                $0.addHousehold(members: [Sample.person, 3], head: Sample.person)
            },
            Forbidden(.householdHasHead, Sample.joining(.head)) {
                $0.change { $0.household = nil }
                $0.addHousehold(members: [3], head: 3)
            },
            Forbidden(.notInHousehold, Sample.headChange((Sample.spouse, .head), (Sample.other, .child))) {
                $0.addHousehold(members: [Sample.person, Sample.spouse], head: Sample.person)
            },
            Forbidden(.alreadyDead, Sample.content(.headOfHouseholdChanged)) {
                $0.addHousehold(members: [Sample.person, Sample.spouse], head: Sample.person)
                $0.add(Sample.spouse) { $0.life = .init(status: .dead) }
            },
        ]
        + [
            Sample.headChange(), Sample.headChange((Sample.spouse, .wife)),
            Sample.headChange((Sample.spouse, .head), (Sample.person, .head)),
            Sample.headChange((Sample.spouse, .head), (Sample.spouse, .wife)),
        ].map { change in
            Forbidden(.householdNeedsOneHead, change) {
                $0.addHousehold(members: [Sample.person, Sample.spouse], head: Sample.person)
            }
        }

    private static let numbers = [
        Forbidden(.numberHeld, Sample.content(.numberAssigned)) { $0.change { $0.number = Sample.secondNumber } },
        Forbidden(.numberBelongsToAnother, Sample.content(.numberAssigned)) {
            $0.context.numbers[Sample.number] = .init(person: Sample.other, cancelled: false)
        },
        Forbidden(.numberBelongsToAnother, Sample.content(.numberAssigned)) {
            $0.context.numbers[Sample.number] = .init(person: Sample.other, cancelled: true)
        },
        Forbidden(.numberWasCancelled, Sample.content(.numberAssigned)) {
            $0.context.numbers[Sample.number] = .init(person: Sample.person, cancelled: true)
        },
        Forbidden(.numberNotInForce, Sample.content(.numberCancelled)),
        Forbidden(.numberNotInForce, Sample.content(.numberReestablished)),
        Forbidden(.numberNotInForce, .numberAssigned(NumberAssignment(number: "12"))),
        Forbidden(.numberNeedsBirthRegistration, Sample.content(.numberAssigned)) {
            $0.change { $0.details.birthRegistrationPlace = nil }
        },
        Forbidden(.numberTestPrefix, Sample.content(.numberAssigned)) { $0.context.demonstration = false },
        Forbidden(.numberNotTestPrefix, .numberAssigned(NumberAssignment(number: "001090000111"))),
        Forbidden(.requestNeeded, Sample.cancellation(ground: .entryError)) { $0.change { $0.number = Sample.number } },
        Forbidden(.requestNeeded, Sample.reestablishment(requested: false)) { $0.change { $0.number = Sample.number } },
    ]

    private static let repairs =
        [
            Forbidden(.mergeWithDay, Sample.content(.mergedWith), effective: "2024-07-01") { $0.add(Sample.other) },
            Forbidden(.mergeLosesNumber, Sample.content(.mergedWith), effective: nil) {
                $0.add(Sample.other)
                $0.change { $0.number = Sample.number }
            },
            Forbidden(
                .mergeWithItself, .mergedWith(Merge(duplicate: Sample.person, into: Sample.person)), effective: nil),
            Forbidden(.alreadyMerged, Sample.content(.mergedWith), effective: nil) {
                $0.add(Sample.other)
                $0.change { $0.mergedInto = 77 }
            },
            Forbidden(.alreadyMerged, Sample.content(.mergedWith), effective: nil) {
                $0.add(Sample.other) { $0.mergedInto = 77 }
            },
            Forbidden(.notMerged, Sample.content(.unmerged), effective: nil),
            Forbidden(.notMerged, Sample.content(.unmerged), effective: nil) { $0.change { $0.mergedInto = 77 } },
            Forbidden(.actNotFound, Sample.content(.annulled)),
            Forbidden(.alreadyAnnulled, Sample.content(.annulled)) {
                $0.addActs([Sample.content(.moved), Sample.content(.died), Sample.content(.annulled)])
            },
            Forbidden(.actNotFound, Sample.content(.eventConfirmed)),
            Forbidden(.nothingToConfirm, Sample.content(.eventConfirmed)) {
                $0.addActs([Sample.content(.died), Sample.content(.moved)])
            },
            Forbidden(.alreadyConfirmed, Sample.content(.eventConfirmed)) {
                $0.addActs([Sample.content(.moved), Sample.content(.died), Sample.content(.eventConfirmed)])
            },
            Forbidden(.alreadyAnnulled, Sample.content(.eventConfirmed)) {
                $0.addActs([Sample.content(.moved), Sample.content(.died), Sample.content(.annulled)])
            },
        ]
        + [
            ActKind.collected, .registeredAtBirth, .numberAssigned, .numberCancelled, .numberReestablished,
            .mergedWith, .unmerged,
        ].map { kind in
            Forbidden(.cannotAnnul, Sample.content(.annulled)) {
                $0.addActs([Sample.content(.moved), Sample.content(kind)])
            }
        } + annulledHouseholds

    private static let annulledHouseholds =
        [
            Forbidden(.householdHasLaterActs, Sample.content(.annulled)) {
                $0.addActs([.moved, .householdFormed, .householdMemberJoined].map(Sample.content))
            },
            // Everything on a household comes after its forming, whatever two clocks say.
            Forbidden(.householdHasLaterActs, Sample.content(.annulled)) {
                $0.addActs([.householdMemberJoined, .householdFormed].map(Sample.content))
            },
            Forbidden(.householdHasLaterActs, Sample.content(.annulled)) {
                $0.addActs(
                    [.moved, .householdSplit].map(Sample.content) + [
                        .householdMemberLeft(
                            HouseholdLeaving(household: Sample.secondHousehold, person: Sample.person))
                    ])
            },
            // The household that was left has another head by now.
            Forbidden(.householdHasLaterActs, Sample.content(.annulled)) {
                $0.addActs([.moved, .householdSplit, .headOfHouseholdChanged].map(Sample.content))
            },
            Forbidden(.householdHasLaterActs, Sample.content(.annulled)) {
                $0.addActs([.moved, .householdMemberJoined, .headOfHouseholdChanged].map(Sample.content))
            },
            // Who left lives with others by now.
            Forbidden(.alreadyInHousehold, Sample.content(.annulled)) {
                $0.addHousehold(members: [Sample.person], head: Sample.person)
                $0.addActs([.moved, .householdMemberLeft].map(Sample.content))
            },
            // A first sheet is never annulled, and neither is what it rests on.
            Forbidden(.cannotAnnul, Sample.content(.annulled)) {
                $0.addActs([Sample.content(.moved), Sample.content(.householdFormed), Sample.collected()])
            },
            Forbidden(.householdNotFound, Sample.content(.householdMemberJoined)) {
                $0.change { $0.household = nil }
                $0.context.households[Sample.household] = HouseholdState(household: Sample.household, undone: true)
            },
        ]
        + [ActKind.householdFormed, .householdSplit, .householdMemberJoined].map { kind in
            Forbidden(.cannotAnnul, Sample.content(.annulled)) {
                $0.addActs([Sample.content(kind), .annulled(Annulment(act: 101, reason: "ghi nhầm"))])
            }
        }
}

@Suite("The rules that an officer's act must keep")
struct RuleTests {
    @Test("Each rule forbids what it is there for", arguments: Forbidden.all)
    func refuses(forbidden: Forbidden) {
        var situation = Situation()
        forbidden.prepare(&situation)
        #expect(situation.refusal(forbidden.content, effective: forbidden.effective) == forbidden.refusal)
    }

    @Test("A verified source may break rules of life, and those alone", arguments: Forbidden.all)
    func believes(forbidden: Forbidden) {
        var situation = Situation()
        forbidden.prepare(&situation)
        do throws(Refusal) {
            let broken = try ActRules.contradictions(
                of: forbidden.content, effective: forbidden.effective.map(date), in: situation.context)
            #expect(broken.first == forbidden.refusal)
            #expect(broken.allSatisfy(\.isRuleOfLife) && Set(broken).count == broken.count)
        } catch {
            #expect(!error.isRuleOfLife)
            // A rule of life may come before the rule of structure that forbids the act in the end.
            #expect(error == forbidden.refusal || forbidden.refusal.isRuleOfLife)
        }
    }

    @Test("Every rule is found by its code")
    func codes() {
        for rule in Refusal.allCases { #expect(Refusal(code: rule.code) == rule) }
        #expect(Refusal(code: "no_such_rule") == nil)
    }

    @Test("Every rule is tried by a test")
    func triesEveryRule() {
        let tried = Set(Forbidden.all.map(\.refusal))
        #expect(Refusal.allCases.filter { !tried.contains($0) } == [])
    }

    /// Acts that nothing forbids, each with what must be there.
    static let allowed: [(ActContent, @Sendable (inout Situation) -> Void)] = [
        // The last days that the law allows.
        (.stayNotified(Sample.registration("00004", until: "2024-07-30")), { _ in }),
        (.temporaryResidenceRegistered(Sample.registration("00003", until: "2026-07-02")), { _ in }),
        // A marriage ends with a death, and a sheet may name whom somebody was married to.
        (
            Sample.content(.married),
            {
                $0.add(Sample.spouse)
                $0.change { $0.spouse = PersonReference(person: 77) }
                $0.context.bereaved = [Sample.person]
            }
        ),
        (
            Sample.content(.married),
            {
                $0.add(Sample.spouse)
                $0.change {
                    $0.spouse = PersonReference(name: "Lò Văn Mất")
                    $0.details.maritalStatus = .widowed
                }
            }
        ),
        // Other acts, and what was undone itself, do not stand in the way.
        (Sample.content(.annulled), { $0.addActs([.moved, .householdFormed, .moved].map(Sample.content)) }),
        (
            Sample.content(.annulled),
            {
                $0.addActs(
                    [.moved, .householdFormed, .householdMemberJoined].map(Sample.content) + [
                        .annulled(Annulment(act: 103, reason: "ghi nhầm"))
                    ])
            }
        ),
        (Sample.content(.moved), { _ in }),
        (Sample.content(.detailsChanged), { _ in }),
        (Sample.content(.detailsCorrected), { _ in }),
        (
            .detailsCorrected(DetailsCorrection(details: named("Lò Mẫu"), corrects: 101)),
            { $0.addActs([Sample.collected()]) }
        ),
        (Sample.birth(), { $0.add(Sample.father) { $0.details.birth = date("1960") } }),
        (Sample.content(.permanentResidenceDeleted), { _ in }),
        (Sample.content(.married), { $0.add(Sample.spouse) }),
        (
            .married(Couple(spouses: [.init(person: Sample.person), .init(name: "Vàng A Mẫu")], certificate: nil)),
            { _ in }
        ),
        (
            Sample.content(.divorced),
            {
                $0.add(Sample.spouse) { $0.spouse = PersonReference(person: Sample.person) }
                $0.change { $0.spouse = PersonReference(person: Sample.spouse) }
            }
        ),
        (Sample.content(.parentRecognised), { $0.add(Sample.child) { $0.details.birth = date("2015") } }),
        (Sample.content(.adopted), { $0.add(Sample.child) { $0.details.birth = date("2015-01") } }),
        (Sample.content(.died), { $0.change { $0.life = .init(status: .missing) } }),
        (Sample.content(.returned), { $0.change { $0.life = .init(status: .dead) } }),
        (
            Sample.content(.householdFormed),
            {
                $0.change { $0.household = nil }
                $0.add(Sample.child)
            }
        ),
        (Sample.content(.householdMemberLeft), { $0.addHousehold(members: [Sample.person], head: Sample.person) }),
        (
            Sample.content(.householdMemberLeft),
            {
                $0.addHousehold(members: [Sample.person, 3], head: 3)
                $0.change { $0.life = .init(status: .dead) }
            }
        ),
        (
            Sample.content(.householdSplit),
            { $0.addHousehold(members: [Sample.person, 3], head: 3) }
        ),
        (
            Sample.content(.headOfHouseholdChanged),
            {
                $0.addHousehold(members: [Sample.person, Sample.spouse], head: Sample.person)
                $0.add(Sample.spouse)
                $0.change { $0.life = .init(status: .dead) }
            }
        ),
        (
            Sample.headChange((Sample.spouse, .head)),
            { $0.addHousehold(members: [Sample.person, Sample.spouse], head: Sample.person) }
        ),
        (
            Sample.joining(.head),
            {
                $0.change { $0.household = nil }
                $0.addHousehold(members: [], head: nil)
            }
        ),
        (Sample.content(.numberAssigned), { _ in }),
        (Sample.content(.numberCancelled), { $0.change { $0.number = Sample.number } }),
        (Sample.content(.numberReestablished), { $0.change { $0.number = Sample.number } }),
        (Sample.content(.mergedWith), { $0.add(Sample.other) }),
        (Sample.content(.unmerged), { $0.change { $0.mergedInto = Sample.other } }),
        (Sample.content(.annulled), { $0.addActs([Sample.collected(), Sample.content(.died)]) }),
        (Sample.content(.setAside), { $0.change { $0.setAside = "đang xét" } }),
    ]

    @Test("What keeps the rules is allowed", arguments: RuleTests.allowed.indices)
    func allows(index: Int) {
        let (content, prepare) = RuleTests.allowed[index]
        var situation = Situation()
        prepare(&situation)
        let isMerge = content.kind == .mergedWith || content.kind == .unmerged
        #expect(
            situation.refusal(content, effective: isMerge ? nil : "2024-07-01") == nil, "\(content.kind.rawValue)")
    }

    @Test("An act whose annulment was annulled can be annulled again")
    func annulsAgain() {
        var situation = Situation()
        situation.addActs([
            Sample.collected(), Sample.content(.died), Sample.content(.annulled),
            .annulled(Annulment(act: 103, reason: "không nhầm")),
        ])
        #expect(situation.refusal(Sample.content(.annulled)) == nil)
        #expect(situation.refusal(.annulled(Annulment(act: 103, reason: "lần nữa"))) == .alreadyAnnulled)
    }

    @Test("An event is provisional until it is confirmed, unless the book itself recorded it; annulling tells anew")
    func provisional() {
        var situation = Situation()
        let events = [Sample.content(.moved), Sample.content(.died)]
        situation.addActs(events)
        #expect(situation.refusal(Sample.content(.eventConfirmed), effective: nil) == nil)
        var stream = Stream()
        for content in events { stream.record(content, on: "2022-01-01") }
        let died = ActID(rawValue: 102)
        #expect(RecordedAct.provisional(among: stream.acts) == [died])
        stream.record(Sample.content(.eventConfirmed), on: "2022-01-02")
        #expect(RecordedAct.provisional(among: stream.acts) == [])
        stream.record(.annulled(Annulment(act: 103, reason: "nhầm sổ")), on: "2022-01-03")
        #expect(RecordedAct.provisional(among: stream.acts) == [died])
        stream.record(.annulled(Annulment(act: 102, reason: "nhầm người")), on: "2022-01-04")
        #expect(RecordedAct.provisional(among: stream.acts) == [])
        let fromBook = RecordedAct(
            id: died, version: 1, effective: nil, recorded: instant("2022-01-01"), content: events[1], isFromBook: true)
        #expect(RecordedAct.provisional(among: [fromBook]) == [])
        let kinds = ActKind.allCases.filter(\.isCivilStatusEvent)
        #expect(kinds.count == 9 && kinds.contains(.married) && !kinds.contains(.moved))
    }

    @Test(
        "A woman may marry when she turns eighteen, a man at twenty; a partial birth counts from its first day"
    )
    func countsAges() {
        var situation = Situation()
        situation.change { $0.details.birth = date("2006-07-01") }
        situation.add(Sample.spouse) { $0.details.birth = date("2004-07") }
        #expect(situation.refusal(Sample.content(.married), effective: "2024-07-01") == nil)
        #expect(situation.refusal(Sample.content(.married), effective: "2024-06-30") == .tooYoungToMarry)
        #expect(CalendarDate.years(from: day("2004-02-29"), to: day("2024-02-28")) == 19)
        #expect(CalendarDate.years(from: day("2004-02-29"), to: day("2022-03-01")) == 18)
    }

    @Test("The age of marriage is that of the law of the day")
    func datedAges() {
        var situation = Situation()
        situation.change { $0.details.birth = date("1985-01-01") }
        situation.add(Sample.spouse) {
            $0.details.sex = .male
            $0.details.birth = date("1995-06-30")
        }
        #expect(situation.refusal(Sample.content(.married), effective: "2014-06-30") == nil)
        #expect(situation.refusal(Sample.content(.married), effective: "2014-06-29") == .tooYoungToMarry)
        #expect(situation.refusal(Sample.content(.married), effective: "2015-06-29") == .tooYoungToMarry)
        #expect(situation.refusal(Sample.content(.married), effective: "2015-06-30") == nil)
    }

    @Test(
        "The usual legal basis goes by the day of the event, and for work on records by the day it is done",
        arguments: [
            (ActKind.married, "2010-05-01", "Nghị định 158/2005/NĐ-CP"), (.married, "2016-01-01", "Luật 60/2014/QH13"),
            (.moved, "2021-06-30", "Luật 81/2006/QH11"), (.moved, "2021-07-01", "Luật 68/2020/QH14"),
            (.detailsCorrected, "2010-05-01", "Luật 26/2023/QH15"), (.died, "1999", "Nghị định 158/2005/NĐ-CP"),
        ])
    func usualBases(kind: ActKind, effective: String, basis: String) {
        let recorded = day("2024-08-01")
        #expect(UsualBasis.text(for: kind, effective: date(effective), recorded: recorded) == basis)
        #expect(!UsualBasis.text(for: kind, effective: nil, recorded: recorded).isEmpty)
    }

    @Test("A cancellation without request needs a ground of the authority", arguments: CancellationGround.allCases)
    func asksForRequests(ground: CancellationGround) {
        var situation = Situation()
        situation.change { $0.number = Sample.number }
        let own = Sample.cancellation(ground: ground)
        #expect(situation.refusal(own) == (ground.needsRequest ? .requestNeeded : nil))
        #expect(situation.refusal(Sample.cancellation(ground: ground, requested: true)) == nil)
    }
}
