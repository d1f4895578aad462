import Access
import Cards
import Civil
import Ledger
import Population

/// Sản xuất thẻ: sites, batches, unknown outcomes, quality control, parcels; nobody's data.
package struct FactoryPage: ConsolePage {
    package static let template = "factory"
    package static let title = Sentence("Sản xuất thẻ", "Making cards")
    static let path = "/factory"

    struct BatchLine: Equatable, Sendable {
        let href: String
        let code: String
        let site: String
        let badge: IdentityBar.Badge
        let done: String
        let cards: String
        let issued: String
        let good: String
        let spoiled: String
        let back: String
        let lost: String
        let difference: String
        let differs: Bool
    }

    struct Site: Equatable, Sendable {
        let code: String
        let name: String
        let capacity: String
        /// The same without dots, as it is typed.
        let plain: String
        let isStopped: Bool
        /// Whether whoever looks may change it.
        let changes: Bool

        init(_ site: ProductionSite, changes: Bool = false) {
            code = site.code
            name = site.name
            capacity = NumberText.grouped(site.capacity)
            plain = String(site.capacity)
            isStopped = site.isStopped
            self.changes = changes
        }
    }

    struct Reject: Equatable, Sendable {
        let name: String
        let count: String
        let code: String
    }

    struct Packing: Equatable, Sendable {
        let site: String
        let office: String
        let cards: String
    }

    struct ParcelLine: Equatable, Sendable {
        let code: String
        let site: String
        let office: String
        let cards: String
        let tracking: String?
        let field: String
    }

    package let frame: PageFrame
    let parts: [CardPart]
    let problem: String?
    /// Whether the officer makes cards.
    let makes: Bool
    let key: String
    let waiting: String
    /// A batch can be opened: something waits, and there is a site.
    let opens: Bool
    let hasSites: Bool
    let sites: [Site]
    let hasBatches: Bool
    let batches: [BatchLine]
    let unknown: UnknownPart
    let toCheck: String
    let hasToCheck: Bool
    let checked: [String]
    let hasRejects: Bool
    let rejects: [Reject]
    let hasToPack: Bool
    let toPack: [Packing]
    let hasPacked: Bool
    let packed: [ParcelLine]
    let hasInTransit: Bool
    let inTransit: [ParcelLine]

    package init(
        frame: PageFrame, role: Role, floor: FactoryFloor, key: String, problem: Sentence? = nil, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        self.frame = frame
        parts = CardPart.parts(of: role, at: FactoryPage.path, language)
        self.problem = problem.map(language.of)
        makes = role.may(.produceCards)
        self.key = key
        waiting = NumberText.grouped(floor.waiting)
        opens = makes && floor.waiting > 0 && !floor.sites.isEmpty
        sites = floor.sites.map {
            Site($0, changes: role.may(.produceCards))
        }
        hasSites = !sites.isEmpty
        batches = floor.batches.map { FactoryPage.line($0, language) }
        hasBatches = !batches.isEmpty
        unknown = UnknownPart(floor.unknown, overdue: floor.overdue, makes: makes, back: FactoryPage.path, words)
        toCheck = NumberText.grouped(floor.toCheck.count)
        hasToCheck = !floor.toCheck.isEmpty
        checked = Array(floor.toCheck.prefix(10))
        let most = floor.rejects.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        rejects = most.map { code, count in
            Reject(name: language.of(code.title), count: NumberText.grouped(count), code: code.rawValue)
        }
        hasRejects = !rejects.isEmpty
        toPack = floor.toPack.map {
            Packing(site: $0.site, office: $0.office, cards: NumberText.grouped($0.cards))
        }
        hasToPack = !toPack.isEmpty
        packed = floor.packed.map(FactoryPage.line)
        hasPacked = !packed.isEmpty
        inTransit = floor.inTransit.map(FactoryPage.line)
        hasInTransit = !inTransit.isEmpty
    }

    private static func line(_ parcel: Parcel) -> ParcelLine {
        ParcelLine(
            code: parcel.code, site: parcel.site, office: parcel.office, cards: NumberText.grouped(parcel.cards),
            tracking: parcel.tracking, field: "tracking-\(parcel.code)")
    }

    static func line(_ line: FactoryFloor.BatchLine, _ language: PageLanguage) -> BatchLine {
        let (batch, balance) = (line.batch, line.balance)
        return BatchLine(
            href: FactoryBatchPage.path(batch.code), code: batch.code, site: batch.site,
            badge: FactoryBatchPage.badge(batch.status, language), done: NumberText.grouped(balance.settledCards),
            cards: NumberText.grouped(balance.cards), issued: NumberText.grouped(balance.issued),
            good: NumberText.grouped(balance.good), spoiled: NumberText.grouped(balance.spoiled),
            back: NumberText.grouped(balance.givenBack), lost: NumberText.grouped(balance.lost),
            difference: NumberText.grouped(balance.difference), differs: balance.difference != 0)
    }
}

/// Lượt in chưa rõ kết quả: jobs that only a person who has looked at the machine clears.
struct UnknownPart: Equatable, Sendable {
    struct Line: Equatable, Sendable {
        let number: String
        let card: String
        let blank: String
        let machine: String
        let batch: String
        let until: String
    }

    let hasLines: Bool
    let lines: [Line]
    /// Jobs whose lease is over and of which nobody has said so yet; nil where there are none.
    let overdue: String?
    let clears: Bool
    /// The page to come back to.
    let back: String

    init(_ jobs: [UnknownJob], overdue: Int, makes: Bool, back: String, _ words: ValueWords) {
        lines = jobs.map { unknown in
            Line(
                number: String(unknown.job.id), card: CardWords.short(unknown.card),
                blank: unknown.job.blank.canonical, machine: unknown.job.machine, batch: unknown.batch,
                until: words.moment(unknown.job.leaseUntil))
        }
        hasLines = !lines.isEmpty
        self.overdue = overdue > 0 && makes ? NumberText.grouped(overdue) : nil
        clears = makes
        self.back = back
    }
}

/// Trang một lô sản xuất: where its blanks and cards have gone, and whether it can be closed.
package struct FactoryBatchPage: ConsolePage {
    package static let template = "factory-batch"

    /// What the officer can do with it.
    struct Panels: Equatable, Sendable {
        var issues = false
        var givesBack = false
        var closes = false
        var cancels = false
        var moves = false

    }

    package let frame: PageFrame
    let code: String
    let path: String
    let site: String
    let badge: IdentityBar.Badge
    let opened: String
    let problem: String?
    /// Why it cannot be closed yet.
    let obstacle: String?
    let figures: [CardFact]
    /// `20 = 18 + 1 + 1 + 0, chênh lệch 0`.
    let equation: String
    let differs: Bool
    let panels: Panels
    let needed: String
    let key: String
    let sites: [FactoryPage.Site]
    let unknown: UnknownPart

    static func path(_ code: String) -> String { "/factory/batches/\(PathText.encoded(code))" }

    static func badge(_ status: BatchStatus, _ language: PageLanguage) -> IdentityBar.Badge {
        let tone =
            switch status {
            case .closed: "good"
            case .running: "warn"
            case .cancelled: "bad"
            case .open, .sealed: "plain"
            }
        return IdentityBar.Badge(text: language.of(status.title), tone: tone)
    }

    package init(
        frame: PageFrame, role: Role, line: FactoryFloor.BatchLine, sites: [ProductionSite], unknown: [UnknownJob],
        key: String, problem: Sentence? = nil, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        let (batch, balance) = (line.batch, line.balance)
        self.frame = frame
        code = batch.code
        path = FactoryBatchPage.path(batch.code)
        site = batch.site
        badge = FactoryBatchPage.badge(batch.status, language)
        opened = words.moment(batch.opened)
        self.problem = problem.map(language.of)
        obstacle = batch.status == .running ? balance.obstacle.map { language.of($0.sentence) } : nil
        let rows = [
            (Sentence("Thẻ của lô", "Cards"), balance.cards), (Sentence("Đã xong", "Done"), balance.settledCards),
            (Sentence("Phôi đã cấp", "Blanks issued"), balance.issued), (Sentence("Đạt", "Good"), balance.good),
            (Sentence("Hỏng", "Spoiled"), balance.spoiled), (Sentence("Trả kho", "Given back"), balance.givenBack),
            (Sentence("Mất", "Lost"), balance.lost), (Sentence("Lượt in chưa xong", "Jobs open"), balance.openJobs),
        ]
        figures = rows.map { CardFact(label: language.of($0.0), value: NumberText.grouped($0.1)) }
        let sum = [balance.good, balance.spoiled, balance.givenBack, balance.lost].map(NumberText.grouped)
        equation =
            "\(NumberText.grouped(balance.issued)) = \(sum.joined(separator: " + ")); "
            + language.of("chênh lệch ", "difference ") + NumberText.grouped(balance.difference)
        differs = balance.difference != 0
        var panels = Panels()
        let (makes, keeps) = (role.may(.produceCards), role.may(.keepBlanks))
        panels.issues = keeps && (batch.status == .sealed || batch.status == .running)
        panels.givesBack = keeps && batch.status == .running && balance.difference > 0
        panels.closes = makes && batch.status == .running
        panels.cancels = makes && batch.status == .sealed
        panels.moves = makes && (batch.status == .sealed || batch.status == .running) && sites.count > 1
        self.panels = panels
        needed = String(max(0, balance.openCards - max(0, balance.difference)))
        self.key = key
        self.sites = sites.filter { $0.code != batch.site && !$0.isStopped }.map {
            FactoryPage.Site($0)
        }
        self.unknown = UnknownPart(unknown, overdue: 0, makes: makes, back: path, words)
    }
}
