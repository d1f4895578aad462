import Access
import Civil
import Database
import Ledger

extension PopulationRegister {
    /// How many pairs a page lists.
    package static let duplicatesPerPage = 50
    /// How many pairs of an office are gone through at most to fill its list.
    private static let mostGoneThrough = 50_000

    /// Hàng đợi nghi trùng: pairs that wait in the requester's places, the most harmful and likeliest first.
    ///
    /// The list names nobody and is no look; opening a pair is.
    /// - Parameters:
    ///   - handle: only pairs about this person.
    ///   - pattern: only pairs with this evidence.
    ///   - place: where the page before ended.
    package func duplicates(
        of handle: Handle? = nil, pattern: Int64? = nil, after place: ListPlace? = nil,
        limit: Int = PopulationRegister.duplicatesPerPage, by requester: Requester
    ) async throws -> DuplicateQueue {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        let now = surroundings.now()
        return try await database.read { connection in
            let person = try handle.map { try PersonStore().person(handle: $0, on: connection)?.state.person ?? 0 }
            var found: [(pair: DuplicatePair, isUnclear: Bool)] = []
            let wish = DuplicateStore.Wish(
                pattern: pattern, person: person, requester: requester,
                after: try place.map { try DuplicatePlace($0, on: connection) },
                most: PopulationRegister.mostGoneThrough)
            try DuplicateStore().forEach(wish, at: now, on: connection) { pair, unclear in
                found.append((pair, unclear))
                return found.count <= limit
            }
            let shown = found.prefix(limit)
            let handles = try PersonStore().handles(
                of: Set(shown.flatMap { [$0.pair.left, $0.pair.right] }), table: .person, on: connection)
            let last = found.count > limit ? shown.last : nil
            return DuplicateQueue(
                listings: shown.map { found in
                    var listing = DuplicateListing(found.pair, found.isUnclear, handles)
                    listing.isWhole = found.pair.units.allSatisfy { unit in
                        requester.jurisdiction == .nation
                            || unit.map { requester.jurisdiction.reaches([$0]) } ?? false
                    }
                    return listing
                }, next: last.map { DuplicatePlace.place(of: $0.pair, handles) },
                sweep: try DuplicateStore().lastSweep(on: connection))
        }
    }

    /// The last sweep that came to its end.
    package func lastDuplicateSweep() async throws -> DuplicateSweep? {
        try await database.read { try DuplicateStore().lastSweep(on: $0) }
    }

    /// How many pairs wait in the requester's places; nothing for those who do not review them.
    package func duplicateCount(for requester: Requester) async throws -> Int {
        guard requester.role.may(.reviewDuplicates) else { return 0 }
        let now = surroundings.now()
        return try await database.read { connection in
            try DuplicateStore().sums(DuplicateStore.Told(to: requester, at: now), on: connection)
                .filter { requester.jurisdiction.reaches($0.units) }.reduce(0) { $0 + $1.sum.pairs }
        }
    }

    /// Một cặp nghi trùng: both records as far as the requester may see them, each a look durable before the answer.
    ///
    /// - Throws: `DuplicateRefusal.unknown` for a pair that does not wait or lies elsewhere.
    package func duplicate(
        _ one: Handle, _ other: Handle, by requester: Requester
    ) async throws -> DuplicateAnswer {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        let (listing, decisions, isSeen) = try await database.read { connection in
            var listing = try waiting(one, other, for: requester, connection)
            let isSeen = try seen(listing.pair, by: requester, connection)
            listing.isWhole = !isSeen.contains(false)
            return (listing, try DuplicateStore().decisions(on: listing.pair, connection: connection), isSeen)
        }
        var persons: [PersonAnswer?] = []
        for (text, isSeen) in zip(listing.handles, isSeen) {
            // Of elsewhere: an officer who sees both decides, or the one above. Nobody has asked for a look at them.
            guard isSeen, let handle = Handle(parsing: text) else {
                persons.append(nil)
                continue
            }
            persons.append(try await look(at: .handle(handle), by: requester.onDuty(.dataQuality)))
        }
        return DuplicateAnswer(listing: listing, persons: persons, decisions: decisions)
    }

    /// Which of both records somebody may look at.
    private func seen(
        _ pair: DuplicatePair, by requester: Requester, _ connection: Connection
    ) throws -> [Bool] {
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester.onDuty(.dataQuality))
        let protection = try Protection(of: [pair.left, pair.right], at: surroundings.now(), on: connection)
        return try [pair.left, pair.right].map { person in
            guard let record = try RecordReader().record(of: person, on: connection) else { return false }
            let decision = try judge.decide(on: record.state, named: .handle, asked: [], protection, connection)
            if case .allowed = decision { return true }
            return false
        }
    }

    /// Whether two records are one person's is for somebody who sees both.
    private func requireSight(
        of pair: DuplicatePair, for requester: Requester, _ connection: Connection
    ) throws {
        if try seen(pair, by: requester, connection).contains(false) { throw DuplicateRefusal.seenByNobodyHere }
    }

    /// Kết luận về một cặp: the same, two people, or unclear; two records are merged only when a second person agrees.
    ///
    /// - Parameter remains: of two records that are the same person's, the one that goes on.
    /// - Throws: `DuplicateRefusal`, `RecordingRefusal` where a rule forbids the merge, `AccessRefusal`.
    package func decide(
        duplicate one: Handle, _ other: Handle, _ verdict: DuplicateVerdict, remains: Handle? = nil, reason: String,
        by requester: Requester
    ) async throws -> DuplicateOutcome {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        let reason = try DuplicateRefusal.stated(reason)
        switch verdict {
        case .different, .unclear:
            try await database.write { connection in
                let pair = try waiting(one, other, for: requester, connection).pair
                // To ask the commune is for everybody who has the pair in the list.
                if verdict == .different { try requireSight(of: pair, for: requester, connection) }
                try note(verdict, on: pair, reason, requester, connection)
            }
            return .noted
        case .same:
            let pair = try await database.read { connection in
                let pair = try waiting(one, other, for: requester, connection).pair
                try requireSight(of: pair, for: requester, connection)
                return pair
            }
            guard let remains, [one, other].contains(remains) else { throw DuplicateRefusal.remainsUnknown }
            let gone = remains == one ? other : one
            let request = ActRequest(
                kind: .mergedWith,
                content: .object(["duplicate": .string(gone.text), "into": .string(remains.text)]))
            guard AccessPolicy.needsSecondPerson(.mergedWith, of: requester) else {
                let receipt = try await record(request, by: requester)
                try await database.write { try note(.same, on: pair, reason, requester, $0) }
                return .merged(receipt)
            }
            return .asked(
                try await ask(request, by: requester) { approval, connection in
                    try note(.same, on: pair, reason, requester, approval: approval.id, connection)
                })
        }
    }

    /// Kết luận nhiều cặp cùng căn cứ: in one transaction, after a sample has been opened; merging goes pair by pair.
    ///
    /// Pairs that wait no longer are left as they are. Answers how many were decided.
    package func decide(
        duplicates chosen: [(Handle, Handle)], pattern: Int64, _ verdict: DuplicateVerdict, reason: String,
        opened: Int, by requester: Requester
    ) async throws -> Int {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        guard verdict != .same else { throw DuplicateRefusal.notTogether }
        let reason = try DuplicateRefusal.stated(reason)
        guard (1...PopulationRegister.mostDecidedTogether).contains(chosen.count) else {
            throw DuplicateRefusal.tooMany
        }
        guard opened >= min(PopulationRegister.sampleBeforeMany, chosen.count) else {
            throw DuplicateRefusal.sampleTooSmall
        }
        return try await database.write { connection in
            var decided = 0
            for (one, other) in chosen {
                guard let pair = try found(one, other, for: requester, connection)?.pair else { continue }
                guard pair.pattern == pattern else { throw DuplicateRefusal.notTogether }
                if verdict == .different { try requireSight(of: pair, for: requester, connection) }
                try note(verdict, on: pair, reason, requester, connection)
                decided += 1
            }
            return decided
        }
    }

    private func note(
        _ verdict: DuplicateVerdict, on pair: DuplicatePair, _ reason: String, _ requester: Requester,
        approval: Int64? = nil, _ connection: Connection
    ) throws {
        try DuplicateStore().insert(
            verdict, on: pair, reason: reason, by: requester.actor, at: surroundings.now(),
            id: surroundings.randomID(), approval: approval, connection: connection)
    }

    private func waiting(
        _ one: Handle, _ other: Handle, for requester: Requester, _ connection: Connection
    ) throws -> DuplicateListing {
        guard let found = try found(one, other, for: requester, connection) else { throw DuplicateRefusal.unknown }
        return found
    }

    /// The pair of two handles; nil when it does not wait, or not in the requester's places.
    private func found(
        _ one: Handle, _ other: Handle, for requester: Requester, _ connection: Connection
    ) throws -> DuplicateListing? {
        let store = PersonStore()
        guard let first = try store.person(handle: one, on: connection)?.state.person,
            let second = try store.person(handle: other, on: connection)?.state.person,
            let found = try DuplicateStore().pair(
                first, second, for: requester, at: surroundings.now(), on: connection)
        else { return nil }
        return DuplicateListing(found.pair, found.isUnclear, [first: one.text, second: other.text])
    }
}

extension DuplicateListing {
    init(_ pair: DuplicatePair, _ isUnclear: Bool, _ handles: [Int64: String]) {
        self.init(
            pair: pair, handles: [handles[pair.left] ?? "?", handles[pair.right] ?? "?"], isUnclear: isUnclear)
    }
}

extension DuplicateRefusal {
    /// A reason of 1 to 200 characters on one line.
    static func stated(_ text: String) throws(DuplicateRefusal) -> String {
        guard let line = PlainLine.parse(text, longest: Verdict.longestReason) else { throw .reasonNeeded }
        return line
    }
}
