import Civil
import Ledger
import Population

/// Người và hộ mà biểu mẫu nói về: what guided forms are filled in from, so that nobody types what is known.
package struct FormSubject: Sendable {
    package let answer: PersonAnswer
    package let household: HouseholdAnswer?
    /// The names of the persons that the record names, by key of the register.
    package let names: [Int64: String]
    /// The communes to choose from: those of the officer's province.
    package let communes: [UnitCode]
    package let units: UnitDirectory
    package let today: CalendarDate
    /// The acts of the record that can be annulled, the latest first.
    let annullable: [HistoryEntry]

    package init(
        answer: PersonAnswer, household: HouseholdAnswer? = nil, names: [Int64: String] = [:], communes: [UnitCode],
        units: UnitDirectory, today: CalendarDate, history: HistoryAnswer? = nil
    ) {
        self.answer = answer
        self.household = household
        self.names = names
        self.communes = communes
        self.units = units
        self.today = today
        annullable = history?.annullable ?? []
    }

    var state: PersonState { answer.state }

    /// Whether the person may be that old; whoever's date of birth is not known may be.
    func mayBe(years: Int) -> Bool {
        guard let birth = state.details.birth else { return true }
        return CalendarDate.years(from: birth.earliest, to: today) >= years
    }

    /// A date as three inputs; what is unknown is "?" so that it is an answer and not an empty box.
    static func date(_ name: String, _ date: PartialDate?) -> [String: String] {
        guard let date else { return [:] }
        return [
            "\(name)-day": date.day.map(String.init) ?? "?", "\(name)-month": date.month.map(String.init) ?? "?",
            "\(name)-year": String(date.year),
        ]
    }

    /// Where somebody lives or will live, as its commune is called today; where that commune went into several, what
    /// stands before it alone, since somebody must choose.
    func residence(_ name: String, _ address: Address?) -> [String: String] {
        guard let address else { return [:] }
        guard let unit = address.unit, units.unit(unit) != nil else { return place(name, address) }
        var known = commune(name, address)
        if !address.detail.isEmpty { known["\(name)-detail"] = address.detail }
        return known
    }

    /// An address as commune and detail; one of another province, or of before a reorganisation, as text.
    func place(_ name: String, _ address: Address?) -> [String: String] {
        guard let address else { return [:] }
        if let unit = address.unit, communes.contains(unit) {
            return ["\(name)-commune": FormSubject.code(unit), "\(name)-detail": address.detail]
        }
        if let unit = address.unit, units.unit(unit) != nil {
            return ["\(name)-other": units.path(of: unit), "\(name)-detail": address.detail]
        }
        return ["\(name)-other": address.written]
    }

    /// The commune of an address alone, as it is called today; nothing where it went into several.
    func commune(_ name: String, _ address: Address?) -> [String: String] {
        guard let unit = address?.unit else { return [:] }
        let current: UnitCode
        switch units.successors(of: unit, on: today) {
        case .same: current = unit
        case .one(let successor): current = successor.code
        case .candidates, .none: return [:]
        }
        return communes.contains(current)
            ? ["\(name)-commune": FormSubject.code(current)] : ["\(name)-other": units.path(of: current)]
    }

    static func code(_ unit: UnitCode) -> String { "\(unit.set.rawValue)/\(unit.code)" }

    func unit(_ code: String) -> UnitCode? {
        communes.first { FormSubject.code($0) == code }
    }

    /// How a relative is typed: by handle where the register knows them, else by name and number.
    func known(_ name: String, _ person: PersonReference?) -> [String: String] {
        guard let person else { return [:] }
        let handle = person.person.flatMap(handle(of:))
        return [
            "\(name)-person": handle ?? "", "\(name)-name": self.name(of: person),
            "\(name)-number": person.number ?? "",
        ].filter { !$0.value.isEmpty }
    }

    func name(of person: PersonReference) -> String {
        person.name ?? person.person.flatMap { names[$0] } ?? ""
    }

    var selfReference: PersonReference {
        PersonReference(person: state.person, name: state.details.name, number: state.number)
    }

    /// The handle of a person that the record or household names.
    func handle(of person: Int64) -> String? {
        person == state.person ? answer.handle : answer.persons[person]
    }
}

extension HistoryEntry {
    /// The act, ready to be folded; nil when its contents are not shown.
    var recorded: RecordedAct? {
        content.map {
            RecordedAct(
                id: act.id, version: version, effective: act.effective, recorded: act.recorded, content: $0,
                isFromBook: act.isFromBook)
        }
    }
}

extension HistoryAnswer {
    /// The acts whose contents are shown, ready to be folded.
    var recordedActs: [RecordedAct] { entries.compactMap(\.recorded) }

    /// The acts that stand and are of a kind that is annulled, the latest first.
    fileprivate var annullable: [HistoryEntry] {
        let annulled = RecordedAct.annulled(among: recordedActs)
        return entries.reversed().filter { $0.act.kind.canBeAnnulled && !annulled.contains($0.act.id) }
    }
}
