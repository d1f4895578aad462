import Cards
import Civil
import Population

/// Thẻ, hồ sơ, lô và cân đối, as programs read them; never a name or a number.
package enum CardJSON {
    package static func application(_ application: CardApplication, dryRun: Bool = false) -> JSONValue {
        .object([
            "application": dryRun ? .null : .string(application.handle), "dry_run": .bool(dryRun),
            "product": .string(application.product.rawValue),
            "status": .string(application.status.rawValue), "ground": .string(application.ground.rawValue),
            "channel": .string(application.channel.rawValue), "fee": .integer(Int64(application.fee)),
            "pickup": .string(application.pickup), "due": CommonJSON.text(application.due?.description),
        ])
    }

    package static func card(_ card: Card) -> JSONValue {
        .object([
            "card": .string(card.handle), "issued": .string(card.issued.description),
            "expires": CommonJSON.text(card.expires?.description), "stage": .string(card.stage.rawValue),
            "status": CommonJSON.text(card.status?.rawValue), "stopped": CommonJSON.text(card.stopped?.rawValue),
            "site": CommonJSON.text(card.site),
            "pickup": .string(card.pickup), "series": CommonJSON.text(card.series),
            "blank": CommonJSON.text(card.blank?.canonical),
            "due": CommonJSON.text(card.due?.description),
        ])
    }

    package static func certificate(_ certificate: IdentityCertificate) -> JSONValue {
        .object([
            "certificate": .string(certificate.handle), "status": .string(certificate.status.rawValue),
            "issued": .string(certificate.issued.description),
            "expires": CommonJSON.text(certificate.expires?.description), "pickup": .string(certificate.pickup),
        ])
    }

    package static func standing(_ standing: CardStanding) -> JSONValue {
        .object([
            "card": .string(standing.card), "valid": .bool(standing.isValid),
            "status": .string(standing.status.rawValue), "suspended": .bool(standing.isSuspended),
            "issued": .string(standing.issued.description), "expires": CommonJSON.text(standing.expires?.description),
        ])
    }

    package static func batch(_ batch: ProductionBatch, _ balance: BatchBalance) -> JSONValue {
        .object([
            "batch": .string(batch.code), "site": .string(batch.site), "status": .string(batch.status.rawValue),
            "cards": .integer(Int64(balance.cards)), "done": .integer(Int64(balance.settledCards)),
            "issued": .integer(Int64(balance.issued)), "good": .integer(Int64(balance.good)),
            "spoiled": .integer(Int64(balance.spoiled)), "given_back": .integer(Int64(balance.givenBack)),
            "lost": .integer(Int64(balance.lost)), "open_jobs": .integer(Int64(balance.openJobs)),
            "difference": .integer(Int64(balance.difference)),
        ])
    }

    package static func flow(_ flow: FlowBalance, _ stock: StockBalance) -> JSONValue {
        let stages = flow.lines.map { line -> JSONValue in
            .object([
                "stage": .string(line.stage.rawValue), "in": .integer(Int64(line.count.came)),
                "waits": .integer(Int64(line.count.waits)), "out": .integer(Int64(line.count.went)),
                "oldest": CommonJSON.text(line.count.oldest?.iso),
                "due": CommonJSON.text(line.count.firstDue?.description),
                "per_day": line.perDay.map { .number($0) } ?? .null,
                "forecast_days": line.forecast.map { .integer(Int64($0)) } ?? .null, "alarm": .bool(line.alarm),
                "stands_still": .bool(line.isStill), "balanced": .bool(line.isBalanced),
            ])
        }
        return .object([
            "stages": .array(stages), "blanks": CardJSON.stock(stock),
            "balanced": .bool(flow.isBalanced && stock.difference == 0),
        ])
    }

    /// The flow by place and by site; units of today, with the names they have.
    package static func flow(_ flow: FlowByPlace, units: UnitDirectory) -> JSONValue {
        .object([
            "places": .array(
                flow.places.map { place in
                    .object([
                        "unit": CommonJSON.text(place.unit?.code),
                        "name": CommonJSON.text(place.unit.flatMap { units.unit($0)?.name }),
                        "under_way": .integer(Int64(place.underWay)), "ready": .integer(Int64(place.ready)),
                        "handed_over": .integer(Int64(place.handedOver)),
                        "oldest": CommonJSON.text(place.oldest?.iso),
                        "due": CommonJSON.text(place.firstDue?.description), "alarm": .bool(place.alarm),
                        "balanced": .bool(place.isBalanced),
                    ])
                }),
            "sites": .array(
                flow.sites.map { site in
                    .object([
                        "site": .string(site.site), "name": .string(site.name),
                        "per_day": .integer(Int64(site.capacity)),
                        "waits": .object(
                            JSONMembers(
                                counts: Dictionary(
                                    uniqueKeysWithValues: SiteFlow.stages.map { ($0.rawValue, site.waits[$0] ?? 0) }))),
                        "forecast_days": site.forecast.map { .integer(Int64($0)) } ?? .null,
                        "stopped": .bool(site.isStopped),
                    ])
                }),
        ])
    }

    /// Supplies with the day by which each must be ordered.
    package static func supplies(_ supplies: [SupplyForecast], on today: CalendarDate) -> JSONValue {
        let lines = supplies.map { forecast -> JSONValue in
            .object([
                "site": .string(forecast.supply.site), "kind": .string(forecast.supply.kind.rawValue),
                "counted": .integer(Int64(forecast.supply.counted)), "counted_at": .string(forecast.supply.since.iso),
                "used": .integer(Int64(forecast.used)), "left": .integer(Int64(forecast.left)),
                "per_day": .number(forecast.perDay), "days_left": .integer(Int64(forecast.daysLeft)),
                "lead_days": .integer(Int64(forecast.supply.leadDays)),
                "order_by": .string(forecast.orderBy(from: today).description), "due": .bool(forecast.isDue(on: today)),
            ])
        }
        return .object(["supplies": .array(lines)])
    }

    package static func stock(_ stock: StockBalance) -> JSONValue {
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
