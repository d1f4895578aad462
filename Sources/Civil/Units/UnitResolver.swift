/// Nhận dạng đơn vị hành chính trong địa chỉ: from free text, as clerks write it, to a unit of the set in force.
///
/// It reads from the right: province, district, commune; kinds, marks and signs help but are not needed. A text that
/// fits several units equally gives candidates, never one of them.
package struct UnitResolver: Sendable {
    private let directory: UnitDirectory

    /// An address is a line of text; bytes of UTF-8.
    static let longestText = 1_000

    package init(directory: UnitDirectory) {
        self.directory = directory
    }

    /// Reads an address as of a day.
    package func resolve(_ text: String, on date: CalendarDate) -> UnitResolution {
        resolve(text, on: date) { resolve($0, in: $1) }
    }

    /// Nơi của quá khứ: reads an address of a day or of any day before it, such as a place of origin, whose paper has
    /// the name of its time.
    ///
    /// The set in force on the day goes first; where it has no unit of that name for sure, the latest older one that
    /// does. Nothing is carried over into a later set.
    package func resolve(_ text: String, onOrBefore date: CalendarDate) -> UnitResolution {
        let present = resolve(text, on: date)
        if case .unit = present { return present }
        let set = directory.set(on: date)
        for period in directory.periods.prefix(while: { $0.set != set }).reversed() {
            guard let day = period.validTo else { continue }
            let past = resolve(text, on: day)
            if case .unit = past { return past }
        }
        return present
    }

    /// The same, remembering what follows the house and street.
    package func resolve(_ text: String, on date: CalendarDate, cache: inout ResolverCache) -> UnitResolution {
        resolve(text, on: date) { rest, set in
            if let known = cache[rest, set] { return known }
            let resolution = resolve(rest, in: set)
            cache.remember(resolution, of: rest, in: set)
            return resolution
        }
    }

    /// Takes the house part off, reads the rest, and puts the house part before the detail.
    private func resolve(
        _ text: String, on date: CalendarDate, reading read: (Substring, UnitSet) -> UnitResolution
    ) -> UnitResolution {
        guard text.utf8.count <= UnitResolver.longestText else { return .nothing(.tooLong) }
        guard let set = directory.set(on: date) else { return .nothing(.noProvince) }
        let start = HousePart.end(in: text)
        let resolution = read(text[start...], set)
        guard start > text.startIndex else { return resolution }
        return resolution.behind(UnitWords.trimmed(text[..<start]))
    }

    private func resolve(_ text: Substring, in set: UnitSet) -> UnitResolution {
        let words = UnitWords(String(text))
        guard !words.words.isEmpty else { return .nothing(.empty) }
        guard let index = directory.indexes[set] else { return .nothing(.noProvince) }
        let reading = AddressReading(words: words, index: index)
        let found = answer(reading)
        if case .unit(_, "") = found { return found }
        return ofBefore(set, reading, found) ?? found
    }

    /// The unit of the best reading, or candidates.
    private func answer(_ reading: AddressReading) -> UnitResolution {
        guard reading.end > 0 else { return .nothing(.empty) }
        let best = reading.best
        if let first = best.first, first.grade > .loose {
            let detail = reading.words.text(before: best.map(\.start).min() ?? 0)
            if best.count == 1 { return .unit(reading.index.units[first.place], detail: detail) }
            let score = 1 / Double(best.count)
            return .candidates(
                best.prefix(AddressGuess.most).map {
                    .init(unit: reading.index.units[$0.place], score: score, reason: .sameName)
                }, detail: detail)
        }
        let (candidates, start) = AddressGuess(reading).candidates
        if candidates.isEmpty { return .nothing(reading.provinces.isEmpty ? .noProvince : .noCommune) }
        return .candidates(candidates, detail: reading.words.text(before: start))
    }

    // MARK: Addresses of before a reorganisation

    /// What an older set makes of the text, if it explains more of it, as the units of `set`.
    private func ofBefore(_ set: UnitSet, _ reading: AddressReading, _ found: UnitResolution) -> UnitResolution? {
        guard let place = directory.periods.firstIndex(where: { $0.set == set }) else { return nil }
        for old in olderReadings(directory.periods[..<place], reading.words) {
            if case .unit(let unit, _) = found, unit.level == .commune, !explainsMore(old, than: reading) { continue }
            let resolution = successors(of: answer(old), in: set, beside: found)
            if let resolution { return resolution }
        }
        return nil
    }

    /// What each older set makes of the text: the last set first, but an older one that explains more before it.
    private func olderReadings(_ periods: ArraySlice<UnitSetPeriod>, _ words: UnitWords) -> [AddressReading] {
        var readings: [AddressReading] = []
        for period in periods.reversed() {
            guard let index = directory.indexes[period.set] else { continue }
            let reading = AddressReading(words: words, index: index)
            let place = readings.firstIndex { explainsMore(reading, than: $0) } ?? readings.endIndex
            readings.insert(reading, at: place)
        }
        return readings
    }

    /// Whether the old reading is of a commune and leaves less of the text in the detail.
    private func explainsMore(_ old: AddressReading, than new: AddressReading) -> Bool {
        guard let best = old.best.first, let other = new.best.first, best.grade > .loose,
            old.index.units[best.place].level == .commune
        else { return false }
        return best.start < other.start
    }

    /// The successors of what was found in an older set; nil when that set knows no commune either.
    private func successors(
        of old: UnitResolution, in set: UnitSet, beside found: UnitResolution
    ) -> UnitResolution? {
        let day = directory.periods.first { $0.set == set }?.validFrom ?? CalendarDate(daysSinceEpoch: 0)
        var scores: [AdministrativeUnit: (Double, UnitResolution.Reason)] = [:]
        func add(_ unit: AdministrativeUnit, _ score: Double, _ reason: UnitResolution.Reason) {
            if scores[unit].map({ $0.0 < score }) ?? true { scores[unit] = (score, reason) }
        }
        func follow(_ unit: AdministrativeUnit, _ score: Double) {
            switch directory.successors(of: unit.code, on: day) {
            case .one(let successor): add(successor, score, .beforeReorganisation)
            case .candidates(let units, let usual):
                for unit in units { add(unit, score * (unit == usual ? 0.85 : 0.5), .beforeReorganisation) }
            case .same, .none: break
            }
        }
        let detail: String
        switch old {
        case .unit(let unit, let before):
            detail = before
            follow(unit, 0.95)
        case .candidates(let candidates, let before):
            detail = before
            // A district alone has too many communes to choose from.
            let communes = candidates.filter { $0.unit.level == .commune }
            for candidate in communes { follow(candidate.unit, candidate.score * 0.9) }
        case .nothing: return nil
        }
        guard !scores.isEmpty else { return nil }
        switch found {
        case .unit(let unit, _): add(unit, 0.4, .sameName)
        case .candidates(let candidates, _):
            for candidate in candidates { add(candidate.unit, candidate.score * 0.5, candidate.reason) }
        case .nothing: break
        }
        let sorted = scores.sorted { ($1.value.0, $0.key.code.code) < ($0.value.0, $1.key.code.code) }
        return .candidates(
            sorted.prefix(AddressGuess.most).map { .init(unit: $0.key, score: $0.value.0, reason: $0.value.1) },
            detail: detail)
    }
}
