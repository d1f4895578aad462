import Access
import Civil
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Phiếu DC01 tại quầy: one sheet is a batch of one row, so that it is read, compared and kept like all the others.
struct SheetRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("sheets/new") { request, context in
            let session = try context.officer().session
            let draft = try await desk.access.draft(at: SheetPage.path, of: session)
            return try page(FormInput(draft?.fields ?? [:]), request, context, draft: draft?.saved)
        }
        router.post("sheets/new") { request, context in try await posted(request, context) }
    }

    private func page(
        _ input: FormInput, _ request: Request, _ context: WebContext, errors: [FieldError] = [],
        draft: Instant? = nil, alike: [AlikePerson] = []
    ) throws -> Response {
        try AccessPolicy.require(try context.officerOnDuty(), toUse: .importBatch)
        let frame = desk.frame(SheetPage.title, request, context, section: .people, failed: !errors.isEmpty)
        let words = ValueWords(frame.spoken, units: desk.register.units)
        let key = input["key"].isEmpty ? desk.newKey : input["key"]
        return try desk.answer(
            SheetPage(
                frame: frame, key: key, input: input, errors: errors, draft: draft.map(words.moment),
                alike: alike, units: desk.register.units),
            status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    private func posted(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        let session = try context.officer().session
        if body["step"] == "discard" {
            try await desk.access.discardDraft(at: SheetPage.path, of: session)
            return ConsoleDesk.redirect(to: SheetPage.path)
        }
        try AccessPolicy.require(requester, toUse: .importBatch)
        guard let key = SecretToken(text: body["key"]) else { throw WebRefusal.formMalformed }
        try await desk.access.keep(
            body.input.answers, at: SheetPage.path, about: body[SheetColumn.name.rawValue], of: session)
        let language = desk.language(request, context)
        let missing = SheetPage.groups.flatMap(\.fields).filter { !$0.optional && body[$0.name].isEmpty }
            .map { FieldError(field: $0.name, text: language.of($0.missing)) }
        guard missing.isEmpty else { return try page(body.input, request, context, errors: missing) }
        let name = "phieu-\(key.hash.hex.prefix(10))"
        let alike = try await desk.register.alike(toSheet: fields(body.input), seen: body["another"], by: requester)
        // A form that comes twice finds the person that it made.
        if !alike.isEmpty, try await desk.register.batch(named: name) == nil {
            let error = FieldError(field: "another", text: language.of(AlikeBlock.missing))
            return try page(body.input, request, context, errors: [error], alike: alike)
        }
        let summary: BatchSummary
        do {
            summary = try await record(body.input, named: name, by: requester)
        } catch let refusal as BatchRefusal {
            let error = FieldError(field: SheetColumn.name.rawValue, text: language.of(refusal.sentence))
            return try page(body.input, request, context, errors: [error])
        }
        let typed = SheetColumn.allCases.count { !body[$0.rawValue].isEmpty }
        try await desk.access.finish(SheetPage.path, TypingCount(fromRegister: 0, typed: typed), of: session)
        desk.server.watch.recorded()
        let row = try await desk.register.rows(ofBatch: summary.batch, after: 0, by: requester).first
        if let person = row?.person { return ConsoleDesk.redirect(to: "/persons/\(person)") }
        return ConsoleDesk.redirect(to: "\(BatchPage.path(of: summary.batch))/held/\(row?.place ?? 1)")
    }

    /// Imports the sheet under a name that follows from the form, so that the same form sent twice is one sheet.
    private func record(
        _ input: FormInput, named name: String, by requester: Requester
    ) async throws -> BatchSummary {
        let folder = try desk.register.surroundings.newFolder("sheet")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("\(name).csv")
        try Data(csv(input).utf8).write(to: file)
        return try await desk.register.importBatch(path: file.path, by: requester)
    }

    private func fields(_ input: FormInput) -> [SheetColumn: String] {
        let pairs = SheetColumn.allCases.map { column -> (SheetColumn, String) in
            switch column {
            case .row: (column, "1")
            case .collected where input[column.rawValue].isEmpty:
                (column, DayText.vietnamese(desk.register.surroundings.today))
            default: (column, input[column.rawValue])
            }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private func csv(_ input: FormInput) -> String {
        let columns = SheetColumn.allCases
        let values = fields(input)
        func line(_ fields: [String]) -> String {
            fields.map { field in
                let text = field.replacing("\r", with: " ").replacing("\n", with: " ")
                return "\"" + text.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",") + "\n"
        }
        return line(columns.map(\.rawValue)) + line(columns.map { values[$0] ?? "" })
    }
}
