import Cards
import Civil

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

    static func text(_ card: Card) -> String {
        let status = card.status.map { "  \($0.title.inBoth)" } ?? ""
        let until = card.expires?.description ?? "không thời hạn / no expiry"
        return "\(card.handle)  \(card.issued) – \(until)  \(card.stage.title.inBoth)"
            + status
    }

    static func text(_ standing: CardStanding) -> String {
        let title = standing.status.title
        let verdict =
            standing.isValid ? "CÓ GIÁ TRỊ / VALID" : "KHÔNG CÓ GIÁ TRỊ / NOT VALID"
        let suspended = standing.isSuspended ? "  loạt chip bị tạm dừng / series suspended" : ""
        return "\(verdict)  \(title.inBoth)\(suspended)"
    }

}
