import Access
import Cards
import Chip
import Civil
import Foundation
import HTTPTypes
import Hummingbird
import Population

/// Thẻ qua API: applications from the counter to the order, cards to the hand and through their life, and whether one
/// holds; persons are named by handle, and no answer has a person's data.
struct CardAPIRoutes: Sendable {
    let cards: CardRegister
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        api.get("cards/applications") { request, context in try await list(request, context) }
        api.post("cards/applications") { request, context in try await apply(request, context) }
        api.get("cards/applications/{application}") { _, context in
            try await answer(Asking.part("application", context), try context.requester())
        }
        changes.post("cards/applications/{application}/portrait") { request, context in
            try await capture(request, context)
        }
        changes.post("cards/applications/{application}/fingers") { request, context in
            try await captureFingers(request, context)
        }
        changes.post("cards/applications/{application}/steps") { request, context in try await step(request, context) }
        changes.post("cards/applications/{application}/decision") { request, context in
            try await decide(request, context)
        }
        changes.post("cards/applications/{application}/order") { _, context in
            let card = try await cards.order(Asking.part("application", context), by: try context.requester())
            watch.recorded()
            return JSONAnswer.response(CardJSON.card(card), status: .created)
        }
        api.post("cards/status") { request, context in try await status(request, context) }
        api.get("cards/{card}") { _, context in
            let card = try await cards.card(Asking.part("card", context), by: try context.requester())
            return JSONAnswer.response(CardJSON.card(card))
        }
        api.post("cards/{card}/fingers") { request, context in try await compare(request, context) }
        changes.post("cards/{card}/delivery") { request, context in try await deliver(request, context) }
        changes.post("cards/{card}/changes") { request, context in try await change(request, context) }
    }

    private func answer(_ application: String, _ requester: Requester) async throws -> Response {
        JSONAnswer.response(CardJSON.application(try await cards.application(application, by: requester)))
    }

    // MARK: Applications

    private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let text = Asking.query("status", request) ?? ApplicationStatus.submitted.rawValue
        guard let status = ApplicationStatus(rawValue: text) else { throw WebRefusal.bodyMalformed(field: "status") }
        let waiting = try await cards.waiting(at: [status], by: try context.requester())
        return JSONAnswer.response(.object(["applications": .array(waiting.map { CardJSON.application($0) })]))
    }

    private struct NewApplication: RequestBody, Sendable {
        var person: String
        var ground: CardGround
        var pickup: String
        var representative: String?
        var channel: FilingChannel?
        var levelTwo: Bool?
        var exemption: FeeExemption?
        var urgent: Bool?
        var booked: String?

        enum CodingKeys: String, CodingKey {
            case person, ground, pickup, representative, channel, exemption, urgent, booked
            case levelTwo = "level_two"
        }

        func request() throws(WebRefusal) -> CardRequest {
            let day = booked.map { CalendarDate(iso: $0) }
            if case .some(nil) = day { throw .dateMalformed(field: "booked") }
            return CardRequest(
                ground: ground, channel: channel ?? .counter, exemption: exemption, hasLevelTwo: levelTwo ?? false,
                pickup: pickup, isUrgent: urgent ?? false, booked: day ?? nil)
        }

        static func selector(_ text: String) throws(WebRefusal) -> PersonSelector {
            guard let handle = Handle(parsing: text) else { throw .handleMalformed }
            return .handle(handle)
        }
    }

    private func apply(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.requester()
        let sent = try await SentRequest(NewApplication.self, of: request, by: requester)
        let isTried = Asking.query("dry_run", request) == "true"
        func applied(_ form: NewApplication, _ key: SentForm?) async throws -> CardApplication {
            try await cards.apply(
                for: try NewApplication.selector(form.person), try form.request(),
                representative: try form.representative.map(NewApplication.selector), once: key, by: requester,
                dryRun: isTried)
        }
        if isTried {
            return JSONAnswer.response(CardJSON.application(try await applied(sent.form, nil), dryRun: true))
        }
        let (application, isRepeated) = try await sent.once(made: cards.application(of:), applied)
        if !isRepeated { watch.recorded() }
        return JSONAnswer.response(CardJSON.application(application), status: isRepeated ? .ok : .created)
    }

    private struct PortraitForm: RequestBody {
        /// Base64 of a JPEG or PNG.
        var jpeg: String?
        /// Why a portrait is taken that the checks refuse.
        var reason: String?
        /// A drawn one, in a demonstration register.
        var specimen: Bool?

        enum CodingKeys: CodingKey {
            case jpeg, specimen, reason
        }
    }

    private func capture(_ request: Request, _ context: WebContext) async throws -> Response {
        let (handle, requester) = (Asking.part("application", context), try context.requester())
        let form = try await JSONAnswer.body(PortraitForm.self, of: request)
        if let jpeg = form.jpeg {
            guard let data = Data(base64Encoded: jpeg) else { throw ApplicationRefusal.portraitUnreadable }
            try await cards.capturePortrait(
                handle, try Capture.Portrait(photograph: Array(data)), accepting: form.reason, by: requester)
        } else {
            let person = try await cards.application(handle, by: requester).person
            let face = form.specimen ?? false ? Capture.specimen(for: person) : nil
            try await cards.captureSpecimen(handle, face: face, by: requester)
        }
        watch.recorded()
        return try await answer(handle, requester)
    }

    private struct FingersForm: RequestBody {
        struct Taken: Decodable {
            var finger: String
            /// Base64 of a PNG, a JPEG, or a record of ISO/IEC 19794-2 or -4.
            var file: String?
            var missing: MissingFinger?
        }

        var fingers: [Taken]
        /// Why those are taken that the checks refuse.
        var reason: String?

        enum CodingKeys: CodingKey {
            case fingers, reason
        }

        func captured() throws -> [Finger: FingerCapture] {
            var captured: [Finger: FingerCapture] = [:]
            for taken in fingers {
                guard let finger = Finger(word: taken.finger) else { throw WebRefusal.bodyMalformed(field: "finger") }
                switch (taken.file, taken.missing) {
                case (let file?, nil):
                    guard let data = Data(base64Encoded: file) else { throw WebRefusal.bodyMalformed(field: "file") }
                    captured[finger] = .taken(try FingerPrint(Array(data), of: finger))
                case (nil, let reason?): captured[finger] = .missing(reason)
                default: throw WebRefusal.bodyMalformed(field: "fingers")
                }
            }
            return captured
        }
    }

    private func captureFingers(_ request: Request, _ context: WebContext) async throws -> Response {
        let (handle, requester) = (Asking.part("application", context), try context.requester())
        let form = try await JSONAnswer.body(FingersForm.self, of: request)
        try await cards.captureFingers(handle, try form.captured(), accepting: form.reason, by: requester)
        watch.recorded()
        return try await answer(handle, requester)
    }

    private struct StepForm: RequestBody {
        enum Word: String, Decodable { case identify, block, withdraw, submit }
        var step: Word
        var reason: String?

        enum CodingKeys: CodingKey {
            case step, reason
        }
    }

    private func step(_ request: Request, _ context: WebContext) async throws -> Response {
        let (handle, requester) = (Asking.part("application", context), try context.requester())
        let form = try await JSONAnswer.body(StepForm.self, of: request)
        let reason = form.reason ?? ""
        switch form.step {
        case .submit: _ = try await cards.goOn(handle, face: nil, by: requester)
        case .identify: try await cards.step(handle, .identify, reason: reason, by: requester)
        case .block: try await cards.step(handle, .block, reason: reason, by: requester)
        case .withdraw: try await cards.step(handle, .withdraw, reason: reason, by: requester)
        }
        watch.recorded()
        return try await answer(handle, requester)
    }

    private struct DecisionForm: RequestBody {
        enum Word: String, Decodable {
            case approve, refuse
            case sendBack = "send_back"
        }

        var decision: Word
        /// Of a refusal.
        var article: RefusalArticle?
        var reason: String?

        enum CodingKeys: CodingKey {
            case decision, article, reason
        }
    }

    private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let (handle, requester) = (Asking.part("application", context), try context.requester())
        let form = try await JSONAnswer.body(DecisionForm.self, of: request)
        switch form.decision {
        case .approve: try await cards.approve(handle, despite: form.reason, by: requester)
        case .refuse:
            guard let article = form.article else { throw ApplicationRefusal.articleNeeded }
            try await cards.refuse(handle, article, reason: form.reason ?? "", by: requester)
        case .sendBack: try await cards.sendBack(handle, reason: form.reason ?? "", by: requester)
        }
        watch.recorded()
        return try await answer(handle, requester)
    }

    // MARK: Cards

    private struct StatusForm: RequestBody {
        var number: String?
        var issued: String?
        /// Base64 of the chip's public point `04‖x‖y`.
        var chipKey: String?

        enum CodingKeys: String, CodingKey {
            case number, issued
            case chipKey = "chip_key"
        }
    }

    /// POST, so that no number stands in an address.
    private func status(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(StatusForm.self, of: request)
        let requester = try context.requester()
        let standing: CardStanding?
        switch (form.number, form.issued, form.chipKey) {
        case (let number?, let issued?, nil):
            guard let number = try? PersonalIdentificationNumber(parsing: number) else {
                throw WebRefusal.numberMalformed
            }
            guard let day = CalendarDate(iso: issued) else { throw WebRefusal.dateMalformed(field: "issued") }
            standing = try await cards.standing(number: number, issued: day, by: requester)
        case (nil, nil, let text?):
            guard let data = Data(base64Encoded: text), let key = ECPublicKey(curve: .p256, point: Array(data)) else {
                throw WebRefusal.bodyMalformed(field: "chip_key")
            }
            standing = try await cards.standing(chipKey: key, by: requester)
        default: throw WebRefusal.bodyMalformed(field: "number")
        }
        guard let standing else { throw ProductionRefusal.cardUnknown }
        watch.looked()
        return JSONAnswer.response(CardJSON.standing(standing))
    }

    private struct ProbeForm: RequestBody {
        var finger: String
        /// Base64 of a PNG, a JPEG, or a record of ISO/IEC 19794-4.
        var file: String

        enum CodingKeys: CodingKey {
            case finger, file
        }
    }

    private func compare(_ request: Request, _ context: WebContext) async throws -> Response {
        let (handle, requester) = (Asking.part("card", context), try context.requester())
        let form = try await JSONAnswer.body(ProbeForm.self, of: request)
        guard let finger = Finger(word: form.finger) else { throw WebRefusal.bodyMalformed(field: "finger") }
        guard let data = Data(base64Encoded: form.file) else { throw WebRefusal.bodyMalformed(field: "file") }
        let probe = try FingerPrint(Array(data), of: finger)
        let isMatch = try await cards.compareFinger(handle, with: probe, by: requester)
        watch.recorded()
        return JSONAnswer.response(.object(["decision": .bool(isMatch)]))
    }

    private struct DeliveryForm: RequestBody {
        var check: IdentityCheck
        var oldCard: OldCard?
        var activate: Bool?

        enum CodingKeys: String, CodingKey {
            case check, activate
            case oldCard = "old_card"
        }
    }

    private func deliver(_ request: Request, _ context: WebContext) async throws -> Response {
        let (handle, requester) = (Asking.part("card", context), try context.requester())
        let form = try await JSONAnswer.body(DeliveryForm.self, of: request)
        try await cards.handOver(
            handle, check: form.check, oldCard: form.oldCard ?? OldCard.none, activating: form.activate ?? true,
            by: requester)
        watch.recorded()
        return JSONAnswer.response(CardJSON.card(try await cards.card(handle, by: requester)))
    }

    private struct ChangeForm: RequestBody {
        enum Word: String, Decodable {
            case activate, hold, revoke
            case giveBack = "give_back"
            case reportLost = "report_lost"
            case reportFound = "report_found"
        }

        var change: Word
        /// A ground of the law, for `hold` and `revoke`.
        var ground: String?
        var note: String?

        enum CodingKeys: CodingKey {
            case change, ground, note
        }
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let (handle, requester) = (Asking.part("card", context), try context.requester())
        let form = try await JSONAnswer.body(ChangeForm.self, of: request)
        let card: Card
        switch form.change {
        case .activate: card = try await cards.activate(handle, by: requester)
        case .giveBack: card = try await cards.giveBack(handle, by: requester)
        case .reportLost: card = try await cards.reportLost(handle, note: form.note, by: requester)
        case .reportFound: card = try await cards.reportFound(handle, by: requester)
        case .hold:
            guard let ground = form.ground.flatMap(HoldGround.init(rawValue:)) else {
                throw CardLifeRefusal.groundNeeded
            }
            card = try await cards.hold(handle, ground, by: requester)
        case .revoke:
            guard let ground = form.ground.flatMap(RevocationGround.init(rawValue:)) else {
                throw CardLifeRefusal.groundNeeded
            }
            card = try await cards.revoke(handle, ground, note: form.note, by: requester)
        }
        watch.recorded()
        return JSONAnswer.response(CardJSON.card(card))
    }
}
