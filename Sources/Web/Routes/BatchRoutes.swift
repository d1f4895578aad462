import Access
import Civil
import Hummingbird
import Ledger
import Population

/// Collection batches and their rows.
struct BatchRoutes: Sendable {
    let register: PopulationRegister
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>) {
        api.get("batches") { _, context in
            _ = try context.requester()
            return JSONAnswer.response(
                .object(["batches": .array(try await register.batches().map(BatchJSON.summary))]))
        }
        api.get("batches/{name}") { _, context in
            _ = try context.requester()
            let batch = try await register.batch(at: context)
            return JSONAnswer.response(BatchJSON.summary(try await register.summary(ofBatch: batch.id)))
        }
        api.get("batches/{name}/rows") { request, context in try await rows(request, context) }
    }

    private func rows(_ request: Request, _ context: WebContext) async throws -> Response {
        let most = PopulationRegister.rowsPerLook
        let after = try Asking.number("after", request, in: 0...SheetID.maximumRow, otherwise: 0)
        let limit = try Asking.number("limit", request, in: 1...most, otherwise: most)
        let batch = try await register.batch(at: context)
        let rows = try await register.rows(ofBatch: batch, after: after, limit: limit, by: try context.requester())
        if !rows.isEmpty { watch.looked() }
        let today = register.surroundings.today
        let isLast = rows.count < limit
        return JSONAnswer.response(
            .object([
                "rows": .array(rows.map { BatchJSON.row($0, units: register.units, today: today) }),
                "next": isLast ? .null : rows.last.map { .integer(Int64($0.place)) } ?? .null,
            ]))
    }
}

extension PopulationRegister {
    /// The batch that the path names.
    func batch(at context: WebContext) async throws -> Batch {
        guard let batch = try await batch(named: Asking.part("name", context)) else { throw WebRefusal.batchNotFound }
        return batch
    }
}
