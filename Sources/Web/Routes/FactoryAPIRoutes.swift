import Access
import Cards
import Chip
import Civil
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Sản xuất thẻ qua API: batches with where everything of them has gone, and the balance of the flow; nobody's data.
struct FactoryAPIRoutes: Sendable {
    let cards: CardRegister
    let authorities: CardAuthorities
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        api.get("factory/batches") { _, context in
            let floor = try await cards.floor(by: try context.requester())
            return JSONAnswer.response(
                .object(["batches": .array(floor.batches.map { CardJSON.batch($0.batch, $0.balance) })]))
        }
        api.post("factory/batches") { request, context in try await open(request, context) }
        api.get("factory/batches/{batch}") { _, context in
            try await answer(Asking.part("batch", context), try context.requester())
        }
        api.post("factory/batches/{batch}/blanks") { request, context in try await issue(request, context) }
        changes.post("factory/batches/{batch}/close") { _, context in
            let (code, requester) = (Asking.part("batch", context), try context.requester())
            _ = try await cards.closeBatch(code, by: requester)
            watch.recorded()
            return try await answer(code, requester)
        }
        api.get("factory/supplies") { _, context in try await supplies(by: try context.requester()) }
        changes.post("factory/supplies") { request, context in try await recordSupply(request, context) }
        api.get("factory/checks") { _, context in
            let waiting = try await cards.cards(at: .produced, by: try context.requester())
            return JSONAnswer.response(.object(["cards": .array(waiting.map { .string($0) })]))
        }
        changes.post("factory/checks") { request, context in try await check(request, context) }
        api.get("factory/balance/places") { request, context in
            let units = cards.population.units
            let flow = try await cards.flowByPlace(
                under: try Asking.query("province", request).map { code in
                    guard let unit = units.province(code, on: cards.surroundings.today) else {
                        throw WebRefusal.unitNotFound
                    }
                    return unit
                }, by: try context.requester())
            return JSONAnswer.response(CardJSON.flow(flow, units: units))
        }
        api.get("factory/balance") { request, context in
            let requester = try context.requester()
            let flow = try await cards.flow(office: Asking.query("office", request), by: requester)
            return JSONAnswer.response(CardJSON.flow(flow, try await cards.stock(by: requester)))
        }
    }

    private func answer(
        _ code: String, _ requester: Requester, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let batch = try await cards.batch(code, by: requester)
        let balance = try await cards.balance(ofBatch: code, by: requester)
        return JSONAnswer.response(CardJSON.batch(batch, balance), status: status)
    }

    private struct NewBatch: RequestBody, Sendable {
        var site: String
        var size: Int
        var priority: Int?

        enum CodingKeys: CodingKey {
            case site, size, priority
        }
    }

    private func open(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.requester()
        let (batch, isRepeated) = try await SentRequest(NewBatch.self, of: request, by: requester)
            .once(made: cards.batch(of:)) { form, key in
                try await cards.openBatch(
                    at: form.site, size: form.size, priority: form.priority ?? 0, once: key, by: requester)
            }
        if !isRepeated { watch.recorded() }
        return try await answer(batch.code, requester, status: isRepeated ? .ok : .created)
    }

    private struct IssueForm: RequestBody, Sendable {
        var count: Int

        enum CodingKeys: CodingKey {
            case count
        }
    }

    private func issue(_ request: Request, _ context: WebContext) async throws -> Response {
        let (code, requester) = (Asking.part("batch", context), try context.requester())
        let (batch, isRepeated) = try await SentRequest(IssueForm.self, of: request, by: requester)
            .once(made: cards.batch(of:)) { form, key in
                try await cards.issueBlanks(form.count, to: code, once: key, by: requester)
                return try await cards.batch(code, by: requester)
            }
        if !isRepeated { watch.recorded() }
        return try await answer(batch.code, requester)
    }

    // MARK: Supplies

    private struct SupplyForm: RequestBody, Sendable {
        enum Change: String, Decodable, Sendable {
            case received, counted
        }

        var site: String
        var kind: SupplyKind
        var change: Change
        var cards: Int
        var leadDays: Int?
        var note: String

        enum CodingKeys: String, CodingKey {
            case site, kind, change, cards, note
            case leadDays = "lead_days"
        }
    }

    private func supplies(by requester: Requester) async throws -> Response {
        JSONAnswer.response(
            CardJSON.supplies(try await cards.supplies(by: requester), on: cards.surroundings.today))
    }

    private func recordSupply(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.requester()
        let form = try await JSONAnswer.body(SupplyForm.self, of: request)
        switch form.change {
        case .received:
            try await cards.receive(form.kind, at: form.site, cards: form.cards, note: form.note, by: requester)
        case .counted:
            try await cards.count(
                form.kind, at: form.site, cards: form.cards, leadDays: form.leadDays ?? Supply.usualLeadDays,
                note: form.note, by: requester)
        }
        watch.recorded()
        return try await supplies(by: requester)
    }

    // MARK: Quality control

    private struct CheckForm: RequestBody, Sendable {
        /// The card's handle, or the serial that stands on it.
        var card: String
        var zone: String
        var code: String
        /// The chip's files in Base64, by name.
        var files: [String: Data]?
        var silent: Bool?
        var seen: [RejectCode]?

        enum CodingKeys: CodingKey {
            case card, zone, code, files, silent, seen
        }

        func reading() throws -> QualityReading {
            var read: [ChipFile: [UInt8]] = [:]
            for (name, bytes) in files ?? [:] {
                guard let file = ChipFile(rawValue: name) else { throw WebRefusal.bodyMalformed(field: "files") }
                read[file] = Array(bytes)
            }
            return try QualityReading(
                zone: zone, code: code, files: read, isSilent: silent ?? false, seen: Set(seen ?? []))
        }
    }

    private func check(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.requester()
        let form = try await JSONAnswer.body(CheckForm.self, of: request)
        let reading = try form.reading()
        guard let trust = try authorities() else { throw ProductionRefusal.authoritiesUnknown }
        let rejects = try await cards.check(form.card, reading, trust: trust, by: requester)
        watch.recorded()
        return JSONAnswer.response(
            .object([
                "card": .string(form.card), "passed": .bool(rejects.isEmpty),
                "rejects": .array(rejects.map(\.rawValue).sorted().map { .string($0) }),
            ]))
    }
}
