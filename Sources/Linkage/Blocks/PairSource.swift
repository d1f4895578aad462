/// Nguồn cặp: every pair of the blocks once, cut into parts of about equal work that can be gone through side by side.
struct PairSource: Sendable {
    /// Blocks of one pass that stand together.
    struct Part: Sendable {
        let pass: Int
        let blocks: Range<Int>
    }

    let blocks: Blocks
    let parts: [Part]
    /// Records of the first of two files, across which alone pairs count; 0 when there is one file.
    private let split: Int

    init(_ blocks: Blocks, split: Int) {
        self.blocks = blocks
        self.split = split
        var parts: [Part] = []
        for (index, pass) in blocks.passes.enumerated() {
            var first = 0
            var pairs = 0
            for block in 0..<(pass.starts.count - 1) {
                let size = pass.starts[block + 1] - pass.starts[block]
                pairs += size * (size - 1) / 2
                if pairs > 200_000 {
                    parts.append(Part(pass: index, blocks: first..<(block + 1)))
                    (first, pairs) = (block + 1, 0)
                }
            }
            if first < pass.starts.count - 1 {
                parts.append(Part(pass: index, blocks: first..<(pass.starts.count - 1)))
            }
        }
        self.parts = parts
    }

    /// - Parameter isWanted: asked first, since whether an earlier pass brings a pair takes longer to find.
    func forEach(_ part: Part, where isWanted: (Int, Int) -> Bool = { _, _ in true }, _ body: (Int, Int) -> Void) {
        let pass = blocks.passes[part.pass]
        for block in part.blocks {
            let range = pass.starts[block]..<pass.starts[block + 1]
            for place in range {
                let left = Int(pass.records[place])
                for other in (place + 1)..<max(range.upperBound, place + 1) {
                    let right = Int(pass.records[other])
                    guard split == 0 || (left < split) != (right < split) else { continue }
                    let (lower, upper) = (min(left, right), max(left, right))
                    if isWanted(lower, upper), !blocks.isFoundBefore(part.pass, left, right) { body(lower, upper) }
                }
            }
        }
    }

    /// Goes through all parts on both cores; the results come in the order of the parts.
    func gather<Result: Sendable>(_ work: @Sendable @escaping (Part) -> Result) async -> [Result] {
        let parts = parts
        return await withTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: parts.count)
            // A few at a time, so that no more results wait than are needed.
            var next = 0
            while next < min(parts.count, 8) {
                let index = next
                group.addTask { (index, work(parts[index])) }
                next += 1
            }
            while let (done, result) = await group.next() {
                results[done] = result
                guard next < parts.count else { continue }
                let index = next
                group.addTask { (index, work(parts[index])) }
                next += 1
            }
            return results.compactMap { $0 }
        }
    }
}
