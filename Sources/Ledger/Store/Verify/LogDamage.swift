/// One thing that is not as it was signed, with its place.
package struct LogDamage: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The entry's envelope does not give the hash that stands in the log.
        case entryChanged = "entry_changed"
        /// The content does not give the commitment of its envelope.
        case contentChanged = "content_changed"
        /// The content is gone, and no retention rule removed it.
        case contentMissing = "content_missing"
        /// The log has a place for an entry that is not there.
        case entryMissing = "entry_missing"
        /// The entry has no place in the log and does not wait for one.
        case entryNotLogged = "entry_not_logged"
        /// The places are not consecutive.
        case placesBroken = "places_broken"
        /// A tile does not follow from the tiles below it.
        case tileChanged = "tile_changed"
        /// A checkpoint's root is not the tree's.
        case rootChanged = "root_changed"
        /// Entries have no checkpoint over them, or a later one, of this log or the other, names one that is not there.
        case checkpointMissing = "checkpoint_missing"
        /// A checkpoint's signature does not verify.
        case signatureWrong = "signature_wrong"
        /// An act that its subject's stream does not name.
        case streamChanged = "stream_changed"
        /// What the register is (its kind, its key) is not as the act that made it says.
        case registerChanged = "register_changed"
        /// A file of units is not the one that was loaded.
        case unitsChanged = "units_changed"
        /// What typed searches are sealed to is not the key that was made.
        case sealChanged = "seal_changed"
    }

    package let kind: Kind
    package let log: LogName
    /// Where: `act 17 (index 4)`, `tile/0/000`, `checkpoint 1200`.
    package let place: String
}

/// What a verification read and found.
package struct LogVerification: Hashable, Sendable {
    package var leaves: [LogName: Int] = [:]
    package var waiting = 0
    package var checkpoints = 0
    /// Contents and looks that a retention rule took away, so that nobody can call many removals none.
    package var removedContents = 0
    package var removedLooks = 0
    package var damages: [LogDamage] = []
    /// Damages beyond these are counted, not listed.
    package static let mostListed = 1_000
    package var damageCount = 0

    package var isClean: Bool { damageCount == 0 }

    package mutating func found(_ kind: LogDamage.Kind, _ log: LogName, _ place: String) {
        damageCount += 1
        if damages.count < LogVerification.mostListed { damages.append(LogDamage(kind: kind, log: log, place: place)) }
    }
}
