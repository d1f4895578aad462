import Access
import Civil
import Hummingbird
import Ledger
import Population

/// Quầy làm việc qua API: what waits for the officer, and the sheet of somebody whom the register does not know.
struct CounterRoutes: Sendable {
    let register: PopulationRegister
    let queues: WorkQueues
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>) {
        api.get("work") { _, context in
            let waiting = try await queues.all(of: try context.officer())
            return JSONAnswer.response(
                .object([
                    "queues": .array(
                        waiting.map { queue in
                            .object([
                                "title": .object([
                                    "vi": .string(queue.title.vietnamese), "en": .string(queue.title.english),
                                ]),
                                "page": .string(queue.path), "count": .integer(Int64(queue.count)),
                                "oldest_due": CommonJSON.text(queue.oldestDue?.description),
                            ])
                        })
                ]))
        }
        api.post("sheets") { request, context in try await sheet(request, context) }
    }

    /// The `Idempotency-Key` names the sheet: sent again it is the same one.
    private func sheet(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.requester()
        let intake = SheetIntake(register: register)
        let (outcome, isRepeated) = try await SentRequest(NewSheet.self, of: request, by: requester)
            .once(made: { try await intake.made(by: $0, requester) }) { form, key in
                guard let key = key ?? SentForm(key: SecretToken(random: register.surroundings.random(32)).text) else {
                    throw WebRefusal.formMalformed
                }
                let columns = try form.columns()
                do {
                    return try await intake.record(
                        intake.fields { columns[$0] ?? "" }, once: key, seen: form.anotherThan, by: requester)
                } catch is BatchRefusal {
                    throw WebRefusal.bodyMalformed(field: "fields")
                }
            }
        if !isRepeated { watch.recorded() }
        return JSONAnswer.response(
            .object([
                "batch": .string(outcome.batch.name), "person": CommonJSON.text(outcome.person),
                "held": outcome.person == nil ? .integer(Int64(outcome.place)) : .null,
            ]), status: isRepeated ? .ok : .created)
    }

    private struct NewSheet: RequestBody, Sendable {
        /// By the columns of the form.
        var fields: [String: String]
        /// The mark of those who come close and are somebody else.
        var anotherThan: String?

        enum CodingKeys: String, CodingKey {
            case fields
            case anotherThan = "another_than"
        }

        func columns() throws(WebRefusal) -> [SheetColumn: String] {
            var columns: [SheetColumn: String] = [:]
            for (name, text) in fields {
                guard let column = SheetColumn(rawValue: name), column != .row else {
                    throw .bodyMalformed(field: "fields")
                }
                columns[column] = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            for column in SheetColumn.required where columns[column]?.isEmpty ?? true {
                throw .bodyMalformed(field: "fields.\(column.rawValue)")
            }
            return columns
        }
    }
}
