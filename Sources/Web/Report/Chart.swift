/// Charts as SVG, drawn by hand: no script, no picture from elsewhere; each has a table beside it.
enum Chart {
    /// One bar: what it counts and how many.
    struct Bar: Sendable {
        var label: String
        var value: Int
        /// The name of the bar's colour in the style sheet.
        var tone = "tone"
    }

    /// A row of bars from the left, one below the other, with their counts behind them.
    static func bars(_ bars: [Bar], id: String, title: String, labelWidth: Int = 230) -> String {
        let most = max(1, bars.map(\.value).max() ?? 1)
        let step = 30
        let height = bars.count * step + 8
        let room = 720 - labelWidth - 90
        var body = ""
        for (index, bar) in bars.enumerated() {
            let top = index * step + 4
            let width = bar.value == 0 ? 0 : max(2, bar.value * room / most)
            let count = NumberText.grouped(bar.value)
            body += """
                <text x="\(labelWidth - 10)" y="\(top + 15)" text-anchor="end">\(HTMLText.escaped(bar.label))</text>
                <rect class="\(bar.tone)" x="\(labelWidth)" y="\(top)" width="\(width)" height="22" rx="2"/>
                <text x="\(labelWidth + width + 8)" y="\(top + 15)" class="count">\(count)</text>

                """
        }
        return svg(width: 720, height: height, id: id, title: title, body: body)
    }

    /// The ages of men to the left and of women to the right, the youngest below.
    static func pyramid(_ groups: [BatchStatistics.AgeGroup], labels: [String], id: String, title: String) -> String {
        let most = max(1, groups.map { max($0.male, $0.female) }.max() ?? 1)
        let step = 20
        let room = 290
        let middle = 360
        var body = """
            <text x="\(middle - 40)" y="16" text-anchor="end" class="side">Nam / men</text>
            <text x="\(middle + 40)" y="16" class="side">Nữ / women</text>

            """
        for (index, group) in groups.enumerated() {
            let top = 26 + (groups.count - 1 - index) * step
            let left = group.male * room / most
            let right = group.female * room / most
            let label = HTMLText.escaped(labels[index])
            body += """
                <rect class="men" x="\(middle - 30 - left)" y="\(top)" width="\(left)" height="16"/>
                <rect class="women" x="\(middle + 30)" y="\(top)" width="\(right)" height="16"/>
                <text x="\(middle)" y="\(top + 13)" text-anchor="middle" class="age">\(label)</text>

                """
        }
        return svg(width: 720, height: 34 + groups.count * step, id: id, title: title, body: body)
    }

    private static func svg(width: Int, height: Int, id: String, title: String, body: String) -> String {
        """
        <svg viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="\(id)-title">
        <title id="\(id)-title">\(HTMLText.escaped(title))</title>
        \(body)</svg>
        """
    }
}
