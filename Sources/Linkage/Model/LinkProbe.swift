import Foundation

/// Đối chiếu khi nhận hồ sơ: weighs pairs of records that stand in no table, by how common things are in a sample.
///
/// What a sample cannot tell is how many people there are besides: so many are given, and agreement in a place is taken
/// to be as rare among them as the sample's people are.
package struct LinkProbe: Sendable {
    private let base: PairComparer
    private let model: LinkModel

    /// - Parameters:
    ///   - sample: records like those that will be compared.
    ///   - rows: how many records the sample is drawn from.
    ///   - population: how many people there are, those rows included.
    ///   - model: weights learnt before; without it, those that learning begins with.
    package init(_ sample: LinkTable, of rows: Int, among population: Int, model: LinkModel?) {
        var frequencies = Frequencies(sample)
        frequencies.spread(rows: rows, among: population)
        base = PairComparer(sample, WordComparer(sample.words), frequencies)
        self.model = (model ?? LinkModel(sample)).sized(for: population)
    }

    /// The pairs, by their places in the records, that are one person's with the probability at least, in their order.
    package func likely(
        _ pairs: [(Int, Int)], of records: [LinkRecord], atLeast threshold: Float
    ) -> [(pair: (Int, Int), explanation: LinkExplanation)] {
        guard !pairs.isEmpty else { return [] }
        let comparer = base.beside(records)
        return pairs.compactMap { pair in
            let odds = model.logOdds(comparer.compare(min(pair.0, pair.1), max(pair.0, pair.1)))
            guard LinkModel.probability(odds) >= threshold else { return nil }
            return (pair, comparer.explain(pair.0, pair.1, model))
        }
    }
}

extension Frequencies {
    /// Makes places as rare as they are among more people than were counted.
    mutating func spread(rows: Int, among population: Int) {
        let people = Float(max(population, rows, 1))
        // Nobody knows who else lives in a place: at least as many as in a usual commune, or province.
        func spread(_ shares: [Float], least: Float) -> [Float] {
            shares.map { log(min(1, max(exp($0) * Float(rows), least) / people)) }
        }
        communes = spread(communes, least: Frequencies.usualCommune)
        provinces = spread(provinces, least: people / Frequencies.provinces)
        rareCommune = log(min(1, Frequencies.usualCommune / people))
        rareProvince = -log(Frequencies.provinces)
    }

    /// People of a commune, as it is taken to be where nobody counted.
    private static let usualCommune: Float = 5_000
    private static let provinces: Float = 63
}
