import Civil
import Population

/// Trang bản đồ: every commune at its coordinates, its class by colour, pattern and digit, with the list beside it.
package struct QualityMapPage: ConsolePage {
    package static let template = "map"

    struct Choice: Equatable, Sendable {
        let href: String
        let title: String
        let current: Bool
    }

    struct Grade: Equatable, Sendable {
        let sign: PageDrawing
        let number: String
        let what: String
    }

    struct Line: Equatable, Sendable {
        let href: String
        let name: String
        let persons: String
        let share: String
        let sign: PageDrawing
        let grade: String
        let office: String
    }

    package let frame: PageFrame
    let way: [QualityPage.Link]
    let name: String
    let path: String
    let measured: String
    let office: String
    let word: String
    let what: String
    let choices: [Choice]
    let legend: [Grade]
    let drawing: PageDrawing?
    /// The provinces of the country, with maps of their own; the communes of a province.
    let lines: [Line]
    let empty: String?
    let nation: Bool

    package init(
        frame: PageFrame, report: QualityReport, measure: QualityMeasure, drawing: PageDrawing?, units: UnitDirectory
    ) {
        let language = frame.spoken
        let base = QualityPage.path(of: report.unit)
        self.frame = frame
        way = QualityPage.way(to: report, units, language)
        name = report.unit?.name ?? language.of(QualityPage.nation)
        path = base
        measured = ValueWords(language, units: units).moment(report.measured)
        office = language.of(report.office.vietnamese, report.office.english)
        word = language.of(measure.word)
        what = language.of(measure.title)
        choices = QualityMeasure.allCases.map {
            Choice(
                href: "\(base)/map?measure=\($0.rawValue)", title: language.of($0.word), current: $0 == measure)
        }
        let texts = language == .vietnamese ? QualityMap.gradeTexts : QualityMap.englishGradeTexts
        legend =
            texts.enumerated().map { index, text in
                Grade(sign: PageDrawing(QualityMap.sign(index + 1)), number: String(index + 1), what: text)
            } + [
                Grade(
                    sign: PageDrawing(QualityMap.sign(0)), number: "–",
                    what: language.of("chưa có người", "without people"))
            ]
        self.drawing = drawing
        nation = report.unit == nil
        let all = report.unit == nil ? report.children : report.communes
        let known = all.filter { $0.figures.tally.persons > 0 }
        let isNation = nation
        lines = QualityMapPage.worstFirst(known, measure).map {
            QualityMapPage.line($0, measure, isNation: isNation, language)
        }
        empty = known.count < all.count ? NumberText.grouped(all.count - known.count) : nil
    }

    /// The map of a report's communes; nil where none has coordinates.
    static func drawing(
        _ report: QualityReport, measure: QualityMeasure, units: UnitDirectory, in language: PageLanguage
    ) -> PageDrawing? {
        let map = QualityMap(
            measure: measure, lines: report.communes, isNation: report.unit == nil, language: language,
            link: { QualityPage.path(of: $0) })
        return map.svg(
            id: "map", title: language.of("Bản đồ các xã", "Map of the communes"),
            description: language.of(
                "Mỗi xã một vòng tròn, diện tích theo số người, hạng 1 (kém) đến 5 (tốt); danh sách bên cạnh có cùng "
                    + "số liệu.",
                "A circle for each commune, its area by persons, class 1 (bad) to 5 (good); the list beside it has "
                    + "the same figures.")
        ).map { PageDrawing($0) }
    }

    private static func worstFirst(_ lines: [QualityLine], _ measure: QualityMeasure) -> [QualityLine] {
        lines.sorted { left, right in
            let one = left.figures.share(of: measure).perMillion ?? -1
            let other = right.figures.share(of: measure).perMillion ?? -1
            return (one, left.unit.code.code) < (other, right.unit.code.code)
        }
    }

    private static func line(
        _ line: QualityLine, _ measure: QualityMeasure, isNation: Bool, _ language: PageLanguage
    ) -> Line {
        let share = line.figures.share(of: measure)
        let grade = QualityMap.grade(of: share)
        return Line(
            href: QualityPage.path(of: line.unit) + (isNation ? "/map?measure=\(measure.rawValue)" : ""),
            name: line.unit.name, persons: NumberText.grouped(line.figures.tally.persons),
            share: PercentText.vietnamese(share), sign: PageDrawing(QualityMap.sign(grade)), grade: String(grade),
            office: language.of(line.office.vietnamese, line.office.english))
    }
}
