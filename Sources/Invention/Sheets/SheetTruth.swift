import Civil

/// Đáp án: what the rows of a batch really are, so that an import can be marked.
package enum SheetTruth {
    package static let heading = "batch,row,person,name,dob,sex,permanent_code,current_code,household,relation,issues\n"

    /// The line of a row; `isOtherBatch` says whether the person's other sheet stands in another batch.
    package static func line(
        of sheet: InventedSheet, batch: String, number: Int, household: String, isOtherBatch: Bool, map: NationMap
    ) -> String {
        let person = sheet.person
        let isSecond = if case .second = sheet.form { true } else { false }
        var issues = sheet.faults
        if case .copy(statesNumber: false) = sheet.form {
            issues.subtract([.numberMalformed, .numberSexMismatch])
        }
        if issues.contains(.duplicate), isOtherBatch { issues.insert(.duplicateOtherBatch) }
        let words = PlantedFault.allCases.filter(issues.contains).map(\.rawValue).joined(separator: " ")
        return [
            batch, String(number), String(person.ordinal + 1), person.name, birth(person.birth, issues),
            person.sex.rawValue, map.communes[sheet.permanent].unit.code.code,
            map.communes[person.current].unit.code.code, isSecond ? "T\(number)" : household,
            isSecond ? RelationToHead.head.vietnamese : person.relation.vietnamese, words,
        ].joined(separator: ",") + "\n"
    }

    /// The date that the sheet lets one know: whole, in part, or not at all.
    private static func birth(_ date: CalendarDate, _ faults: Set<PlantedFault>) -> String {
        if !faults.isDisjoint(with: [.impossibleDate, .futureDate, .missingDateOfBirth]) { return "" }
        if faults.contains(.yearOnly) { return String(date.year) }
        if faults.contains(.noDay) { return String(date.description.prefix(7)) }
        return date.description
    }
}
