import Chip
import Civil
import Ledger
import Population
import Testing

@testable import Cards

private func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? CalendarDate(daysSinceEpoch: 0) }
private func birth(_ text: String) -> PartialDate { PartialDate(canonical: text) ?? PartialDate(day("")) }

@Suite("The rules of cards by date")
struct CardRuleTests {
    @Test(
        "a card holds until the next milestone, of the last two years before one until the one after",
        arguments: [
            // Luật 26/2023: 14, 25, 40, 60.
            ("2018-02-01", "2026-11-30", "2032-02-01"), ("2012-12-15", "2026-11-30", "2037-12-15"),
            ("2000-05-12", "2026-11-30", "2040-05-12"), ("1988-05-12", "2026-05-12", "2048-05-12"),
            ("1988-05-13", "2026-05-12", "2028-05-13"), ("1965-01-01", "2026-11-30", nil),
            ("2000-02-29", "2026-11-30", "2040-02-29"), ("2001-02-28", "2026-11-30", "2041-02-28"),
            ("1999", "2026-11-30", "2039-12-31"),
            // Luật 59/2014: 25, 40, 60.
            ("2006-05-12", "2021-03-01", "2031-05-12"), ("1996-02-29", "2020-03-01", "2036-02-29"),
        ])
    func expiry(born: String, issued: String, expires: String?) {
        #expect(CardRules.expiry(born: birth(born), issued: day(issued))?.description == expires)
    }

    @Test(
        "what each age needs",
        arguments: [(0, true, false), (5, true, false), (6, true, true), (13, true, true), (14, false, true)])
    func needs(age: Int, representative: Bool, biometrics: Bool) {
        let needs = CardRules.needs(age: age)
        #expect(needs.representative == representative && needs.biometrics == biometrics)
        #expect(needs.presence == biometrics)
    }

    @Test("ages change on the birthday, and of a partial birth on its last possible day")
    func ages() {
        #expect(CardRules.age(born: birth("2012-11-30"), on: day("2026-11-29")) == 13)
        #expect(CardRules.age(born: birth("2012-11-30"), on: day("2026-11-30")) == 14)
        #expect(CardRules.age(born: birth("2012"), on: day("2026-12-30")) == 13)
        #expect(CardRules.age(born: birth("2012"), on: day("2026-12-31")) == 14)
    }

    @Test("seven working days since the law of 2023; none that is known before")
    func due() {
        #expect(CardRules.due(submitted: day("2026-11-30")) == day("2026-12-09"))
        #expect(CardRules.due(submitted: day("2026-11-27")) == day("2026-12-08"))
        #expect(CardRules.due(submitted: day("2021-03-01")) == nil)
    }

    private func applicant(
        _ born: String?, person: Int64 = 1, _ change: (inout PersonState) -> Void = { _ in }
    ) -> Applicant {
        var state = PersonState(person: person, version: 3)
        state.number = "005080100000"
        state.details.name = "Nguyễn Văn An"
        state.details.birth = born.map(birth)
        state.details.sex = .male
        state.details.nationality = Nationality.vietnam
        state.permanentResidence = .init(address: Address(unit: nil, detail: "", written: "Số 8, Hà Nội"), since: nil)
        change(&state)
        return Applicant(state)
    }

    private func decide(
        _ ground: CardGround, _ applicant: Applicant, _ representative: Applicant? = nil,
        _ cards: KnownCards = KnownCards(), on text: String = "2026-11-30"
    ) throws(ApplicationRefusal) -> Int {
        let fee = try CardRules.decide(
            CardRequest(ground: ground, pickup: "xa"), of: applicant, representative: representative, cards: cards,
            on: day(text))
        return fee?.amount ?? 0
    }

    @Test("an application is decided by the record, the age, the ground and the day")
    func decides() throws {
        let adult = applicant("1980-05-12")
        #expect(try decide(.first, adult) == 0)
        #expect(try decide(.lost, adult) == 70_000)
        #expect(throws: ApplicationRefusal.hasCard) {
            try decide(.first, adult, nil, KnownCards(hasCard: true))
        }
        #expect(throws: ApplicationRefusal.groundNotInForce(.boundary)) {
            try decide(.boundary, adult, on: "2021-03-01")
        }
        #expect(throws: ApplicationRefusal.groundNotInForce(.first)) { try decide(.first, adult, on: "2015-12-31") }
        let held = KnownCards(hasCard: true, held: .init(expires: day("2040-05-12")))
        #expect(throws: ApplicationRefusal.milestoneNotNear) { try decide(.milestone, adult, nil, held) }
        let near = KnownCards(hasCard: true, held: .init(expires: day("2028-05-12")))
        #expect(try decide(.milestone, adult, nil, near) == 0)
        let endless = KnownCards(hasCard: true, held: .init(expires: nil))
        #expect(throws: ApplicationRefusal.milestoneNotNear) { try decide(.milestone, adult, nil, endless) }
    }

    @Test("children have a representative who is of age, and had no card under the law of 2014")
    func children() throws {
        let child = applicant("2018-02-01")
        #expect(throws: ApplicationRefusal.representativeNeeded) { try decide(.first, child) }
        for unfit in [
            applicant("2010-02-01", person: 2), child, applicant("1980-01-01", person: 2) { $0.life.status = .dead },
        ] {
            #expect(throws: ApplicationRefusal.representativeUnfit) { try decide(.first, child, unfit) }
        }
        #expect(try decide(.first, child, applicant("1980-01-01", person: 2)) == 0)
        #expect(throws: ApplicationRefusal.tooYoung(14)) {
            try decide(.first, applicant("2010-02-01"), applicant("1980-01-01", person: 2), on: "2021-03-01")
        }
    }

    @Test("a record that is missing or wrong is an obstacle with its own sentence")
    func obstacles() {
        let obstacles: [(ApplicationRefusal, Applicant)] = [
            (.personDead, applicant("1980") { $0.life.status = .dead }),
            (.personMissing, applicant("1980") { $0.life.status = .missing }),
            (.recordSetAside, applicant("1980") { $0.setAside = "trùng" }),
            (.recordMerged, applicant("1980") { $0.mergedInto = 4 }),
            (.recordIncomplete(.number), applicant("1980") { $0.number = nil }),
            (.recordIncomplete(.name), applicant("1980") { $0.details.name = nil }),
            (.recordIncomplete(.birth), applicant(nil)),
            (.recordIncomplete(.sex), applicant("1980") { $0.details.sex = nil }),
            (.recordIncomplete(.residence), applicant("1980") { $0.permanentResidence = nil }),
            (.notVietnamese, applicant("1980") { $0.details.nationality = Coded(list: "x", code: "LAO") }),
        ]
        for (refusal, applicant) in obstacles { #expect(applicant.obstacle == refusal) }
        #expect(Set(obstacles.map(\.0.sentence)).count == obstacles.count)
        #expect(applicant("1980").obstacle == nil)
    }

    @Test(
        "odd names and dates are ordered, and what no machine could print is refused before a blank is touched",
        arguments: [
            ("Nguyễn Văn An", "1980-05-12", true), ("H'Hen Niê", "1992-02-29", true), ("Siu", "1999", true),
            ("Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Thị Quỳnh Phương Thảo Nguyên", "2000-02-29", true),
            ("Y Thông", "1950-03", true), ("李小龍", "1980-05-12", false),
        ])
    func odd(name: String, born: String, isFit: Bool) throws {
        var state = PersonState(person: 1, version: 1)
        state.number = "005080100000"
        state.details.name = name
        state.details.birth = birth(born)
        state.details.sex = .female
        let units = UnitDirectory()
        guard isFit else {
            #expect(throws: ProductionRefusal.contentUnfit) {
                _ = try OrderContent(state, issued: day("2026-11-30"), portrait: nil, units: units)
            }
            return
        }
        let content = try OrderContent(state, issued: day("2026-11-30"), portrait: nil, units: units)
        let printed = try Personalisation.printed(content)
        #expect(printed.zone.count == 3 && printed.zone.allSatisfy { $0.utf8.count == 30 })
        #expect(printed.code.contains(name) && printed.code.hasPrefix("005080100000||"))
        #expect(try OrderContent(bytes: try content.bytes()) == content)
        #expect(content.design == .identityCard2024)
    }

    @Test("what is captured is checked by age")
    func captures() throws {
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]
        let face = try #require(Capture.specimen(for: 1))
        try Capture.withoutFingers(.amputated, portrait: face).check(age: 30)
        let hands = Capture.specimenFingers(for: 3)
        try Capture(portrait: face, fingers: hands).check(age: 6)
        try Capture().check(age: 5)
        #expect(throws: ApplicationRefusal.nothingIsTaken) { try Capture(portrait: face).check(age: 5) }
        #expect(throws: ApplicationRefusal.portraitNeeded) { try Capture().check(age: 6) }
        #expect(throws: ApplicationRefusal.fingersIncomplete) {
            try Capture(portrait: face, fingers: hands.filter { $0.key != .leftThumb }).check(age: 30)
        }
        #expect(throws: ApplicationRefusal.nothingIsTaken) { try Capture(fingers: hands).check(age: 5) }
        var wrong = hands
        wrong[.rightIndex] = .taken(
            FingerPrint(finger: .rightIndex, form: .png, width: 1, height: 1, content: [1], isSpecimen: true))
        #expect(throws: ApplicationRefusal.fingerUnfit(.rightIndex, .unreadable)) {
            try Capture(portrait: face, fingers: wrong).check(age: 30)
        }
        for (image, width) in [([1, 2, 3], 300), (jpeg, 10), (jpeg + [UInt8](repeating: 0, count: 70_000), 300)] {
            let portrait = Capture.Portrait(image: image, width: width, height: 400, isSpecimen: false)
            #expect(throws: ApplicationRefusal.portraitUnreadable) {
                try Capture.withoutFingers(.amputated, portrait: portrait).check(age: 30)
            }
        }
    }

    @Test("serials are parsed or refused, and ranges written short")
    func serials() throws {
        #expect(BlankSerial(canonical: "AA00000001")?.number == 1)
        for text in ["", "AA0000001", "aa00000001", "AA00000000", "A100000001", "AA0000000x", "AA+0000001"] {
            #expect(BlankSerial(canonical: text) == nil, "\(text)")
        }
        let serials = [1, 2, 3, 7, 9, 8].compactMap { BlankSerial(prefix: "AA", number: $0) }
        #expect(SerialRanges.texts(serials) == ["AA00000001-AA00000003", "AA00000007-AA00000009"])
    }

    @Test("the flow forecasts by capacity and pace, and warns before the time of the law is over")
    func flow() throws {
        func balance(_ waits: Int, due: String, capacity: Int = 10) -> FlowBalance {
            var making = FlowCount()
            making.came = waits
            making.waits = waits
            making.firstDue = day(due)
            return FlowBalance([.making: making], capacity: capacity, on: day("2026-11-30"))
        }
        let line = try #require(balance(25, due: "2026-12-09").lines.first { $0.stage == .making })
        #expect(line.forecast == 3 && line.perDay == 10 && line.isBalanced && !line.alarm)
        #expect(balance(25, due: "2026-12-02").hasAlarm)
        #expect(!balance(25, due: "2026-12-03").hasAlarm)
        #expect(balance(100, due: "2026-12-09").hasAlarm)
        #expect(!balance(0, due: "2020-01-01").hasAlarm)
    }

    @Test("a stage from which nothing goes on is an alarm long before the time of the law is over")
    func standsStill() throws {
        func line(_ stage: FlowStage, since: String, lately: Int = 0, capacity: Int = 10) throws -> FlowBalance.Line {
            var count = FlowCount()
            count.came = 5 + lately
            count.waits = 5
            count.went = lately
            count.wentLately = lately
            count.oldest = Instant(startOf: day(since))
            count.firstDue = day("2026-12-30")
            let balance = FlowBalance([stage: count], capacity: capacity, on: day("2026-11-30"))
            return try #require(balance.lines.first { $0.stage == stage })
        }
        // 30 November is a Monday.
        #expect(try line(.deciding, since: "2026-11-26").isStill && line(.deciding, since: "2026-11-26").alarm)
        #expect(try !line(.deciding, since: "2026-11-27").isStill, "Friday is one working day ago")
        #expect(try !line(.deciding, since: "2026-11-02", lately: 1).isStill)
        #expect(try line(.transit, since: "2026-11-20").alarm)
        #expect(try !line(.taking, since: "2026-11-02").alarm, "an applicant may take their time")
        #expect(try line(.making, since: "2026-11-30", capacity: 0).isStill, "every site has stopped")
        #expect(try line(.deciding, since: "2026-11-30").forecast == nil)
    }

    @Test("every refusal has a code of its own and sentences in both languages")
    func refusals() {
        let applications: [ApplicationRefusal] = [
            .unknown, .anotherIsOpen, .personDead, .personMissing, .recordSetAside, .recordMerged,
            .recordIncomplete(.name), .notVietnamese, .tooYoung(14), .groundNotInForce(.wish), .hasCard,
            .milestoneNotNear, .representativeNeeded, .representativeUnfit, .nothingIsTaken, .portraitNeeded,
            .portraitUnreadable, .portraitUnfit(.blurred), .fingersIncomplete, .reasonNeeded,
            .notNow(.approve, .opened), .ownApplication,
            .recordChanged, .noTariff,
            .candidatesUndecided(2), .searchFailed,
        ]
        let production: [ProductionRefusal] = [
            .cardUnknown, .cardNotNow(.pack, .waiting), .batchUnknown, .batchNotNow(.close, .open), .siteUnknown,
            .siteMalformed, .siteTaken, .nothingWaits, .tooManyCards, .noBlank, .nothingToMake, .jobUnknown,
            .jobIsOver(.finished), .mustBeReconciled, .outcomesUnknown(1), .differenceNotZero(1), .cardsNotDone(1),
            .holderStopped, .parcelUnknown, .parcelNotNow, .parcelDiffers, .nothingToPack, .cardNotInParcel,
            .contentUnfit,
            .picturesTooLarge, .chipKnown, .chipFilesNotKept, .exportsNothing, .readingIncomplete,
            .authoritiesUnknown,
        ]
        let blanks: [BlankRefusal] = [
            .unknown, .serialMalformed, .countOutOfRange, .receivedBefore, .notNow(.issue, .good), .notEnough(0),
            .secondPersonNeeded, .reasonNeeded, .atMachine,
        ]
        let lives: [CardLifeRefusal] = [
            .notNow(.hold, .made), .identityNotChecked, .oldCardMissing, .notThisOffice, .notDueYet, .seriesUnknown,
            .seriesSuspended, .seriesNotSuspended, .holderNotLiving, .reasonNeeded,
        ]
        var refusals: [any ExplainedRefusal] = applications
        refusals += production as [any ExplainedRefusal]
        refusals += blanks as [any ExplainedRefusal]
        refusals += lives as [any ExplainedRefusal]
        #expect(Set(refusals.map(\.code)).count == refusals.count)
        for refusal in refusals {
            #expect(refusal.code.allSatisfy { $0.isLowercase || $0 == "_" }, "\(refusal.code)")
            #expect(refusal.sentence.vietnamese.hasSuffix(".") && refusal.sentence.english.hasSuffix("."))
        }
    }
}
