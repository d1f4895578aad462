import Access
import Civil
import Database
import Foundation
import Ledger

/// A request that has been understood: the content with the register's own keys, and whom it concerns.
struct RequestReading {
    var content: ActContent
    /// The streams that the act goes into, persons first.
    var subjects: [Subject]
    /// Those of the subjects that are persons.
    var persons: Set<Int64>
    /// Persons whom the content names without the act being about them (a newborn's parents).
    var relatives: Set<Int64>
    var households: Set<Int64>
    /// The handle of a person or household that begins with this act.
    var created: Handle?
    /// Parents whose names the register itself has put into the content; recording it is a look at them.
    var namedParents: [Int64] = []
}

/// Turns an officer's JSON into the content of an act: handles and numbers into keys, addresses into units, words of
/// code lists into codes.
struct RequestReader {
    let context: RecordingContext
    let connection: Connection
    /// Whoever asks: a number of somebody who lives elsewhere is nobody's to them, and so is whoever is sealed.
    let requester: Requester

    static let personKeys: Set<String> = [
        "person", "head", "child", "parent", "ward", "duplicate", "into",
    ]
    static let householdKeys: Set<String> = ["household", "splitFrom"]
    private static let actKeys: Set<String> = ["act", "corrects"]
    private static let addressKeys: Set<String> = ["address", "birthRegistrationPlace", "birthPlace", "origin"]

    func read(_ request: ActRequest) throws -> RequestReading {
        do {
            return try understand(request)
        } catch let refusal as RequestRefusal {
            throw RecordingRefusal.request(refusal)
        } catch let refusal as Refusal {
            throw RecordingRefusal.rule(refusal)
        }
    }

    private func understand(_ request: ActRequest) throws -> RequestReading {
        var persons: [Int64] = []
        for text in request.persons ?? [] {
            let id = try person(text, field: "persons")
            if !persons.contains(id) { persons.append(id) }
        }
        var relatives: Set<Int64> = []
        var households: [Int64] = []
        let day = request.effective?.earliest ?? context.today
        if let field = request.content?.fieldWrittenTwice { throw RequestRefusal.unreadable(field) }
        var body = try (request.content ?? .object([:])).mapped { key, value in
            let name = FieldNames.camel(key)
            guard case .string(let text) = value else { return (name, value) }
            if RequestReader.personKeys.contains(name) {
                let id = try person(text, field: key)
                relatives.insert(id)
                return (name, .integer(id))
            }
            if RequestReader.householdKeys.contains(name) {
                let id = try household(text, field: key)
                households.append(id)
                return (name, .integer(id))
            }
            if RequestReader.actKeys.contains(name) {
                guard let id = Int64(text) else { throw RequestRefusal.unreadable(key) }
                return (name, .integer(id))
            }
            if RequestReader.addressKeys.contains(name) { return (name, try address(text, field: key, on: day)) }
            if let code = try WrittenCode.code(of: text, for: name, on: day, field: key) {
                return (name, .string(code))
            }
            return (name, .string(try WrittenValue.standard(text, for: name, field: key)))
        }
        switch request.kind {
        case .collected, .batchReceived, .sheetHeld, .sheetDecided, .findingNoted, .relativeLinked, .retentionRuled,
            .registerChanged, .accessChanged, .cardChanged:
            throw Refusal.contentNotForOfficers
        default: break
        }
        try drawNumber(request.kind, for: persons, &body)
        try endNumber(request.kind, &body)
        try nameMergedSpouses(request.kind, &body)
        let namedParents = try nameParents(request.kind, &body)
        let created = create(request.kind, &body)
        let content = try decode(request.kind, body)
        try requireKnownFields(body, in: content)
        try requireCommune(in: content)
        if case .annulled(let annulment) = content { return try about(annulment.act, content) }
        if case .eventConfirmed(let confirmation) = content { return try about(confirmation.act, content) }
        let about = content.persons(named: relatives)
        if persons.isEmpty, about.isEmpty, created == nil, content.households.isEmpty {
            throw RequestRefusal.personsMissing
        }
        let subjectPersons = persons + about.filter { !persons.contains($0) }.sorted()
        let subjectHouseholds = content.households
        return RequestReading(
            content: content,
            subjects: subjectPersons.map { .person($0) } + subjectHouseholds.map { .household($0) },
            persons: Set(subjectPersons), relatives: relatives,
            households: Set(households).union(subjectHouseholds), created: created, namedParents: namedParents)
    }

    /// An annulment, or a confirmation, goes into the streams of the act that it names.
    private func about(_ act: Int64, _ content: ActContent) throws -> RequestReading {
        guard let target = try context.acts.act(ActID(rawValue: act), on: connection) else {
            throw Refusal.actNotFound
        }
        let subjects = target.act.subjects.map(\.subject).filter { $0.kind != .set }
        let persons = Set(subjects.filter { $0.kind == .person }.map(\.id))
        if try hides(persons) { throw Refusal.actNotFound }
        return RequestReading(
            content: content, subjects: subjects, persons: persons, relatives: [],
            households: Set(subjects.filter { $0.kind == .household }.map(\.id)), created: nil)
    }

    /// Draws the number that a request leaves to the register; a person whose number cannot be drawn is refused.
    private func drawNumber(_ kind: ActKind, for persons: [Int64], _ body: inout JSONValue) throws {
        guard kind == .numberAssigned || kind == .numberReestablished, case .object(var object) = body,
            object["number"] == nil, persons.count == 1, let person = persons.first,
            let state = try PersonStore().person(person, on: connection)?.state
        else { return }
        // What stands in the way of a number tells of the record: only to whom the act is allowed.
        let question = ActQuestion(kind: kind, places: state.places(on: context.today))
        if case .refused(let refusal) = AccessPolicy.decide(requester, act: question) {
            throw RecordingRefusal.access(refusal)
        }
        let draw = NumberDraw(context: context, connection: connection)
        let obstacle =
            kind == .numberAssigned ? try draw.obstacle(for: state) : Numbering.obstacle(for: state, findings: [])
        // Whoever has a number already is told so by the rules.
        if let obstacle, state.number == nil || kind == .numberReestablished {
            throw RequestRefusal.noNumber(obstacle)
        }
        guard let number = try draw.number(for: state) else { throw RequestRefusal.noNumber(.noBirthRegistration) }
        object["number"] = .string(number.digits)
        body = .object(object)
    }

    /// Writes down which number ends with a merge, and is in force again when it is undone.
    private func endNumber(_ kind: ActKind, _ body: inout JSONValue) throws {
        guard kind == .mergedWith || kind == .unmerged, case .object(var object) = body else { return }
        guard object["number"] == nil else { throw RequestRefusal.unreadable("number") }
        guard object["rule"] == nil else { throw RequestRefusal.unreadable("rule") }
        guard case .integer(let duplicate) = object["duplicate"],
            let state = try PersonStore().person(duplicate, on: connection)?.state
        else { return }
        let number = kind == .mergedWith ? state.number : state.cancelledNumbers.last { $0.ground == nil }?.number
        object["number"] = number.map { .string($0) }
        body = .object(object)
    }

    /// Writes down which merged records stand as the spouse of one of a couple that is divorced.
    private func nameMergedSpouses(_ kind: ActKind, _ body: inout JSONValue) throws {
        guard kind == .divorced, case .object(var object) = body else { return }
        guard object["merged"] == nil else { throw RequestRefusal.unreadable("merged") }
        guard case .array(let spouses) = object["spouses"] else { return }
        let couple = spouses.compactMap { spouse -> Int64? in
            guard case .integer(let id)? = spouse["person"] else { return nil }
            return id
        }
        let merged = try couple.compactMap { id -> Int64? in
            guard let spouse = try PersonStore().person(id, on: connection)?.state.spouse?.person,
                !couple.contains(spouse),
                let remaining = try PersonStore().remaining(of: spouse, on: connection)?.state.person,
                couple.contains(remaining)
            else { return nil }
            return spouse
        }
        guard !merged.isEmpty else { return }
        object["merged"] = .array(merged.map { .integer($0) })
        body = .object(object)
    }

    /// Writes the names of parents who are named as persons of the register alone, as a certificate does.
    ///
    /// That of somebody who is protected stays where it is. Whose names are put in is given back.
    private func nameParents(_ kind: ActKind, _ body: inout JSONValue) throws -> [Int64] {
        guard kind == .registeredAtBirth, case .object(var object) = body else { return [] }
        var named: [Int64] = []
        for key in ["father", "mother"] {
            guard case .object(var parent)? = object[key], parent["name"] ?? .null == .null,
                case .integer(let id)? = parent["person"],
                let name = try PersonStore().person(id, on: connection)?.state.details.name,
                try !StandingSeals(of: [id], at: context.surroundings.now(), on: connection).isSealed(id)
            else { continue }
            parent["name"] = .string(name)
            object[key] = .object(parent)
            named.append(id)
        }
        body = .object(object)
        return named
    }

    /// Gives a newborn, or a new household, its key and handle.
    private func create(_ kind: ActKind, _ body: inout JSONValue) -> Handle? {
        guard case .object(var object) = body else { return nil }
        let key: String
        switch kind {
        case .registeredAtBirth: key = "person"
        case .householdFormed, .householdSplit: key = "household"
        default: return nil
        }
        let handle = Handle(random: context.surroundings.random(16))
        object[key] = .integer(context.surroundings.randomID())
        object["handle"] = .string(handle.text)
        if key == "household", object["members"] == nil { object["members"] = .array([]) }
        body = .object(object)
        return handle
    }

    private func decode(_ kind: ActKind, _ body: JSONValue) throws -> ActContent {
        let form = JSONValue.object(["body": body, "form": .string("\(kind.rawValue)/1")])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try ActContent(kind: kind, canonicalBytes: Array(try encoder.encode(form)))
        } catch {
            let field = (error as? DamagedContent)?.field.map(FieldNames.snake)
            throw RequestRefusal.unreadable(field ?? "content: \(kind.rawValue)")
        }
    }

    /// A field that the kind does not have is refused: a slip in its name must not lose what was written.
    private func requireKnownFields(_ body: JSONValue, in content: ActContent) throws {
        let form = try JSONDecoder().decode(JSONValue.self, from: Data(try content.canonicalBytes()))
        if let field = body.unknownField(beside: form["body"] ?? .null) {
            throw RequestRefusal.unreadable(FieldNames.snake(field))
        }
    }

    /// Somebody lives in a commune: a district or province alone is not where, and no commune would have the person.
    private func requireCommune(in content: ActContent) throws {
        switch content {
        case .permanentResidenceRegistered(let registration), .temporaryResidenceRegistered(let registration),
            .moved(let registration):
            guard let unit = registration.address.unit, context.units.isLowest(unit) else {
                throw RequestRefusal.communeMissing(field: "address")
            }
        default: break
        }
    }

    private func person(_ text: String, field: String) throws -> Int64 {
        guard let selector = PersonSelector(parsing: text),
            let row = try PopulationRegister.find(selector, on: connection), isNamed(row.state, by: selector)
        else { throw RequestRefusal.unknownPerson(field: field) }
        if try hides([row.state.person]) { throw RequestRefusal.unknownPerson(field: field) }
        // Books know nothing of merges: what they say of a merged record is said of the one that goes on.
        guard requester.role.isVerifiedSource, let goesOn = row.state.mergedInto else { return row.state.person }
        guard let remaining = try PersonStore().remaining(of: goesOn, on: connection)?.state.person,
            try !hides([remaining])
        else { throw RequestRefusal.unknownPerson(field: field) }
        return remaining
    }

    private func hides(_ persons: Set<Int64>) throws -> Bool {
        let seals = try StandingSeals(of: persons, at: context.surroundings.now(), on: connection)
        return persons.contains { seals.hides($0, from: requester) }
    }

    /// Whether the one who asks may name that person so; handles are given by looks alone and cannot be guessed.
    private func isNamed(_ state: PersonState, by selector: PersonSelector) -> Bool {
        switch selector {
        case .handle, .exact: true
        case .number: requester.jurisdiction.reaches(state.places(on: context.today))
        }
    }

    /// A household by its own handle, or by somebody who is in it now.
    private func household(_ text: String, field: String) throws -> Int64 {
        if let handle = Handle(parsing: text), let row = try PersonStore().household(handle: handle, on: connection) {
            return row.state.household
        }
        guard let selector = PersonSelector(parsing: text),
            let member = try PopulationRegister.find(selector, on: connection)?.state, isNamed(member, by: selector),
            let household = member.household?.household, try !hides([member.person])
        else { throw RequestRefusal.unknownHousehold(field: field) }
        return household
    }

    private func address(_ text: String, field: String, on day: CalendarDate) throws -> JSONValue {
        let resolver = UnitResolver(directory: context.units)
        // Where somebody lives has the name of that day; where they come from has the one of its own time.
        let isPast = FieldNames.camel(field) != "address"
        switch isPast ? resolver.resolve(text, onOrBefore: day) : resolver.resolve(text, on: day) {
        case .unit(let unit, let detail):
            let written: Address
            do {
                written = try Address(parsing: text)
            } catch {
                throw RequestRefusal.unreadable(field)
            }
            let address = written.resolved(to: unit.code, detail: detail)
            return try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(address))
        case .candidates(let candidates, _):
            throw RequestRefusal.unresolvedAddress(
                field: field, candidates: candidates.prefix(5).map { context.units.path(of: $0.unit.code) })
        case .nothing:
            throw RequestRefusal.unresolvedAddress(field: field, candidates: [])
        }
    }

}

extension ActContent {
    /// Whom the act is about, among those whom the content names; a newborn is, its parents are not.
    fileprivate func persons(named: Set<Int64>) -> Set<Int64> {
        switch self {
        case .registeredAtBirth(let birth): [birth.person]
        case .adopted(let adoption): Set(adoption.parents.compactMap(\.person) + [adoption.child])
        default: named
        }
    }
}

extension JSONValue {
    /// A field whose name stands there in both spellings (`other_name`, `otherName`): one of them would be lost.
    fileprivate var fieldWrittenTwice: String? {
        switch self {
        case .object(let object):
            var names: Set<String> = []
            for (key, value) in object.sorted(by: { $0.key < $1.key }) {
                guard names.insert(FieldNames.camel(key)).inserted else { return key }
                if let field = value.fieldWrittenTwice { return field }
            }
            return nil
        case .array(let array): return array.lazy.compactMap(\.fieldWrittenTwice).first
        case .null, .bool, .integer, .number, .string: return nil
        }
    }

    /// The first field that has a value here and is not there.
    fileprivate func unknownField(beside known: JSONValue) -> String? {
        switch (self, known) {
        case (.object(let object), .object(let other)):
            for (key, value) in object.sorted(by: { $0.key < $1.key }) where value != .null {
                guard let there = other[key] else { return key }
                if let field = value.unknownField(beside: there) { return field }
            }
            return nil
        case (.array(let array), .array(let other)):
            return zip(array, other).lazy.compactMap { $0.unknownField(beside: $1) }.first
        default: return nil
        }
    }
}
