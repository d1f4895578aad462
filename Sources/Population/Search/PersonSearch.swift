import Civil
import Linkage

/// Yêu cầu tra cứu theo điều kiện: what somebody at a counter half remembers of a person.
///
/// Everything that is given narrows; the name may be typed as it was heard.
package struct PersonSearch: Hashable, Sendable {
    package var name: String?
    package var birth: PartialDate?
    /// Years on either side of the birth; nil means one.
    package var yearsAround: Int?
    package var sex: Sex?
    /// A commune, district or province of today or before; where somebody is registered or lives.
    package var unit: UnitCode?
    /// The name of father, mother, or an adoptive parent, as the record itself has it.
    package var parent: String?
    /// Số CMND.
    package var oldNumber: String?
    /// Results on a page.
    package var limit: Int
    /// Where the page before ended.
    package var after: SearchCursor?

    /// Results on a page where nobody asks for another number, and at most.
    package static let usualLimit = 20
    package static let mostLimit = 100
    /// The longest name or parent's name, in characters.
    package static let longestName = 100

    package init(
        name: String? = nil, birth: PartialDate? = nil, yearsAround: Int? = nil, sex: Sex? = nil,
        unit: UnitCode? = nil, parent: String? = nil, oldNumber: String? = nil, limit: Int = PersonSearch.usualLimit,
        after: SearchCursor? = nil
    ) {
        self.name = name
        self.birth = birth
        self.yearsAround = yearsAround
        self.sex = sex
        self.unit = unit
        self.parent = parent
        self.oldNumber = oldNumber
        self.limit = limit
        self.after = after
    }

    /// The criteria as one line of text, for the sealed part of the look.
    var typed: String {
        var parts: [String] = []
        func add(_ name: String, _ value: String?) { if let value { parts.append("\(name)=\(value)") } }
        add("name", name)
        add("birth", birth?.canonical)
        add("years_around", yearsAround.map(String.init))
        add("sex", sex?.rawValue)
        add("unit", unit?.description)
        add("parent", parent)
        add("old_number", oldNumber)
        add("after", after?.text)
        return parts.joined(separator: "\n")
    }
}

/// The place in a ranked answer behind which the next page begins: a handle, and a place for when that person is gone.
package struct SearchCursor: Hashable, Sendable {
    /// How many stood up to there.
    let place: Int
    let handle: Handle

    package init(place: Int, handle: Handle) {
        self.place = place
        self.handle = handle
    }

    /// A cursor as an answer gave it, or nil.
    package init?(parsing text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let place = Int(parts[0]), (1...SearchIndex.mostHits).contains(place),
            let handle = Handle(parsing: parts[1])
        else { return nil }
        self.init(place: place, handle: handle)
    }

    package var text: String { "\(place)-\(handle.text)" }
}

/// One person who may be meant.
package struct SearchResult: Sendable {
    package let handle: String
    package let state: PersonState
    /// 0 to 1000; 1000 is everything as it was asked for.
    package let score: Int
    package let reasons: [SearchReason]
}

/// A page of results, with the receipt of the look.
package struct SearchAnswer: Sendable {
    package let results: [SearchResult]
    /// Where the next page begins; nil on the last one.
    package let next: SearchCursor?
    package let receipt: Int64
}

/// Lý do không tra cứu: why a search was not made.
package enum SearchRefusal: ExplainedRefusal {
    /// Nothing that narrows enough.
    case nothingAsked
    case nameTooShort
    case nameTooLong
    /// Nothing in it that a name could have.
    case nameUnreadable
    case oldNumberMalformed
    case unitUnknown
    case yearsOutOfRange
    case limitOutOfRange
    /// The register has no key to seal what was typed.
    case noSealKey

    package var code: String {
        switch self {
        case .nothingAsked: "search_too_wide"
        case .nameTooShort: "search_name_too_short"
        case .nameTooLong: "search_name_too_long"
        case .nameUnreadable: "search_name_unreadable"
        case .oldNumberMalformed: "search_old_number_malformed"
        case .unitUnknown: "unit_unknown"
        case .yearsOutOfRange: "search_years_out_of_range"
        case .limitOutOfRange: "limit_out_of_range"
        case .noSealKey: "seal_key_missing"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .nothingAsked:
            Sentence(
                "Chưa đủ điều kiện để tra cứu: ghi họ tên, hoặc số CMND, hoặc ngày sinh cùng nơi cư trú.",
                "Too little to search by: give a name, or an old number, or a date of birth with a place.")
        case .nameTooShort:
            Sentence(
                "Họ tên quá ngắn: ghi ít nhất một từ có hai chữ cái.",
                "The name is too short: write at least one word of two letters.")
        case .nameTooLong:
            Sentence(
                "Họ tên dài quá \(PersonSearch.longestName) ký tự: chỉ ghi họ tên.",
                "The name is longer than \(PersonSearch.longestName) characters: write the name alone.")
        case .nameUnreadable:
            Sentence(
                "Không có chữ cái nào trong họ tên: ghi bằng chữ, có dấu hay không dấu đều được.",
                "There is no letter in the name: write it in letters, with or without marks.")
        case .oldNumberMalformed:
            Sentence(
                "Số CMND phải có 9 chữ số, hoặc 12 chữ số nếu cấp từ 2012 đến 2015.",
                "The old identity number has nine digits, or twelve where it was given from 2012 to 2015.")
        case .unitUnknown:
            Sentence(
                "Không có đơn vị hành chính này; tìm mã bằng dancu unit resolve.",
                "There is no such unit; find its code with dancu unit resolve.")
        case .yearsOutOfRange:
            Sentence(
                "Số năm trước và sau năm sinh phải từ 0 đến \(SearchCriteria.mostYearsAround).",
                "The years around the birth are 0 to \(SearchCriteria.mostYearsAround).")
        case .limitOutOfRange:
            Sentence(
                "Số kết quả mỗi trang phải từ 1 đến \(PersonSearch.mostLimit).",
                "A page has 1 to \(PersonSearch.mostLimit) results.")
        case .noSealKey:
            Sentence(
                "Chưa có khóa niêm phong nội dung tra cứu; mở cơ sở dữ liệu bằng chương trình có thư mục khóa.",
                "There is no key to seal searches with; open the register once where its folder of keys is.")
        }
    }
}
