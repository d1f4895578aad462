import Civil
import Population

extension QualityReportPage {
    // MARK: Units below

    /// All measures of the units next below.
    var children: String {
        let known = report.children.filter { $0.figures.tally.persons > 0 }
        guard !known.isEmpty else { return "" }
        let rows = known.map { line -> String in
            let cells = QualityMeasure.allCases.map { "<td>\(PercentText.vietnamese(line.figures.share(of: $0)))</td>" }
            return """
                <tr><th scope="row">\(unitLink(line.unit))</th>\
                <td>\(NumberText.grouped(line.figures.tally.persons))</td>\
                \(cells.joined())<td class="text">\(HTMLText.escaped(line.office.vietnamese))</td></tr>
                """
        }
        let heads = QualityMeasure.allCases.map {
            "<th scope=\"col\">\($0.vietnamese) <span lang=\"en\">\($0.rawValue)</span></th>"
        }
        let empty = report.children.count - known.count
        let rest =
            empty == 0
            ? ""
            : "<p>\(NumberText.grouped(empty)) đơn vị chưa có người. "
                + "<span lang=\"en\">\(empty) units without people.</span></p>"
        return """
            <section aria-labelledby="units-head">
            <h2 id="units-head">Đơn vị trực thuộc <span lang="en">Units below</span></h2>
            <div class="wide" role="region" aria-labelledby="units-head" tabindex="0">
            <table><thead><tr><th scope="col">Đơn vị <span lang="en">unit</span></th>\
            <th scope="col">Người <span lang="en">persons</span></th>\(heads.joined())\
            <th scope="col" class="text">Cơ quan chịu trách nhiệm <span lang="en">office</span></th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            \(rest)
            </section>
            """
    }

    // MARK: Duplicates

    /// Who may stand twice, in the unit and those below.
    var duplicates: String {
        guard let found = report.duplicates else { return "" }
        func row(_ name: String, _ figures: UnitDuplicates) -> String {
            """
            <tr><th scope="row">\(name)</th><td>\(NumberText.grouped(figures.pairs))</td>
            <td>\(DuplicateWords.expected(figures))</td><td>\(DuplicateWords.bounded(figures.precision))</td>
            <td>\(DuplicateWords.change(figures))</td></tr>
            """
        }
        let below = report.children.compactMap { child in
            found.units[child.unit.code].map { row(unitLink(child.unit), $0) }
        }
        let rows = [row(HTMLText.escaped(report.unit?.name ?? "Cả nước"), found.whole)] + below
        let sentence = DuplicateWords.sentence(found)
        return """
            <section aria-labelledby="duplicates-head">
            <h2 id="duplicates-head">Người có thể đứng hai lần <span lang="en">People who may stand twice</span></h2>
            <p>\(HTMLText.escaped(sentence.vietnamese)) <span lang="en">\(HTMLText.escaped(sentence.english))</span></p>
            <div class="wide" role="region" aria-labelledby="duplicates-head" tabindex="0">
            <table><thead><tr><th scope="col">Đơn vị <span lang="en">unit</span></th>
            <th scope="col">Cặp đang chờ <span lang="en">pairs</span></th>
            <th scope="col">Ước tính là một người <span lang="en">estimated</span></th>
            <th scope="col">Theo kết luận <span lang="en">by decisions</span></th>
            <th scope="col">Thay đổi <span lang="en">change</span></th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            </section>
            """
    }

    // MARK: Fields

    var fields: String {
        guard !report.fields.isEmpty, report.figures.tally.persons > 0 else { return "" }
        let persons = report.figures.tally.persons
        let rows = report.fields.map { row in
            """
            <tr><th scope="row">\(HTMLText.escaped(row.field.title.vietnamese))
            <span lang="en">\(HTMLText.escaped(row.field.title.english))</span></th>
            <td>\(NumberText.grouped(persons - row.filled))</td>
            <td>\(PercentText.vietnamese(Share(row.filled, of: persons)))</td>
            <td>\(PercentText.vietnamese(Share(row.verified, of: row.filled)))</td></tr>
            """
        }
        let table = """
            <table><thead><tr><th scope="col">Trường <span lang="en">field</span></th>
            <th scope="col">Còn thiếu <span lang="en">missing</span></th><th scope="col">đủ</th>
            <th scope="col">đúng</th></tr></thead><tbody>\(rows.joined())</tbody></table>
            """
        return section(
            "fields", "Từng trường bắt buộc", "Each mandatory field",
            chart: """
                <p>Thanh nhạt: người đã có trường này; thanh đậm: đã được xác minh.
                <span lang="en">Pale: filled; dark: verified.</span></p>
                """
                    + QualityCharts.fields(
                        report, id: "fields", title: "Trường bắt buộc đã có và đã xác minh / fields filled and verified"
                    ),
            table: table)
    }

    // MARK: Ages

    var ages: String {
        guard report.figures.tally.persons > 0 else { return "" }
        let figures = report.figures
        let rows = AgeGroup.allCases.map { group -> String in
            let count = figures.tally.ages[group] ?? 0
            let expected = figures.expected?.ages[group]
            return """
                <tr><th scope="row">\(group.text)</th><td>\(NumberText.grouped(count))</td>
                <td>\(expected.map { NumberText.grouped($0) } ?? "–")</td>
                <td>\(PercentText.vietnamese(Share(count, of: expected ?? 0)))</td></tr>
                """
        }
        let unknown = figures.tally.ages[nil] ?? 0
        let all = figures.expected
        let source =
            all.map { expected in
                "<p>Dân số dự kiến \(expected.year): \(HTMLText.escaped(expected.source)).</p>"
            } ?? ""
        let table = """
            <table><thead><tr><th scope="col">Tuổi <span lang="en">age</span></th>
            <th scope="col">Người <span lang="en">persons</span></th>
            <th scope="col">Dự kiến <span lang="en">expected</span></th>
            <th scope="col">phủ <span lang="en">coverage</span></th></tr></thead><tbody>\(rows.joined())
            <tr><th scope="row">chưa rõ <span lang="en">not known</span></th><td>\(NumberText.grouped(unknown))</td>
            <td>–</td><td>–</td></tr>
            <tr><th scope="row"><strong>tất cả <span lang="en">all</span></strong></th>
            <td>\(NumberText.grouped(figures.tally.persons))</td>
            <td>\(all.map { NumberText.grouped($0.persons) } ?? "–")</td>
            <td>\(PercentText.vietnamese(figures.share(of: .coverage)))</td></tr></tbody></table>
            """
        return section(
            "ages", "Độ phủ theo nhóm tuổi", "Coverage by age group",
            chart: QualityCharts.ages(figures, id: "ages", title: "Người theo nhóm tuổi / persons by age group")
                + source,
            table: table)
    }

    // MARK: Trend

    var trend: String {
        guard !report.trend.isEmpty else { return "" }
        let measures = QualityMeasure.allCases.filter { measure in
            report.trend.contains { $0.figures.share(of: measure).perMillion != nil }
        }
        let heads = measures.map { "<th scope=\"col\">\($0.vietnamese)</th>" }
        let rows = report.trend.reversed().map { day -> String in
            let cells = measures.map { "<td>\(PercentText.vietnamese(day.figures.share(of: $0)))</td>" }
            return """
                <tr><th scope="row">\(DayText.vietnamese(day.day))</th>
                <td>\(NumberText.grouped(day.figures.tally.persons))</td>\(cells.joined())</tr>
                """
        }
        let head = """
            <thead><tr><th scope="col">Ngày <span lang="en">day</span></th><th scope="col">Người</th>\
            \(heads.joined())</tr></thead>
            """
        let recent = 14
        var table = "<table>\(head)<tbody>\(rows.prefix(recent).joined())</tbody></table>"
        if rows.count > recent {
            table += """
                <details><summary>Các ngày trước <span lang="en">earlier days</span></summary>
                <table>\(head)<tbody>\(rows.dropFirst(recent).joined())</tbody></table></details>
                """
        }
        return section(
            "trend", "Diễn biến theo ngày", "Day by day",
            chart: QualityCharts.trend(
                report.trend, measures: measures, id: "trend", title: "Các tiêu chí theo ngày / measures by day"),
            table: table)
    }

    // MARK: Targets

    var targets: String {
        guard !report.targets.isEmpty else { return "" }
        let rows = report.targets.map { state -> String in
            """
            <tr><th scope="row">\(state.target.measure.vietnamese)
            <span lang="en">\(state.target.measure.rawValue)</span></th>
            <td>\(PercentText.vietnamese(Share(state.target.perMillion, of: 1_000_000)))</td>
            <td>\(DayText.vietnamese(state.target.due))</td><td>\(PercentText.vietnamese(state.now))</td>
            <td class="text"><span class="standing \(state.standing.rawValue)">\(state.standing.title.vietnamese)
            <span lang="en">\(state.standing.title.english)</span></span></td></tr>
            """
        }
        return """
            <section aria-labelledby="targets-head">
            <h2 id="targets-head">Chỉ tiêu <span lang="en">Targets</span></h2>
            <div class="wide" role="region" aria-labelledby="targets-head" tabindex="0">
            <table><thead><tr><th scope="col">Tiêu chí <span lang="en">measure</span></th>
            <th scope="col">Phải đạt <span lang="en">target</span></th>
            <th scope="col">Hạn <span lang="en">deadline</span></th>
            <th scope="col">Hiện nay <span lang="en">now</span></th>
            <th scope="col" class="text">Kết quả <span lang="en">standing</span></th></tr></thead>
            <tbody>\(rows.joined())</tbody></table></div>
            </section>
            """
    }

    private func section(
        _ id: String, _ vietnamese: String, _ english: String, chart: String, table: String
    ) -> String {
        """
        <section aria-labelledby="\(id)-head">
        <h2 id="\(id)-head">\(vietnamese) <span lang="en">\(english)</span></h2>
        <div class="figure"><div class="chart">\(chart)</div><div class="figures">\(table)</div></div>
        </section>
        """
    }
}
