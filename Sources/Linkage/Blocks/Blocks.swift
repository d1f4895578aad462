/// Khối: the records that share a key, key by key; no block is bigger than what the whole file can afford.
struct Blocks: Sendable {
    /// The blocks of one key: records block by block, and where each block begins.
    struct Pass: Sendable {
        let key: BlockKey
        var records: [UInt32] = []
        var starts: [Int] = [0]
        var report: BlockReport
    }

    let passes: [Pass]
    /// For each record, pass by pass, the number of its block; 0 for none.
    let blockOf: [UInt32]
    /// Records that end one block of a chain and begin the next, by pass and record; their number is the next one's.
    private let borders: Set<Int>

    init(_ table: LinkTable) async {
        let keys = BlockKeys(table: table)
        passes = await withTaskGroup(of: Pass.self) { group in
            for key in BlockKey.allCases where key.isUsed(in: table) { group.addTask { Blocks.pass(key, keys) } }
            var passes: [Pass] = []
            for await pass in group { passes.append(pass) }
            return passes.sorted { $0.key.rawValue < $1.key.rawValue }
        }
        (blockOf, borders) = Blocks.numbered(passes, table.count)
    }

    private static func numbered(_ passes: [Pass], _ count: Int) -> (blockOf: [UInt32], borders: Set<Int>) {
        var blockOf = [UInt32](repeating: 0, count: count * passes.count)
        var borders: Set<Int> = []
        for (index, pass) in passes.enumerated() {
            for block in 0..<(pass.starts.count - 1) {
                for place in pass.starts[block]..<pass.starts[block + 1] {
                    let entry = Int(pass.records[place]) * passes.count + index
                    if blockOf[entry] != 0 { borders.insert(entry) }
                    blockOf[entry] = UInt32(block + 1)
                }
            }
        }
        return (blockOf, borders)
    }

    /// Whether a record ends one block of a chain and begins the next.
    func isBorder(_ record: Int, in pass: Int) -> Bool { borders.contains(record * passes.count + pass) }

    /// Whether a pass has two records in one block.
    @inline(__always)
    private func isTogether(_ pass: Int, _ left: Int, _ right: Int) -> Bool {
        let (first, second) = (left * passes.count + pass, right * passes.count + pass)
        let (block, other) = (blockOf[first], blockOf[second])
        if block == other { return block != 0 }
        guard !borders.isEmpty, block != 0, other != 0 else { return false }
        return block + 1 == other && borders.contains(second) || other + 1 == block && borders.contains(first)
    }

    /// Whether an earlier pass than this one brings the pair too.
    func isFoundBefore(_ pass: Int, _ left: Int, _ right: Int) -> Bool {
        for earlier in 0..<pass where isTogether(earlier, left, right) { return true }
        return false
    }

    /// In which passes a pair stands, one bit each.
    func passes(of left: Int, _ right: Int) -> UInt32 {
        var bits: UInt32 = 0
        for pass in passes.indices where isTogether(pass, left, right) { bits |= 1 << UInt32(pass) }
        return bits
    }

    // MARK: Building

    /// A record under a part of its key's hash: 33 bits above, the record below.
    static let recordBits: UInt64 = 0x7FFF_FFFF

    /// The records that have a key, by its hash and then in their order.
    static func entries(_ key: BlockKey, _ keys: BlockKeys) -> [UInt64] {
        var entries: [UInt64] = []
        for record in 0..<keys.table.count {
            let hash = keys.key(key, record)
            if hash != 0 { entries.append(hash & ~recordBits | UInt64(record)) }
        }
        sort(&entries)
        return entries
    }

    private static func pass(_ key: BlockKey, _ keys: BlockKeys) -> Pass {
        let count = keys.table.count
        let entries = entries(key, keys)
        var pass = Pass(key: key, report: BlockReport(key: key, records: entries.count))
        let limit = affordable(entries, count * key.pairsPerRecord, least: key.leastBlock)
        pass.report.biggestAllowed = limit
        var big = take(entries, limit, &pass)
        for step in 0..<BlockKeys.refinements where !big.isEmpty {
            pass.report.refined = max(pass.report.refined, big.count)
            for index in big.indices {
                let record = Int(big[index] & recordBits)
                let hash = BlockKeys.mix(big[index] >> 31, keys.refinement(step, record))
                big[index] = hash & ~recordBits | UInt64(record)
            }
            sort(&big)
            big = take(big, limit, &pass)
        }
        pass.report.skipped = big.count
        chain(big, 4, &pass)
        return pass
    }

    /// The biggest block that keeps the pairs of a key within what the file can afford.
    private static func affordable(_ entries: [UInt64], _ most: Int, least: Int) -> Int {
        var blocks: [Int: Int] = [:]
        forEachBlock(entries) { blocks[$0.count, default: 0] += 1 }
        let most = max(most, 4_000)
        var pairs = 0
        var limit = 2
        for size in blocks.keys.sorted() {
            pairs += (blocks[size] ?? 0) * size * (size - 1) / 2
            if pairs > most, size > least { return max(limit, least) }
            limit = size
        }
        return max(limit, least)
    }

    /// Adds the blocks within the limit to the pass; what stands in bigger ones is given back.
    private static func take(_ entries: [UInt64], _ limit: Int, _ pass: inout Pass) -> [UInt64] {
        var big: [UInt64] = []
        forEachBlock(entries) { range in
            if range.count > limit {
                big.append(contentsOf: entries[range])
            } else if range.count > 1 {
                for place in range { pass.records.append(UInt32(entries[place] & recordBits)) }
                pass.starts.append(pass.records.count)
                pass.report.blocks += 1
                pass.report.pairs += range.count * (range.count - 1) / 2
                pass.report.biggest = max(pass.report.biggest, range.count)
            }
        }
        return big
    }

    /// Records that no key tells apart are the same in almost everything: each is compared with its next neighbours.
    private static func chain(_ entries: [UInt64], _ limit: Int, _ pass: inout Pass) {
        forEachBlock(entries) { range in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: limit) {
                for place in start..<min(start + limit + 1, range.upperBound) {
                    pass.records.append(UInt32(entries[place] & recordBits))
                }
                pass.starts.append(pass.records.count)
            }
        }
    }

    private static func forEachBlock(_ entries: [UInt64], _ body: (Range<Int>) -> Void) {
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end] >> 31 == entries[start] >> 31 { end += 1 }
            body(start..<end)
            start = end
        }
    }

    /// By hash, then by record: three rounds of eleven bits; the records come in order.
    private static func sort(_ entries: inout [UInt64]) {
        guard entries.count > 2_000 else {
            entries.sort()
            return
        }
        var other = [UInt64](repeating: 0, count: entries.count)
        for shift in [UInt64(31), 42, 53] {
            var places = [Int](repeating: 0, count: 2_049)
            for entry in entries { places[Int(entry >> shift & 2_047) + 1] += 1 }
            for index in 1..<places.count { places[index] += places[index - 1] }
            for entry in entries {
                let bucket = Int(entry >> shift & 2_047)
                other[places[bucket]] = entry
                places[bucket] += 1
            }
            swap(&entries, &other)
        }
    }
}

/// Số liệu một khóa: what a key brought.
package struct BlockReport: Sendable {
    package let key: BlockKey
    /// Records that have the key.
    package let records: Int
    package internal(set) var blocks = 0
    package internal(set) var pairs = 0
    package internal(set) var biggest = 0
    package internal(set) var biggestAllowed = 0
    /// Records that stood in blocks too big and got a finer key; records left out even so.
    package internal(set) var refined = 0
    package internal(set) var skipped = 0
}
