import Civil
import Database
import Ledger

extension AccessRegister {
    /// Đổi mật khẩu: the officer proves the present one together with a one-time code, as if signing in; all other
    /// sessions of the account end, and so do the tries of whoever knew the one before.
    ///
    /// - Throws: `SignInRefusal.wrong`, whatever of it is wrong; `PasswordRule.Refusal` of the new one.
    package func changePassword(
        from present: String, to wanted: String, code: String, in session: Session, address: String
    ) async throws {
        let officer = session.officer
        let accepted = try PasswordRule.check(wanted, account: officer.account)
        guard present.utf8.count <= PasswordRule.longestInBytes else { throw SignInRefusal.wrong }
        try await recordingRefusal(.passwordAndCode, from: address) { refused in
            refused = officer.id
            let now = surroundings.now()
            try await count([.account(officer.account), .address(address)], at: now)
            let secret = try await database.read { try SecretStore().secret(of: officer.id, $0) }
            guard let secret, let stored = PasswordHash(stored: secret.hash),
                await Deriving.run({ stored.matches(NormalForm.nfc(present)) }),
                case .accepted(let step)? = OneTimeCode(secret: secret.codeSecret)?
                    .verify(code, at: now, lastUsed: secret.lastStep)
            else { throw SignInRefusal.wrong }
            let salt = surroundings.random(PasswordHash.saltLength)
            guard let hash = await Deriving.run({ PasswordHash(of: accepted, salt: salt, cost: passwordCost) }) else {
                throw SignInRefusal.wrong
            }
            try await database.write { connection in
                // The same code, used elsewhere at this moment, is not used twice.
                guard let held = try SecretStore().secret(of: officer.id, connection), held.hash == secret.hash,
                    held.lastStep < step
                else { throw SignInRefusal.wrong }
                try SecretStore().put(
                    .init(hash: hash.stored, codeSecret: secret.codeSecret, lastStep: step), of: officer.id, at: now,
                    on: connection)
                try SecretStore().forget(CountedSubject.account(officer.account).text, on: connection)
                try uncount(address, on: connection)
                try append(
                    .passwordSet(account: officer.account), about: officer.id, by: session.actor, on: connection)
            }
        }
        try await endOthers(than: session, address: address)
    }
}
