import Chip
import Civil
import Foundation

/// Buổi lễ đã ghi: a ceremony as its folder tells it, checked from the first line to the last.
struct CeremonyRecord {
    let entries: [CeremonyFolder.Entry]
    let plan: CeremonyPlan

    init(entries: [CeremonyFolder.Entry], plan: CeremonyPlan) {
        self.entries = entries
        self.plan = plan
    }

    init(_ folder: CeremonyFolder) throws {
        entries = try folder.entries()
        guard let first = entries.first else { throw CeremonyRefusal.notOpened }
        plan = try CeremonyPlan(json: first.bytes(CeremonyFolder.plan))
    }

    var lines: [CeremonyLine] { entries.map(\.line) }

    /// The identifier of the ceremony.
    var ceremony: String { entries.first?.line.ceremony ?? "" }

    /// A CSCA of the ceremony: its certificate, and the step that made it.
    struct Authority {
        let name: String
        let certificate: Certificate
        let entry: CeremonyFolder.Entry
    }

    /// From the first to the one in use.
    func authorities() throws -> [Authority] {
        try entries.filter { $0.line.step == .authority || $0.line.step == .link }.map { entry in
            let name = entry.line.subject
            return Authority(name: name, certificate: try Certificate(bytes: entry.bytes("\(name).der")), entry: entry)
        }
    }

    /// The CSCA in use, whose key may sign at an instant.
    func authority(at time: Instant) throws -> Authority {
        guard let last = try authorities().last else { throw CeremonyRefusal.authorityMissing }
        guard last.certificate.signingPeriod.contains(time) else { throw CeremonyRefusal.authorityEnded }
        return last
    }

    /// The steps of a kind.
    func entries(of step: CeremonyStep) -> [CeremonyFolder.Entry] { entries.filter { $0.line.step == step } }

    /// `crl-3` when two lists were signed before.
    func nextSubject(_ step: CeremonyStep) -> String { "\(step.rawValue)-\(entries(of: step).count + 1)" }

    /// The newest revocation list, which is about certificates of all keys; nil when none was signed.
    func newestList() throws -> RevocationList? {
        try entries(of: .list).last.map { try RevocationList(bytes: $0.bytes("\($0.line.subject).crl")) }
    }

    /// Who is present at a step: whoever was named, and the holders who gave their shares.
    func present(_ words: [String], holders: [String], at step: CeremonyStep) throws -> [String] {
        var words = Set(words)
        words.formUnion(holders)
        let participants = try words.map { (word) throws(CeremonyRefusal) in try plan.participant(word) }
        for role in step.roles where !participants.contains(where: { $0.role == role }) {
            throw CeremonyRefusal.roleMissing(role)
        }
        return plan.participants.map(\.word).filter(words.contains)
    }

    /// What a factory gets: a document signer, its key still sealed, and what others need to check its cards.
    ///
    /// - Parameter number: which signer; the newest one without it.
    func issuerFiles(signer number: Int?) throws -> [CeremonyFolder.File] {
        let signers = entries(of: .signer)
        guard
            let entry = number.map({ number in signers.first { $0.line.subject == "signer-\(number)" } })
                ?? signers.last
        else { throw CeremonyRefusal.signerMissing }
        let name = entry.line.subject
        let bytes = try entry.bytes("\(name).der")
        let certificate = try Certificate(bytes: bytes)
        guard let authority = try authorities().first(where: { certificate.isSigned(by: $0.certificate) }) else {
            throw CeremonyRefusal.signerMissing
        }
        guard let list = try newestList() else { throw CeremonyRefusal.listMissing }
        var files: [CeremonyFolder.File] = [
            .init("\(PKIFolder.authority).der", authority.certificate.bytes), .init("\(PKIFolder.signer).der", bytes),
            .init(PKIFolder.list, list.bytes),
        ]
        // A key on a token stays there; what goes is where it is.
        let ending = FileManager.default.fileExists(atPath: entry.path("\(name).token")) ? "token" : "key"
        files.append(
            .init("\(PKIFolder.signer).\(ending)", try entry.bytes("\(name).\(ending)"), isPublic: false))
        for entry in entries(of: .link) {
            for name in entry.line.made.keys.sorted() { files.append(.init(name, try entry.bytes(name))) }
        }
        if let entry = entries(of: .masterList).last {
            files.append(.init("master-list.ml", try entry.bytes("\(entry.line.subject).ml")))
        }
        return files
    }
}
