import Civil

@testable import Population

/// Seeded values of the types that an import writes; with `isFull` every optional field has a value.
struct CodingDraw {
    private var state: UInt64
    let isFull: Bool

    init(seed: UInt64, isFull: Bool = false) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        self.isFull = isFull
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

    mutating func optional<Value>(_ value: (inout CodingDraw) -> Value) -> Value? {
        isFull || below(3) > 0 ? value(&self) : nil
    }

    mutating func list<Value>(_ value: (inout CodingDraw) -> Value) -> [Value] {
        (0..<(isFull ? 2 : below(4))).map { _ in value(&self) }
    }

    // MARK: Words

    private static let pieces =
        (0..<0x20).map { String(UnicodeScalar(UInt8($0))) }
        + [
            "\"", "\\", "/", "\u{7F}", "\u{80}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFD}", "😀", "\u{10FFFF}",
            "\r\n",
            "Nguyễn", "Thị", "Đặng", "e\u{302}\u{301}", "\u{301}", "a", "Z", "0", " ", "<&>", "'", ",", "{}", "[]", ":",
        ]

    /// Any text: every control character, quotes, letters in one and in several scalars.
    mutating func text() -> String { (0..<below(9)).map { _ in one(of: CodingDraw.pieces) }.joined() }

    mutating func number() -> Int64 {
        switch below(6) {
        case 0: one(of: [0, 1, -1, 9, 10, .max, .min])
        case 1: Int64(bitPattern: next())
        default: Int64(next() >> 1)
        }
    }

    mutating func date() -> PartialDate {
        let year = 1 + below(9_999)
        let month = 1 + below(12)
        switch isFull ? 2 : below(3) {
        case 0: return PartialDate(year: year) ?? PartialDate(CalendarDate(daysSinceEpoch: 0))
        case 1: return PartialDate(year: year, month: month) ?? PartialDate(CalendarDate(daysSinceEpoch: 0))
        default: return PartialDate(CalendarDate(daysSinceEpoch: below(40_000)))
        }
    }

    mutating func handle() -> Handle { Handle(random: (0..<16).map { _ in UInt8(below(256)) }) }

    mutating func coded() -> Coded { Coded(list: one(of: ["ethnicity-2008", "religion-2008"]), code: "0\(below(60))") }

    mutating func address() -> Address? {
        let written = one(of: ["Số 1/2, \"Tổ\" \\ 3, Xã Đồng Tâm", "Thôn 4", "x / y", "Ấp e\u{302}\u{301}, 😀 Phường 7"])
        guard let address = try? Address(parsing: written) else { return nil }
        guard isFull || below(2) == 0 else { return address }
        return address.resolved(
            to: UnitCode("0\(1_000 + below(8_000))", one(of: [.untilJune2025, .fromJuly2025])),
            detail: "Số \(below(900))")
    }

    // MARK: Persons and sheets

    mutating func reference() -> PersonReference {
        PersonReference(person: optional { $0.number() }, name: optional { $0.text() }, number: optional { $0.text() })
    }

    mutating func details() -> PersonDetails {
        var details = PersonDetails()
        details.name = optional { $0.text() }
        details.otherName = optional { $0.text() }
        details.birth = optional { $0.date() }
        details.sex = optional { $0.one(of: Sex.allCases) }
        details.birthRegistrationPlace = optional { $0.address() } ?? nil
        details.birthPlace = optional { $0.address() } ?? nil
        details.origin = optional { $0.address() } ?? nil
        details.ethnicity = optional { $0.coded() }
        details.religion = optional { $0.coded() }
        details.nationality = optional { $0.coded() }
        details.maritalStatus = optional { $0.one(of: MaritalStatus.allCases) }
        details.bloodGroup = optional { $0.one(of: BloodGroup.allCases) }
        details.oldNumber = optional { $0.text() }
        details.phone = optional { $0.text() }
        details.email = optional { $0.text() }
        details.residenceFileNumber = optional { $0.text() }
        return details
    }

    mutating func finding() -> SheetFinding {
        SheetFinding(
            one(of: FindingCode.allCases), field: optional { $0.one(of: SheetColumn.allCases) },
            other: optional { $0.number() }, candidates: optional { draw in draw.list { $0.text() } })
    }

    mutating func source() -> SheetSource {
        SheetSource(
            id: number(), row: below(1_000_000), written: text(), bytes: optional { $0.text() },
            findings: list { $0.finding() })
    }

    mutating func relation() -> RelationToHead? { optional { $0.one(of: RelationToHead.allCases) } }

    mutating func collected() -> Collected {
        Collected(
            person: number(), handle: handle(), details: details(), household: number(), relation: relation(),
            father: optional { $0.reference() }, mother: optional { $0.reference() },
            spouse: optional { $0.reference() }, permanent: optional { $0.address() } ?? nil,
            current: optional { $0.address() } ?? nil, statedNumber: optional { $0.text() }, numberTaken: below(2) == 0,
            dead: optional { $0.below(2) == 0 }, died: optional { $0.date() }, sheet: source())
    }

    mutating func held() -> HeldSheet {
        HeldSheet(
            details: details(), householdCode: optional { $0.text() }, relation: relation(),
            father: optional { $0.reference() }, mother: optional { $0.reference() },
            spouse: optional { $0.reference() }, permanent: optional { $0.address() } ?? nil,
            current: optional { $0.address() } ?? nil, number: optional { $0.text() },
            birthYear: optional { 1_900 + $0.below(120) }, sheet: source())
    }

    mutating func formation() -> HouseholdFormation {
        HouseholdFormation(
            household: number(), handle: handle(), splitFrom: optional { $0.number() },
            address: optional { $0.address() } ?? nil, code: optional { $0.text() }, head: optional { $0.number() },
            members: list { HouseholdMember(person: $0.number(), relation: $0.relation()) })
    }

    // MARK: States

    private mutating func residence() -> PersonState.Residence? {
        guard let address = address() else { return nil }
        return PersonState.Residence(address: address, since: optional { $0.date() }, until: optional { $0.date() })
    }

    mutating func person() -> PersonState {
        var state = PersonState(person: number(), version: number())
        state.details = details()
        state.life = .init(status: one(of: [.living, .missing, .dead]), since: optional { $0.date() })
        state.permanentResidence = optional { $0.residence() } ?? nil
        state.temporaryResidence = optional { $0.residence() } ?? nil
        state.currentResidence = optional { $0.residence() } ?? nil
        state.stay = optional { $0.residence() } ?? nil
        state.absence = optional { draw in
            .init(reason: draw.text(), since: draw.optional { $0.date() }, until: draw.optional { $0.date() })
        }
        state.household = optional { draw in
            .init(household: draw.number(), relation: draw.relation(), since: draw.optional { $0.date() })
        }
        state.father = optional { $0.reference() }
        state.mother = optional { $0.reference() }
        state.spouse = optional { $0.reference() }
        state.recognisedParents = optional { draw in draw.list { $0.reference() } }
        state.adoptiveParents = list { $0.reference() }
        state.children = list { $0.reference() }
        state.guardian = optional { $0.reference() }
        state.wards = list { $0.reference() }
        state.number = optional { $0.text() }
        state.cancelledNumbers = list { .init(number: $0.text(), ground: $0.one(of: CancellationGround.allCases)) }
        state.mergedInto = optional { $0.number() }
        state.mergedFrom = list { $0.number() }
        state.setAside = optional { $0.text() }
        state.contradictions = optional { draw in
            draw.list { .init(act: $0.number(), rule: $0.text(), notedBy: $0.number()) }
        }
        state.sheet = optional { $0.number() }
        state.verification = optional { draw in
            Verification(
                fields: PersonFieldSet(rawValue: UInt32(draw.below(1 << 28))), last: draw.optional { $0.date() })
        }
        return state
    }

    mutating func household() -> HouseholdState {
        var state = HouseholdState(household: number(), version: number())
        state.code = optional { $0.text() }
        state.address = optional { $0.address() } ?? nil
        state.head = optional { $0.number() }
        state.members = list { draw in
            .init(person: draw.number(), relation: draw.relation(), since: draw.optional { $0.date() })
        }
        state.splitFrom = optional { $0.number() }
        state.undone = optional { _ in true }
        return state
    }
}
