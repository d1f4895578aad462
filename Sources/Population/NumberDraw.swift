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

    /// What keeps the person from getting a number by law or by what is not settled yet; nil when nothing does.
    func obstacle(for state: PersonState) throws -> NumberingObstacle? {
        Numbering.obstacle(for: state, findings: try findings(of: state.sheet))
    }

    private func findings(of sheet: Int64?) throws -> Set<FindingCode> {
        guard let sheet else { return [] }
        return Set(
            try connection.rows(
                "SELECT DISTINCT code FROM sheet_finding WHERE sheet_id = ?", [.integer(sheet)]
            ) { FindingCode(rawValue: try $0.text(0)) }.compactMap { $0 })
    }

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
