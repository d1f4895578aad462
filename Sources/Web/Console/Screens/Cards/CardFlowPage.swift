import Access
import Cards
import Civil
import Population

/// Cân đối luồng thẻ: what came in, waits and went out at every stage, since when, and until when; sums, nobody's data.
package struct CardFlowPage: ConsolePage {
    package static let template = "card-flow"
    package static let title = Sentence("Cân đối luồng thẻ", "Flow of cards")
    static let path = "/factory/flow"

    struct Line: Equatable, Sendable {
        let stage: String
        let came: String
        let waits: String
        let went: String
        let oldest: String?
        let due: String?
        let pace: String?
        let forecast: String?
        let alarm: Bool
        let differs: Bool
    }

    struct Tile: Equatable, Sendable {
        let name: String
        let value: String
        let what: String
    }

    /// A province or commune with its sums.
    struct Place: Equatable, Sendable {
        let name: String
        /// Where its communes are; nil for a commune.
        let href: String?
        let underWay: String
        let ready: String
        let handedOver: String
        let oldest: String?
        let due: String?
        let alarm: Bool
        let differs: Bool
    }

    struct Site: Equatable, Sendable {
        let name: String
        let waits: [String]
        let perDay: String
        let forecast: String
    }

    package let frame: PageFrame
    let parts: [CardPart]
    let choices: [CardPart]
    /// What a minister reads first.
    let verdict: String
    let alarms: Bool
    let tiles: [Tile]
    let chart: PageDrawing
    let lines: [Line]
    let balanced: Bool
    let stock: [CardFact]
    /// The province whose communes are shown; nil for all provinces.
    let province: String?
    let hasPlaces: Bool
    let places: [Place]
    /// More places than are shown.
    let more: String?
    let hasSites: Bool
    let siteStages: [String]
    let sites: [Site]

    /// A province has some hundred communes; the nation's offices without a unit are one line.
    private static let mostPlaces = 400

    /// - Parameters:
    ///   - office: the office whose flow it is; nil for all of them.
    ///   - own: the office of whoever looks.
    package init(
        frame: PageFrame, role: Role, flow: FlowBalance, stock: StockBalance, byPlace: FlowByPlace,
        under province: UnitCode? = nil, office: String?, own: String, today: CalendarDate, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = CardWords(words: ValueWords(language, units: units))
        self.frame = frame
        parts = CardPart.parts(of: role, at: CardFlowPage.path, language)
        choices = [
            CardPart(
                href: CardFlowPage.path, title: language.of("Mọi cơ quan", "All offices"), current: office == nil),
            CardPart(
                href: "\(CardFlowPage.path)?office=\(PathText.encoded(own))",
                title: language.of("Thẻ trả tại cơ quan tôi", "Cards handed over at my office"),
                current: office == own),
        ]
        alarms = flow.hasAlarm
        verdict = CardFlowPage.verdict(flow, language)
        tiles = CardFlowPage.tiles(flow, today, language)
        chart = PageDrawing(FlowChart.svg(flow, today: today, id: "flow", in: language))
        lines = flow.lines.map { line in
            Line(
                stage: language.of(line.stage.title), came: NumberText.grouped(line.count.came),
                waits: NumberText.grouped(line.count.waits), went: NumberText.grouped(line.count.went),
                oldest: line.count.oldest.map { DayText.vietnamese($0.dayInVietnam) },
                due: words.day(line.count.firstDue), pace: line.perDay.map(CardFlowPage.pace),
                forecast: line.forecast.map { CardFlowPage.days($0, language) },
                alarm: line.alarm, differs: !line.isBalanced)
        }
        balanced = flow.isBalanced && stock.difference == 0
        self.province = province.flatMap { units.unit($0)?.name }
        places = byPlace.places.prefix(CardFlowPage.mostPlaces).map {
            CardFlowPage.place($0, isProvince: province == nil, words, units)
        }
        hasPlaces = !places.isEmpty
        let hidden = byPlace.places.count - places.count
        more = hidden > 0 ? NumberText.grouped(hidden) : nil
        siteStages = SiteFlow.stages.map { language.of($0.title) }
        sites = byPlace.sites.map { site in
            Site(
                name: site.name, waits: SiteFlow.stages.map { NumberText.grouped(site.waits[$0] ?? 0) },
                perDay: site.isStopped ? language.of("ngừng", "stopped") : NumberText.grouped(site.capacity),
                forecast: site.forecast.map { CardFlowPage.days($0, language) } ?? "–")
        }
        hasSites = !sites.isEmpty
        self.stock =
            [CardFact(label: language.of("Phôi đã nhận", "Blanks received"), value: NumberText.grouped(stock.received))]
            + BlankFate.allCases.compactMap { fate in
                guard let count = stock.fates[fate], count > 0 else { return nil }
                return CardFact(label: language.of(fate.title), value: NumberText.grouped(count))
            }
            + [
                CardFact(
                    label: language.of("Chênh lệch phôi", "Blanks not accounted for"),
                    value: NumberText.grouped(stock.difference))
            ]
    }

    private static func days(_ count: Int, _ language: PageLanguage) -> String {
        language.of("\(count) ngày", count == 1 ? "1 day" : "\(count) days")
    }

    private static func place(
        _ place: PlaceFlow, isProvince: Bool, _ words: CardWords, _ units: UnitDirectory
    ) -> Place {
        Place(
            name: place.unit.flatMap { units.unit($0)?.name }
                ?? words.words.language.of("Không rõ địa bàn", "Place not known"),
            href: isProvince ? place.unit.map { "\(CardFlowPage.path)?province=\($0.code)" } : nil,
            underWay: NumberText.grouped(place.underWay), ready: NumberText.grouped(place.ready),
            handedOver: NumberText.grouped(place.handedOver),
            oldest: place.oldest.map { DayText.vietnamese($0.dayInVietnam) }, due: words.day(place.firstDue),
            alarm: place.alarm, differs: !place.isBalanced)
    }

    /// A slow pace has one decimal, so that it is not read as none.
    private static func pace(_ perDay: Double) -> String {
        guard perDay < 10 else { return NumberText.grouped(Int(perDay.rounded())) }
        let tenths = Int((perDay * 10).rounded())
        return "\(tenths / 10),\(tenths % 10)"
    }

    private static func verdict(_ flow: FlowBalance, _ language: PageLanguage) -> String {
        let still = flow.lines.filter(\.isStill).map { language.of($0.stage.title) }
        guard still.isEmpty else {
            return language.of(
                "Có công đoạn đứng yên: \(FlowBalance.daysOfStill) ngày làm việc không chuyển đi cái nào. Nơi phải gỡ: "
                    + "\(still.joined(separator: ", ")).",
                "A stage stands still: nothing has gone on for \(FlowBalance.daysOfStill) working days. Where to act: "
                    + "\(still.joined(separator: ", ")).")
        }
        let late = flow.lines.filter(\.alarm).map { language.of($0.stage.title) }
        guard late.isEmpty else {
            return language.of(
                "Có thẻ sẽ quá 7 ngày làm việc nếu giữ nhịp hiện nay. Nơi phải gỡ: \(late.joined(separator: ", ")).",
                "At the present pace some cards will pass the 7 working days. Where to act: "
                    + "\(late.joined(separator: ", ")).")
        }
        return language.of(
            "Mọi thẻ đang chờ đều kịp 7 ngày làm việc của luật.",
            "Every card that waits will be in time for the law's 7 working days.")
    }

    private static func tiles(_ flow: FlowBalance, _ today: CalendarDate, _ language: PageLanguage) -> [Tile] {
        let timed = flow.lines.filter(\.stage.isTimed)
        let waits = timed.reduce(0) { $0 + $1.count.waits }
        let known = timed.compactMap(\.forecast)
        let forecast = known.count == timed.count ? known.reduce(0, +) : nil
        let oldest = timed.compactMap(\.count.oldest).min()
        let age = oldest.map { today.daysSinceEpoch - $0.dayInVietnam.daysSinceEpoch }
        let ready = flow.lines.first { $0.stage == .handingOver }?.count.waits ?? 0
        return [
            Tile(
                name: language.of("Đang trên đường", "Under way"), value: NumberText.grouped(waits),
                what: language.of("từ trình duyệt đến nơi trả thẻ", "from submission to the office")),
            Tile(
                name: language.of("Lâu nhất ở một công đoạn", "Longest at one stage"),
                value: age.map { language.of("\($0) ngày", $0 == 1 ? "1 day" : "\($0) days") } ?? "–",
                what: language.of("ngày theo lịch", "calendar days")),
            Tile(
                name: language.of("Dự báo xong", "Forecast"),
                value: forecast.map { language.of("\($0) ngày", $0 == 1 ? "1 day" : "\($0) days") } ?? "–",
                what: forecast == nil
                    ? language.of("chưa biết nhịp của mọi công đoạn", "the pace of a stage is not known yet")
                    : language.of("ngày làm việc cho thẻ cuối cùng", "working days for the last of them")),
            Tile(
                name: language.of("Chờ người dân nhận", "Ready to be fetched"), value: NumberText.grouped(ready),
                what: language.of("thẻ đã ở nơi trả", "cards at their offices")),
        ]
    }
}

/// Biểu đồ cân đối: how many wait at each stage; each has its figures in the table below.
enum FlowChart {
    static func svg(_ flow: FlowBalance, today: CalendarDate, id: String, in language: PageLanguage) -> String {
        let (left, room, step) = (150, 330, 32)
        let most = max(1, flow.lines.map(\.count.waits).max() ?? 1)
        var body = ""
        for (place, line) in flow.lines.enumerated() {
            let top = place * step + 6
            let count = line.count.waits
            let width = count == 0 ? 0 : max(2, count * room / most)
            let age = line.count.oldest.map { today.daysSinceEpoch - $0.dayInVietnam.daysSinceEpoch } ?? 0
            let since =
                count == 0 || age == 0
                ? "" : language.of(", lâu nhất \(age) ngày", age == 1 ? ", oldest 1 day" : ", oldest \(age) days")
            let warning =
                line.isStill
                ? language.of(" ! đứng yên", " ! stands still")
                : line.alarm ? language.of(" ! sắp quá hạn", " ! deadline") : ""
            body += """
                <text class="axis" x="\(left - 10)" y="\(top + 16)" text-anchor="end">\
                \(HTMLText.escaped(language.of(line.stage.title)))</text>
                <rect class="bar\(line.alarm ? " late" : "")" x="\(left)" y="\(top)" width="\(width)" height="22"/>
                <text x="\(left + width + 8)" y="\(top + 16)">\(NumberText.grouped(count))\
                \(HTMLText.escaped(since + warning))</text>

                """
        }
        let title = HTMLText.escaped(language.of("Số hồ sơ, thẻ chờ ở mỗi công đoạn", "How many wait at each stage"))
        return """
            <svg viewBox="0 0 720 \(flow.lines.count * step + 10)" role="img" aria-labelledby="\(id)-title">
            <title id="\(id)-title">\(title)</title>
            \(body)</svg>
            """
    }
}
