import Civil
import Database
import Ledger

/// Signing in with a key that its authenticator finds by itself, and the challenges of every ceremony.
extension AccessRegister {
    /// How many challenges one network may have open: a whole office may sit behind it.
    static let mostChallenges = 200

    /// What the browser asks an authenticator at sign-in; it names no account.
    ///
    /// - Parameter agent: the browser that asks; no other one can answer.
    package func beginPasskeySignIn(
        at party: RelyingParty, agent: String, address: String
    ) async throws -> PasskeyRequestOptions {
        let challenge = try await give(
            .signIn, to: nil, boundTo: AccessRegister.hash(ofAgent: agent), address: address)
        return PasskeyRequestOptions(party: party, challenge: challenge)
    }

    /// Đăng nhập bằng passkey.
    ///
    /// Tries are counted for the address and not for the account: whoever knows a key's name could otherwise lock its
    /// holder out, and nobody guesses a signature.
    ///
    /// - Parameter former: the secret that the browser brought; its session ends.
    package func signIn(
        with answer: PasskeyVerifier.Assertion, at party: RelyingParty, agent: String, address: String,
        replacing former: String? = nil
    ) async throws -> StartedSession {
        try await recordingRefusal(.passkey, from: address) { officer in
            let now = surroundings.now()
            try await count([.address(address)], at: now)
            let challenge = try await take(
                answer.clientData, .signIn, boundTo: AccessRegister.hash(ofAgent: agent), at: now)
            let known = try await database.read { try PasskeyStore().passkey(credential: answer.credential, $0) }
            guard let known else { throw PasskeyRefusal.keyUnknown }
            officer = known.officer
            let used = try PasskeyVerifier(party: party).verify(answer, challenge: challenge.bytes, key: known.key)
            try await database.write { connection in
                guard try PasskeyStore().use(known.id, as: used, at: now, on: connection) else {
                    throw PasskeyRefusal.counterWentBack
                }
                try uncount(address, on: connection)
            }
            return try await startSession(
                of: known.officer, by: .passkey, agent: agent, address: address, replacing: former)
        }
    }

    // MARK: Challenges

    /// A new challenge, stored with what it is for.
    func give(
        _ purpose: PasskeyStore.Challenge.Purpose, to owner: PasskeyStore.Challenge.Owner?, boundTo: Digest32,
        address: String
    ) async throws -> [UInt8] {
        let now = surroundings.now()
        let challenge = PasskeyStore.Challenge(
            bytes: surroundings.random(Passkey.challengeLength), purpose: purpose, owner: owner, boundTo: boundTo,
            place: NetworkPlace.truncated(address), issued: now)
        try await database.write { connection in
            let store = PasskeyStore()
            let oldest = Instant(microseconds: now.microseconds - Passkey.challengeValidity)
            try store.forgetChallenges(before: oldest, on: connection)
            guard try store.challenges(from: challenge.place, connection) < AccessRegister.mostChallenges else {
                throw SignInRefusal.tooManyTries(seconds: Int(Passkey.challengeValidity / 1_000_000))
            }
            try store.insert(challenge, on: connection)
        }
        return challenge.bytes
    }

    /// The challenge that an answer names, taken away for good; refused when it was for something or somebody else.
    func take(
        _ clientData: [UInt8], _ purpose: PasskeyStore.Challenge.Purpose, boundTo: Digest32, at now: Instant
    ) async throws -> PasskeyStore.Challenge {
        guard let data = try? ClientData(json: clientData) else {
            throw PasskeyRefusal.malformed(part: .clientData)
        }
        let taken = try await database.write { try PasskeyStore().take(data.challenge, on: $0) }
        guard let taken, taken.purpose == purpose, taken.boundTo == boundTo, taken.isOpen(at: now) else {
            throw PasskeyRefusal.challengeWrong
        }
        return taken
    }
}
