import Civil

/// Thu thập: fills in the sheets of an invented nation, commune by commune, with the faults that clerks make.
///
/// Somebody who lives elsewhere may have a sheet there too: it is handed on to a commune some places further, so that
/// only few are kept in memory and the first sheet always comes before the second.
package struct SheetStream: Sendable {
    package let nation: InventedNation
    package let faults: FaultShares
    private var next: Int
    /// Second sheets on their way, by the share in which they will stand.
    private var travelling: [Int: [InventedSheet]] = [:]

    /// So many communes further a second sheet is filled in, in a large nation.
    private static let farthest = 48

    /// Begins with the sheets of share `first`.
    package init(nation: InventedNation, faults: FaultShares, from first: Int = 0) {
        self.nation = nation
        self.faults = faults
        next = max(0, first - SheetStream.distance(in: nation))
        while next < first { _ = self.nextCommune() }
    }

    /// How many shares further second sheets go.
    static func distance(in nation: InventedNation) -> Int {
        max(1, min(farthest, nation.shares.count / 4))
    }

    /// The sheets of the next commune; nil at the end.
    package mutating func nextCommune() -> CommuneSheets? {
        guard next < nation.shares.count else { return nil }
        defer { next += 1 }
        let share = nation.shares[next]
        let code = UInt64(nation.map.communes[share.commune].unit.code.code) ?? 0
        var draws = Draws(seed: nation.plan.seed, 0x3, code, UInt64(faults.percent))
        var sheets: [InventedSheet] = []
        var seconds: [InventedSheet] = []
        let households = nation.households(of: share)
        sheets.reserveCapacity(share.people * 21 / 20)
        for (index, household) in households.enumerated() {
            add(household, index, to: &sheets, &seconds, &draws)
        }
        sheets += seconds
        sheets += travelling.removeValue(forKey: next) ?? []
        return CommuneSheets(share: next, sheets: sheets, households: households.count)
    }

    private mutating func add(
        _ household: InventedHousehold, _ index: Int, to sheets: inout [InventedSheet],
        _ seconds: inout [InventedSheet], _ draws: inout Draws
    ) {
        let house = draws.next()
        let heads = SheetFaults.heads(of: household, faults, &draws)
        for (place, person) in household.members.enumerated() {
            var sheet = InventedSheet(
                person: person, form: .household, household: index, permanent: household.commune,
                faults: SheetFaults.plant(on: person, faults, &draws), otherShare: nil,
                relationText: heads.relations[place] ?? person.relation.vietnamese,
                relativeNumbers: relativeNumbers(person, household, &draws), style: draws.next(), house: house)
            if heads.marked.contains(place) { sheet.faults.insert(.householdHead) }
            repeatSheet(&sheet, into: &sheets, &seconds, &draws)
        }
    }

    /// Puts the sheet down, and for some people a second one: below it, at the end, or in another commune.
    private mutating func repeatSheet(
        _ sheet: inout InventedSheet, into sheets: inout [InventedSheet], _ seconds: inout [InventedSheet],
        _ draws: inout Draws
    ) {
        // A sheet without a name is found by nobody.
        guard !sheet.faults.contains(.missingName) else {
            sheets.append(sheet)
            return
        }
        let further = next + SheetStream.distance(in: nation)
        let isNumbered =
            sheet.person.number != nil && sheet.faults.isDisjoint(with: [.numberMalformed, .numberSexMismatch])
        if faults.has(FaultShares.copied, &draws) {
            sheet.faults.insert(.duplicate)
            sheet.otherShare = next
            var copy = sheet
            copy.form = .copy(statesNumber: !isNumbered || draws.chance(6000))
            sheets.append(sheet)
            sheets.append(copy)
        } else if faults.has(FaultShares.secondSheet, &draws) {
            sheet.faults.insert(.duplicate)
            sheet.otherShare = next
            sheets.append(sheet)
            seconds.append(second(of: sheet, writtenIn: next, &draws))
        } else if faults.has(FaultShares.elsewhere, &draws), further < nation.shares.count {
            sheet.faults.insert(.duplicate)
            sheet.otherShare = further
            sheet.person.current = nation.shares[further].commune
            sheets.append(sheet)
            var other = second(of: sheet, writtenIn: further, &draws)
            other.otherShare = next
            travelling[further, default: []].append(other)
        } else {
            sheets.append(sheet)
        }
    }

    private func second(of sheet: InventedSheet, writtenIn share: Int, _ draws: inout Draws) -> InventedSheet {
        var second = sheet
        second.form = .second
        second.faults = [.duplicate]
        second.otherShare = share
        second.relationText = RelationToHead.head.vietnamese
        second.style = draws.next()
        if faults.has(500, &draws) {
            second.faults.insert(.noDay)
        } else if faults.has(500, &draws) {
            second.faults.insert(.yearOnly)
        }
        return second
    }

    /// A sheet names the numbers of relatives in the household who have one, most of the time.
    private func relativeNumbers(
        _ person: InventedPerson, _ household: InventedHousehold, _ draws: inout Draws
    ) -> [PersonalIdentificationNumber?] {
        [person.father, person.mother, person.spouse].enumerated().map { place, relative in
            guard let member = relative?.member, household.members.indices.contains(member) else { return nil }
            // Few write the number of wife or husband.
            return draws.chance(place < 2 ? 8500 : 1000) ? household.members[member].number : nil
        }
    }
}
