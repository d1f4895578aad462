import Civil
import Population

/// Trang chất lượng: the measures of a unit, their days, and the units below, each with the office that answers.
package struct QualityPage: ConsolePage {
    package static let template = "quality"
    static let nation = Sentence("Cả nước", "The whole country")
    /// How many days of the series stand as figures below the chart.
    static let recentDays = 14

    struct Link: Equatable, Sendable {
        let href: String
        let title: String
    }

    struct Tile: Equatable, Sendable {
        let word: String
        let value: String
        let meter: PageDrawing
        let what: String
    }

    struct Target: Equatable, Sendable {
        let measure: String
        let value: String
        let due: String
        let now: String
        let standing: String
        let good: Bool
        let missed: Bool
    }

    struct Day: Equatable, Sendable {
        let day: String
        let persons: String
        let shares: [String]
    }

    struct UnitLine: Equatable, Sendable {
        let href: String
        let name: String
        let persons: String
        let shares: [String]
        let office: String
    }

    struct Duplicates: Equatable, Sendable {
        let name: String
        let pairs: String
        let expected: String
        let precision: String
        let change: String
    }

    struct Field: Equatable, Sendable {
        let name: String
        let missing: String
        let filled: String
        let verified: String
    }

    package let frame: PageFrame
    let way: [Link]
    let name: String
    let day: String
    let measured: String
    let persons: String
    let office: String
    let basis: String
    let fresh: Bool
    let path: String
    let map: String?
    let worklist: String?
    let words: [String]
    let tiles: [Tile]
    let notes: [String]
    let targets: [Target]
    let hasTargets: Bool
    let chart: PageDrawing?
    let days: [Day]
    let units: [UnitLine]
    let hasUnits: Bool
    let emptyUnits: String?
    /// Of the unit itself, and of those below that have some.
    let duplicates: [Duplicates]
    let duplicatesSay: String?
    let fields: [Field]
    let hasFields: Bool
    /// A new target of the unit, for whoever may set it.
    let targetForm: Form?

    package init(
        frame: PageFrame, report: QualityReport, hasWorklist: Bool = false, setsTargets: Bool = false,
        input: FormInput = FormInput(), problem: TargetForm.Problem? = nil, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        let tally = report.figures.tally
        self.frame = frame
        way = QualityPage.way(to: report, units, language)
        name = report.unit?.name ?? language.of(QualityPage.nation)
        day = DayText.vietnamese(report.rule.day)
        measured = words.moment(report.measured)
        persons = NumberText.grouped(tally.persons)
        office = language.of(report.office.vietnamese, report.office.english)
        basis = report.basis?.description ?? "–"
        fresh = report.isFresh
        path = QualityPage.path(of: report.unit)
        map = report.communes.isEmpty ? nil : path + "/map"
        worklist = hasWorklist ? path + "/worklist" : nil
        self.words = QualityMeasure.allCases.map { language.of($0.word) }
        tiles = QualityMeasure.allCases.map { QualityPage.tile($0, report.figures, language) }
        notes = QualityReportNotes.sentences(report).map(language.of)
        targets = report.targets.map { QualityPage.target($0, language) }
        hasTargets = !targets.isEmpty
        chart = QualityPage.chart(report.trend, language)
        days = report.trend.suffix(QualityPage.recentDays).reversed().map { day in
            Day(
                day: DayText.vietnamese(day.day), persons: NumberText.grouped(day.figures.tally.persons),
                shares: QualityPage.shares(of: day.figures))
        }
        let known = report.children.filter { $0.figures.tally.persons > 0 }
        self.units = known.map { line in
            UnitLine(
                href: QualityPage.path(of: line.unit), name: line.unit.name,
                persons: NumberText.grouped(line.figures.tally.persons), shares: QualityPage.shares(of: line.figures),
                office: language.of(line.office.vietnamese, line.office.english))
        }
        hasUnits = !known.isEmpty
        let empty = report.children.count - known.count
        emptyUnits = empty > 0 ? NumberText.grouped(empty) : nil
        duplicates = QualityPage.duplicates(report, language)
        duplicatesSay = report.duplicates.map { language.of(DuplicateWords.sentence($0)) }
        fields =
            tally.persons == 0
            ? []
            : report.fields.map { field, filled, verified in
                Field(
                    name: language.of(field.title), missing: NumberText.grouped(tally.persons - filled),
                    filled: PercentText.vietnamese(Share(filled, of: tally.persons)),
                    verified: PercentText.vietnamese(Share(verified, of: filled)))
            }
        hasFields = !fields.isEmpty
        targetForm =
            setsTargets
            ? TargetForm(language: language, input: input, problem: problem).form(
                action: path + "/targets", csrf: frame.csrf) : nil
    }

    private static func duplicates(_ report: QualityReport, _ language: PageLanguage) -> [Duplicates] {
        guard let found = report.duplicates else { return [] }
        func line(_ name: String, _ figures: UnitDuplicates) -> Duplicates {
            Duplicates(
                name: name, pairs: NumberText.grouped(figures.pairs), expected: DuplicateWords.expected(figures),
                precision: DuplicateWords.bounded(figures.precision), change: DuplicateWords.change(figures))
        }
        let below = report.children.compactMap { child in
            found.units[child.unit.code].map { line(child.unit.name, $0) }
        }
        return [line(report.unit?.name ?? language.of(QualityPage.nation), found.whole)] + below
    }

    /// The page of a unit; of the country without one.
    static func path(of unit: AdministrativeUnit?) -> String { path(of: unit?.code) }

    static func path(of code: UnitCode?) -> String {
        guard let code else { return "/quality" }
        return "/quality/\(PathText.encoded(code.set.rawValue))/\(PathText.encoded(code.code))"
    }

    /// The units above, the country first.
    static func way(to report: QualityReport, _ units: UnitDirectory, _ language: PageLanguage) -> [Link] {
        var above: [AdministrativeUnit] = []
        var next = report.unit?.parent
        while let code = next, let unit = units.unit(code), above.count < 4 {
            above.insert(unit, at: 0)
            next = unit.parent
        }
        let nation = report.unit == nil ? [] : [Link(href: "/quality", title: language.of(QualityPage.nation))]
        return nation + above.map { Link(href: path(of: $0), title: $0.name) }
    }

    static func shares(of figures: QualityFigures) -> [String] {
        QualityMeasure.allCases.map { PercentText.vietnamese(figures.share(of: $0)) }
    }

    private static func tile(_ measure: QualityMeasure, _ figures: QualityFigures, _ language: PageLanguage) -> Tile {
        let share = figures.share(of: measure)
        let what = language.of(measure.title).split(separator: ": ").last.map(String.init) ?? ""
        let counts =
            share.whole == 0
            ? language.of("chưa có", "nothing yet")
            : "\(NumberText.grouped(share.part)) / \(NumberText.grouped(share.whole))"
        let word = language.of(measure.word)
        return Tile(
            word: word.prefix(1).uppercased() + word.dropFirst(), value: PercentText.vietnamese(share),
            meter: PageDrawing(QualityCharts.meter(share)), what: "\(what): \(counts)")
    }

    private static func target(_ state: TargetState, _ language: PageLanguage) -> Target {
        Target(
            measure: language.of(state.target.measure.word),
            value: PercentText.vietnamese(Share(state.target.perMillion, of: 1_000_000)),
            due: DayText.vietnamese(state.target.due), now: PercentText.vietnamese(state.now),
            standing: language.of(state.standing.title),
            good: state.standing == .reached || state.standing == .reachedLate, missed: state.standing == .missed)
    }

    /// A line needs two days.
    private static func chart(_ days: [QualityDay], _ language: PageLanguage) -> PageDrawing? {
        guard days.count > 1 else { return nil }
        let measures = QualityMeasure.allCases.filter { measure in
            days.contains { $0.figures.share(of: measure).perMillion != nil }
        }
        return PageDrawing(
            QualityCharts.trend(
                days, measures: measures, id: "trend",
                title: language.of("Các tiêu chí theo ngày", "The measures day by day"), in: language))
    }
}
