import Cards
import Civil
import Population

/// Applications and cards as people and programs read them; never a name or a number.
enum CardText {
    static func text(_ application: CardApplication, dryRun: Bool = false) -> String {
        let title = application.status.title
        let due = application.due.map { "  hẹn / due \($0)" } ?? ""
        let ground = application.ground.title
        let head = dryRun ? "thử / tried" : application.handle
        return "\(head)  \(title.vietnamese) / \(title.english)  \(ground.vietnamese) / \(ground.english)"
            + "  \(application.fee) đồng\(due)"
    }

    static func json(_ application: CardApplication, dryRun: Bool = false) -> JSONValue {
        .object([
            "application": dryRun ? .null : .string(application.handle), "dry_run": .bool(dryRun),
            "status": .string(application.status.rawValue), "ground": .string(application.ground.rawValue),
            "channel": .string(application.channel.rawValue), "fee": .integer(Int64(application.fee)),
            "pickup": .string(application.pickup), "due": text(application.due?.description),
        ])
    }

    static func text(_ card: Card) -> String {
        let status = card.status.map { "  \($0.title.vietnamese) / \($0.title.english)" } ?? ""
        let until = card.expires?.description ?? "không thời hạn / no expiry"
        return "\(card.handle)  \(card.issued) – \(until)  \(card.stage.title.vietnamese) / \(card.stage.title.english)"
            + status
    }

    static func json(_ card: Card) -> JSONValue {
        .object([
            "card": .string(card.handle), "issued": .string(card.issued.description),
            "expires": text(card.expires?.description), "stage": .string(card.stage.rawValue),
            "status": text(card.status?.rawValue), "stopped": text(card.stopped?.rawValue), "site": text(card.site),
            "pickup": .string(card.pickup), "series": text(card.series), "blank": text(card.blank?.canonical),
            "due": text(card.due?.description),
        ])
    }

    static func text(_ standing: CardStanding) -> String {
        let title = standing.status.title
        let verdict =
            standing.isValid ? "CÓ GIÁ TRỊ / VALID" : "KHÔNG CÓ GIÁ TRỊ / NOT VALID"
        let suspended = standing.isSuspended ? "  loạt chip bị tạm dừng / series suspended" : ""
        return "\(verdict)  \(title.vietnamese) / \(title.english)\(suspended)"
    }

    static func json(_ standing: CardStanding) -> JSONValue {
        .object([
            "card": .string(standing.card), "valid": .bool(standing.isValid),
            "status": .string(standing.status.rawValue), "suspended": .bool(standing.isSuspended),
            "issued": .string(standing.issued.description), "expires": text(standing.expires?.description),
        ])
    }

    static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
