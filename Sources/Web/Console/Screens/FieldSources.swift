import Civil
import Ledger
import Population

/// Nguồn của từng trường: the last standing act that stated each group of facts of a person.
struct FieldSources: Sendable {
    private let texts: [PersonField: String]

    init(_ entries: [HistoryEntry], of person: Int64, _ words: ValueWords) {
        var texts: [PersonField: String] = [:]
        let annulled = RecordedAct.annulled(among: entries.compactMap(\.recorded))
        for entry in entries where !annulled.contains(entry.act.id) {
            guard let content = entry.content else { continue }
            let source =
                entry.act.kind == .collected ? Sentence("Phiếu DC01", "Sheet DC01") : entry.act.kind.title
            let text = "\(words.language.of(source)), \(DayText.vietnamese(entry.act.recorded.dayInVietnam))"
            for field in content.statedFields(of: person).fields { texts[field] = text }
        }
        self.texts = texts
    }

    func text(of field: PersonField) -> String? { texts[field] }
}

extension ActContent {
    /// The groups of facts that the act states of the person, verified or not.
    fileprivate func statedFields(of person: Int64) -> PersonFieldSet {
        guard case .collected(let sheet) = self else { return verifiedFields(of: person) }
        var fields = PersonFieldSet(details: sheet.details)
        if sheet.permanent != nil { fields.insert(PersonFieldSet(.permanentResidence)) }
        if sheet.current != nil { fields.insert(PersonFieldSet(.currentResidence)) }
        if sheet.numberTaken { fields.insert(PersonFieldSet(.number)) }
        if sheet.father != nil || sheet.mother != nil || sheet.spouse != nil {
            fields.insert(PersonFieldSet(.familyAndRepresentation))
        }
        if sheet.relation != nil { fields.insert(PersonFieldSet(.relationToHead)) }
        return fields
    }
}
