import Civil
import Ledger
import Population

/// Báo cáo chất lượng và độ phủ: one HTML file that needs nothing else, with charts, a map, and every figure as a
/// table.
package struct QualityReportPage {
    let report: QualityReport
    let units: UnitDirectory
    let kind: RegisterKind
    /// The measure that colours the map.
    let measure: QualityMeasure
    /// Whether units lead to their own pages, as they do on the server.
    let hasLinks: Bool

    package static func html(
        _ report: QualityReport, units: UnitDirectory, kind: RegisterKind, measure: QualityMeasure = .complete,
        hasLinks: Bool = false
    ) -> String {
        QualityReportPage(report: report, units: units, kind: kind, measure: measure, hasLinks: hasLinks).html
    }

    /// The policy under which the server sends the page: its own style and nothing else.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'sha256-\(MerkleHash.plain(Array(QualityStyle.text.utf8)).base64)'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private var name: String { report.unit?.name ?? "Cả nước" }
    private var englishName: String { report.unit?.name ?? "the whole country" }
    private var persons: Int { report.figures.tally.persons }

    private var html: String {
        let sections = [tiles, targets, trend, map, fields, ages, children, duplicates]
        return """
            <!DOCTYPE html>
            <html lang="vi">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Chất lượng dữ liệu dân cư: \(HTMLText.escaped(name))</title>
            <style>\(QualityStyle.text)</style>
            </head>
            <body>
            \(kind == .demonstration ? BatchReport.banner : "")
            <header>
            \(way)
            <h1>Chất lượng và độ phủ dữ liệu dân cư: \(HTMLText.escaped(name))
            <span lang="en">Quality and coverage of the population data: \(HTMLText.escaped(englishName))</span></h1>
            \(facts)
            </header>
            <main>
            \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
            </main>
            \(footer)
            </body>
            </html>

            """
    }

    // MARK: Head and foot

    /// The units above, as links.
    private var way: String {
        guard hasLinks, let unit = report.unit else { return "" }
        var links = ["<a href=\"/quality?set=\(PathText.encoded(report.set.rawValue))\">Cả nước</a>"]
        var above: [AdministrativeUnit] = []
        var next = unit.parent
        while let code = next, let found = units.unit(code), above.count < 4 {
            above.insert(found, at: 0)
            next = found.parent
        }
        links += above.map { unitLink($0) }
        return "<nav aria-label=\"Đơn vị cấp trên\">\(links.joined(separator: " › "))</nav>"
    }

    func unitLink(_ unit: AdministrativeUnit) -> String {
        let name = HTMLText.escaped(unit.name)
        guard hasLinks else { return name }
        let path = "/quality/\(PathText.encoded(unit.code.set.rawValue))/\(PathText.encoded(unit.code.code))"
        return "<a href=\"\(path)\">\(name)</a>"
    }

    private var facts: String {
        let lines = [
            ("Ngày", "day", DayText.vietnamese(report.rule.day)),
            ("Người còn sống", "living persons", NumberText.grouped(persons)),
            ("Cơ quan chịu trách nhiệm", "office that answers", HTMLText.escaped(report.office.vietnamese)),
            ("Bộ đơn vị", "unit set", HTMLText.escaped(report.set.rawValue)),
            ("Danh mục bắt buộc", "list in force", HTMLText.escaped(report.basis?.description ?? "–")),
            ("Nguồn", "source", report.isFresh ? "hồ sơ hiện có" : "chuỗi ngày đã ghi"),
        ]
        return "<dl class=\"facts\">"
            + lines.map { "<div><dt>\($0.0) <span lang=\"en\">\($0.1)</span></dt><dd>\($0.2)</dd></div>" }.joined()
            + "</dl>"
    }

    private var footer: String {
        """
        <footer>
        <p><strong>Đúng</strong> = trường bắt buộc đã xác minh / đã có. <strong>Đủ</strong> = trường bắt buộc đã có /
        phải có. <strong>Sạch</strong> = 1 − tỷ lệ người còn sai phạm hoặc trùng. <strong>Sống</strong> = tỷ lệ người có
        sự kiện xác minh trong \(report.rule.freshDays) ngày. Chỉ tính người còn sống.</p>
        <p lang="en">Correct = mandatory fields verified by a source, of those filled. Complete = mandatory fields
        filled, of those that must be. Clean = 1 − share of persons with an open finding or duplicate. Alive = share of
        persons with a verified event in the last \(report.rule.freshDays) days. Only the living count.</p>
        </footer>
        """
    }

    // MARK: Measures

    private var tiles: String {
        let items = QualityMeasure.allCases.map { measure -> String in
            let share = report.figures.share(of: measure)
            let title = measure.title.vietnamese.split(separator: ": ").last.map(String.init) ?? ""
            let counts = "\(NumberText.grouped(share.part)) / \(NumberText.grouped(share.whole))"
            return """
                <li class="tile"><h3>\(measure.vietnamese.prefix(1).uppercased())\(measure.vietnamese.dropFirst())
                <span lang="en">\(measure.rawValue)</span></h3>
                <p class="big">\(PercentText.vietnamese(share))</p>
                \(QualityCharts.meter(share))
                <p>\(HTMLText.escaped(title)): \(share.whole == 0 ? "chưa có" : counts)</p>
                </li>
                """
        }
        return """
            <section aria-labelledby="measures-head">
            <h2 id="measures-head">Đúng, đủ, sạch, sống và độ phủ
            <span lang="en">Correct, complete, clean, alive, and coverage</span></h2>
            <ul class="tiles">\(items.joined())</ul>
            \(notes)
            </section>
            """
    }

    // MARK: Map

    private var map: String {
        guard !report.communes.isEmpty else { return "" }
        let drawing = QualityMap(measure: measure, lines: report.communes, isNation: report.unit == nil)
        let title = "Bản đồ: tiêu chí \"\(measure.vietnamese)\" theo từng xã"
        guard
            let svg = drawing.svg(
                id: "map", title: title,
                description:
                    "Mỗi xã một vòng tròn, diện tích theo số người, hạng 1 (kém) đến 5 (tốt); cùng số liệu ở bảng bên.")
        else { return "" }
        let legend = QualityMap.gradeTexts.enumerated().map { index, text in
            "<li>\(QualityMap.sign(index + 1))<strong>\(index + 1)</strong> \(text)</li>"
        }
        return """
            <section aria-labelledby="map-head">
            <h2 id="map-head">Bản đồ: "\(measure.vietnamese)" theo từng xã
            <span lang="en">Map: \(measure.rawValue), commune by commune</span></h2>
            \(choices)
            <ul class="legend">\(legend.joined())<li>\(QualityMap.sign(0))chưa có người
            <span lang="en">without people</span></li></ul>
            <div class="map"><div>\(svg)</div>
            <div class="list" role="region" aria-labelledby="map-head" tabindex="0">\(list)</div></div>
            </section>
            """
    }

    /// The measures that the map can show, as links of the server's page.
    private var choices: String {
        guard hasLinks else { return "" }
        let path =
            report.unit.map { "/quality/\(PathText.encoded($0.code.set.rawValue))/\(PathText.encoded($0.code.code))?" }
            ?? "/quality?set=\(PathText.encoded(report.set.rawValue))&amp;"
        let links = QualityMeasure.allCases.map { other in
            other == measure
                ? "<strong aria-current=\"true\">\(other.vietnamese)</strong>"
                : "<a href=\"\(path)measure=\(other.rawValue)#map-head\">\(other.vietnamese)</a>"
        }
        return "<nav aria-label=\"Tiêu chí của bản đồ\">\(links.joined(separator: " · "))</nav>"
    }

    /// The map as a table, the worst first; the communes of a country stand province by province.
    private var list: String {
        guard report.unit == nil else { return table(report.communes, opensWith: nil) }
        var byProvince: [UnitCode: [QualityLine]] = [:]
        for line in report.communes {
            guard let province = units.ancestor(of: line.unit.code, at: .province) else { continue }
            byProvince[province.code, default: []].append(line)
        }
        return report.children.compactMap { province in
            guard let lines = byProvince[province.unit.code] else { return nil }
            let share = province.figures.share(of: measure)
            let persons = province.figures.tally.persons
            return """
                <details\(persons > 0 ? " open" : "")><summary>\(HTMLText.escaped(province.unit.name)) \
                – \(PercentText.vietnamese(share)), \(NumberText.grouped(persons)) người</summary>
                \(table(lines, opensWith: province.unit.name))</details>
                """
        }.joined(separator: "\n")
    }

    private func table(_ lines: [QualityLine], opensWith name: String?) -> String {
        let known = lines.filter { $0.figures.tally.persons > 0 }
        let empty = lines.filter { $0.figures.tally.persons == 0 }
        let rows = known.sorted { left, right in
            let (one, other) = (
                left.figures.share(of: measure).perMillion ?? -1, right.figures.share(of: measure).perMillion ?? -1
            )
            return (one, left.unit.code.code) < (other, right.unit.code.code)
        }.map { line in
            let share = line.figures.share(of: measure)
            let grade = QualityMap.grade(of: share)
            return """
                <tr><th scope="row">\(unitLink(line.unit))</th>\
                <td>\(NumberText.grouped(line.figures.tally.persons))</td>\
                <td>\(PercentText.vietnamese(share))</td><td class="cell">\(QualityMap.sign(grade))\(grade)</td></tr>
                """
        }
        var text = ""
        if !rows.isEmpty {
            text = """
                <table><thead><tr><th scope="col">Xã <span lang="en">commune</span></th><th scope="col">Người</th>\
                <th scope="col">\(measure.vietnamese)</th><th scope="col">Hạng</th></tr></thead>
                <tbody>\(rows.joined(separator: "\n"))</tbody></table>
                """
        }
        if !empty.isEmpty {
            // Which communes nobody is known of is the list of where to begin; of a country it would fill a book.
            let names = report.unit == nil ? "" : ": " + empty.map { unitLink($0.unit) }.joined(separator: ", ")
            text += "<p>\(NumberText.grouped(empty.count)) xã chưa có người\(names).</p>"
        }
        return text
    }
}
