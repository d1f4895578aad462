import Civil
import Database
import Ledger

/// What an officer is shown while setting up a way to sign in.
package struct EnrolmentOffer: Sendable {
    package let officer: Officer
    /// The secret for the authenticator application, in base32.
    package let codeSecret: String
    /// The `otpauth:` address of the same.
    package let codeAddress: String

    package init(officer: Officer, codeSecret: String, codeAddress: String) {
        self.officer = officer
        self.codeSecret = codeSecret
        self.codeAddress = codeAddress
    }
}

extension AccessRegister {
    /// What authenticator applications show beside the account.
    static let issuer = "Dan cu"

    /// Cấp liên kết đăng ký: lets the officer set up a way to sign in, once, within a day.
    ///
    /// - Returns: the token for the link; it is stored nowhere.
    package func issueEnrolment(for account: String, by requester: Requester) async throws -> String {
        let now = surroundings.now()
        guard let token = EnrolmentLink.Token(random: surroundings.random(32)) else {
            throw SignInRefusal.enrolmentInvalid
        }
        try await database.write { connection in
            guard let officer = try OfficerStore().officer(account: account, connection) else {
                throw AdministrationRefusal.officerUnknown
            }
            try right(of: requester, to: .manageOfficers, officer, on: connection)
            try SecretStore().insert(
                EnrolmentLink(tokenHash: token.hash, issued: now), for: officer.id, by: requester.actor.account,
                on: connection)
            try append(.enrolmentIssued(account: account), about: officer.id, by: requester.actor, on: connection)
        }
        return token.text
    }

    /// The account that a link is for, with a new secret for one-time codes; nothing is stored yet.
    package func enrolmentOffer(token text: String, codeSecret: String? = nil) async throws -> EnrolmentOffer {
        let (officer, _) = try await enrolment(text)
        let given = codeSecret.map { Base32Text.bytes(of: $0) ?? [] }
        let secret = given ?? surroundings.random(OneTimeCode.secretLength)
        guard secret.count == OneTimeCode.secretLength, let code = OneTimeCode(secret: secret)
        else { throw SignInRefusal.enrolmentInvalid }
        return EnrolmentOffer(
            officer: officer, codeSecret: code.secretText,
            codeAddress: code.address(account: officer.account, issuer: AccessRegister.issuer))
    }

    /// Đặt mật khẩu và mã dùng một lần: uses the link up; every way to sign in that there was before is replaced, and
    /// running sessions end.
    package func enrol(
        token text: String, password: String, codeSecret: String, code typed: String
    ) async throws {
        let (officer, token) = try await enrolment(text)
        let accepted = try PasswordRule.check(password, account: officer.account)
        let now = surroundings.now()
        guard let secret = Base32Text.bytes(of: codeSecret), secret.count == OneTimeCode.secretLength,
            let code = OneTimeCode(secret: secret)
        else { throw SignInRefusal.enrolmentInvalid }
        guard case .accepted(let step) = code.verify(typed, at: now, lastUsed: nil) else { throw SignInRefusal.wrong }
        let salt = surroundings.random(PasswordHash.saltLength)
        guard let hash = await Deriving.run({ PasswordHash(of: accepted, salt: salt, cost: passwordCost) }) else {
            throw SignInRefusal.enrolmentInvalid
        }
        try await database.write { connection in
            try use(token, of: officer, at: now, on: connection)
            try SecretStore().put(
                .init(hash: hash.stored, codeSecret: secret, lastStep: step), of: officer.id, at: now, on: connection)
            try append(
                .passwordSet(account: officer.account), about: officer.id, by: AccessRegister.enrolling(officer),
                on: connection)
        }
    }

    /// Uses a link up, of two at once only one; every way to sign in that there was before is gone, and sessions end.
    func use(
        _ token: EnrolmentLink.Token, of officer: Officer, at now: Instant, on connection: Connection
    ) throws {
        let store = SecretStore()
        guard try store.use(token.hash, at: now, on: connection) else {
            try store.link(token.hash, connection)?.link.check(token, at: now)
            throw EnrolmentLink.Refusal.wrong
        }
        try store.useLinks(of: officer.id, at: now, on: connection)
        try store.remove(of: officer.id, on: connection)
        try PasskeyStore().removeAll(of: officer.id, on: connection)
        try SessionStore().endAll(of: officer.id, at: now, on: connection)
    }

    /// Who acts while a link is used: the officer, who has signed in nowhere yet.
    static func enrolling(_ officer: Officer) -> Actor {
        Actor(account: officer.account, role: "enrolment", office: "enrolment")
    }

    func enrolment(_ text: String) async throws -> (officer: Officer, token: EnrolmentLink.Token) {
        guard let token = EnrolmentLink.Token(text: text) else { throw EnrolmentLink.Refusal.wrong }
        let found = try await database.read { connection in
            try SecretStore().link(token.hash, connection).map { stored in
                (stored.link, try OfficerStore().officer(stored.officer, connection))
            }
        }
        guard let (link, officer) = found, let officer else { throw EnrolmentLink.Refusal.wrong }
        try link.check(token, at: surroundings.now())
        guard officer.disabled == nil else { throw SignInRefusal.noRole }
        return (officer, token)
    }
}
