import Access
import Cards
import Civil
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Linkage
import Population

/// Finding people and looking at them; each page is a look that stands in the log before it is sent.
struct PeopleRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("people") { request, context in
            let frame = desk.frame(Sentence("Người dân", "People"), request, context, section: .people)
            _ = try context.officer()
            return try desk.answer(PeoplePage(frame: frame, units: desk.register.units))
        }
        router.post("purpose") { request, context in
            let form = try await FormBody(request, context)
            let session = try context.officer().session
            let back = OwnPath.of(form["back"])
            let purpose: Purpose?
            do throws(WebRefusal) {
                purpose = try SearchGround.stated(form["purpose"])
            } catch {
                let frame = desk.frame(PurposePage.title, request, context, failed: true)
                return try desk.answer(
                    PurposePage(
                        frame: frame, back: back, files: session.grant.role.may(.openDossier),
                        problem: error.sentence), status: .unprocessableContent)
            }
            try await desk.access.state(purpose, in: session)
            return ConsoleDesk.redirect(to: back)
        }
        router.post("search") { request, context in try await search(request, context) }
        router.get("persons/{handle}") { request, context in
            let handle = try Asking.handle(context)
            return try await person(.handle(handle), asking: [], request, context)
        }
        router.post("persons/{handle}/reveal") { request, context in
            _ = try await FormBody(request, context)
            return try await person(.handle(try Asking.handle(context)), asking: .sensitive, request, context)
        }
        router.get("households/{handle}") { request, context in try await household(request, context) }
        router.get("households/{handle}/dwelling") { request, context in try await dwelling(request, context) }
    }

    // MARK: Search

    private func search(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let admission = try context.officer()
        let typed = TypedSearch(form["q"])
        let ground = try SearchGround.ground(stated: form["purpose"])
        // What is stated once holds for what follows.
        if let purpose = try SearchGround.stated(form["purpose"]), admission.purpose != purpose {
            try await desk.access.state(purpose, in: admission.session)
        }
        let requester = admission.requester(for: ground)
        do {
            if let detailed = try DetailedSearch(form, in: desk.register) {
                return try await list(detailed.criteria, typed, detailed, form, requester, request, context)
            }
        } catch let refusal as any ExplainedRefusal where refusal is SearchRefusal || refusal is WebRefusal {
            return try found(nil, refusal.sentence, typed, request, context)
        }
        switch typed.meaning {
        case .person(let selector):
            do {
                return try await person(
                    selector, asking: [], request, context, ground: ground,
                    naming: ExactNaming(typed: typed.text, purpose: form["purpose"]))
            } catch let refusal as AccessRefusal {
                return try found(nil, refusal.sentence, typed, request, context, asksPurpose: refusal == .purposeNeeded)
            } catch WebRefusal.personNotFound {
                return try found(nil, WebRefusal.personNotFound.sentence, typed, request, context)
            }
        case .criteria(let criteria):
            return try await list(criteria, typed, nil, form, requester, request, context)
        }
    }

    /// The people whom the criteria may mean, a page of them.
    private func list(
        _ criteria: PersonSearch, _ typed: TypedSearch, _ detailed: DetailedSearch?, _ form: FormBody,
        _ requester: Requester, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        var criteria = criteria
        criteria.after = form["after"].isEmpty ? nil : SearchCursor(parsing: form["after"])
        do {
            let answer = try await desk.register.search(criteria, by: requester)
            desk.server.watch.looked()
            return try found(
                answer, nil, typed, request, context, purpose: form["purpose"], detailed: detailed)
        } catch let refusal as SearchRefusal {
            return try found(nil, refusal.sentence, typed, request, context, detailed: detailed)
        } catch let refusal as AccessRefusal {
            return try found(
                nil, refusal.sentence, typed, request, context, asksPurpose: refusal == .purposeNeeded,
                detailed: detailed)
        }
    }

    private func found(
        _ answer: SearchAnswer?, _ problem: Sentence?, _ typed: TypedSearch, _ request: Request, _ context: WebContext,
        asksPurpose: Bool = false, purpose: String = "", detailed: DetailedSearch? = nil
    ) throws -> Response {
        let frame = desk.frame(
            Sentence("Kết quả tìm kiếm", "Search results"), request, context, section: .people,
            searched: typed.isNumber ? "" : typed.text, failed: problem != nil && !asksPurpose)
        return try desk.answer(
            SearchPage(
                frame: frame, typed: detailed?.typed ?? typed.text, query: typed.text,
                understood: detailed == nil ? typed.understood : nil, answer: answer, problem: problem,
                asksPurpose: asksPurpose, purpose: purpose, carried: detailed?.hidden ?? [],
                sheets: try context.officerOnDuty().role.may(.importBatch),
                units: desk.register.units))
    }

    // MARK: Person

    private func person(
        _ selector: PersonSelector, asking asked: FieldGroups, _ request: Request, _ context: WebContext,
        ground: Requester.Ground = SearchGround.duty, naming: ExactNaming? = nil
    ) async throws -> Response {
        let requester = try context.officer().requester(for: ground)
        let asOf = try PageDates.asOf(request)
        let register = desk.register
        guard let answer = try await register.look(at: selector, asOf: asOf, asking: asked, by: requester)
        else {
            throw WebRefusal.personNotFound
        }
        desk.server.watch.looked()
        let shown = answer.allowance.groups
        var history: HistoryAnswer?
        if shown.contains(.history) {
            history = try? await register.history(of: selector, asking: asked, by: requester)
        }
        let household = try await register.look(atHouseholdOf: answer, asOf: asOf, by: requester)
        let names = try await desk.names(named: answer, in: household, asOf: asOf, by: requester)
        let frame = desk.frame(
            Sentence("Người dân", "Person"), request, context,
            section: .people)
        let subject = FormSubject(
            answer: answer, household: household, names: names, communes: [], units: register.units,
            today: register.surroundings.today, history: history)
        // Acts about sealed persons are for those who open seals; emergency access is for looking.
        let records = !answer.isSealed || requester.role.opensSeals
        var cards: PersonCards?
        if records, requester.role.may(.checkCardStatus), asOf == AsOf() {
            cards = try await desk.cards.cards(of: answer, by: requester)
        }
        // A handle opens nobody of another place: what is done for them goes on from this look.
        let elsewhere = answer.allowance.reason == .exact ? naming : nil
        let forms = GuidedForm.allCases.filter { form in
            records && requester.role.may(record: form.kind, .inside) && form.isOffered(for: subject)
                && asOf == AsOf() && (answer.allowance.reason != .exact || form.bringsSomebody)
        }
        return try desk.answer(
            PersonPage(
                frame: frame, answer: answer, history: history, household: household, names: names, asOf: asOf,
                forms: forms, masked: MaskedKeys.keys(of: answer.allowance.masked), isSealed: answer.isSealed,
                audits: requester.role.may(.readAudit), opensFile: requester.role.may(.openDossier),
                cards: cards, appliesForCard: requester.role.may(.applyForCard), elsewhere: elsewhere,
                files: elsewhere == nil
                    ? try await desk.access.openDossiers(ofApplicant: answer.handle, by: requester) : [],
                units: register.units))
    }

    private func dwelling(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.officerOnDuty()
        let handle = try Asking.handle(context)
        guard let answer = try await desk.register.look(atDwellingOf: handle, by: requester) else {
            throw WebRefusal.householdNotFound
        }
        desk.server.watch.looked()
        let frame = desk.frame(Sentence("Chỗ ở", "Dwelling"), request, context, section: .people)
        return try desk.answer(DwellingPage(frame: frame, answer: answer, units: desk.register.units))
    }

    private func household(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.officerOnDuty()
        let handle = try Asking.handle(context)
        guard let answer = try await desk.register.look(atHousehold: handle, by: requester) else {
            throw WebRefusal.householdNotFound
        }
        desk.server.watch.looked()
        let forms = [GuidedForm.householdSplit, .headChange].filter { requester.role.may(record: $0.kind, .inside) }
        let frame = desk.frame(Sentence("Hộ gia đình", "Household"), request, context, section: .people)
        return try desk.answer(
            HouseholdPage(frame: frame, answer: answer, forms: forms, units: desk.register.units))
    }
}

/// Why somebody is looked for in the console.
enum SearchGround {
    /// The everyday work of an office for the people of its places.
    static let duty = Requester.Ground.duty(.counter)

    /// What was stated, or the everyday work when nothing was.
    static func ground(stated text: String) throws(WebRefusal) -> Requester.Ground {
        try stated(text).map { .stated($0) } ?? duty
    }

    /// The purpose that was typed; nil when nothing was.
    static func stated(_ text: String) throws(WebRefusal) -> Purpose? {
        guard !text.isEmpty else { return nil }
        guard let purpose = Purpose(stated: text, legalBasis: Purpose.counter.legalBasis) else {
            throw .purposeMalformed
        }
        return purpose
    }
}

/// The rows of a person's page that belong to groups of fields.
enum MaskedKeys {
    static func keys(of groups: FieldGroups) -> Set<String> {
        var keys: Set<String> = []
        if groups.contains(.religion) { keys.insert(PersonDetails.Field.religion.rawValue) }
        if groups.contains(.ethnicity) { keys.insert(PersonDetails.Field.ethnicity.rawValue) }
        if groups.contains(.biometrics) { keys.insert(PersonDetails.Field.bloodGroup.rawValue) }
        return keys
    }
}

/// The dates of the person's page, as officers write them.
enum PageDates {
    /// `effective=25/02/2021&known=01/07/2025`; a day that is known is known at its end.
    static func asOf(_ request: Request) throws(WebRefusal) -> AsOf {
        var asOf = AsOf()
        asOf.effectiveAt = try day("effective", request)
        asOf.knownAt = try day("known", request).map(Instant.init(endOf:))
        return asOf
    }

    /// The text of a date as it was typed into a form that is sent with GET.
    static func typed(_ name: String, _ request: Request) -> String? {
        Asking.query(name, request)?.replacing("+", with: " ")
    }

    /// The day of a field; nil when it was left empty.
    static func day(_ name: String, _ request: Request) throws(WebRefusal) -> CalendarDate? {
        guard let text = typed(name, request), !text.allSatisfy(\.isWhitespace) else { return nil }
        let parts = text.split { "/.- ".contains($0) }
        let whole = parts.count == 3 ? parts : []
        let numbers = whole.compactMap { Int($0) }
        guard numbers.count == 3 else { throw .dayUnreadable }
        let date =
            whole[0].count == 4
            ? CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
            : CalendarDate(year: numbers[2], month: numbers[1], day: numbers[0])
        guard let date else { throw .dayUnreadable }
        return date
    }
}
