import Access

/// Biểu mẫu đã gửi phê duyệt: the answers that were asked with, kept as a draft beside the approval, so that what was
/// rejected is mended and not typed again.
struct AskedForm {
    let approval: Int64

    /// The member that has the page of the form; no field has such a name.
    private static let page = "form page"

    private var path: String { "/approvals/\(approval)" }

    func keep(
        _ answers: [String: String], from page: String, about: String?, of session: Session, in access: AccessRegister
    ) async throws {
        try await access.keep(answers.merging([AskedForm.page: page]) { $1 }, at: path, about: about, of: session)
    }

    /// Whether the answers are still there; they are for whoever asked alone.
    func isKept(of session: Session, in access: AccessRegister) async throws -> Bool {
        try await access.draft(at: path, of: session)?.fields[AskedForm.page] != nil
    }

    /// Puts the answers back into their form as its draft; the form's page, nil where they are gone.
    func reopen(of session: Session, in access: AccessRegister) async throws -> String? {
        guard let draft = try await access.draft(at: path, of: session), let page = draft.fields[AskedForm.page] else {
            return nil
        }
        let fields = draft.fields.filter { $0.key != AskedForm.page }
        try await access.keep(fields, at: page, about: draft.about, of: session)
        try await access.discardDraft(at: path, of: session)
        return page
    }
}
