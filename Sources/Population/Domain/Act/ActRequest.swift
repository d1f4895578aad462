import Civil
import Ledger

/// Yêu cầu ghi một sự việc: what an officer, a program or a file asks to be recorded.
package struct ActRequest: Codable, Sendable {
    package var kind: ActKind
    /// `YYYY[-MM[-DD]]`: since when it is true in the world.
    package var effective: PartialDate?
    /// Căn cứ pháp lý; without it, the basis that is usual for the kind.
    package var legalBasis: String?
    /// The persons concerned, by handle or number; those whom the content names need not be repeated.
    package var persons: [String]?
    package var content: JSONValue?
    /// Whoever asks has looked at those who may be the newborn and says that it is somebody else: the mark of those who
    /// were told (`AlikePerson.mark`).
    package var anotherThan: String?

    package init(
        kind: ActKind, effective: PartialDate? = nil, legalBasis: String? = nil, persons: [String]? = nil,
        content: JSONValue? = nil, anotherThan: String? = nil
    ) {
        self.kind = kind
        self.effective = effective
        self.legalBasis = legalBasis
        self.persons = persons
        self.content = content
        self.anotherThan = anotherThan
    }

    package enum CodingKeys: String, CodingKey {
        case kind, effective, persons, content
        case legalBasis = "legal_basis"
        case anotherThan = "another_than"
    }

    /// A field that a request does not have is refused: a slip in its name must not lose what was written.
    package init(from decoder: any Decoder) throws {
        try decoder.requireKnownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            kind: try container.decode(ActKind.self, forKey: .kind),
            effective: try container.decodeIfPresent(PartialDate.self, forKey: .effective),
            legalBasis: try container.decodeIfPresent(String.self, forKey: .legalBasis),
            persons: try container.decodeIfPresent([String].self, forKey: .persons),
            content: try container.decodeIfPresent(JSONValue.self, forKey: .content),
            anotherThan: try container.decodeIfPresent(String.self, forKey: .anotherThan))
    }
}

/// Why a request cannot be understood; the field and what to write there.
package enum RequestRefusal: Error, Hashable, Sendable {
    case unreadable(String)
    case unknownPerson(field: String)
    case unknownHousehold(field: String)
    case unresolvedAddress(field: String, candidates: [String])
    case unknownCode(field: String)
    case personsMissing
    case communeMissing(field: String)
    /// Something keeps the person from getting a number that is drawn.
    case noNumber(NumberingObstacle)

    package var code: String {
        switch self {
        case .unreadable: "request_unreadable"
        case .unknownPerson: "person_not_found"
        case .unknownHousehold: "household_not_found"
        case .unresolvedAddress: "address_unresolved"
        case .unknownCode: "unknown_code"
        case .personsMissing: "persons_missing"
        case .communeMissing: "commune_missing"
        case .noNumber: "number_not_drawn"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unreadable(let what):
            Sentence(
                vietnamese: "Không hiểu yêu cầu (\(what)); xem ví dụ trong trợ giúp của lệnh act record.",
                english: "The request cannot be read (\(what)); see the examples in the help of act record.")
        case .unknownPerson(let field):
            Sentence(
                vietnamese: "Không có người nào với mã hoặc số ở mục \(field); kiểm tra lại.",
                english: "Nobody has the handle or number given in \(field); check it.")
        case .unknownHousehold(let field):
            Sentence(
                vietnamese: "Không có hộ nào với mã ở mục \(field); kiểm tra lại.",
                english: "No household has the handle given in \(field); check it.")
        case .unresolvedAddress(let field, let candidates):
            Sentence(
                vietnamese:
                    "Không xác định được đơn vị hành chính ở mục \(field); ghi đủ xã, tỉnh. "
                    + "\(candidates.joined(separator: "; "))",
                english:
                    "The unit in \(field) is not certain; write commune and province. "
                    + "\(candidates.joined(separator: "; "))"
            )
        case .unknownCode(let field):
            Sentence(
                vietnamese: "Giá trị ở mục \(field) không có trong danh mục; chọn một giá trị của danh mục.",
                english: "The value of \(field) is not in the code list; choose one that is.")
        case .personsMissing:
            Sentence(
                vietnamese: "Chưa nêu người nào; ghi mã tra cứu hoặc số định danh vào \"persons\".",
                english: "Nobody is named; write a handle or number into \"persons\".")
        case .communeMissing(let field):
            Sentence(
                vietnamese: "Địa chỉ ở mục \(field) không nêu xã, phường; ghi cả xã, phường và tỉnh, thành phố.",
                english: "The address in \(field) names no commune; write commune and province.")
        case .noNumber(let obstacle):
            Sentence(
                vietnamese: "Không lấy được số định danh. \(obstacle.sentence.vietnamese)",
                english: "No number can be drawn. \(obstacle.sentence.english)")
        }
    }
}
