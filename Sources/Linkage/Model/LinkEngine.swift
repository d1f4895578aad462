import Foundation

/// Cặp nghi trùng: two records that may be one person's.
package struct LinkedPair: Hashable, Sendable {
    /// Places in the table; `left` is the smaller one.
    package let left: UInt32
    package let right: UInt32
    package let probability: Float
}

/// Kết quả đối chiếu: what was found in a file.
package struct LinkResult: Sendable {
    /// At or above the threshold, surest first.
    package let pairs: [LinkedPair]
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
    /// Expected precision and recall of the pairs above the threshold, by the probabilities themselves.
    package let expectedPrecision: Double
    package let expectedRecall: Double
}

/// Bộ máy đối chiếu: finds the records of one person in a table.
package struct LinkEngine: Sendable {
    package let table: LinkTable
    /// Pairs below it are not told.
    package let threshold: Float
    let comparer: PairComparer

    package static let defaultThreshold: Float = 0.5
    /// Pairs the weights are learnt from.
    static let sampleSize = 400_000
    /// Pairs below it are forgotten at once.
    static let leastProbability: Float = 0.01

    package init(_ table: LinkTable, threshold: Float = defaultThreshold) {
        self.table = table
        self.threshold = threshold
        comparer = PairComparer(table)
    }

    package func run() async -> LinkResult {
        let blocks = await Blocks(table)
        let source = PairSource(blocks)
        let model = await learn(source)
        let (scored, compared) = await score(source, model)
        let clusters = LinkClusters(scored, table.count, self, model)
        let pairs = clusters.pairs.filter { $0.probability >= threshold }
        return LinkResult(
            pairs: pairs, clusters: clusters.firstOf,
            report: report(blocks, model, scored, clusters.pairs, compared))
    }

    // MARK: Steps

    func learn(_ source: PairSource) async -> LinkModel {
        let total = source.blocks.passes.reduce(0) { $0 + $1.report.pairs }
        let share = UInt64(max(1, total / LinkEngine.sampleSize))
        let comparer = comparer
        let drawn = await source.gather { part in
            var sample: [WeighedEvidence] = []
            source.forEach(part) { left, right in
                guard share == 1 || BlockKeys.mix(UInt64(left), UInt64(right)) % share == 0 else { return }
                sample.append(comparer.compare(left, right))
            }
            return sample
        }
        var training = LinkTraining(
            sample: Array(drawn.joined()), each: Double(share), judged: [], records: table.count)
        training.learn()
        return training.model
    }

    func score(_ source: PairSource, _ model: LinkModel) async -> ([LinkedPair], Int) {
        let comparer = comparer
        let results = await source.gather { part in
            var pairs: [LinkedPair] = []
            var compared = 0
            source.forEach(part) { left, right in
                compared += 1
                let probability = LinkModel.probability(model.logOdds(comparer.compare(left, right)))
                if probability >= LinkEngine.leastProbability {
                    pairs.append(
                        LinkedPair(left: UInt32(left), right: UInt32(right), probability: probability))
                }
            }
            return (pairs, compared)
        }
        return (results.flatMap(\.0), results.reduce(0) { $0 + $1.1 })
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
            histogram: histogram, blockingRecall: BlockingRecall.estimate(blocks, scored),
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
