import Civil
import Ledger

@testable import Access
@testable import Population
@testable import Web

/// The pages of administration: offices, one office, one account, and roles that wait.
extension ConsoleSamples {
    private func office(_ code: String, _ level: OfficeLevel, _ unit: String?) -> Office {
        Office(
            code: code + evil, name: "Công an \(code)\(evil)", level: level,
            unit: unit.map { UnitCode($0, ConsoleSamples.unitSet) },
            since: CalendarDate(year: 2025, month: 7, day: 1) ?? ConsoleSamples.today)
    }

    private func officer(disabled: Bool = false) -> Officer {
        Officer(
            id: 7, account: "lan.nt\(evil)", name: "Nguyễn Thị Lan\(evil)", person: nil, language: .vietnamese,
            disabled: disabled ? ConsoleSamples.at("2026-03-01T02:05:00Z") : nil)
    }

    private func grant(_ id: Int64, _ role: Role, revoked: Bool = false) -> Grant {
        Grant(
            id: id, officer: 7, role: role, office: "xa-00097\(evil)", since: ConsoleSamples.at("2026-01-05T02:05:00Z"),
            until: ConsoleSamples.at("2026-12-31T16:59:59Z"),
            revoked: revoked ? ConsoleSamples.at("2026-02-01T02:05:00Z") : nil)
    }

    private func change(_ id: Int64, _ wish: RoleChange.Wish, _ decision: SecondDecision? = nil) -> RoleChange {
        RoleChange(
            id: id, holder: "lan.nt\(evil)", role: .approver, office: "xa-00097\(evil)", wish: wish,
            asker: Actor(account: "qt-001\(evil)", role: Role.systemAdministrator.rawValue, office: "bo\(evil)"),
            asked: ConsoleSamples.at("2026-03-01T02:05:00Z"), expires: ConsoleSamples.at("2026-03-08T02:05:00Z"),
            decision: decision)
    }

    func administration(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(AdministrationPage.title), language, section: .administration)
        let offices = [
            AdministeredOffice(office: office("bo", .ministry, nil), officers: 4),
            AdministeredOffice(office: office("tinh-01", .province, "01"), officers: 12),
            AdministeredOffice(office: office("dsq-paris", .mission, nil), officers: 0),
        ]
        return [
            ("administration", AdministrationPage(frame: frame, offices: offices, showsBelow: true, units: units)),
            (
                "administration-nothing",
                AdministrationPage(
                    frame: frame, offices: [], showsBelow: false, units: units,
                    problem: AdministrationRefusal.officerUnknown, account: "lan\(evil)")
            ),
            (
                "administration-broken",
                AdministrationPage(
                    frame: frame, offices: offices, showsBelow: true, units: units,
                    input: FormInput(["code": "Xa 1\(evil)", "name": "Lan\(evil)", "level": "commune", "day-day": "1"]),
                    problem: AdministrationRefusal.officeCodeMalformed)
            ),
            (
                "deputy",
                DeputyPage(
                    frame: self.frame(language.of(DeputyPage.title), language), role: .communeOfficer,
                    office: "Công an Phường Hồng Hà\(evil)", input: FormInput(["account": "lan\(evil)"]),
                    problem: AdministrationRefusal.colleagueUnknown)
            ),
        ] + self.offices(frame) + officers(frame) + roleChanges(language)
    }

    private func offices(_ frame: PageFrame) -> [(name: String, page: any ConsolePage)] {
        let periods = [office("xa-00097", .commune, "00097")]
        let input = FormInput([
            "account": "Lan\(evil)", "name": "Lan\(evil)", "role": "approver", "until-day": "31\(evil)",
            "until-month": "12", "until-year": "2026",
        ])
        return [
            (
                "administered-office",
                OfficePage(
                    frame: frame, periods: periods,
                    holders: [
                        (officer(), grant(31, .communeOfficer)), (officer(disabled: true), grant(32, .approver)),
                    ], input: input, problem: AdministrationRefusal.accountMalformed, units: units)
            ),
            (
                "administered-office-nothing",
                OfficePage(
                    frame: frame, periods: [office("bo", .ministry, nil)], holders: [],
                    problem: AccessRefusal.ownAccount, units: units)
            ),
        ]
    }

    private func officers(_ frame: PageFrame) -> [(name: String, page: any ConsolePage)] {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        let session = Session(
            key: MerkleHash.empty, officer: officer(), grant: grant(31, .communeOfficer), formToken: "csrf-token",
            method: .passkey, started: ConsoleSamples.at("2026-03-02T01:58:00Z"),
            used: ConsoleSamples.at("2026-03-02T02:01:00Z"))
        let now = ConsoleSamples.at("2026-03-02T02:05:00Z")
        func content(_ grants: [Grant], own: Bool = false, disabled: Bool = false) -> OfficerPage.Content {
            OfficerPage.Content(
                entry: OfficerEntry(officer: officer(disabled: disabled), grants: grants), isAdministered: !own,
                isOwn: own, sessions: own || disabled ? [] : [(session, agent, "192.0.2.0/24")])
        }
        let held = [grant(30, .readOnlyAuditor, revoked: true), grant(31, .communeOfficer)]
        return [
            (
                "administered-officer",
                OfficerPage(
                    frame: frame, content: content(held), now: now,
                    link: "/enrol/\(String(repeating: "0a", count: 32))\(evil)", units: units)
            ),
            (
                "administered-officer-wrong",
                OfficerPage(
                    frame: frame, content: content([], disabled: true), now: now,
                    input: FormInput(["office": "xa-nao\(evil)", "role": "approver"]),
                    problem: AdministrationRefusal.officeUnknown, units: units)
            ),
            (
                "administered-officer-own",
                OfficerPage(
                    frame: frame, content: content(held, own: true), now: now,
                    problem: AdministrationRefusal.reasonMissing, units: units)
            ),
        ]
    }

    private func roleChanges(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(RoleChangesPage.title), language, section: .queues)
        let until = ConsoleSamples.at("2026-12-31T16:59:59Z")
        let now = ConsoleSamples.at("2026-03-02T02:05:00Z")
        let decided = ConsoleSamples.at("2026-03-02T01:05:00Z")
        let approver = Actor(account: "pd-001\(evil)", role: Role.approver.rawValue, office: "bo")
        return [
            (
                "role-changes",
                RoleChangesPage(
                    frame: frame,
                    waiting: [
                        change(51, .give(until: until)), change(52, .take(grant: 31, reason: "chuyển công tác\(evil)")),
                    ],
                    asked: [
                        change(53, .give(until: until)),
                        change(
                            54, .give(until: until), .init(actor: approver, decided: decided, rejection: nil)),
                        change(
                            55, .take(grant: 31, reason: "thôi việc\(evil)"),
                            .init(actor: approver, decided: decided, rejection: "chưa có người thay\(evil)")),
                    ], now: now, units: units, problem: ApprovalRefusal.reasonMissing.sentence,
                    typed: (52, "?\(evil)"))
            ),
            (
                "role-changes-nothing",
                RoleChangesPage(frame: frame, waiting: [], asked: [], now: now, units: units)
            ),
        ]
    }
}
