/// Cụm: records gathered into persons, surest pairs first; two people are not chained through a third.
struct LinkClusters: Sendable {
    /// For each record, the first record of its cluster.
    private(set) var firstOf: [UInt32]
    /// The pairs given, and those that follow from a cluster; surest first.
    private(set) var pairs: [LinkedPair]

    /// Members of each cluster of two or more, under its number.
    private var members: [[UInt32]] = []
    private var clusterOf: [Int32]

    /// More pairs of two clusters are not looked at before they become one.
    private static let mostLooks = 64
    /// A cluster bigger than this names its pairs with its first record only.
    private static let mostPairs = 200

    init(_ scored: [LinkedPair], _ count: Int, _ engine: LinkEngine, _ model: LinkModel) {
        firstOf = (0..<UInt32(count)).map { $0 }
        clusterOf = [Int32](repeating: -1, count: count)
        pairs = scored.sorted(by: LinkClusters.isSurer)
        var direct: [UInt64: Float] = [:]
        for pair in pairs { direct[LinkClusters.key(pair.left, pair.right)] = pair.probability }
        func odds(_ left: UInt32, _ right: UInt32) -> Float {
            model.logOdds(engine.comparer.compare(Int(min(left, right)), Int(max(left, right))))
        }
        for pair in pairs where pair.probability >= engine.threshold { join(pair, odds) }
        addWhatFollows(direct)
        for list in members where !list.isEmpty {
            let first = list.min() ?? 0
            for record in list { firstOf[Int(record)] = first }
        }
    }

    private static func isSurer(_ left: LinkedPair, _ right: LinkedPair) -> Bool {
        if left.probability != right.probability { return left.probability > right.probability }
        return (left.left, left.right) < (right.left, right.right)
    }

    private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
        UInt64(min(left, right)) << 32 | UInt64(max(left, right))
    }

    private func list(_ record: UInt32) -> [UInt32] {
        let cluster = clusterOf[Int(record)]
        return cluster < 0 ? [record] : members[Int(cluster)]
    }

    /// Makes one cluster of two, unless what else is known about their records speaks against it.
    private mutating func join(_ pair: LinkedPair, _ odds: (UInt32, UInt32) -> Float) {
        let (left, right) = (clusterOf[Int(pair.left)], clusterOf[Int(pair.right)])
        if left >= 0, left == right { return }
        let (first, second) = (list(pair.left), list(pair.right))
        if first.count * second.count > 1 {
            var sum: Float = 0
            var looks = 0
            for one in first.prefix(8) {
                for other in second.prefix(8) {
                    sum += max(-12, min(12, odds(one, other)))
                    looks += 1
                }
            }
            guard sum > 0 else { return }
        }
        let cluster: Int32
        if left >= 0 {
            cluster = left
            members[Int(left)] += second
            if right >= 0 { members[Int(right)] = [] }
        } else if right >= 0 {
            cluster = right
            members[Int(right)] += first
        } else {
            cluster = Int32(members.count)
            members.append(first + second)
        }
        for record in first + second { clusterOf[Int(record)] = cluster }
    }

    /// Two records of one cluster are one person's, also when they hardly look alike; pairs across clusters are not.
    private mutating func addWhatFollows(_ direct: [UInt64: Float]) {
        for list in members where list.count > 2 && list.count <= LinkClusters.mostPairs {
            var best: [UInt64: Float] = [:]
            for middle in list {
                for one in list where one != middle {
                    guard let first = direct[LinkClusters.key(one, middle)] else { continue }
                    for other in list where other > one && other != middle {
                        guard let second = direct[LinkClusters.key(other, middle)] else { continue }
                        let key = LinkClusters.key(one, other)
                        best[key] = max(best[key] ?? 0, first * second)
                    }
                }
            }
            for (key, probability) in best where probability > direct[key] ?? 0 {
                let pair = LinkedPair(
                    left: UInt32(key >> 32), right: UInt32(truncatingIfNeeded: key), probability: probability)
                pairs.append(pair)
            }
        }
        // Of a pair that stands twice, the surer one counts.
        pairs.sort { ($0.left, $0.right, $1.probability) < ($1.left, $1.right, $0.probability) }
        var kept: [LinkedPair] = []
        for pair in pairs where kept.last.map({ ($0.left, $0.right) != (pair.left, pair.right) }) ?? true {
            kept.append(pair)
        }
        pairs = kept.sorted(by: LinkClusters.isSurer)
    }
}
