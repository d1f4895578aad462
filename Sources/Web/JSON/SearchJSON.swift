import Civil
import Ledger
import Linkage
import Population

/// Kết quả tra cứu, as programs read it.
package enum SearchJSON {
    package static func answer(_ answer: SearchAnswer, in register: PopulationRegister) -> JSONValue {
        .object([
            "results": .array(answer.results.map { result($0, register) }), "next": CommonJSON.text(answer.next?.text),
            "receipt": .string(String(answer.receipt)), "demonstration": .bool(register.kind == .demonstration),
        ])
    }

    package static func result(_ result: SearchResult, _ register: PopulationRegister) -> JSONValue {
        let state = result.state
        let permanent = state.permanentResidence?.address.unit
        let current = (state.currentResidence ?? state.temporaryResidence)?.address.unit
        return .object([
            "handle": .string(result.handle), "name": CommonJSON.text(state.details.name),
            "date_of_birth": CommonJSON.date(state.details.birth), "sex": CommonJSON.sex(state.details.sex),
            "life": .string(state.life.status.rawValue),
            "permanent_commune": CommonJSON.unit(permanent, register.units),
            "current_commune": CommonJSON.unit(current, register.units), "score": .integer(Int64(result.score)),
            "reasons": .array(
                result.reasons.map {
                    .object([
                        "code": .string($0.code), "vi": .string($0.sentence.vietnamese),
                        "en": .string($0.sentence.english),
                    ])
                }),
        ])
    }
}

/// A search as somebody writes it: every value a text, read with a refusal that names the field.
package struct SearchForm: RequestBody, Sendable {
    package var name: String?
    package var born: String?
    package var yearsAround: Int?
    package var sex: String?
    package var unit: String?
    package var parent: String?
    package var oldNumber: String?
    package var limit: Int?
    package var after: String?
    package var purpose: String?

    enum CodingKeys: String, CodingKey {
        case name, born, sex, unit, parent, limit, after, purpose
        case yearsAround = "years_around"
        case oldNumber = "old_number"
    }

    package init(
        name: String? = nil, born: String? = nil, yearsAround: Int? = nil, sex: String? = nil, unit: String? = nil,
        parent: String? = nil, oldNumber: String? = nil, limit: Int? = nil, after: String? = nil
    ) {
        self.name = name
        self.born = born
        self.yearsAround = yearsAround
        self.sex = sex
        self.unit = unit
        self.parent = parent
        self.oldNumber = oldNumber
        self.limit = limit
        self.after = after
    }

    /// The search that is meant; units without a set are those of today, or of before where today has no such code.
    package func search(in register: PopulationRegister) throws -> PersonSearch {
        var search = PersonSearch(
            name: name, yearsAround: yearsAround, parent: parent, oldNumber: oldNumber.map(SearchForm.digits),
            limit: limit ?? PersonSearch.usualLimit)
        if let born = SearchForm.filled(born) {
            guard let date = try? PartialDate.parse(written: born, notAfter: register.surroundings.today) else {
                throw WebRefusal.dateMalformed(field: "born")
            }
            search.birth = date
        }
        if let sex = SearchForm.filled(sex) {
            guard let parsed = try? Sex.parse(sex) else { throw WebRefusal.bodyMalformed(field: "sex") }
            search.sex = parsed
        }
        if let unit = SearchForm.filled(unit) {
            guard let found = register.units.unit(named: unit, on: register.surroundings.today) else {
                throw SearchRefusal.unitUnknown
            }
            search.unit = found.code
        }
        if let after = SearchForm.filled(after) {
            guard let cursor = SearchCursor(parsing: after) else { throw WebRefusal.bodyMalformed(field: "after") }
            search.after = cursor
        }
        return search
    }

    private static func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    /// Digits as people group them, without what stands between.
    private static func digits(_ text: String) -> String {
        String(text.unicodeScalars.filter { ![" ", ".", "-"].contains($0) }.map(Character.init))
    }
}
