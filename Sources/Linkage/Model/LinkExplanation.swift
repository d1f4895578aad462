import Civil
import Foundation

/// Giải thích một cặp: what speaks for and against two records being one person's, each with its weight.
package struct LinkExplanation: Sendable {
    /// One thing that was compared.
    package struct Line: Sendable {
        /// `given`, `date`, …: stable.
        package let feature: String
        package let sentence: Sentence
        /// Bits for (above 0) or against; how much likelier this is between records of one person than otherwise.
        package let bits: Double
    }

    package let lines: [Line]
    package let probability: Float
    /// Bits that everything together says, before it is known how rare pairs of one person are.
    package let bits: Double
    /// Bits against that come of there being so many more pairs of two people.
    package let priorBits: Double
    /// Whether the pair looks like relatives, or like twins, more than like strangers.
    package let alternative: Sentence
}

extension LinkEngine {
    /// The evidence of a pair in words, the weightiest first.
    package func explain(_ left: Int, _ right: Int, _ model: LinkModel) -> LinkExplanation {
        comparer.explain(
            left, right, model, isSame: decisions[LinkedPair.key(UInt32(left), UInt32(right))])
    }
}

extension PairComparer {
    /// The evidence of a pair in words, the weightiest first.
    ///
    /// - Parameter isSame: what somebody decided about the pair.
    func explain(_ left: Int, _ right: Int, _ model: LinkModel, isSame: Bool? = nil) -> LinkExplanation {
        let (first, second) = (min(left, right), max(left, right))
        let weighed = compare(first, second)
        let logs = model.relationLogs(weighed.evidence)
        let stranger = weighed.chance + model.strangers
        let alternative: LinkModel.Relation? =
            stranger >= max(logs.1, logs.2) ? nil : logs.1 >= logs.2 ? .relatives : .twins
        let chances = chances(first, second)
        let lines = Evidence.Feature.allCases.compactMap { feature -> LinkExplanation.Line? in
            let level = weighed.evidence[feature]
            guard let sentence = EvidenceWording.sentence(feature, level) else { return nil }
            let same = model.chance(.same, feature, level)
            let other = alternative.map { model.chance($0, feature, level) } ?? chances[feature.rawValue]
            return LinkExplanation.Line(
                feature: EvidenceWording.name(feature), sentence: sentence, bits: Double(same - other) / log(2))
        }
        let odds = model.logOdds(weighed)
        let sum = lines.reduce(0) { $0 + $1.bits }
        return LinkExplanation(
            lines: lines.sorted { abs($0.bits) > abs($1.bits) },
            probability: isSame.map { $0 ? 1 : 0 } ?? LinkModel.probability(odds), bits: sum,
            priorBits: Double(odds) / log(2) - sum, alternative: EvidenceWording.alternative(alternative))
    }

    /// For each feature, the chance that strangers look alike in it (natural logarithm).
    func chances(_ left: Int, _ right: Int) -> [Float] {
        var chances = [Float](repeating: 0, count: Evidence.featureCount)
        var result = WeighedEvidence()
        func take(_ features: [Evidence.Feature]) {
            // What several parts of a name say together is told with the first of them.
            chances[features[0].rawValue] = result.chance
            result.chance = 0
        }
        compareEnds(left, right, &result)
        compareMiddles(left, right, &result)
        let (surname, middle) = nameChances(left, right, result.evidence)
        chances[Evidence.Feature.surname.rawValue] = surname
        chances[Evidence.Feature.middle.rawValue] = middle
        // What the parts do not say for themselves is told with the given name.
        chances[Evidence.Feature.given.rawValue] = result.chance - surname - middle
        result.chance = 0
        compareSexes(left, right, &result)
        take([.sex])
        compareDates(left, right, &result)
        take([.date])
        comparePlaces(left, right, &result)
        take([.place])
        compareParents(left, right, &result)
        let both = result.chance
        let isFather = result.evidence[.father] < Evidence.Parent.different
        let isMother = result.evidence[.mother] < Evidence.Parent.different
        chances[Evidence.Feature.father.rawValue] = isFather ? (isMother ? both / 2 : both) : 0
        chances[Evidence.Feature.mother.rawValue] = isMother ? (isFather ? both / 2 : both) : 0
        result.chance = 0
        compareNumbers(left, right, &result)
        take([.oldNumber])
        if !table.addresses.isEmpty {
            compareAddresses(left, right, &result)
            take([.address])
        }
        return chances
    }

    /// How the chance of a whole name divides among surname, given name and middle part.
    private func nameChances(_ left: Int, _ right: Int, _ evidence: Evidence) -> (Float, Float) {
        let name = NameCells(table.cells, left * LinkTable.Place.count)
        guard name.count > 0, evidence[.given] != Evidence.Part.missing else { return (0, 0) }
        func share(_ place: Int, _ slot: Int) -> Float {
            self.share(table.cells[name.base + place], slot, .anyone, asFold: true)
        }
        let surname = evidence[.surname] < Evidence.Part.different ? share(0, 0) : 0
        guard evidence[.middle] < Evidence.Middle.partMissing else { return (surname, 0) }
        let middle = name.count > 2 ? (1..<(name.count - 1)).reduce(0) { $0 + share($1, 1) } : 0
        return (surname, middle)
    }
}
