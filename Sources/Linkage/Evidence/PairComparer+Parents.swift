extension PairComparer {
    /// Father and mother; when neither agrees, whether they were written in each other's place.
    func compareParents(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        let (first, second) = (left * LinkTable.Place.count, right * LinkTable.Place.count)
        let father = parent(first + LinkTable.Place.father, second + LinkTable.Place.father)
        let mother = parent(first + LinkTable.Place.mother, second + LinkTable.Place.mother)
        result.evidence[.father] = father
        result.evidence[.mother] = mother
        if father >= Evidence.Parent.different, mother >= Evidence.Parent.different,
            isExchanged(left, right, &result)
        {
            return
        }
        if father < Evidence.Parent.exchanged {
            let (name, record) = shorter(left, right, LinkTable.Place.father)
            // A father's surname is mostly the child's, which was weighed already.
            let isKnown =
                result.evidence[.surname] < Evidence.Part.different
                && words.foldOf[Int(table.cells[name.base])] == words.foldOf[Int(table.cells[first])]
            result.chance += chance(name, .father, of: record, withoutSurname: isKnown)
        }
        if mother < Evidence.Parent.exchanged {
            let (name, record) = shorter(left, right, LinkTable.Place.mother)
            result.chance += chance(name, .mother, of: record, withoutSurname: false)
        }
    }

    private func isExchanged(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) -> Bool {
        let (first, second) = (left * LinkTable.Place.count, right * LinkTable.Place.count)
        let one = parent(first + LinkTable.Place.father, second + LinkTable.Place.mother)
        let other = parent(first + LinkTable.Place.mother, second + LinkTable.Place.father)
        guard min(one, other) < Evidence.Parent.slip else { return false }
        result.evidence[.father] = Evidence.Parent.exchanged
        result.evidence[.mother] = Evidence.Parent.missing
        // One of the two is as rare as it is where it usually stands.
        let bearer: Frequencies.Bearer = one < Evidence.Parent.slip ? .father : .mother
        let place = one < Evidence.Parent.slip ? LinkTable.Place.father : LinkTable.Place.mother
        let name = NameCells(table.cells, first + place)
        result.chance += chance(name, bearer, of: left, withoutSurname: false)
        return true
    }

    private func shorter(_ left: Int, _ right: Int, _ place: Int) -> (NameCells, record: Int) {
        let names = (
            NameCells(table.cells, left * LinkTable.Place.count + place),
            NameCells(table.cells, right * LinkTable.Place.count + place)
        )
        return names.0.count <= names.1.count ? (names.0, left) : (names.1, right)
    }

    /// How likely chance gives two people's parents this name, which is that of a record's parent.
    private func chance(
        _ name: NameCells, _ bearer: Frequencies.Bearer, of record: Int, withoutSurname: Bool
    ) -> Float {
        let excess = frequencies.excess[record]
        let isFather = bearer == .father
        var sum: Float = 0
        for place in 0..<name.count {
            if place == 0, withoutSurname, name.count > 1 { continue }
            let slot = place == name.count - 1 ? 2 : place == 0 ? 0 : 1
            var chance = share(table.cells[name.base + place], slot, bearer, asFold: true)
            if slot == 2, name.count > 1 { chance += isFather ? excess.fatherGiven : excess.motherGiven }
            if slot == 0 { chance += isFather ? excess.fatherSurname : excess.motherSurname }
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
