import Cards
import Civil
import HTTPTypes
import Hummingbird

/// Giấy chứng nhận căn cước qua API: issued, handed over, lost, found, revoked; no answer has a person's data.
struct CertificateAPIRoutes: Sendable {
    let cards: CardRegister
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        changes.post("cards/applications/{application}/certificate") { _, context in
            let certificate = try await cards.issueCertificate(
                Asking.part("application", context), by: try context.requester())
            watch.recorded()
            return JSONAnswer.response(CardJSON.certificate(certificate), status: .created)
        }
        api.get("cards/certificates/{certificate}") { _, context in try await answer(context) }
        changes.post("cards/certificates/{certificate}/delivery") { request, context in
            try await deliver(request, context)
        }
        changes.post("cards/certificates/{certificate}/changes") { request, context in
            try await change(request, context)
        }
    }

    private func answer(_ context: WebContext) async throws -> Response {
        let certificate = try await cards.certificate(
            Asking.part("certificate", context), by: try context.requester())
        return JSONAnswer.response(CardJSON.certificate(certificate))
    }

    private struct DeliveryForm: RequestBody {
        var check: IdentityCheck
        var old: OldCard?

        enum CodingKeys: CodingKey {
            case check, old
        }
    }

    private func deliver(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(DeliveryForm.self, of: request)
        try await cards.handOver(
            certificate: Asking.part("certificate", context), check: form.check, oldOne: form.old ?? OldCard.none,
            by: try context.requester())
        watch.recorded()
        return try await answer(context)
    }

    private struct ChangeForm: RequestBody {
        enum Word: String, Decodable {
            case reportLost = "report_lost"
            case reportFound = "report_found"
            case revoke
        }

        var change: Word
        var note: String?

        enum CodingKeys: CodingKey {
            case change, note
        }
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(ChangeForm.self, of: request)
        let action: CertificateAction =
            switch form.change {
            case .reportLost: .reportLost
            case .reportFound: .reportFound
            case .revoke: .revoke
            }
        try await cards.change(
            certificate: Asking.part("certificate", context), action, note: form.note, by: try context.requester())
        watch.recorded()
        return try await answer(context)
    }
}
