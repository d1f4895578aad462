import Civil
import Database
import Dispatch
import Ledger

extension AccessRegister {
    /// Đăng nhập bằng mật khẩu và mã dùng một lần.
    ///
    /// Whatever is wrong, the answer and the time it takes are the same. Every try is counted before it is looked at.
    ///
    /// - Parameter address: where the browser is, for counting wrong tries from one place.
    package func signIn(
        account: String, password: String, code: String, agent: String, address: String
    ) async throws -> StartedSession {
        let account = account.lowercased()
        guard Officer.isAccount(account), password.utf8.count <= PasswordRule.longestInBytes else {
            throw SignInRefusal.wrong
        }
        let now = surroundings.now()
        try await count(account: account, address: address, at: now)
        let known = try await database.read { connection -> (Officer, SecretStore.Secret)? in
            guard let officer = try OfficerStore().officer(account: account, connection),
                let secret = try SecretStore().secret(of: officer.id, connection)
            else { return nil }
            return (officer, secret)
        }
        let stored = known.flatMap { PasswordHash(stored: $0.1.hash) }
        let hash = stored ?? PasswordHash.nobody(salt: surroundings.random(PasswordHash.saltLength))
        let isRight = await Deriving.run { hash.matches(NormalForm.nfc(password)) }
        guard let (officer, secret) = known, stored != nil, isRight, officer.disabled == nil,
            case .accepted(let step)? = OneTimeCode(secret: secret.codeSecret)?
                .verify(code, at: now, lastUsed: secret.lastStep)
        else { throw SignInRefusal.wrong }
        try await database.write { connection in
            let store = SecretStore()
            // Two sign-ins with the same code: only one of them is the officer's.
            guard let present = try store.secret(of: officer.id, connection), present.lastStep < step else {
                throw SignInRefusal.wrong
            }
            try store.setLastStep(step, of: officer.id, on: connection)
            try store.forget(AccessRegister.subject(account: account), on: connection)
            // A right try of an office's shared address is no wrong one; those of others stay counted.
            let place = AccessRegister.subject(address: address)
            if let state = try store.failures(of: place, connection), state.failures > 0 {
                try store.put(.init(failures: state.failures - 1, last: state.last), of: place, on: connection)
            }
        }
        return try await startSession(of: officer.id, by: .passwordAndCode, agent: agent)
    }

    /// Counts a try of the account and of the address, or refuses it while a pause lasts.
    private func count(account: String, address: String, at now: Instant) async throws {
        let subjects: [(name: String, limit: AttemptLimit)] = [
            (AccessRegister.subject(account: account), .account), (AccessRegister.subject(address: address), .address),
        ]
        let pause = try await database.write { connection -> Int? in
            let store = SecretStore()
            var states: [AttemptLimit.State?] = []
            for subject in subjects {
                let state = try store.failures(of: subject.name, connection)
                if case .wait(let seconds) = subject.limit.verdict(state, at: now) { return seconds }
                states.append(state)
            }
            for (subject, state) in zip(subjects, states) {
                try store.put(subject.limit.afterFailure(state, at: now), of: subject.name, on: connection)
            }
            try store.forget(
                before: Instant(microseconds: now.microseconds - AttemptLimit.account.memory * 1_000_000),
                on: connection)
            return nil
        }
        if let pause { throw SignInRefusal.tooManyTries(seconds: pause) }
    }

    private static func subject(account: String) -> String { "account \(account)" }
    private static func subject(address: String) -> String { "address \(address.prefix(64))" }
}

/// Deriving keys from passwords takes a tenth of a second and 32 MiB: one after the other, on a thread of its own.
enum Deriving {
    private static let queue = DispatchQueue(label: "dancu.deriving")

    static func run<Value: Sendable>(_ derive: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: derive())
            }
        }
    }
}
