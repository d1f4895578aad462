import Civil
import Database
import Ledger

/// Making a key through a link or in a session, and keeping one's keys.
extension AccessRegister {
    /// A new key as the browser gives it.
    package struct NewPasskey: Sendable {
        package let answer: PasskeyVerifier.Registration
        package let transports: [OwnPasskey.Transport]
        /// What the officer calls it; nil for a name that is made up.
        package let label: String?

        package init(
            answer: PasskeyVerifier.Registration, transports: [OwnPasskey.Transport] = [], label: String? = nil
        ) {
            self.answer = answer
            self.transports = transports
            self.label = label
        }
    }

    /// What the browser asks an authenticator to make, for the account of a link.
    package func beginPasskeyEnrolment(
        token text: String, at party: RelyingParty, address: String
    ) async throws -> PasskeyCreationOptions {
        let (officer, token) = try await enrolment(text)
        return try await begin(.enrol, of: officer, boundTo: token.hash, at: party, address: address)
    }

    /// Đăng ký passkey bằng liên kết: uses the link up; every way to sign in that there was before is replaced, and
    /// running sessions end.
    package func enrolPasskey(token text: String, _ new: NewPasskey, at party: RelyingParty) async throws {
        let (officer, token) = try await enrolment(text)
        let now = surroundings.now()
        let made = try await make(new, .enrol, of: officer, boundTo: token.hash, at: party)
        try await database.write { connection in
            try use(token, of: officer, at: now, on: connection)
            try insert(made, of: officer, by: AccessRegister.enrolling(officer), on: connection)
        }
    }

    /// What the browser asks an authenticator to make, for the officer of a session that has begun lately.
    package func beginPasskey(
        in session: Session, at party: RelyingParty, address: String
    ) async throws -> PasskeyCreationOptions {
        guard session.isRecent(at: surroundings.now()) else { throw SignInRefusal.notRecent }
        return try await begin(.add, of: session.officer, boundTo: session.key, at: party, address: address)
    }

    /// Thêm passkey: one more way to sign in.
    package func addPasskey(_ new: NewPasskey, in session: Session, at party: RelyingParty) async throws {
        guard session.isRecent(at: surroundings.now()) else { throw SignInRefusal.notRecent }
        let made = try await make(new, .add, of: session.officer, boundTo: session.key, at: party)
        try await database.write { connection in
            guard try PasskeyStore().passkeys(of: session.officer.id, connection).count < OwnPasskey.most else {
                throw OwnPasskeyRefusal.tooMany
            }
            try insert(made, of: session.officer, by: session.actor, on: connection)
        }
    }

    /// The officer's keys, oldest first.
    package func passkeys(of officer: Int64) async throws -> [OwnPasskey] {
        try await database.read { try PasskeyStore().passkeys(of: officer, $0) }
    }

    /// Whether the officer has a password with one-time codes.
    package func hasPassword(_ officer: Int64) async throws -> Bool {
        try await database.read { try SecretStore().secret(of: officer, $0) != nil }
    }

    /// Đổi tên passkey.
    package func renamePasskey(_ id: Int64, to typed: String, in session: Session) async throws {
        let label = try OwnPasskey.label(typed)
        try await database.write { connection in
            guard try PasskeyStore().rename(id, of: session.officer.id, to: label, on: connection) else {
                throw OwnPasskeyRefusal.unknown
            }
        }
    }

    /// Bỏ passkey: never the last way to sign in.
    package func removePasskey(_ id: Int64, in session: Session) async throws {
        guard session.isRecent(at: surroundings.now()) else { throw SignInRefusal.notRecent }
        let officer = session.officer
        try await database.write { connection in
            let keys = try PasskeyStore().passkeys(of: officer.id, connection)
            guard let key = keys.first(where: { $0.id == id }) else { throw OwnPasskeyRefusal.unknown }
            guard try keys.count > 1 || SecretStore().secret(of: officer.id, connection) != nil else {
                throw OwnPasskeyRefusal.lastWay
            }
            try PasskeyStore().remove(id, of: officer.id, on: connection)
            try append(
                .passkeyRemoved(account: officer.account, label: key.label), about: officer.id, by: session.actor,
                on: connection)
        }
    }

    // MARK: Parts of both

    private func begin(
        _ purpose: PasskeyStore.Challenge.Purpose, of officer: Officer, boundTo: Digest32, at party: RelyingParty,
        address: String
    ) async throws -> PasskeyCreationOptions {
        let keys = try await passkeys(of: officer.id).map(\.key)
        // One name for all of an account's keys, so that an authenticator shows one account.
        let user = keys.first?.user ?? surroundings.random(Passkey.userLength)
        let challenge = try await give(
            purpose, to: .init(officer: officer.id, user: user), boundTo: boundTo, address: address)
        return PasskeyCreationOptions(
            party: party, challenge: challenge, user: user, account: officer.account, displayName: officer.name,
            // A link replaces all keys, so an authenticator may make its key anew.
            existing: purpose == .enrol ? [] : keys.map(\.credential))
    }

    private func make(
        _ new: NewPasskey, _ purpose: PasskeyStore.Challenge.Purpose, of officer: Officer, boundTo: Digest32,
        at party: RelyingParty
    ) async throws -> OwnPasskey {
        let now = surroundings.now()
        let challenge = try await take(new.answer.clientData, purpose, boundTo: boundTo, at: now)
        guard let owner = challenge.owner, owner.officer == officer.id else { throw PasskeyRefusal.challengeWrong }
        let key = try PasskeyVerifier(party: party).register(
            new.answer, challenge: challenge.bytes, user: owner.user)
        let label =
            switch new.label {
            case .some(let typed): try OwnPasskey.label(typed)
            case nil: "Passkey \(now.dayInVietnam)"
            }
        return OwnPasskey(
            id: surroundings.randomID(), officer: officer.id, key: key, label: label, transports: new.transports,
            made: now, used: nil)
    }

    private func insert(
        _ made: OwnPasskey, of officer: Officer, by actor: Actor, on connection: Connection
    ) throws {
        guard try PasskeyStore().passkey(credential: made.key.credential, connection) == nil else {
            throw OwnPasskeyRefusal.taken
        }
        try PasskeyStore().insert(made, on: connection)
        try append(
            .passkeyAdded(account: officer.account, label: made.label), about: officer.id, by: actor,
            on: connection)
    }
}
