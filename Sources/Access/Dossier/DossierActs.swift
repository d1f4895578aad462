import Civil
import Database
import Ledger

/// Sự việc trong hồ sơ: which acts were recorded, or asked, by somebody who worked in a file.
package struct DossierActs: Sendable {
    package init() {}

    /// Notes an act under the file that its recorder works in; nothing where they work in none.
    package func note(_ act: ActID, by requester: Requester, on connection: Connection) throws {
        guard let dossier = try dossier(of: requester, connection) else { return }
        try connection.execute(
            "INSERT INTO dossier_act (act_id, dossier_id) VALUES (?, ?)",
            [.integer(act.rawValue), .integer(dossier)])
    }

    /// Notes what was asked of a second person, so that the act comes into the file when it is accepted.
    package func note(approval: Int64, by requester: Requester, on connection: Connection) throws {
        guard let dossier = try dossier(of: requester, connection) else { return }
        try connection.execute(
            "INSERT INTO dossier_approval (approval_id, dossier_id) VALUES (?, ?)",
            [.integer(approval), .integer(dossier)])
    }

    /// Notes an accepted act under the file in which it was asked, whatever its approver works in.
    package func note(_ act: ActID, ofApproval approval: Int64, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO dossier_act (act_id, dossier_id)
            SELECT CAST(? AS BIGINT), dossier_id FROM dossier_approval WHERE approval_id = ?
            """, [.integer(act.rawValue), .integer(approval)])
    }

    /// The acts of a file, the newest first.
    package func acts(of dossier: Dossier, limit: Int, on connection: Connection) throws -> [ActID] {
        try connection.rows(
            "SELECT act_id FROM dossier_act WHERE dossier_id = ? ORDER BY act_id DESC LIMIT ?",
            [.integer(dossier.id), .integer(Int64(limit))]
        ) { ActID(rawValue: try $0.int64(0)) }
    }

    /// The file in which an act was recorded.
    func dossier(of act: ActID, on connection: Connection) throws -> Int64? {
        try connection.first("SELECT dossier_id FROM dossier_act WHERE act_id = ?", [.integer(act.rawValue)]) {
            try $0.int64(0)
        }
    }

    private func dossier(of requester: Requester, _ connection: Connection) throws -> Int64? {
        guard case .dossier(let code, _) = requester.ground, let code = DossierCode(parsing: code) else { return nil }
        return try DossierStore().id(of: code, office: requester.actor.office, connection)
    }
}
