import Civil

/// Bản ghi công dân: what the register says of one person at one point of both times.
///
/// It is a pure fold over the acts of the person's stream (`PersonFold`); nothing in it is stored anywhere else.
package struct PersonState: Codable, Hashable, Sendable {
    package var person: Int64
    /// How many acts of the stream were folded; the next act has this version plus one.
    package var version: Int64
    package var details = PersonDetails()
    package var life = Life(status: .living)
    /// Nơi thường trú.
    package var permanentResidence: Residence?
    /// Nơi tạm trú.
    package var temporaryResidence: Residence?
    /// Nơi ở hiện tại.
    package var currentResidence: Residence?
    /// Lưu trú.
    package var stay: Residence?
    /// Tạm vắng.
    package var absence: Absence?
    package var household: Membership?
    package var father: PersonReference?
    package var mother: PersonReference?
    package var spouse: PersonReference?
    /// Parents who were recognised after birth (nhận cha, mẹ, con); nil when there is none.
    package var recognisedParents: [PersonReference]?
    package var adoptiveParents: [PersonReference] = []
    package var children: [PersonReference] = []
    package var guardian: PersonReference?
    package var wards: [PersonReference] = []
    /// Số định danh cá nhân in force.
    package var number: String?
    package var cancelledNumbers: [CancelledNumber] = []
    /// The person with whom this record was merged: the same human being, whose record goes on there.
    package var mergedInto: Int64?
    package var mergedFrom: [Int64] = []
    /// Why the record is set aside, if it is.
    package var setAside: String?
    /// Rules of life that what a verified source says breaks, until somebody has looked; nil when there are none.
    package var contradictions: [Contradiction]?
    /// The collected sheet that the record began with; nil for those who were registered at birth.
    package var sheet: Int64?
    /// What a source has verified of the record; nil when nothing was.
    package var verification: Verification?

    package init(person: Int64, version: Int64 = 0) {
        self.person = person
        self.version = version
    }

    /// The rules of life that are broken; a rule that the register has no more is none.
    package var contradictedRules: [Refusal] { (contradictions ?? []).compactMap { Refusal(code: $0.rule) } }

    package struct Life: Codable, Hashable, Sendable {
        package enum Status: String, Codable, Hashable, Sendable {
            case living
            /// Bị tuyên bố mất tích.
            case missing
            /// Đã chết hoặc bị tuyên bố đã chết.
            case dead
        }
        package var status: Status
        package var since: PartialDate?

        package init(status: Status, since: PartialDate? = nil) {
            self.status = status
            self.since = since
        }
    }

    package struct Residence: Codable, Hashable, Sendable {
        package var address: Address
        package var since: PartialDate?
        package var until: PartialDate?

        package init(address: Address, since: PartialDate?, until: PartialDate? = nil) {
            self.address = address
            self.since = since
            self.until = until
        }
    }

    package struct Absence: Codable, Hashable, Sendable {
        package var reason: String
        package var since: PartialDate?
        package var until: PartialDate?
    }

    package struct Membership: Codable, Hashable, Sendable {
        package var household: Int64
        /// Quan hệ với chủ hộ.
        package var relation: RelationToHead?
        package var since: PartialDate?

        package init(household: Int64, relation: RelationToHead?, since: PartialDate?) {
            self.household = household
            self.relation = relation
            self.since = since
        }
    }

    /// Mâu thuẫn: an act of a verified source that breaks a rule of life.
    ///
    /// It is closed by annulling the act that noted it, with the reason why both are right, or the act itself.
    package struct Contradiction: Codable, Hashable, Sendable {
        /// The act that breaks the rule.
        package var act: Int64
        /// The code of the rule (`Refusal.code`).
        package var rule: String
        /// The act that noted it.
        package var notedBy: Int64
    }

    package struct CancelledNumber: Codable, Hashable, Sendable {
        package var number: String
        /// Nil for a number that ended because its record was merged: its holder keeps the other one.
        package var ground: CancellationGround?
    }
}

/// Căn cứ hủy số định danh: the grounds of Nghị định 70/2024/NĐ-CP, Điều 11 khoản 7, as amended by 58/2026/NĐ-CP.
///
/// Which of them held before 1 July 2024 is not known for certain, so none is refused by its day.
package enum CancellationGround: String, Codable, Hashable, Sendable, CaseIterable {
    /// (a) Sex re-determined or year of birth corrected; only when the citizen asks for it.
    case sexOrBirthYearCorrected = "sex_or_birth_year_corrected"
    /// (b) An entry error in place of birth registration, year of birth or sex; only when the citizen asks for it.
    case entryError = "entry_error"
    /// (c) Obtained with false papers or data.
    case falsePapers = "false_papers"
    /// (d) The birth certificate was revoked.
    case birthCertificateRevoked = "birth_certificate_revoked"

    /// Whether the ground works only at the citizen's own request; the others are for the authority.
    package var needsRequest: Bool {
        switch self {
        case .sexOrBirthYearCorrected, .entryError: true
        case .falsePapers, .birthCertificateRevoked: false
        }
    }
}
