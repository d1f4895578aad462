import Civil

/// Xã, phường, thị trấn: a commune in which invented people live.
package struct MappedCommune: Sendable {
    package let unit: AdministrativeUnit
    package let district: AdministrativeUnit
    package let province: AdministrativeUnit
    /// Whether the names alone, without any kind, mean no other commune (Hòa An, Phú Hòa, Phú Yên).
    let isPlainUnique: Bool
    /// Whether the names with the commune's kind alone mean no other commune (Xã Hòa An, Phú Hòa, Phú Yên).
    let isShortUnique: Bool
    let region: Region

    /// Phường and thị trấn.
    var isTown: Bool { unit.kind != "Xã" }
}

/// Vùng: what decides on words in addresses, ethnic groups and beliefs.
enum Region: Sendable {
    case northernMountains, redRiver, centralCoast, highlands, southEast, mekong

    /// The region of a province of the 63.
    init(province code: String) {
        switch Int(code) ?? 0 {
        case 2...20, 24...25: self = .northernMountains
        case 1, 22, 26...37: self = .redRiver
        case 38...60: self = .centralCoast
        case 62...68: self = .highlands
        case 70...79: self = .southEast
        default: self = .mekong
        }
    }
}

/// Bản đồ: the real communes of the set that held until June 2025, with how many of the nation's people each has.
///
/// Provinces count as published; inside a province, towns count more than villages and the sizes are uneven in a way
/// that is invented but always the same.
package struct NationMap: Sendable {
    /// In the order of their codes.
    package let communes: [MappedCommune]
    private let weights: WeightedList<Int>
    private let units: UnitDirectory

    /// Nil when the register has no units of that set.
    package init?(units: UnitDirectory) {
        self.units = units
        let set = UnitSet.untilJune2025
        var plain: [String: Int] = [:]
        var short: [String: Int] = [:]
        var found: [(unit: AdministrativeUnit, district: AdministrativeUnit, province: AdministrativeUnit)] = []
        for unit in units.units(of: set) where unit.level == .commune {
            guard let district = units.ancestor(of: unit.code, at: .district),
                let province = units.ancestor(of: unit.code, at: .province)
            else { continue }
            found.append((unit, district, province))
            plain[NationMap.plainKey(unit, district, province), default: 0] += 1
            short[NationMap.shortKey(unit, district, province), default: 0] += 1
        }
        found.sort { $0.unit.code.code < $1.unit.code.code }
        guard !found.isEmpty else { return nil }
        communes = found.map { unit, district, province in
            MappedCommune(
                unit: unit, district: district, province: province,
                isPlainUnique: plain[NationMap.plainKey(unit, district, province)] == 1,
                isShortUnique: short[NationMap.shortKey(unit, district, province)] == 1,
                region: Region(province: province.code.code))
        }
        weights = NationMap.weights(of: communes)
    }

    private static func plainKey(
        _ unit: AdministrativeUnit, _ district: AdministrativeUnit, _ province: AdministrativeUnit
    ) -> String {
        Folding.key("\(unit.bareName)|\(district.bareName)|\(province.bareName)")
    }

    private static func shortKey(
        _ unit: AdministrativeUnit, _ district: AdministrativeUnit, _ province: AdministrativeUnit
    ) -> String {
        Folding.key("\(unit.name)|\(district.bareName)|\(province.bareName)")
    }

    /// The people of each commune, in thousandths of the province's share.
    private static func weights(of communes: [MappedCommune]) -> WeightedList<Int> {
        let people = Dictionary(uniqueKeysWithValues: ProvincePeople.thousands.map { ($0.code, $0.thousands) })
        let sizes = communes.map(size)
        var sums: [String: Int] = [:]
        for (commune, size) in zip(communes, sizes) { sums[commune.province.code.code, default: 0] += size }
        return WeightedList(
            communes.indices.map { index in
                let province = communes[index].province.code.code
                let thousands = people[province] ?? 500
                return (index, max(1, thousands * 1_000_000 / max(sums[province] ?? 1, 1) * sizes[index] / 1000))
            })
    }

    /// How large a commune is beside the others of its province: 25 to 330.
    private static func size(_ commune: MappedCommune) -> Int {
        let part = Int(Draws.mixed(UInt64(commune.unit.code.code) ?? 0) % 1024)
        let kind =
            switch commune.unit.kind {
            case "Phường": 220
            case "Thị trấn": 160
            default: 100
            }
        return kind * (256 + part * part / 825) / 1024
    }

    /// The commune with all above it as it is called on a day: after a reorganisation, the unit that it became.
    func address(of commune: Int, on day: CalendarDate) -> String {
        let code = communes[commune].unit.code
        switch units.successors(of: code, on: day) {
        case .same, .none: return units.path(of: code)
        case .one(let unit): return units.path(of: unit.code)
        case .candidates(let candidates, let usual): return units.path(of: (usual ?? candidates[0]).code)
        }
    }

    // MARK: Drawing

    /// A commune, the larger the likelier.
    func anyCommune(_ draws: inout Draws) -> Int { weights.draw(&draws) }

    /// Shares out that many people over the communes in proportion to their sizes.
    ///
    /// Points stand at even distances on a line on which each commune has its length; each point is `group` people.
    /// With as many points as people the shares are exact; few people live together in some communes instead of one by
    /// one in all.
    func shares(of people: Int, seed: UInt64) -> [CommuneShare] {
        let group = people < NationMap.fewPeople ? NationMap.smallestShare : 1
        let points = max(1, people / group)
        var draws = Draws(seed: seed, 0x1)
        let total = weights.total
        let start = draws.below(max(total / points, 1))
        var shares: [CommuneShare] = []
        for point in 0..<points {
            let place = total * point / points + start
            let commune = weights.index(at: min(place, total - 1))
            // What is left over goes to the last point.
            let count = point == points - 1 ? people - point * group : group
            if let last = shares.indices.last, shares[last].commune == commune {
                shares[last].people += count
            } else {
                shares.append(CommuneShare(commune: commune, people: count, first: point * group))
            }
        }
        return shares
    }

    /// Below so many people, they are given to communes in groups.
    static let fewPeople = 600_000
    /// A share of that size is a dozen or two of households: enough for a batch.
    static let smallestShare = 60
}

/// How many of the invented people live in one commune.
package struct CommuneShare: Hashable, Sendable {
    /// The commune's place in `NationMap.communes`.
    package let commune: Int
    package internal(set) var people: Int
    /// How many people live in the shares before this one.
    package let first: Int
}
