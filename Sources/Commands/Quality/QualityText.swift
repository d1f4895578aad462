import Civil
import Population
import Web

/// Quality and coverage as people read them at a terminal.
enum QualityText {
    static func report(_ report: QualityReport, units: UnitDirectory) -> String {
        let name = report.unit.map { units.path(of: $0.code) } ?? "Cả nước / the whole country"
        var lines = [
            "\(name)  (\(report.set.rawValue)), \(report.rule.day)",
            "Chịu trách nhiệm / answers for it: \(report.office.vietnamese)",
            source(report), "",
        ]
        lines.append(figures(report.figures))
        lines += notes(report)
        if !report.fields.isEmpty, report.figures.tally.persons > 0 {
            lines += ["", "Trường bắt buộc / mandatory fields (\(report.basis?.description ?? ""))"]
            let persons = report.figures.tally.persons
            lines.append(
                Console.table(
                    report.fields.map { field, filled, verified in
                        [
                            "  \(field.title.vietnamese)", "đủ \(percent(Share(filled, of: persons)))",
                            "đúng \(percent(Share(verified, of: filled)))",
                        ]
                    }))
        }
        let shown = report.children.filter { $0.figures.tally.persons > 0 }
        if !shown.isEmpty {
            lines += ["", "Đơn vị trực thuộc / units below"]
            lines.append(Console.table([heading] + shown.map { row($0) }))
        }
        if report.children.count > shown.count {
            lines.append("  Chưa có người / without people: \(report.children.count - shown.count)")
        }
        if !report.targets.isEmpty {
            lines += ["", "Chỉ tiêu / targets"]
            lines.append(Console.table(report.targets.map { ["  " + target($0, units)] }))
        }
        return lines.joined(separator: "\n")
    }

    private static func source(_ report: QualityReport) -> String {
        report.isFresh
            ? "Tính từ hồ sơ hiện có / counted from the records as they are now"
            : "Theo số đo ghi lúc \(report.measured.iso) / from the daily series"
    }

    private static func figures(_ figures: QualityFigures) -> String {
        let tally = figures.tally
        var rows = [["Người còn sống / living persons", NumberText.grouped(tally.persons), ""]]
        for measure in QualityMeasure.allCases {
            let share = figures.share(of: measure)
            guard measure != .coverage || figures.expected != nil else { continue }
            rows.append([
                "\(measure.vietnamese) / \(measure.rawValue)", percent(share),
                "\(NumberText.grouped(share.part)) / \(NumberText.grouped(share.whole))",
            ])
        }
        return Console.table(rows)
    }

    private static func notes(_ report: QualityReport) -> [String] {
        let tally = report.figures.tally
        var notes: [String] = []
        if tally.persons == 0 {
            notes.append("Chưa có người nào ở đây, nên không có tỷ lệ. / Nobody is here yet, so there is no share.")
        }
        if let days = tally.medianDays {
            notes.append(
                "Sự kiện xác minh gần nhất, trung vị / last verified event, median: \(days) ngày/days "
                    + "(\"sống\" ≤ \(report.rule.freshDays)); "
                    + "chưa từng / never: \(NumberText.grouped(tally.neverVerified))"
            )
        } else if tally.persons > 0 {
            notes.append("Chưa ai được xác minh bằng nguồn nào. / No source has verified anybody yet.")
        }
        if let expected = report.figures.expected {
            notes.append("Dân số dự kiến / expected: \(NumberText.grouped(expected.persons)) (\(expected.year))")
        } else {
            notes.append("Chưa có dân số dự kiến của đơn vị này. / No expected population is known for this unit.")
        }
        if tally.ambiguous > 0 {
            notes.append(
                "Tính theo đơn vị kế thừa thường dùng vì đơn vị cũ bị chia / counted at the usual successor of a unit "
                    + "that was split: \(NumberText.grouped(tally.ambiguous))")
        }
        if report.unplaced > 0 {
            notes.append(
                "Chưa rõ đơn vị trong bộ mã này / in no unit of this set: \(NumberText.grouped(report.unplaced))")
        }
        return notes
    }

    private static let heading = ["  Mã", "Đơn vị / unit", "Người", "đúng", "đủ", "sạch", "sống", "phủ"]

    private static func row(_ line: QualityLine) -> [String] {
        ["  \(line.unit.code.code)", line.unit.name, NumberText.grouped(line.figures.tally.persons)]
            + QualityMeasure.allCases.map { percent(line.figures.share(of: $0)) }
    }

    static func target(_ state: TargetState, _ units: UnitDirectory) -> String {
        let target = state.target
        let unit = target.unit.map { "\($0)" } ?? "\(target.set.rawValue)"
        return "\(unit)  \(target.measure.vietnamese) ≥ \(percent(Share(target.perMillion, of: 1_000_000))) "
            + "đến / by \(target.due): \(percent(state.now)), \(state.standing.title.vietnamese) / "
            + "\(state.standing.title.english)"
    }

    /// A share as people write it: "98,3 %"; a dash where there is nothing to share.
    static func percent(_ share: Share) -> String { PercentText.vietnamese(share) }
}
