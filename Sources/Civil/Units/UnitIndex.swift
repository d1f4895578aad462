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
    /// The units in the order of their parents, provinces first; those under place p are the range
    /// `firstChild[p + 1]..<firstChild[p + 2]` of it.
    private let byParent: [Int]
    private let firstChild: [Int]
    private let folded: Lazily<UnitNames>

    init(_ units: [AdministrativeUnit]) {
        self.units = units
        var byCode: [String: Int] = [:]
        var kinds: [UnitKind?] = []
        var parents: [Int] = []
        var provinces: [Int] = []
        byCode.reserveCapacity(units.count)
        for (place, unit) in units.enumerated() {
            let parent = unit.parent.flatMap { byCode[$0.code] } ?? -1
            byCode[unit.code.code] = place
            kinds.append(UnitKind(rawValue: unit.kind))
            parents.append(parent)
            provinces.append(parent < 0 ? place : provinces[parent])
        }
        self.byCode = byCode
        (byParent, firstChild) = UnitIndex.order(parents)
        self.kinds = kinds
        self.parents = parents
        self.provinces = provinces
        hasDistricts = units.contains { $0.level == .district }
        folded = Lazily { [provinces] in UnitNames(units, provinces: provinces) }
    }

    /// The folded names; whoever reads an address takes them once.
    var names: UnitNames { folded.value }

    func place(of code: String) -> Int? { byCode[code] }

    func unit(_ code: String) -> AdministrativeUnit? { byCode[code].map { units[$0] } }

    /// The unit's name with those of all above it.
    func path(of code: String) -> String? {
        guard var place = byCode[code] else { return nil }
        var path = units[place].name
        while parents[place] >= 0 {
            place = parents[place]
            path += ", \(units[place].name)"
        }
        return path
    }

    func children(of code: String) -> [AdministrativeUnit] {
        guard let place = byCode[code] else { return [] }
        return places(under: place).map { units[$0] }
    }

    func places(under place: Int) -> ArraySlice<Int> { byParent[firstChild[place + 1]..<firstChild[place + 2]] }

    var provincePlaces: ArraySlice<Int> { places(under: -1) }

    /// The places by their parents (-1 for none), and where each parent's begin.
    private static func order(_ parents: [Int]) -> (byParent: [Int], firstChild: [Int]) {
        var firstChild = Array(repeating: 0, count: parents.count + 2)
        for parent in parents { firstChild[parent + 2] += 1 }
        for parent in firstChild.indices.dropFirst() { firstChild[parent] += firstChild[parent - 1] }
        var next = firstChild
        var byParent = Array(repeating: 0, count: parents.count)
        for (place, parent) in parents.enumerated() {
            byParent[next[parent + 1]] = place
            next[parent + 1] += 1
        }
        return (byParent, firstChild)
    }
}
