import Access
import Civil
import Database
import Ledger
import Linkage

extension PopulationRegister {
    /// Rà soát trùng: compares everybody with everybody who could be the same, and puts what it finds into the queue.
    ///
    /// The queue is replaced in one transaction at the end: a sweep that is interrupted leaves the one before, and the
    /// next starts anew. The weights are learnt from the register itself; what officers told apart stays apart while
    /// what was compared is the same.
    /// - Parameters:
    ///   - threshold: pairs below this probability are not told.
    ///   - memory: the bytes that the sweep may take.
    ///   - progress: called with the number of records read, now and then.
    /// - Throws: `DuplicateRefusal.memoryTooSmall` before that memory is used.
    @discardableResult
    package func sweepDuplicates(
        threshold: Float = LinkEngine.defaultThreshold, memory: Int = .max,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> DuplicateSweep {
        let started = surroundings.now()
        let placement = placements.today(surroundings)
        let file = try await database.read { connection in
            try DuplicateFile.read(placement, memory: memory, on: connection, progress)
        }
        let engine = LinkEngine(file.table, threshold: threshold, decisions: file.decisions())
        let result = await engine.run()
        let pairs = result.pairs.map { file.pair($0, engine.explain(Int($0.left), Int($0.right), result.report.model)) }
        let sweep = DuplicateSweep(
            started: started, finished: surroundings.now(), persons: file.table.count,
            compared: result.report.pairsCompared, pairs: pairs.count, keysRecall: result.report.blockingRecall,
            expectedPrecision: result.report.expectedPrecision, expectedRecall: result.report.expectedRecall)
        let id = surroundings.randomID()
        try await database.writeBulk { connection in
            try DuplicateStore().replace(with: pairs, on: connection)
            try DuplicateStore().insert(sweep, result.report.model, id: id, on: connection)
        }
        // Whoever asks from now on is asked with these weights.
        try await alikeIndex.renew()
        return sweep
    }
}

/// The register as a file of people to be linked.
private struct DuplicateFile: Sendable {
    private(set) var table: LinkTable
    /// In the order of the table.
    private var persons: [Int64] = []
    private var units: [UnitCode?] = []
    private var isNumbered: [Bool] = []
    /// `DuplicateRecord.digestLength` bytes a record.
    private var digests: [UInt8] = []
    private var apart: [(left: Int64, right: Int64, facts: [UInt8])] = []

    static func read(
        _ placement: PlacementTable, memory: Int, on connection: Connection, _ progress: (Int) -> Void
    ) throws -> DuplicateFile {
        let count = try connection.first("SELECT count(*) FROM person") { try $0.int(0) } ?? 0
        guard LinkTable.bytes(records: count) + count * bytesBeside <= memory else {
            throw DuplicateRefusal.memoryTooSmall
        }
        var file = DuplicateFile(table: LinkTable(expecting: count))
        try connection.forEach("SELECT state FROM person ORDER BY person_id") { row in
            let state = try StateCoding.value(PersonState.self, in: row, 0)
            if let record = DuplicateRecord(state, in: placement) { file.add(record, state.person) }
            if file.persons.count.isMultiple(of: 10_000) { progress(file.persons.count) }
        }
        file.apart = try DuplicateStore().toldApart(on: connection)
        return file
    }

    /// What is kept of a record beside its row in the table, about.
    private static let bytesBeside = 100

    private init(table: LinkTable) {
        self.table = table
    }

    private mutating func add(_ record: DuplicateRecord, _ person: Int64) {
        table.add(record.record)
        persons.append(person)
        units.append(record.unit)
        isNumbered.append(record.isNumbered)
        digests += record.digest
    }

    /// Pairs that officers told apart and that are as they were.
    func decisions() -> [LinkDecision] {
        guard !apart.isEmpty else { return [] }
        let places = Dictionary(uniqueKeysWithValues: persons.enumerated().map { ($1, $0) })
        return apart.compactMap { pair in
            guard let left = places[pair.left], let right = places[pair.right],
                facts(left, right) == pair.facts
            else { return nil }
            return LinkDecision(left, right, isSame: false)
        }
    }

    func pair(_ pair: LinkedPair, _ explanation: LinkExplanation) -> DuplicatePair {
        // The table is in the order of the persons' keys, so its left is the smaller one here too.
        let (left, right) = (Int(pair.left), Int(pair.right))
        let evidence = explanation.lines.map(DuplicateEvidence.init)
        return DuplicatePair(
            left: persons[left], right: persons[right],
            perMillion: min(1_000_000, Int64((Double(pair.probability) * 1_000_000).rounded())),
            harm: 1 + (isNumbered[left] ? 1 : 0) + (isNumbered[right] ? 1 : 0), units: [units[left], units[right]],
            facts: facts(left, right), pattern: DuplicateFile.pattern(of: evidence), evidence: evidence)
    }

    /// What was compared of both, in few bytes.
    private func facts(_ left: Int, _ right: Int) -> [UInt8] {
        let length = DuplicateRecord.digestLength
        return [left, right].flatMap { digests[($0 * length)..<(($0 + 1) * length)] }
    }

    /// A number for what speaks for and against, whatever the weights.
    private static func pattern(of evidence: [DuplicateEvidence]) -> Int64 {
        let lines = evidence.map { "\($0.feature)=\($0.english);" }.sorted()
        return Int64(StableHash.of(lines.joined().utf8) >> 1)
    }
}
