import Access
import Civil
import Database
import Ledger

/// Quyết định của cán bộ: what somebody wants to happen with a held row.
package enum SheetChoice: Hashable, Sendable {
    /// Tiếp nhận là người mới: nobody in the register is the same person.
    case accept(reason: String)
    /// Cùng một người: the row is about somebody who is in the register already.
    case same(Handle, reason: String)
    /// Sửa rồi tiếp nhận: the fields as they should have been written.
    case correct([SheetColumn: String], reason: String)
    /// Loại phiếu.
    case reject(reason: String)

    var reason: String {
        switch self {
        case .accept(let reason), .same(_, let reason), .correct(_, let reason), .reject(let reason): reason
        }
    }
}

/// What came of a decision.
package struct SheetDecisionReceipt: Hashable, Sendable {
    package let act: ActID
    /// The person that the row became or is about.
    package let person: String?
}

extension PopulationRegister {
    /// How many rows are decided together at most.
    package static let mostDecidedTogether = 200
    /// How many of them somebody must have opened before.
    package static let sampleBeforeMany = 3

    /// Quyết định một phiếu chờ xem xét: the decision is an act of its own; a new person is collected as by an import.
    ///
    /// Of two who decide at the same moment one wins, and the other is told `sheet_decided_already`.
    /// - Parameter dryRun: Whether the decision is only tried; nothing of it stays then.
    /// - Throws: `SheetDecisionRefusal`, `AccessRefusal`; nothing is recorded then.
    package func decide(
        _ place: Int, ofBatch batch: Batch, _ choice: SheetChoice, by requester: Requester, dryRun: Bool = false
    ) async throws -> SheetDecisionReceipt {
        try requireDeciding(requester)
        let reason = try PopulationRegister.reason(choice)
        let decider = SheetDecider(register: self, batch: batch, requester: requester, reason: reason)
        let decision: @Sendable (Connection) throws -> SheetDecisionReceipt = { connection in
            try BatchStore().takeIntake(on: connection)
            return try decider.decide(place, choice, on: connection)
        }
        do {
            return try await dryRun ? database.rehearse(decision) : database.write(decision)
        } catch DatabaseError.uniqueViolation {
            throw SheetDecisionRefusal.decidedAlready
        }
    }

    /// Quyết định nhiều phiếu cùng nguyên nhân: of one batch or several, in one transaction, after a sample was opened.
    ///
    /// Rows that somebody else has decided meanwhile are left as they are. Answers how many were decided.
    package func decide(
        _ sheets: Set<Int64>, cause: FindingCode, accepting: Bool, reason: String, opened: Set<Int64>,
        by requester: Requester
    ) async throws -> Int {
        try requireDeciding(requester)
        let needed = min(PopulationRegister.sampleBeforeMany, sheets.count)
        guard opened.intersection(sheets).count >= needed else { throw SheetDecisionRefusal.sampleTooSmall(needed) }
        guard (1...PopulationRegister.mostDecidedTogether).contains(sheets.count) else {
            throw SheetDecisionRefusal.tooMany
        }
        let choice: SheetChoice = accepting ? .accept(reason: reason) : .reject(reason: reason)
        let stated = try PopulationRegister.reason(choice)
        return try await database.write { connection in
            try BatchStore().takeIntake(on: connection)
            var decided = 0
            for (id, ofBatch) in Dictionary(grouping: sheets, by: SheetID.batch).sorted(by: { $0.key < $1.key }) {
                guard let batch = try BatchStore().batch(id, on: connection) else { continue }
                let decider = SheetDecider(register: self, batch: batch, requester: requester, reason: stated)
                for place in ofBatch.map(SheetID.row).sorted() {
                    guard let row = try decider.row(place, on: connection), row.decision == nil else { continue }
                    guard row.causes.contains(cause) else { throw SheetDecisionRefusal.otherCause }
                    _ = try decider.decide(row, choice, on: connection)
                    decided += 1
                }
            }
            return decided
        }
    }

    private func requireDeciding(_ requester: Requester) throws {
        try AccessPolicy.require(requester, toUse: .reviewRows)
        if let refusal = AccessPolicy.refusal(of: .sheetDecided, to: requester) { throw refusal }
    }

    /// At most 500 characters, and never none.
    private static func reason(_ choice: SheetChoice) throws(SheetDecisionRefusal) -> String {
        let text = choice.reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !text.isEmpty, text.count <= Verdict.longestReason else { throw .reasonNeeded }
        return text
    }
}

/// Decides on rows inside one transaction.
struct SheetDecider: Sendable {
    let acts: ActStore
    let surroundings: Surroundings
    let units: UnitDirectory
    let demonstration: Bool
    let batch: Batch
    let requester: Requester
    let reason: String

    init(register: PopulationRegister, batch: Batch, requester: Requester, reason: String) {
        acts = register.acts
        surroundings = register.surroundings
        units = register.units
        demonstration = register.kind == .demonstration
        self.batch = batch
        self.requester = requester
        self.reason = reason
    }

    func row(_ place: Int, on connection: Connection) throws -> HeldRow? {
        try SheetReader(connection: connection, now: surroundings.now()).held(batch.id, place, for: requester, acts)
    }

    func decide(_ place: Int, _ choice: SheetChoice, on connection: Connection) throws -> SheetDecisionReceipt {
        guard let row = try row(place, on: connection) else { throw SheetDecisionRefusal.notHeld }
        return try decide(row, choice, on: connection)
    }

    func decide(_ row: HeldRow, _ choice: SheetChoice, on connection: Connection) throws -> SheetDecisionReceipt {
        guard row.decision == nil else { throw SheetDecisionRefusal.decidedAlready }
        let intake = HeldRowIntake(decider: self, connection: connection)
        switch choice {
        case .reject:
            return try record(.rejected, row, person: nil, handle: nil, on: connection)
        case .same(let handle, _):
            let candidates = try HeldRowCandidates(connection: connection).persons(of: row, batch: batch.id)
            guard let person = try PersonStore().person(handle: handle, on: connection),
                candidates.contains(person.state.person), try isVisible(person.state, connection)
            else { throw SheetDecisionRefusal.noCandidate }
            return try record(
                .samePerson, row, person: person.state.person, handle: person.handle, on: connection)
        case .accept:
            guard row.isAcceptable else { throw SheetDecisionRefusal.correctFirst(row.causes) }
            let made = try intake.take(row.sheet, row)
            return try record(.newPerson, row, person: made.person, handle: made.handle.text, on: connection)
        case .correct(let fields, _):
            let made = try intake.take(try intake.corrected(row, fields), row)
            return try record(
                .newPerson, row, person: made.person, handle: made.handle.text, corrected: true, on: connection)
        }
    }

    private func isVisible(_ state: PersonState, _ connection: Connection) throws -> Bool {
        let seals = try StandingSeals(of: [state.person], at: surroundings.now(), on: connection)
        if seals.hides(state.person, from: requester) { return false }
        return requester.jurisdiction == .nation || requester.jurisdiction.reaches(state.places(on: surroundings.today))
    }

    /// The act of the decision: on the row's own stream, whose next version only one officer can take, and on the
    /// person's.
    private func record(
        _ verdict: SheetVerdict, _ row: HeldRow, person: Int64?, handle: String?, corrected: Bool? = nil,
        on connection: Connection
    ) throws -> SheetDecisionReceipt {
        let id = SheetID.make(batch: batch.id, row: row.place)
        let decision = SheetDecided(
            sheet: id, verdict: verdict, person: person, corrected: corrected, reason: reason)
        var subjects = [SubjectVersion(.set(id), version: 2)]
        if let person {
            let version = try acts.version(of: .person(person), on: connection) + 1
            subjects.insert(SubjectVersion(.person(person), version: version), at: 0)
        }
        let content = ActContent.sheetDecided(decision)
        let draft = ActDraft(
            kind: content.kind, subjects: subjects, effective: nil, legalBasis: PieceWriter.legalBasis,
            content: try content.canonicalBytes())
        guard let act = try acts.append([draft], by: requester.actor, on: connection).first else {
            throw Refusal.actNotFound
        }
        try SheetDecisionStore().insert(decision, by: act.id.rawValue, on: connection)
        if let person { try fold(person, on: connection) }
        return SheetDecisionReceipt(act: act.id, person: handle)
    }

    /// The person's stream has grown by the decision.
    private func fold(_ person: Int64, on connection: Connection) throws {
        let stream = try Streams(acts: acts, connection: connection).acts(of: .person(person))
        guard let state = try PersonFold.state(of: person, acts: stream) else { return }
        try PersonStore().update(
            state, from: try PersonStore().person(person, on: connection)?.state, on: connection)
    }
}
