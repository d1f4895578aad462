import Civil

/// Mục tra cứu: what search knows of one person.
package struct SearchEntry: Hashable, Sendable {
    package var person: Int64
    /// The name, then the other names the person is called by.
    package var names: [String]
    package var birth: PartialDate?
    package var sex: Sex?
    /// Where the person lives or is registered, in the units as they were written down.
    package var places: [UnitCode]
    /// Father's and mother's names.
    package var parents: [String]
    package var oldNumber: String?

    package init(
        person: Int64, names: [String], birth: PartialDate? = nil, sex: Sex? = nil, places: [UnitCode] = [],
        parents: [String] = [], oldNumber: String? = nil
    ) {
        self.person = person
        self.names = names
        self.birth = birth
        self.sex = sex
        self.places = places
        self.parents = parents
        self.oldNumber = oldNumber
    }
}

/// Điều kiện tra cứu: what somebody half remembers; everything that is given narrows.
package struct SearchCriteria: Hashable, Sendable {
    /// The name as it was heard or typed.
    package var name: String?
    /// The date or year of birth.
    package var birth: PartialDate?
    /// How many years the birth may lie beside `birth`.
    package var yearsAround: Int
    package var sex: Sex?
    /// The units that count as the asked-for place, as they stand in entries; nil asks for no place.
    package var places: Set<UnitCode>?
    package var parent: String?
    package var oldNumber: String?

    /// Years on either side of the birth that can be asked for.
    package static let mostYearsAround = 5

    package init(
        name: String? = nil, birth: PartialDate? = nil, yearsAround: Int = 1, sex: Sex? = nil,
        places: Set<UnitCode>? = nil, parent: String? = nil, oldNumber: String? = nil
    ) {
        self.name = name
        self.birth = birth
        self.yearsAround = yearsAround
        self.sex = sex
        self.places = places
        self.parent = parent
        self.oldNumber = oldNumber
    }
}

/// Kết quả tra cứu: a person who may be meant, how close, and why.
package struct SearchHit: Hashable, Sendable {
    package let person: Int64
    /// 0 to 1000; 1000 is everything as it was asked for.
    package let score: Int
    package let reasons: [SearchReason]
}

/// Vì sao người này có trong kết quả: why a person is among the results, in one word a circumstance.
package enum SearchReason: UInt8, Hashable, Sendable, CaseIterable {
    case nameEqual
    /// The same letters; marks differ or are left out.
    case marksDiffer
    case keyingSlip
    case soundsAlike
    case spellingSlip
    case orderDiffers
    case joinedOrSplit
    /// A word that was asked for is not in the name.
    case wordMissing
    /// The name has words that were not asked for.
    case nameIsLonger
    case birthEqual
    case birthCompatible
    case birthSwapped
    case birthOneDigit
    case birthNear
    case placeFits
    case parentEqual
    case parentAlike
    case oldNumberEqual
    case oldNumberSlip
    /// A word was left at its first letters.
    case initialFits

    /// The stable word for programs.
    package var code: String {
        switch self {
        case .nameEqual: "name_equal"
        case .marksDiffer: "marks_differ"
        case .keyingSlip: "keying_slip"
        case .soundsAlike: "sounds_alike"
        case .spellingSlip: "spelling_slip"
        case .orderDiffers: "order_differs"
        case .joinedOrSplit: "joined_or_split"
        case .wordMissing: "word_missing"
        case .nameIsLonger: "name_is_longer"
        case .birthEqual: "birth_equal"
        case .birthCompatible: "birth_compatible"
        case .birthSwapped: "birth_day_month_swapped"
        case .birthOneDigit: "birth_one_digit"
        case .birthNear: "birth_near"
        case .placeFits: "place_fits"
        case .parentEqual: "parent_equal"
        case .parentAlike: "parent_alike"
        case .oldNumberEqual: "old_number_equal"
        case .oldNumberSlip: "old_number_slip"
        case .initialFits: "initial_fits"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .nameEqual: Sentence("đúng họ tên", "the name is the same")
        case .marksDiffer: Sentence("khác hoặc thiếu dấu", "marks differ or are left out")
        case .keyingSlip: Sentence("gõ dấu chưa thành", "marks were keyed but not turned into letters")
        case .soundsAlike: Sentence("đọc gần giống", "it sounds alike")
        case .spellingSlip: Sentence("khác một hai chữ cái", "a letter or two differ")
        case .orderDiffers: Sentence("khác thứ tự", "the words stand in another order")
        case .joinedOrSplit: Sentence("viết liền hoặc tách", "words are joined or split")
        case .wordMissing: Sentence("thiếu một từ đã hỏi", "a word that was asked for is missing")
        case .nameIsLonger: Sentence("họ tên dài hơn", "the name has more words")
        case .birthEqual: Sentence("đúng ngày sinh", "the date of birth is the same")
        case .birthCompatible: Sentence("ngày sinh phù hợp", "the date of birth fits")
        case .birthSwapped: Sentence("đảo ngày và tháng sinh", "day and month of birth are swapped")
        case .birthOneDigit: Sentence("ngày sinh khác một chữ số", "one digit of the date of birth differs")
        case .birthNear: Sentence("năm sinh gần đúng", "the year of birth is near")
        case .placeFits: Sentence("đúng nơi cư trú", "the place fits")
        case .parentEqual: Sentence("đúng tên cha hoặc mẹ", "a parent's name is the same")
        case .parentAlike: Sentence("tên cha hoặc mẹ gần giống", "a parent's name is alike")
        case .oldNumberEqual: Sentence("đúng số CMND", "the old number is the same")
        case .oldNumberSlip: Sentence("số CMND khác một chữ số", "one digit of the old number differs")
        case .initialFits: Sentence("đúng chữ viết tắt", "the first letters of a word fit")
        }
    }
}
