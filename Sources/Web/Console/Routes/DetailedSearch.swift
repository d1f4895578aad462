import Civil
import Ledger
import Population

/// Tìm theo nhiều điều kiện: a name as it was heard with whatever else is half remembered, each in a field of its own.
struct DetailedSearch {
    static let fields = ["born", "sex", "place", "parent", "old-number"]

    let criteria: PersonSearch
    /// What was typed, in one line.
    let typed: String
    /// What the next page of the search sends again.
    let hidden: [Form.Hidden]

    /// Nil when the form has none of the fields, as the one box has not.
    ///
    /// - Throws: `SearchRefusal`, `WebRefusal`: what cannot be read.
    init?(_ form: FormBody, in register: PopulationRegister) throws {
        guard DetailedSearch.fields.contains(where: { !form[$0].isEmpty }) || form["detail"] == "1" else { return nil }
        func filled(_ name: String) -> String? { form[name].isEmpty ? nil : form[name] }
        var criteria = try SearchForm(
            name: filled("q"), born: filled("born"), sex: filled("sex"), parent: filled("parent"),
            oldNumber: filled("old-number")
        ).search(in: register)
        if let place = filled("place") {
            let resolver = UnitResolver(directory: register.units)
            guard case .unit(let unit, _) = resolver.resolve(place, onOrBefore: register.surroundings.today) else {
                throw SearchRefusal.unitUnknown
            }
            criteria.unit = unit.code
        }
        self.criteria = criteria
        // The old number is not shown again.
        typed = ["q", "born", "place", "parent"].compactMap(filled).joined(separator: ", ")
        hidden =
            [Form.Hidden(name: "detail", value: "1")]
            + DetailedSearch.fields.compactMap { name in filled(name).map { Form.Hidden(name: name, value: $0) } }
    }
}
