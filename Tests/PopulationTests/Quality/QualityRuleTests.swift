import Civil
import Ledger
import Testing

@testable import Population

@Suite("The rules of quality")
struct QualityRuleTests {
    private static let rule = QualityTally.Rule(on: day("2021-03-01"))

    // MARK: Verification

    @Test("what each kind of act verifies, and whether it is an event", arguments: ActKind.ofPopulation)
    func verifies(kind: ActKind) {
        let content = Sample.content(kind)
        let fields = Set(content.verifiedFields(of: Sample.person).fields)
        let family: Set<PersonField> = [.parentsSpouseRepresentative, .familyAndRepresentation]
        let membership: Set<PersonField> = [.headAndRelation, .relationToHead, .headAndMembers]
        let expected: Set<PersonField> =
            switch kind {
            case .collected, .batchReceived, .sheetHeld, .sheetDecided, .retentionRuled, .registerChanged,
                .accessChanged, .cardChanged, .stayNotified,
                .permanentResidenceDeleted,
                .householdMemberLeft, .mergedWith, .unmerged, .annulled, .setAside, .findingNoted, .relativeLinked,
                .eventConfirmed, .numberCancelled:
                []
            case .registeredAtBirth:
                family.union([.birthName, .dateOfBirth, .sex, .placeOfBirthRegistration, .maritalStatus])
            case .numberAssigned, .numberReestablished: [.number]
            case .detailsChanged, .detailsCorrected: [.birthName]
            case .permanentResidenceRegistered: [.permanentResidence]
            case .temporaryResidenceRegistered: [.temporaryResidence]
            case .moved: [.currentResidence]
            case .absenceDeclared: [.absenceDeclaration]
            case .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined: membership
            case .married, .divorced: family.union([.maritalStatus])
            case .parentRecognised, .adopted, .guardianshipEstablished: family
            case .nationalityChanged: [.nationality]
            case .declaredMissing, .returned, .died: [.deathOrMissing]
            }
        #expect(fields == expected)
        let noEvent: Set<ActKind> = [
            .collected, .batchReceived, .sheetHeld, .sheetDecided, .accessChanged, .mergedWith, .unmerged, .annulled,
            .setAside, .findingNoted, .relativeLinked, .eventConfirmed,
            .numberAssigned,
            .numberCancelled, .numberReestablished,
        ]
        #expect(content.isVerifiedEvent == !noEvent.contains(kind))
    }

    @Test("an act on a household verifies those whom it names, and nobody else")
    func verifiesMembersOnly() {
        for kind in [ActKind.householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined] {
            #expect(Sample.content(kind).verifiedFields(of: Sample.other).isEmpty)
        }
    }

    @Test("verification follows the acts: annulled it falls, known later it was not there before")
    func folds() throws {
        var stream = Stream()
        stream.record(Sample.collected(), on: "2020-10-15")
        #expect(try stream.person()?.verification == nil)
        let move = stream.record(Sample.content(.moved), on: "2021-01-10", effective: "2020-12-20")
        let moved = try #require(try stream.person()?.verification)
        #expect(moved.fieldSet == PersonFieldSet(.currentResidence))
        #expect(moved.last == date("2020-12-20"))
        #expect(try stream.person(knownAt: "2021-01-09")?.verification == nil)
        #expect(try stream.person(effectiveAt: "2020-12-19")?.verification == nil)
        stream.annul(move, on: "2021-02-01")
        #expect(try stream.person()?.verification == nil)
    }

    @Test("an event that is announced for later was seen on the day it was recorded; a number is no event")
    func eventDays() throws {
        var stream = Stream()
        stream.record(Sample.collected(), on: "2020-10-15")
        stream.record(Sample.content(.moved), on: "2021-01-10", effective: "2021-06-01")
        #expect(try stream.person()?.verification?.last == date("2021-01-10"))
        stream.record(Sample.content(.numberAssigned), on: "2021-02-10")
        let state = try #require(try stream.person())
        #expect(state.verification?.last == date("2021-01-10"))
        #expect(state.verification?.fieldSet.contains(.number) == true)
        let measure = try #require(PersonMeasure(state, findings: []))
        #expect(measure.verified.contains(.number) && measure.filled.contains(.number))
    }

    // MARK: Findings

    private func state(_ verified: PersonField...) -> PersonState {
        var state = PersonState(person: Sample.person)
        if !verified.isEmpty { state.verification = Verification(fields: PersonFieldSet(fields: verified)) }
        return state
    }

    @Test(
        "every finding that is marked stands open until a source has verified what it doubts",
        arguments: FindingCode.allCases)
    func closes(code: FindingCode) {
        let columns = [SheetColumn.permanent, .ethnicity, .motherName].map(\.rawValue) + [""]
        for column in columns {
            let finding = OpenFinding(code: code, field: column)
            let isOpen = finding.isOpen(for: state())
            // What cannot be mended on the record, and what is counted in the queue of duplicates.
            let closed = [FindingCode.collectionDateMissing, .possibleDuplicate]
            #expect(isOpen == (code.weight != .noted && !closed.contains(code)), "\(column)")
            guard isOpen else { continue }
            var everything = state()
            everything.verification = Verification(fields: PersonFieldSet(fields: PersonField.allCases))
            #expect(finding.isOpen(for: everything) == finding.concerned.isEmpty, "\(column)")
        }
    }

    @Test("a finding is closed by its own field and by no other")
    func closesByItsField() {
        let address = OpenFinding(code: .addressAmbiguous, field: SheetColumn.current.rawValue)
        #expect(address.isOpen(for: state(.permanentResidence)))
        #expect(!address.isOpen(for: state(.currentResidence)))
        let sex = OpenFinding(code: .missingSex, field: SheetColumn.sex.rawValue)
        #expect(sex.isOpen(for: state(.birthName)) && !sex.isOpen(for: state(.sex)))
    }

    @Test("a duplicate is closed by merging, or when name, date of birth and sex are all verified")
    func closesDuplicates() {
        let duplicate = OpenFinding(code: .duplicate, field: "")
        #expect(duplicate.isOpen(for: state(.birthName, .dateOfBirth)))
        #expect(!duplicate.isOpen(for: state(.birthName, .dateOfBirth, .sex)))
        var merged = state()
        merged.mergedFrom = [9]
        #expect(!duplicate.isOpen(for: merged))
    }

    // MARK: Who counts and where

    @Test("only the living count, once each")
    func counts() {
        var state = PersonState(person: 1)
        #expect(state.countsInQuality)
        for status in [PersonState.Life.Status.dead, .missing] {
            state.life = .init(status: status)
            #expect(PersonMeasure(state, findings: []) == nil)
        }
        state.life = .init(status: .living)
        state.mergedInto = 2
        #expect(!state.countsInQuality)
        state.mergedInto = nil
        state.setAside = "nghi giả mạo"
        #expect(!state.countsInQuality)
    }

    @Test("the responsible unit: permanent, else temporary, else current residence")
    func responsibleUnit() {
        var state = PersonState(person: 1)
        #expect(state.responsibleUnit == nil)
        state.currentResidence = .init(address: address("00003"), since: nil)
        #expect(state.responsibleUnit?.code == "00003")
        state.temporaryResidence = .init(address: address("00002"), since: nil)
        #expect(state.responsibleUnit?.code == "00002")
        state.permanentResidence = .init(address: address("00001"), since: nil)
        #expect(state.responsibleUnit?.code == "00001")
    }

    // MARK: Formulas

    private func measure(
        filled: [PersonField], verified: [PersonField] = [], violating: Bool = false, last: String? = nil,
        born: Int? = nil
    ) -> PersonMeasure {
        PersonMeasure(
            person: 1, unit: nil, birthYear: born, filled: PersonFieldSet(fields: filled),
            verified: PersonFieldSet(fields: verified), isViolating: violating, lastVerified: last.map(day))
    }

    @Test("the measures, counted by hand")
    func formulas() {
        var tally = QualityTally()
        let rule = QualityRuleTests.rule
        tally.add(
            measure(
                filled: [.birthName, .sex, .bloodGroup], verified: [.sex, .bloodGroup], last: "2019-03-02", born: 2008),
            rule)
        tally.add(
            measure(filled: [.birthName], verified: [.sex], violating: true, last: "2019-03-01", born: 2007), rule)
        tally.add(measure(filled: [.birthName, .sex], born: nil), rule, count: 2)
        let mandatory = rule.mandatory.count
        #expect(mandatory == 13)
        #expect(
            tally.share(of: .correct, mandatory, expected: nil) == Share(1, of: 7),
            "what is not mandatory or not filled does not count")
        #expect(tally.share(of: .complete, mandatory, expected: nil) == Share(7, of: 52))
        #expect(tally.share(of: .clean, mandatory, expected: nil) == Share(3, of: 4))
        #expect(tally.share(of: .alive, mandatory, expected: nil) == Share(1, of: 4), "730 days are young, 731 are not")
        #expect(tally.share(of: .coverage, mandatory, expected: 8) == Share(4, of: 8))
        #expect(tally.ages == [.under14: 1, .from14: 1, nil: 2])
        #expect(tally.medianDays == 730)
        #expect(tally.counts(of: .sex).filled == 3 && tally.counts(of: .sex).verified == 1)
        #expect(tally.counts(of: .bloodGroup).filled == 0)
        var twice = tally
        twice.add(tally)
        #expect(twice.persons == 8 && twice.filled == 14 && twice.counts(of: .birthName).filled == 8)
        #expect(twice.medianDays == 730 && twice.ages[.from14] == 2)
    }

    @Test(
        "the median is the lower of two in the middle, over those who have an event",
        arguments: [
            ([Int](), nil as Int?), ([5], 5), ([5, 9], 5), ([9, 5, 7], 7), ([1, 1, 1, 50], 1),
        ])
    func median(days: [Int], expected: Int?) {
        var tally = QualityTally()
        for days in days {
            let last = QualityRuleTests.rule.day.advanced(byDays: -days).description
            tally.add(measure(filled: [], last: last), QualityRuleTests.rule)
        }
        tally.add(measure(filled: []), QualityRuleTests.rule)
        #expect(tally.medianDays == expected)
    }

    @Test("shares do not overflow, and a share of nothing is none")
    func shares() {
        #expect(Share(0, of: 0).value == nil && Share(5, of: 0).perMillion == nil)
        #expect(Share(98_000_000 * 16, of: 100_000_000 * 16).perMillion == 980_000)
        #expect(Share(1, of: 3).perMillion == 333_333)
        for measure in QualityMeasure.allCases {
            #expect(QualityMeasure(word: measure.vietnamese) == measure)
            #expect(QualityMeasure(word: measure.rawValue) == measure)
        }
        #expect(QualityMeasure(word: "Song") == .alive && QualityMeasure(word: "DUNG") == .correct)
        #expect(QualityMeasure(word: "tốt") == nil)
    }

    @Test("the marks of a measure come back as they were", arguments: [0, 1, 2] as [UInt32])
    func marks(seed: UInt32) {
        let all = PersonFieldSet(rawValue: (1 << UInt32(PersonFieldSet.width)) - 1)
        for filled in [PersonFieldSet(), all, PersonFieldSet(rawValue: 0x0AAA_AAAA >> seed)] {
            for violating in [false, true] {
                let measure = PersonMeasure(
                    person: 1, unit: nil, birthYear: nil, filled: filled,
                    verified: filled.intersection(PersonFieldSet(.sex)),
                    isViolating: violating, lastVerified: nil)
                let marks = MeasureStore.reading(MeasureStore.marks(of: measure))
                #expect(marks.filled == measure.filled && marks.verified == measure.verified)
                #expect(marks.isViolating == violating)
            }
        }
        let bits = PersonField.allCases.map { PersonFieldSet.bit(of: $0) }
        #expect(Set(bits) == Set(0..<UInt32(PersonFieldSet.width)), "each group has its own bit")
    }

    // MARK: Gain and targets

    @Test("the gain of a record: nothing for a perfect one, four for one of which nothing is known")
    func gain() {
        let rule = QualityRuleTests.rule
        let all = rule.mandatory.fields
        #expect(WorkItem.Gain(measure(filled: all, verified: all, last: "2021-02-01"), rule).perMillion == 0)
        #expect(WorkItem.Gain(measure(filled: [], violating: true), rule).perMillion == 4_000_000)
        let one = WorkItem.Gain(
            measure(filled: Array(all.dropFirst()), verified: Array(all.dropFirst()), last: "2021-02-01"), rule)
        #expect(one.perMillion == 2_000_000 / 13, "one field to collect, and then to verify")
    }

    @Test("a target stands where the measure stood on its deadline")
    func standing() {
        let target = QualityTarget(
            unit: nil, set: .fromJuly2025, measure: .complete, due: day("2021-06-30"), perMillion: 900_000)
        func standing(_ days: [(String, Int)], on today: String) -> TargetState.Standing {
            TargetState(target, days: days.map { (day($0.0), Share($0.1, of: 100)) }, on: day(today)).standing
        }
        #expect(standing([("2021-06-01", 80)], on: "2021-06-30") == .open)
        #expect(standing([("2021-06-30", 90)], on: "2021-06-30") == .reached)
        #expect(standing([("2021-06-30", 90), ("2021-07-05", 70)], on: "2021-07-05") == .reached)
        #expect(
            standing([("2021-05-30", 95), ("2021-06-29", 89), ("2021-07-05", 95)], on: "2021-07-05") == .reachedLate)
        #expect(standing([("2021-06-29", 89), ("2021-07-05", 89)], on: "2021-07-05") == .missed)
        #expect(standing([], on: "2021-07-05") == .missed && standing([], on: "2021-05-05") == .open)
    }

    // MARK: Lists by date

    @Test("the mandatory list follows the law in force, and its first one holds before")
    func lists() {
        #expect(PersonField.mandatory(on: day("2015-01-01"))?.value.count == 13)
        #expect(PersonField.mandatory(on: day("2024-06-30"))?.value.count == 13)
        let new = PersonField.mandatory(on: day("2024-07-01"))
        #expect(new?.value.count == 16 && new?.value.contains(.number) == true)
        #expect(new?.basis == LegalBasis("Luật 26/2023/QH15", "Điều 9"))
        #expect(new?.value.contains(.otherName) == false)
        #expect(FreshnessRule.days(on: day("2010-01-01")) == 730)
    }

    @Test(
        "ages between the milestones of the card",
        arguments: [
            (0, AgeGroup.under14), (13, .under14), (14, .from14), (24, .from14), (25, .from25), (39, .from25),
            (40, .from40),
            (59, .from40), (60, .from60), (120, .from60), (-1, .under14),
        ])
    func ages(age: Int, group: AgeGroup) {
        #expect(AgeGroup(age: age) == group)
        #expect(AgeGroup(code: group.code) == group && AgeGroup(code: group.text) == group)
    }
}
