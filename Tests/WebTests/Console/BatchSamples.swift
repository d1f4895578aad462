import Civil
import Ledger

@testable import Access
@testable import Population
@testable import Web

/// Batches and held rows: full, importing, decided and empty.
extension ConsoleSamples {
    private var batch: Batch {
        Batch(
            id: 1, name: "24283\(evil)", digest: "00", encoding: "TCVN3", rows: 1_200, done: 1_200,
            received: ConsoleSamples.at("2026-03-01T02:05:00Z"), finished: nil)
    }

    private func summary(done: Int = 1_200) -> BatchSummary {
        var batch = batch
        batch.done = done
        var summary = BatchSummary(batch: batch)
        summary.accepted = 1_000
        summary.acceptedWithFindings = 150
        summary.held = 50
        summary.persons = 1_150
        summary.households = 320
        summary.decided = done == batch.rows ? [.newPerson: 4, .rejected: 1] : [:]
        summary.findings = done == batch.rows ? [.yearOnly: 90, .duplicate: 12] : [:]
        return summary
    }

    func held(_ findings: [SheetFinding], isForm: Bool, decision: HeldRow.Decision? = nil) -> HeldRow {
        var details = details
        details.name = isForm ? "Đặng Thị Ân\(evil)" : nil
        let columns = SheetColumn.allCases
        let values: [SheetColumn: String] = [.row: "17", .name: "Dang Thi Ân\(evil)", .birth: "05/1990"]
        let written =
            isForm
            ? columns.map { column in
                "\"" + (values[column] ?? "").replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",") : "17;Dang Thi An\(evil)"
        return HeldRow(
            place: 18, row: 17,
            sheet: HeldSheet(
                details: details, householdCode: "H4\(evil)", relation: .birthChild,
                father: PersonReference(person: nil, name: "Đặng Văn Cả\(evil)", number: nil), mother: nil, spouse: nil,
                permanent: address("00097", "Tổ 4"), current: nil, number: nil, birthYear: 1990,
                sheet: SheetSource(
                    id: SheetID.make(batch: 1, row: 18), row: 17, written: written, findings: findings)),
            findings: findings, decision: decision)
    }

    private var decision: HeldRow.Decision? {
        guard let act = history.entries.first?.act else { return nil }
        return HeldRow.Decision(
            what: SheetDecided(
                sheet: SheetID.make(batch: 1, row: 18), verdict: .newPerson, person: 1, corrected: true,
                reason: "đã gặp công dân\(evil)"), act: act)
    }

    func batches(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(BatchesPage.title), language, section: .batches)
        let longest = UploadBody.longest
        func page(_ done: Int, isRunning: Bool) -> BatchPage {
            BatchPage(
                frame: frame,
                entry: BatchEntry(batch: summary(done: done).batch, summary: summary(done: done), waiting: 15),
                causes: done == 1_200 ? [.duplicate: 12, .missingName: 3] : [:],
                isRunning: isRunning, mayReview: true, units: units)
        }
        return [
            (
                "batches",
                BatchesPage(
                    frame: frame,
                    batches: [
                        BatchEntry(batch: batch, summary: summary(), waiting: 15),
                        BatchEntry(batch: summary(done: 300).batch, summary: summary(done: 300), waiting: 0),
                        BatchEntry(batch: batch, summary: nil, waiting: 2),
                    ], uploads: true,
                    problem: BatchRefusal.noHeading.sentence, longest: longest, units: units)
            ),
            (
                "batches-nothing",
                BatchesPage(frame: frame, batches: [], uploads: false, longest: longest, units: units)
            ), ("batch", page(1_200, isRunning: false)), ("batch-importing", page(300, isRunning: true)),
            ("batch-stopped", page(300, isRunning: false)),
            (
                "batch-other",
                BatchPage(
                    frame: frame, entry: BatchEntry(batch: batch, summary: nil, waiting: 3), causes: [.missingName: 3],
                    isRunning: false, mayReview: true, units: units)
            ),
        ] + heldRows(language)
    }

    private func heldRows(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(HeldRowsPage.title), language, section: .batches)
        let same = held([SheetFinding(.duplicate, other: 5)], isForm: true)
        let broken = held(
            [SheetFinding(.missingName, field: .name), SheetFinding(.impossibleDate, field: .birth)], isForm: false)
        func rows(
            _ rows: [HeldRow], _ cause: FindingCode?, everywhere: Bool = false, isFull: Bool = false,
            done: Int64? = nil, problem: Sentence? = nil
        ) -> HeldRowsPage {
            HeldRowsPage(
                frame: frame, batch: everywhere ? nil : batch,
                rows: rows.map { HeldRowEntry(batch: batch, row: $0) },
                causes: rows.isEmpty ? [:] : [.duplicate: 12, .missingName: 3], cause: cause,
                opened: [SheetID.make(batch: 1, row: 18)], decides: true, isFull: isFull, done: done,
                reason: "đã đối chiếu\(evil)", problem: problem, units: units)
        }
        func row(
            _ row: HeldRow, _ people: [PersonAnswer], hidden: Int = 0, input: FormInput = FormInput(),
            problem: Sentence? = nil, next: Int? = 30
        ) -> HeldRowPage {
            HeldRowPage(
                frame: frame,
                answer: HeldRowAnswer(
                    batch: batch, row: row, candidates: people, hidden: hidden,
                    decidedPerson: row.decision == nil ? nil : answer.handle), decides: true, input: input,
                reason: input["reason"], problem: problem, next: next, units: units)
        }
        let typed = FormInput(["step": "correct", "ho_ten": "Đặng\(evil)", "reason": "xem khai sinh\(evil)"])
        return [
            ("held-rows", rows([same, broken], nil, isFull: true, done: SheetID.make(batch: 1, row: 9))),
            ("held-rows-everywhere", rows([same, broken], nil, everywhere: true, isFull: true)),
            ("held-rows-cause", rows([same], .duplicate, problem: SheetDecisionRefusal.sampleTooSmall(3).sentence)),
            ("held-rows-nothing", rows([], .missingName)), ("held-row", row(same, [answer, masked], hidden: 1)),
            (
                "held-row-broken",
                row(
                    broken, [], input: typed, problem: SheetDecisionRefusal.stillHeld([.missingName]).sentence,
                    next: nil)
            ),
            ("held-row-decided", row(held([SheetFinding(.duplicate, other: 5)], isForm: true, decision: decision), [])),
        ]
    }
}
