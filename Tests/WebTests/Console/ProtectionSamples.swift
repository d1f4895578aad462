import Civil
import Ledger

@testable import Access
@testable import Population
@testable import Web

/// The pages of seals and of emergency access, full and empty.
extension ConsoleSamples {
    private static let now = ConsoleSamples.at("2026-03-02T02:05:00Z")

    private func actor(_ account: String, _ role: Role, _ office: String) -> Actor {
        Actor(account: "\(account)\(evil)", role: role.rawValue, office: "\(office)\(evil)")
    }

    private func decision(_ account: String, _ office: String, _ rejection: String? = nil) -> SecondDecision {
        SecondDecision(
            actor: actor(account, .approver, office), decided: ConsoleSamples.at("2026-03-02T01:00:00Z"),
            rejection: rejection.map { $0 + evil })
    }

    func seals(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(SealsPage.title), language, section: .queues)
        let asker = actor("pd-001", .approver, "xa-00097")
        let asked = ConsoleSamples.at("2026-03-01T02:05:00Z")
        let until = ConsoleSamples.at("2027-12-31T16:59:59Z")
        func request(
            _ id: Int64, _ wish: SealRequest.Wish, _ decision: SecondDecision? = nil
        ) -> SealRequest {
            SealRequest(
                id: id, person: 1, wish: wish, reason: "nạn nhân được bảo vệ\(evil)", asker: asker, asked: asked,
                decision: decision)
        }
        let answer = SealsAnswer(
            standing: [
                Seal(id: 71, person: 2, since: asked, until: until, reason: "nhân chứng\(evil)", asker: asker),
                Seal(id: 72, person: 1, since: asked, until: nil, reason: "nạn nhân\(evil)", asker: asker),
            ], waiting: [request(73, .seal(until: until)), request(74, .lift(seal: 71))],
            asked: [
                request(75, .seal(until: nil), decision("pd-002", "xa-00097")),
                request(76, .lift(seal: 72), decision("pd-002", "xa-00097", "chưa hết nguy hiểm")),
                request(77, .seal(until: nil)),
            ], handles: [1: "bjmuc7k3q2\(evil)", 2: "cknvd8m4r3\(evil)"])
        let input = FormInput(["reason": "chưa rõ\(evil)", "person": "sai-ma\(evil)", "until-day": "31\(evil)"])
        return [
            (
                "seals",
                SealsPage(
                    frame: frame, answer: answer, now: ConsoleSamples.now, units: units,
                    problem: SealRefusal.endNotAhead.sentence, input: input)
            ),
            (
                "seals-nothing",
                SealsPage(
                    frame: frame, answer: SealsAnswer(standing: [], waiting: [], asked: [], handles: [:]),
                    now: ConsoleSamples.now, units: units)
            ),
        ]
    }

    func exports(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(ExportsPage.title), language, section: .queues)
        func export(_ id: Int64, _ decision: SecondDecision? = nil) -> PersonExport {
            PersonExport(
                id: id, unit: UnitCode("00001", UnitSet(rawValue: "until-2025-06-30")),
                reason: "danh sách cử tri\(evil)", asker: actor("bo-001", .ministryOperator, "bo"),
                asked: ConsoleSamples.at("2026-03-02T00:05:00Z"), decision: decision)
        }
        let answer = PersonExportsAnswer(
            waiting: [export(91), export(92)],
            asked: [export(93, decision("bo-002", "bo")), export(94, decision("bo-002", "bo", "quá rộng")), export(95)])
        let input = FormInput(["unit": "sai-ma\(evil)", "reason": "chưa rõ\(evil)"])
        func page(_ answer: PersonExportsAnswer, refused: Int64? = nil, _ problem: Sentence? = nil) -> ExportsPage {
            ExportsPage(
                frame: frame, answer: answer, now: ConsoleSamples.now, units: units, problem: problem,
                input: problem == nil ? FormInput() : input, refused: refused)
        }
        return [
            ("exports", page(answer, PersonExportRefusal.unitUnknown.sentence)),
            ("exports-refused", page(answer, refused: 92, ApprovalRefusal.reasonMissing.sentence)),
            ("exports-nothing", page(PersonExportsAnswer(waiting: [], asked: []))),
        ]
    }

    private func emergency(
        _ id: Int64, _ decisions: [SecondDecision] = [], minutes: Int64? = nil, review: Emergency.Review? = nil
    ) -> Emergency {
        let since = ConsoleSamples.at("2026-03-02T01:30:00Z")
        return Emergency(
            id: id, persons: [1, 2], reason: "cấp cứu, cần người thân\(evil)", minutes: 45,
            asker: actor("cb-017", .communeOfficer, "xa-00097"), asked: ConsoleSamples.at("2026-03-02T00:55:00Z"),
            decisions: decisions,
            grant: minutes.map {
                Emergency.Span(since: since, until: Instant(microseconds: since.microseconds + $0 * 60_000_000))
            }, review: review)
    }

    func emergencies(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(EmergencyPage.title), language, section: .queues)
        let handles = [Int64(1): "bjmuc7k3q2\(evil)", 2: "cknvd8m4r3\(evil)"]
        let both = [decision("pd-001", "xa-00097"), decision("pd-tinh", "tinh-01")]
        let running = emergency(81, both, minutes: 45)
        let answer = EmergencyAnswer(
            running: [running], waiting: [emergency(82, [decision("pd-001", "xa-00097")])],
            asked: [running, emergency(83, [decision("pd-001", "xa-00097", "không khẩn cấp")]), emergency(84)],
            handles: handles)
        let looked = ConsoleSamples.at("2026-03-02T01:40:00Z")
        let review = Emergency.Review(
            actor: actor("bv-001", .dataProtectionOfficer, "bo"), reviewed: looked, note: "Đúng mục đích.\(evil)",
            putOff: .init(until: ConsoleSamples.at("2026-06-30T16:59:59Z"), reason: "đang điều tra\(evil)"))
        let reviews = EmergencyReviews(
            open: [running, emergency(85, both, minutes: 20)],
            reviewed: [emergency(86, both, minutes: 20, review: review)],
            notices: [
                Notice(emergency: 85, person: 1, looked: looked, due: ConsoleSamples.at("2026-03-02T02:00:00Z")),
                Notice(emergency: 81, person: 2, looked: looked, due: ConsoleSamples.at("2026-03-05T01:40:00Z")),
            ], handles: handles)
        let input = FormInput([
            "persons": "sai-ma\(evil)", "reason": "chưa rõ\(evil)", "minutes": "61\(evil)", "note": "chưa rõ\(evil)",
            "put-off-day": "31\(evil)", "why": "chưa rõ\(evil)",
        ])
        func page(_ role: Role, _ answer: EmergencyAnswer, _ reviews: EmergencyReviews?, refused: Int64? = nil)
            -> EmergencyPage
        {
            EmergencyPage(
                frame: frame, rights: .init(role), answer: answer, reviews: reviews, now: ConsoleSamples.now,
                units: units, problem: AccessRefusal.emergencyTooLong.sentence, input: input, refused: refused)
        }
        let nothing = EmergencyAnswer(running: [], waiting: [], asked: [], handles: [:])
        return [
            ("emergency", page(.approver, answer, nil)),
            ("emergency-review", page(.dataProtectionOfficer, nothing, reviews, refused: 85)),
            (
                "emergency-nothing",
                EmergencyPage(
                    frame: frame, rights: .init(.approver), answer: nothing, reviews: nil, now: ConsoleSamples.now,
                    units: units)
            ),
            (
                "emergency-review-nothing",
                EmergencyPage(
                    frame: frame, rights: .init(.dataProtectionOfficer), answer: nothing,
                    reviews: EmergencyReviews(open: [], reviewed: [], notices: [], handles: [:]),
                    now: ConsoleSamples.now, units: units)
            ),
        ]
    }
}
