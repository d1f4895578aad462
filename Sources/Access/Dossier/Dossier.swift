import Civil
import Ledger

/// Hồ sơ: one citizen's matter from receipt to answer, with its procedure, its clock and all that was done to it.
///
/// What is stored of it only grows; how it stands is its last step.
package struct Dossier: Hashable, Sendable {
    package let id: Int64
    package let code: DossierCode
    package let procedure: Procedure
    /// The legal basis in force when it was opened.
    package let legalBasis: String
    /// The clock in working days that was in force when it was opened; nil where the law states none.
    package let workingDays: Int?
    package let applicant: Applicant
    /// The stable code of the office that received it.
    package let office: String
    /// Never empty, in order; the first is the receipt.
    package let steps: [DossierStep]

    /// Người nộp hồ sơ.
    package enum Applicant: Hashable, Sendable {
        /// The handle of somebody in the register.
        case person(handle: String)
        /// The name of somebody who is not in the register, as it was typed; 1 to 80 characters.
        case named(String)

        package static let longestName = 80
    }

    init?(
        id: Int64, code: DossierCode, procedure: Procedure, legalBasis: String, workingDays: Int?,
        applicant: Applicant, office: String, steps: [DossierStep]
    ) {
        guard let first = steps.first, let last = steps.last else { return nil }
        self.id = id
        self.code = code
        self.procedure = procedure
        self.legalBasis = legalBasis
        self.workingDays = workingDays
        self.applicant = applicant
        self.office = office
        self.steps = steps
        self.first = first
        self.last = last
    }

    private let first: DossierStep
    private let last: DossierStep

    package var stage: DossierStage { last.stage }
    /// Cán bộ thụ lý: the account that has it in hand.
    package var officer: String { last.officer }
    package var received: Instant { first.at }
    /// The number of the last step, which the next one must follow.
    package var version: Int { last.number }
    package var isOpen: Bool { stage.isOpen }

    /// Why persons are looked at in this file: its procedure, with its code.
    package var purpose: Purpose {
        Purpose.dossier("\(procedure.title.vietnamese), hồ sơ \(code)", legalBasis: legalBasis)
    }

    /// The ground of everything that is done while this file is chosen.
    package var ground: Requester.Ground { .dossier(code: code.description, purpose) }

    package static let longestNote = 500
    /// How many steps a file may have.
    package static let mostSteps = 200
    /// How many open files one account may have in hand.
    package static let mostOpen = 500
}

/// Bước xử lý: what was done to a file, by whom, when.
package struct DossierStep: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let stage: DossierStage
    /// The account that has the file in hand after this step.
    package let officer: String
    package let actor: Actor
    package let at: Instant
    package let note: String?
}

/// Giai đoạn của hồ sơ.
package enum DossierStage: String, CaseIterable, Hashable, Sendable {
    /// Đã tiếp nhận.
    case received
    /// Đang giải quyết.
    case inWork = "in_work"
    /// Chờ người nộp bổ sung: the clock stands still.
    case waiting
    /// Trả lại cán bộ thụ lý: a colleague wants something done anew.
    case returned
    /// Đã trả kết quả.
    case closed
    /// Từ chối giải quyết.
    case refused

    package var isOpen: Bool { self != .closed && self != .refused }

    /// Where a file may go from here.
    package var next: [DossierStage] {
        switch self {
        case .received: [.inWork, .refused]
        case .inWork: [.waiting, .returned, .closed, .refused]
        case .waiting: [.inWork, .refused]
        case .returned: [.inWork, .waiting, .closed, .refused]
        case .closed, .refused: []
        }
    }

    /// Whether going here has to be explained: to the applicant, or to the colleague.
    package var needsNote: Bool {
        switch self {
        case .waiting, .returned, .refused: true
        case .received, .inWork, .closed: false
        }
    }

    package var title: Sentence {
        switch self {
        case .received: Sentence("Đã tiếp nhận", "Received")
        case .inWork: Sentence("Đang giải quyết", "In work")
        case .waiting: Sentence("Chờ người nộp bổ sung", "Waiting for the applicant")
        case .returned: Sentence("Trả lại cán bộ thụ lý", "Returned to the officer")
        case .closed: Sentence("Đã trả kết quả", "Closed with a result")
        case .refused: Sentence("Từ chối giải quyết", "Refused")
        }
    }
}

extension Dossier {
    /// The step to a stage: by whoever has the file in hand, except that only a colleague returns it.
    package func step(
        to stage: DossierStage, note: String, by actor: Actor, at now: Instant
    ) throws(DossierRefusal) -> DossierStep {
        guard isOpen else { throw .ended }
        guard last.stage.next.contains(stage) else { throw .stageImpossible }
        if stage == .returned {
            guard actor.account != officer else { throw .ownReturn }
        } else {
            guard actor.account == officer else { throw .notInYourHands }
        }
        let line = try Dossier.line(note)
        guard line != nil || !stage.needsNote else { throw .noteMissing }
        return try following(stage, officer: officer, note: line, by: actor, at: now)
    }

    /// Nhận thụ lý: the actor has the file in hand from now on; what it waits for stays as it is.
    package func takenOver(by actor: Actor, at now: Instant) throws(DossierRefusal) -> DossierStep {
        guard isOpen else { throw .ended }
        guard actor.account != officer else { throw .alreadyYours }
        let stage = last.stage == .received ? .inWork : last.stage
        return try following(
            stage, officer: actor.account, note: stage.needsNote ? last.note : nil, by: actor, at: now)
    }

    /// Chuyển thụ lý: whoever has the file in hand gives it to a colleague of the office.
    package func passedOn(
        to account: String, note: String, by actor: Actor, at now: Instant
    ) throws(DossierRefusal) -> DossierStep {
        guard isOpen else { throw .ended }
        guard actor.account == officer else { throw .notInYourHands }
        guard account != officer else { throw .alreadyYours }
        let line = try Dossier.line(note)
        // A first step is the receipt alone, so what nobody has begun goes into work.
        let stage = last.stage == .received ? .inWork : last.stage
        return try following(
            stage, officer: account, note: line ?? (stage.needsNote ? last.note : nil), by: actor, at: now)
    }

    private func following(
        _ stage: DossierStage, officer: String, note: String?, by actor: Actor, at now: Instant
    ) throws(DossierRefusal) -> DossierStep {
        guard version < Dossier.mostSteps else { throw .full }
        return DossierStep(number: version + 1, stage: stage, officer: officer, actor: actor, at: now, note: note)
    }

    private static func line(_ note: String) throws(DossierRefusal) -> String? {
        guard !note.allSatisfy(\.isWhitespace) else { return nil }
        guard let line = PlainLine.parse(note, longest: longestNote) else { throw .noteMissing }
        return line
    }

    /// The file after one more step.
    func adding(_ step: DossierStep) -> Dossier? {
        Dossier(
            id: id, code: code, procedure: procedure, legalBasis: legalBasis, workingDays: workingDays,
            applicant: applicant, office: office, steps: steps + [step])
    }
}
