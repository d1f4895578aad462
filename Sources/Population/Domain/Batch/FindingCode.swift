import Civil

/// Loại phát hiện trên phiếu: what can be wrong with, or merely noticed on, a collected sheet.
///
/// The raw value is stored, shown to programs and never reused. `docs/findings.md` is the same table for readers.
package enum FindingCode: String, CaseIterable, Codable, Hashable, Sendable {
    case yearOnly = "year_only"
    case noDay = "no_day"
    case noDiacritics = "no_diacritics"
    case marksAsKeys = "marks_as_keys"

    case missingSex = "missing_sex"
    case unknownSex = "unknown_sex"
    case numberMalformed = "number_malformed"
    case numberSexMismatch = "number_sex_mismatch"
    case numberYearMismatch = "number_year_mismatch"
    case numberOfAnother = "number_of_another"
    case numberTestPrefix = "number_test_prefix"
    case numberNotTestPrefix = "number_not_test_prefix"
    case oldNumberMalformed = "old_number_malformed"
    case phoneMalformed = "phone_malformed"
    case householdHead = "household_head"
    case householdMissing = "household_missing"
    case dead
    case deathMentioned = "death_mentioned"
    case addressMissing = "address_missing"
    case addressAmbiguous = "address_ambiguous"
    case addressUnresolved = "address_unresolved"
    case unknownCode = "unknown_code"
    case parentNotOlder = "parent_not_older"
    case spouseOfTwo = "spouse_of_two"
    case relativeNumberMismatch = "relative_number_mismatch"
    case relativeUnreadable = "relative_unreadable"
    case collectionDateMissing = "collection_date_missing"
    case bornAfterCollection = "born_after_collection"
    case veryOld = "very_old"

    case missingName = "missing_name"
    case unreadableName = "unreadable_name"
    case missingDateOfBirth = "missing_dob"
    case impossibleDate = "impossible_date"
    case futureDate = "future_date"
    case unreadableDate = "unreadable_date"
    case rowMalformed = "row_malformed"
    case rowTooLong = "row_too_long"
    case fieldTooLong = "field_too_long"
    case encodingBroken = "encoding_broken"
    case householdTooLarge = "household_too_large"
    case outsideOffice = "outside_office"

    case duplicate
    case possibleDuplicate = "possible_duplicate"

    /// What a finding does to the fate of its row.
    package enum Weight: Int, Comparable, Hashable, Sendable {
        /// Noticed; the row is accepted all the same.
        case noted
        /// The row is accepted with its finding.
        case marked
        /// The row waits for somebody to look at it.
        case held

        package static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
    }

    /// Whether it says something about two sheets: whoever names the other sheet is named by it in turn.
    package var isMutual: Bool { self == .duplicate || self == .spouseOfTwo }

    package var weight: Weight {
        switch self {
        case .yearOnly, .noDay, .noDiacritics, .marksAsKeys: .noted
        case .missingSex, .unknownSex, .numberMalformed, .numberSexMismatch, .numberYearMismatch, .numberOfAnother,
            .numberTestPrefix, .numberNotTestPrefix, .oldNumberMalformed, .phoneMalformed, .householdHead,
            .householdMissing, .dead, .deathMentioned, .addressMissing, .addressAmbiguous, .addressUnresolved,
            .unknownCode,
            .parentNotOlder, .spouseOfTwo, .relativeNumberMismatch, .relativeUnreadable, .collectionDateMissing,
            .bornAfterCollection, .veryOld:
            .marked
        case .missingName, .unreadableName, .missingDateOfBirth, .impossibleDate, .futureDate, .unreadableDate,
            .rowMalformed, .rowTooLong, .fieldTooLong, .encodingBroken, .householdTooLarge, .outsideOffice:
            .held
        // On the row whose person stays it is a mark; the other rows of the group are held by the import itself.
        case .duplicate, .possibleDuplicate: .marked
        }
    }
}

/// A finding on one sheet.
package struct SheetFinding: Codable, Hashable, Sendable {
    package var code: FindingCode
    /// The column concerned, as the form names it.
    package var field: String?
    /// The other sheet of a duplicate, or of two that name the same spouse.
    package var other: Int64?
    /// The ranked candidates of an address, the spelling or sex that was taken over from elsewhere, the handle of the
    /// person whom a sheet doubles where that one has no sheet, or how likely it is that it doubles somebody.
    package var candidates: [String]?

    package init(_ code: FindingCode, field: SheetColumn? = nil, other: Int64? = nil, candidates: [String]? = nil) {
        self.code = code
        self.field = field?.rawValue
        self.other = other
        self.candidates = candidates
    }
}

/// Kết quả xử lý của một dòng: every row has exactly one.
package enum SheetFate: Int64, CaseIterable, Hashable, Sendable {
    case accepted = 1
    case acceptedWithFindings = 2
    case held = 3

    /// The word for programs.
    package var text: String {
        switch self {
        case .accepted: "accepted"
        case .acceptedWithFindings: "accepted_with_findings"
        case .held: "held"
        }
    }

    /// The fate that the findings of a row give it, unless it is held for another reason.
    package static func of(_ findings: [SheetFinding]) -> SheetFate {
        switch findings.map(\.code.weight).max() ?? .noted {
        case .noted: .accepted
        case .marked: .acceptedWithFindings
        case .held: .held
        }
    }
}
