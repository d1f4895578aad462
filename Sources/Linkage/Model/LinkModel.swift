import Civil
import Foundation

/// Trọng số: how often one level of evidence occurs between records of one person, and between those of relatives.
package struct LinkWeight: Sendable {
    package let feature: String
    package let sentence: Sentence
    package let same: Double
    package let relatives: Double
}

/// Mô hình đối chiếu: how often each level of evidence occurs between records of one person, of relatives and of twins,
/// learnt from the file at hand (Fellegi and Sunter, with more classes than two).
///
/// Strangers agree by chance: that is worked out from frequencies and is no part of what is learnt. Relatives share
/// parents, commune and surname and differ in given name and birth: with a class of their own, what they share stops
/// being evidence of one person, however many columns say it.
package struct LinkModel: Sendable {
    /// What two records can be to each other, strangers aside.
    package enum Relation: Int, Sendable, CaseIterable {
        case same, relatives, twins
    }

    /// Chances of each level, as natural logarithms: for each relation 256, 16 levels for each feature.
    var chances: [Float]
    /// How many pairs of the file stand in each relation.
    package internal(set) var pairs: [Double] {
        didSet { pairLogs = LinkModel.logs(pairs) }
    }
    /// All pairs of the file, as a natural logarithm: as many pairs of strangers are expected.
    private(set) var strangers: Float
    let hasRelatives: Bool
    private let needsLimits: Bool
    private var pairLogs: (Float, Float, Float)
    /// What officers' decisions make of the odds.
    var calibration = LinkCalibration()

    /// The natural logarithm of the odds that both records are one person's.
    func logOdds(_ weighed: WeighedEvidence) -> Float { calibration.bent(learntOdds(weighed)) }

    /// The odds by the weights alone.
    func learntOdds(_ weighed: WeighedEvidence) -> Float {
        let logs = relationLogs(weighed.evidence)
        let stranger = weighed.chance + strangers
        let highest = max(stranger, logs.1, logs.2)
        let sum = exp(stranger - highest) + exp(logs.1 - highest) + exp(logs.2 - highest)
        return logs.0 - highest - log(sum)
    }

    /// By how much pairs of one person are commoner than those of relatives, as a natural logarithm.
    var priorOfSame: Float { pairLogs.0 - pairLogs.1 }

    /// The odds by the weights alone at which a pair has a probability.
    func leastOdds(of probability: Float) -> Float {
        (log(probability / (1 - probability)) - calibration.shift) / calibration.slope
    }

    /// The probability of the odds.
    package static func probability(_ logOdds: Float) -> Float { 1 / (1 + exp(-logOdds)) }

    /// For each relation, the logarithm of how many pairs with this evidence are expected.
    func relationLogs(_ evidence: Evidence) -> (Float, Float, Float) {
        var (same, relatives, twins) = pairLogs
        var bits = evidence.bits
        chances.withUnsafeBufferPointer { chances in
            for feature in 0..<Evidence.featureCount {
                let place = feature << 4 | Int(bits & 15)
                same += chances[place]
                relatives += chances[256 + place]
                twins += chances[512 + place]
                bits >>= 4
            }
        }
        return (same, relatives, twins)
    }

    private static func logs(_ pairs: [Double]) -> (Float, Float, Float) {
        (Float(log(pairs[0])), Float(log(pairs[1])), Float(log(pairs[2])))
    }

    /// The same weights for another number of people, with as many second records and relatives among each.
    func sized(for population: Int) -> LinkModel {
        var model = self
        let people = Double(max(population, 2))
        // All pairs of n people are half their square.
        let before = (2 * exp(Double(strangers))).squareRoot()
        model.strangers = Float(log(people * (people - 1) / 2))
        model.pairs = pairs.map { $0 * people / max(before, 2) }
        return model
    }

    /// Every weight in words.
    var weights: [LinkWeight] {
        Evidence.Feature.allCases.flatMap { feature in
            (0..<16).compactMap { level in
                EvidenceWording.sentence(feature, level).map {
                    LinkWeight(
                        feature: EvidenceWording.name(feature), sentence: $0,
                        same: Double(exp(chance(.same, feature, level))),
                        relatives: Double(exp(chance(.relatives, feature, level))))
                }
            }
        }
    }

    // MARK: Where learning begins

    /// What is expected before a file was seen; counts as much as `strength` pairs.
    static func expected(_ relation: Relation, _ feature: Evidence.Feature) -> [Double] {
        switch (relation, feature) {
        case (.same, .surname): [0.9, 0.03, 0.02, 0.01, 0.02, 0.01, 0.01]
        case (_, .surname): [0.9, 0.02, 0.01, 0.01, 0.01, 0.01, 0.04]
        case (.same, .given): [0.85, 0.04, 0.03, 0.02, 0.03, 0.02, 0.01]
        case (_, .given): [0.003, 0.002, 0.01, 0.01, 0.04, 0.005, 0.93]
        case (.same, .middle): [0.85, 0.04, 0.02, 0.03, 0.05, 0.01]
        case (_, .middle): [0.4, 0.02, 0.03, 0.05, 0.2, 0.3]
        case (.same, .order): [0.68, 0.04, 0.01, 0.24, 0.03]
        case (_, .order): [0.9, 0.005, 0.005, 0.08, 0.01]
        case (.same, .sex): [0.98, 0.02]
        case (.relatives, .sex): [0.5, 0.5]
        case (.twins, .sex): [0.7, 0.3]
        case (.same, .date): [0.6, 0.03, 0.08, 0.06, 0.02, 0.02, 0.04, 0.03, 0.02, 0.03, 0.03, 0.02, 0.02]
        case (.relatives, .date):
            [0.0005, 0.003, 0.008, 0.008, 0.001, 0.008, 0.002, 0.002, 0.002, 0.002, 0.005, 0.04, 0.92]
        case (.twins, .date): [0.9, 0.02, 0.02, 0.02, 0.01, 0.01, 0.005, 0.005, 0.003, 0.003, 0.003, 0.001, 0.001]
        case (.same, .place): [0.7, 0.05, 0, 0.2, 0.05, 0, 0.7, 0.3, 0]
        case (_, .place): [0.45, 0.02, 0, 0.5, 0.03, 0, 0.9, 0.1, 0]
        case (.same, .father), (.same, .mother): [0.88, 0.02, 0.04, 0.03, 0.01, 0.02]
        case (_, .father), (_, .mother): [0.88, 0.02, 0.03, 0.03, 0.005, 0.035]
        case (.same, .oldNumber): [0.85, 0.07, 0.08]
        case (_, .oldNumber): [0.0002, 0.0008, 0.999]
        case (.same, .address): [0.6, 0.2, 0.1, 0.1]
        case (_, .address): [0.4, 0.2, 0.1, 0.3]
        }
    }

    /// How many pairs the expectation counts for.
    static let strength = 40.0

    /// The most that some levels may come to be: what keeps each relation what it is called.
    ///
    /// A file that has addresses and no parents needs none: addresses tell namesakes apart.
    var limits: [(relation: Relation, feature: Evidence.Feature, levels: [Int], most: Double)] {
        needsLimits ? LinkModel.allLimits : []
    }

    private static let allLimits: [(relation: Relation, feature: Evidence.Feature, levels: [Int], most: Double)] = [
        (.same, .given, [Evidence.Part.different], 0.02), (.same, .sex, [Evidence.Simple.different], 0.1),
        (.same, .date, [Evidence.Date.different], 0.02), (.same, .surname, [Evidence.Part.different], 0.05),
        // Where nobody stands twice, namesakes would otherwise become what the class is made of.
        (
            .same, .date,
            [Evidence.Date.nextYear, Evidence.Date.yearSlip, Evidence.Date.monthOther, Evidence.Date.sameYear], 0.2
        ), (.same, .father, [Evidence.Parent.different], 0.06), (.same, .mother, [Evidence.Parent.different], 0.06),
        (.same, .place, [Evidence.place(commune: 1, province: 1)], 0.12),
        (.same, .oldNumber, [Evidence.Number.different], 0.3),
        (.relatives, .given, [Evidence.Part.equal, Evidence.Part.bare], 0.02),
        (.twins, .given, [Evidence.Part.equal, Evidence.Part.bare], 0.01),
        (.relatives, .date, [Evidence.Date.equal, Evidence.Date.swapped], 0.003),
        (.relatives, .oldNumber, [Evidence.Number.equal, Evidence.Number.slip], 0.003),
        (.twins, .oldNumber, [Evidence.Number.equal, Evidence.Number.slip], 0.003),
    ]

    /// The model before the records of a table were seen.
    ///
    /// Where no parents are written, relatives have nothing that makes them a class of their own.
    init(_ table: LinkTable) {
        let count = Double(max(table.count, 1))
        strangers = Float(log(max(table.allPairs, 1)))
        hasRelatives = table.hasParents
        needsLimits = table.hasParents || !table.columns.contains(.address)
        pairs = [count * 0.02, hasRelatives ? count * 0.3 : 1e-9, hasRelatives ? count * 0.003 : 1e-9]
        pairLogs = LinkModel.logs(pairs)
        chances = [Float](repeating: 0, count: 256 * Relation.allCases.count)
        for relation in Relation.allCases {
            for feature in Evidence.Feature.allCases {
                fill(relation, feature, LinkModel.expected(relation, feature))
            }
        }
    }

    /// The natural logarithm of the chance of a level.
    func chance(_ relation: Relation, _ feature: Evidence.Feature, _ level: Int) -> Float {
        chances[relation.rawValue << 8 | feature.rawValue << 4 | level]
    }

    /// Writes the logarithms of one feature's chances, each group adding up to one.
    mutating func fill(_ relation: Relation, _ feature: Evidence.Feature, _ weights: [Double]) {
        for group in Evidence.groups[feature.rawValue] {
            let sum = group.reduce(0) { $0 + weights[$1] }
            for level in group {
                chances[relation.rawValue << 8 | feature.rawValue << 4 | level] =
                    Float(log(max(weights[level], 1e-9) / max(sum, 1e-9)))
            }
        }
    }
}

extension LinkModel: Codable {
    private enum CodingKeys: CodingKey {
        case chances, pairs, strangers, hasRelatives, needsLimits, calibration
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        chances = try container.decode([Float].self, forKey: .chances)
        pairs = try container.decode([Double].self, forKey: .pairs)
        guard chances.count == 256 * Relation.allCases.count, pairs.count == Relation.allCases.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .chances, in: container, debugDescription: "weights of another shape")
        }
        strangers = try container.decode(Float.self, forKey: .strangers)
        hasRelatives = try container.decode(Bool.self, forKey: .hasRelatives)
        needsLimits = try container.decode(Bool.self, forKey: .needsLimits)
        pairLogs = LinkModel.logs(pairs)
        // Weights of before there was any have none.
        calibration =
            try container.decodeIfPresent(LinkCalibration.self, forKey: .calibration) ?? LinkCalibration()
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(chances, forKey: .chances)
        try container.encode(pairs, forKey: .pairs)
        try container.encode(strangers, forKey: .strangers)
        try container.encode(hasRelatives, forKey: .hasRelatives)
        try container.encode(needsLimits, forKey: .needsLimits)
        try container.encode(calibration, forKey: .calibration)
    }
}
