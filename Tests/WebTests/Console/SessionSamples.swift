import Civil
import Ledger
import TestAuthenticator

@testable import Access
@testable import Population
@testable import Web

/// The page of an officer's sessions and keys: full, old, and just begun.
extension ConsoleSamples {
    private func session(_ number: UInt8, _ method: Session.Method, _ started: String) -> Session {
        let grant = Grant(
            id: 3, officer: 1, role: .communeOfficer, office: "xa-00097", since: ConsoleSamples.at("2026-01-01"),
            until: ConsoleSamples.at("2026-12-31"))
        let officer = Officer(
            id: 1, account: "cb-017", name: "Cán bộ mẫu", person: nil, language: .vietnamese, disabled: nil)
        return Session(
            key: Digest32(Array(repeating: number, count: 32)) ?? MerkleHash.empty, officer: officer, grant: grant,
            formToken: "csrf-token", method: method, started: ConsoleSamples.at(started),
            used: ConsoleSamples.at(started))
    }

    private func key(_ id: Int64, _ label: String, _ transports: [OwnPasskey.Transport], used: String?) throws
        -> OwnPasskey
    {
        // The generator's point of the curve: a key that nobody holds.
        let cose = CBORBytes.map([
            (CBORBytes.integer(1), CBORBytes.integer(2)), (CBORBytes.integer(3), CBORBytes.integer(-7)),
            (CBORBytes.integer(-1), CBORBytes.integer(1)),
            (CBORBytes.integer(-2), CBORBytes.bytes(ConsoleSamples.generator.x)),
            (CBORBytes.integer(-3), CBORBytes.bytes(ConsoleSamples.generator.y)),
        ])
        let passkey = Passkey(
            credential: Array(repeating: UInt8(id), count: 32), key: try PasskeyPublicKey(cose: cose),
            user: Array(repeating: 9, count: 32), counter: 4, model: Array(repeating: 0, count: 16),
            isBackupEligible: false, isBackedUp: false, attestation: .none)
        return OwnPasskey(
            id: id, officer: 1, key: passkey, label: label, transports: transports,
            made: ConsoleSamples.at("2026-02-25T02:00:00Z"), used: used.map(ConsoleSamples.at))
    }

    private static let generator = (
        x: bytes("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        y: bytes("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
    )

    private static func bytes(_ hex: String) -> [UInt8] { Digest32(hex: hex)?.bytes ?? [] }

    func sessions(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let own = session(1, .passkey, "2026-03-02T01:58:00Z")
        let other = session(2, .passwordAndCode, "2026-03-01T23:30:00Z")
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        let keys = [
            try? key(11, "Máy ở quầy 2\(evil)", [.internal], used: "2026-03-02T01:58:00Z"),
            try? key(12, "Khóa dự phòng", [.nfc, .usb], used: nil),
        ].compactMap { $0 }
        func entry(_ event: SignInEntry.Event, _ reason: String?, _ method: Session.Method) -> SignInEntry {
            SignInEntry(
                id: 1, officer: 1, at: ConsoleSamples.at("2026-03-02T01:58:00Z"), event: event, method: method,
                reason: reason, place: "192.0.2.0/24")
        }
        let entries = [
            entry(.signedIn, nil, .passkey), entry(.refused, "sign_in_wrong", .passwordAndCode),
            entry(.ended, "by_owner", .passwordAndCode), entry(.signedOut, nil, .demonstration),
        ]
        let deputy = Grant(
            id: 4, officer: 1, role: .approver, office: "xa-00097", since: ConsoleSamples.at("2026-02-01"),
            until: ConsoleSamples.at("2026-03-31"), deputyFor: 2)
        let roles = [own.grant, deputy].compactMap { grant in
            CalendarDate(iso: "2021-02-25").map { since in
                (
                    grant: grant,
                    office: Office(
                        code: "xa-00097", name: "Công an Phường Hồng Hà\(evil)", level: .commune,
                        unit: UnitCode("00097", .fromJuly2025), since: since)
                )
            }
        }
        func page(_ content: SessionsPage.Content, now: String, _ problem: Sentence? = nil) -> SessionsPage {
            SessionsPage(
                frame: frame(language.of(SessionsPage.title), language, failed: problem != nil), content: content,
                now: ConsoleSamples.at(now), party: .local(port: 8_080), problem: problem, units: units)
        }
        return [
            (
                "sessions",
                page(
                    .init(
                        own: own, roles: roles,
                        sessions: [(other, "Máy lạ\(evil)", "-"), (own, firefox, "127.0.0.0/24")],
                        keys: keys, hasPassword: true, entries: entries), now: "2026-03-02T02:05:00Z",
                    OwnPasskeyRefusal.lastWay.sentence)
            ),
            (
                "sessions-old",
                page(
                    .init(
                        own: own, sessions: [(own, firefox, "192.0.2.0/24")], keys: [], hasPassword: false,
                        entries: [entries[0]]), now: "2026-03-02T05:00:00Z")
            ),
        ]
    }
}
