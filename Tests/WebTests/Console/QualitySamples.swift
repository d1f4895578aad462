import Civil
import Ledger

@testable import Population
@testable import Web

/// Quality, maps and the worklist: full, of a day of the series, and empty.
extension ConsoleSamples {
    private static let rule = QualityTally.Rule(on: today)

    private func figures(_ good: Int, _ bad: Int, on day: CalendarDate = ConsoleSamples.today) -> QualityFigures {
        var tally = QualityTally()
        let rule = ConsoleSamples.rule
        let names = PersonFieldSet(fields: [.birthName, .dateOfBirth, .sex])
        func measure(_ filled: PersonFieldSet, _ isViolating: Bool) -> PersonMeasure {
            PersonMeasure(
                person: 1, unit: nil, birthYear: 1990, filled: filled, verified: names, isViolating: isViolating,
                lastVerified: isViolating ? nil : day.advanced(byDays: -30))
        }
        tally.add(measure(rule.mandatory, false), rule, count: good)
        tally.add(measure(names, true), rule, count: bad)
        tally.ambiguous = bad
        return QualityFigures(
            tally: tally, mandatoryFields: rule.mandatory.count,
            expected: ExpectedFigure(persons: good + bad + 20, ages: [:], year: 2025, source: "tệp thử"))
    }

    private func line(_ code: String, _ figures: QualityFigures) -> [QualityLine] {
        guard let unit = units.unit(UnitCode(code, ConsoleSamples.unitSet)) else { return [] }
        return [
            QualityLine(
                unit: unit, figures: figures,
                office: ResponsibleOffice(of: unit.code, in: units, on: ConsoleSamples.today))
        ]
    }

    private var nothing: QualityFigures {
        QualityFigures(tally: QualityTally(), mandatoryFields: ConsoleSamples.rule.mandatory.count, expected: nil)
    }

    private func report(_ code: String?, isFresh: Bool = true, isEmpty: Bool = false) -> QualityReport {
        let unit = code.flatMap { units.unit(UnitCode($0, ConsoleSamples.unitSet)) }
        let communes =
            line("00004", isEmpty ? nothing : figures(900, 40)) + line("00097", isEmpty ? nothing : figures(20, 30))
            + line("00118", nothing)
        let whole = isEmpty ? nothing : figures(920, 70)
        let days = (1...20).map { place in
            let day = ConsoleSamples.today.advanced(byDays: place - 20)
            return QualityDay(day: day, figures: figures(800 + 6 * place, 190 - 6 * place, on: day))
        }
        let below = unit == nil ? line("01", whole) : communes
        func target(_ measure: QualityMeasure, _ perMillion: Int, _ iso: String) -> TargetState {
            TargetState(
                QualityTarget(
                    unit: unit?.code, set: ConsoleSamples.unitSet, measure: measure,
                    due: CalendarDate(iso: iso) ?? ConsoleSamples.today, perMillion: perMillion),
                days: days.map { ($0.day, $0.figures.share(of: measure)) }, on: ConsoleSamples.today)
        }
        let targets = [
            target(.complete, 500_000, "2026-06-30"), target(.clean, 999_000, "2026-02-20"),
            target(.alive, 999_000, "2026-12-31"),
        ]
        let duplicates =
            isEmpty || !isFresh
            ? nil
            : DuplicateQuality(
                whole: estimated(unit?.code),
                units: below.prefix(1).reduce(into: [:]) { $0[$1.unit.code] = estimated($1.unit.code) },
                recall: BoundedShare(0.97, 0.94, 0.99), swept: ConsoleSamples.at("2026-03-01T17:05:00Z"),
                since: ConsoleSamples.at("2026-02-01T17:05:00Z"))
        return QualityReport(
            unit: unit, set: ConsoleSamples.unitSet, rule: ConsoleSamples.rule,
            basis: LegalBasis("Luật 26/2023/QH15", "Điều 9"), isFresh: isFresh,
            measured: ConsoleSamples.at("2026-03-02T02:05:00Z"),
            office: ResponsibleOffice(of: unit?.code, in: units, on: ConsoleSamples.today), figures: whole,
            unplaced: unit == nil && !isEmpty ? 3 : 0, children: unit?.level == .commune ? [] : below,
            communes: unit?.level == .commune ? [] : communes, trend: isEmpty ? [] : days,
            targets: isEmpty ? [] : targets, duplicates: duplicates)
    }

    func quality(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        func frame(_ title: Sentence) -> PageFrame { self.frame(language.of(title), language, section: .quality) }
        let title = Sentence("Chất lượng", "Quality")
        func map(_ report: QualityReport, _ measure: QualityMeasure) -> QualityMapPage {
            QualityMapPage(
                frame: frame(title), report: report, measure: measure,
                drawing: QualityMapPage.drawing(report, measure: measure, units: units, in: language), units: units)
        }
        let unplaced = QualityMapPage(
            frame: frame(title), report: report(nil, isEmpty: true), measure: .alive, drawing: nil, units: units)
        let worklist = Worklist(
            items: [
                WorkItem(
                    state, handle: ConsoleSamples.handle(1).text,
                    findings: [OpenFinding(code: .addressUnresolved, field: "thuong_tru")], rule: ConsoleSamples.rule)
            ].compactMap { $0 }, whole: 1_204, receipt: 52,
            next: ListPlace(["900000", ConsoleSamples.handle(1).text]))
        return [
            ("quality", QualityPage(frame: frame(title), report: report(nil), units: units)),
            (
                "quality-commune",
                QualityPage(frame: frame(title), report: report("00097"), hasWorklist: true, units: units)
            ),
            (
                "quality-target",
                QualityPage(
                    frame: frame(title), report: report("00097"), setsTargets: true,
                    input: FormInput(["measure": "clean", "value": "nhiều\(evil)", "due-day": "1\(evil)"]),
                    problem: .value, units: units)
            ),
            ("quality-past", QualityPage(frame: frame(title), report: report("01", isFresh: false), units: units)),
            ("quality-empty", QualityPage(frame: frame(title), report: report(nil, isEmpty: true), units: units)),
            ("map", map(report(nil), .complete)), ("map-province", map(report("01"), .clean)),
            ("map-empty", unplaced),
            (
                "worklist",
                WorklistPage(
                    frame: frame(WorklistPage.title), list: worklist, unit: ConsoleSamples.communes[1], units: units)
            ),
            (
                "worklist-nothing",
                WorklistPage(
                    frame: frame(WorklistPage.title), list: Worklist(items: [], whole: 0, receipt: nil), unit: nil,
                    units: units)
            ),
        ]
    }
}
