import Access
import Civil
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Collection batches and their rows.
struct BatchRoutes: Sendable {
    let register: PopulationRegister
    let intake: BatchIntake
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>) {
        api.get("batches") { request, context in try await list(request, context) }
        api.post("batches") { request, context in try await upload(request, context) }
        api.get("batches/{name}") { _, context in
            let batch = try await register.batch(at: context)
            guard let entry = try await register.entry(of: batch, by: try context.requester()) else {
                throw WebRefusal.batchNotFound
            }
            return JSONAnswer.response(BatchJSON.entry(entry))
        }
        api.get("batches/{name}/rows") { request, context in try await rows(request, context) }
    }

    /// Gửi lô phiếu: the file of DC01 rows is the body, its name in the query; the import goes on behind the answer.
    ///
    /// The same file sent again is the same batch, and goes on where it was interrupted.
    private func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.requester()
        try AccessPolicy.require(requester, toUse: .importBatch)
        guard request.headers[.contentType]?.lowercased().hasPrefix("text/csv") == true else { throw WebRefusal.notCSV }
        let name = UploadBody.plainName(Asking.query("name", request) ?? "")
        let buffer = try await BodyBytes.read(request, upTo: UploadBody.longest)
        let batch = try await intake.start(name, Data(buffer.readableBytesView), by: requester)
        return JSONAnswer.response(
            .object(["batch": .string(batch), "running": .bool(intake.isRunning(batch))]), status: .accepted)
    }

    /// The newest first; `next` is where the page after goes on.
    private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let most = PopulationRegister.batchesPerPage
        let limit = try Asking.number("limit", request, in: 1...most, otherwise: most)
        let before = try Asking.number("before", request, in: 0...Int.max, otherwise: 0)
        let entries = try await register.batches(
            before: before == 0 ? nil : Int64(before), limit: limit, by: try context.requester())
        return JSONAnswer.response(
            .object([
                "batches": .array(entries.map(BatchJSON.entry)),
                "next": entries.count < limit ? .null : entries.last.map { .integer($0.batch.id) } ?? .null,
            ]))
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
