/// One set of units with its tree; the names by which addresses are read are folded when the first one is.
struct UnitIndex: Sendable {
    let units: [AdministrativeUnit]
    let kinds: [UnitKind?]
    /// Where the unit above stands in `units`; -1 for provinces.
    let parents: [Int]
    /// The province of each unit, as its place in `units`.
    let provinces: [Int]
    let hasDistricts: Bool
    private let byCode: [String: Int]
    /// Each unit's name with those of all above it; every answer shows some.
    private let paths: [String]
    private let childrenOf: [Int: [Int]]
    private let folded: Lazily<UnitNames>

    init(_ units: [AdministrativeUnit]) {
        self.units = units
        var byCode: [String: Int] = [:]
        var childrenOf: [Int: [Int]] = [:]
        var kinds: [UnitKind?] = []
        var parents: [Int] = []
        var paths: [String] = []
        var provinces: [Int] = []
        byCode.reserveCapacity(units.count)
        for (place, unit) in units.enumerated() {
            let parent = unit.parent.flatMap { byCode[$0.code] } ?? -1
            byCode[unit.code.code] = place
            if parent >= 0 { childrenOf[parent, default: []].append(place) }
            kinds.append(UnitKind(rawValue: unit.kind))
            parents.append(parent)
            paths.append(parent < 0 ? unit.name : "\(unit.name), \(paths[parent])")
            provinces.append(parent < 0 ? place : provinces[parent])
        }
        self.byCode = byCode
        self.childrenOf = childrenOf
        self.kinds = kinds
        self.parents = parents
        self.paths = paths
        self.provinces = provinces
        hasDistricts = units.contains { $0.level == .district }
        folded = Lazily { [provinces] in UnitNames(units, provinces: provinces) }
    }

    /// The folded names; whoever reads an address takes them once.
    var names: UnitNames { folded.value }

    func unit(_ code: String) -> AdministrativeUnit? { byCode[code].map { units[$0] } }

    func path(of code: String) -> String? { byCode[code].map { paths[$0] } }

    func children(of code: String) -> [AdministrativeUnit] {
        places(under: byCode[code] ?? -1).map { units[$0] }
    }

    func places(under place: Int) -> [Int] { childrenOf[place] ?? [] }

    var provincePlaces: [Int] { units.indices.filter { parents[$0] < 0 } }
}
