import Chip
import Civil
import Foundation
import Ledger
import Population

/// Loại giấy tờ được cấp: what a person is given follows from the record and is never chosen.
package enum CardProduct: String, Codable, CaseIterable, Hashable, Sendable {
    /// Thẻ căn cước.
    case card
    /// Giấy chứng nhận căn cước: for people of Vietnamese origin without a nationality; a paper, no chip.
    case certificate = "identity_certificate"

    package var title: Sentence {
        switch self {
        case .card: Sentence("Thẻ căn cước", "Identity card")
        case .certificate: Sentence("Giấy chứng nhận căn cước", "Certificate of identity")
        }
    }
}

/// Tình trạng giấy chứng nhận căn cước: whether a certificate holds.
package enum CertificateStatus: String, Codable, CaseIterable, Hashable, Sendable {
    /// Đã in, chưa trao.
    case made
    case active
    case lost
    /// Đã cấp giấy khác.
    case replaced
    case revoked
    /// Dừng theo dữ liệu dân cư: the holder died, was given a nationality, or the record was merged.
    case stopped

    /// Where each action leads; what is not named is refused.
    package var ways: [CertificateAction: CertificateStatus] {
        switch self {
        case .made: [.handOver: .active, .revoke: .revoked, .stop: .stopped]
        case .active: [.reportLost: .lost, .replace: .replaced, .revoke: .revoked, .stop: .stopped]
        case .lost: [.reportFound: .active, .replace: .replaced, .revoke: .revoked, .stop: .stopped]
        case .stopped: [.resumeMade: .made, .resumeActive: .active, .resumeLost: .lost]
        case .replaced, .revoked: [:]
        }
    }

    /// What brings a certificate back that was this when it was stopped.
    package var resumption: CertificateAction? {
        switch self {
        case .made: .resumeMade
        case .active: .resumeActive
        case .lost: .resumeLost
        case .replaced, .revoked, .stopped: nil
        }
    }

    package var title: Sentence {
        switch self {
        case .made: Sentence("đã in, chưa trao", "made, not handed over")
        case .active: Sentence("đang có giá trị", "active")
        case .lost: Sentence("báo mất", "reported lost")
        case .replaced: Sentence("đã cấp giấy khác", "replaced")
        case .revoked: Sentence("đã thu hồi", "revoked")
        case .stopped: Sentence("dừng theo dữ liệu dân cư", "stopped by the record")
        }
    }
}

/// Việc làm với giấy chứng nhận căn cước.
package enum CertificateAction: String, Codable, CaseIterable, Hashable, Sendable {
    case handOver = "hand_over"
    case reportLost = "report_lost"
    case reportFound = "report_found"
    case replace
    case revoke
    case stop
    case resumeMade = "resume_made"
    case resumeActive = "resume_active"
    case resumeLost = "resume_lost"

    package var title: Sentence {
        switch self {
        case .handOver: Sentence("Trao giấy chứng nhận", "Certificate handed over")
        case .reportLost: Sentence("Báo mất giấy chứng nhận", "Certificate reported lost")
        case .reportFound: Sentence("Tìm thấy giấy chứng nhận", "Certificate found again")
        case .replace: Sentence("Đã cấp giấy khác", "Replaced by another one")
        case .revoke: Sentence("Thu hồi giấy chứng nhận", "Certificate revoked")
        case .stop: Sentence("Dừng theo dữ liệu dân cư", "Stopped by the record")
        case .resumeMade, .resumeActive, .resumeLost: Sentence("Khôi phục giấy chứng nhận", "Holds again")
        }
    }
}

/// Giấy chứng nhận căn cước: one as it stands.
package struct IdentityCertificate: Hashable, Sendable {
    package let id: Int64
    package let handle: String
    package let application: Int64
    package let person: Int64
    package let number: PersonalIdentificationNumber
    package let issued: CalendarDate
    package let expires: CalendarDate?
    package var status: CertificateStatus
    package let pickup: String
    package var changed: Instant

    /// Whether it may be relied on today.
    package func isValid(on day: CalendarDate) -> Bool {
        status == .active && !(expires.map { $0 < day } ?? false)
    }

    package func after(_ action: CertificateAction) throws(CertificateRefusal) -> CertificateStatus {
        guard let next = status.ways[action] else { throw .notNow(status) }
        return next
    }
}

/// Nội dung giấy chứng nhận căn cước: what is printed, taken once and never changed; the fields are the circular's.
package struct CertificateSnapshot: Codable, Hashable, Sendable {
    package var number: String
    package var name: String
    package var birth: PartialDate
    package var sex: Sex?
    package var birthPlace: String?
    package var origin: String?
    package var ethnicity: String?
    package var religion: String?
    package var maritalStatus: MaritalStatus?
    package var residence: String?
    package var issued: String
    package var expires: String?
    /// SHA-256 of the portrait, hexadecimal; nil for a child under six.
    package var portrait: String?
    /// The index fingers that are printed.
    package var fingers: [OrderContent.OrderedFinger]

    package static let printed: [Finger] = [.leftIndex, .rightIndex]

    /// The snapshot of a record on the day of issue; that it holds as long as a card is unverified.
    package init(
        _ state: PersonState, issued: CalendarDate, portrait: String?, fingers: [FingerPrint], units: UnitDirectory
    ) throws(ProductionRefusal) {
        let details = state.details
        guard let number = state.number, let name = details.name, let birth = details.birth else { throw .contentUnfit }
        func text(_ address: Address?) -> String? { address.map { units.text(of: $0, on: issued) } }
        self.number = number
        self.name = name
        self.birth = birth
        sex = details.sex
        birthPlace = text(details.birthPlace)
        origin = text(details.origin)
        ethnicity = details.ethnicity?.entry?.vietnamese
        religion = details.religion?.entry?.vietnamese
        maritalStatus = details.maritalStatus
        residence = text((state.currentResidence ?? state.permanentResidence ?? state.temporaryResidence)?.address)
        self.issued = issued.description
        expires = CardRules.expiry(born: birth, issued: issued)?.description
        self.portrait = portrait
        self.fingers = CertificateSnapshot.printed.compactMap { finger in
            fingers.first { $0.finger == finger && $0.print != nil }.map {
                OrderContent.OrderedFinger(finger: finger, picture: Fingerprint.text($0.content))
            }
        }
    }

    /// The snapshot as it is stored and hashed: members sorted by name.
    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    package init(bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(CertificateSnapshot.self, from: Data(bytes))
    }
}

/// Lý do không làm được việc này với giấy chứng nhận: closed, one stable code each.
package enum CertificateRefusal: ExplainedRefusal {
    case unknown
    case notNow(CertificateStatus)
    /// A card is ordered, a certificate is issued; which of both the record says.
    case otherProduct(CardProduct)
    /// The certificate before is to be collected, or reported lost.
    case oldOneMissing

    package var code: String {
        switch self {
        case .unknown: "certificate_unknown"
        case .notNow: "certificate_not_now"
        case .otherProduct: "card_product_differs"
        case .oldOneMissing: "certificate_old_one_missing"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence("Không có giấy chứng nhận này; kiểm tra mã.", "There is no such certificate; check its handle.")
        case .notNow(let status):
            Sentence(
                "Giấy chứng nhận \"\(status.title.vietnamese)\", không làm được việc này; xem lịch sử.",
                "The certificate is \(status.title.english), which this does not follow; see its history.")
        case .otherProduct(let product):
            Sentence(
                "Hồ sơ này được cấp \(product.title.vietnamese.lowercased()); rút và đề nghị lại nếu dữ liệu đã đổi.",
                "The application is for: \(product.title.english); withdraw it and apply anew if the record changed.")
        case .oldOneMissing:
            Sentence(
                "Phải thu giấy chứng nhận cũ, hoặc báo mất giấy đó trước.",
                "Collect the certificate before, or report it lost first.")
        }
    }
}
