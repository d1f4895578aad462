import Foundation

/// Cặp nghi trùng: two records that may be one person's.
package struct LinkedPair: Hashable, Sendable {
    /// Places in the table; `left` is the smaller one.
    package let left: UInt32
    package let right: UInt32
    package let probability: Float

    init(left: UInt32, right: UInt32, probability: Float) {
        self.left = left
        self.right = right
        self.probability = probability
    }

    init(key: UInt64, probability: Float) {
        self.init(left: UInt32(key >> 32), right: UInt32(truncatingIfNeeded: key), probability: probability)
    }

    /// Both records in one number.
    var key: UInt64 { LinkedPair.key(left, right) }

    static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
        UInt64(min(left, right)) << 32 | UInt64(max(left, right))
    }
}

/// Kết quả đối chiếu: what was found in a file.
package struct LinkResult: Sendable {
    /// At or above the threshold, surest first.
    package let pairs: [LinkedPair]
    /// Below the threshold, and not as good as nothing.
    package let below: [LinkedPair]
    /// For each record, the first record of its cluster.
    package let clusters: [UInt32]
    package let report: LinkReport
}

/// Số liệu đối chiếu: what was compared and how sure it is.
package struct LinkReport: Sendable {
    package let records: Int
    package let blocks: [BlockReport]
    package let pairsCompared: Int
    package let model: LinkModel
    /// Pairs by probability, in twenty steps from 0 to 1.
    package let histogram: [Int]
    /// Share of the pairs of one person that the keys are thought to bring.
    package let blockingRecall: Double
    /// The weights that were learnt, feature by feature.
    package let weights: [LinkWeight]
    /// Expected precision and recall of the pairs above the threshold, by the probabilities themselves.
    package let expectedPrecision: Double
    package let expectedRecall: Double
}

/// Kết luận của cán bộ: what somebody decided about a pair.
package struct LinkDecision: Hashable, Sendable {
    package let left: UInt32
    package let right: UInt32
    package let isSame: Bool

    package init(_ one: Int, _ other: Int, isSame: Bool) {
        left = UInt32(min(one, other))
        right = UInt32(max(one, other))
        self.isSame = isSame
    }
}

/// Bộ máy đối chiếu: finds the records of one person in a table.
package struct LinkEngine: Sendable {
    package let table: LinkTable
    /// Pairs below it are not told.
    package let threshold: Float
    let comparer: PairComparer
    /// By pair; see `LinkedPair.key`.
    let decisions: [UInt64: Bool]
    private let lessons: [LinkLesson]

    package static let defaultThreshold: Float = 0.5
    /// Pairs the weights are learnt from.
    static let sampleSize = 400_000
    /// Pairs below it are forgotten at once.
    static let leastProbability: Float = 0.01

    /// - Parameters:
    ///   - decisions: on pairs of the table; they are certain, and teach the weights.
    ///   - lessons: on records that need not stand in the table; they teach the weights alone.
    package init(
        _ table: LinkTable, threshold: Float = defaultThreshold, decisions: [LinkDecision] = [],
        lessons: [LinkLesson] = []
    ) {
        self.table = table
        self.threshold = threshold
        self.lessons = lessons
        comparer = PairComparer(table)
        self.decisions = Dictionary(
            decisions.map { (LinkedPair.key($0.left, $0.right), $0.isSame) }, uniquingKeysWith: { $1 })
    }

    package func run() async -> LinkResult {
        let blocks = await Blocks(table)
        let source = PairSource(blocks, split: table.split)
        let model = await learn(source)
        let (scored, compared) = await score(source, model)
        return gather(scored, blocks, model, compared: compared)
    }

    /// What was scored, as clusters and pairs.
    func gather(_ scored: [LinkedPair], _ blocks: Blocks, _ model: LinkModel, compared: Int) -> LinkResult {
        let clusters = LinkClusters(scored, self, model)
        let pairs = clusters.pairs.filter { $0.probability >= threshold }
        return LinkResult(
            pairs: pairs, below: clusters.pairs.filter { $0.probability < threshold }, clusters: clusters.firstOf,
            report: report(blocks, model, scored, clusters.pairs, compared))
    }

    /// The model alone, for explaining.
    package func learn() async -> LinkModel {
        await learn(PairSource(await Blocks(table), split: table.split))
    }

    // MARK: Steps

    func learn(_ source: PairSource) async -> LinkModel {
        let total = source.blocks.passes.reduce(0) { $0 + $1.report.pairs }
        let share = UInt64(max(1, total / LinkEngine.sampleSize))
        let comparer = comparer
        let decisions = decisions
        let drawn = await source.gather { part in
            var sample: [WeighedEvidence] = []
            let isDrawn: (Int, Int) -> Bool = { left, right in
                share == 1 || BlockKeys.mix(UInt64(left), UInt64(right)) % share == 0
            }
            source.forEach(part, where: isDrawn) { left, right in
                guard decisions.isEmpty || decisions[LinkedPair.key(UInt32(left), UInt32(right))] == nil else {
                    return
                }
                sample.append(comparer.compare(left, right))
            }
            return sample
        }
        let judged = decisions.sorted { $0.key < $1.key }.map { key, isSame in
            (comparer.compare(Int(key >> 32), Int(key & 0xFFFF_FFFF)), isSame: isSame)
        }
        var training = LinkTraining(
            sample: Array(drawn.joined()), each: Double(share), judged: judged + taught(),
            start: LinkModel(table))
        training.learn()
        return training.model
    }

    private func taught() -> [(WeighedEvidence, isSame: Bool)] {
        let comparer = comparer.beside(lessons.flatMap { [$0.left, $0.right] })
        return lessons.enumerated().map { place, lesson in
            (comparer.compare(place * 2, place * 2 + 1), isSame: lesson.isSame)
        }
    }

    private func score(_ source: PairSource, _ model: LinkModel) async -> ([LinkedPair], Int) {
        let engine = self
        let cutoff = LinkCutoff(model, leastProbability: Self.leastProbability)
        let results = await source.gather { part in
            var pairs: [LinkedPair] = []
            var compared = 0
            source.forEach(part) { left, right in
                compared += 1
                if let pair = engine.scored(left, right, by: model, cutoff) { pairs.append(pair) }
            }
            return (pairs, compared)
        }
        return (decided(results.flatMap(\.0)), results.reduce(0) { $0 + $1.1 })
    }

    /// Two records, the lower first, with the probability that they are one person; nil where it is not worth keeping.
    @inline(__always)
    func scored(_ left: Int, _ right: Int, by model: LinkModel, _ cutoff: LinkCutoff) -> LinkedPair? {
        guard let evidence = comparer.compare(left, right, unless: cutoff) else { return nil }
        let probability = LinkModel.probability(model.logOdds(evidence))
        guard probability >= Self.leastProbability else { return nil }
        return LinkedPair(left: UInt32(left), right: UInt32(right), probability: probability)
    }

    /// What somebody decided is certain, whatever the weights say.
    func decided(_ pairs: [LinkedPair]) -> [LinkedPair] {
        guard !decisions.isEmpty else { return pairs }
        let same = decisions.filter(\.value).keys.sorted().map { LinkedPair(key: $0, probability: 1) }
        return pairs.filter { decisions[$0.key] == nil } + same
    }

    private func report(
        _ blocks: Blocks, _ model: LinkModel, _ scored: [LinkedPair], _ pairs: [LinkedPair], _ compared: Int
    ) -> LinkReport {
        var histogram = [Int](repeating: 0, count: 20)
        for pair in scored { histogram[min(Int(pair.probability * 20), 19)] += 1 }
        var (told, right, all) = (0.0, 0.0, 0.0)
        for pair in pairs {
            all += Double(pair.probability)
            guard pair.probability >= threshold else { continue }
            told += 1
            right += Double(pair.probability)
        }
        return LinkReport(
            records: table.count, blocks: blocks.passes.map(\.report), pairsCompared: compared, model: model,
            histogram: histogram, blockingRecall: BlockingRecall.estimate(blocks, scored), weights: model.weights,
            expectedPrecision: told > 0 ? right / told : 1, expectedRecall: all > 0 ? right / all : 1)
    }
}

/// Độ phủ của khóa: what share of the pairs of one person the keys bring, without knowing which they are.
enum BlockingRecall {
    /// Pairs that one key alone brought and pairs that exactly two brought tell how many none brought (Chao 1987).
    static func estimate(_ blocks: Blocks, _ pairs: [LinkedPair]) -> Double {
        var (once, twice, all) = (0.0, 0.0, 0.0)
        for pair in pairs {
            let probability = Double(pair.probability)
            all += probability
            switch blocks.passes(of: Int(pair.left), Int(pair.right)).nonzeroBitCount {
            case 1: once += probability
            case 2: twice += probability
            default: break
            }
        }
        guard all > 0, twice > 0 else { return 1 }
        return all / (all + once * once / (2 * twice))
    }
}
