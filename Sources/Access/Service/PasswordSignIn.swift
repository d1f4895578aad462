import Civil
import Database
import Dispatch
import Ledger

extension AccessRegister {
    /// Đăng nhập bằng mật khẩu và mã dùng một lần.
    ///
    /// Whatever is wrong, the answer and the time it takes are the same. Every try is counted before it is looked at.
    ///
    /// - Parameters:
    ///   - address: where the browser is, for counting wrong tries from one place.
    ///   - former: the secret that the browser brought; its session ends.
    package func signIn(
        account: String, password: String, code: String, agent: String, address: String,
        replacing former: String? = nil
    ) async throws -> StartedSession {
        let account = account.lowercased()
        guard Officer.isAccount(account), password.utf8.count <= PasswordRule.longestInBytes else {
            throw SignInRefusal.wrong
        }
        return try await recordingRefusal(.passwordAndCode, from: address) { officer in
            let now = surroundings.now()
            try await count([.account(account), .address(address)], at: now)
            let known = try await database.read { connection -> Known? in
                guard let officer = try OfficerStore().officer(account: account, connection) else { return nil }
                return Known(officer: officer, secret: try SecretStore().secret(of: officer.id, connection))
            }
            officer = known?.officer.id
            let step = try await check(known, password: password, code: code, at: now)
            guard let holder = known?.officer else { throw SignInRefusal.wrong }
            try await accept(step, of: holder, from: address)
            return try await startSession(
                of: holder.id, by: .passwordAndCode, agent: agent, address: address, replacing: former)
        }
    }

    /// An account that there is; it may have no password.
    private struct Known: Sendable {
        let officer: Officer
        let secret: SecretStore.Secret?
    }

    /// The step of the code; whatever is wrong, the password is derived first.
    private func check(
        _ known: Known?, password: String, code: String, at now: Instant
    ) async throws(SignInRefusal) -> Int64 {
        let stored = known?.secret.flatMap { PasswordHash(stored: $0.hash) }
        let hash =
            stored
            ?? PasswordHash.nobody(salt: surroundings.random(PasswordHash.saltLength), cost: passwordCost)
        let isRight = await Deriving.run { hash.matches(NormalForm.nfc(password)) }
        guard let known, let secret = known.secret, stored != nil, isRight, known.officer.disabled == nil,
            case .accepted(let step)? = OneTimeCode(secret: secret.codeSecret)?
                .verify(code, at: now, lastUsed: secret.lastStep)
        else { throw .wrong }
        return step
    }

    private func accept(_ step: Int64, of officer: Officer, from address: String) async throws {
        try await database.write { connection in
            let store = SecretStore()
            // Two sign-ins with the same code: only one of them is the officer's.
            guard let present = try store.secret(of: officer.id, connection), present.lastStep < step else {
                throw SignInRefusal.wrong
            }
            try store.setLastStep(step, of: officer.id, on: connection)
            try store.forget(CountedSubject.account(officer.account).text, on: connection)
            try uncount(address, on: connection)
        }
    }

    /// A right try of an office's shared address is no wrong one; those of others stay counted.
    func uncount(_ address: String, on connection: Connection) throws {
        let place = CountedSubject.address(address).text
        guard let state = try SecretStore().failures(of: place, connection), state.failures > 0 else { return }
        try SecretStore().put(.init(failures: state.failures - 1, last: state.last), of: place, on: connection)
    }

    /// Counts a try of each subject, or refuses it while a pause lasts.
    func count(_ subjects: [CountedSubject], at now: Instant) async throws {
        let pause = try await database.write { connection -> Int? in
            let store = SecretStore()
            var states: [AttemptLimit.State?] = []
            for subject in subjects {
                let state = try store.failures(of: subject.text, connection)
                if case .wait(let seconds) = subject.limit.verdict(state, at: now) { return seconds }
                states.append(state)
            }
            for (subject, state) in zip(subjects, states) {
                try store.put(subject.limit.afterFailure(state, at: now), of: subject.text, on: connection)
            }
            try store.forget(
                before: Instant(microseconds: now.microseconds - AttemptLimit.account.memory * 1_000_000),
                on: connection)
            return nil
        }
        if let pause { throw SignInRefusal.tooManyTries(seconds: pause) }
    }
}

/// Whose tries are counted: those of an account, or those from an address.
enum CountedSubject: Sendable {
    case account(String)
    case address(String)

    var text: String {
        switch self {
        case .account(let account): "account \(account)"
        case .address(let address): "address \(address.prefix(64))"
        }
    }

    var limit: AttemptLimit {
        switch self {
        case .account: .account
        case .address: .address
        }
    }
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
