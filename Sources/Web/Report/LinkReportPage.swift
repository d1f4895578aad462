import Civil
import Linkage

/// Báo cáo đối chiếu: one HTML file on what was compared in a file of people and how sure it is; it names nobody.
package enum LinkReportPage {
    /// The report of a run.
    package static func html(_ report: LinkReport, threshold: Float) -> String {
        let sections = [probabilities(report, threshold), keys(report), weights(report)]
        return """
            <!DOCTYPE html>
            <html lang="vi">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Báo cáo đối chiếu</title>
            <style>\(BatchReport.style)</style>
            </head>
            <body>
            <header>
            <h1>Báo cáo đối chiếu <span lang="en">Report on records of one person</span></h1>
            \(facts(report))
            </header>
            <main>
            \(sections.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    private static func facts(_ report: LinkReport) -> String {
        let facts = [
            ("Bản ghi", "records", NumberText.grouped(report.records)),
            ("Cặp đã so", "pairs compared", NumberText.grouped(report.pairsCompared)),
            ("Khóa tìm được", "found by the keys", percent(report.blockingRecall)),
            ("Ước tính đúng", "expected precision", percent(report.expectedPrecision)),
            ("Ước tính đủ", "expected recall", percent(report.expectedRecall)),
        ]
        let items = facts.map { vietnamese, english, value in
            #"<div><dt>\#(vietnamese) <span lang="en">\#(english)</span></dt><dd>\#(value)</dd></div>"#
        }
        return #"<dl class="facts">\#(items.joined())</dl>"#
    }

    private static func probabilities(_ report: LinkReport, _ threshold: Float) -> String {
        let bars = report.histogram.enumerated().map { step, count in
            let middle = (Double(step) + 0.5) / 20
            let tone = middle < Double(threshold) ? "tone" : middle < 0.9 ? "marked" : "good"
            return Chart.Bar(label: "\(step * 5)–\(step * 5 + 5) %", value: count, tone: tone)
        }
        return section(
            "probabilities", "Xác suất là một người", "Probability of one person",
            note: (
                "Cặp dưới ngưỡng không được báo; cặp màu vàng cần xem kỹ.",
                "Pairs below the threshold are not told; the yellow ones are uncertain."
            ),
            Chart.bars(bars, id: "probabilities", title: "Số cặp theo xác suất / pairs by probability"))
    }

    private static func keys(_ report: LinkReport) -> String {
        let used = report.blocks.filter { $0.records > 0 }
        let bars = used.map { Chart.Bar(label: $0.key.sentence.vietnamese, value: $0.pairs) }
        let rows = used.map { block in
            row(
                block.key.sentence,
                [block.records, block.blocks, block.pairs, block.biggest, block.refined, block.skipped]
                    .map(NumberText.grouped))
        }
        let head = [
            ("Bản ghi", "records"), ("Khối", "blocks"), ("Cặp", "pairs"), ("Khối lớn nhất", "biggest"),
            ("Chia nhỏ", "refined"), ("Chỉ so lân cận", "neighbours only"),
        ]
        return section(
            "keys", "Khóa tìm cặp", "Keys that bring pairs",
            note: (
                "Mỗi khóa đưa các bản ghi giống nhau về cùng một khối; khối quá lớn được chia nhỏ.",
                "Each key brings records that agree in it together; blocks too big are made smaller."
            ),
            Chart.bars(bars, id: "keys", title: "Số cặp theo khóa / pairs by key") + table(head, rows))
    }

    private static func weights(_ report: LinkReport) -> String {
        let rows = report.weights.map { row($0.sentence, [percent($0.same), percent($0.relatives)]) }
        return section(
            "weights", "Trọng số học được", "Weights learnt",
            note: (
                "Mức giống nhau xuất hiện bao nhiêu giữa hai bản ghi của một người, và giữa anh chị em ruột.",
                "How often a level occurs between records of one person, and between those of siblings."
            ),
            table([("Một người", "one person"), ("Anh chị em", "siblings")], rows))
    }

    private static func section(
        _ id: String, _ vietnamese: String, _ english: String, note: (String, String), _ body: String
    ) -> String {
        """
        <section aria-labelledby="\(id)-head">
        <h2 id="\(id)-head">\(vietnamese) <span lang="en">\(english)</span></h2>
        <p>\(note.0) <span lang="en">\(note.1)</span></p>
        \(body)
        </section>
        """
    }

    private static func table(_ head: [(String, String)], _ rows: [String]) -> String {
        let cells = head.map { #"<th scope="col">\#($0) <span lang="en">\#($1)</span></th>"# }
        return "<table><thead><tr><td></td>\(cells.joined())</tr></thead><tbody>\(rows.joined())</tbody></table>"
    }

    private static func row(_ sentence: Sentence, _ values: [String]) -> String {
        let cells = values.map { "<td>\($0)</td>" }
        return #"<tr><th scope="row">\#(HTMLText.escaped(sentence.vietnamese)) <span lang="en">"#
            + "\(HTMLText.escaped(sentence.english))</span></th>\(cells.joined())</tr>"
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1_000).rounded())
        return "\(tenths / 10),\(tenths % 10) %"
    }
}
