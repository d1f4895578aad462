import Civil

/// Plants faults on sheets.
enum SheetFaults {
    static func plant(on person: InventedPerson, _ shares: FaultShares, _ draws: inout Draws) -> Set<PlantedFault> {
        var faults: Set<PlantedFault> = []
        let dates: [(PlantedFault, Int)] = [
            (.impossibleDate, FaultShares.impossibleDate), (.futureDate, FaultShares.futureDate),
            (.missingDateOfBirth, FaultShares.missingDateOfBirth),
            (.yearOnly, person.birth.year < 1960 ? FaultShares.yearOnlyOld : FaultShares.yearOnly),
            (.noDay, FaultShares.noDay),
        ]
        // A date has one fault or none.
        for (fault, share) in dates where shares.has(share, &draws) {
            faults.insert(fault)
            break
        }
        if shares.has(FaultShares.missingName, &draws) {
            faults.insert(.missingName)
        } else if shares.has(FaultShares.noDiacritics, &draws), losesMarks(person.name) {
            faults.insert(.noDiacritics)
        }
        if shares.has(FaultShares.missingSex, &draws) { faults.insert(.missingSex) }
        if person.number != nil {
            if shares.has(FaultShares.numberMalformed, &draws) {
                faults.insert(.numberMalformed)
            } else if shares.has(FaultShares.numberSexMismatch, &draws), !faults.contains(.missingSex) {
                faults.insert(.numberSexMismatch)
            }
        }
        if shares.has(FaultShares.dead, &draws) { faults.insert(.dead) }
        return faults
    }

    /// Whether the name is written with marks, so that it can lose them.
    private static func losesMarks(_ name: String) -> Bool {
        name.utf8.contains { $0 > 0x7F }
    }

    /// A household in which two claim to be head, or nobody does.
    static func heads(
        of household: InventedHousehold, _ shares: FaultShares, _ draws: inout Draws
    ) -> (relations: [Int: String], marked: Set<Int>) {
        if shares.has(FaultShares.headTwice, &draws) {
            let adults = household.members.indices.dropFirst().filter {
                household.members[$0].birth.year <= household.members[0].birth.year + 45
                    && household.members[$0].birth.year < 2002
            }
            guard !adults.isEmpty else { return ([:], []) }
            let other = draws.pick(Array(adults), else: 0)
            return ([other: RelationToHead.head.vietnamese], [0, other])
        }
        if shares.has(FaultShares.headMissing, &draws) { return ([0: ""], [0]) }
        return ([:], [])
    }
}
