import Access
import Chip
import Civil
import Database
import Ledger
import Population

/// Giấy chứng nhận căn cước để in: its snapshot with the pictures that it shows, and the receipt of the look.
package struct CertificateFile: Sendable {
    package let certificate: IdentityCertificate
    package let content: CertificateSnapshot
    /// A JPEG file; nil for a child under six.
    package let portrait: [UInt8]?
    package let fingers: [FingerPrint]
    package let receipt: Int64
}

extension CardRegister {
    /// Cấp giấy chứng nhận căn cước: whoever may order cards takes the snapshot of the record that the paper shows.
    package func issueCertificate(
        _ handle: String, by requester: Requester
    ) async throws -> IdentityCertificate {
        try AccessPolicy.require(requester, toUse: .orderCards)
        let units = population.units
        return try await write(by: requester.actor) { desk in
            var application = try desk.application(handle)
            guard try offices(of: requester, on: desk.connection)?.contains(application.office) ?? true,
                let record = try RecordReader().record(of: application.person, on: desk.connection)
            else { throw ApplicationRefusal.unknown }
            guard application.product == .certificate else {
                throw CertificateRefusal.otherProduct(application.product)
            }
            let applicant = Applicant(record.state)
            if let obstacle = applicant.obstacle { throw obstacle }
            guard applicant.version == application.personVersion else { throw ApplicationRefusal.recordChanged }
            try desk.look(
                at: [application.person], fields: FieldGroup.printed.map(\.rawValue), for: .cardProduction)
            let store = ApplicationStore()
            let portrait = try store.portrait(of: application.id, on: desk.connection)
            let fingers = try store.fingers(of: application.id, on: desk.connection).values
                .compactMap { if case .taken(let print) = $0 { print } else { nil } }
            let content = try CertificateSnapshot(
                record.state, issued: desk.today, portrait: portrait.map { Fingerprint.text($0.image) },
                fingers: fingers, units: units)
            let certificate = try desk.certified(content, for: application, person: record.handle)
            try desk.move(&application, .order)
            return certificate
        }
    }

    /// Giấy chứng nhận: one that is work of one of the requester's offices; nothing of its holder.
    package func certificate(_ handle: String, by requester: Requester) async throws -> IdentityCertificate {
        try await status(by: requester) { desk in
            let certificate = try certificate(handle, of: requester, desk)
            return (certificate, certificate.person)
        }
    }

    /// The certificate that an application led to; nil when it did not, or is another office's.
    package func certificate(ofApplication handle: String, by requester: Requester) async throws -> IdentityCertificate?
    {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        return try await database.read { connection in
            let application = try desk(for: requester.actor, on: connection).application(handle)
            guard try concerns(application, requester, on: connection) else { return nil }
            return try CertificateStore().certificate(ofApplication: application.id, on: connection)
        }
    }

    /// Lịch sử giấy chứng nhận: every act of its stream, in order.
    package func history(ofCertificate handle: String, by requester: Requester) async throws -> [CardEvent] {
        try await status(by: requester) { desk in
            let certificate = try certificate(handle, of: requester, desk)
            return (try desk.events(of: certificate.id), certificate.person)
        }
    }

    /// Nội dung để in: a look on record before it is given.
    package func file(ofCertificate handle: String, by requester: Requester) async throws -> CertificateFile {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        let purpose = requester.onDuty(.cardProduction).ground.purpose
        return try await write(by: requester.actor) { desk in
            let certificate = try certificate(handle, of: requester, desk)
            let store = ApplicationStore()
            guard let content = try CertificateStore().content(of: certificate.id, on: desk.connection) else {
                throw CertificateRefusal.unknown
            }
            let portrait = try store.portrait(of: certificate.application, on: desk.connection)
            let fingers = try content.fingers.compactMap {
                try store.finger($0.finger, of: certificate.application, on: desk.connection)
            }
            guard content.portrait == portrait.map({ Fingerprint.text($0.image) }),
                content.fingers.map(\.picture) == fingers.map({ Fingerprint.text($0.content) })
            else { throw ProductionRefusal.contentUnfit }
            let fields = FieldGroup.printed + [.biometrics]
            let receipt = try desk.look(at: [certificate.person], fields: fields.map(\.rawValue), for: purpose)
            return CertificateFile(
                certificate: certificate, content: content, portrait: portrait?.image, fingers: fingers,
                receipt: receipt)
        }
    }

    /// Trao giấy chứng nhận: to the holder whose identity was checked; the one before ends in the same transaction.
    ///
    /// Fingers are compared for cards alone; here an officer looks at the face or the papers.
    package func handOver(
        certificate handle: String, check: IdentityCheck?, oldOne: OldCard, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        guard let check, check != .fingers else { throw CardLifeRefusal.identityNotChecked }
        try await write(by: requester.actor) { desk in
            var certificate = try certificate(handle, of: requester, desk)
            guard requester.jurisdiction == .nation || requester.actor.office == certificate.pickup else {
                throw CardLifeRefusal.notThisOffice
            }
            guard try desk.applicant(certificate.person).life == .living else {
                throw CardLifeRefusal.holderNotLiving
            }
            try desk.look(at: [certificate.person], fields: [FieldGroup.life.rawValue], for: .cardApplication)
            let others = try CertificateStore().certificates(of: certificate.person, on: desk.connection)
            for var old in others where old.id != certificate.id && old.status.ways[.replace] != nil {
                if oldOne == .none, old.status == .active { throw CertificateRefusal.oldOneMissing }
                try desk.change(&old, .replace, note: oldOne.rawValue)
            }
            try desk.change(&certificate, .handOver, note: check.rawValue)
            if var application = try ApplicationStore().application(certificate.application, on: desk.connection),
                application.status.ways[.complete] != nil
            {
                try desk.move(&application, .complete)
            }
        }
    }

    /// Báo mất, báo tìm thấy giấy chứng nhận.
    package func change(
        certificate handle: String, _ action: CertificateAction, note: String?, by requester: Requester
    ) async throws {
        switch action {
        case .reportLost, .reportFound: try AccessPolicy.require(requester, toUse: .deliverCards)
        case .revoke: try AccessPolicy.require(requester, toUse: .revokeCards)
        // Those have use cases of their own, or are the register's.
        case .handOver, .replace, .stop, .resumeMade, .resumeActive, .resumeLost: throw CertificateRefusal.unknown
        }
        // Nothing is known of the law's grounds for a certificate: whoever revokes says why.
        let isStated = action == .revoke || note != nil
        let note = isStated ? try CardRegister.stated(note ?? "", or: CardLifeRefusal.reasonNeeded) : nil
        try await write(by: requester.actor) { desk in
            var certificate = try certificate(handle, of: requester, desk)
            try desk.change(&certificate, action, note: note)
        }
    }

    private func certificate(
        _ handle: String, of requester: Requester, _ desk: CardDesk
    ) throws -> IdentityCertificate {
        guard let certificate = try CertificateStore().certificate(handle: handle, on: desk.connection),
            try !desk.isHidden(certificate.person),
            let application = try ApplicationStore().application(certificate.application, on: desk.connection),
            try concerns(application, requester, on: desk.connection)
        else { throw CertificateRefusal.unknown }
        return certificate
    }
}

extension CardDesk {
    /// Changes whether a certificate holds: rule, act, row.
    func change(
        _ certificate: inout IdentityCertificate, _ action: CertificateAction, note: String? = nil
    ) throws {
        certificate.status = try certificate.after(action)
        certificate.changed = now
        try CertificateStore().update(certificate, on: connection)
        try append(
            .certificateChanged(certificate: certificate.handle, action: action, note: note), about: certificate.id)
    }

    fileprivate func certified(
        _ content: CertificateSnapshot, for application: CardApplication, person: String
    ) throws -> IdentityCertificate {
        guard let number = PersonalIdentificationNumber(canonical: content.number) else {
            throw ProductionRefusal.contentUnfit
        }
        let certificate = IdentityCertificate(
            id: surroundings.randomID(), handle: Handle(random: surroundings.random(16)).text,
            application: application.id, person: application.person, number: number, issued: today,
            expires: content.expires.flatMap { CalendarDate(iso: $0) }, status: .made, pickup: application.pickup,
            changed: now)
        let bytes = try content.bytes()
        try CertificateStore().insert(certificate, content: bytes, on: connection)
        try append(
            .certificateIssued(
                certificate: certificate.handle, application: application.handle, person: person,
                issued: content.issued, expires: content.expires, content: Fingerprint.text(bytes)),
            about: certificate.id, application.id)
        return certificate
    }

    /// Stops what somebody has of certificates, or gives it back: a death, a nationality, a merge, or its undoing.
    func settleCertificates(of person: Int64, isStopped: Bool, cause: String) throws {
        for var certificate in try CertificateStore().certificates(of: person, on: connection) {
            if isStopped {
                guard certificate.status.ways[.stop] != nil else { continue }
                try change(&certificate, .stop, note: cause)
            } else if certificate.status == .stopped {
                if let back = try statusBeforeStop(of: certificate).resumption { try change(&certificate, back) }
            }
        }
    }

    /// What a certificate was when it was stopped: a lost one must not come back as one that holds.
    private func statusBeforeStop(of certificate: IdentityCertificate) throws -> CertificateStatus {
        var (status, before) = (CertificateStatus.made, CertificateStatus.made)
        for event in try events(of: certificate.id) {
            guard case .certificateChanged(_, let action, _) = event.change, let next = status.ways[action] else {
                continue
            }
            if action == .stop { before = status }
            status = next
        }
        return before
    }
}
