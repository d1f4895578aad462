import Civil
import Database
import Ledger

/// The file that a session works in: it gives purpose and legal basis to every look and act until it is left; and what
/// stands for it where there is none.
extension AccessRegister {
    /// Chọn hồ sơ để làm việc: an open one of the officer's own office.
    package func chooseDossier(_ code: DossierCode, in admission: Admission) async throws -> Dossier {
        let dossier = try await dossier(code, by: admission.requester(for: .duty(.counter)))
        guard dossier.isOpen else { throw DossierRefusal.ended }
        try await database.write {
            try SessionStore().choose(dossier.id, in: admission.session.key, on: $0)
        }
        return dossier
    }

    /// Nêu mục đích: what the session's looks without a file are for, until it is left; nil leaves it.
    package func state(_ purpose: Purpose?, in session: Session) async throws {
        try await database.write { try SessionStore().state(purpose?.stated, in: session.key, on: $0) }
    }

    /// Rời hồ sơ.
    package func leaveDossier(_ session: Session) async throws {
        try await database.write { try SessionStore().choose(nil, in: session.key, on: $0) }
    }
}
