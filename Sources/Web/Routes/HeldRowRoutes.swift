import Access
import Civil
import Hummingbird
import Ledger
import Population

/// Phiếu chờ xem xét qua API: the rows of a batch that wait, one of them beside those whom it may be about, and what is
/// decided on it.
struct HeldRowRoutes: Sendable {
    let register: PopulationRegister
    let samples: OpenedSamples
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        api.get("batches/{name}/held") { request, context in try await rows(request, context) }
        api.get("batches/{name}/held/{place}") { _, context in
            let batch = try await register.batch(at: context)
            guard
                let answer = try await register.heldRow(
                    ofBatch: batch, place: try place(context), by: try context.requester())
            else { throw SheetDecisionRefusal.notHeld }
            for _ in 0...answer.candidates.count { watch.looked() }
            if let session = try? context.sessionKey() {
                samples.rows.open(SheetID.make(batch: batch.id, row: answer.row.place), in: session)
            }
            return JSONAnswer.response(HeldRowJSON.answer(answer, in: register))
        }
        changes.post("batches/{name}/held/{place}/decision") { request, context in
            let form = try await JSONAnswer.body(DecisionForm.self, of: request)
            let batch = try await register.batch(at: context)
            let receipt = try await register.decide(
                try place(context), ofBatch: batch, try form.choice(), by: try context.requester())
            watch.recorded()
            return JSONAnswer.response(HeldRowJSON.receipt(receipt), status: .created)
        }
    }

    private func place(_ context: WebContext) throws(SheetDecisionRefusal) -> Int {
        guard let place = Int(Asking.part("place", context)) else { throw .notHeld }
        return place
    }

    private func rows(_ request: Request, _ context: WebContext) async throws -> Response {
        let most = PopulationRegister.heldRowsPerPage
        let after = try Asking.number("after", request, in: 0...SheetID.maximumRow, otherwise: 0)
        let limit = try Asking.number("limit", request, in: 1...most, otherwise: most)
        let cause = try Asking.query("cause", request).map { text throws(WebRefusal) in
            guard let cause = FindingCode(rawValue: text), cause.holdsRows else { throw .bodyMalformed(field: "cause") }
            return cause
        }
        let requester = try context.requester()
        let batch = try await register.batch(at: context)
        let rows = try await register.heldRows(
            ofBatch: batch, cause: cause, after: after, limit: limit, by: requester)
        if !rows.isEmpty { watch.looked() }
        let causes = try await register.heldCauses(ofBatch: batch, by: requester)
        return JSONAnswer.response(
            .object([
                "causes": .object(
                    JSONMembers(
                        counts: Dictionary(uniqueKeysWithValues: causes.map { ($0.key.rawValue, $0.value) }))),
                "next": rows.count < limit ? .null : rows.last.map { .integer(Int64($0.place)) } ?? .null,
                "rows": .array(rows.map(HeldRowJSON.row)),
            ]))
    }

    private struct DecisionForm: RequestBody {
        /// `accept`, `same`, `correct` or `reject`.
        var decision: String
        /// Of a row that is about somebody who is there: the handle.
        var person: String?
        /// Of a row that is corrected: the columns of the form that are written anew.
        var fields: [String: String]?
        var reason: String?

        enum CodingKeys: CodingKey {
            case decision, person, fields, reason
        }

        func choice() throws -> SheetChoice {
            let reason = reason ?? ""
            switch decision {
            case "accept": return .accept(reason: reason)
            case "reject": return .reject(reason: reason)
            case "same":
                guard let person = person.flatMap(Handle.init(parsing:)) else { throw SheetDecisionRefusal.noCandidate }
                return .same(person, reason: reason)
            case "correct":
                var columns: [SheetColumn: String] = [:]
                for (name, text) in fields ?? [:] {
                    guard let column = SheetColumn(rawValue: name), column != .row else {
                        throw WebRefusal.bodyMalformed(field: "fields")
                    }
                    columns[column] = text
                }
                return .correct(columns, reason: reason)
            default: throw WebRefusal.bodyMalformed(field: "decision")
            }
        }
    }
}
