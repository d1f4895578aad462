import Civil

/// Các dòng của một lô: numbers the sheets of a batch and writes them, with their truth beside them.
package struct BatchRows: Sendable {
    package private(set) var stream: SheetStream
    private let plan: BatchPlan
    private var text: SheetText
    /// Rows and households of the present batch so far.
    private var rows = 0
    private var households = 0

    package init(
        nation: InventedNation, faults: FaultShares, plan: BatchPlan, encoding: SheetEncoding, from first: Int = 0
    ) {
        self.plan = plan
        let share = plan.batches.indices.contains(first) ? plan.batches[first].shares.lowerBound : 0
        stream = SheetStream(nation: nation, faults: faults, from: share)
        text = SheetText(map: nation.map, collected: nation.plan.collected, encoding: encoding)
    }

    /// Begins a batch.
    package mutating func begin() {
        rows = 0
        households = 0
    }

    /// Writes the rows of the next commune of a batch, and the lines of their truth when they are wanted.
    ///
    /// Gives the commune with the place of its first row; nil when the nation is at its end.
    package mutating func next(
        of batch: BatchPlan.Batch, to output: inout [UInt8], truth: inout [UInt8]?
    ) -> WrittenCommune? {
        guard let commune = stream.nextCommune() else { return nil }
        let first = rows + 1
        for sheet in commune.sheets {
            rows += 1
            let household = BatchRows.householdCode(households + sheet.household + 1)
            text.append(sheet, number: rows, household: household, to: &output)
            if truth != nil {
                let line = SheetTruth.line(
                    of: sheet, batch: batch.name, number: rows, household: household,
                    isOtherBatch: plan.isOtherBatch(sheet, in: commune.share), map: stream.nation.map)
                truth?.append(contentsOf: line.utf8)
            }
        }
        households += commune.households
        return WrittenCommune(sheets: commune, firstRow: first)
    }

    /// `H0001`.
    static func householdCode(_ number: Int) -> String {
        let digits = String(number)
        return "H" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

/// The sheets of a commune, and where in a batch they stand.
package struct WrittenCommune: Sendable {
    package let sheets: CommuneSheets
    /// The place of the first sheet in its batch, from 1.
    package let firstRow: Int
}
