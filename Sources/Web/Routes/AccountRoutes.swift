import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Tài khoản của tôi qua API: signing in by password and out, one's own sessions, role, password and keys.
struct AccountRoutes: Sendable {
    let access: AccessRegister
    let cookie: SessionCookie

    /// None of these keeps its answer for a request that is sent again: they hold secrets, or change the session.
    func add(to open: RouterGroup<WebContext>, signedIn api: RouterGroup<WebContext>) {
        open.post("sign-in") { request, context in try await signIn(request, context) }
        api.post("sign-out") { _, context in
            try await access.signOut(try context.officer().session, address: context.address)
            var response = Response(status: .noContent)
            cookie.clear(in: &response)
            return response
        }
        api.get("sessions") { _, context in try await answer(try context.officer().session) }
        api.post("sessions/end") { request, context in
            let form = try await JSONAnswer.body(SessionForm.self, of: request)
            let session = try context.officer().session
            // What cannot be read does not mean "all of them"; that is said by leaving it out.
            let key = try form.session.map { text throws(WebRefusal) in
                guard let key = Digest32(hex: text) else { throw .bodyMalformed(field: "session") }
                return key
            }
            try await access.endOthers(than: session, only: key, address: context.address)
            return try await answer(session)
        }
        api.post("sessions/role") { request, context in try await changeRole(request, context) }
        api.post("sessions/password") { request, context in
            let form = try await JSONAnswer.body(PasswordForm.self, of: request)
            try await access.changePassword(
                from: form.present, to: form.new, code: form.code, in: try context.officer().session,
                address: context.address)
            return Response(status: .noContent)
        }
        api.post("sessions/keys") { request, context in
            let form = try await JSONAnswer.body(KeyForm.self, of: request)
            let session = try context.officer().session
            guard let key = Int64(form.key) else { throw OwnPasskeyRefusal.unknown }
            switch form.step {
            case .rename: try await access.renamePasskey(key, to: form.label ?? "", in: session)
            case .remove: try await access.removePasskey(key, in: session)
            }
            return try await answer(session)
        }
    }

    private func answer(_ own: Session) async throws -> Response {
        let officer = own.officer.id
        let sessions = try await access.sessions(of: officer)
        let roles = try await access.roles(of: officer)
        let keys = try await access.passkeys(of: officer)
        return JSONAnswer.response(
            .object([
                "own": .string(own.key.hex),
                "sessions": .array(sessions.map { OfficerJSON.session($0.session, $0.agent, $0.place, isOwn: true) }),
                "roles": .array(roles.map { OfficerJSON.ownRole($0.grant, $0.office) }),
                "keys": .array(keys.map(OfficerJSON.key)),
            ]))
    }

    private struct SignInForm: RequestBody {
        var account: String
        var password: String
        /// The one-time code of this moment.
        var code: String

        enum CodingKeys: CodingKey {
            case account, password, code
        }
    }

    /// Đăng nhập bằng mật khẩu: where there is no authenticator for a passkey; the session's secret is in the cookie.
    private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(SignInForm.self, of: request)
        let started = try await access.signIn(
            account: form.account, password: form.password, code: form.code, agent: Asking.agent(request),
            address: context.address, replacing: cookie.secret(of: request))
        var response = try await answer(started.session)
        cookie.set(started.secret.text, in: &response)
        return response
    }

    private struct SessionForm: RequestBody {
        /// One of the other sessions; nil ends all of them.
        var session: String?

        enum CodingKeys: CodingKey {
            case session
        }
    }

    private struct RoleForm: RequestBody {
        /// The number of the grant.
        var grant: String

        enum CodingKeys: CodingKey {
            case grant
        }
    }

    /// Chuyển vai trò: a new session begins in the other role, whose secret is in the cookie of the answer.
    private func changeRole(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(RoleForm.self, of: request)
        guard let grant = Int64(form.grant) else { throw SignInRefusal.noRole }
        let started = try await access.changeRole(
            to: grant, in: try context.officer().session, agent: Asking.agent(request),
            address: context.address)
        var response = try await answer(started.session)
        cookie.set(started.secret.text, in: &response)
        return response
    }

    private struct PasswordForm: RequestBody {
        var present: String
        var new: String
        /// The one-time code of this moment.
        var code: String

        enum CodingKeys: CodingKey {
            case present, new, code
        }
    }

    private struct KeyForm: RequestBody {
        enum Step: String, Decodable { case rename, remove }

        /// The number of the key.
        var key: String
        var step: Step
        /// Its new name.
        var label: String?

        enum CodingKeys: CodingKey {
            case key, step, label
        }
    }
}
