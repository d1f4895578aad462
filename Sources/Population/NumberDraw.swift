import Civil
import Database
import Ledger

/// Lấy số ngẫu nhiên: draws a number that nobody has or had, of the person's place and year of birth and sex
/// (Nghị định 137/2015/NĐ-CP, Điều 13).
struct NumberDraw {
    let context: RecordingContext
    let connection: Connection

    /// A drawn number that is taken is drawn anew, so often at most.
    private static let most = 100

    /// Nil when place of birth registration, year of birth or sex are not known, or no number is left.
    func number(for state: PersonState) throws -> PersonalIdentificationNumber? {
        guard let place = state.details.birthRegistrationPlace?.unit, let sex = state.details.sex,
            let year = state.details.birth?.year,
            let province = context.units.ancestor(of: place, at: .province)
        else { return nil }
        let prefix = Numbering.prefix(province: province.code.code, demonstration: context.demonstration)
        for _ in 0..<NumberDraw.most {
            guard
                let number = Numbering.draw(
                    prefix: prefix, sex: sex, birthYear: year, random: context.surroundings.random)
            else { return nil }
            if try NumberStore().holder(of: number.digits, on: connection) == nil { return number }
        }
        return nil
    }
}
