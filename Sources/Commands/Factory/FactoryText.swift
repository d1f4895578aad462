import Cards
import Civil
import Web

/// Batches, stock and flow as people and programs read them.
enum FactoryText {
    static func tell(_ batch: ProductionBatch, _ balance: BatchBalance, asJSON: Bool) throws {
        if asJSON {
            try Console.json(CardJSON.batch(batch, balance))
        } else {
            let title = batch.status.title
            Console.line(
                "\(batch.code)  \(batch.site)  \(title.inBoth)  "
                    + "\(balance.settledCards)/\(balance.cards) thẻ / cards  "
                    + "phôi / blanks: \(balance.issued) = \(balance.good) + \(balance.spoiled) + \(balance.givenBack)"
                    + " + \(balance.lost), chênh lệch / difference \(balance.difference)")
        }
    }

    static func text(_ stock: StockBalance) -> String {
        let fates = BlankFate.allCases.compactMap { fate -> [String]? in
            stock.fates[fate].map { ["  \(fate.title.inBoth)", String($0)] }
        }
        return Console.table(
            [["Phôi đã nhận / blanks received", String(stock.received)]] + fates
                + [["Chênh lệch / difference", String(stock.difference)]])
    }

    static func text(_ supplies: [SupplyForecast], on today: CalendarDate) -> String {
        let head = ["vật tư / supply", "nơi / site", "còn / left", "ngày / days", "đặt trước / order by"]
        guard !supplies.isEmpty else { return "Chưa ghi vật tư. / Nothing is written down yet." }
        return Console.table(
            [head]
                + supplies.map { forecast in
                    [
                        forecast.supply.kind.title.inBoth, forecast.supply.site, String(forecast.left),
                        String(forecast.daysLeft),
                        forecast.orderBy(from: today).description
                            + (forecast.isDue(on: today) ? "  ĐẶT NGAY / ORDER NOW" : ""),
                    ]
                })
    }

    static func text(_ flow: FlowBalance) -> String {
        let head = [
            "công đoạn / stage", "vào / in", "chờ / waits", "ra / out", "ngày / per day", "dự báo / forecast", "",
        ]
        let rows = flow.lines.map { line in
            [
                line.stage.title.inBoth, String(line.count.came),
                String(line.count.waits), String(line.count.went), line.perDay.map { String(Int($0)) } ?? "–",
                line.forecast.map { "\($0) ngày / days" } ?? "–",
                line.isStill
                    ? "ĐỨNG YÊN / STANDS STILL"
                    : line.alarm ? "SẮP QUÁ HẠN / DEADLINE" : line.isBalanced ? "" : "LỆCH / UNBALANCED",
            ]
        }
        return Console.table([head] + rows)
    }

    static func text(_ flow: FlowByPlace, units: UnitDirectory) -> String {
        let places = flow.places.map { place in
            [
                place.unit.flatMap { units.unit($0)?.name } ?? "(không rõ / unknown)", String(place.underWay),
                String(place.ready), String(place.handedOver),
                place.firstDue?.description ?? "–", place.alarm ? "SẮP QUÁ HẠN / DEADLINE" : "",
            ]
        }
        let sites = flow.sites.map { site in
            [site.name] + SiteFlow.stages.map { String(site.waits[$0] ?? 0) }
                + [
                    site.isStopped ? "ngừng / stopped" : String(site.capacity),
                    site.forecast.map { "\($0) ngày / days" } ?? "–",
                ]
        }
        let placeHead = [
            "nơi / place", "đang làm / under way", "chờ trao / ready", "đã trao / handed over", "hạn / due", "",
        ]
        let siteHead =
            ["nơi sản xuất / site"] + SiteFlow.stages.map { $0.title.vietnamese } + ["mỗi ngày / per day", "dự báo"]
        return Console.table([placeHead] + places) + "\n\n" + Console.table([siteHead] + sites)
    }
}
