import Civil
import Population

extension QualityReportPage {
    /// What must be known to read the figures.
    var notes: String {
        let items = QualityReportNotes.sentences(report).map {
            "<li>\(HTMLText.escaped($0.vietnamese)) <span lang=\"en\">\(HTMLText.escaped($0.english))</span></li>"
        }
        return "<ul class=\"notes\">\(items.joined())</ul>"
    }
}

/// Lời giải thích số liệu: who was never verified, who is expected, who counts by a rule.
enum QualityReportNotes {
    static func sentences(_ report: QualityReport) -> [Sentence] {
        let tally = report.figures.tally
        var notes = [lastEvent(tally), expectation(report.figures.expected)]
        if tally.ambiguous > 0 {
            let persons = NumberText.grouped(tally.ambiguous)
            notes.append(
                Sentence(
                    "\(persons) người đăng ký ở đơn vị cũ đã bị chia, tính theo đơn vị kế thừa thường dùng.",
                    "\(persons) persons are registered in a unit that was split; they count at its usual successor."))
        }
        if report.unplaced > 0 {
            let persons = NumberText.grouped(report.unplaced)
            notes.append(
                Sentence(
                    "\(persons) người chưa rõ đơn vị trong bộ mã này.",
                    "\(persons) persons count in no unit of this set."))
        }
        return notes
    }

    private static func expectation(_ expected: ExpectedFigure?) -> Sentence {
        guard let expected else {
            return Sentence(
                "Chưa có dân số dự kiến của đơn vị này.", "No expected population is known for this unit.")
        }
        let persons = NumberText.grouped(expected.persons)
        return Sentence(
            "Dân số dự kiến \(persons) người (\(expected.year)).", "\(persons) people expected (\(expected.year)).")
    }

    private static func lastEvent(_ tally: QualityTally) -> Sentence {
        guard tally.persons > 0 else {
            return Sentence("Chưa có người nào ở đây, nên không có tỷ lệ.", "Nobody is here yet, so there is no share.")
        }
        guard let days = tally.medianDays else {
            return Sentence("Chưa ai được xác minh bằng nguồn nào.", "No source has verified anybody yet.")
        }
        let never = NumberText.grouped(tally.neverVerified)
        return Sentence(
            "Sự kiện xác minh gần nhất: trung vị \(NumberText.grouped(days)) ngày trước; chưa từng được xác minh: "
                + "\(never) người.",
            "Last verified event: \(NumberText.grouped(days)) days ago at the median; never verified: \(never).")
    }
}
