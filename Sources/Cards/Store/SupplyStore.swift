import Civil
import Database
import Ledger

/// What each site has of each supply, and what its cards have used.
struct SupplyStore: Sendable {
    static let schema = """
        CREATE TABLE card_supply (
            site {text} NOT NULL REFERENCES card_site (site),
            kind {text} NOT NULL,
            counted {int} NOT NULL CONSTRAINT card_supply_count CHECK (counted >= 0),
            since {int} NOT NULL,
            lead_days {int} NOT NULL CONSTRAINT card_supply_lead CHECK (lead_days BETWEEN 0 AND 365),
            PRIMARY KEY (site, kind)
        ) {strict_without_rowid};
        CREATE INDEX card_job_by_end ON card_job (ended_at);
        CREATE INDEX card_parcel_by_site ON card_parcel (site, packed_at);

        """

    func supplies(on connection: Connection) throws -> [Supply] {
        try connection.rows("SELECT site, kind, counted, since, lead_days FROM card_supply ORDER BY site, kind") {
            row in
            Supply(
                site: try row.text(0), kind: try row.value(1), counted: try row.int(2),
                since: Instant(microseconds: try row.int64(3)), leadDays: try row.int(4))
        }
    }

    func supply(_ kind: SupplyKind, at site: String, on connection: Connection) throws -> Supply? {
        try supplies(on: connection).first { $0.site == site && $0.kind == kind }
    }

    func put(_ supply: Supply, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO card_supply (site, kind, counted, since, lead_days) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (site, kind) DO UPDATE
            SET counted = excluded.counted, since = excluded.since, lead_days = excluded.lead_days
            """,
            [
                .text(supply.site), .text(supply.kind.rawValue), .integer(supply.counted),
                .integer(supply.since.microseconds), .integer(supply.leadDays),
            ])
    }

    /// Cards that took one of the kind since then: printed ones, good or not, or packed ones.
    func used(_ kind: SupplyKind, at site: String, since: Instant, on connection: Connection) throws -> Int {
        let sql =
            switch kind {
            case .ribbon, .laminate:
                """
                SELECT count(*) FROM card_job j JOIN card_batch b ON b.batch_id = j.batch_id
                WHERE b.site = ? AND j.ended_at > ? AND j.state IN ('finished', 'spoiled', 'lost')
                """
            case .envelope:
                """
                SELECT count(*) FROM card_parcel p JOIN card c ON c.parcel_id = p.parcel_id
                WHERE p.site = ? AND p.packed_at > ?
                """
            }
        return try connection.first(sql, [.text(site), .integer(since.microseconds)]) { try $0.int(0) } ?? 0
    }
}
