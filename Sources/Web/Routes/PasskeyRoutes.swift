import Access
import HTTPTypes
import Hummingbird
import Population

/// Passkey qua API: what the script of the console asks for and hands back; each ceremony is a challenge, then its
/// answer.
struct PasskeyRoutes: Sendable {
    let server: WebServer

    private var access: AccessRegister { server.access }

    func add(to api: RouterGroup<WebContext>, signedIn own: RouterGroup<WebContext>) {
        api.post("passkeys/sign-in/challenge") { request, context in
            _ = try await JSONAnswer.body(Nothing.self, of: request)
            let options = try await access.beginPasskeySignIn(
                at: try site(), agent: Asking.agent(request), address: context.address)
            return PlainAnswer.text(try options.json(), type: PasskeyRoutes.json)
        }
        api.post("passkeys/sign-in") { request, context in try await signIn(request, context) }
        api.post("passkeys/enrolment/challenge") { request, context in
            let form = try await JSONAnswer.body(LinkForm.self, of: request)
            let options = try await access.beginPasskeyEnrolment(
                token: form.token, at: try site(), address: context.address)
            return PlainAnswer.text(try options.json(), type: PasskeyRoutes.json)
        }
        api.post("passkeys/enrolment") { request, _ in
            let form = try await JSONAnswer.body(EnrolmentForm.self, of: request)
            try await access.enrolPasskey(token: form.token, form.credential.made(nil), at: try site())
            return PasskeyRoutes.done(next: "/sign-in")
        }
        own.post("passkeys/challenge") { request, context in
            _ = try await JSONAnswer.body(Nothing.self, of: request)
            let options = try await access.beginPasskey(
                in: try context.officer().session, at: try site(), address: context.address)
            return PlainAnswer.text(try options.json(), type: PasskeyRoutes.json)
        }
        own.post("passkeys") { request, context in
            let form = try await JSONAnswer.body(AddingForm.self, of: request)
            try await access.addPasskey(
                form.credential.made(form.label), in: try context.officer().session, at: try site())
            return PasskeyRoutes.done(next: "/sessions")
        }
    }

    private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(SignInForm.self, of: request)
        let started = try await access.signIn(
            with: form.credential.answer, at: try site(), agent: Asking.agent(request), address: context.address,
            replacing: server.cookie.secret(of: request))
        var response = PasskeyRoutes.done(next: OwnPath.of(form.next))
        server.cookie.set(started.secret.text, in: &response)
        return response
    }

    private func site() throws(OwnPasskeyRefusal) -> RelyingParty {
        guard let party = server.party else { throw .noSite }
        return party
    }

    /// Where the browser goes on.
    private static func done(next: String) -> Response {
        JSONAnswer.response(.object(["next": .string(next)]))
    }

    private static let json = "application/json; charset=utf-8"
}

extension Asking {
    /// The browser as it calls itself.
    static func agent(_ request: Request) -> String { request.headers[.userAgent] ?? "" }
}

// MARK: Bodies

/// `{}`: a body that no form of another site can send.
private struct Nothing: RequestBody {
    enum CodingKeys: CodingKey {}
}

private struct LinkForm: RequestBody {
    let token: String

    enum CodingKeys: CodingKey {
        case token
    }
}

private struct SignInForm: RequestBody {
    let credential: AssertionForm
    let next: String?

    enum CodingKeys: CodingKey {
        case credential, next
    }
}

private struct EnrolmentForm: RequestBody {
    let token: String
    let credential: RegistrationForm

    enum CodingKeys: CodingKey {
        case token, credential
    }
}

private struct AddingForm: RequestBody {
    let label: String?
    let credential: RegistrationForm

    enum CodingKeys: CodingKey {
        case label, credential
    }
}

/// `PublicKeyCredential.toJSON()` of a new key, as far as it is needed (WebAuthn level 3, §5.5).
private struct RegistrationForm: Decodable {
    let response: Answer

    struct Answer: Decodable {
        let clientDataJSON: Base64URLBytes
        let attestationObject: Base64URLBytes
        let transports: [String]?
    }

    func made(_ label: String?) -> AccessRegister.NewPasskey {
        AccessRegister.NewPasskey(
            answer: .init(
                clientData: response.clientDataJSON.bytes, attestationObject: response.attestationObject.bytes),
            transports: OwnPasskey.transports(response.transports ?? []),
            label: label.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 })
    }
}

/// The same of a sign-in (§5.6).
private struct AssertionForm: Decodable {
    let id: Base64URLBytes
    let response: Answer

    struct Answer: Decodable {
        let clientDataJSON: Base64URLBytes
        let authenticatorData: Base64URLBytes
        let signature: Base64URLBytes
        let userHandle: Base64URLBytes?
    }

    var answer: PasskeyVerifier.Assertion {
        PasskeyVerifier.Assertion(
            credential: id.bytes, clientData: response.clientDataJSON.bytes,
            authenticatorData: response.authenticatorData.bytes, signature: response.signature.bytes,
            user: response.userHandle?.bytes)
    }
}

private struct Base64URLBytes: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let bytes = Base64URLText.bytes(of: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64url")
        }
        self.bytes = bytes
    }
}
