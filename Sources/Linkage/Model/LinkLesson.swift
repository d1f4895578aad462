import Foundation

/// Bài học từ kết luận của cán bộ: two records as they stand, and whether somebody found that they are one person's.
package struct LinkLesson: Sendable {
    package let left: LinkRecord
    package let right: LinkRecord
    package let isSame: Bool

    package init(_ left: LinkRecord, _ right: LinkRecord, isSame: Bool) {
        self.left = left
        self.right = right
        self.isSame = isSame
    }
}

extension PairComparer {
    /// Compares records that stand in no table, by the frequencies of this one.
    func beside(_ records: [LinkRecord]) -> PairComparer {
        var (table, frequencies, words) = (table.emptied(), frequencies.emptied(), words)
        for record in records {
            table.add(record)
            frequencies.appendLast(of: table)
        }
        words.extend(to: table.words)
        return PairComparer(table, words, frequencies)
    }
}

/// Hiệu chỉnh xác suất: how the odds that the weights come to have to be bent so that they hold on the pairs that
/// somebody has judged (Platt 1999, held close to no bending at all by what is expected beforehand).
struct LinkCalibration: Codable, Hashable, Sendable {
    /// Added to the logarithm of the odds, and what these are multiplied with before.
    var shift: Float = 0
    var slope: Float = 1

    /// Of fewer judgements, or fewer of one kind, nothing is learnt.
    static let fewest = 20
    static let fewestOfKind = 5
    /// How far from no bending one may be without reason: standard deviations of shift and slope.
    private static let expected = (shift: 1.0, slope: 0.25)
    /// However many judge otherwise.
    private static let limits = (shift: -4.0...4.0, slope: 0.5...1.5)

    func bent(_ logOdds: Float) -> Float { logOdds * slope + shift }

    /// The bending that makes the judgements likeliest.
    static func fitting(_ judged: [(logOdds: Float, isSame: Bool)]) -> LinkCalibration {
        let same = judged.count { $0.isSame }
        guard judged.count >= fewest, min(same, judged.count - same) >= fewestOfKind else { return LinkCalibration() }
        var (shift, slope) = (0.0, 1.0)
        for _ in 0..<50 {
            // Newton's step on two numbers.
            let (first, second) = (1 / (expected.shift * expected.shift), 1 / (expected.slope * expected.slope))
            var gradient = (-shift * first, (1 - slope) * second)
            var (a, b, c) = (first, 0.0, second)
            for pair in judged {
                let odds = Double(max(-30, min(30, pair.logOdds)))
                let told = 1 / (1 + exp(-(odds * slope + shift)))
                let error = (pair.isSame ? 1 : 0) - told
                let weight = told * (1 - told)
                gradient.0 += error
                gradient.1 += error * odds
                a += weight
                b += weight * odds
                c += weight * odds * odds
            }
            let determinant = a * c - b * b
            let step = (
                (c * gradient.0 - b * gradient.1) / determinant, (a * gradient.1 - b * gradient.0) / determinant
            )
            // No longer step than the curve bears.
            shift = min(max(shift + max(-1, min(1, step.0)), limits.shift.lowerBound), limits.shift.upperBound)
            slope = min(max(slope + max(-0.2, min(0.2, step.1)), limits.slope.lowerBound), limits.slope.upperBound)
            if abs(step.0) + abs(step.1) < 1e-9 { break }
        }
        return LinkCalibration(shift: Float(shift), slope: Float(slope))
    }
}
