import Access
import Civil
import Database
import Ledger

/// What a loading of unit files came to.
package struct UnitLoading: Sendable {
    /// All units with those of the files.
    package let units: UnitDirectory
    /// How many of the files were taken behind those that were there.
    package let added: Int
    /// How many were put back where the log has them and their bytes were damaged.
    package let restored: Int
}

extension PopulationRegister {
    /// Nạp bộ mã đơn vị hành chính: takes files of units or conversions, each with an act; all of them or none.
    ///
    /// A file that is loaded already changes nothing; one whose bytes the log knows and that are damaged is put back
    /// instead, whatever its name. With `dryRun`
    /// nothing is written.
    package func loadUnits(
        _ files: [UnitFileBytes], dryRun: Bool, by requester: Requester
    ) async throws -> UnitLoading {
        let (store, now, actor) = (RegisterStore(acts: acts), surroundings.now(), requester.actor)
        // In one transaction with what was there, so that of two loadings beside each other one is none.
        let loading: @Sendable (Connection) throws -> UnitLoading = { connection in
            guard let reading = try store.reading(on: connection) else {
                return UnitLoading(units: UnitDirectory(), added: 0, restored: 0)
            }
            var restored: [Int64: [UInt8]] = [:]
            var mended: Set<String> = []
            var new: [UnitFileBytes] = []
            let standing = reading.standing
            for file in files {
                let places = standing.damaged(sha256: file.sha256)
                // Loading a file again changes nothing, as importing a batch again does not.
                let isKnown = standing.isSound(sha256: file.sha256) || new.contains { $0.bytes == file.bytes }
                if places.isEmpty, !isKnown { new.append(file) }
                for place in places {
                    restored[place.position] = file.bytes
                    mended.insert(place.place)
                    if !dryRun { try store.putBack(file.bytes, as: place, at: now, on: connection) }
                }
            }
            let damages = standing.damages.filter { !mended.contains($0.place) }
            guard damages.isEmpty || new.isEmpty else { throw RegisterDamaged(damages: damages) }
            var units = try reading.units(restored: restored)
            for file in new { try units.load(file.bytes) }
            if !dryRun, !new.isEmpty { try store.add(new, at: now, by: actor, on: connection) }
            return UnitLoading(units: units, added: new.count, restored: restored.count)
        }
        guard !dryRun else { return try await database.read(loading) }
        let loaded = try await database.write(loading)
        if loaded.added > 0 { try await followUnits() }
        return loaded
    }

    /// Goes on with the units that were loaded since, by whichever process.
    ///
    /// Where a file is not what the log has, the units that are in force stay, and `RegisterDamaged` is thrown.
    package func followUnits() async throws {
        let store = RegisterStore(acts: acts)
        let known = unitsInForce.current.number
        let opening = try await database.read { connection in
            try store.version(on: connection) == known ? nil : try store.opening(on: connection)
        }
        if let opening {
            guard opening.damages.isEmpty else { throw RegisterDamaged(damages: opening.damages) }
            unitsInForce.replace(with: opening.units, number: opening.version)
        }
        // It compares people by the units of today.
        try await alikeIndex.renew(for: unitsInForce.current.number)
    }
}
