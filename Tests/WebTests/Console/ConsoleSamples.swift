import Civil
import Ledger
import Linkage

@testable import Access
@testable import Population
@testable import Web

/// Invented people of an invented commune, as the console gets them from the register.
struct ConsoleSamples {
    let units: UnitDirectory
    let number: PersonalIdentificationNumber
    /// Put into every text that somebody could have typed.
    var evil = ""

    static let an: Int64 = 1
    static let binh: Int64 = 2
    static let chi: Int64 = 3
    static let household: Int64 = 11
    static let today = CalendarDate(year: 2026, month: 3, day: 2) ?? CalendarDate(daysSinceEpoch: 0)
    static let communes = [UnitCode("00004", unitSet), UnitCode("00097", unitSet)]
    static let unitSet = UnitSet(rawValue: "from-2025-07-01")

    init(evil: String = "") throws {
        var units = UnitDirectory()
        try units.load(Array(ConsoleSamples.unitFile.utf8))
        self.units = units
        number = try PersonalIdentificationNumber(parsing: "003190000222")
        self.evil = evil
    }

    private static let unitFile =
        "# set: from-2025-07-01\n# valid-from: 2025-07-01\n# basis: danh mục thử\n"
        + [
            ["level", "code", "parent", "kind", "name", "latitude", "longitude", "area_km2"],
            ["province", "01", "", "Thành phố", "Thành phố Hà Nội"],
            ["commune", "00004", "01", "Phường", "Phường Ba Đình", "21.0341", "105.8142", ""],
            ["commune", "00097", "01", "Phường", "Phường Hồng Hà", "21.0562", "105.8500", ""],
            ["commune", "00118", "01", "Phường", "Phường Tương Mai", "20.9871", "105.8525", ""],
        ].map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"

    private static let digest = MerkleHash.leaf(Array("x".utf8))

    static func handle(_ person: Int64) -> Handle { Handle(random: Array(repeating: UInt8(person), count: 16)) }

    func address(_ code: String, _ detail: String) -> Address {
        let unit = UnitCode(code, ConsoleSamples.unitSet)
        return Address(unit: unit, detail: detail + evil, written: "\(detail)\(evil), \(units.path(of: unit))")
    }

    static func at(_ text: String) -> Instant { Instant(parsing: text) ?? Instant(microseconds: 0) }

    var details: PersonDetails {
        var details = PersonDetails()
        details.name = "Đặng Thị An\(evil)"
        details.otherName = evil.isEmpty ? nil : evil
        details.birth = PartialDate(year: 1990, month: 5)
        details.sex = .female
        details.origin = address("00097", "Tổ 4")
        details.ethnicity = Coded(list: "ethnicity-2008", code: "01")
        details.nationality = Nationality.vietnam
        details.religion = Coded(list: "religion-2008", code: "01")
        details.maritalStatus = .married
        details.phone = "0900000001\(evil)"
        return details
    }

    /// Collected, numbered, moved, corrected, and the move annulled and made again.
    var acts: [(kind: ActContent, effective: PartialDate?, recorded: Instant)] {
        let father = PersonReference(name: "Đặng Văn Mẫu\(evil)", number: "005060000111")
        let spouse = PersonReference(person: ConsoleSamples.binh, name: "Lò Văn Bình\(evil)")
        let sheet = Collected(
            person: ConsoleSamples.an, handle: ConsoleSamples.handle(1), details: details,
            household: ConsoleSamples.household, relation: .head, father: father, mother: nil, spouse: spouse,
            permanent: address("00097", "Số 12 ngõ 3"), current: nil, statedNumber: nil, numberTaken: false, dead: nil,
            died: nil, sheet: SheetSource(id: 16_777_217, row: 1, written: "1", findings: []))
        var corrected = PersonDetails()
        corrected.birth = PartialDate(year: 1990, month: 5, day: 17)
        let move = ResidenceRegistration(address: address("00004", "Số 5"), until: nil, reason: nil)
        return [
            (.collected(sheet), nil, ConsoleSamples.at("2025-08-01T02:00:00Z")),
            (
                .numberAssigned(NumberAssignment(number: "003190000222")), nil,
                ConsoleSamples.at("2025-08-20T03:10:00Z")
            ),
            (
                .moved(move), PartialDate(year: 2025, month: 10, day: 1), ConsoleSamples.at("2025-10-03T07:31:00Z")
            ),
            (
                .annulled(Annulment(act: 3, reason: "ghi nhầm người\(evil)")), nil,
                ConsoleSamples.at("2025-10-04T01:00:00Z")
            ),
            (
                .detailsCorrected(DetailsCorrection(details: corrected, corrects: nil)),
                PartialDate(year: 2025, month: 11, day: 5), ConsoleSamples.at("2025-11-05T08:15:00Z")
            ),
        ]
    }

    var history: HistoryAnswer {
        let entries = acts.enumerated().map { index, entry in
            HistoryEntry(
                act: Act(
                    id: ActID(rawValue: Int64(index + 1)), kind: entry.kind.kind,
                    subjects: [SubjectVersion(.person(ConsoleSamples.an), version: Int64(index + 1))],
                    effective: entry.effective, recorded: entry.recorded,
                    actor: Actor(account: "cb-017\(evil)", role: "commune_officer", office: "xa-00097\(evil)"),
                    legalBasis: "Luật 26/2023/QH15, Điều 10\(evil)", contentCommitment: ConsoleSamples.digest),
                version: Int64(index + 1), content: entry.kind)
        }
        return HistoryAnswer(
            handle: ConsoleSamples.handle(1).text, entries: entries, allowance: ConsoleSamples.allowance(),
            persons: handles,
            households: [:], provisional: [entries[2].act.id], receipt: 41)
    }

    var state: PersonState {
        let acts = acts.enumerated().map { index, entry in
            RecordedAct(
                id: ActID(rawValue: Int64(index + 1)), version: Int64(index + 1), effective: entry.effective,
                recorded: entry.recorded, content: entry.kind)
        }
        let state = try? PersonFold.state(of: ConsoleSamples.an, acts: acts)
        return state ?? PersonState(person: ConsoleSamples.an)
    }

    var handles: [Int64: String] {
        [1: 1, 2: 2, 3: 3].mapValues { ConsoleSamples.handle($0).text }
    }

    var answer: PersonAnswer { answer { _ in } }

    static func allowance(masked: FieldGroups = [], withheld: FieldGroups = []) -> LookAllowance {
        LookAllowance(
            reason: .inside, groups: .all.subtracting(masked).subtracting(withheld), masked: masked, withheld: withheld)
    }

    func answer(
        masked: FieldGroups = [], withheld: FieldGroups = [], _ change: (inout PersonState) -> Void
    ) -> PersonAnswer {
        var state = state
        change(&state)
        return PersonAnswer(
            state: state, allowance: ConsoleSamples.allowance(masked: masked, withheld: withheld),
            handle: ConsoleSamples.handle(1).text, persons: handles,
            households: [ConsoleSamples.household: ConsoleSamples.handle(9).text], children: [ConsoleSamples.chi],
            receipt: 42)
    }

    func person(_ id: Int64, _ name: String, _ birth: PartialDate?, _ sex: Sex) -> PersonState {
        var state = PersonState(person: id, version: 1)
        state.details.name = name + evil
        state.details.birth = birth
        state.details.sex = sex
        return state
    }

    var householdAnswer: HouseholdAnswer {
        var household = HouseholdState(household: ConsoleSamples.household, version: 3)
        household.code = "HO7\(evil)"
        household.address = address("00097", "Số 12 ngõ 3")
        household.head = ConsoleSamples.an
        var dead = person(4, "Đặng Văn Mẫu", PartialDate(year: 1960), .male)
        dead.life = PersonState.Life(status: .dead, since: PartialDate(year: 2024))
        let since = PartialDate(year: 2025, month: 8, day: 1)
        func member(_ person: PersonState, _ relation: RelationToHead?, head: Bool = false) -> HouseholdAnswer.Member {
            HouseholdAnswer.Member(
                handle: ConsoleSamples.handle(person.person).text, person: person, relation: relation, since: since,
                isHead: head)
        }
        return HouseholdAnswer(
            state: household, handle: ConsoleSamples.handle(9).text,
            members: [
                member(state, .head, head: true),
                member(person(2, "Lò Văn Bình", PartialDate(year: 1988, month: 2, day: 3), .male), .husband),
                member(person(3, "Lò Thị Chi", PartialDate(year: 2015, month: 9, day: 30), .female), .birthChild),
                member(dead, .birthFather), member(person(5, "Vi Thị Dung", nil, .female), nil),
            ], hidden: 2, receipt: 43)
    }

    var searchAnswer: SearchAnswer {
        SearchAnswer(
            results: [
                SearchResult(
                    handle: ConsoleSamples.handle(1).text, state: state, score: 980,
                    reasons: [.marksDiffer, .orderDiffers]),
                SearchResult(
                    handle: ConsoleSamples.handle(4).text, state: householdAnswer.members[3].person, score: 700,
                    reasons: [.soundsAlike]),
            ], next: SearchCursor(place: 2, handle: ConsoleSamples.handle(4)), receipt: 44)
    }

    var subject: FormSubject {
        FormSubject(
            answer: answer, household: householdAnswer, names: [ConsoleSamples.binh: "Lò Văn Bình\(evil)"],
            communes: ConsoleSamples.communes, units: units, today: ConsoleSamples.today, history: history)
    }
}
