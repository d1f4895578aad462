import Chip
import Civil
import Foundation
import Ledger

/// Một bước đang làm: what stands before it, what it opened, and what it will write.
struct CeremonyTable {
    let record: CeremonyRecord
    let surroundings: Surroundings
    let now: Instant
    var subject: String
    /// The words of the holders who gave their shares, or chose their passphrases.
    var holders: [String] = []
    var files: [CeremonyFolder.File] = []
    /// The checksums of shares that are given out.
    var shares: [String: String] = [:]
    /// The files of a step that is only tried.
    private(set) var planned: [String] = []

    init(record: CeremonyRecord, surroundings: Surroundings, subject: String) {
        self.record = record
        self.surroundings = surroundings
        self.subject = subject
        now = surroundings.now()
    }

    mutating func plan(_ names: [String]) { planned = names }

    /// Every holder of the plan is at the table.
    mutating func seatAllHolders() {
        holders = record.plan.participants.filter { $0.role == .holder }.map(\.word)
    }

    /// The CSCA in use, opened with the shares that were brought.
    mutating func open(_ brought: [CeremonyDesk.Brought], module: String?) throws -> CertificateAuthority {
        let authority = try record.authority(at: now)
        let key = try unsealing(brought, of: authority)
        let signer = try KeyHome.open(authority, of: record.ceremony, with: key, module: module)
        guard signer.publicKey == authority.certificate.key else { throw SigningRefusal.keyNotOpened }
        return CertificateAuthority(signer: signer, name: record.plan.subject, country: record.plan.countryOnCards)
    }

    /// The key of shares: whose they are is checked before any passphrase, and each share before they are put together.
    private mutating func unsealing(
        _ brought: [CeremonyDesk.Brought], of authority: CeremonyRecord.Authority
    ) throws -> UnsealingKey {
        var names: [String] = []
        for share in brought {
            guard let label = HolderShare.label(of: share.text) else {
                throw CeremonyRefusal.shareMalformed(share.file)
            }
            guard label.ceremony == record.ceremony, label.key == authority.name,
                authority.entry.line.shares[label.holder] != nil
            else { throw CeremonyRefusal.shareForeign(share.file) }
            let holder = try record.plan.participant(label.holder)
            guard !holders.contains(holder.word) else { throw CeremonyRefusal.holderTwice(holder.name) }
            holders.append(holder.word)
            names.append(holder.name)
        }
        guard brought.count >= record.plan.threshold else {
            throw CeremonyRefusal.sharesTooFew(have: brought.count, need: record.plan.threshold)
        }
        var opened: [SecretSharing.Share] = []
        defer { for place in opened.indices { opened[place].value.wipe() } }
        for (share, name) in zip(brought, names) {
            guard let own = HolderShare.open(share.text, passphrase: share.passphrase) else {
                throw CeremonyRefusal.shareNotOpened(name)
            }
            guard own.checksum == authority.entry.line.shares[own.label.holder] else {
                throw CeremonyRefusal.shareWrong(name)
            }
            opened.append(own.share)
        }
        return UnsealingKey(opened)
    }

    /// What a certificate is for, and so how long it holds.
    enum Term {
        case authority, signer, listSigner

        fileprivate var days: (signs: Int, holds: Int) {
            switch self {
            case .authority: (PKIFolder.Days.authoritySigns, PKIFolder.Days.authorityHolds)
            case .signer: (PKIFolder.Days.signerSigns, PKIFolder.Days.signerHolds)
            case .listSigner: (PKIFolder.Days.listSignerSigns, PKIFolder.Days.listSignerHolds)
            }
        }
    }

    /// What a new certificate says beside its profile.
    func content(_ term: Term, suffix: String = "") -> CertificateContent {
        let plan = record.plan
        let name = DistinguishedName(
            country: plan.country, organization: plan.organization, commonName: plan.authority + suffix)
        func until(_ days: Int) -> Instant { PKIFolder.Days.after(days, from: now) }
        return CertificateContent(
            subject: name, serial: PKIFolder.serial(surroundings), validity: now...until(term.days.holds),
            signing: now...until(term.days.signs), listAddress: plan.listAddress, parameters: plan.parameters)
    }
}

/// CSCA mới: a key that is shared out to all holders, each share under its holder's passphrase.
struct NewAuthority {
    let authority: CertificateAuthority
    let publicKey: ECPublicKey
    let files: [CeremonyFolder.File]
    let checksums: [String: String]

    init(
        _ name: String, record: CeremonyRecord, passphrases: [String], home: KeyHome, surroundings: Surroundings
    ) throws {
        let plan = record.plan
        let key = UnsealingKey()
        let (signer, file) = try home.make(
            name, of: record.ceremony, sealedBy: key, surroundings: surroundings)
        var shares = try SecretSharing.split(
            key.key, into: plan.holders.count, threshold: plan.threshold, random: surroundings.random)
        defer { for place in shares.indices { shares[place].value.wipe() } }
        var files = [file]
        var checksums: [String: String] = [:]
        let holders = plan.participants.filter { $0.role == .holder }
        for ((holder, share), passphrase) in zip(zip(holders, shares), passphrases) {
            let label = HolderShare.Label(
                ceremony: record.ceremony, key: name, holder: holder.word, index: share.index,
                threshold: plan.threshold)
            let own = HolderShare(label: label, value: share.value)
            files.append(.init(secret: "\(holder.word).\(name).share", try own.sealed(passphrase: passphrase)))
            checksums[holder.word] = own.checksum
        }
        authority = CertificateAuthority(signer: signer, name: plan.subject, country: plan.countryOnCards)
        publicKey = signer.publicKey
        self.files = files
        self.checksums = checksums
    }
}
