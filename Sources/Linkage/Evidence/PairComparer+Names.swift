import Foundation

extension PairComparer {
    /// Surname and given name, each by itself, and the order in which the words stand.
    func compareEnds(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        let cells = table.cells
        guard let view = view(left, right) else {
            result.evidence[.surname] = Evidence.Part.missing
            result.evidence[.given] = Evidence.Part.missing
            result.evidence[.order] = Evidence.Order.missing
            return
        }
        let (first, second) = (view.first, view.second)
        let given = words.compare(last(first), last(second))
        let surname = words.compare(cells[first.base], cells[second.base])
        if given == .different || surname == .different, let order = rearranged(view) {
            takeRearranged(order, view, &result)
            return
        }
        takePart(.surname, cells[first.base], cells[second.base], surname, 0, .anyone, view, &result)
        takePart(.given, last(first), last(second), given, 2, .anyone, view, &result)
        takeOrder(
            view.isEachBare
                ? Evidence.Order.bothBare : view.isAnyBare ? Evidence.Order.oneBare : Evidence.Order.same, &result)
    }

    /// The middle parts; in names that are rearranged they were weighed with the rest.
    func compareMiddles(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        guard let view = view(left, right) else {
            result.evidence[.middle] = Evidence.Middle.missing
            return
        }
        let order = result.evidence[.order]
        guard order != Evidence.Order.reordered, order != Evidence.Order.joined else { return }
        takeMiddle(view, &result)
    }

    /// Both names; nil where one is missing, or where names tell nothing in this table.
    private func view(_ left: Int, _ right: Int) -> NameView? {
        let first = NameCells(table.cells, left * LinkTable.Place.count)
        let second = NameCells(table.cells, right * LinkTable.Place.count)
        guard frequencies.namesTell, first.count > 0, second.count > 0 else { return nil }
        let sex = cell(left, LinkTable.Place.sex)
        let bearer: Frequencies.Bearer =
            sex == cell(right, LinkTable.Place.sex) ? (sex == 1 ? .man : sex == 2 ? .woman : .anyone) : .anyone
        let bare = (isBare(first), isBare(second))
        return NameView(
            record: left, first: first, second: second, bearer: bearer, isAnyBare: bare.0 || bare.1,
            isEachBare: bare.0 && bare.1)
    }

    struct NameView {
        /// The record whose name is the first.
        let record: Int
        let first: NameCells
        let second: NameCells
        let bearer: Frequencies.Bearer
        /// One of the names has no marks at all: words are then compared by their letters alone.
        let isAnyBare: Bool
        let isEachBare: Bool
    }

    func last(_ name: NameCells) -> UInt32 { table.cells[name.base + name.count - 1] }

    func isBare(_ name: NameCells) -> Bool {
        for place in name.base..<(name.base + name.count) where words.isMarked[Int(table.cells[place])] {
            return false
        }
        return true
    }

    private func takeOrder(_ level: Int, _ result: inout WeighedEvidence) {
        result.evidence[.order] = level
        switch level {
        case Evidence.Order.oneBare: result.chance += frequencies.marks.one
        case Evidence.Order.bothBare: result.chance += frequencies.marks.none
        case Evidence.Order.same: result.chance += frequencies.marks.both
        default: result.chance -= 6
        }
    }

    /// The share of a word at a place of a name.
    func share(
        _ word: UInt32, _ place: Int, _ bearer: Frequencies.Bearer, asFold: Bool
    ) -> Float {
        let slot = Frequencies.slot(bearer, place)
        return asFold
            ? frequencies.folds[slot][Int(words.foldOf[Int(word)])] : frequencies.words[slot][Int(word)]
    }

    private func takePart(
        _ feature: Evidence.Feature, _ left: UInt32, _ right: UInt32, _ likeness: WordComparer.Likeness, _ place: Int,
        _ bearer: Frequencies.Bearer, _ view: NameView, _ result: inout WeighedEvidence
    ) {
        let fold = (share(left, place, bearer, asFold: true), share(right, place, bearer, asFold: true))
        switch likeness {
        case .same:
            result.evidence[feature] = Evidence.Part.equal
            result.chance += view.isAnyBare ? fold.0 : share(left, place, bearer, asFold: false)
        case .bare:
            result.evidence[feature] = view.isAnyBare ? Evidence.Part.equal : Evidence.Part.bare
            result.chance += fold.0
        case .marks:
            // Four other tones could have been written; a name that hardly anybody bears is one of those.
            let rarer = min(share(left, place, bearer, asFold: false), share(right, place, bearer, asFold: false))
            let chance = max(rarer + 1.4, fold.0 - 4)
            result.evidence[feature] = rarer < fold.0 - 4 ? Evidence.Part.marksRare : Evidence.Part.marks
            result.chance += min(chance, fold.0)
        case .slip:
            let rarer = min(fold.0, fold.1)
            let chance = min(max(rarer + 4, max(fold.0, fold.1) - 4), -2.5)
            result.evidence[feature] = rarer < -8 ? Evidence.Part.slipRare : Evidence.Part.slip
            result.chance += chance
        case .different:
            result.evidence[feature] = Evidence.Part.different
        }
        if feature == .given, result.evidence[.given] <= Evidence.Part.bare, isOneSurname(result.evidence) {
            result.chance += frequencies.excess[view.record].given
        }
    }

    /// Whether both have one surname, so that what goes together with it counts.
    private func isOneSurname(_ evidence: Evidence) -> Bool { evidence[.surname] <= Evidence.Part.bare }

    private func takeMiddle(_ view: NameView, _ result: inout WeighedEvidence) {
        let (first, second) = (view.first, view.second)
        let counts = (max(first.count - 2, 0), max(second.count - 2, 0))
        if counts.0 == 0, counts.1 == 0 {
            result.evidence[.middle] = Evidence.Middle.equal
            result.chance += frequencies.withoutMiddle[view.bearer.rawValue]
            if isOneSurname(result.evidence) { result.chance += frequencies.excess[view.record].middle }
            return
        }
        guard counts.0 == counts.1 else {
            result.evidence[.middle] =
                isPart(view) ? Evidence.Middle.partMissing : Evidence.Middle.different
            return
        }
        var worst = WordComparer.Likeness.same
        var chance: Float = 0
        for place in 1...counts.0 {
            let words = (table.cells[first.base + place], table.cells[second.base + place])
            let likeness = self.words.compare(words.0, words.1)
            worst = max(worst, likeness == .bare && view.isAnyBare ? .same : likeness)
            let asFold = view.isAnyBare || likeness != .same
            chance += max(
                share(words.0, 1, view.bearer, asFold: asFold), share(words.1, 1, view.bearer, asFold: asFold))
        }
        switch worst {
        case .same: result.evidence[.middle] = Evidence.Middle.equal
        case .bare: result.evidence[.middle] = Evidence.Middle.bare
        case .marks: result.evidence[.middle] = Evidence.Middle.marks
        case .slip: result.evidence[.middle] = Evidence.Middle.slip
        case .different:
            result.evidence[.middle] = Evidence.Middle.different
            return
        }
        result.chance += chance
        if worst <= .bare, isOneSurname(result.evidence) { result.chance += frequencies.excess[view.record].middle }
    }

    /// Whether every middle word of the shorter name stands in the longer one.
    private func isPart(_ view: NameView) -> Bool {
        let (short, long) =
            view.first.count < view.second.count ? (view.first, view.second) : (view.second, view.first)
        guard short.count > 2 else { return true }
        return (1..<(short.count - 1)).allSatisfy { place in
            (1..<(long.count - 1)).contains {
                words.compare(table.cells[short.base + place], table.cells[long.base + $0]) < .different
            }
        }
    }

    /// Whether two names are the same words in another order, or the same letters with other spaces.
    private func rearranged(_ view: NameView) -> Int? {
        let (first, second) = (view.first, view.second)
        if first.count == second.count, first.count >= 2 {
            return isPermuted(view) || isTurned(first, second) ? Evidence.Order.reordered : nil
        }
        return first.count != second.count && words.areJoined(table.cells, first, second) ? Evidence.Order.joined : nil
    }

    /// Every word of one name stands in the other with its marks; without them only when the whole name has none.
    private func isPermuted(_ view: NameView) -> Bool {
        let (first, second) = (view.first, view.second)
        let least: WordComparer.Likeness = view.isAnyBare ? .bare : .same
        var used = 0
        for place in 0..<first.count {
            let word = table.cells[first.base + place]
            let other = (0..<second.count).first {
                used & (1 << $0) == 0 && words.compare(word, table.cells[second.base + $0]) <= least
            }
            guard let other else { return false }
            used |= 1 << other
        }
        return true
    }

    /// The surname went to the end, or the given name to the front; one word may have a slip besides.
    private func isTurned(_ first: NameCells, _ second: NameCells) -> Bool {
        for turn in [1, first.count - 1] {
            var slips = 0
            for place in 0..<first.count where slips <= 1 {
                let other = table.cells[second.base + (place + turn) % first.count]
                switch words.compare(table.cells[first.base + place], other) {
                case .same, .bare: break
                case .marks, .slip: slips += 1
                case .different: slips += 2
                }
            }
            if slips <= 1 { return true }
        }
        return false
    }

    /// All words agree, wherever they stand; the longer name says which they are.
    private func takeRearranged(_ order: Int, _ view: NameView, _ result: inout WeighedEvidence) {
        let long = view.first.count >= view.second.count ? view.first : view.second
        let other = view.first.count >= view.second.count ? view.second : view.first
        var chance: Float = 0
        for place in 0..<long.count {
            let word = table.cells[long.base + place]
            let slot = place == 0 ? 0 : place == long.count - 1 ? 2 : 1
            // A word may stand where names of its kind do not: it counts where it is commonest.
            let share = max(share(word, slot, .anyone, asFold: true), share(word, 0, .anyone, asFold: true))
            if place < other.count || slot != 1 { chance += max(share, self.share(word, 2, .anyone, asFold: true)) }
        }
        result.evidence[.surname] = Evidence.Part.equal
        result.evidence[.given] = Evidence.Part.equal
        result.evidence[.middle] =
            long.count == other.count || order == Evidence.Order.joined
            ? Evidence.Middle.equal : Evidence.Middle.partMissing
        result.chance += chance
        takeOrder(order, &result)
    }
}
