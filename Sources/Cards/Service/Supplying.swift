import Access
import Civil
import Database
import Ledger

extension CardRegister {
    /// Nhập vật tư: what a delivery brought, in cards that it serves.
    package func receive(
        _ kind: SupplyKind, at site: String, cards count: Int, note: String, by requester: Requester
    ) async throws {
        guard (1...Supply.most).contains(count) else { throw SupplyRefusal.countOutOfRange }
        try await write(kind, at: site, note: note, by: requester) { supply, _, note in
            supply.counted += count
            guard supply.counted <= Supply.most else { throw SupplyRefusal.countOutOfRange }
            return .supplyReceived(site: site, kind: kind, cards: count, note: note)
        }
    }

    /// Kiểm kê vật tư: what is there, and how long a new delivery takes; it replaces what was reckoned until now.
    package func count(
        _ kind: SupplyKind, at site: String, cards count: Int, leadDays: Int, note: String, by requester: Requester
    ) async throws {
        guard (0...Supply.most).contains(count) else { throw SupplyRefusal.countOutOfRange }
        guard Supply.leadDaysAllowed.contains(leadDays) else { throw SupplyRefusal.leadDaysOutOfRange }
        try await write(kind, at: site, note: note, by: requester) { supply, now, note in
            (supply.counted, supply.since, supply.leadDays) = (count, now, leadDays)
            return .supplyCounted(site: site, kind: kind, cards: count, leadDays: leadDays, note: note)
        }
    }

    private func write(
        _ kind: SupplyKind, at site: String, note: String, by requester: Requester,
        _ change: @escaping @Sendable (inout Supply, Instant, _ note: String) throws -> CardChange
    ) async throws {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        let note = try CardRegister.stated(note, or: SupplyRefusal.noteNeeded)
        try await write(by: requester.actor) { desk in
            let key = try FactoryStore().key(ofSite: site, on: desk.connection)
            guard let key else { throw ProductionRefusal.siteUnknown }
            let store = SupplyStore()
            var supply =
                try store.supply(kind, at: site, on: desk.connection)
                ?? Supply(site: site, kind: kind, counted: 0, since: desk.now, leadDays: Supply.usualLeadDays)
            let act = try change(&supply, desk.now, note)
            try store.put(supply, on: desk.connection)
            try desk.append(act, about: key)
        }
    }

    /// Tồn vật tư của mọi nơi sản xuất: by the day on which each must be ordered, the first first.
    package func supplies(by requester: Requester) async throws -> [SupplyForecast] {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        let today = surroundings.today
        return try await database.read { connection in
            let store = SupplyStore()
            let capacity = Dictionary(
                uniqueKeysWithValues: try FactoryStore().sites(on: connection).map { ($0.code, $0.capacity) })
            let start = Instant(startOf: today.advanced(byWorkingDays: 1 - SupplyForecast.daysOfPace))
            return try store.supplies(on: connection).map { supply in
                SupplyForecast(
                    supply, used: try store.used(supply.kind, at: supply.site, since: supply.since, on: connection),
                    lately: try store.used(supply.kind, at: supply.site, since: start, on: connection),
                    capacity: capacity[supply.site] ?? 0)
            }.sorted { left, right in
                (left.orderBy(from: today), left.supply.site, left.supply.kind.rawValue)
                    < (right.orderBy(from: today), right.supply.site, right.supply.kind.rawValue)
            }
        }
    }
}
