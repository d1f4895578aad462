import Access
import Civil
import Database
import Drawing
import Ledger
import Population

/// Nội dung in của một thẻ: with the receipt of the look.
package struct PrintedCard: Sendable {
    package let handle: String
    package let content: FaceContent
    package let receipt: Int64
}

extension CardRegister {
    /// Xem mặt thẻ: what the faces of a card show, out of its snapshot; a look on record before it is given.
    package func faces(of handle: String, by requester: Requester) async throws -> PrintedCard {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        let purpose = requester.onDuty(.cardProduction).ground.purpose
        let isDemonstration = population.kind == .demonstration
        return try await write(by: requester.actor) { desk in
            let card = try desk.card(handle)
            guard requester.jurisdiction == .nation || requester.actor.office == card.pickup else {
                throw ProductionRefusal.cardUnknown
            }
            guard let content = try CardStore().content(of: card.id, on: desk.connection) else {
                throw ProductionRefusal.contentUnfit
            }
            let portrait = try ApplicationStore().portrait(of: card.application, on: desk.connection)
            guard content.portrait == portrait.map({ Fingerprint.text($0.image) }) else {
                throw ProductionRefusal.contentUnfit
            }
            let receipt = try desk.look(
                at: [card.person], fields: FieldGroup.printed.map(\.rawValue), for: purpose)
            return PrintedCard(
                handle: card.handle,
                content: try content.faces(
                    portrait: portrait?.image, isSpecimen: isDemonstration || portrait?.isSpecimen == true),
                receipt: receipt)
        }
    }

    /// Hồ sơ để in giấy tờ: what a paper of an application is filled with; a look on record before it is given.
    package func record(
        of handle: String, for form: ApplicationForm, by requester: Requester
    ) async throws -> ApplicationRecord {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        let purpose = requester.onDuty(.cardApplication).ground.purpose
        return try await write(by: requester.actor) { desk in
            let application = try desk.application(handle, takenBy: requester)
            guard form.isThere(at: application.status) else {
                throw ApplicationRefusal.paperNotNow(application.status)
            }
            let persons = [application.person] + [application.representative].compactMap { $0 }
            let receipt = try desk.look(at: persons, fields: form.fields.map(\.rawValue), for: purpose)
            return try desk.record(application, receipt: receipt)
        }
    }
}

extension ApplicationForm {
    /// What stands on it.
    fileprivate var fields: [FieldGroup] {
        switch self {
        case .cc01:
            [.identity, .birth, .origin, .residence, .family, .numbers, .contact, .religion, .ethnicity, .biometrics]
        case .cc02: [.identity]
        case .cc03: [.identity, .birth, .residence, .numbers]
        }
    }
}

extension CardDesk {
    fileprivate func record(_ application: CardApplication, receipt: Int64) throws -> ApplicationRecord {
        let store = ApplicationStore()
        let reader = RecordReader()
        let applicant = try reader.state(
            of: application.person, atVersion: application.personVersion, acts: acts, on: connection)
        guard let applicant else { throw ApplicationRefusal.unknown }
        var booked: CalendarDate?
        var refusal: (reason: String, day: CalendarDate)?
        var fee: FeeNote?
        for stored in try acts.stream(of: .set(application.id), on: connection) {
            guard let content = stored.content else { continue }
            switch try CardChange(bytes: content) {
            case .feeSet(_, let note): fee = note
            case .applicationBooked(_, let day): booked = CalendarDate(iso: day)
            case .applicationChanged(_, .refuse, let note, _):
                refusal = note.map { ($0, stored.act.recorded.dayInVietnam) }
            default: break
            }
        }
        return ApplicationRecord(
            application: application, applicant: applicant,
            representative: try application.representative.flatMap {
                try reader.record(of: $0, on: connection)?.state
            },
            portrait: try store.portrait(of: application.id, on: connection),
            fingers: try store.fingerNotes(of: application.id, on: connection), booked: booked, refusal: refusal,
            fee: fee, receipt: receipt)
    }
}
