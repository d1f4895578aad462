import Chip
import Civil
import Foundation
import Ledger

/// Bàn lễ: takes the steps of a ceremony; each checks everything first, then writes all of it or nothing.
struct CeremonyDesk {
    let folder: CeremonyFolder
    let surroundings: Surroundings
    /// Only what a step would do is told; no key is made and nothing is written.
    var isTrial = false

    /// Who is at the table, and what the holders brought.
    struct Attendance {
        /// The words of the participants who were named.
        var present: [String] = []
        var shares: [Brought] = []
    }

    /// A holder's share with the passphrase that opens it.
    struct Brought {
        let file: String
        let text: String
        let passphrase: String
    }

    /// What a step came to.
    struct Outcome {
        let line: CeremonyLine
        let files: [String]
        let isTrial: Bool
    }

    // MARK: Steps

    /// Mở buổi lễ.
    func open(plan bytes: [UInt8], present: [String]) throws -> Outcome {
        let plan = try CeremonyPlan(json: bytes)
        let record = CeremonyRecord(entries: [], plan: plan)
        let present = try record.present(present, holders: [], at: .open)
        try folder.requireUnused()
        let identifier = Hex.text(surroundings.random(16))
        let file = CeremonyFolder.File(CeremonyFolder.plan, bytes)
        let line = CeremonyLine(
            after: nil, ceremony: identifier, at: surroundings.now(), step: .open, subject: identifier,
            present: present, made: [file.name: file.hash])
        guard !isTrial else { return Outcome(line: line, files: [file.name], isTrial: true) }
        try folder.prepare()
        return try folder.alone {
            try folder.commit(line, [file])
            return Outcome(line: line, files: [file.name], isTrial: false)
        }
    }

    /// Tạo CSCA đầu tiên; all holders choose a passphrase, in the order of the plan.
    func makeAuthority(_ present: [String], passphrases: [String], at home: KeyHome) throws -> Outcome {
        try step(.authority, present, subject: "csca-1") { table in
            guard try table.record.authorities().isEmpty else { throw CeremonyRefusal.authorityThere }
            try check(passphrases, of: table.record.plan)
            try home.check()
            table.seatAllHolders()
            guard !isTrial else { return table.plan(["csca-1.der", home.file(of: "csca-1")]) }
            let made = try NewAuthority(
                "csca-1", record: table.record, passphrases: passphrases, home: home, surroundings: surroundings)
            let root = try made.authority.certify(
                made.publicKey, as: .authority, table.content(.authority))
            table.files = [.init("csca-1.der", root.bytes)] + made.files
            table.shares = made.checksums
        }
    }

    /// Tạo CSCA mới, nối với CSCA cũ.
    func makeLink(
        _ attendance: Attendance, passphrases: [String], at home: KeyHome, module: String?
    ) throws -> Outcome {
        try step(.link, attendance.present) { table in
            let old = try table.open(attendance.shares, module: module)
            let authorities = try table.record.authorities()
            // A key that was on a token is never followed by one in a file.
            if case .file = home, authorities.contains(where: KeyHome.isOnToken) { throw CeremonyRefusal.tokenNeeded }
            let number = authorities.count + 1
            let name = "csca-\(number)"
            table.subject = name
            try check(passphrases, of: table.record.plan)
            try home.check()
            table.seatAllHolders()
            guard !isTrial else { return table.plan(["\(name).der", "link-\(number).der", home.file(of: name)]) }
            let made = try NewAuthority(
                name, record: table.record, passphrases: passphrases, home: home, surroundings: surroundings)
            let root = try made.authority.certify(
                made.publicKey, as: .authority, table.content(.authority))
            let link = try old.certify(made.publicKey, as: .link, table.content(.authority))
            table.files = [.init("\(name).der", root.bytes), .init("link-\(number).der", link.bytes)] + made.files
            table.shares = made.checksums
        }
    }

    /// Cấp chứng thư người ký: its key is a file under the passphrase of whoever makes the cards, or on their token.
    func certifySigner(
        _ attendance: Attendance, passphrase: String, at home: KeyHome, module: String?
    ) throws -> Outcome {
        try step(.signer, attendance.present) { table in
            if case .file = home, passphrase.count < SealedKey.shortestPassphrase {
                throw SigningRefusal.passphraseTooShort
            }
            try home.check()
            let authority = try table.open(attendance.shares, module: module)
            let name = table.subject
            guard !isTrial else { return table.plan(["\(name).der", home.file(of: name)]) }
            let (key, file) = try home.makeSigner(name, passphrase: passphrase, surroundings: surroundings)
            let number = table.record.entries(of: .signer).count + 1
            let certificate = try authority.certify(
                key, as: .documentSigner, table.content(.signer, suffix: " DS \(number)"))
            table.files = [.init("\(name).der", certificate.bytes), file]
        }
    }

    /// Ký danh sách thu hồi: what was revoked before stays so.
    func signList(
        _ attendance: Attendance, revoking certificates: [(file: String, bytes: [UInt8])], module: String?
    ) throws -> Outcome {
        try step(.list, attendance.present) { table in
            let authorities = try table.record.authorities().map(\.certificate)
            let last = try table.record.newestList()
            var revoked = last?.revoked ?? [:]
            for (file, bytes) in certificates {
                guard let certificate = try? Certificate(bytes: bytes), !certificate.isAuthority,
                    authorities.contains(where: certificate.isSigned)
                else { throw CeremonyRefusal.certificateForeign(file) }
                revoked[certificate.serial] = revoked[certificate.serial] ?? table.now
            }
            let authority = try table.open(attendance.shares, module: module)
            guard !isTrial else { return table.plan(["\(table.subject).crl"]) }
            let list = try authority.revocationList(
                number: (last?.number ?? 0) + 1, revoked: revoked, at: table.now,
                until: PKIFolder.Days.after(PKIFolder.Days.list, from: table.now))
            table.files = [.init("\(table.subject).crl", list.bytes)]
        }
    }

    /// Ký danh sách CSCA: those of this ceremony and the others that were brought; its signer's key serves once.
    func signMasterList(
        _ attendance: Attendance, adding certificates: [(file: String, bytes: [UInt8])], module: String?
    ) throws -> Outcome {
        try step(.masterList, attendance.present) { table in
            var all = try table.record.authorities().map(\.certificate)
            for (file, bytes) in certificates {
                guard let certificate = try? Certificate(bytes: bytes), certificate.isAuthority,
                    certificate.isSigned(by: certificate)
                else { throw CeremonyRefusal.notAnAuthority(file) }
                if !all.contains(certificate) { all.append(certificate) }
            }
            let authority = try table.open(attendance.shares, module: module)
            let name = table.subject
            guard !isTrial else { return table.plan(["\(name).ml", "\(name).der"]) }
            let key = try SoftwareSigner()
            let number = table.record.entries(of: .masterList).count + 1
            let certificate = try authority.certify(
                key.publicKey, as: .masterListSigner, table.content(.listSigner, suffix: " ML \(number)"))
            let list = try MasterList.bytes(
                of: all, by: key, certificate: certificate,
                authority: try table.record.authority(at: table.now).certificate, at: table.now)
            table.files = [.init("\(name).ml", list), .init("\(name).der", certificate.bytes)]
        }
    }

    // MARK: What they have in common

    /// Takes a step while no other goes on: its body fills the table, and then all is written at once.
    private func step(
        _ step: CeremonyStep, _ present: [String], subject: String? = nil, _ body: (inout CeremonyTable) throws -> Void
    ) throws -> Outcome {
        try folder.alone {
            let record = try CeremonyRecord(folder)
            // Before any key is opened or made: whoever is missing is told at once.
            _ = try record.present(present, holders: [], at: step)
            var table = CeremonyTable(
                record: record, surroundings: surroundings, subject: subject ?? record.nextSubject(step))
            guard table.now.iso >= record.lines.last?.at ?? "" else { throw CeremonyRefusal.clockBehind }
            try body(&table)
            let line = CeremonyLine(
                after: record.lines.last, ceremony: record.ceremony, at: table.now, step: step,
                subject: table.subject,
                present: try record.present(present, holders: table.holders, at: step),
                made: Dictionary(
                    table.files.filter(\.isPublic).map { ($0.name, $0.hash) }, uniquingKeysWith: { first, _ in first }),
                shares: table.shares)
            guard !isTrial else { return Outcome(line: line, files: table.planned, isTrial: true) }
            try folder.commit(line, table.files)
            return Outcome(line: line, files: table.files.map(\.name), isTrial: false)
        }
    }

    private func check(_ passphrases: [String], of plan: CeremonyPlan) throws {
        guard passphrases.count == plan.holders.count else {
            throw CeremonyRefusal.passphrasesUneven(have: passphrases.count, need: plan.holders.count)
        }
        guard Set(passphrases).count == passphrases.count else { throw CeremonyRefusal.passphraseTwice }
        guard passphrases.allSatisfy({ $0.count >= SealedKey.shortestPassphrase }) else {
            throw SigningRefusal.passphraseTooShort
        }
    }
}
