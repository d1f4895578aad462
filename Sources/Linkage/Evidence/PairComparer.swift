import Foundation

/// So sánh hai bản ghi: the evidence of a pair, each part of it weighed by how common what agrees is.
struct PairComparer: Sendable {
    let table: LinkTable
    let words: WordComparer
    let frequencies: Frequencies

    init(_ table: LinkTable) {
        self.init(table, WordComparer(table.words), Frequencies(table))
    }

    init(_ table: LinkTable, _ words: WordComparer, _ frequencies: Frequencies) {
        self.table = table
        self.words = words
        self.frequencies = frequencies
    }

    func compare(_ left: Int, _ right: Int) -> WeighedEvidence {
        var result = begin(left, right)
        finish(left, right, &result)
        return result
    }

    /// The evidence of a pair; nil where what is compared first leaves no hope of one person.
    @inline(__always)
    func compare(_ left: Int, _ right: Int, unless cutoff: LinkCutoff) -> WeighedEvidence? {
        var result = begin(left, right)
        guard !cutoff.isHopeless(result.evidence) else { return nil }
        finish(left, right, &result)
        return result
    }

    /// What is compared in few steps, and tells most pairs apart.
    private func begin(_ left: Int, _ right: Int) -> WeighedEvidence {
        var result = WeighedEvidence()
        compareEnds(left, right, &result)
        compareSexes(left, right, &result)
        compareDates(left, right, &result)
        comparePlaces(left, right, &result)
        compareNumbers(left, right, &result)
        return result
    }

    private func finish(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        compareMiddles(left, right, &result)
        compareParents(left, right, &result)
        if !table.addresses.isEmpty {
            compareAddresses(left, right, &result)
        } else {
            result.evidence[.address] = Evidence.Address.missing
        }
    }

    func cell(_ record: Int, _ place: Int) -> UInt32 { table.cells[record * LinkTable.Place.count + place] }

    func compareSexes(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        let (first, second) = (cell(left, LinkTable.Place.sex), cell(right, LinkTable.Place.sex))
        guard first != 0, second != 0 else {
            result.evidence[.sex] = Evidence.Simple.missing
            return
        }
        var shares = frequencies.sexes
        let name = NameCells(table.cells, left * LinkTable.Place.count)
        if name.count > 0, result.evidence[.given] <= Evidence.Part.bare {
            shares = frequencies.sexesByGiven[Int(words.foldOf[Int(table.cells[name.base + name.count - 1])])]
        }
        result.evidence[.sex] = first == second ? Evidence.Simple.equal : Evidence.Simple.different
        result.chance += first != second ? shares.different : first == 1 ? shares.men : shares.women
    }

    func comparePlaces(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        func level(_ place: Int) -> Int {
            let (first, second) = (cell(left, place), cell(right, place))
            return first == 0 || second == 0
                ? Evidence.Simple.missing : first == second ? Evidence.Simple.equal : Evidence.Simple.different
        }
        let commune = level(LinkTable.Place.commune)
        let province = level(LinkTable.Place.province)
        result.evidence[.place] = Evidence.place(commune: commune, province: province)
        switch (commune, province) {
        case (Evidence.Simple.equal, Evidence.Simple.equal): result.chance += frequencies.places[left]
        case (Evidence.Simple.equal, _):
            result.chance += frequencies.communes[Int(cell(left, LinkTable.Place.commune))]
        case (_, Evidence.Simple.equal):
            result.chance += frequencies.provinces[Int(cell(left, LinkTable.Place.province))]
        default: break
        }
        if province == Evidence.Simple.equal { result.chance += frequencies.excess[left].province }
    }

    func compareNumbers(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        let (first, second) = (table.oldNumbers[left], table.oldNumbers[right])
        if first == 0 || second == 0 {
            result.evidence[.oldNumber] = Evidence.Number.missing
        } else if first == second {
            result.evidence[.oldNumber] = Evidence.Number.equal
            result.chance += frequencies.commonNumbers[first] ?? frequencies.oldNumber
        } else if OldNumber.isSlip(first, second) {
            result.evidence[.oldNumber] = Evidence.Number.slip
            // Some eighty numbers are one slip away from a number, of which few are given out.
            result.chance += max(frequencies.oldNumber, -13.8) + 2
        } else {
            result.evidence[.oldNumber] = Evidence.Number.different
        }
    }

    func compareAddresses(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        let count = LinkTable.Place.addressWords
        var sizes = (0, 0)
        var shared = 0
        for place in 0..<count {
            let word = table.addresses[left * count + place]
            if table.addresses[right * count + place] != 0 { sizes.1 += 1 }
            guard word != 0 else { continue }
            sizes.0 += 1
            for other in 0..<count where table.addresses[right * count + other] != 0 {
                guard words.compare(word, table.addresses[right * count + other]) < .different else { continue }
                shared += 1
                break
            }
        }
        guard sizes.0 > 0, sizes.1 > 0 else {
            result.evidence[.address] = Evidence.Address.missing
            return
        }
        let most = max(sizes.0, sizes.1)
        let level =
            shared >= most
            ? Evidence.Address.equal
            : shared * 3 >= most * 2
                ? Evidence.Address.most
                : shared * 3 >= most ? Evidence.Address.some : Evidence.Address.different
        result.evidence[.address] = level
        result.chance += [-8, -6, -2.3, 0][level]
    }
}
