import Civil
import Foundation
import Population

/// Biểu mẫu chỉ tiêu: what a measure of a unit should reach, and by when.
package struct TargetForm {
    /// What is wrong with what was typed.
    package enum Problem: Error, Hashable, Sendable {
        case value
        case day
    }

    let language: PageLanguage
    let input: FormInput
    let problem: Problem?

    func form(action: String, csrf: String) -> Form {
        let fields = [measure, value, day]
        let errors = fields.compactMap { field in field.error.map { ErrorLine(href: "#\(field.id)", text: $0) } }
        return Form(
            action: action, csrf: csrf,
            groups: [Form.Group(title: language.of("Đặt chỉ tiêu", "Set a target"), fields: fields)],
            hasErrors: !errors.isEmpty, errors: errors, button: language.of("Đặt chỉ tiêu", "Set the target"))
    }

    /// The target that was typed; a share of at most 200 %, since a unit can have more people than expected.
    static func target(of scope: QualityScope, _ input: FormInput) throws(Problem) -> QualityTarget {
        let text = input["value"].replacing(",", with: ".").filter { !$0.isWhitespace && $0 != "%" }
        guard let measure = QualityMeasure(rawValue: input["measure"]), let percent = Double(text), percent.isFinite,
            (0...(measure == .coverage ? 200 : 100)).contains(percent)
        else { throw .value }
        guard let due = input.day("due") else { throw .day }
        return QualityTarget(
            unit: scope.unit, set: scope.set, measure: measure, due: due,
            perMillion: Int((percent * 10_000).rounded()))
    }

    private var measure: Field {
        let options = QualityMeasure.allCases.enumerated().map { index, measure in
            Field.Option(
                id: index == 0 ? "measure" : "measure-\(index)", value: measure.rawValue,
                label: language.of(measure.title), chosen: measure.rawValue == input["measure"])
        }
        return Field(
            "measure", id: "measure", Sentence("Số đo", "Measure"),
            hint: Sentence("Số đo phải đạt chỉ tiêu.", "The measure that is to reach the target."), error: nil,
            select: options, in: language)
    }

    private var value: Field {
        Field(
            "value", id: "value", Sentence("Cần đạt, phần trăm", "To reach, in per cent"),
            hint: Sentence("Từ 0 đến 100; với độ phủ đến 200.", "0 to 100; for coverage up to 200."),
            error: problem == .value
                ? language.of("Ghi một số phần trăm, ví dụ 98,5.", "Write a percentage, as 98.5.") : nil,
            text: Field.Text(value: input["value"], keyboard: "decimal", width: "short", spellcheck: "false"),
            in: language)
    }

    private var day: Field {
        Field(
            "due", id: "due-day", Sentence("Trước hết ngày", "By the end of"),
            hint: Sentence("Ngày phải đạt chỉ tiêu.", "The day by which it is to be reached."),
            error: problem == .day ? language.of("Ghi đủ ngày, tháng, năm.", "Write day, month and year.") : nil,
            date: Field.DateBoxes(
                day: input["due-day"], month: input["due-month"], year: input["due-year"], partial: false),
            in: language)
    }
}
