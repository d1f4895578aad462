/// Hồ sơ có thể là của cùng một người: a record of the index that may be the newcomer's.
package struct LinkMatch: Sendable {
    /// The place of the record in the index.
    package let place: Int
    package let explanation: LinkExplanation
}

/// Chỉ mục đối chiếu: everybody of a table, kept so that one more record is compared with all of them in milliseconds.
///
/// The table stays as it was when the index was made, and so do the frequencies; records that come later stand beside
/// it, under words and codes that continue those of the table. Copies are cheap: they share the table.
package struct LinkIndex: Sendable {
    private let model: LinkModel
    private let base: PairComparer
    private let orders: [KeyOrder]
    /// Records that came later; their places go on where those of the table end.
    private var later: LinkTable
    private var laterOfKey: [UInt64: [Int]] = [:]
    private var gone: Set<Int> = []

    /// Records with one key that are compared with a newcomer; of more, those of the table that share more, as far as
    /// that leads, and the latest of those that came later.
    static let mostOfKey = 300
    /// Newcomers who resemble somebody with this probability are asked about: a glance costs less than a second record.
    package static let askingThreshold: Float = 0.25

    /// - Parameter model: weights learnt from this table or an earlier one of the same people; without it, those that
    ///   learning begins with.
    package init(_ table: LinkTable, model: LinkModel?) {
        var table = table
        // Whoever is asked about states none.
        table.addresses = []
        table.columns.remove(.address)
        base = PairComparer(table)
        self.model = model ?? LinkModel(table)
        later = table.emptied()
        orders = BlockKey.allCases.filter { $0.isUsed(in: table) }.map { KeyOrder($0, table) }
    }

    /// How many records stand in it or stood in it; the place of the next one.
    package var count: Int { base.table.count + later.count }

    /// Records that came after the index was made, or went.
    package var changes: Int { later.count + gone.count }

    /// Adds a record; its place is the count before.
    package mutating func add(_ record: LinkRecord) {
        let place = count
        later.add(record)
        let keys = BlockKeys(table: later)
        for order in orders {
            let hash = keys.key(order.key, later.count - 1)
            if hash != 0 { laterOfKey[hash, default: []].append(place) }
        }
    }

    /// The record of a place is found no more.
    package mutating func remove(_ place: Int) { gone.insert(place) }

    /// Who may be the person of a record that stands nowhere yet, the likeliest first.
    package func matches(
        of record: LinkRecord, threshold: Float = LinkIndex.askingThreshold, limit: Int = 10
    ) -> [LinkMatch] {
        var newcomer = later.emptied()
        newcomer.add(record)
        let candidates = candidates(for: newcomer)
        var words = base.words
        words.extend(to: newcomer.words)
        // The newcomer stands last: what is told of frequencies is told of those who were counted.
        var few = newcomer.emptied()
        var frequencies = base.frequencies.emptied()
        for place in candidates {
            if place < base.table.count {
                few.append(place, of: base.table)
                frequencies.append(place, of: base.frequencies)
            } else {
                few.append(place - base.table.count, of: later)
                frequencies.appendLast(of: few)
            }
        }
        few.append(0, of: newcomer)
        frequencies.appendLast(of: few)
        let comparer = PairComparer(few, words, frequencies)
        let last = candidates.count
        let likely = candidates.indices.map { ($0, model.logOdds(comparer.compare($0, last))) }
            .filter { LinkModel.probability($0.1) >= threshold }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        return likely.prefix(limit).map {
            LinkMatch(place: candidates[$0.0], explanation: comparer.explain($0.0, last, model))
        }
    }

    /// The records that share a key with the newcomer, in the order of their places.
    private func candidates(for newcomer: LinkTable) -> [Int] {
        var places: Set<Int> = []
        let (keys, own) = (BlockKeys(table: base.table), BlockKeys(table: newcomer))
        let refinements = (0..<BlockKeys.refinements).map { own.refinement($0, 0) }
        for order in orders {
            let hash = own.key(order.key, 0)
            guard hash != 0 else { continue }
            places.formUnion(order.records(with: hash, keys, refinements).map(Int.init))
            places.formUnion((laterOfKey[hash] ?? []).suffix(LinkIndex.mostOfKey))
        }
        return places.subtracting(gone).sorted()
    }
}

/// The records of a table in the order of one key; four bytes each, since the keys follow from the table.
private struct KeyOrder: Sendable {
    let key: BlockKey
    private let records: [UInt32]

    init(_ key: BlockKey, _ table: LinkTable) {
        self.key = key
        records = Blocks.entries(key, BlockKeys(table: table)).map { UInt32($0 & Blocks.recordBits) }
    }

    /// The records whose key has the hash; of very many, those that share more with the newcomer, step by step.
    func records(with hash: UInt64, _ keys: BlockKeys, _ refinements: [UInt64]) -> [UInt32] {
        let wanted = hash & ~Blocks.recordBits
        func keyBits(of record: UInt32) -> UInt64 { keys.key(key, Int(record)) & ~Blocks.recordBits }
        let rest = records[records.firstIndex(ofOrdered: { keyBits(of: $0) >= wanted })...]
        var found = Array(rest.prefix { keyBits(of: $0) == wanted })
        for (step, own) in refinements.enumerated() where found.count > LinkIndex.mostOfKey && own != 0 {
            let finer = found.filter { keys.refinement(step, Int($0)) == own }
            if !finer.isEmpty { found = finer }
        }
        return Array(found.prefix(LinkIndex.mostOfKey))
    }
}
