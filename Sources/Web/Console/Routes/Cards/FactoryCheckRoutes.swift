import Access
import Cards
import Chip
import Civil
import HTTPTypes
import Hummingbird
import Population

/// Kiểm tra chất lượng thẻ: what a reader and a pair of eyes found of a finished card, against its order.
struct FactoryCheckRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("factory/check") { request, context in
            try await page(request, context, input: FormInput(["card": Asking.query("card", request) ?? ""]))
        }
        router.post("factory/check") { request, context in try await check(request, context) }
    }

    private func page(
        _ request: Request, _ context: WebContext, input: FormInput = FormInput(),
        outcome: FactoryCheckPage.Outcome? = nil, refusal: (any ExplainedRefusal)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        try AccessPolicy.require(requester, toUse: .checkCardQuality)
        let waiting = try await desk.cards.cards(at: .produced, limit: FactoryCheckPage.mostShown + 1, by: requester)
        let frame = desk.frame(FactoryCheckPage.title, request, context, section: .cards, failed: refusal != nil)
        return try desk.answer(
            FactoryCheckPage(
                frame: frame, role: requester.role, waiting: waiting, input: input, outcome: outcome,
                problem: refusal?.sentence),
            status: ConsoleDesk.status(of: refusal))
    }

    private func check(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await UploadForm(request, context)
        let input = FormInput(
            Dictionary(
                FactoryCheckPage.fields.map { ($0, form[$0]) }
                    + RejectCode.seenByEye.map { seen in
                        (FactoryCheckPage.box(of: seen), form[FactoryCheckPage.box(of: seen)])
                    }, uniquingKeysWith: { first, _ in first }))
        do {
            let requester = try context.officerOnDuty()
            try AccessPolicy.require(requester, toUse: .checkCardQuality)
            let reading = try reading(form)
            guard let trust = try desk.server.cardAuthorities() else { throw ProductionRefusal.authoritiesUnknown }
            let rejects = try await desk.cards.check(input["card"], reading, trust: trust, by: requester)
            desk.server.watch.recorded()
            return try await page(
                request, context, outcome: FactoryCheckPage.Outcome(card: input["card"], rejects: rejects))
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            return try await page(request, context, input: input, refusal: refusal)
        }
    }

    private func reading(_ form: UploadForm) throws -> QualityReading {
        var files: [ChipFile: [UInt8]] = [:]
        for part in form.parts where part.name == "files" && !part.contents.isEmpty {
            // What else lies in the reader's folder is passed over.
            guard let name = part.fileName, let file = ChipFile(fileName: UploadBody.plainName(name)) else { continue }
            files[file] = Array(part.contents)
        }
        return try QualityReading(
            zone: form["zone"], code: form["code"], files: files, isSilent: form["silent"] == "yes",
            seen: Set(RejectCode.seenByEye.filter { form[FactoryCheckPage.box(of: $0)] == "yes" }))
    }
}
