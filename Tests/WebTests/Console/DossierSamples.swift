import Civil
import Ledger
import Population

@testable import Access
@testable import Web

/// The pages of files: lists, a new one, and one in its stages.
extension ConsoleSamples {
    private static let code = DossierCode(random: [1, 2, 3, 4, 5, 6, 7])

    private func dossier(_ applicant: Dossier.Applicant, _ stages: [(DossierStage, String, String)]) -> Dossier? {
        let actor = Actor(account: "cb-017\(evil)", role: Role.communeOfficer.rawValue, office: "xa-00097")
        let steps = stages.enumerated().map { index, step in
            DossierStep(
                number: index + 1, stage: step.0, officer: "cb-017\(evil)", actor: actor,
                at: ConsoleSamples.at("\(step.1)T02:05:00Z"), note: step.2.isEmpty ? nil : step.2 + evil)
        }
        return Dossier(
            id: 7, code: ConsoleSamples.code, procedure: .permanentResidence,
            legalBasis: "Luật 68/2020/QH14, Điều 22\(evil)", workingDays: 7, applicant: applicant,
            office: "xa-00097", steps: steps)
    }

    /// An open file, as the applicant's page lists it.
    var openFiles: [Dossier] {
        [dossier(.person(handle: ConsoleSamples.handle(1).text), [(.received, "2026-02-27", "")])].compactMap { $0 }
    }

    /// What was recorded in a file.
    private var recorded: [DossierAct] {
        history.entries.prefix(1).map { entry in
            DossierAct(act: entry.act, persons: [ConsoleSamples.handle(1).text])
        }
    }

    func dossiers(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(DossiersPage.title), language, section: .files)
        let today = ConsoleSamples.today
        func line(_ stage: DossierStage, _ due: CalendarDate?) -> DossierLine {
            DossierLine(
                id: 7, code: ConsoleSamples.code, procedure: .temporaryResidence, stage: stage,
                officer: "cb-017\(evil)",
                received: ConsoleSamples.at("2026-02-20T02:05:00Z"), due: due)
        }
        func counts(_ count: Int) -> DossierCounts {
            let queue = DossierCounts.Queue(count: count, oldestDue: nil)
            return DossierCounts(mine: queue, overdue: queue, returned: queue, all: queue)
        }
        let lines = [line(.returned, today.advanced(byDays: -1)), line(.inWork, today), line(.waiting, nil)]
        func page(
            _ name: String, _ dossier: Dossier?, account: String, chosen: Bool = false, problem: Sentence? = nil
        ) -> [(name: String, page: any ConsolePage)] {
            guard let dossier else { return [] }
            let page = DossierPage(
                frame: frame, dossier: dossier, acts: recorded, account: account,
                colleagues: [
                    Officer(
                        id: 2, account: "cb-018\(evil)", name: "Cán bộ khác\(evil)", person: nil,
                        language: .vietnamese, disabled: nil)
                ], chosen: chosen, today: today, units: units, problem: problem, note: problem == nil ? "" : evil)
            return [(name, page)]
        }
        let late = dossier(
            .person(handle: ConsoleSamples.handle(1).text),
            [(.received, "2026-02-02", ""), (.inWork, "2026-02-03", "")])
        let waiting = dossier(
            .named("Lò Thị Thử\(evil)"),
            [(.received, "2026-02-25", ""), (.inWork, "2026-02-25", ""), (.waiting, "2026-02-26", "thiếu giấy tờ")])
        let closed = dossier(
            .named("Lò Thị Thử\(evil)"),
            [(.received, "2026-02-25", ""), (.inWork, "2026-02-25", ""), (.closed, "2026-02-26", "đã trả")])
        let pages: [(name: String, page: any ConsolePage)] = [
            (
                "files",
                DossiersPage(
                    frame: frame, page: ListPage(lines, limit: 2) { ListPlace(["a", "\($0.id)"]) }, of: .mine,
                    counts: counts(3), today: today, units: units)
            ),
            (
                "files-nothing",
                DossiersPage(
                    frame: frame, page: ListPage([], limit: 2) { _ in ListPlace([]) }, counts: counts(0), today: today,
                    units: units)
            ),
            (
                "file-new",
                NewDossierPage(
                    frame: frame, key: "7d2f", person: ConsoleSamples.handle(1).text, procedure: "data_corrected",
                    today: today)
            ),
            (
                "file-new-problem",
                NewDossierPage(
                    frame: frame, key: "7d2f", person: nil, name: "Lò\(evil)", today: today,
                    problem: DossierRefusal.applicantMissing.sentence)
            ),
        ]
        return pages + page("file", late, account: "cb-017\(evil)", chosen: true)
            + page("file-waiting", waiting, account: "pd-001", problem: DossierRefusal.notInYourHands.sentence)
            + page("file-closed", closed, account: "pd-001")
    }
}
