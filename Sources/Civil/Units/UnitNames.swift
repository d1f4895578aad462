/// The folded names of a set of units, for reading addresses.
///
/// Names are found by the hash of their folded words together with the level and the province in which they are looked
/// for; the folded name itself is compared after that, so equal hashes do no harm.
struct UnitNames: Sendable {
    /// The folded name without its kind, for each unit.
    let keys: [String]
    /// The most words that a name has.
    let longestName: Int
    private let names: [UInt64: [Int]]
    private let aliases: [UInt64: ProvinceAlias]

    /// A short or other name of a province.
    struct ProvinceAlias: Sendable {
        var places: [Int]
        /// Letters that may stand for several provinces or for something else.
        var isWeak: Bool
    }

    init(_ units: [AdministrativeUnit], provinces: [Int]) {
        var keys: [String] = []
        var names: [UInt64: [Int]] = [:]
        var longestName = 1
        keys.reserveCapacity(units.count)
        names.reserveCapacity(units.count)
        for (place, unit) in units.enumerated() {
            let words = UnitWords(unit.bareName)
            keys.append(String(decoding: words.letters, as: UTF8.self))
            names[UnitNames.scoped(words.hash, unit.level, in: provinces[place]), default: []].append(place)
            longestName = max(longestName, words.words.count)
        }
        self.keys = keys
        self.names = names
        self.longestName = longestName
        aliases = UnitNames.aliases(of: units, keys: keys)
    }

    /// Where the units of a level stand whose name has this hash and these letters.
    func places(_ hash: UInt64, _ letters: ArraySlice<UInt8>, _ level: UnitLevel, in province: Int) -> [Int]? {
        guard let places = names[UnitNames.scoped(hash, level, in: province)], let first = places.first,
            letters.elementsEqual(keys[first].utf8)
        else { return nil }
        return places
    }

    func alias(_ hash: UInt64) -> ProvinceAlias? { aliases[hash] }

    /// Provinces have one scope for all, the other levels one in each province.
    private static func scoped(_ hash: UInt64, _ level: UnitLevel, in province: Int) -> UInt64 {
        switch level {
        case .province: hash ^ 0x0123_4567_89AB_CDEF
        case .district: hash &+ UInt64(province + 1) &* 0xD6E8_FEB8_6659_FD93
        case .commune: hash &+ UInt64(province + 1) &* 0xA076_1D64_78BD_642F
        }
    }

    // MARK: Other names of provinces

    private static func aliases(of units: [AdministrativeUnit], keys: [String]) -> [UInt64: ProvinceAlias] {
        var aliases: [UInt64: ProvinceAlias] = [:]
        let places = units.indices.filter { units[$0].level == .province }
        func add(_ name: String, _ place: Int, isWeak: Bool) {
            let hash = UnitWords(name).hash
            if let other = aliases[hash], !other.isWeak || other.places.contains(place) { return }
            aliases[hash, default: ProvinceAlias(places: [], isWeak: isWeak)].places.append(place)
        }
        for (alias, key) in wellKnown {
            for place in places where keys[place] == key { add(alias, place, isWeak: false) }
        }
        for place in places {
            let words = keys[place].split(separator: " ")
            guard words.count > 1 else { continue }
            add(words.joined(), place, isWeak: false)
            // Two letters stand for several provinces ("BD" is Bình Dương and Bình Định).
            add(String(words.compactMap(\.first)), place, isWeak: true)
        }
        return aliases
    }

    /// Short and other names of provinces, as clerks write them, with the folded names they stand for.
    private static let wellKnown: [(String, String)] = [
        ("hn", "ha noi"), ("hcm", "ho chi minh"), ("tphcm", "ho chi minh"), ("tp hcm", "ho chi minh"),
        ("hcmc", "ho chi minh"), ("ho chi minh city", "ho chi minh"), ("sai gon", "ho chi minh"),
        ("sg", "ho chi minh"), ("hp", "hai phong"), ("brvt", "ba ria vung tau"), ("br vt", "ba ria vung tau"),
        ("vung tau", "ba ria vung tau"), ("thua thien hue", "hue"), ("tt hue", "hue"), ("t t hue", "hue"),
        ("tthue", "hue"), ("tth", "hue"), ("hue", "thua thien hue"), ("tt hue", "thua thien hue"),
        ("dac lac", "dak lak"), ("dac lak", "dak lak"), ("dak lac", "dak lak"), ("dac nong", "dak nong"),
        ("bac can", "bac kan"), ("con tum", "kon tum"),
    ]
}
