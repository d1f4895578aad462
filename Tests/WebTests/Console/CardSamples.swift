import Chip
import Civil
import Ledger

@testable import Access
@testable import Cards
@testable import Population
@testable import Web

/// The pages of cards: the counter, one application and one card at every step, and whether a card holds.
extension ConsoleSamples {
    static let opened = at("2026-02-26T02:05:00Z")

    static func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? today }

    func requester(_ role: Role, account: String = "pd-001", office: String = "xa-00097") -> Requester {
        Requester(
            actor: Actor(account: account, role: role.rawValue, office: office), role: role, jurisdiction: .nation,
            ground: .duty(.counter))
    }

    func application(_ status: ApplicationStatus, _ ground: CardGround = .nameOrBirth) -> CardApplication {
        let isSubmitted = status == .submitted || status == .approved || status == .ordered
        return CardApplication(
            id: 21, handle: ConsoleSamples.handle(21).text, person: ConsoleSamples.an, personVersion: 5, ground: ground,
            channel: .counter, status: status, fee: 50_000, representative: nil, product: .card,
            officer: "cb-017\(evil)",
            office: "xa-00097\(evil)", pickup: "xa-00097\(evil)", isUrgent: isSubmitted, opened: ConsoleSamples.opened,
            changed: ConsoleSamples.opened, due: isSubmitted ? ConsoleSamples.day("2026-02-27") : nil)
    }

    func card(_ stage: OrderStage, _ status: CardStatus?, stopped: StopCause? = nil) -> Card {
        Card(
            id: 22, handle: ConsoleSamples.handle(22).text, application: 21, person: ConsoleSamples.an,
            number: number, issued: ConsoleSamples.day("2026-02-27"), expires: ConsoleSamples.day("2030-05-17"),
            stage: stage,
            status: status, stopped: stopped, site: "hn", batch: 31, parcel: nil, pickup: "xa-00097\(evil)",
            isUrgent: true, due: ConsoleSamples.day("2026-03-09"), blank: BlankSerial(prefix: "AA", number: 17),
            series: "loat-1\(evil)", chipKey: nil, securityObject: nil, ordered: ConsoleSamples.opened,
            changed: ConsoleSamples.opened)
    }

    private var events: [CardEvent] {
        let changes: [CardChange] = [
            .applicationOpened(
                application: "a", person: "p", ground: .nameOrBirth, channel: .counter, fee: 50_000, pickup: "xa-00097",
                representative: nil, urgent: false),
            .applicationBooked(application: "a", day: "2026-03-01"),
            .applicationChanged(application: "a", action: .sendBack, note: "chưa rõ mặt\(evil)", picture: nil),
            .fingerAccepted(
                application: "a", finger: "left_thumb", fault: "blurred", reason: "tay khô\(evil)", picture: "x"),
            .duplicatesSearched(application: "a", by: "máy tìm\(evil)", candidates: [ConsoleSamples.handle(9).text]),
            .cardOrdered(card: "c", application: "a", person: "p", issued: "2026-02-27", expires: nil, content: "x"),
            .jobEnded(
                card: "c", event: .finish, blank: "AA00000017", machine: "may-3\(evil)", batch: "hn-000017", chip: nil,
                securityObject: nil, rejects: []),
            .cardChecked(card: "c", blank: "AA00000016", rejects: [.surface, .chipSilent]),
            .cardChecked(card: "c", blank: "AA00000017", rejects: []),
            .parcelChanged(
                parcel: "K1", action: .receive, office: "xa-00097\(evil)", cards: ["c"], tracking: "VD 1\(evil)"),
            .cardChanged(card: "c", action: .deliver, ground: "face", note: "collected"),
            .cardChanged(card: "c", action: .hold, ground: "detention", note: nil),
            .cardStopped(card: "c", cause: .death), .cardMoved(card: "c", action: .sendBack, note: "không ai nhận"),
        ]
        return changes.enumerated().map { place, change in
            CardEvent(
                act: Act(
                    id: ActID(rawValue: Int64(900 + place)), kind: .cardChanged,
                    subjects: [SubjectVersion(.set(21), version: Int64(place + 1))], effective: nil,
                    recorded: ConsoleSamples.opened,
                    actor: Actor(account: "cb-017\(evil)", role: "commune_officer", office: "xa-00097\(evil)"),
                    legalBasis: "Luật 26/2023/QH15, Điều 24", contentCommitment: MerkleHash.leaf(Array("x".utf8))),
                change: change)
        }
    }

    private static let fingers = Finger.allCases.map { finger in
        switch finger {
        case .rightIndex: FingerNote(finger: finger, reason: nil, form: .png, isSpecimen: false)
        case .leftIndex: FingerNote(finger: finger, reason: nil, form: .minutiae, isSpecimen: true)
        case .leftThumb:
            FingerNote(finger: finger, reason: nil, form: .png, isSpecimen: false, accepted: "tay khô <b>&")
        case .leftLittle: FingerNote(finger: finger, reason: .amputated, form: nil, isSpecimen: false)
        default: FingerNote(finger: finger, reason: .noDevice, form: nil, isSpecimen: false)
        }
    }

    private func file(
        _ application: CardApplication, _ card: Card? = nil, specimen: Bool? = nil, takesPortrait: Bool = true,
        obstacle: ApplicationRefusal? = nil, unchanged: Bool = true, held: Card? = nil
    ) -> CardFile {
        CardFile(
            application: application, card: card, person: ConsoleSamples.handle(1).text, state: state,
            isUnchanged: unchanged, obstacle: obstacle, takesPortrait: takesPortrait,
            portrait: specimen.map { .init(width: 480, height: 640, isSpecimen: $0) },
            fingers: specimen == nil ? [] : ConsoleSamples.fingers, heldCard: held, events: events, receipt: 71)
    }

    func cards(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        counter(language) + cardForms(language) + applications(language) + cardLives(language)
            + cardStatus(language) + factory(language) + certificates(language)
    }

    private func certificates(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(CertificatePage.title), language, section: .cards)
        func page(_ status: CertificateStatus, _ problem: Sentence? = nil) -> CertificatePage {
            CertificatePage(
                frame: frame,
                certificate: IdentityCertificate(
                    id: 51, handle: ConsoleSamples.handle(51).text, application: 21, person: ConsoleSamples.an,
                    number: number, issued: ConsoleSamples.day("2026-02-27"), expires: nil, status: status,
                    pickup: "xa-00097\(evil)", changed: ConsoleSamples.opened),
                application: ConsoleSamples.handle(21).text, events: events, requester: requester(.ministryOperator),
                today: ConsoleSamples.today, problem: problem, note: "cấp sai\(evil)", units: units)
        }
        return [
            ("certificate", page(.made, CertificateRefusal.oldOneMissing.sentence)),
            ("certificate-active", page(.active)), ("certificate-lost", page(.lost)),
            ("certificate-stopped", page(.stopped)),
        ]
    }

    private func counter(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(CardsPage.title), language, section: .cards)
        var waiting = CardsPage.Waiting()
        waiting.toDecide = [application(.submitted), application(.approved, .lost)]
        waiting.toFinish = [application(.booked, .first), application(.blocked)]
        waiting.underWay = [application(.ordered)]
        waiting.ready = [card(.atOffice, .made)]
        waiting.parcels = [parcel(.inTransit, tracking: "VD 1\(evil)"), parcel(.inTransit, tracking: nil)]
        return [
            (
                "cards",
                CardsPage(
                    frame: frame, role: .ministryOperator, waiting: waiting,
                    problem: ProductionRefusal.parcelDiffers.sentence, today: ConsoleSamples.today, units: units)
            ),
            (
                "cards-nothing",
                CardsPage(
                    frame: frame, role: .approver, waiting: .init(), today: ConsoleSamples.today, units: units)
            ),
        ]
    }

    private func cardForms(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(CardApplyForm.title), language, section: .cards)
        func form(_ birth: PartialDate?) -> CardApplyForm {
            let child = answer { state in
                state.details.birth = birth
                state.mother = PersonReference(person: ConsoleSamples.binh, name: "Lò Thị Mẹ\(evil)")
            }
            return CardApplyForm(
                subject: FormSubject(answer: child, communes: [], units: units, today: ConsoleSamples.today),
                isFirst: birth != nil, offices: [("xa-00097", "Công an phường Hồng Hà\(evil)"), ("tinh-01", "Hà Nội")])
        }
        let child = form(PartialDate(year: 2018, month: 5, day: 17))
        let input = FormInput(["ground": "lost", "pickup": "xa-00097", "online": "yes", "booked-day": ""])
        let (reader, request) = form(nil).reading(input, ValueWords(language, units: units))
        return [
            ("card-apply", CardApplyPage(frame: frame, form: child)),
            (
                "card-apply-wrong",
                CardApplyPage(
                    frame: frame, form: child, input: FormInput(["representative": "x\(evil)"]),
                    errors: [CardApplyForm.error(ApplicationRefusal.representativeNeeded, in: language)])
            ),
            (
                "card-check",
                CardCheckPage(
                    frame: frame, form: form(PartialDate(year: 1990, month: 5, day: 17)), input: input, reader: reader,
                    request: request ?? CardRequest(ground: .lost, pickup: "xa-00097"), key: "7d2f")
            ),
        ]
    }

    private func applications(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(CardApplicationPage.title), language, section: .cards)
        func page(
            _ file: CardFile, _ role: Role = .communeOfficer, account: String = "pd-001",
            done: ApplicationAction? = nil, problem: Sentence? = nil
        ) -> CardApplicationPage {
            CardApplicationPage(
                frame: frame, file: file, requester: requester(role, account: account), isDemonstration: true,
                today: ConsoleSamples.today, done: done, problem: problem, reason: problem == nil ? "" : "vì\(evil)",
                units: units)
        }
        return [
            ("card-application-opened", page(file(application(.opened)), done: .identify)),
            ("card-application-captured", page(file(application(.captured), specimen: true))),
            (
                "card-application-blocked",
                page(
                    file(application(.blocked), obstacle: .recordIncomplete(.residence)),
                    problem: ApplicationRefusal.reasonNeeded.sentence)
            ),
            ("card-application-infant", page(file(application(.opened, .first), takesPortrait: false))),
            (
                "card-application-decide",
                page(file(application(.submitted), specimen: false, unchanged: false), .approver)
            ),
            ("card-application-own", page(file(application(.submitted)), .approver, account: "cb-017\(evil)")),
            ("card-application-approved", page(file(application(.approved)), .approver)),
            ("card-application-ordered", page(file(application(.ordered), card(.atOffice, .made), specimen: false))),
            ("card-application-over", page(file(application(.refused)))),
        ]
    }

    private func cardLives(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(CardPage.title), language, section: .cards)
        func page(_ card: Card, old: Card? = nil, done: CardAction? = nil, problem: Sentence? = nil) -> CardPage {
            CardPage(
                frame: frame,
                file: file(
                    application(card.stage == .handedOver ? .completed : .ordered), card, specimen: old == nil,
                    held: old),
                card: card, requester: requester(.ministryOperator), done: done, problem: problem,
                note: problem == nil ? "" : "ghi chú\(evil)", units: units)
        }
        return [
            (
                "card-hand-over",
                page(
                    card(.atOffice, .made), old: card(.handedOver, .active),
                    problem: CardLifeRefusal.identityNotChecked.sentence)
            ),
            ("card-active", page(card(.handedOver, .active), done: .activate)),
            ("card-delivered", page(card(.handedOver, .delivered))),
            ("card-held", page(card(.handedOver, .held))), ("card-lost", page(card(.handedOver, .lost))),
            ("card-stopped", page(card(.atOffice, .stoppedOnDeath, stopped: .death))),
        ]
    }

    private func cardStatus(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(CardStatusPage.title), language, section: .cards)
        func page(_ found: CardStanding?, nobody: Bool = false, errors: [FieldError] = []) -> CardStatusPage {
            CardStatusPage(
                frame: frame, role: .communeOfficer, input: FormInput(["number": "x\(evil)"]), errors: errors,
                found: found, nobody: nobody, units: units)
        }
        let active = card(.handedOver, .active)
        return [
            ("card-status", page(CardStanding(active, isSuspended: false, on: ConsoleSamples.today))),
            ("card-status-suspended", page(CardStanding(active, isSuspended: true, on: ConsoleSamples.today))),
            ("card-status-nobody", page(nil, nobody: true)),
            ("card-status-wrong", page(nil, errors: [FieldError(field: "number", text: "12 chữ số")])),
        ]
    }
}
