import Access
import Civil
import HTTPTypes
import Hummingbird

/// Setting up how to sign in, through a link that somebody gave.
struct EnrolmentRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("enrol/{token}") { request, context in
            let offer = try await desk.access.enrolmentOffer(token: Asking.part("token", context))
            return try page(offer, nil, request, context)
        }
        router.post("enrol/{token}") { request, context in try await enrol(request, context) }
    }

    private func page(
        _ offer: EnrolmentOffer, _ problem: Sentence?, _ request: Request, _ context: WebContext
    ) throws -> Response {
        let frame = desk.frame(
            Sentence("Đặt cách đăng nhập", "Set up how you sign in"), request, context, failed: problem != nil)
        return try desk.answer(
            EnrolPage(frame: frame, offer: offer, action: OwnPath.of(request), problem: problem),
            status: problem == nil ? .ok : .unprocessableContent)
    }

    private func enrol(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let token = Asking.part("token", context)
        do {
            try await desk.access.enrol(
                token: token, password: form.untrimmed("password"), codeSecret: form["secret"], code: form["code"])
            return ConsoleDesk.redirect(to: "/sign-in")
        } catch let refusal as PasswordRule.Refusal {
            return try await again(token, form, refusal.sentence, request, context)
        } catch SignInRefusal.wrong {
            let sentence = Sentence(
                "Mã không đúng; gõ mã đang hiện trong ứng dụng xác thực.",
                "The code is wrong; type the one that the authenticator shows now.")
            return try await again(token, form, sentence, request, context)
        }
    }

    /// The page again with the same secret, so that the application need not be set up anew.
    private func again(
        _ token: String, _ form: FormBody, _ problem: Sentence, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let offer = try await desk.access.enrolmentOffer(token: token, codeSecret: form["secret"])
        return try page(offer, problem, request, context)
    }
}
