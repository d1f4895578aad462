import Access
import Civil
import Database
import Ledger
import Population

extension CardRegister {
    /// Tìm trùng sinh trắc của một hồ sơ: asks the service behind the port, and puts what it says on record.
    ///
    /// A service is another program and takes its time, which no transaction waits for. Nothing happens where there is
    /// none, or where nothing was taken.
    ///
    /// - Throws: `ApplicationRefusal.searchFailed` where the service gives no answer.
    package func searchDuplicates(_ handle: String, by requester: Requester) async throws {
        guard let search else { return }
        let probe = try await database.read { connection in
            let application = try desk(for: requester.actor, on: connection).application(handle)
            let store = ApplicationStore()
            return BiometricProbe(
                person: application.person, portrait: try store.portrait(of: application.id, on: connection),
                fingers: try store.fingers(of: application.id, on: connection).values.compactMap {
                    if case .taken(let print) = $0 { print } else { nil }
                })
        }
        guard probe.portrait != nil || !probe.fingers.isEmpty else { return }
        let candidates: [BiometricCandidate]
        do {
            candidates = try await search.identify(probe, most: BiometricCandidate.most)
        } catch {
            throw ApplicationRefusal.searchFailed
        }
        try await write(by: requester.actor) { desk in
            let application = try desk.application(handle)
            let handles = try candidates.sorted { $0.rank < $1.rank }.compactMap { candidate in
                try RecordReader().record(of: candidate.person, on: desk.connection)?.handle
            }
            try desk.append(
                .duplicatesSearched(application: application.handle, by: search.name, candidates: handles),
                about: application.id)
        }
    }
}
