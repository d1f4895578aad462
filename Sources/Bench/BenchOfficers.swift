import Access
import Civil
import Database
import Ledger
import Population

/// Officers of a measured register who are signed in: what their browsers send.
struct BenchOfficers {
    struct SignedIn: Sendable {
        let cookie: String
        /// What forms carry.
        let token: String
    }

    static let agent = "Bench/1.0"
    /// An office of the ministry, whose officers see the whole register.
    private static let office = "bench"
    private static let accounts = 200
    private static let days: Int64 = 30

    /// Signs `count` accounts in that work for the ministry; they are made the first time.
    static func signedIn(_ count: Int, in register: BenchRegister) async throws -> [SignedIn] {
        let database = try await register.open()
        let population = try await register.population(database)
        let access = AccessRegister(
            database: database, surroundings: population.surroundings, numbers: EntryNumbers(population.surroundings),
            units: population.unitsInForce, isDemonstration: true)
        if try await access.office(office) == nil, let since = CalendarDate(year: 2021, month: 2, day: 25) {
            try await access.open(
                Office(code: office, name: "Cơ quan đo", level: .ministry, unit: nil, since: since),
                by: LocalOperator.requester)
        }
        var signedIn: [SignedIn] = []
        for number in 0..<count {
            let account = "bench-\(number % accounts)"
            try await prepare(account, access)
            guard let officer = try await access.officer(account: account)?.officer.id else { continue }
            let started = try await access.startSession(of: officer, by: .demonstration, agent: agent)
            // As an officer states it once; without it nobody is shown.
            try await access.state(
                Purpose(stated: "đo tốc độ", legalBasis: Purpose.counter.legalBasis), in: started.session)
            signedIn.append(
                SignedIn(
                    cookie: "dancu=\(started.secret.text)", token: started.session.formToken))
        }
        await database.close()
        return signedIn
    }

    private static func prepare(_ account: String, _ access: AccessRegister) async throws {
        let now = access.surroundings.now()
        let known = try await access.officer(account: account)
        if known == nil { try await access.enrol(account: account, name: account, by: LocalOperator.requester) }
        guard known?.grants.contains(where: { $0.isInForce(at: now) }) != true else { return }
        try await access.grant(
            .ministryOperator, in: office, to: account,
            until: Instant(microseconds: now.microseconds + days * 86_400_000_000), by: LocalOperator.requester)
    }
}
