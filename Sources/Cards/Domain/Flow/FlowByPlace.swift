import Civil

/// Cân đối theo địa bàn: one province or commune of the flow: what waits for its offices, since when, and whether the
/// time of the law will be kept at the country's pace.
package struct PlaceFlow: Hashable, Sendable {
    /// The unit; nil for offices that are of no unit, or of none that is known.
    package let unit: UnitCode?
    package let counts: [FlowStage: FlowCount]
    /// At the pace of the whole flow something that waits for it will be late.
    package let alarm: Bool

    package init(unit: UnitCode?, counts: [FlowStage: FlowCount], whole: FlowBalance, on day: CalendarDate) {
        self.unit = unit
        self.counts = counts
        alarm = FlowStage.allCases.contains { stage in
            guard stage.isTimed, let count = counts[stage], count.waits > 0 else { return false }
            // Here nothing moves, whatever does elsewhere.
            if count.isStill(on: day), whole.lines.contains(where: { $0.stage == stage && $0.isStill }) { return true }
            guard let due = count.firstDue else { return false }
            return due < day.advanced(byWorkingDays: whole.days(from: stage))
        }
    }

    private func timed<Value>(_ value: (FlowCount) -> Value) -> [Value] {
        counts.filter(\.key.isTimed).map { value($0.value) }
    }

    /// From submission to the office.
    package var underWay: Int { timed(\.waits).reduce(0, +) }
    /// Cards that wait for their holders.
    package var ready: Int { counts[.handingOver]?.waits ?? 0 }
    /// Handed over so far.
    package var handedOver: Int { counts[.handingOver]?.went ?? 0 }
    /// When the oldest that is under way came to where it waits.
    package var oldest: Instant? { timed(\.oldest).compactMap { $0 }.min() }
    package var firstDue: CalendarDate? { timed(\.firstDue).compactMap { $0 }.min() }
    package var isBalanced: Bool { counts.values.allSatisfy(\.isBalanced) }
}

/// Cân đối theo nơi sản xuất: what a site has to make, reconcile, check and pack.
package struct SiteFlow: Hashable, Sendable {
    package let site: String
    package let name: String
    /// Cards in a working day; none at a site that has stopped.
    package let capacity: Int
    package let isStopped: Bool
    package let waits: [FlowStage: Int]

    package init(site: String, name: String, capacity: Int, isStopped: Bool = false, waits: [FlowStage: Int]) {
        self.isStopped = isStopped
        self.site = site
        self.name = name
        self.capacity = capacity
        self.waits = waits
    }

    /// The stages that are a site's work.
    package static let stages: [FlowStage] = [.making, .reconciling, .checking, .packing]

    /// Working days until all that is with it is made; nil where it never will be.
    package var forecast: Int? {
        let making = waits[.making] ?? 0
        if making == 0 { return 0 }
        return capacity > 0 ? (making + capacity - 1) / capacity : nil
    }
}

/// Cân đối luồng theo nơi: the whole flow, and its parts.
package struct FlowByPlace: Hashable, Sendable {
    package let whole: FlowBalance
    package let places: [PlaceFlow]
    package let sites: [SiteFlow]

    /// Puts what is counted for each office under the units of a level.
    package init(
        _ counts: [String: [FlowStage: FlowCount]], sites: [SiteFlow], whole: FlowBalance, on day: CalendarDate,
        unit: (String) -> UnitCode?
    ) {
        self.whole = whole
        self.sites = sites
        var sums: [UnitCode?: [FlowStage: FlowCount]] = [:]
        for (office, stages) in counts { sums[unit(office), default: [:]].add(stages) }
        places = sums.map { PlaceFlow(unit: $0.key, counts: $0.value, whole: whole, on: day) }
            .sorted { left, right in
                // What is late first, then where most waits.
                (left.alarm ? 0 : 1, -left.underWay, left.unit?.code ?? "~")
                    < (right.alarm ? 0 : 1, -right.underWay, right.unit?.code ?? "~")
            }
    }
}

extension FlowCount {
    /// What came is what waits and what went on.
    package var isBalanced: Bool { came == waits + went }

    mutating func add(_ other: FlowCount) {
        came += other.came
        waits += other.waits
        went += other.went
        wentLately += other.wentLately
        oldest = [oldest, other.oldest].compactMap { $0 }.min()
        firstDue = [firstDue, other.firstDue].compactMap { $0 }.min()
    }
}

extension [FlowStage: FlowCount] {
    mutating func add(_ other: [FlowStage: FlowCount]) {
        for (stage, count) in other { self[stage, default: FlowCount()].add(count) }
    }
}
