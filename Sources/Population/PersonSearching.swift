import Access
import Civil
import Database
import Ledger
import Linkage

extension PopulationRegister {
    /// Tra cứu theo điều kiện: the persons closest to what somebody half remembers, best first, each with the reasons.
    ///
    /// The search is a look: who was shown, which fields, for which purpose; what was typed stands beside it, sealed.
    /// It is durable before the answer is given, also when nobody was found. Persons of other places than the
    /// requester's are not searched, so they take no place in the order and in no count.
    /// - Throws: `SearchRefusal`, or `AccessRefusal` where the role does not search.
    package func search(
        _ search: PersonSearch, by requester: Requester
    ) async throws -> SearchAnswer {
        try AccessPolicy.require(requester, toUse: .searchPersons)
        if let refusal = AccessPolicy.refusal(of: .listed, to: requester) { throw refusal }
        guard let seal else { throw SearchRefusal.noSealKey }
        let index = try await searchIndex.current()
        let criteria = try criteria(of: search, in: index, requester.jurisdiction)
        let found = index.search(criteria)
        let typed = try seal.seal(search.typed)
        let looks = looks
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester)
        let purpose = requester.ground.purpose
        let now = surroundings.now()
        return try await database.writeGrouped { connection in
            // They take no place and no count, as those of other places do.
            let sealed = try SealStore().sealed(at: now, on: connection)
            let isHidden = !requester.role.opensSeals
            let hits = isHidden && !sealed.isEmpty ? found.filter { !sealed.contains($0.person) } : found
            let page = try SearchPage(hits, search, judge, at: now, connection)
            let look = try looks.append(
                by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis, persons: page.persons,
                fields: page.persons.isEmpty ? [] : SearchPage.shownFields, sealed: typed, on: connection)
            return SearchAnswer(results: page.results, next: page.next, receipt: look.id)
        }
    }

    /// Builds the index before anybody asks, so that the first search need not wait for it.
    ///
    /// - Returns: how many names are in it.
    @discardableResult
    package func prepareSearch() async throws -> Int {
        try await searchIndex.current().count
    }

    /// Builds the index anew from the persons' rows while searches go on with the old one.
    package func rebuildSearch() async throws {
        try await searchIndex.rebuild()
    }

    private func criteria(
        of search: PersonSearch, in index: SearchIndex, _ jurisdiction: Jurisdiction
    ) throws(SearchRefusal) -> SearchCriteria {
        let name = try PopulationRegister.typedName(search.name)
        let parent = try PopulationRegister.typedName(search.parent)
        guard (1...PersonSearch.mostLimit).contains(search.limit) else { throw .limitOutOfRange }
        if let years = search.yearsAround, !(0...SearchCriteria.mostYearsAround).contains(years) {
            throw .yearsOutOfRange
        }
        let oldNumber = search.oldNumber.map { try? OldIdentityNumber(parsing: $0) }
        if case .some(nil) = oldNumber { throw .oldNumberMalformed }
        var places: Set<UnitCode>?
        if let unit = search.unit {
            guard units.unit(unit) != nil else { throw .unitUnknown }
            places = UnitReach(units: units, today: surroundings.today).places(of: unit, among: index.knownPlaces)
        }
        let isNarrow =
            name != nil || search.oldNumber != nil || (search.birth != nil && (places != nil || parent != nil))
            || search.birth?.precision == .day || (parent != nil && places != nil)
        guard isNarrow else { throw .nothingAsked }
        if jurisdiction != .nation {
            // The units of records are few thousands; each is held against the office's set once a search.
            places = Set((places.map(Array.init) ?? index.knownPlaces).filter { jurisdiction.reaches([$0]) })
        }
        return SearchCriteria(
            name: name, birth: search.birth, yearsAround: search.yearsAround ?? 1, sex: search.sex, places: places,
            parent: parent, oldNumber: oldNumber??.digits)
    }

    /// A typed name that can be searched, or nil when none was typed.
    private static func typedName(_ text: String?) throws(SearchRefusal) -> String? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        guard text.utf8.count <= PersonSearch.longestName * 16, text.count <= PersonSearch.longestName else {
            throw .nameTooLong
        }
        let words = Folding.key(NormalForm.nfc(text)).split(separator: " ")
        guard !words.isEmpty else { throw .nameUnreadable }
        guard words.contains(where: { $0.utf8.count >= 2 }) else { throw .nameTooShort }
        return text
    }
}

/// A page cut out of ranked hits, with the rows of its persons.
private struct SearchPage {
    let results: [SearchResult]
    let persons: [Int64]
    let next: SearchCursor?

    static let shownFields = ["birth", "currentResidence", "life", "name", "permanentResidence", "sex"]

    init(
        _ hits: [SearchHit], _ search: PersonSearch, _ judge: LookJudge, at now: Instant, _ connection: Connection
    ) throws {
        var rest = hits[...]
        if let after = search.after { rest = try SearchPage.behind(after, hits, connection) }
        let page = rest.prefix(search.limit)
        let ids = page.map(\.person).sorted()
        var rows: [Int64: PersonStore.PersonRow] = [:]
        for chunk in Placeholders.chunks(ids) {
            for row in try PersonStore().persons(chunk, on: connection) { rows[row.state.person] = row }
        }
        let seals = try StandingSeals(of: Set(ids), at: now, on: connection)
        results = page.compactMap { hit in
            // Between the index and this moment a record may have been merged or set aside.
            guard let row = rows[hit.person], row.state.mergedInto == nil, row.state.setAside == nil,
                let allowance = judge.listed(row.state, seals)
            else { return nil }
            // That somebody lives in the office's places is no reason where no place was asked for.
            let reasons = search.unit == nil ? hit.reasons.filter { $0 != .placeFits } : hit.reasons
            return SearchResult(
                handle: row.handle, state: row.state.showing(allowance.groups), score: hit.score, reasons: reasons)
        }
        persons = results.map(\.state.person)
        let last = page.last { rows[$0.person] != nil }
        let handle = last.flatMap { rows[$0.person] }.flatMap { Handle(parsing: $0.handle) }
        if rest.count > page.count, let handle {
            next = SearchCursor(place: page.endIndex, handle: handle)
        } else {
            next = nil
        }
    }

    /// The hits behind a cursor; when its person is gone from them, from the place on where it stood.
    ///
    /// Others may have been recorded meanwhile: somebody can then stand on two pages, and nobody is left out.
    private static func behind(
        _ cursor: SearchCursor, _ hits: [SearchHit], _ connection: Connection
    ) throws -> ArraySlice<SearchHit> {
        let person = try PersonStore().person(handle: cursor.handle, on: connection)?.state.person
        if let place = hits.firstIndex(where: { $0.person == person }) { return hits[(place + 1)...] }
        // Not by score: what words tell, and with it every score, changes with each record.
        return hits[min(cursor.place - 1, hits.endIndex)...]
    }
}
