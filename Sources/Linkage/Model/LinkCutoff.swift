/// Điểm dừng sớm: what tells in few steps that a pair cannot come to the least probability that is kept.
///
/// Half of all pairs are of brothers and sisters, who differ in given name and date of birth: nothing that the rest
/// could say then makes them likelier one person than relatives.
struct LinkCutoff: Sendable {
    /// How much more each level says for one person than for relatives, 16 levels a feature.
    private let differences: [Float]
    /// The odds below which a pair is forgotten, less all that the features which are compared last can add.
    private let least: Float

    private static let later: [Evidence.Feature] = [.middle, .father, .mother, .address]

    init(_ model: LinkModel, leastProbability: Float) {
        var differences = [Float](repeating: 0, count: Evidence.featureCount * 16)
        var most: Float = 0
        for feature in Evidence.Feature.allCases {
            let levels = (0..<16).map { model.chance(.same, feature, $0) - model.chance(.relatives, feature, $0) }
            if LinkCutoff.later.contains(feature) {
                most += levels.max() ?? 0
            } else {
                for (level, difference) in levels.enumerated() {
                    differences[feature.rawValue << 4 | level] = difference
                }
            }
        }
        self.differences = differences
        least = model.leastOdds(of: leastProbability) - most - model.priorOfSame
    }

    /// Whether the evidence that there is so far leaves no hope.
    func isHopeless(_ evidence: Evidence) -> Bool {
        var bits = evidence.bits
        var sum: Float = 0
        differences.withUnsafeBufferPointer { differences in
            for feature in 0..<Evidence.featureCount {
                sum += differences[feature << 4 | Int(bits & 15)]
                bits >>= 4
            }
        }
        return sum < least
    }
}
