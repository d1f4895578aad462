import Access
import Chip
import Civil
import Database
import Ledger
import Population

extension CardRegister {
    /// Tra tình trạng thẻ theo số và ngày cấp: whether it holds; nil when no such card is known.
    ///
    /// The document number of the zone is never asked for: two people can share it. The answer says nothing of the
    /// holder, and still is a look on record.
    package func standing(
        number: PersonalIdentificationNumber, issued: CalendarDate, by requester: Requester
    ) async throws -> CardStanding? {
        try await standing(by: requester) { try CardStore().card(number: number, issued: issued, on: $0) }
    }

    /// Tra tình trạng thẻ theo khóa chip.
    package func standing(chipKey: ECPublicKey, by requester: Requester) async throws -> CardStanding? {
        let key = ChipKey.fingerprint(chipKey)
        return try await standing(by: requester) { try CardStore().card(chipKey: key, on: $0) }
    }

    private func standing(
        by requester: Requester, _ find: @escaping @Sendable (Connection) throws -> Card?
    ) async throws -> CardStanding? {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        let purpose = requester.onDuty(.cardStatus).ground.purpose
        let guesses = GuessWatch(surroundings: surroundings)
        // A refusal is an answer of the transaction, so that it does not undo those of others.
        let outcome: Result<CardStanding?, AccessRefusal> = try await database.writeGrouped { connection in
            if let refusal = try guesses.refusal(of: requester, on: connection) { return .failure(refusal) }
            guard let card = try find(connection), card.status != nil else {
                try guesses.count(.misses, of: requester, on: connection)
                return .success(nil)
            }
            let desk = desk(for: requester.actor, on: connection)
            try desk.look(at: [card.person], fields: ["card_status"], for: purpose)
            let isSuspended = try BlankStore().isSuspended(card.series, on: connection)
            return .success(CardStanding(card, isSuspended: isSuspended, on: desk.today))
        }
        return try outcome.get()
    }

    // MARK: Series

    /// Tạm dừng cả loạt chip: one act, whose subject is the series; every status check reads it by join from its commit
    /// on, however many cards there are.
    package func suspend(series: String, reason: String, by requester: Requester) async throws {
        try await change(series: series, suspending: true, reason: reason, by: requester)
    }

    /// Khôi phục loạt chip.
    package func resume(series: String, reason: String, by requester: Requester) async throws {
        try await change(series: series, suspending: false, reason: reason, by: requester)
    }

    private func change(
        series: String, suspending: Bool, reason: String, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .suspendSeries)
        let reason = try CardRegister.stated(reason, or: CardLifeRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            let store = BlankStore()
            guard let key = try store.seriesKey(series, on: desk.connection) else {
                throw CardLifeRefusal.seriesUnknown
            }
            let isSuspended = try store.isSuspended(series, on: desk.connection)
            guard isSuspended != suspending else {
                throw suspending ? CardLifeRefusal.seriesSuspended : .seriesNotSuspended
            }
            try store.suspend(series, reason: suspending ? reason : nil, at: desk.now, on: desk.connection)
            try desk.append(
                suspending
                    ? .seriesSuspended(series: series, reason: reason) : .seriesResumed(series: series, reason: reason),
                about: key)
        }
    }

    /// Các loạt chip: with how many cards an act on each would touch.
    package func allSeries(by requester: Requester) async throws -> [SeriesStanding] {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { try BlankStore().allSeries(on: $0) }
    }

    // MARK: List

    /// Danh sách thẻ không còn giá trị: signed, for terminals that are not connected; chips that quality control
    /// rejected are on it too.
    ///
    /// A card that is on its way to its holder is not, or it would be refused in the holder's hand until the next list.
    package func statusList(
        by signer: some CardSigner, holdsFor hours: Int = 24, by requester: Requester
    ) async throws -> StatusList {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        let now = surroundings.now()
        let entries = try await database.read { connection in
            var entries: [UInt8] = []
            try connection.forEach(
                """
                SELECT c.chip_key FROM card c LEFT JOIN card_series s ON s.series = c.series
                WHERE c.chip_key IS NOT NULL AND (
                    c.status IN ('held', 'lost', 'revoked', 'exchanged', 'expired', 'stopped_on_death',
                        'stopped_on_merge', 'missing', 'destroyed') OR c.stopped IS NOT NULL
                    OR c.expires < ? OR (c.status IS NOT NULL AND s.suspended_at IS NOT NULL))
                UNION SELECT r.chip_key FROM card_rejected_chip r
                ORDER BY 1
                """, [.text(now.dayInVietnam.description)]
            ) { entries += try $0.blob(0).prefix(StatusList.entryLength) }
            return entries
        }
        return try StatusList(
            issued: now, next: Instant(microseconds: now.microseconds + Int64(hours) * 3_600_000_000),
            entries: entries, by: signer)
    }

    // MARK: Flow

    /// Cân đối luồng: every stage, of one office or of all.
    package func flow(office: String? = nil, by requester: Requester) async throws -> FlowBalance {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        let today = surroundings.today
        return try await database.read { try wholeFlow(of: flowCounts(office: office, $0), on: today, $0) }
    }

    /// Cân đối theo địa bàn và nơi sản xuất: the flow of every province, or of the communes of one, by the units of
    /// today; and of every site.
    package func flowByPlace(under province: UnitCode? = nil, by requester: Requester) async throws -> FlowByPlace {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        let today = surroundings.today
        let units = population.units
        return try await database.read { connection in
            let counts = try flowCounts(office: nil, connection)
            let offices = try standings.unitsOfOffices(connection).mapValues { unit in
                if case .one(let successor) = units.successors(of: unit, on: today) { successor.code } else { unit }
            }
            func unit(_ office: String, _ level: UnitLevel) -> UnitCode? {
                offices[office].flatMap { units.ancestor(of: $0, at: level)?.code }
            }
            let wanted = counts.filter { office, _ in province.map { unit(office, .province) == $0 } ?? true }
            return FlowByPlace(
                wanted, sites: try FlowStore().sites(on: connection),
                whole: try wholeFlow(of: counts, on: today, connection), on: today
            ) { unit($0, province == nil ? .province : .commune) }
        }
    }

    private func flowCounts(
        office: String?, _ connection: Connection
    ) throws -> [String: [FlowStage: FlowCount]] {
        let lately = Instant(startOf: surroundings.today.advanced(byWorkingDays: 1 - FlowBalance.daysOfPace))
        return try FlowStore().counts(office: office, lately: lately, on: connection)
    }

    private func wholeFlow(
        of counts: [String: [FlowStage: FlowCount]], on day: CalendarDate, _ connection: Connection
    ) throws -> FlowBalance {
        let capacity = try FactoryStore().sites(on: connection).reduce(0) { $0 + $1.working }
        let sum = counts.values.reduce(into: [FlowStage: FlowCount]()) { $0.add($1) }
        return FlowBalance(sum, capacity: capacity, on: day)
    }
}
