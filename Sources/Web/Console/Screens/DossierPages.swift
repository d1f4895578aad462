import Access
import Civil
import Ledger
import Population

/// Hồ sơ của cơ quan: the open files of the officer's office, the first due first.
package struct DossiersPage: ConsolePage {
    package static let template = "files"
    package static let title = Sentence("Hồ sơ", "Files")

    struct Line: Equatable, Sendable {
        let code: String
        let href: String
        let procedure: String
        let stage: String
        let officer: String
        let received: String
        let due: String?
        let isLate: Bool
        let isReturned: Bool
    }

    package let frame: PageFrame
    let office: String
    let heading: String
    let hasFiles: Bool
    /// How many there are, how many are late, how many were returned to the officer.
    let counted: String
    let files: [Line]
    /// The office's queues, one of which is shown.
    let queues: [Choice]
    /// Where the list goes on.
    let next: String?

    struct Choice: Equatable, Sendable {
        let title: String
        let count: String
        let href: String
        let current: Bool
    }

    package static func path(of queue: DossierQueue) -> String {
        queue == .all ? "/files" : "/files?queue=\(queue.rawValue)"
    }

    package init(
        frame: PageFrame, page: ListPage<DossierLine>, of queue: DossierQueue = .all, counts: DossierCounts,
        today: CalendarDate, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        self.frame = frame
        office = frame.officer?.office ?? ""
        heading = language.of(DossiersPage.title)
        hasFiles = !page.lines.isEmpty
        queues = [DossierQueue.all, .mine, .returned, .overdue].map { one in
            Choice(
                title: language.of(one.title), count: NumberText.grouped(counts[one].count),
                href: DossiersPage.path(of: one), current: one == queue)
        }
        next = page.next.map { place in
            DossiersPage.path(of: queue) + (queue == .all ? "?" : "&") + "after=\(place.text)"
        }
        let (all, late, returned) = (counts.all.count, counts.overdue.count, counts.returned.count)
        counted = language.of(
            "\(NumberText.grouped(all)) hồ sơ đang mở, \(NumberText.grouped(late)) quá hạn, "
                + "\(NumberText.grouped(returned)) trả lại bạn.",
            "\(NumberText.grouped(all)) open, \(NumberText.grouped(late)) overdue, "
                + "\(NumberText.grouped(returned)) returned to you.")
        files = page.lines.map { line in
            Line(
                code: line.code.description, href: DossierPage.path(line.code),
                procedure: language.of(line.procedure.title), stage: language.of(line.stage.title),
                officer: line.officer, received: words.moment(line.received),
                due: line.due.map(DayText.vietnamese), isLate: line.due.map { $0 < today } ?? false,
                isReturned: line.stage == .returned)
        }
    }
}

extension DossierQueue {
    var title: Sentence {
        switch self {
        case .mine: Sentence("Tôi thụ lý", "In my hands")
        case .overdue: Sentence("Quá hạn", "Overdue")
        case .returned: Sentence("Trả lại tôi", "Returned to me")
        case .all: Sentence("Tất cả đang mở", "All open")
        }
    }
}

/// Mở hồ sơ: which procedure, for whom.
package struct NewDossierPage: ConsolePage {
    package static let template = "file-new"
    package static let title = Sentence("Mở hồ sơ", "Open a file")

    struct Option: Equatable, Sendable {
        let value: String
        let label: String
        let chosen: Bool
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let key: String
    let procedures: [Option]
    /// The handle of the person that the file is for, and where to look at them.
    let person: String?
    let personPath: String?
    let name: String
    let longest: Int

    /// - Parameters:
    ///   - key: of the form, so that the file is opened once.
    ///   - person: the handle of the applicant; nil when a name is to be typed.
    package init(
        frame: PageFrame, key: String, person: String?, procedure: String = "", name: String = "",
        today: CalendarDate, problem: Sentence? = nil
    ) {
        let language = frame.spoken
        self.frame = frame
        heading = language.of(NewDossierPage.title)
        self.problem = problem.map(language.of)
        self.key = key
        procedures = Procedure.allCases.map { one in
            let days = one.workingDays(on: today).map { days in
                language.of(", \(days) ngày làm việc", ", \(days) working days")
            }
            let doubt =
                days == nil || one.clock.certainty == .sure ? "" : " (\(language.of(one.clock.certainty.title)))"
            return Option(
                value: one.rawValue, label: language.of(one.title) + (days ?? "") + doubt,
                chosen: one.rawValue == procedure)
        }
        self.person = person
        personPath = person.map { "/persons/\($0)" }
        self.name = name
        longest = Dossier.Applicant.longestName
    }
}

/// Một hồ sơ: how it stands, who has it in hand, what can be done, and everything that was.
package struct DossierPage: ConsolePage {
    package static let template = "file"

    struct Step: Equatable, Sendable {
        let stage: String
        let moment: String
        let by: String
        let officer: String
        let said: String?
    }

    struct Move: Equatable, Sendable {
        let stage: String
        let title: String
    }

    struct Colleague: Equatable, Sendable {
        let account: String
        let name: String
    }

    /// Sự việc đã ghi trong hồ sơ, with links to those whom it concerns.
    struct RecordedLine: Equatable, Sendable {
        let act: String
        let title: String
        let recorded: String
        let by: String
        let persons: [String]
    }

    package let frame: PageFrame
    let code: String
    let heading: String
    let stage: String
    let legalBasis: String
    let officer: String
    /// How the clock stands.
    let clock: String
    let isLate: Bool
    /// Where the applicant's record is; nil for one who has none.
    let personPath: String?
    let applicant: String?
    let problem: String?
    let path: String
    let version: Int
    let isChosen: Bool
    /// Whether it can be chosen, taken over, moved.
    let chooses: Bool
    let takes: Bool
    let hasMoves: Bool
    let moves: [Move]
    /// Whether it can be given to one of the colleagues.
    let passes: Bool
    let colleagues: [Colleague]
    let note: String
    let longest: Int
    let steps: [Step]
    let hasActs: Bool
    let acts: [RecordedLine]
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả: when it came and when it is due.
    let received: String
    let due: String?
    let office: String

    static func path(_ code: DossierCode) -> String { "/files/\(code.text)" }

    /// - Parameters:
    ///   - account: whose page it is.
    ///   - colleagues: to whom it can be given.
    ///   - chosen: whether the session works in this file.
    ///   - acts: what was recorded in it, the newest first.
    package init(
        frame: PageFrame, dossier: Dossier, acts: [DossierAct] = [], account: String, colleagues: [Officer] = [],
        chosen: Bool, today: CalendarDate, units: UnitDirectory, problem: Sentence? = nil, note: String = ""
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        self.frame = frame
        code = dossier.code.description
        heading = language.of(dossier.procedure.title)
        stage = language.of(dossier.stage.title)
        legalBasis = dossier.legalBasis
        officer = dossier.officer
        clock = DossierPage.clock(dossier, language)
        isLate = dossier.clock.due.map { $0 < today } ?? false
        (personPath, applicant) =
            switch dossier.applicant {
            case .person(let handle): ("/persons/\(handle)", nil)
            case .named(let name): (nil, name)
            }
        self.problem = problem.map(language.of)
        path = DossierPage.path(dossier.code)
        version = dossier.version
        let isMine = dossier.officer == account
        isChosen = chosen
        chooses = dossier.isOpen && !chosen
        takes = dossier.isOpen && !isMine
        moves = dossier.stage.next.filter { ($0 == .returned) != isMine }.map { stage in
            Move(stage: stage.rawValue, title: language.of(DossierPage.verb(stage)))
        }
        hasMoves = !moves.isEmpty
        passes = dossier.isOpen && isMine && !colleagues.isEmpty
        self.colleagues = colleagues.map { Colleague(account: $0.account, name: $0.name) }
        self.note = note
        longest = Dossier.longestNote
        steps = dossier.steps.reversed().map { step in
            Step(
                stage: language.of(step.stage.title), moment: words.moment(step.at),
                by: DossierPage.name(of: step.actor, language), officer: step.officer, said: step.note)
        }
        received = words.moment(dossier.received)
        due = dossier.clock.due.map(DayText.vietnamese)
        office = frame.officer?.office ?? dossier.office
        hasActs = !acts.isEmpty
        self.acts = acts.map { recorded in
            RecordedLine(
                act: String(recorded.act.id.rawValue), title: language.of(recorded.act.kind.title),
                recorded: words.moment(recorded.act.recorded), by: DossierPage.name(of: recorded.act.actor, language),
                persons: recorded.persons)
        }
    }

    private static func name(of actor: Actor, _ language: PageLanguage) -> String {
        "\(Role.title(of: actor.role, in: language)) · \(actor.account)"
    }

    private static func clock(_ dossier: Dossier, _ language: PageLanguage) -> String {
        switch dossier.clock {
        case .running(let due):
            language.of("trả kết quả chậm nhất ", "result due by ") + DayText.vietnamese(due)
        case .paused(let left):
            left < 0
                ? language.of("tạm dừng, đã quá \(-left) ngày làm việc", "paused, \(-left) working days late")
                : language.of("tạm dừng, còn \(left) ngày làm việc", "paused, \(left) working days left")
        case .none:
            dossier.isOpen
                ? language.of("thủ tục không có thời hạn", "the procedure has no set time")
                : language.of("đã kết thúc", "ended")
        }
    }

    private static func verb(_ stage: DossierStage) -> Sentence {
        switch stage {
        case .received: stage.title
        case .inWork: Sentence("Tiếp tục giải quyết", "Go on with it")
        case .waiting: Sentence("Yêu cầu bổ sung", "Ask the applicant for more")
        case .returned: Sentence("Trả lại cán bộ thụ lý", "Return to the officer")
        case .closed: Sentence("Trả kết quả, kết thúc", "Give the result and close")
        case .refused: Sentence("Từ chối giải quyết", "Refuse")
        }
    }
}
