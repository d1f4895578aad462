import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// The first page after sign-in: what waits for the officer.
struct WorkRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("work") { request, context in
            let admission = try context.officer()
            let frame = desk.frame(Sentence("Việc của tôi", "My work"), request, context, section: .queues)
            let typing = try await desk.access.typing(ofOffice: admission.office.code)
            return try desk.answer(
                QueuesPage(
                    frame: frame, queues: try await desk.server.queues.all(of: admission),
                    today: desk.register.surroundings.today,
                    drafts: try await drafts(admission, frame.spoken), fromRegister: typing.fromRegister,
                    typed: typing.typed))
        }
        router.get("acts/{act}/receipt") { request, context in
            _ = try context.officer()
            let act = try Asking.id("act", context, orThrow: WebRefusal.entryNotLogged)
            return ConsoleDesk.redirect(to: "/api/v1/logs/acts/entries/\(act)/proof")
        }
        router.get("assets/console.css") { _, _ in
            PlainAnswer.bytes(desk.pages.styleSheet, type: "text/css; charset=utf-8", cache: "no-cache")
        }
        for (name, script) in [("passkey", desk.pages.passkeyScript), ("camera", desk.pages.cameraScript)] {
            router.get("assets/\(name).js") { _, _ in
                PlainAnswer.bytes(script, type: "text/javascript; charset=utf-8", cache: "no-cache")
            }
        }
    }

    /// The page of a form ends with its name.
    private func drafts(_ admission: Admission, _ language: PageLanguage) async throws -> [QueuesPage.Draft] {
        let words = ValueWords(language, units: desk.register.units)
        return try await desk.access.drafts(of: admission.session).compactMap { draft in
            let form = draft.path.split(separator: "/").last.flatMap { GuidedForm(rawValue: String($0)) }
            let title = draft.path == SheetPage.path ? SheetPage.title : form?.title
            return title.map { title in
                QueuesPage.Draft(
                    title: language.of(title), about: draft.about, href: draft.path, saved: words.moment(draft.saved))
            }
        }
    }
}
