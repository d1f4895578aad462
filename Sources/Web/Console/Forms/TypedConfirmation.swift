import Civil
import Population

/// Gõ lại để xác nhận: before what cannot simply be undone is recorded, the officer types a few characters out of the
/// very record, so that a wrong page open in a browser records nothing.
package struct TypedConfirmation: Equatable, Sendable {
    /// What is to be typed: the last four digits of the number, or the year of birth of somebody without one.
    let expected: String
    let label: String
    let hint: String
    let problem: String?

    /// - Parameter isAskedAgain: something else was typed.
    init(of state: PersonState, isAskedAgain: Bool = false, in language: PageLanguage) {
        let isNumber: Bool
        if let number = state.number {
            (expected, isNumber) = (String(number.suffix(4)), true)
        } else {
            (expected, isNumber) = (state.details.birth.map { String($0.year) } ?? "0000", false)
        }
        label = language.of(
            isNumber
                ? Sentence("Gõ lại bốn số cuối của số định danh", "Type the last four digits of the personal number")
                : Sentence("Gõ lại năm sinh của người này", "Type the person's year of birth"))
        hint = language.of(
            "Việc này không sửa lại được bằng một lần bấm; đối chiếu với giấy tờ rồi gõ (không rõ thì gõ 0000).",
            "This is not undone by a click; compare with the papers, then type it (0000 where it is not known).")
        problem =
            isAskedAgain
            ? language.of(
                "Chưa khớp với bản ghi đang mở; kiểm tra đúng người rồi gõ lại.",
                "It does not match the record that is open; make sure who it is and type it again.") : nil
    }

    func isGiven(by text: String) -> Bool { text == expected }

    static let field = "confirm"
}

extension GuidedForm {
    /// Việc khó đảo ngược: what ends a life, a number, an act or a merge on the record.
    var isIrreversible: Bool {
        switch self {
        case .death, .numberCancelled, .annulment, .unmerge: true
        case .correction, .permanentResidence, .temporaryResidence, .stay, .absence, .birth, .marriage, .divorce,
            .householdSplit, .headChange, .householdJoin, .householdLeave, .numberAssigned, .numberReestablished:
            false
        }
    }
}
