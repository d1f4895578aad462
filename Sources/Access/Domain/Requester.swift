import Ledger

/// Người yêu cầu: who asks or acts, in which role, for which places, and on which ground.
///
/// It is made anew for every request out of the session, the grant and the office as they stand at that moment; so what
/// was revoked a second ago is refused now.
package struct Requester: Hashable, Sendable {
    /// The account, role and office as acts and looks carry them.
    package let actor: Actor
    package let role: Role
    package let jurisdiction: Jurisdiction
    /// Hồ sơ hoặc mục đích: the ground of this request.
    package var ground: Ground
    /// Bản ghi của chính cán bộ: the internal number of the officer's own record, where it is known.
    package let person: Int64?

    package init(actor: Actor, role: Role, jurisdiction: Jurisdiction, ground: Ground, person: Int64? = nil) {
        self.person = person
        self.actor = actor
        self.role = role
        self.jurisdiction = jurisdiction
        self.ground = ground
    }

    /// Why this request is made.
    package enum Ground: Hashable, Sendable {
        /// An open file carries purpose and legal basis; `code` is its tracking code.
        case dossier(code: String, Purpose)
        /// Stated for this one request; such looks stand out in the review.
        case stated(Purpose)
        /// Stated once for what an officer does without a file, until they leave it; those looks stand out too.
        case kept(Purpose)
        /// Work of the register itself (queues, worklists, batches), whose purpose is fixed.
        case duty(Purpose)

        package var purpose: Purpose {
            switch self {
            case .dossier(_, let purpose), .stated(let purpose), .kept(let purpose), .duty(let purpose): purpose
            }
        }
    }
}

extension LocalOperator {
    /// The local operator as a requester: the whole register, for its operation.
    package static let requester = Requester(
        actor: actor, role: .localOperator, jurisdiction: .nation, ground: .duty(.operation))
}

extension Requester {
    /// The same requester for work of the register whose purpose is fixed; an open file, or a purpose stated for this
    /// very request, stays.
    package func onDuty(_ purpose: Purpose) -> Requester {
        switch ground {
        case .dossier, .stated: return self
        case .kept, .duty: break
        }
        var requester = self
        requester.ground = .duty(purpose)
        return requester
    }

    /// The same requester on the ground of emergency access; nil changes nothing.
    package func inEmergency(_ number: Int64?) -> Requester { stating(number.map(Purpose.emergency)) }

    /// The same requester with a purpose that was stated for one request; nil changes nothing.
    package func stating(_ purpose: Purpose?) -> Requester {
        guard let purpose else { return self }
        var requester = self
        requester.ground = .stated(purpose)
        return requester
    }
}
