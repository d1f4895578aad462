import Civil
import Database
import Ledger

/// What a decided piece becomes: identifiers, links between relatives, and the drafts of its acts.
struct PiecePlan {
    struct Draft {
        var draft: ActDraft
        var content: ActContent
        var fate: SheetFate
    }

    private(set) var sheets: [StandardSheet]
    private let keys: [[UInt64]]
    private let batch: Int64
    /// For each row, the person it becomes.
    let persons: [Int64?]
    /// For each household of the file with at least one accepted row, its key.
    private var households: [UInt32: Int64] = [:]
    /// The handles of all new persons and households.
    private(set) var handles: [Int64: Handle] = [:]

    init(decision: PieceDecision, batch: Int64, surroundings: Surroundings) {
        sheets = decision.sheets
        keys = decision.keys
        self.batch = batch
        var persons: [Int64?] = []
        var neighbours = NeighbouringKeys(surroundings)
        for (row, sheet) in decision.sheets.enumerated() {
            guard decision.accepted[row] else {
                persons.append(nil)
                continue
            }
            let person = neighbours.next()
            handles[person] = Handle(random: surroundings.random(16))
            persons.append(person)
            if households[sheet.group] == nil {
                let household = neighbours.next()
                households[sheet.group] = household
                handles[household] = Handle(random: surroundings.random(16))
            }
        }
        self.persons = persons
    }

    // MARK: Relatives

    /// Findings on sheets of earlier pieces and batches.
    private(set) var marks: [(sheet: Int64, finding: SheetFinding)] = []

    /// Binds fathers, mothers and spouses to persons: by number, or by name inside the household.
    mutating func linkRelatives(known: [String: KnownRelative]) {
        var holders = known.mapValues(\.holder)
        for (row, sheet) in sheets.enumerated() where sheet.numberFits {
            if let person = persons[row], let number = sheet.number {
                holders[number.digits] = NumberHolder(person: person, name: sheet.name, sex: sheet.details.sex)
            }
        }
        var start = 0
        while start < sheets.count {
            var end = start + 1
            while end < sheets.count, sheets[end].group == sheets[start].group { end += 1 }
            takeSexes(start..<end)
            for row in start..<end { link(row, in: start..<end, holders) }
            restoreMarks(start..<end)
            start = end
        }
        let known = Dictionary(known.values.map { ($0.holder.person, $0) }) { first, _ in first }
        findYoungParents(known)
        findSharedSpouses(known)
    }

    /// Takes the sex that a sheet leaves open from the household's other sheets: who is somebody's father is a man, and
    /// of a couple whose one sex is written the other has the other one (Luật 52/2014/QH13, Điều 8).
    ///
    /// Only where one sheet of the household has the name, and all that speak of it agree; the finding stays.
    private mutating func takeSexes(_ household: Range<Int>) {
        for row in household where sheets[row].details.sex == nil {
            guard let name = sheets[row].name,
                household.allSatisfy({ $0 == row || sheets[$0].name?.key != name.key }),
                let finding = sheets[row].findings.firstIndex(where: { $0.code == .missingSex })
            else { continue }
            func isNamed(_ reference: PersonReference?) -> Bool {
                guard let reference, let written = reference.name, Folding.key(written) == name.key else {
                    return false
                }
                return reference.number == nil || reference.number == sheets[row].number?.digits
            }
            var sexes: Set<Sex> = []
            for other in household where other != row {
                if isNamed(sheets[other].father) { sexes.insert(.male) }
                if isNamed(sheets[other].mother) { sexes.insert(.female) }
                let isSpouse =
                    isNamed(sheets[other].spouse)
                    || sheets[row].spouse?.name.map { Folding.key($0) == sheets[other].name?.key } ?? false
                if isSpouse, let sex = sheets[other].details.sex { sexes.insert(sex == .male ? .female : .male) }
            }
            guard sexes.count == 1, let sex = sexes.first else { continue }
            sheets[row].details.sex = sex
            sheets[row].findings[finding].candidates = [sex.rawValue]
        }
    }

    /// Takes the marks of a name that was written without them from the sheets of the same household, where those who
    /// name the person as father, mother or spouse all write it in one way.
    ///
    /// They know better than the other names of the file; where they disagree, nobody is believed. What was written
    /// stays in the record.
    private mutating func restoreMarks(_ household: Range<Int>) {
        for row in household {
            guard let name = sheets[row].name,
                let finding = sheets[row].findings.firstIndex(where: { $0.code == .noDiacritics })
            else { continue }
            var spellings: Set<String> = []
            for other in household where other != row {
                for reference in [sheets[other].father, sheets[other].mother, sheets[other].spouse] {
                    guard let written = reference?.name, Folding.key(written) == name.key, written != name.standard,
                        let spelling = try? PersonName(parsing: written)
                    else { continue }
                    spellings.insert(spelling.standard)
                }
            }
            guard let spelling = spellings.first else { continue }
            let agreed = spellings.count == 1
            sheets[row].details.name = agreed ? spelling : name.standard
            sheets[row].findings[finding].candidates = spellings.sorted()
        }
    }

    private mutating func link(_ row: Int, in household: Range<Int>, _ holders: [String: NumberHolder]) {
        let spouseSex: Sex? = sheets[row].details.sex.map { $0 == .male ? .female : .male }
        let father = bound(sheets[row].father, (.male, .male), row, household, holders)
        let mother = bound(sheets[row].mother, (.female, .female), row, household, holders)
        let spouse = bound(sheets[row].spouse, (nil, spouseSex), row, household, holders)
        for (reference, field) in [
            (father, SheetColumn.fatherNumber), (mother, .motherNumber), (spouse, .spouseNumber),
        ] where reference.contradicted {
            sheets[row].found(.relativeNumberMismatch, field)
        }
        sheets[row].father = father.reference
        sheets[row].mother = mother.reference
        sheets[row].spouse = spouse.reference
    }

    /// The reference with the person it surely means; whether its number is of somebody who cannot be meant.
    ///
    /// `sex` is what the sex must be where the number names the person, and where only the name does.
    private func bound(
        _ written: PersonReference?, _ sex: (byNumber: Sex?, byName: Sex?), _ row: Int, _ household: Range<Int>,
        _ holders: [String: NumberHolder]
    ) -> (reference: PersonReference?, contradicted: Bool) {
        guard var reference = written else { return (nil, false) }
        var contradicted = false
        if let holder = reference.number.flatMap({ holders[$0] }) {
            if holder.person != persons[row], holder.fits(reference, sex: sex.byNumber) {
                reference.person = holder.person
                return (reference, false)
            }
            contradicted = true
        }
        if let name = reference.name {
            let key = Folding.key(name)
            let others = household.filter { other in
                other != row && persons[other] != nil && sheets[other].name?.key == key
                    && (sex.byName == nil || sheets[other].details.sex == nil
                        || sheets[other].details.sex == sex.byName)
            }
            // Two of the same name: nobody is guessed.
            if others.count == 1, let other = others.first { reference.person = persons[other] }
        }
        return (reference, contradicted)
    }

    private mutating func findYoungParents(_ known: [Int64: KnownRelative]) {
        var births = known.compactMapValues(\.birth)
        for (row, person) in persons.enumerated() {
            if let person, let birth = sheets[row].details.birth { births[person] = birth }
        }
        for row in sheets.indices {
            guard let birth = sheets[row].details.birth else { continue }
            for (reference, field) in [
                (sheets[row].father, SheetColumn.fatherName), (sheets[row].mother, .motherName),
            ] {
                guard let parent = reference?.person.flatMap({ births[$0] }), parent.latest >= birth.earliest else {
                    continue
                }
                sheets[row].found(.parentNotOlder, field)
            }
        }
    }

    /// Marks the sheets that name as wife or husband somebody who is also another one's.
    private mutating func findSharedSpouses(_ known: [Int64: KnownRelative]) {
        var rows: [Int64: Int] = [:]
        for (row, person) in persons.enumerated() {
            if let person { rows[person] = row }
        }
        var claims = SpouseClaims()
        var asked: Set<Int64> = []
        for (row, person) in persons.enumerated() {
            guard let person, let spouse = sheets[row].spouse?.person, isMarried(row),
                rows[spouse].map({ !sheets[$0].dead }) ?? !(known[spouse]?.isDead ?? false)
            else { continue }
            claims.add(person, names: spouse, in: .row(row))
            guard let relative = known[spouse], asked.insert(spouse).inserted else { continue }
            for partner in relative.partners {
                claims.add(partner.person, names: spouse, in: partner.sheet.map { .sheet($0) } ?? .act)
            }
        }
        for places in claims.conflicts(rowsOf: rows) { mark(places) }
    }

    /// Whether the sheet's person lives and is not divorced or widowed.
    private func isMarried(_ row: Int) -> Bool {
        !sheets[row].dead && sheets[row].details.maritalStatus?.hasEnded != true
    }

    /// Puts the finding on every sheet of a conflict: the first one names all others, the others name the first.
    ///
    /// So there are never more findings than claims, however many sheets name one person.
    private mutating func mark(_ places: [SpouseClaims.Place]) {
        var ids: [(place: SpouseClaims.Place, sheet: Int64?)] = []
        for place in places where !ids.contains(where: { $0.place == place }) { ids.append((place, sheet(of: place))) }
        guard let first = ids.first, ids.count > 1 else { return }
        for other in ids.dropFirst() {
            put(SheetFinding(.spouseOfTwo, field: .spouseName, other: other.sheet), on: first.place)
            put(SheetFinding(.spouseOfTwo, field: .spouseName, other: first.sheet), on: other.place)
        }
    }

    private func sheet(of place: SpouseClaims.Place) -> Int64? {
        switch place {
        case .row(let row): SheetID.make(batch: batch, row: sheets[row].place)
        case .sheet(let sheet): sheet
        case .act: nil
        }
    }

    private mutating func put(_ finding: SheetFinding, on place: SpouseClaims.Place) {
        switch place {
        case .row(let row): sheets[row].found(finding.code, .spouseName, other: finding.other)
        case .sheet(let sheet): marks.append((sheet, finding))
        case .act: break  // an act of an officer is no sheet
        }
    }

    /// Who comes into the register with a number, for the records before them that name it.
    var arrivals: [LaterRelatives.Arrival] {
        zip(sheets, persons).compactMap { sheet, person in
            guard let person, sheet.numberFits, let number = sheet.number else { return nil }
            return LaterRelatives.Arrival(
                number: number.digits,
                holder: NumberHolder(person: person, name: sheet.name, sex: sheet.details.sex),
                birth: sheet.details.birth, spouse: sheet.spouse?.person, isDead: sheet.dead)
        }
    }

    // MARK: Acts

    /// Parts of the piece: whole households, at least `size` rows together.
    func parts(of size: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        for row in sheets.indices.dropFirst() where row - start >= size && sheets[row].group != sheets[row - 1].group {
            parts.append(start..<row)
            start = row
        }
        if start < sheets.count { parts.append(start..<sheets.count) }
        return parts
    }

    /// The acts of whole households in the order in which they are recorded: each household before its members.
    func drafts(_ rows: Range<Int>) throws -> [Draft] {
        var drafts: [Draft] = []
        drafts.reserveCapacity(rows.count * 4 / 3)
        var versions: [Int64: Int64] = [:]
        for row in rows {
            if let household = households[sheets[row].group], versions[household] == nil {
                versions[household] = 1
                drafts.append(try formation(of: household, from: row))
            }
            drafts.append(try sheetDraft(row, &versions))
        }
        return drafts
    }

    private func formation(of household: Int64, from first: Int) throws -> Draft {
        let sheet = sheets[first]
        let rows = sheets.indices.suffix(from: first).prefix { sheets[$0].group == sheet.group }
        let head = rows.first { sheets[$0].claimsHead && persons[$0] != nil }
        let content = ActContent.householdFormed(
            HouseholdFormation(
                household: household, handle: handles[household] ?? Handle(random: []), splitFrom: nil,
                address: sheets[head ?? first].permanent, code: sheet.householdCode, head: head.flatMap { persons[$0] },
                members: []))
        return try draft(
            content, [SubjectVersion(.household(household), version: 1)], sheet.collected, fate: .accepted)
    }

    private func sheetDraft(_ row: Int, _ versions: inout [Int64: Int64]) throws -> Draft {
        let sheet = sheets[row]
        let source = SheetSource(
            id: SheetID.make(batch: batch, row: sheet.place), row: sheet.row, written: sheet.written,
            bytes: sheet.bytes, findings: sheet.findings)
        guard let person = persons[row], let handle = handles[person], let household = households[sheet.group] else {
            return try draft(
                .sheetHeld(sheet.held(source)), [SubjectVersion(.set(source.id), version: 1)], sheet.collected,
                fate: .held)
        }
        let version = (versions[household] ?? 1) + 1
        versions[household] = version
        let content = ActContent.collected(
            Collected(
                person: person, handle: handle, details: sheet.details, household: household,
                relation: sheet.relation, father: sheet.father, mother: sheet.mother, spouse: sheet.spouse,
                permanent: sheet.permanent, current: sheet.current, statedNumber: sheet.number?.digits,
                numberTaken: sheet.numberFits, dead: sheet.dead ? true : nil, died: sheet.died, sheet: source))
        let subjects = [
            SubjectVersion(.person(person), version: 1), SubjectVersion(.household(household), version: version),
        ]
        let fate = SheetFate.of(sheet.findings)
        return try draft(content, subjects, sheet.collected, fate: fate == .held ? .acceptedWithFindings : fate)
    }

    private func draft(
        _ content: ActContent, _ subjects: [SubjectVersion], _ collected: CalendarDate?, fate: SheetFate
    ) throws -> Draft {
        Draft(
            draft: ActDraft(
                kind: content.kind, subjects: subjects, effective: collected.map { PartialDate($0) },
                legalBasis: PieceWriter.legalBasis, content: try content.canonicalBytes()),
            content: content, fate: fate)
    }

    // MARK: Rows of the sheet tables

    func findingRows(_ rows: Range<Int>) -> [[SQLValue]] {
        sheets[rows].flatMap { sheet in
            sheet.findings.map {
                SheetStore.findingValues(SheetID.make(batch: batch, row: sheet.place), $0)
            }
        }
    }

    func keyRows(_ rows: Range<Int>) -> [[SQLValue]] {
        rows.flatMap { row -> [[SQLValue]] in
            let id = SheetID.make(batch: batch, row: sheets[row].place)
            return Set(keys[row]).sorted().map { key -> [SQLValue] in
                [.integer(Int64(bitPattern: key)), .integer(id), .integer(persons[row] ?? 0)]
            }
        }
    }
}

/// Keys of the records of one piece: a random beginning of 43 bits, then a count.
///
/// Those who are collected together stand on the same pages of every table, which is most of the speed of a bulk import
/// (`docs/decisions/0009-keys-of-one-piece-are-neighbours.md`).
struct NeighbouringKeys {
    private var last: Int64

    init(_ surroundings: Surroundings) {
        last = surroundings.randomID() & ~0xF_FFFF
    }

    mutating func next() -> Int64 {
        last += 1
        return last
    }
}
