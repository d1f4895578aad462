import Civil
import Ledger

@testable import Access
@testable import Cards
@testable import Population
@testable import Web

/// One page of every kind, as full as it can be, and the same kinds empty.
extension ConsoleSamples {
    func frame(
        _ title: String, _ language: PageLanguage, section: ConsoleSection? = nil, signedIn: Bool = true,
        failed: Bool = false, inFile: Bool = true, purpose: String? = nil
    ) -> PageFrame {
        PageFrame(
            title: title + evil, language: language, today: ConsoleSamples.today, csrf: "csrf-token\(evil)",
            path: "/work\(evil)", demonstration: true,
            officer: signedIn
                ? .init(
                    account: "cb-017\(evil)", role: language.of(Role.communeOfficer.title),
                    office: "Công an phường Hồng Hà\(evil)", hasOtherRoles: !inFile) : nil,
            dossier: signedIn && inFile
                ? .init(
                    code: "H01.2026-000123\(evil)", procedure: "Đăng ký tạm trú\(evil)",
                    path: "/files/H01.2026-000123\(evil)") : nil, purpose: purpose.map { $0 + evil }, section: section,
            waiting: [.queues: 14],
            searched: "dang thi an\(evil)", failed: failed)
    }

    func pages(_ language: PageLanguage = .vietnamese) -> [(name: String, page: any ConsolePage)] {
        entrance(language) + sessions(language) + searches(language) + people(language) + forms(language)
            + outcomes(language) + approvals(language) + guides(language) + quality(language) + batches(language)
            + alarms(language)
            + administration(language) + audit(language) + dossiers(language) + seals(language)
            + exports(language)
            + emergencies(language) + duplicates(language) + cards(language)
    }

    private func entrance(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let queues = [
            QueuesPage.Queue(
                title: Sentence("Phiếu chờ xem xét", "Held sheets"),
                what: Sentence("Dòng thu thập cần người quyết định", "Rows that need a decision"), path: "/held",
                count: 12, oldestDue: CalendarDate(year: 2026, month: 2, day: 27)),
            QueuesPage.Queue(
                title: Sentence("Chờ tôi phê duyệt", "Waiting for my approval"),
                what: Sentence("Việc cần người thứ hai", "What needs a second person"), path: "/approvals", count: 2,
                oldestDue: CalendarDate(year: 2026, month: 3, day: 4)),
            QueuesPage.Queue(
                title: Sentence("Trả lại cho tôi", "Returned to me"),
                what: Sentence("Việc phải làm lại", "What must be done again"), path: "/returned", count: 0),
        ]
        return [
            (
                "sign-in",
                SignInPage(
                    frame: frame(language.of("Đăng nhập", "Sign in"), language, signedIn: false),
                    account: "cb-017\(evil)",
                    problem: Sentence(
                        "Tên, mật khẩu hoặc mã không đúng: ghi lại cả ba.", "Account, password or code is wrong: again."
                    ),
                    demonstration: [
                        ("cb-017\(evil)", .communeOfficer, "Công an phường Hồng Hà\(evil)"),
                        ("pd-001", .approver, "Công an phường Hồng Hà"),
                        ("kt-001", .provinceAuditor, "Công an thành phố Hà Nội"),
                    ], next: "/work\(evil)", party: .local(port: 8_080))
            ),
            (
                "enrol",
                EnrolPage(
                    frame: frame(
                        language.of("Đặt cách đăng nhập", "Set up how you sign in"), language, signedIn: false),
                    offer: EnrolmentOffer(
                        officer: Officer(
                            id: 1, account: "cb-017\(evil)", name: "Cán bộ mẫu", person: nil, language: .vietnamese,
                            disabled: nil),
                        codeSecret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                        codeAddress: "otpauth://totp/Dan%20cu:cb-017?secret=JBSWY3DPEHPK3PXP"),
                    token: "x\(evil)",
                    problem: Sentence("Mật khẩu có ít nhất 12 ký tự.", "A password has at least 12 characters."),
                    party: .local(port: 8_080))
            ),
            (
                "queues",
                QueuesPage(
                    frame: frame(language.of("Việc của tôi", "My work"), language, section: .queues), queues: queues,
                    today: ConsoleSamples.today,
                    drafts: [
                        QueuesPage.Draft(
                            title: language.of(GuidedForm.birth.title), about: "Nguyễn An\(evil)",
                            href: GuidedForm.birth.path(for: ConsoleSamples.handle(1).text), saved: "27/02/2026 09:12")
                    ], fromRegister: 1_840, typed: 310)
            ),
            (
                "queues-nothing",
                QueuesPage(
                    frame: frame(language.of("Việc của tôi", "My work"), language, section: .queues),
                    queues: [queues[2]], today: ConsoleSamples.today)
            ),
        ]
    }

    /// What is sensitive is masked and so is not in the record.
    var masked: PersonAnswer {
        answer(masked: .sensitive) { state in
            state.details.religion = nil
            state.details.ethnicity = nil
        }
    }

    /// A history of which one content is gone by a rule of retention.
    private var partlyRemoved: HistoryAnswer {
        let history = history
        return HistoryAnswer(
            handle: history.handle,
            entries: history.entries.map {
                HistoryEntry(act: $0.act, version: $0.version, content: $0.version == 5 ? nil : $0.content)
            }, allowance: ConsoleSamples.allowance(), persons: history.persons, households: [:],
            provisional: history.provisional, receipt: 45)
    }

    private func searches(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of("Kết quả tìm", "Found"), language, section: .people)
        return [
            (
                "search",
                SearchPage(
                    frame: frame, typed: "dang thi an\(evil)", understood: Sentence("hiểu là họ tên", "read as a name"),
                    answer: searchAnswer, units: units)
            ),
            (
                "search-nobody",
                SearchPage(
                    frame: frame, typed: "xyz\(evil)", answer: SearchAnswer(results: [], next: nil, receipt: 46),
                    sheets: true, units: units)
            ),
            (
                "search-purpose",
                SearchPage(
                    frame: frame, typed: "dang thi an\(evil)", answer: nil,
                    problem: AccessRefusal.purposeNeeded.sentence, asksPurpose: true, sheets: true, units: units)
            ),
            (
                "search-problem",
                SearchPage(
                    frame: frame, typed: "a", answer: nil, problem: SearchRefusal.nameTooShort.sentence, units: units)
            ),
        ]
    }

    private func people(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let subject = subject
        let past = AsOf(
            effectiveAt: CalendarDate(year: 2025, month: 9, day: 1), knownAt: ConsoleSamples.at("2025-12-31"))
        return [
            (
                "person",
                PersonPage(
                    frame: self.frame("Đặng Thị An", language, section: .people), answer: masked, history: history,
                    household: householdAnswer, names: [2: "Lò Văn Bình\(evil)", 3: "Lò Thị Chi\(evil)"],
                    forms: GuidedForm.allCases.filter { $0.isOffered(for: subject) }, audits: true, opensFile: true,
                    cards: PersonCards(applications: [application(.refused)], cards: [card(.handedOver, .active)]),
                    appliesForCard: true, files: openFiles, units: units)
            ),
            (
                "person-past",
                PersonPage(
                    frame: self.frame("Đặng Thị An", language, section: .people),
                    answer: answer(withheld: FieldGroups(groups: [.contact, .biometrics])) { state in
                        state.number = nil
                        state.cancelledNumbers = [
                            PersonState.CancelledNumber(number: "003190000222", ground: .entryError)
                        ]
                        state.setAside = "chờ xem xét"
                        state.contradictions = [.init(act: 7, rule: Refusal.alreadyMarried.code, notedBy: 8)]
                        state.verification = nil
                        state.household = nil
                        state.father = nil
                        state.spouse = nil
                    }, history: partlyRemoved, asOf: past, isSealed: true,
                    cards: PersonCards(applications: [], cards: []), units: units)
            ),
            (
                "household",
                HouseholdPage(
                    frame: self.frame(language.of("Hộ gia đình", "Household"), language, section: .people),
                    answer: householdAnswer, forms: [.householdSplit, .headChange], units: units)
            ),
            (
                "household-empty",
                HouseholdPage(
                    frame: self.frame(language.of("Hộ gia đình", "Household"), language, section: .people),
                    answer: HouseholdAnswer(
                        state: HouseholdState(household: 12), handle: ConsoleSamples.handle(9).text, members: [],
                        hidden: 0,
                        receipt: 47), units: units)
            ),
        ] + dwellings(language) + arrival(language)
    }

    private func arrival(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        [
            (
                "people",
                PeoplePage(frame: self.frame("Người dân", language, section: .people), units: units)
            ),
            (
                "people-no-file",
                PeoplePage(
                    frame: self.frame("Người dân", language, section: .people, inFile: false), units: units)
            ),
            (
                "people-purpose",
                PeoplePage(
                    frame: self.frame(
                        "Người dân", language, section: .people, inFile: false, purpose: "trả lời tòa án"), units: units
                )
            ),
            (
                "search-detailed",
                SearchPage(
                    frame: self.frame("Kết quả", language, section: .people), typed: "an, 1987\(evil)",
                    query: "an\(evil)",
                    answer: searchAnswer, carried: [Form.Hidden(name: "born", value: "1987\(evil)")], units: units)
            ),
            (
                "person-elsewhere",
                PersonPage(
                    frame: self.frame("Đặng Thị An", language, section: .people),
                    answer: answer(withheld: .sensitive) { $0.contradictions = nil }, history: nil,
                    household: householdAnswer, forms: GuidedForm.allCases.filter(\.bringsSomebody), opensFile: true,
                    elsewhere: ExactNaming(typed: "003190000111 Đặng Thị An\(evil) 1990", purpose: "đăng ký\(evil)"),
                    units: units)
            ),
        ]
    }

    private func dwellings(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        [
            (
                "dwelling",
                DwellingPage(
                    frame: self.frame(language.of("Chỗ ở", "Dwelling"), language, section: .people),
                    answer: dwellingAnswer, units: units)
            ),
            (
                "dwelling-empty",
                DwellingPage(
                    frame: self.frame(language.of("Chỗ ở", "Dwelling"), language, section: .people),
                    answer: DwellingAnswer(
                        address: dwellingAnswer.address, households: [], residents: [], hidden: 0, isCut: false,
                        receipt: 49), units: units)
            ),
        ]
    }

    /// Two households, one without a head who may be shown; somebody who stays for a time; and who has gone.
    private var dwellingAnswer: DwellingAnswer {
        func day(_ days: Int) -> CalendarDate { ConsoleSamples.today.advanced(byDays: -days) }
        let member = householdAnswer.members[0]
        return DwellingAnswer(
            address: Address(
                unit: householdAnswer.state.address?.unit, detail: "Số 8\(evil)", written: "Số 8\(evil), Phúc Xá"),
            households: [
                .init(
                    handle: householdAnswer.handle, since: day(900), until: nil, isThere: true,
                    members: householdAnswer.members),
                .init(handle: ConsoleSamples.handle(9).text, since: day(30), until: nil, isThere: true, members: []),
                .init(
                    handle: ConsoleSamples.handle(8).text, since: day(2_000), until: day(950), isThere: false,
                    members: []),
            ],
            residents: [
                .init(
                    handle: member.handle, person: member.person, kind: .temporary, since: day(20), until: nil,
                    isThere: true),
                .init(
                    handle: member.handle, person: member.person, kind: .permanent, since: day(800), until: day(700),
                    isThere: false),
            ], hidden: 2, isCut: true, receipt: 48)
    }

    private func forms(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let subject = subject
        var pages: [(name: String, page: any ConsolePage)] = GuidedForm.allCases.map { form in
            (
                "form-\(form.rawValue)",
                GuidedPage(
                    frame: frame(language.of(form.title), language, section: .people), form: form, subject: subject)
            )
        }
        pages.append(
            (
                "form-draft",
                GuidedPage(
                    frame: frame(language.of(GuidedForm.absence.title), language, section: .people), form: .absence,
                    subject: subject, input: FormInput(["reason": "đi học\(evil)"]),
                    draft: ConsoleSamples.at("2026-02-27T02:12:00Z"))
            ))
        pages += sheets(language)
        let wrong = FormInput([
            "effective-day": "31\(evil)", "effective-month": "2", "effective-year": "2026", "until-year": "26",
            "address-other": "đâu đó\(evil)", "address-detail": "Số 1\(evil)", "reason": evil,
        ])
        for form in [GuidedForm.temporaryResidence, .birth, .householdSplit, .correction, .absence] {
            pages.append(
                (
                    "form-\(form.rawValue)-wrong",
                    GuidedPage(
                        frame: frame(language.of(form.title), language, section: .people, failed: true), form: form,
                        subject: subject, input: wrong, errors: form.read(wrong, for: subject, in: language).errors)
                ))
        }
        let input = ConsoleSamples.corrected(subject, evil)
        pages.append(
            (
                "check",
                CheckPage(
                    frame: frame(language.of("Kiểm tra", "Check"), language, section: .people), form: .correction,
                    subject: subject, input: input,
                    reading: GuidedForm.correction.read(input, for: subject, in: language),
                    key: "7d2f", version: 5, approver: Sentence("Người phê duyệt của phường", "The ward's approver"))
            ))
        let death = ConsoleSamples.death(evil)
        pages.append(
            (
                "check-death",
                CheckPage(
                    frame: frame(language.of("Kiểm tra", "Check"), language, section: .people), form: .death,
                    subject: subject, input: death, reading: GuidedForm.death.read(death, for: subject, in: language),
                    key: "7d30", version: 5)
            ))
        return pages
    }

    private func sheets(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        var pages: [(name: String, page: any ConsolePage)] = []
        let sheet = FormInput(["ho_ten": "Lò Thị Thử\(evil)", "gioi_tinh": "Nữ"])
        pages.append(
            (
                "sheet",
                SheetPage(
                    frame: frame(language.of(SheetPage.title), language, section: .people), key: "7d2f", input: sheet,
                    errors: [FieldError(field: "ngay_sinh", text: language.of("Thiếu ngày sinh.", "Missing."))],
                    draft: "27/02/2026 09:12", units: units)
            ))
        let checked = held([SheetFinding(.missingDateOfBirth, field: .birth), SheetFinding(.yearOnly)], isForm: true)
        for (name, reading, alike) in [("sheet-check", checked.sheet, alike), ("sheet-check-plain", nil, [])] {
            var reading = reading ?? checked.sheet
            if alike.isEmpty { reading.sheet.findings = [] }
            pages.append(
                (
                    name,
                    SheetCheckPage(
                        frame: frame(language.of(SheetPage.title), language, section: .people), key: "7d2f",
                        input: sheet, reading: reading, alike: alike, isAskedAgain: !alike.isEmpty, units: units)
                ))
        }
        return pages
    }

    private func outcomes(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let words = ValueWords(language, units: units)
        let identity = IdentityBar(handle: answer.handle, state: state, words: words)
        func slip(isNew: Bool) -> SlipPage? {
            let facts = PersonFacts(words: words, names: [:], persons: history.persons, households: history.households)
            guard let entry = Timeline(history, of: state.person, facts: facts).entries.first else { return nil }
            return SlipPage(
                frame: frame(language.of(SlipPage.title), language, section: .people), identity: identity,
                entry: entry, office: "Công an Phường Phúc Xá\(evil)", dossier: openFiles.first, isNew: isNew)
        }
        let error = frame(language.of("Lỗi", "Error"), language)
        let slips = [("slip", true), ("slip-again", false)].compactMap { name, isNew in
            slip(isNew: isNew).map { (name: name, page: $0 as any ConsolePage) }
        }
        return slips + [
            (
                "purpose",
                PurposePage(
                    frame: frame(language.of(PurposePage.title), language), back: "/persons/x\(evil)", files: true,
                    problem: WebRefusal.purposeMalformed.sentence)
            ),
            (
                "error",
                ErrorPage(
                    frame: error, status: 409,
                    sentence: Sentence("Hồ sơ vừa được người khác ghi.", "Somebody else has recorded just now."),
                    legalBasis: "Luật 26/2023/QH15", incident: "K7Q2-88\(evil)", again: "/persons/x\(evil)")
            ),
            (
                "empty",
                EmptyPage(
                    frame: error, heading: Sentence("Chưa có lô phiếu nào", "No batches yet"),
                    sentence: Sentence(
                        "Tải lên tệp CSV của xã để bắt đầu.\(evil)", "Upload the commune's CSV to begin.\(evil)"),
                    action: (Sentence("Tải lên một lô", "Upload a batch"), "/batches/new"))
            ),
        ]
    }

    static func corrected(_ subject: FormSubject, _ evil: String = "") -> FormInput {
        var input = FormInput(
            GuidedForm.correction.groups(for: subject).flatMap(\.fields).reduce(into: [:]) {
                $0.merge($1.known) { first, _ in first }
            })
        input["birth-day"] = "18"
        input["phone"] = "0900000002\(evil)"
        input["ground"] = "Giấy khai sinh số 12/1990\(evil)"
        return input
    }

    static func death(_ evil: String = "") -> FormInput {
        FormInput([
            "csrf": "secret", "step": "check", "effective-day": "", "effective-month": "2", "effective-year": "２０２６",
            "document-number": "12/2026\(evil)", "document-office": "UBND phường Hồng Hà\(evil)",
            "document-date-day": "1", "document-date-month": "3", "document-date-year": "2026",
            "note": "tại nhà\(evil)",
        ])
    }
}
