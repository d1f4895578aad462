import Access
import Civil
import Ledger
import Population

/// Báo cáo lô phiếu: one HTML file that needs nothing else, with charts and the same figures as tables.
package enum BatchReport {
    /// Reads the rows page by page, each page a recorded look, and writes the report.
    ///
    /// - Parameter onPage: told after every page, with the rows read so far.
    package static func html(
        of batch: Batch, in register: PopulationRegister, by requester: Requester,
        onPage: @Sendable (_ rows: Int) -> Void = { _ in }
    ) async throws -> String {
        var rows = try await register.rows(ofBatch: batch, after: 0, by: requester)
        // Ages are those of the day of collection; the sheets of a batch share it.
        let day = rows.lazy.compactMap { $0.collected?.exact }.first
        var statistics = BatchStatistics(on: day ?? batch.received.dayInVietnam)
        while let last = rows.last {
            for row in rows { statistics.add(row) }
            onPage(statistics.rows)
            rows = try await register.rows(ofBatch: batch, after: last.place, by: requester)
        }
        return html(
            summary: try await register.summary(ofBatch: batch.id), statistics: statistics, kind: register.kind,
            made: register.surroundings.now())
    }

    /// The report of figures that were counted already.
    package static func html(
        summary: BatchSummary, statistics: BatchStatistics, kind: RegisterKind, made: Instant
    ) -> String {
        let name = HTMLText.escaped(summary.batch.name)
        let sections = [
            fates(summary), findings(summary), ages(statistics), precision(statistics), addresses(statistics),
            households(statistics),
        ]
        return """
            <!DOCTYPE html>
            <html lang="vi">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Báo cáo lô \(name)</title>
            <style>\(style)</style>
            </head>
            <body>
            \(kind == .demonstration ? banner : "")
            <header>
            <h1>Báo cáo lô phiếu \(name) <span lang="en">Report on collection batch \(name)</span></h1>
            \(facts(summary, made))
            </header>
            <main>
            \(sections.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    /// The policy under which the server sends a report: its own style and nothing else.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'sha256-\(MerkleHash.plain(Array(style.utf8)).base64)'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'"

    static let banner = """
        <p class="banner" role="note"><strong>Cơ sở dữ liệu trình diễn — người trong đây không có thật</strong>
        <span lang="en">demonstration register — invented people</span></p>
        """

    private static func facts(_ summary: BatchSummary, _ made: Instant) -> String {
        let batch = summary.batch
        var lines = [
            ("Tiếp nhận", "received", DayText.vietnamese(batch.received.dayInVietnam)),
            ("Số dòng", "rows", NumberText.grouped(batch.rows)),
            ("Bảng mã", "encoding", HTMLText.escaped(batch.encoding)),
            ("Công dân", "persons", NumberText.grouped(summary.persons)),
            ("Hộ gia đình", "households", NumberText.grouped(summary.households)),
            ("Lập báo cáo", "made", DayText.vietnamese(made.dayInVietnam)),
        ]
        if batch.done < batch.rows {
            lines.append(("Còn chưa nhập", "still to do", NumberText.grouped(batch.rows - batch.done)))
        }
        let items = lines.map {
            "<div><dt>\($0.0) <span lang=\"en\">\($0.1)</span></dt><dd>\($0.2)</dd></div>"
        }
        return "<dl class=\"facts\">\(items.joined())</dl>"
    }

    // MARK: Sections

    private static func fates(_ summary: BatchSummary) -> String {
        let bars = [
            Chart.Bar(label: "Nhận / accepted", value: summary.accepted, tone: "good"),
            Chart.Bar(label: "Nhận, có phát hiện / findings", value: summary.acceptedWithFindings, tone: "marked"),
            Chart.Bar(label: "Chờ xem xét / held", value: summary.held, tone: "held"),
        ]
        return section(
            "fates", "Kết quả từng dòng", "Fate of every row",
            chart: Chart.bars(bars, id: "fates", title: "Kết quả từng dòng / fate of every row"),
            table: table(of: bars, whole: summary.accepted + summary.acceptedWithFindings + summary.held))
    }

    private static func findings(_ summary: BatchSummary) -> String {
        let found = summary.findings.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        guard !found.isEmpty else {
            return section(
                "findings", "Phát hiện", "Findings", chart: "",
                table: "<p>Không có phát hiện nào. <span lang=\"en\">Nothing was found.</span></p>")
        }
        let bars = found.map { code, count in
            Chart.Bar(label: code.rawValue, value: count, tone: tone(of: code))
        }
        let rows = found.map { code, count in
            """
            <tr><th scope="row"><code>\(HTMLText.escaped(code.rawValue))</code></th>
            <td>\(NumberText.grouped(count))</td><td class="text">\(HTMLText.escaped(code.sentence.vietnamese))
            <span lang="en">\(HTMLText.escaped(code.sentence.english))</span></td></tr>
            """
        }
        let head = """
            <tr><th scope="col">Mã <span lang="en">code</span></th>
            <th scope="col">Số dòng <span lang="en">rows</span></th>
            <th scope="col" class="text">Nghĩa là gì, cần làm gì
            <span lang="en">what it means and what to do</span></th></tr>
            """
        return section(
            "findings", "Phát hiện và việc cần làm", "Findings and what to do",
            chart: key + Chart.bars(bars, id: "findings", title: "Phát hiện theo mã / findings by code"),
            table: "<table><thead>\(head)</thead><tbody>\(rows.joined())</tbody></table>")
    }

    /// What the colours of the findings say.
    private static var key: String {
        let meanings = [
            ("tone", "chỉ ghi nhận", "noted, the row is accepted"), ("marked", "nhận, có đánh dấu", "accepted, marked"),
            ("held", "dòng chờ xem xét", "the row is held"),
        ]
        let items = meanings.map { tone, vietnamese, english in
            """
            <li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="\(tone)" width="10" height="10"/></svg>
            \(vietnamese) <span lang="en">\(english)</span></li>
            """
        }
        return "<ul class=\"key\">\(items.joined())</ul>"
    }

    private static func tone(of code: FindingCode) -> String {
        switch code.weight {
        case .noted: "tone"
        case .marked: "marked"
        case .held: "held"
        }
    }

    private static func ages(_ statistics: BatchStatistics) -> String {
        let last = BatchStatistics.lastAgeGroup
        let labels = (0...last).map { $0 == last ? "\($0 * 5)+" : "\($0 * 5)–\($0 * 5 + 4)" }
        let rows = zip(labels, statistics.ages).reversed().map { label, group in
            """
            <tr><th scope="row">\(label)</th><td>\(NumberText.grouped(group.male))</td>
            <td>\(NumberText.grouped(group.female))</td><td>\(NumberText.grouped(group.unknown))</td></tr>
            """
        }
        let head = """
            <tr><th scope="col">Tuổi <span lang="en">age</span></th><th scope="col">Nam <span lang="en">men</span></th>
            <th scope="col">Nữ <span lang="en">women</span></th>
            <th scope="col">Chưa rõ giới tính <span lang="en">sex not stated</span></th></tr>
            """
        let note = """
            <p>Người được nhận, tuổi tính đến \(DayText.vietnamese(statistics.day)); chưa rõ tuổi:
            \(NumberText.grouped(statistics.ageUnknown)).
            <span lang="en">Accepted persons, age on that day; age not known:
            \(NumberText.grouped(statistics.ageUnknown)).</span></p>
            """
        return section(
            "ages", "Tháp tuổi", "Age pyramid",
            chart: note
                + Chart.pyramid(
                    statistics.ages, labels: labels, id: "ages", title: "Tháp tuổi theo giới tính / age pyramid"),
            table: "<table><thead>\(head)</thead><tbody>\(rows.joined())</tbody></table>")
    }

    private static func precision(_ statistics: BatchStatistics) -> String {
        let known = statistics.precision
        let bars = [
            Chart.Bar(label: "Đủ ngày / whole date", value: known[.day] ?? 0, tone: "good"),
            Chart.Bar(label: "Tháng và năm / month, year", value: known[.month] ?? 0),
            Chart.Bar(label: "Chỉ có năm / year alone", value: known[.year] ?? 0),
            Chart.Bar(label: "Không có / none", value: known[nil] ?? 0, tone: "held"),
        ]
        return section(
            "precision", "Độ chính xác của ngày sinh", "How much of the date of birth is known",
            chart: Chart.bars(bars, id: "precision", title: "Độ chính xác của ngày sinh / precision of birth dates"),
            table: table(of: bars, whole: statistics.rows))
    }

    private static func addresses(_ statistics: BatchStatistics) -> String {
        func bars(_ counts: BatchStatistics.Addresses) -> [Chart.Bar] {
            [
                Chart.Bar(label: "Xác định / resolved", value: counts.resolved, tone: "good"),
                Chart.Bar(label: "Nhiều khả năng / ambiguous", value: counts.ambiguous, tone: "marked"),
                Chart.Bar(label: "Không xác định / unresolved", value: counts.unresolved, tone: "marked"),
                Chart.Bar(label: "Để trống / missing", value: counts.missing),
            ]
        }
        func part(_ id: String, _ vietnamese: String, _ english: String, _ counts: BatchStatistics.Addresses) -> String
        {
            "<h3>\(vietnamese) <span lang=\"en\">\(english)</span></h3>"
                + figure(
                    chart: Chart.bars(bars(counts), id: id, title: "\(vietnamese) / \(english)"),
                    table: table(of: bars(counts), whole: counts.total))
        }
        return """
            <section aria-labelledby="addresses-head">
            <h2 id="addresses-head">Địa chỉ tìm được đơn vị hành chính
            <span lang="en">Addresses resolved to a unit</span></h2>
            \(part("permanent", "Nơi thường trú", "permanent residence", statistics.permanent))
            \(part("current", "Nơi ở hiện tại", "current residence", statistics.current))
            </section>
            """
    }

    private static func households(_ statistics: BatchStatistics) -> String {
        let sizes = statistics.householdsBySize
        let bars = sizes.enumerated().map { index, count in
            let size = index + 1
            return Chart.Bar(
                label: size == BatchStatistics.largestHousehold ? "\(size) người trở lên / or more" : "\(size) người",
                value: count)
        }
        return section(
            "households", "Hộ theo số người", "Households by size",
            chart: Chart.bars(bars, id: "households", title: "Hộ theo số người / households by size"),
            table: table(of: bars, whole: sizes.reduce(0, +)))
    }

    // MARK: Parts

    private static func section(
        _ id: String, _ vietnamese: String, _ english: String, chart: String, table: String
    ) -> String {
        """
        <section aria-labelledby="\(id)-head">
        <h2 id="\(id)-head">\(vietnamese) <span lang="en">\(english)</span></h2>
        \(figure(chart: chart, table: table))
        </section>
        """
    }

    private static func figure(chart: String, table: String) -> String {
        "<div class=\"figure\"><div class=\"chart\">\(chart)</div><div class=\"figures\">\(table)</div></div>"
    }

    private static func table(of bars: [Chart.Bar], whole: Int) -> String {
        let rows = bars.map {
            """
            <tr><th scope="row">\(HTMLText.escaped($0.label))</th><td>\(NumberText.grouped($0.value))</td>
            <td>\(NumberText.share($0.value, of: whole))</td></tr>
            """
        }
        return """
            <table><thead><tr><td></td><th scope="col">Số lượng <span lang="en">count</span></th>
            <th scope="col">Tỷ lệ <span lang="en">share</span></th></tr></thead><tbody>\(rows.joined())</tbody></table>
            """
    }

    /// The style that travels inside the file.
    static let style = """
        :root{--ink:#1b2430;--quiet:#566173;--line:#d5dae1;--red:#9e1b20}
        *{box-sizing:border-box}
        body{margin:0;color:var(--ink);background:#fff;line-height:1.55;
        font-family:"Noto Sans","Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
        header,main{max-width:68rem;margin:0 auto;padding:0 1.25rem}
        h1{margin:1.5rem 0 .75rem;font-size:1.75rem;line-height:1.3;color:var(--red)}
        h1 span{display:block;font-size:1rem;font-weight:400}
        h2{margin:0 0 .75rem;font-size:1.25rem}
        h2 span,h3 span{font-weight:400;font-size:.85em;margin-left:.3rem}
        h3{margin:1rem 0 .5rem;font-size:1rem}
        [lang=en]{color:var(--quiet)}
        .banner{margin:0;padding:.6rem 1.25rem;background:#fff3cf;border-bottom:2px solid #d9a400;text-align:center}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:0}
        .facts div{border-left:3px solid var(--red);padding-left:.6rem}
        .facts dt{font-size:.85rem}.facts dt span{display:block}
        .facts dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
        section{margin:1.5rem 0;padding-top:1.25rem;border-top:1px solid var(--line);break-inside:avoid}
        .figure{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem;align-items:start}
        @media(min-width:60rem){section:not([aria-labelledby=findings-head]) .figure{
        grid-template-columns:minmax(0,3fr) minmax(0,2fr)}}
        svg{display:block;width:100%;max-width:45rem;height:auto;font-size:14px;
        -webkit-print-color-adjust:exact;print-color-adjust:exact}
        svg text{fill:var(--ink)}svg .count,svg .age{font-variant-numeric:tabular-nums}
        svg .age{font-size:12px}svg .side{font-weight:600}
        .tone{fill:#5b7fa6}.good{fill:#2f7d4f}.marked{fill:#c58a00}.held{fill:#9e1b20}
        .men{fill:#3d6f9e}.women{fill:#b4566b}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;max-width:100%}
        th,td{padding:.3rem .7rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
        tbody th,thead th span{font-weight:400}
        .key{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0 0 .75rem;padding:0;list-style:none}
        .key svg{display:inline-block;width:.9rem;height:.9rem;margin-right:.35rem;vertical-align:-.1rem}
        th:first-child,td:first-child,.text{text-align:left}
        .text span{display:block}
        code{font-family:"DejaVu Sans Mono",Consolas,monospace;font-size:.875rem}
        @media print{section{border-top:0}h1{margin-top:0}}
        """
}
