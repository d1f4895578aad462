import Access
import Cards
import Civil
import Ledger
import Population

/// Trang công dân: the identity bar, every field with its source, residences, family, numbers and the timeline.
package struct PersonPage: ConsolePage {
    package static let template = "person"

    /// Hồ sơ đang mở.
    struct OpenFile: Equatable, Sendable {
        let code: String
        let href: String
        let procedure: String
        let due: String?
        /// The session works in it.
        let isChosen: Bool
    }

    /// One field: its value, where it comes from and whether a source has verified it.
    struct Row: Equatable, Sendable {
        let key: String
        let label: String
        let value: String?
        /// Sensitive: shown, or said not to be there, when somebody asks for it.
        let masked: Bool
        /// The role is not shown it.
        let withheld: Bool
        let source: String?
        /// Nobody stated it.
        let missing: Bool
        let verified: Bool
        let unverified: Bool
    }

    struct Relative: Equatable, Sendable {
        let relation: String
        let name: String
        let href: String?
        let number: String?
    }

    struct NumberLine: Equatable, Sendable {
        let number: String
        let standing: String
        let cancelled: Bool
    }

    struct HouseholdPart: Equatable, Sendable {
        let href: String
        let relation: String?
        let address: String?
        let members: [HouseholdTree.Member]
    }

    struct FormLink: Equatable, Sendable {
        let href: String
        let title: String
    }

    struct CardLine: Equatable, Sendable {
        let href: String
        let title: String
        let badge: IdentityBar.Badge
        let about: String
    }

    /// What a verified source says against the record, and what to do.
    struct Contradiction: Equatable, Sendable {
        let rule: String
    }

    /// Somebody of another place: other pages about them, and about theirs, are not opened from here.
    struct Elsewhere: Equatable, Sendable {
        let hidden: [Form.Hidden]
    }

    /// The two dates of the question, as the control shows them.
    struct AsOfControl: Equatable, Sendable {
        let effective: String
        let known: String
        /// Set when the page does not show the latest state.
        let past: String?
        /// What keeps the two dates in an address of the page; empty for the latest state.
        let query: String
    }

    package let frame: PageFrame
    let identity: IdentityBar
    let path: String
    let hasContradictions: Bool
    /// Where the civil-status book and the register contradict each other, and what to do.
    let contradictions: [Contradiction]
    let details: [Row]
    let residences: [Row]
    let hasRelatives: Bool
    let relatives: [Relative]
    let household: HouseholdPart?
    let hasNumbers: Bool
    let numbers: [NumberLine]
    let timeline: Timeline?
    /// Nil where the role is not told of documents.
    let documents: PersonDocuments?
    /// Open files of the office for this person.
    let files: [OpenFile]
    let hasFiles: Bool
    /// Whether the role is told of cards at all.
    let tellsCards: Bool
    let hasCards: Bool
    let cards: [CardLine]
    /// Where a card is applied for; nil for who may not, or while an application is under way.
    let applyForCard: String?
    let hasForms: Bool
    let forms: [FormLink]
    /// What the forms carry on about somebody of another place; nil for people of one's own places.
    let elsewhere: Elsewhere?
    let asOf: AsOfControl
    /// Where a file for this person is opened; nil for who opens none.
    let newFile: String?
    /// The groups of fields that the role is not shown, by name.
    let withheld: String?
    let receipt: String
    /// Where an auditor reads who looked at this person.
    let audit: String?

    /// - Parameters:
    ///   - masked: rows that are masked besides those of the answer's own masked groups.
    ///   - opensFile: whether the officer may open a file for the person.
    ///   - cards: the person's cards and applications; nil where the role is not told of them.
    ///   - appliesForCard: whether the officer may take an application.
    ///   - elsewhere: how somebody of another place was named; nil for people of one's own places.
    package init(
        frame: PageFrame, answer: PersonAnswer, history: HistoryAnswer?, household: HouseholdAnswer? = nil,
        names: [Int64: String] = [:], asOf: AsOf = AsOf(), forms: [GuidedForm] = [], masked: Set<String> = [],
        isSealed: Bool = false, audits: Bool = false, opensFile: Bool = false, cards: PersonCards? = nil,
        appliesForCard: Bool = false, elsewhere: ExactNaming? = nil, files: [Dossier] = [], units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let state = answer.state
        let facts = PersonFacts(
            words: words, names: names, persons: answer.persons, households: answer.households)
        let allowance = answer.allowance
        let history = history?.standing(at: asOf)
        let sources = FieldSources(history?.entries ?? [], of: state.person, words)
        func rows(_ lines: [PersonFacts.Line]) -> [Row] {
            lines.filter { $0.value != nil || $0.field != nil }.map { line in
                let isVerified = line.field.map { state.verification?.fieldSet.contains($0) ?? false } ?? false
                let isMasked = masked.contains(line.key) || allowance.masked.contains(line.group)
                let isWithheld = allowance.withheld.contains(line.group)
                let tellsVerified = allowance.groups.contains(.record)
                let value = isMasked || isWithheld ? nil : line.value
                let has = value != nil
                return Row(
                    key: line.key, label: words.language.of(line.label), value: value, masked: isMasked,
                    withheld: isWithheld,
                    source: has ? line.field.flatMap { sources.text(of: $0) } : nil,
                    missing: !has && !isMasked && !isWithheld,
                    verified: has && tellsVerified && isVerified, unverified: has && tellsVerified && !isVerified)
            }
        }
        self.frame = frame
        identity = IdentityBar(
            handle: answer.handle, state: state, words: words, shown: allowance.groups, isSealed: isSealed,
            card: cards.flatMap { PersonPage.badge(of: $0, CardWords(words: words)) })
        path = "/persons/\(answer.handle)"
        audit = audits ? "/audit?person=\(answer.handle)" : nil
        contradictions = state.contradictedRules.map { Contradiction(rule: words.language.of($0.sentence)) }
        hasContradictions = !contradictions.isEmpty
        details = rows(facts.details(of: state))
        residences = rows(facts.residences(of: state))
        relatives = PersonPage.relatives(answer, facts)
        hasRelatives = !relatives.isEmpty
        self.household = household.map { PersonPage.part($0, state.household?.relation, words) }
        numbers = PersonPage.numbers(state, words)
        hasNumbers = !numbers.isEmpty
        timeline = history.map { Timeline($0, of: state.person, facts: facts) }
        documents = history.map { PersonDocuments($0.entries, of: answer.handle, words) }
        tellsCards = cards != nil
        self.cards = PersonPage.cards(cards, CardWords(words: words))
        hasCards = !self.cards.isEmpty
        let isUnderWay = cards?.applications.contains(where: \.status.isLiving) ?? true
        applyForCard =
            appliesForCard && !isUnderWay && state.life.status == .living ? CardApplyForm.path(answer.handle) : nil
        self.forms = forms.map { form in
            FormLink(href: form.path(for: answer.handle), title: words.language.of(form.title))
        }
        hasForms = !forms.isEmpty
        self.elsewhere = elsewhere.map { Elsewhere(hidden: $0.hidden) }
        newFile = opensFile && elsewhere == nil ? "/files/new?person=\(answer.handle)" : nil
        self.files = files.map { file in
            OpenFile(
                code: file.code.description, href: DossierPage.path(file.code),
                procedure: words.language.of(file.procedure.title),
                due: file.clock.due.map(DayText.vietnamese), isChosen: frame.dossier?.code == file.code.description)
        }
        hasFiles = !files.isEmpty
        self.asOf = PersonPage.control(asOf, words.language)
        let withheld = allowance.withheld.groups.map { words.language.of($0.title).lowercased() }
        self.withheld = withheld.isEmpty ? nil : withheld.joined(separator: ", ")
        receipt = String(answer.receipt)
    }

    private static func relatives(_ answer: PersonAnswer, _ facts: PersonFacts) -> [Relative] {
        let language = facts.words.language
        let state = answer.state
        func relative(_ vietnamese: String, _ english: String, _ person: PersonReference?) -> Relative? {
            person.map { person in
                Relative(
                    relation: language.of(vietnamese, english), name: facts.name(of: person),
                    href: answer.allowance.reason == .exact
                        ? nil : person.person.flatMap { answer.persons[$0] }.map { "/persons/\($0)" },
                    number: facts.words.number(person.number))
            }
        }
        let children = Set(answer.children + state.children.compactMap(\.person)).sorted()
        return [
            relative("Cha", "Father", state.father), relative("Mẹ", "Mother", state.mother),
            relative("Vợ hoặc chồng", "Spouse", state.spouse),
        ].compactMap { $0 }
            + (state.recognisedParents ?? []).compactMap { relative("Cha, mẹ nhận sau", "Recognised parent", $0) }
            + state.adoptiveParents.compactMap { relative("Cha, mẹ nuôi", "Adoptive parent", $0) }
            + children.compactMap { relative("Con", "Child", PersonReference(person: $0)) }
            + [relative("Người giám hộ", "Guardian", state.guardian)].compactMap { $0 }
            + state.wards.compactMap { relative("Người được giám hộ", "Ward", $0) }
    }

    /// Cards, the newest first, and before them the application that is under way.
    private static func cards(_ cards: PersonCards?, _ words: CardWords) -> [CardLine] {
        guard let cards else { return [] }
        let language = words.words.language
        let ordered = Set(cards.cards.map(\.application))
        let applications = cards.applications.filter { !ordered.contains($0.id) }.map { application in
            CardLine(
                href: CardWords.path(ofApplication: application.handle),
                title: language.of("Hồ sơ: ", "Application: ") + language.of(application.ground.title),
                badge: words.state(application), about: words.words.moment(application.opened))
        }
        return applications
            + cards.cards.map { card in
                CardLine(
                    href: CardWords.path(ofCard: card.handle),
                    title: language.of("Thẻ cấp ngày ", "Card of ") + (words.day(card.issued) ?? ""),
                    badge: words.state(card),
                    about: language.of("có giá trị đến ", "holds until ") + words.expiry(card.expires))
            }
    }

    private static func part(
        _ household: HouseholdAnswer, _ relation: RelationToHead?, _ words: ValueWords
    ) -> HouseholdPart {
        HouseholdPart(
            href: "/households/\(household.handle)", relation: words.relation(relation),
            address: words.address(household.state.address),
            members: HouseholdTree.members(of: household, words))
    }

    private static func numbers(_ state: PersonState, _ words: ValueWords) -> [NumberLine] {
        let language = words.language
        let current = state.number.map { number in
            NumberLine(
                number: words.number(number) ?? number, standing: language.of("đang có hiệu lực", "in force"),
                cancelled: false)
        }
        return [current].compactMap { $0 }
            + state.cancelledNumbers.map { number in
                NumberLine(
                    number: words.number(number.number) ?? number.number,
                    standing: language.of(number.standing), cancelled: true)
            }
    }

    /// How the card that the person holds stands, or how far the one is that is on its way.
    private static func badge(of cards: PersonCards, _ words: CardWords) -> IdentityBar.Badge? {
        let held = cards.cards.first { $0.status?.isHeld ?? false }
        return (held ?? cards.cards.first { $0.stage != .destroyed && $0.status == nil }).map { card in
            let state = words.state(card)
            return IdentityBar.Badge(text: words.words.language.of("Thẻ: ", "Card: ") + state.text, tone: state.tone)
        }
    }

    private static func control(_ asOf: AsOf, _ language: PageLanguage) -> AsOfControl {
        let day = asOf.effectiveAt.map(DayText.vietnamese)
        let known = asOf.knownAt.map { DayText.vietnamese($0.dayInVietnam) }
        var past: [String] = []
        if let day { past.append(language.of("tính đến ngày \(day)", "as of \(day)")) }
        if let known { past.append(language.of("theo dữ liệu đã biết ngày \(known)", "as known on \(known)")) }
        let query = [day.map { "effective=\($0)" }, known.map { "known=\($0)" }].compactMap { $0 }
        return AsOfControl(
            effective: day ?? "", known: known ?? "", past: past.isEmpty ? nil : past.joined(separator: ", "),
            query: query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}

extension PersonState.CancelledNumber {
    /// Why the number is in force no more.
    fileprivate var standing: Sentence {
        guard let ground else { return Sentence("đã hợp nhất bản ghi", "ended when the record was merged") }
        return Sentence("đã hủy: \(ground.title.vietnamese)", "cancelled: \(ground.title.english)")
    }
}

extension CancellationGround {
    package var title: Sentence {
        switch self {
        case .sexOrBirthYearCorrected:
            Sentence("xác định lại giới tính hoặc cải chính năm sinh", "sex re-determined or year of birth corrected")
        case .entryError: Sentence("sai sót khi nhập thông tin", "entry error")
        case .falsePapers: Sentence("giấy tờ, thông tin sai sự thật", "false papers or data")
        case .birthCertificateRevoked: Sentence("giấy khai sinh bị thu hồi", "birth certificate revoked")
        }
    }
}
