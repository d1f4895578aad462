import Civil
import Population

/// The charts of a report on quality; each has its figures as a table beside it.
enum QualityCharts {
    /// A thin bar that is filled as far as the share goes.
    static func meter(_ share: Share) -> String {
        let filled = share.perMillion.map { min(1_000, max($0 > 0 ? 4 : 0, $0 / 1_000)) } ?? 0
        return """
            <svg class="meter" viewBox="0 0 1000 70" preserveAspectRatio="none" aria-hidden="true">\
            <rect width="1000" height="70" rx="6"/><rect class="filled" width="\(filled)" height="70" rx="6"/></svg>
            """
    }

    /// The mandatory fields: how many persons have each, and for how many of these a source has verified it.
    static func fields(_ report: QualityReport, id: String, title: String) -> String {
        let persons = max(1, report.figures.tally.persons)
        let step = 28
        let left = 300
        let room = 330
        var body = ""
        for (index, row) in report.fields.enumerated() {
            let top = index * step + 4
            let name = HTMLText.escaped(shortened(row.field.title.vietnamese, to: 40))
            let filled = row.filled * room / persons
            let verified = row.verified * room / persons
            body += """
                <text x="\(left - 10)" y="\(top + 15)" text-anchor="end">\(name)</text>
                <rect fill="#e3e7ec" x="\(left)" y="\(top)" width="\(room)" height="20" rx="2"/>
                <rect class="part" x="\(left)" y="\(top)" width="\(filled)" height="20" rx="2"/>
                <rect class="verified" x="\(left)" y="\(top + 6)" width="\(verified)" height="8"/>
                <text x="\(left + room + 8)" y="\(top + 15)" class="count">\
                \(PercentText.vietnamese(Share(row.filled, of: persons)))</text>

                """
        }
        return svg(height: report.fields.count * step + 8, id: id, title: title, body: body)
    }

    /// Persons by age group, with a dashed frame as far as people are expected.
    static func ages(_ figures: QualityFigures, id: String, title: String) -> String {
        let expected = figures.expected?.ages ?? [:]
        let most = max(1, AgeGroup.allCases.map { max(figures.tally.ages[$0] ?? 0, expected[$0] ?? 0) }.max() ?? 1)
        let step = 34
        let left = 90
        let room = 500
        var body = ""
        for (index, group) in AgeGroup.allCases.enumerated() {
            let top = index * step + 6
            let count = figures.tally.ages[group] ?? 0
            let width = count == 0 ? 0 : max(2, count * room / most)
            body += """
                <text x="\(left - 10)" y="\(top + 16)" text-anchor="end">\(group.text)</text>
                <rect class="tone" x="\(left)" y="\(top)" width="\(width)" height="22" rx="2"/>

                """
            var edge = width
            if let wanted = expected[group] {
                let frame = max(2, wanted * room / most)
                body += """
                    <rect class="expected" x="\(left)" y="\(top - 2)" width="\(frame)" height="26" rx="2"/>

                    """
                edge = max(edge, frame)
            }
            body += """
                <text x="\(left + edge + 8)" y="\(top + 16)" class="count">\(NumberText.grouped(count))</text>

                """
        }
        return svg(height: AgeGroup.allCases.count * step + 8, id: id, title: title, body: body)
    }

    /// The measures over the days of the series; each line has its own dashes and its name at its end.
    static func trend(
        _ days: [QualityDay], measures: [QualityMeasure], id: String, title: String,
        in language: PageLanguage = .vietnamese
    ) -> String {
        let (left, top, width, height) = (52.0, 12.0, 560.0, 260.0)
        let first = days.first?.day.daysSinceEpoch ?? 0
        let span = Double(max(1, (days.last?.day.daysSinceEpoch ?? 0) - first))
        func y(_ perMillion: Int) -> Double { top + height - height * Double(min(perMillion, 1_000_000)) / 1_000_000 }
        var body = ""
        for step in stride(from: 0, through: 100, by: 25) {
            let line = Number.text(y(step * 10_000))
            body += """
                <path class="grid" d="M\(Number.text(left)) \(line)H\(Number.text(left + width))"/>
                <text class="axis" x="\(Number.text(left - 8))" y="\(Number.text(y(step * 10_000) + 4))" \
                text-anchor="end">\(step) %</text>

                """
        }
        var ends: [(y: Double, name: String)] = []
        for (index, measure) in measures.enumerated() {
            let points = days.compactMap { day -> (x: Double, y: Double)? in
                guard let perMillion = day.figures.share(of: measure).perMillion else { return nil }
                return (left + width * Double(day.day.daysSinceEpoch - first) / span, y(perMillion))
            }
            guard let last = points.last else { continue }
            let path = points.enumerated().map { place, point in
                "\(place == 0 ? "M" : "L")\(Number.text(point.x)) \(Number.text(point.y))"
            }.joined()
            body += "<path class=\"line l\(index) d\(index)\" d=\"\(path)\"/>\n"
            body += """
                <circle class="dot l\(index)" cx="\(Number.text(last.x))" cy="\(Number.text(last.y))" r="4"/>

                """
            ends.append((last.y, language.of(measure.word)))
        }
        body += names(ends, x: left + width + 12)
        for (day, anchor, x) in [(days.first, "start", left), (days.last, "end", left + width)] {
            guard let day, days.count > 1 || anchor == "start" else { continue }
            body += """
                <text class="axis" x="\(Number.text(x))" y="\(Number.text(top + height + 22))" \
                text-anchor="\(anchor)">\(DayText.vietnamese(day.day))</text>

                """
        }
        return svg(height: 304, id: id, title: title, body: body)
    }

    /// The names at the ends of the lines, pushed apart where lines end close to each other.
    private static func names(_ ends: [(y: Double, name: String)], x: Double) -> String {
        var text = ""
        var lowest = -100.0
        for end in ends.sorted(by: { $0.y < $1.y }) {
            let y = max(end.y + 5, lowest + 17)
            lowest = y
            text += "<text x=\"\(Number.text(x))\" y=\"\(Number.text(y))\">\(HTMLText.escaped(end.name))</text>\n"
        }
        return text
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        text.count <= length ? text : String(text.prefix(length - 1)) + "…"
    }

    private static func svg(height: Int, id: String, title: String, body: String) -> String {
        """
        <svg viewBox="0 0 720 \(height)" role="img" aria-labelledby="\(id)-title">
        <title id="\(id)-title">\(HTMLText.escaped(title))</title>
        \(body)</svg>
        """
    }
}
