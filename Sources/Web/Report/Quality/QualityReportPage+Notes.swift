import Civil
import Population

extension QualityReportPage {
    /// What must be known to read the figures: who was never verified, who is expected, who counts by a rule.
    var notes: String {
        let tally = report.figures.tally
        var notes = [lastEvent, expectation]
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
        let items = notes.map {
            "<li>\(HTMLText.escaped($0.vietnamese)) <span lang=\"en\">\(HTMLText.escaped($0.english))</span></li>"
        }
        return "<ul class=\"notes\">\(items.joined())</ul>"
    }

    private var expectation: Sentence {
        guard let expected = report.figures.expected else {
            return Sentence(
                "Chưa có dân số dự kiến của đơn vị này.", "No expected population is known for this unit.")
        }
        let persons = NumberText.grouped(expected.persons)
        return Sentence(
            "Dân số dự kiến \(persons) người (\(expected.year)).", "\(persons) people expected (\(expected.year)).")
    }

    private var lastEvent: Sentence {
        let tally = report.figures.tally
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
