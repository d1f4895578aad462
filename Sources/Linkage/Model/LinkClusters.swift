/// Cụm: records gathered into persons, surest pairs first; two people are not chained through a third.
struct LinkClusters: Sendable {
    /// For each record, the first record of its cluster.
    private(set) var firstOf: [UInt32]
    /// The pairs given, and those that follow from a cluster; surest first.
    private(set) var pairs: [LinkedPair]

    /// Members of each cluster of two or more, under its number.
    private var members: [[UInt32]] = []
    private var clusterOf: [Int32]

    private let decisions: [UInt64: Bool]
    private let split: Int

    /// Of each cluster so many records are looked at before two become one.
    private static let mostLooks = 8
    /// A cluster bigger than this names its pairs with its first record only.
    private static let mostPairs = 200

    init(_ scored: [LinkedPair], _ engine: LinkEngine, _ model: LinkModel) {
        let count = engine.table.count
        decisions = engine.decisions
        split = engine.table.split
        firstOf = (0..<UInt32(count)).map { $0 }
        clusterOf = [Int32](repeating: -1, count: count)
        pairs = scored.sorted(by: LinkClusters.isSurer)
        var direct: [UInt64: Float] = [:]
        for pair in pairs { direct[pair.key] = pair.probability }
        func odds(_ left: UInt32, _ right: UInt32) -> Float {
            model.logOdds(engine.comparer.compare(Int(min(left, right)), Int(max(left, right))))
        }
        for pair in pairs where pair.probability >= engine.threshold { join(pair, odds) }
        doubtWhatWasRefused(engine.threshold)
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

    private func list(_ record: UInt32) -> [UInt32] {
        let cluster = clusterOf[Int(record)]
        return cluster < 0 ? [record] : members[Int(cluster)]
    }

    /// Makes one cluster of two, unless what else is known about their records speaks against it.
    private mutating func join(_ pair: LinkedPair, _ odds: (UInt32, UInt32) -> Float) {
        let (left, right) = (clusterOf[Int(pair.left)], clusterOf[Int(pair.right)])
        if left >= 0, left == right { return }
        let (first, second) = (list(pair.left), list(pair.right))
        guard first.count * second.count == 1 || decisions[pair.key] == true || speaksFor(first, second, odds)
        else { return }
        // The smaller cluster goes into the bigger one.
        let (big, small) = first.count >= second.count ? (left, second) : (right, first)
        var cluster = big
        if cluster < 0 {
            cluster = Int32(members.count)
            members.append(first)
            clusterOf[Int(pair.left)] = cluster
        }
        let gone = first.count >= second.count ? right : left
        if gone >= 0 { members[Int(gone)] = [] }
        members[Int(cluster)] += small
        for record in small { clusterOf[Int(record)] = cluster }
    }

    /// Whether what is known of all their records together says that two clusters are one person.
    private func speaksFor(_ first: [UInt32], _ second: [UInt32], _ odds: (UInt32, UInt32) -> Float) -> Bool {
        // Whom somebody has told apart stay so, however many stand between them.
        if !decisions.isEmpty {
            for one in first where second.contains(where: { decisions[LinkedPair.key(one, $0)] == false }) {
                return false
            }
        }
        var sum: Float = 0
        for one in first.prefix(LinkClusters.mostLooks) {
            for other in second.prefix(LinkClusters.mostLooks) {
                // One pair that looks unlike for its slips does not outweigh another that fits.
                sum += max(-12, min(12, odds(one, other)))
            }
        }
        return sum > 0
    }

    /// A pair that the other records of its clusters spoke against is half as likely as it looked by itself.
    private mutating func doubtWhatWasRefused(_ threshold: Float) {
        pairs = pairs.map { pair in
            let (left, right) = (clusterOf[Int(pair.left)], clusterOf[Int(pair.right)])
            guard pair.probability >= threshold, left < 0 || left != right else { return pair }
            // Never at the threshold itself: what the clusters refused is not told.
            return LinkedPair(
                left: pair.left, right: pair.right, probability: pair.probability * min(0.5, threshold) * 0.999)
        }
    }

    /// Two records of one cluster are one person's, also when they hardly look alike; pairs across clusters are not.
    private mutating func addWhatFollows(_ direct: [UInt64: Float]) {
        for list in members where list.count > 2 && list.count <= LinkClusters.mostPairs {
            var best: [UInt64: Float] = [:]
            for middle in list {
                for one in list where one != middle {
                    guard let first = direct[LinkedPair.key(one, middle)] else { continue }
                    for other in list where other > one && other != middle {
                        guard let second = direct[LinkedPair.key(other, middle)] else { continue }
                        let key = LinkedPair.key(one, other)
                        best[key] = max(best[key] ?? 0, first * second)
                    }
                }
            }
            for (key, probability) in best where probability > direct[key] ?? 0 && decisions[key] == nil {
                let pair = LinkedPair(key: key, probability: probability)
                // Of two files, pairs inside one of them are not asked for.
                if split == 0 || (Int(pair.left) < split) != (Int(pair.right) < split) { pairs.append(pair) }
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
