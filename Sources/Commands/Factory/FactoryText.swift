import Cards
import Civil
import Population
import Web

/// Batches, stock and flow as people and programs read them.
enum FactoryText {
    static func tell(_ batch: ProductionBatch, _ balance: BatchBalance, asJSON: Bool) throws {
        if asJSON {
            try Console.json(json(batch, balance))
        } else {
            let title = batch.status.title
            Console.line(
                "\(batch.code)  \(batch.site)  \(title.inBoth)  "
                    + "\(balance.settledCards)/\(balance.cards) thẻ / cards  "
                    + "phôi / blanks: \(balance.issued) = \(balance.good) + \(balance.spoiled) + \(balance.givenBack)"
                    + " + \(balance.lost), chênh lệch / difference \(balance.difference)")
        }
    }

    static func json(_ batch: ProductionBatch, _ balance: BatchBalance) -> JSONValue {
        .object([
            "batch": .string(batch.code), "site": .string(batch.site), "status": .string(batch.status.rawValue),
            "cards": .integer(Int64(balance.cards)), "done": .integer(Int64(balance.settledCards)),
            "issued": .integer(Int64(balance.issued)), "good": .integer(Int64(balance.good)),
            "spoiled": .integer(Int64(balance.spoiled)), "given_back": .integer(Int64(balance.givenBack)),
            "lost": .integer(Int64(balance.lost)), "open_jobs": .integer(Int64(balance.openJobs)),
            "difference": .integer(Int64(balance.difference)),
        ])
    }

    static func text(_ stock: StockBalance) -> String {
        let fates = BlankFate.allCases.compactMap { fate -> [String]? in
            stock.fates[fate].map { ["  \(fate.title.inBoth)", String($0)] }
        }
        return Console.table(
            [["Phôi đã nhận / blanks received", String(stock.received)]] + fates
                + [["Chênh lệch / difference", String(stock.difference)]])
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
                line.alarm ? "SẮP QUÁ HẠN / DEADLINE" : line.isBalanced ? "" : "LỆCH / UNBALANCED",
            ]
        }
        return Console.table([head] + rows)
    }

    static func json(_ flow: FlowBalance, _ stock: StockBalance) -> JSONValue {
        let stages = flow.lines.map { line -> JSONValue in
            .object([
                "stage": .string(line.stage.rawValue), "in": .integer(Int64(line.count.came)),
                "waits": .integer(Int64(line.count.waits)), "out": .integer(Int64(line.count.went)),
                "oldest": CommonJSON.text(line.count.oldest?.iso),
                "due": CommonJSON.text(line.count.firstDue?.description),
                "per_day": line.perDay.map { .number($0) } ?? .null,
                "forecast_days": line.forecast.map { .integer(Int64($0)) } ?? .null, "alarm": .bool(line.alarm),
                "balanced": .bool(line.isBalanced),
            ])
        }
        return .object([
            "stages": .array(stages), "blanks": json(stock),
            "balanced": .bool(flow.isBalanced && stock.difference == 0),
        ])
    }

    static func json(_ stock: StockBalance) -> JSONValue {
        var value: [String: JSONValue] = [
            "received": .integer(Int64(stock.received)), "difference": .integer(Int64(stock.difference)),
        ]
        for fate in BlankFate.allCases where fate != .received {
            value[fate.rawValue] = .integer(Int64(stock.fates[fate] ?? 0))
        }
        value["not_vaulted"] = .integer(Int64(stock.fates[.received] ?? 0))
        return .object(JSONMembers(value))
    }
}
