/// What a written address was found to mean.
package enum UnitResolution: Hashable, Sendable {
    /// One unit for sure, and what stands before it (house, street, hamlet) as written.
    case unit(AdministrativeUnit, detail: String)
    /// Several units fit, or one that is not sure, best first; somebody must choose.
    case candidates([Candidate], detail: String)
    case nothing(Reason)

    /// A unit that may be meant.
    package struct Candidate: Hashable, Sendable {
        package let unit: AdministrativeUnit
        /// 0…1, only for ranking.
        package let score: Double
        package let reason: Reason
    }

    /// Why it is a candidate only, or why nothing was found.
    package enum Reason: String, Hashable, Sendable {
        /// The text has no words.
        case empty
        /// No province, and nothing else that is known.
        case noProvince = "no_province"
        /// A province or district, but none of its communes.
        case noCommune = "no_commune"
        /// Another unit has the name too, or the text does not say that this one is meant.
        case sameName = "same_name"
        /// The province is not written, or cannot be read.
        case withoutProvince = "without_province"
        /// A name is one letter away.
        case misspelt
        /// The address is of the units before a reorganisation; this is where they are counted now.
        case beforeReorganisation = "before_reorganisation"
        /// Over a thousand bytes: no address.
        case tooLong = "too_long"
    }

    /// The same with a house part put in front of the detail.
    func behind(_ house: String) -> UnitResolution {
        func joined(_ detail: String) -> String {
            house.isEmpty ? detail : detail.isEmpty ? house : "\(house), \(detail)"
        }
        return switch self {
        case .unit(let unit, let detail): .unit(unit, detail: joined(detail))
        case .candidates(let candidates, let detail): .candidates(candidates, detail: joined(detail))
        case .nothing: self
        }
    }
}

/// Remembers addresses that were read before; owned by one task.
package struct ResolverCache: Sendable {
    /// More than these are forgotten all at once.
    static let most = 20_000
    private var resolutions: [Key: UnitResolution] = [:]

    package init() {}

    subscript(text: Substring, set: UnitSet) -> UnitResolution? {
        resolutions[Key(text: text, set: set)]
    }

    mutating func remember(_ resolution: UnitResolution, of text: Substring, in set: UnitSet) {
        if resolutions.count >= ResolverCache.most { resolutions.removeAll(keepingCapacity: true) }
        resolutions[Key(text: Substring(String(text)), set: set)] = resolution
    }

    /// Compared byte by byte: the equality of strings would put texts that are not NFC into it each time.
    private struct Key: Hashable, Sendable {
        let text: Substring
        let set: UnitSet

        static func == (left: Key, right: Key) -> Bool {
            left.text.utf8.elementsEqual(right.text.utf8) && left.set == right.set
        }

        func hash(into hasher: inout Hasher) {
            let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
                hasher.combine(bytes: UnsafeRawBufferPointer($0))
            }
            if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
        }
    }
}
