import Civil
import Population

/// Trang kiểm tra phiếu DC01: each answer as it was typed and as the register reads it, before the sheet is recorded.
package struct SheetCheckPage: ConsolePage {
    package static let template = "sheet-check"

    struct Row: Equatable, Sendable {
        let label: String
        let typed: String
        /// What the register reads, where that is not what was typed.
        let read: String?
        let remarks: [String]
        /// The input to go back to.
        let href: String
    }

    package let frame: PageFrame
    let heading: String
    let action = SheetPage.path
    let rows: [Row]
    let hidden: [Form.Hidden]
    /// The sheet will wait for somebody because of what was found in it.
    let isHeld: Bool
    let hasRemarks: Bool
    let remarks: [String]
    let alike: AlikeBlock?

    /// - Parameter isAskedAgain: the sheet was sent without the tick that those who come close need.
    package init(
        frame: PageFrame, key: String, input: FormInput, reading: HeldSheet, alike: [AlikePerson] = [],
        isAskedAgain: Bool = false, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let read = ReadSheet(sheet: reading, words: words)
        let findings = reading.sheet.findings
        func sentences(_ column: SheetColumn?) -> [String] {
            findings.filter { $0.field == column?.rawValue }.map { frame.spoken.of($0.code.sentence) }
        }
        self.frame = frame
        heading = frame.spoken.of(SheetPage.title)
        rows = SheetColumn.allCases.filter { $0 != .row }.compactMap { column in
            let typed = input[column.rawValue]
            let remarks = sentences(column)
            guard !typed.isEmpty || !remarks.isEmpty else { return nil }
            let value = read.value(column)
            return Row(
                label: frame.spoken.of(column.title), typed: typed.isEmpty ? "–" : typed,
                read: value == typed ? nil : value, remarks: remarks, href: "#\(column.rawValue)")
        }
        hidden =
            [Form.Hidden(name: "key", value: key)]
            + SheetColumn.allCases.map { Form.Hidden(name: $0.rawValue, value: input[$0.rawValue]) }
            .filter { !$0.value.isEmpty }
        isHeld = findings.contains { $0.code.weight == .held }
        remarks = sentences(nil)
        hasRemarks = !remarks.isEmpty
        self.alike = alike.isEmpty ? nil : AlikeBlock(alike, words, isAskedAgain: isAskedAgain)
    }
}
