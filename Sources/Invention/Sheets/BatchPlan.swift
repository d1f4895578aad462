import Civil

/// Chia lô: which communes' sheets stand in which batch.
package struct BatchPlan: Sendable {
    package struct Batch: Hashable, Sendable {
        package let name: String
        /// Places in `InventedNation.shares`.
        package let shares: Range<Int>
    }

    package let batches: [Batch]
    /// For each share, the place of its batch.
    private let batchOfShare: [Int]

    private init(_ nation: InventedNation, starts: [(name: String, share: Int)]) {
        let ends = starts.dropFirst().map(\.share) + [nation.shares.count]
        batches = zip(starts, ends).map { Batch(name: $0.name, shares: $0.share..<$1) }
        batchOfShare = batches.enumerated().flatMap { place, batch in batch.shares.map { _ in place } }
    }

    /// A batch for each commune, named by its code.
    package static func byCommune(_ nation: InventedNation) -> BatchPlan {
        BatchPlan(
            nation,
            starts: nation.shares.enumerated().map { place, share in
                (nation.map.communes[share.commune].unit.code.code, place)
            })
    }

    package static func single(_ nation: InventedNation, name: String) -> BatchPlan {
        BatchPlan(nation, starts: nation.shares.isEmpty ? [] : [(name, 0)])
    }

    /// A batch for some communes of one province each, named by province and first commune.
    package static func byProvince(_ nation: InventedNation, prefix: String, atMost rows: Int) -> BatchPlan {
        var starts: [(name: String, share: Int)] = []
        var province = ""
        var people = 0
        for (place, share) in nation.shares.enumerated() {
            let commune = nation.map.communes[share.commune]
            let code = commune.province.code.code
            if code != province || people + share.people > rows {
                starts.append(("\(prefix)-\(code)-\(commune.unit.code.code)", place))
                province = code
                people = 0
            }
            people += share.people
        }
        return BatchPlan(nation, starts: starts)
    }

    /// Whether the other sheet of the same person stands in another batch.
    package func isOtherBatch(_ sheet: InventedSheet, in share: Int) -> Bool {
        guard let other = sheet.otherShare, batchOfShare.indices.contains(other) else { return false }
        return batchOfShare[other] != batchOfShare[share]
    }
}
