import Cards
import Civil
import Population
import Web

/// Applications and cards as people and programs read them; never a name or a number.
enum CardText {
    static func text(_ application: CardApplication, dryRun: Bool = false) -> String {
        let title = application.status.title
        let due = application.due.map { "  hẹn / due \($0)" } ?? ""
        let ground = application.ground.title
        let head = dryRun ? "thử / tried" : application.handle
        return "\(head)  \(title.inBoth)  \(ground.inBoth)"
            + "  \(application.fee) đồng\(due)"
    }

    static func json(_ application: CardApplication, dryRun: Bool = false) -> JSONValue {
        .object([
            "application": dryRun ? .null : .string(application.handle), "dry_run": .bool(dryRun),
            "status": .string(application.status.rawValue), "ground": .string(application.ground.rawValue),
            "channel": .string(application.channel.rawValue), "fee": .integer(Int64(application.fee)),
            "pickup": .string(application.pickup), "due": CommonJSON.text(application.due?.description),
        ])
    }

    static func text(_ card: Card) -> String {
        let status = card.status.map { "  \($0.title.inBoth)" } ?? ""
        let until = card.expires?.description ?? "không thời hạn / no expiry"
        return "\(card.handle)  \(card.issued) – \(until)  \(card.stage.title.inBoth)"
            + status
    }

    static func json(_ card: Card) -> JSONValue {
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

    static func text(_ standing: CardStanding) -> String {
        let title = standing.status.title
        let verdict =
            standing.isValid ? "CÓ GIÁ TRỊ / VALID" : "KHÔNG CÓ GIÁ TRỊ / NOT VALID"
        let suspended = standing.isSuspended ? "  loạt chip bị tạm dừng / series suspended" : ""
        return "\(verdict)  \(title.inBoth)\(suspended)"
    }

    static func json(_ standing: CardStanding) -> JSONValue {
        .object([
            "card": .string(standing.card), "valid": .bool(standing.isValid),
            "status": .string(standing.status.rawValue), "suspended": .bool(standing.isSuspended),
            "issued": .string(standing.issued.description), "expires": CommonJSON.text(standing.expires?.description),
        ])
    }
}
