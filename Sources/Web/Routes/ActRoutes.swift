import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Acts: the one way in which something is changed over HTTP.
struct ActRoutes: Sendable {
    let register: PopulationRegister
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>) {
        api.post("acts") { request, context in try await record(request, context) }
    }

    private func record(_ request: Request, _ context: WebContext) async throws -> Response {
        let dryRun = Asking.query("dry_run", request) == "true"
        let requester = try context.requester()
        let sent = try await SentRequest(ActRequest.self, of: request, by: requester)
        if dryRun {
            let tried = try await register.record(sent.form, by: requester, dryRun: true)
            return JSONAnswer.response(ActJSON.receipt(tried))
        }
        let (receipt, isRepeated) = try await sent.once(made: register.receipt(of:)) { form, key in
            try await register.record(form, by: requester, once: key)
        }
        if !isRepeated { watch.recorded() }
        return JSONAnswer.response(ActJSON.receipt(receipt), status: isRepeated ? .ok : .created)
    }
}

/// What was recorded, as programs read it.
package enum ActJSON {
    package static func receipt(_ receipt: ActReceipt) -> JSONValue {
        .object([
            "act": .string(String(receipt.act.id.rawValue)), "kind": .string(receipt.act.kind.rawValue),
            "effective": CommonJSON.date(receipt.act.effective), "recorded": .string(receipt.act.recorded.iso),
            "legal_basis": .string(receipt.act.legalBasis), "persons": .array(receipt.persons.map { .string($0) }),
            "created": CommonJSON.text(receipt.created), "dry_run": .bool(receipt.dryRun),
            "findings": .array(receipt.findings.map(rule)),
        ])
    }

    /// A rule of life that what a verified source says breaks.
    package static func rule(_ rule: Refusal) -> JSONValue {
        .object([
            "code": .string(rule.code), "vi": .string(rule.sentence.vietnamese),
            "en": .string(rule.sentence.english),
        ])
    }
}
