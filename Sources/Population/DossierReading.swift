import Access
import Civil
import Database
import Ledger

/// Sự việc trong hồ sơ: an act that was recorded in a file, and whom it concerns by their handles; nobody's data.
package struct DossierAct: Sendable {
    package let act: Act
    package let persons: [String]

    package init(act: Act, persons: [String]) {
        self.act = act
        self.persons = persons
    }
}

extension PopulationRegister {
    /// How many acts of a file are listed.
    package static let mostDossierActs = 200

    /// The acts that were recorded in a file, or asked in it and approved since, the newest first.
    package func acts(in dossier: Dossier) async throws -> [DossierAct] {
        let acts = acts
        return try await database.read { connection in
            let found = try DossierActs().acts(of: dossier, limit: Self.mostDossierActs, on: connection)
                .compactMap { try acts.act($0, on: connection)?.act }
            let persons = found.map { act in act.subjects.filter { $0.subject.kind == .person }.map(\.subject.id) }
            let handles = try PersonStore().handles(
                of: Set(persons.joined()), table: .person, on: connection)
            return zip(found, persons).map { act, persons in
                DossierAct(act: act, persons: persons.compactMap { handles[$0] }.sorted())
            }
        }
    }
}
