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
        Numbering.obstacle(for: state, findings: try openFindings(of: state))
    }

    /// What still stands against the sheet that the record began with: what a source verified, a merge joined or an
    /// officer decided does not.
    private func openFindings(of state: PersonState) throws -> Set<FindingCode> {
        guard let sheet = state.sheet else { return [] }
        let findings = try connection.rows(
            "SELECT DISTINCT code, field FROM sheet_finding WHERE sheet_id = ?", [.integer(sheet)]
        ) { row in
            FindingCode(rawValue: try row.text(0)).map { OpenFinding(code: $0, field: (try? row.text(1)) ?? "") }
        }
        var open = Set(findings.compactMap { $0 }.filter { $0.isOpen(for: state) }.map(\.code))
        if open.contains(.duplicate), try isDecided(sheet) { open.remove(.duplicate) }
        return open
    }

    /// Whether an officer has decided on every held sheet that is said to be of the same person.
    private func isDecided(_ sheet: Int64) throws -> Bool {
        let waiting = try connection.first(
            """
            SELECT count(*) FROM sheet_finding f LEFT JOIN sheet s ON s.sheet_id = f.other
            LEFT JOIN sheet_decision d ON d.sheet_id = f.other
            WHERE f.sheet_id = ? AND f.code = ? AND (s.fate IS NULL OR s.fate <> ? OR d.sheet_id IS NULL)
            """,
            [.integer(sheet), .text(FindingCode.duplicate.rawValue), .integer(SheetFate.held.rawValue)]
        ) { try $0.int(0) }
        return waiting == 0
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
