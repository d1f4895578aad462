import Access
import Civil
import Hummingbird
import Ledger
import Population

/// Giám sát qua API: records under special protection, emergency access, alarms of guessing, and the logs.
///
/// Every change answers with the list as it stands after it. Officers alone do this, never the local operator.
struct OversightRoutes: Sendable {
    let register: PopulationRegister
    let access: AccessRegister

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        addSeals(to: api, changes)
        addEmergencies(to: api, changes)
        api.get("alarms") { request, context in
            let (place, limit) = try Asking.page(request, of: 2)
            return try await alarms(try context.officerOnDuty(), after: place, limit: limit)
        }
        changes.post("alarms/{alarm}/answer") { request, context in
            let form = try await JSONAnswer.body(NoteForm.self, of: request)
            let requester = try context.officerOnDuty()
            let id = try Asking.id("alarm", context, orThrow: AlarmRefusal.unknown)
            try await access.answer(alarm: id, note: form.note, by: requester)
            return try await alarms(requester)
        }
        api.post("audit") { request, context in
            let form = try await JSONAnswer.body(AuditForm.self, of: request)
            let before = try form.before.map { text throws(WebRefusal) in
                guard let before = Int64(text) else { throw .bodyMalformed(field: "before") }
                return before
            }
            return JSONAnswer.response(
                OversightJSON.audit(
                    try await register.audit(try form.question(), before: before, by: try context.officerOnDuty())))
        }
        api.post("audit/export") { request, context in
            let form = try await JSONAnswer.body(AuditForm.self, of: request)
            return JSONAnswer.response(
                OversightJSON.audit(
                    try await register.exportAudit(
                        try form.question(), reason: form.reason ?? "", by: try context.officerOnDuty())))
        }
    }

    private func alarms(
        _ requester: Requester, after place: ListPlace? = nil, limit: Int = ListPage<Alarm>.usual
    ) async throws -> Response {
        let (open, answered) = try await access.alarms(after: place, limit: limit, by: requester)
        return JSONAnswer.response(OversightJSON.alarms(open: open, answered: answered))
    }

    private struct NoteForm: RequestBody {
        var note: String

        enum CodingKeys: CodingKey {
            case note
        }
    }

    /// What is asked of the logs; in the body, so that nothing of it stands in an address.
    private struct AuditForm: RequestBody {
        var log: String?
        var account: String?
        var office: String?
        /// A handle.
        var person: String?
        var since: String?
        var until: String?
        var kind: String?
        var words: String?
        var withoutFile: Bool?
        /// Where a page before ended.
        var before: String?
        /// Of an export.
        var reason: String?

        enum CodingKeys: String, CodingKey {
            case log, account, office, person, since, until, kind, words, before, reason
            case withoutFile = "without_file"
        }

        func question() throws -> AuditQuestion {
            var question = AuditQuestion()
            if let log {
                guard let log = AuditQuestion.Log(rawValue: log) else { throw WebRefusal.bodyMalformed(field: "log") }
                question.log = log
            }
            if let kind {
                guard let kind = ActKind(rawValue: kind) else { throw WebRefusal.bodyMalformed(field: "kind") }
                question.kind = kind
            }
            if let person {
                guard let handle = Handle(parsing: person) else { throw WebRefusal.handleMalformed }
                question.person = handle
            }
            (question.account, question.office, question.words) = (account, office, words)
            question.since = try Asking.day(since, "since")
            question.until = try Asking.day(until, "until")
            question.withoutFile = withoutFile ?? false
            return question
        }
    }

    // MARK: Seals

    private func addSeals(to api: RouterGroup<WebContext>, _ changes: RouterGroup<WebContext>) {
        api.get("seals") { _, context in try await seals(try context.officerOnDuty()) }
        changes.post("seals") { request, context in
            let form = try await JSONAnswer.body(SealForm.self, of: request)
            let requester = try context.officerOnDuty()
            _ = try await register.ask(
                toSeal: Handle(parsing: form.person), until: try Asking.day(form.until, "until"), reason: form.reason,
                by: requester)
            return try await seals(requester)
        }
        changes.post("seals/{seal}/lift") { request, context in
            let form = try await JSONAnswer.body(ReasonForm.self, of: request)
            let requester = try context.officerOnDuty()
            let seal = try Asking.id("seal", context, orThrow: SealRefusal.unknown)
            _ = try await register.ask(toLift: seal, reason: form.reason, by: requester)
            return try await seals(requester)
        }
        changes.post("seals/requests/{request}/decision") { request, context in
            let form = try await JSONAnswer.body(VerdictForm.self, of: request)
            let requester = try context.officerOnDuty()
            let id = try Asking.id("request", context, orThrow: ApprovalRefusal.unknown)
            try await register.decide(seal: id, form.verdict, by: requester)
            return try await seals(requester)
        }
    }

    private func seals(_ requester: Requester) async throws -> Response {
        JSONAnswer.response(OversightJSON.seals(try await register.seals(by: requester)))
    }

    private struct SealForm: RequestBody {
        /// The handle.
        var person: String
        /// The last day; nil for as long as nobody lifts it.
        var until: String?
        var reason: String

        enum CodingKeys: CodingKey {
            case person, until, reason
        }
    }

    // MARK: Emergency

    private func addEmergencies(to api: RouterGroup<WebContext>, _ changes: RouterGroup<WebContext>) {
        api.get("emergency") { _, context in try await emergencies(try context.officerOnDuty()) }
        changes.post("emergency") { request, context in
            let form = try await JSONAnswer.body(EmergencyForm.self, of: request)
            let requester = try context.officerOnDuty()
            guard form.persons.count <= BreakGlass.mostPersons else { throw AccessRefusal.personsNotNamed }
            let handles = try form.persons.map { text in
                guard let handle = Handle(parsing: text) else { throw EmergencyRefusal.personUnknown }
                return handle
            }
            _ = try await register.askEmergency(
                persons: handles, reason: form.reason, minutes: form.minutes, by: requester)
            return try await emergencies(requester)
        }
        changes.post("emergency/{emergency}/decision") { request, context in
            let form = try await JSONAnswer.body(VerdictForm.self, of: request)
            return try await change(context) { id, requester in
                try await register.decide(emergency: id, form.verdict, by: requester)
            }
        }
        changes.post("emergency/{emergency}/review") { request, context in
            let form = try await JSONAnswer.body(ReviewForm.self, of: request)
            let day = try Asking.day(form.putOffUntil, "put_off_until")
            return try await change(context) { id, requester in
                try await register.review(
                    emergency: id, note: form.note, puttingOffUntil: day, because: form.putOffReason ?? "",
                    by: requester)
            }
        }
        changes.post("emergency/{emergency}/told") { request, context in
            let form = try await JSONAnswer.body(ToldForm.self, of: request)
            return try await change(context) { id, requester in
                try await register.tell(
                    emergency: id, Handle(parsing: form.person), how: form.how, by: requester)
            }
        }
    }

    private func change(
        _ context: WebContext, _ change: (Int64, Requester) async throws -> Void
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        try await change(try Asking.id("emergency", context, orThrow: EmergencyRefusal.unknown), requester)
        return try await emergencies(requester)
    }

    private func emergencies(_ requester: Requester) async throws -> Response {
        let rights = EmergencyPage.Rights(requester.role)
        guard rights.isAny else { throw AccessRefusal.roleMayNotDo }
        let answer = try await register.emergencies(by: requester)
        let reviews = rights.reviews ? try await register.emergencyReviews(by: requester) : nil
        return JSONAnswer.response(OversightJSON.emergencies(answer, reviews))
    }

    private struct EmergencyForm: RequestBody {
        /// Handles.
        var persons: [String]
        var reason: String
        var minutes: Int

        enum CodingKeys: CodingKey {
            case persons, reason, minutes
        }
    }

    private struct ReviewForm: RequestBody, Sendable {
        var note: String
        var putOffUntil: String?
        var putOffReason: String?

        enum CodingKeys: String, CodingKey {
            case note
            case putOffUntil = "put_off_until"
            case putOffReason = "put_off_reason"
        }
    }

    private struct ToldForm: RequestBody, Sendable {
        /// The handle.
        var person: String
        var how: String

        enum CodingKeys: CodingKey {
            case person, how
        }
    }
}

/// Why something is done that needs a reason and nothing else.
struct ReasonForm: RequestBody {
    var reason: String

    enum CodingKeys: CodingKey {
        case reason
    }
}
