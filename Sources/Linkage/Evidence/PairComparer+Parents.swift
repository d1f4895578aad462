extension PairComparer {
    /// Father and mother; when neither agrees, whether they were written in each other's place.
    func compareParents(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        let (first, second) = (left * LinkTable.Place.count, right * LinkTable.Place.count)
        let father = parent(first + LinkTable.Place.father, second + LinkTable.Place.father)
        let mother = parent(first + LinkTable.Place.mother, second + LinkTable.Place.mother)
        result.evidence[.father] = father
        result.evidence[.mother] = mother
        if father >= Evidence.Parent.different, mother >= Evidence.Parent.different,
            isExchanged(first, second, &result)
        {
            return
        }
        if father < Evidence.Parent.exchanged {
            let name = shorter(first + LinkTable.Place.father, second + LinkTable.Place.father)
            // A father's surname is mostly the child's, which was weighed already.
            let isKnown =
                result.evidence[.surname] < Evidence.Part.different
                && words.foldOf[Int(table.cells[name.base])] == words.foldOf[Int(table.cells[first])]
            result.chance += chance(name, .father, withoutSurname: isKnown)
        }
        if mother < Evidence.Parent.exchanged {
            let name = shorter(first + LinkTable.Place.mother, second + LinkTable.Place.mother)
            result.chance += chance(name, .mother, withoutSurname: false)
        }
    }

    private func isExchanged(_ first: Int, _ second: Int, _ result: inout WeighedEvidence) -> Bool {
        let one = parent(first + LinkTable.Place.father, second + LinkTable.Place.mother)
        let other = parent(first + LinkTable.Place.mother, second + LinkTable.Place.father)
        guard min(one, other) < Evidence.Parent.slip else { return false }
        result.evidence[.father] = Evidence.Parent.exchanged
        result.evidence[.mother] = Evidence.Parent.missing
        let base =
            one < Evidence.Parent.slip
            ? NameCells(table.cells, first + LinkTable.Place.father)
            : NameCells(table.cells, first + LinkTable.Place.mother)
        result.chance += max(chance(base, .father, withoutSurname: false), chance(base, .mother, withoutSurname: false))
        return true
    }

    private func shorter(_ first: Int, _ second: Int) -> NameCells {
        let names = (NameCells(table.cells, first), NameCells(table.cells, second))
        return names.0.count <= names.1.count ? names.0 : names.1
    }

    /// How likely chance gives two people's parents this name.
    private func chance(_ name: NameCells, _ bearer: Frequencies.Bearer, withoutSurname: Bool) -> Float {
        var sum: Float = 0
        for place in 0..<name.count {
            if place == 0, withoutSurname, name.count > 1 { continue }
            let slot = place == name.count - 1 ? 2 : place == 0 ? 0 : 1
            var chance = share(table.cells[name.base + place], slot, bearer, asFold: true)
            if slot == 2, name.count > 1 {
                chance = frequencies.share(
                    ofGiven: words.foldOf[Int(table.cells[name.base + place])],
                    behind: words.foldOf[Int(table.cells[name.base])], bearer, plain: chance)
            }
            sum += max(chance, -9)
        }
        return sum
    }

    /// How far two parents' names agree.
    private func parent(_ first: Int, _ second: Int) -> Int {
        let (left, right) = (NameCells(table.cells, first), NameCells(table.cells, second))
        guard left.count > 0, right.count > 0 else { return Evidence.Parent.missing }
        if left.count == right.count {
            var worst = WordComparer.Likeness.same
            var slips = 0
            for place in 0..<left.count {
                let likeness = words.compare(table.cells[first + place], table.cells[second + place])
                worst = max(worst, likeness)
                if likeness == .slip { slips += 1 }
            }
            if worst < .marks { return Evidence.Parent.equal }
            if worst == .marks { return Evidence.Parent.marks }
            if worst == .slip, slips == 1 { return Evidence.Parent.slip }
        }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        if short.count >= 2, holds(long, short) { return Evidence.Parent.partMissing }
        if short.count < long.count, words.areJoined(table.cells, left, right) { return Evidence.Parent.slip }
        return Evidence.Parent.different
    }

    /// Whether every word of the shorter name stands somewhere in the longer one.
    private func holds(_ long: NameCells, _ short: NameCells) -> Bool {
        var used = 0
        for place in 0..<short.count {
            var found = false
            for other in 0..<long.count where used & (1 << other) == 0 {
                guard words.compare(table.cells[short.base + place], table.cells[long.base + other]) <= .marks
                else { continue }
                used |= 1 << other
                found = true
                break
            }
            if !found { return false }
        }
        return true
    }
}
