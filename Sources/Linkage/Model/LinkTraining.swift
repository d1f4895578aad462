import Foundation

/// Học trọng số: learns the model from pairs nobody has judged (expectation and maximisation), and from those that
/// somebody has.
struct LinkTraining {
    /// Pairs drawn from the blocks, each standing for so many.
    let sample: [WeighedEvidence]
    let each: Double
    /// Judged pairs, and whether they are one person's.
    let judged: [(WeighedEvidence, isSame: Bool)]

    private(set) var model: LinkModel

    init(
        sample: [WeighedEvidence], each: Double, judged: [(WeighedEvidence, isSame: Bool)], start: LinkModel
    ) {
        self.sample = sample
        self.each = each
        self.judged = judged
        model = start
    }

    /// Rounds after which nothing moves any more.
    static let rounds = 25

    mutating func learn() {
        for _ in 0..<LinkTraining.rounds { round() }
        model.calibration = LinkCalibration.fitting(judged.map { (model.learntOdds($0.0), $0.isSame) })
    }

    private mutating func round() {
        let relations = LinkModel.Relation.allCases.count
        var counts = [Double](repeating: 0, count: 256 * relations)
        var totals = [Double](repeating: 0, count: relations)
        func add(_ relation: Int, _ evidence: Evidence, _ weight: Double) {
            totals[relation] += weight
            var bits = evidence.bits
            for feature in 0..<Evidence.featureCount {
                counts[relation << 8 | feature << 4 | Int(bits & 15)] += weight
                bits >>= 4
            }
        }
        for pair in sample {
            let logs = model.relationLogs(pair.evidence)
            let stranger = pair.chance + model.strangers
            let highest = max(max(logs.0, logs.1), max(logs.2, stranger))
            if stranger - max(logs.0, logs.1, logs.2) > 10 { continue }
            let weights = (exp(logs.0 - highest), exp(logs.1 - highest), exp(logs.2 - highest))
            let sum = weights.0 + weights.1 + weights.2 + exp(stranger - highest)
            if weights.0 > sum * 1e-4 { add(0, pair.evidence, Double(weights.0 / sum) * each) }
            if weights.1 > sum * 1e-4 { add(1, pair.evidence, Double(weights.1 / sum) * each) }
            if weights.2 > sum * 1e-4 { add(2, pair.evidence, Double(weights.2 / sum) * each) }
        }
        // Of what somebody has judged it is known which class it is of, or that it is none of one person.
        for (pair, isSame) in judged {
            guard !isSame else {
                add(0, pair.evidence, 1)
                continue
            }
            let logs = model.relationLogs(pair.evidence)
            let highest = max(logs.1, logs.2, pair.chance + model.strangers)
            let weights = (exp(logs.1 - highest), exp(logs.2 - highest))
            let sum = weights.0 + weights.1 + exp(pair.chance + model.strangers - highest)
            add(1, pair.evidence, Double(weights.0 / sum))
            add(2, pair.evidence, Double(weights.1 / sum))
        }
        let least = model.hasRelatives ? [0.5, 0.5, 0.5] : [0.5, 1e-9, 1e-9]
        model.pairs = zip(totals, least).map(max)
        for relation in LinkModel.Relation.allCases { update(relation, counts) }
    }

    private mutating func update(_ relation: LinkModel.Relation, _ counts: [Double]) {
        for feature in Evidence.Feature.allCases {
            let expected = LinkModel.expected(relation, feature)
            var weights = expected.enumerated().map { level, share in
                counts[relation.rawValue << 8 | feature.rawValue << 4 | level] + share * LinkModel.strength
            }
            for limit in model.limits where limit.relation == relation && limit.feature == feature {
                let sum = weights.reduce(0, +)
                let held = limit.levels.reduce(0) { $0 + weights[$1] }
                guard held > sum * limit.most, sum > held else { continue }
                let factor = limit.most * (sum - held) / ((1 - limit.most) * held)
                for level in limit.levels { weights[level] *= factor }
            }
            model.fill(relation, feature, weights)
        }
    }
}
