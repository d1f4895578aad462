import Access
import Civil
import Database
import Ledger
import Linkage

extension PopulationRegister {
    /// Hợp nhất tự động: merges the pairs that the rule in force lets the register merge by itself.
    ///
    /// Each is an act of its own that names the rule, and can be undone like any other; one that a rule of the register
    /// refuses is left in the queue.
    /// - Returns: how many were merged.
    func mergeAutomatically(_ pairs: [DuplicatePair]) async throws -> Int {
        let rules = try await database.read { try DuplicateRuleStore().rules(on: $0) }
        guard let rule = DuplicateRules.inForce(of: rules), let least = rule.perMillion else { return 0 }
        let context = RecordingContext(register: self, today: surroundings.today)
        let placement = placements.today(surroundings)
        let now = surroundings.now()
        var merged = 0
        var done: Set<Int64> = []
        for pair in pairs where !pair.isDrawn && pair.perMillion >= least {
            // One merge a person and night: what follows from it is compared first.
            guard done.isDisjoint(with: [pair.left, pair.right]) else { continue }
            do {
                let isMerged = try await database.write { connection in
                    try AutomaticMerge(
                        pair: pair, rule: rule, placement: placement, now: now, decision: surroundings.randomID(),
                        context: context, connection: connection
                    ).run()
                }
                guard isMerged else { continue }
            } catch is any ExplainedRefusal {
                continue
            }
            done.formUnion([pair.left, pair.right])
            merged += 1
        }
        return merged
    }
}

/// One merge by the register itself, inside a transaction.
struct AutomaticMerge {
    let pair: DuplicatePair
    let rule: DuplicateRule
    let placement: PlacementTable
    let now: Instant
    let decision: Int64
    let context: RecordingContext
    let connection: Connection

    /// The register itself, as acts name who recorded them.
    private static let requester = Requester(
        actor: Actor(account: "automatic", role: Role.localOperator.rawValue, office: "local"), role: .localOperator,
        jurisdiction: .nation, ground: .duty(.operation))

    /// False where the pair is left to the officers.
    func run() throws -> Bool {
        guard let pair = try standing(), try DuplicateStore().decisions(on: pair, connection: connection).isEmpty,
            let left = try PersonStore().person(pair.left, on: connection),
            let right = try PersonStore().person(pair.right, on: connection),
            AutomaticMerge.isUnchanged(pair, left.state, right.state, placement),
            AutomaticMerge.fits(left.state, right.state)
        else { return false }
        let (into, gone) = AutomaticMerge.ordered(left, right)
        let request = ActRequest(
            kind: .mergedWith, content: .object(["duplicate": .string(gone.handle), "into": .string(into.handle)]))
        _ = try ActRecorder(context: context, connection: connection).record(
            request, by: ActingPerson(requester: AutomaticMerge.requester), underRule: String(rule.id))
        try DuplicateStore().insert(
            .same, on: pair, reason: "tự động / automatic", by: AutomaticMerge.requester.actor, at: now, id: decision,
            rule: rule.id, connection: connection)
        return true
    }

    /// The pair while it waits, and no seal hides one of the two.
    private func standing() throws -> DuplicatePair? {
        let sealed = try SealStore().sealed(among: [pair.left, pair.right], at: now, on: connection)
        guard sealed.isEmpty else { return nil }
        return try DuplicateStore().pair(
            pair.left, pair.right, for: AutomaticMerge.requester, at: now, on: connection)?.pair
    }

    private static func isUnchanged(
        _ pair: DuplicatePair, _ left: PersonState, _ right: PersonState, _ placement: PlacementTable
    ) -> Bool {
        guard let first = DuplicateRecord(left, in: placement), let second = DuplicateRecord(right, in: placement)
        else { return false }
        return DuplicateRecord.facts(first, second) == pair.facts
    }

    /// Whether nothing that both state contradicts: numbers, name, date, sex, old numbers, parents, life.
    static func fits(_ one: PersonState, _ other: PersonState) -> Bool {
        // Two numbers in force are two people's until somebody has looked.
        guard one.number == nil || other.number == nil || one.number == other.number else { return false }
        guard one.life.status == other.life.status else { return false }
        let (first, second) = (IdentityFacts(of: one), IdentityFacts(of: other))
        guard let name = first.name, let otherName = second.name, name.key == otherName.key else { return false }
        func agrees<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
            left == nil || right == nil || left == right
        }
        guard agrees(first.sex, second.sex), agrees(first.oldNumber, second.oldNumber),
            agrees(first.father.map(Folding.key), second.father.map(Folding.key)),
            agrees(first.mother.map(Folding.key), second.mother.map(Folding.key))
        else { return false }
        switch DateComparison.compare(first.birth, second.birth) {
        case .equal, .compatible: return true
        case .dayMonthSwapped, .oneDigit, .yearOnlyEqual, .different, .unknown: return false
        }
    }

    /// The record that goes on, and the one that leads to it: whoever has the number stays, else who was known first.
    private static func ordered(
        _ left: PersonStore.PersonRow, _ right: PersonStore.PersonRow
    ) -> (into: PersonStore.PersonRow, gone: PersonStore.PersonRow) {
        if (left.state.number == nil) != (right.state.number == nil) {
            return left.state.number != nil ? (left, right) : (right, left)
        }
        let (first, second) = (left.state.sheet ?? .max, right.state.sheet ?? .max)
        return (first, left.state.person) < (second, right.state.person) ? (left, right) : (right, left)
    }
}
