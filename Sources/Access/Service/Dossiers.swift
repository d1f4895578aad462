import Civil
import Database
import Ledger

/// Tiếp nhận hồ sơ: what a new file is about.
package struct DossierRequest: Hashable, Sendable {
    package let procedure: Procedure
    package let applicant: Dossier.Applicant

    package init(procedure: Procedure, applicant: Dossier.Applicant) {
        self.procedure = procedure
        self.applicant = applicant
    }
}

/// Files are an office's own: its officers see and move them, everybody else is told that there is none.
extension AccessRegister {
    /// Mở hồ sơ: received now, in the hands of whoever opens it.
    ///
    /// - Parameter form: the form that it was sent with, so that it is opened once.
    /// - Throws: `AccessRefusal`, `DossierRefusal`; `DatabaseError.uniqueViolation` when the form was sent before.
    package func openDossier(
        _ request: DossierRequest, form: SentForm? = nil, by requester: Requester
    ) async throws -> Dossier {
        try AccessPolicy.require(requester, toUse: .openDossier)
        let now = surroundings.now()
        let actor = requester.actor
        let receipt = DossierStep(
            number: 1, stage: .received, officer: actor.account, actor: actor, at: now, note: nil)
        let dossier = Dossier(
            id: surroundings.randomID(), code: DossierCode(random: surroundings.random(DossierCode.randomBytes)),
            procedure: request.procedure, legalBasis: request.procedure.clock.basis.canonical,
            workingDays: request.procedure.workingDays(on: now.dayInVietnam),
            applicant: try request.applicant.checked(), office: actor.office, steps: [receipt])
        guard let dossier else { throw DossierRefusal.unknown }
        return try await database.write { connection in
            try form?.mark(dossier.id, at: now, on: connection)
            guard try DossierStore().countOpen(officer: actor.account, connection) < Dossier.mostOpen else {
                throw DossierRefusal.tooManyOpen
            }
            try DossierStore().insert(dossier, on: connection)
            return dossier
        }
    }

    /// Xem hồ sơ: one of the requester's own office.
    package func dossier(_ code: DossierCode, by requester: Requester) async throws -> Dossier {
        try AccessPolicy.require(requester, toUse: .openDossier)
        let found = try await database.read {
            try DossierStore().dossier(code, office: requester.actor.office, $0)
        }
        guard let found else { throw DossierRefusal.unknown }
        return found
    }

    /// The file of the requester's office in which an act was recorded; nil where it was in none, or in another's.
    package func dossier(ofAct act: ActID, by requester: Requester) async throws -> Dossier? {
        let office = requester.actor.office
        return try await database.read { connection in
            let found = try DossierActs().dossier(of: act, on: connection).flatMap {
                try DossierStore().dossier($0, connection)
            }
            return found?.office == office ? found : nil
        }
    }

    /// Hồ sơ đang mở của một người: those of the requester's office, the first due first.
    package func openDossiers(ofApplicant handle: String, by requester: Requester) async throws -> [Dossier] {
        guard requester.role.may(.openDossier) else { return [] }
        return try await database.read { connection in
            try DossierStore().open(ofApplicant: handle, office: requester.actor.office, connection)
        }
    }

    /// Chuyển giai đoạn: in work, waiting, returned, closed or refused.
    ///
    /// - Parameters:
    ///   - note: why; needed where the stage asks for it.
    ///   - version: of the file as it was seen; when it has moved since, nothing happens.
    package func moveDossier(
        _ code: DossierCode, to stage: DossierStage, note: String = "", from version: Int, by requester: Requester
    ) async throws -> Dossier {
        let now = surroundings.now()
        return try await change(code, from: version, by: requester) { dossier, _ in
            try dossier.step(to: stage, note: note, by: requester.actor, at: now)
        }
    }

    /// Nhận thụ lý: from a colleague of the office.
    package func takeOverDossier(
        _ code: DossierCode, from version: Int, by requester: Requester
    ) async throws -> Dossier {
        let now = surroundings.now()
        return try await change(code, from: version, by: requester) { dossier, _ in
            try dossier.takenOver(by: requester.actor, at: now)
        }
    }

    /// Chuyển thụ lý: to a colleague of the same office who works on files.
    package func passDossier(
        _ code: DossierCode, to account: String, note: String = "", from version: Int, by requester: Requester
    ) async throws -> Dossier {
        let now = surroundings.now()
        return try await change(code, from: version, by: requester) { dossier, connection in
            guard
                try AccessRegister.colleagues(inOffice: requester.actor.office, at: now, connection)
                    .contains(where: { $0.account == account })
            else { throw DossierRefusal.colleagueUnknown }
            return try dossier.passedOn(to: account, note: note, by: requester.actor, at: now)
        }
    }

    /// Those of the requester's office who work on files, without the requester, by account.
    package func colleagues(of requester: Requester) async throws -> [Officer] {
        try AccessPolicy.require(requester, toUse: .openDossier)
        let now = surroundings.now()
        return try await database.read { connection in
            try AccessRegister.colleagues(inOffice: requester.actor.office, at: now, connection)
                .filter { $0.account != requester.actor.account }
        }
    }

    private static func colleagues(
        inOffice office: String, at now: Instant, _ connection: Connection
    ) throws -> [Officer] {
        var colleagues: [Officer] = []
        for (officer, grant) in try OfficerStore().holders(inOffice: office, connection)
        where officer.disabled == nil && grant.isInForce(at: now) && grant.role.may(.openDossier)
            && colleagues.last?.id != officer.id
        {
            colleagues.append(officer)
        }
        return colleagues
    }

    /// The file that a form opened when it was sent before; nil when it was not.
    ///
    /// - Throws: `SentBefore.otherContent` when its key was used for another request.
    package func dossier(of form: SentForm) async throws -> Dossier? {
        try await database.read { connection in
            try form.made(on: connection).flatMap { try DossierStore().dossier($0, connection) }
        }
    }

    /// The open files of one of the office's queues, the first due first, and how many there are in each queue.
    ///
    /// - Parameter place: where the page before ended.
    package func dossiers(
        in queue: DossierQueue = .all, after place: ListPlace? = nil, limit: Int = ListPage<DossierLine>.usual,
        by requester: Requester
    ) async throws -> (page: ListPage<DossierLine>, counts: DossierCounts) {
        try AccessPolicy.require(requester, toUse: .openDossier)
        let (actor, today) = (requester.actor, surroundings.today)
        return try await database.read { connection in
            let wish = DossierStore.Wish(
                office: actor.office, officer: actor.account, today: today, queue: queue, after: place,
                limit: limit + 1)
            return (
                ListPage(try DossierStore().open(wish, connection), limit: limit, place: \.place),
                try DossierStore().counts(office: actor.office, officer: actor.account, today: today, connection)
            )
        }
    }

    /// How many files wait in each queue of the requester.
    package func dossierCounts(by requester: Requester) async throws -> DossierCounts {
        try AccessPolicy.require(requester, toUse: .openDossier)
        let (actor, today) = (requester.actor, surroundings.today)
        return try await database.read {
            try DossierStore().counts(office: actor.office, officer: actor.account, today: today, $0)
        }
    }

    private func change(
        _ code: DossierCode, from version: Int, by requester: Requester,
        _ next: @escaping @Sendable (Dossier, Connection) throws -> DossierStep
    ) async throws -> Dossier {
        try AccessPolicy.require(requester, toUse: .openDossier)
        do {
            return try await database.write { connection in
                let store = DossierStore()
                guard let dossier = try store.dossier(code, office: requester.actor.office, connection) else {
                    throw DossierRefusal.unknown
                }
                guard dossier.version == version else { throw DossierRefusal.hasChanged }
                let step = try next(dossier, connection)
                if step.officer != dossier.officer,
                    try store.countOpen(officer: step.officer, connection) >= Dossier.mostOpen
                {
                    throw DossierRefusal.tooManyOpen
                }
                guard let moved = dossier.adding(step) else { throw DossierRefusal.unknown }
                try store.append(moved, on: connection)
                return moved
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("dossier_step") {
            throw DossierRefusal.hasChanged
        }
    }
}

extension Dossier.Applicant {
    /// The same applicant in stored form.
    fileprivate func checked() throws(DossierRefusal) -> Dossier.Applicant {
        switch self {
        case .person: return self
        case .named(let text):
            guard let name = PlainLine.parse(text, longest: Dossier.Applicant.longestName) else {
                throw .applicantMissing
            }
            return .named(name)
        }
    }
}
