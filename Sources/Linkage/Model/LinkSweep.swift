/// Rà soát theo phần: the same comparison as that of a whole file, in parts that can be made at different times.
///
/// Every pair of the blocks belongs to the part of one of its records, so that the parts together compare what
/// `LinkEngine.run` compares, each pair once. What the parts found is gathered into clusters at the end.
package struct LinkSweep: Sendable {
    private let engine: LinkEngine
    private let source: PairSource
    /// The weights that every part is scored with.
    package let model: LinkModel
    private let cutoff: LinkCutoff
    /// For each record, the part that it belongs to.
    private let partOf: [UInt32]
    /// The records of each part.
    private let records: [[UInt32]]

    /// Pairs of one part that may be one person's, and how many were compared.
    package struct Found: Sendable {
        package var pairs: [LinkedPair] = []
        package var compared = 0
    }

    /// - Parameters:
    ///   - model: weights learnt before; learnt from the table where there are none.
    ///   - partOf: for each record, the part that it belongs to, from 0.
    ///   - parts: how many parts there are.
    package init(_ engine: LinkEngine, model: LinkModel?, partOf: [UInt32], parts: Int) async {
        self.engine = engine
        source = PairSource(await Blocks(engine.table), split: engine.table.split)
        let weights = if let model { model } else { await engine.learn(source) }
        self.model = weights
        cutoff = LinkCutoff(weights, leastProbability: LinkEngine.leastProbability)
        self.partOf = partOf
        var records = [[UInt32]](repeating: [], count: parts)
        for (record, part) in partOf.enumerated() { records[Int(part)].append(UInt32(record)) }
        self.records = records
    }

    /// Records that are handed to a core together.
    private static let recordsAtOnce = 2_000

    /// Compares the records of a part with each other and with those of later parts, on all cores.
    ///
    /// Pairs come in the order of the records, whatever the number of cores.
    package func compare(part: Int) async -> Found {
        let own = records[part]
        let starts = Array(stride(from: 0, to: own.count, by: LinkSweep.recordsAtOnce))
        return await withTaskGroup(of: (Int, Found).self) { group in
            var found = [Found?](repeating: nil, count: starts.count)
            for (place, start) in starts.enumerated() {
                let chunk = own[start..<min(start + LinkSweep.recordsAtOnce, own.count)]
                group.addTask { (place, score(chunk)) }
            }
            while let (place, part) = await group.next() { found[place] = part }
            return found.compactMap(\.self).reduce(into: Found()) { whole, part in
                whole.pairs += part.pairs
                whole.compared += part.compared
            }
        }
    }

    /// What all parts found, gathered: the pairs are scored anew, since records may have changed in the meantime.
    ///
    /// - Parameters:
    ///   - found: the records of each pair.
    ///   - compared: how many pairs all parts compared.
    package func finish(_ found: [(Int, Int)], compared: Int) -> LinkResult {
        let pairs = found.compactMap { engine.scored(min($0, $1), max($0, $1), by: model, cutoff) }
        return engine.gather(engine.decided(pairs), source.blocks, model, compared: compared)
    }

    private func score(_ own: ArraySlice<UInt32>) -> Found {
        var found = Found()
        for record in own {
            forEachPartner(of: Int(record)) { other in
                found.compared += 1
                if let pair = engine.scored(min(Int(record), other), max(Int(record), other), by: model, cutoff) {
                    found.pairs.append(pair)
                }
            }
        }
        return found
    }

    /// Calls with every record that the record is compared with, and that does not come before it.
    private func forEachPartner(of record: Int, _ body: (Int) -> Void) {
        let blocks = source.blocks
        let rank = (partOf[record], record)
        for (index, pass) in blocks.passes.enumerated() {
            for block in blocks.blocks(of: record, in: index) {
                for place in pass.starts[block]..<pass.starts[block + 1] {
                    let other = Int(pass.records[place])
                    guard rank < (partOf[other], other),
                        !blocks.isFoundBefore(index, min(record, other), max(record, other))
                    else { continue }
                    body(other)
                }
            }
        }
    }
}

extension Blocks {
    /// The blocks of one pass in which a record stands: one, and where records are chained two.
    func blocks(of record: Int, in pass: Int) -> Range<Int> {
        let block = Int(blockOf[record * passes.count + pass]) - 1
        guard block >= 0 else { return 0..<0 }
        return isBorder(record, in: pass) ? (block - 1)..<(block + 1) : block..<(block + 1)
    }
}
