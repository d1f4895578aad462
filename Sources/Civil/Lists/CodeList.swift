/// Danh mục mã: an official list of codes with the days it is in force.
///
/// Two lists give one code to different things, so a code never stands alone: see `Coded`.
package struct CodeList: Sendable {
    /// Stable id, such as `ethnicity-2008`; lower-case letters, digits and hyphens.
    package let id: String
    /// What the list is of, in the middle of a sentence.
    package let title: Sentence
    /// The document that issued the list.
    package let basis: LegalBasis
    /// The first day of the list; nil when it is not known or does not matter.
    package let validFrom: CalendarDate?
    /// The last day of the list; nil while it is in force.
    package let validTo: CalendarDate?
    /// The entries in the order of the document.
    package let entries: [Entry]

    /// Mục trong danh mục: a code and what it stands for.
    package struct Entry: Hashable, Sendable {
        package let code: String
        /// The official name.
        package let vietnamese: String
        /// The name in English, or the official one again.
        package let english: String
        /// How well we know that the code stands for the name.
        package let certainty: Certainty
        /// Other ways the entry is written on papers.
        package let alsoWritten: [String]

        /// An entry; the English name falls back to the Vietnamese one.
        package init(
            _ code: String, _ vietnamese: String, english: String? = nil, certainty: Certainty = .sure,
            also alsoWritten: [String] = []
        ) {
            self.code = code
            self.vietnamese = vietnamese
            self.english = english ?? vietnamese
            self.certainty = certainty
            self.alsoWritten = alsoWritten
        }
    }

    private let byCode: [String: Int]
    private let byKey: [String: Int]

    /// A list; of two entries with one code or one name the first is found.
    package init(
        id: String, title: Sentence, basis: LegalBasis, validFrom: CalendarDate? = nil, validTo: CalendarDate? = nil,
        entries: [Entry]
    ) {
        self.id = id
        self.title = title
        self.basis = basis
        self.validFrom = validFrom
        self.validTo = validTo
        self.entries = entries
        var byCode: [String: Int] = [:]
        var byKey: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            byCode[entry.code] = byCode[entry.code] ?? index
            for name in [entry.vietnamese] + entry.alsoWritten {
                let key = Folding.compactKey(name)
                byKey[key] = byKey[key] ?? index
            }
        }
        self.byCode = byCode
        self.byKey = byKey
    }

    /// The entry with exactly that code.
    package func entry(code: String) -> Entry? { byCode[code].map { entries[$0] } }

    /// The entry with that name, marks, case, spaces and hyphens aside.
    package func entry(named text: some StringProtocol) -> Entry? {
        byKey[Folding.compactKey(text)].map { entries[$0] }
    }

    /// The code of the entry together with the list.
    package func coded(_ entry: Entry) -> Coded { Coded(list: id, code: entry.code) }

    /// True on every day of the list, its last included.
    package func isInForce(on date: CalendarDate) -> Bool {
        (validFrom.map { $0 <= date } ?? true) && (validTo.map { date <= $0 } ?? true)
    }

    /// Reads a name in the list.
    package func parse(_ text: some StringProtocol) throws(CodeRefusal) -> Coded {
        let key = Folding.compactKey(text)
        guard !key.isEmpty else { throw .missing(list: id) }
        guard let index = byKey[key] else { throw .unknown(list: id) }
        return coded(entries[index])
    }

    /// Every list the register knows, by id; what is stored as `Coded` is looked up here.
    package static let all: [String: CodeList] = {
        let lists = Ethnicity.lists + Religion.lists + [Nationality.list, RelationToHead.list]
        return Dictionary(lists.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }()
}

/// Mã kèm danh mục: a code together with the list that gives it its meaning; written `list:code`.
package struct Coded: CanonicalText, CustomStringConvertible {
    /// The id of the list.
    package let list: String
    package let code: String

    /// The code in the list; whether the list has it is seen by `entry`.
    package init(list: String, code: String) {
        self.list = list
        self.code = code
    }

    package init?(canonical: String) {
        let parts = canonical.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(list: String(parts[0]), code: String(parts[1]))
    }

    package var canonical: String { "\(list):\(code)" }

    package var description: String { canonical }

    /// What the code stands for, when the list is known here.
    package var entry: CodeList.Entry? { CodeList.all[list]?.entry(code: code) }
}

/// Lý do không mã hóa được: why a written value was not found in its list.
package enum CodeRefusal: ExplainedRefusal {
    case missing(list: String)
    case unknown(list: String)

    package var code: String {
        switch self {
        case .missing: "missing_code"
        case .unknown: "unknown_code"
        }
    }

    /// The list that was looked in.
    package var list: String {
        switch self {
        case .missing(let list), .unknown(let list): list
        }
    }

    package var sentence: Sentence {
        let title = CodeList.all[list]?.title ?? FixedLists.titles[list] ?? Sentence(list, list)
        return switch self {
        case .missing:
            Sentence(
                "Chưa ghi \(title.vietnamese): ghi theo giấy tờ.",
                "No \(title.english) is written: fill it in as on the papers.")
        case .unknown:
            Sentence(
                "Không có giá trị này trong danh mục \(title.vietnamese): chọn một mục trong danh mục.",
                "The value is not in the list of \(title.english): choose one that is.")
        }
    }
}

/// Ids and titles of the lists that are Swift types and not data.
enum FixedLists {
    static let maritalStatus = "marital-status-qcvn109"
    static let bloodGroup = "blood-group-qcvn109"

    static let titles: [String: Sentence] = [
        maritalStatus: Sentence("tình trạng hôn nhân", "marital statuses"),
        bloodGroup: Sentence("nhóm máu", "blood groups"),
    ]
}
