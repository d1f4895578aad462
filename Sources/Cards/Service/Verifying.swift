import Access
import Civil
import Database
import Ledger

/// Kết quả đối chiếu với sự việc: whether the rows of the card system follow from its acts.
package struct CardVerification: Hashable, Sendable {
    package var acts = 0
    package var applications = 0
    package var cards = 0
    package var blanks = 0
    package var batches = 0
    /// The first of the things that differ, and how many there are.
    package var differences: [String] = []
    package var differenceCount = 0

    package var isClean: Bool { differenceCount == 0 }

    /// Differences beyond these are counted, not listed.
    static let mostListed = 100

    mutating func differs(_ what: String) {
        differenceCount += 1
        if differences.count < CardVerification.mostListed { differences.append(what) }
    }
}

extension CardRegister {
    /// Đối chiếu với các sự việc: folds every act of the card system and holds the rows of its tables against it.
    ///
    /// In one snapshot; memory grows with the cards, so it is run beside the log's own verification and not every day.
    package func verify(by requester: Requester) async throws -> CardVerification {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { connection in
            var result = CardVerification()
            var fold = CardFold()
            try connection.forEach(
                """
                SELECT c.content FROM act a JOIN act_content c ON c.act_id = a.act_id
                WHERE a.kind = ? ORDER BY a.act_id
                """, [.text(ActKind.cardChanged.rawValue)]
            ) { row in
                fold.apply(try CardChange(bytes: try row.blob(0)))
                result.acts += 1
            }
            for difference in fold.differences { result.differs(difference) }
            try CardComparison(fold: fold, connection: connection).run(&result)
            return result
        }
    }
}

/// Holds the rows of each table against the fold.
private struct CardComparison {
    let fold: CardFold
    let connection: Connection

    func run(_ result: inout CardVerification) throws {
        result.applications = try compare(
            "SELECT handle, status FROM card_application", fold.applications.mapValues(\.rawValue), &result)
        _ = try compare(
            "SELECT handle, status FROM identity_certificate", fold.certificates.mapValues(\.rawValue), &result)
        result.batches = try compare(
            "SELECT code, status FROM card_batch", fold.batches.mapValues(\.rawValue), &result)
        result.blanks = try compare("SELECT serial, fate FROM blank", fold.blanks.mapValues(\.rawValue), &result)
        result.cards = try compare(
            """
            SELECT handle, CASE stage WHEN 'working' THEN 'batched' ELSE stage END || ' ' || coalesce(status, '-')
                || ' ' || coalesce(stopped, '-') || ' ' || coalesce(blank, '-') FROM card
            """,
            fold.cards.mapValues { card in
                "\(card.stage.rawValue) \(card.status?.rawValue ?? "-") \(card.stopped?.rawValue ?? "-") "
                    + (card.blank ?? "-")
            }, &result)
        _ = try compare(
            "SELECT site || ' ' || kind, CAST(counted AS TEXT) FROM card_supply", fold.supplies.mapValues(String.init),
            &result)
        _ = try compare(
            "SELECT site, CAST(capacity AS TEXT) || ' ' || CAST(stopped AS TEXT) FROM card_site",
            fold.sites.mapValues { "\($0.capacity) \($0.isStopped ? 1 : 0)" }, &result)
        let suspended = Set(
            try connection.rows("SELECT series FROM card_series WHERE suspended_at IS NOT NULL") { try $0.text(0) })
        for series in suspended.symmetricDifference(fold.suspended).sorted() { result.differs("series \(series)") }
    }

    /// How many rows there are; each is where the acts put it, and nothing is missing.
    private func compare(
        _ sql: String, _ expected: [String: String], _ result: inout CardVerification
    ) throws -> Int {
        var left = expected
        var count = 0
        var different: [String] = []
        try connection.forEach(sql) { row in
            let name = try row.text(0)
            let found = try row.text(1)
            count += 1
            let folded = left.removeValue(forKey: name)
            if folded != found { different.append("\(name): \(found), by its acts \(folded ?? "nothing")") }
        }
        for difference in different { result.differs(difference) }
        for name in left.keys.sorted() { result.differs("\(name): missing") }
        return count
    }
}
