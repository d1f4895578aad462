/// Quan hệ với chủ hộ: what a member of a household is to its head.
///
/// The values of Thông tư 116/2026/TT-BCA, Điều 6, khoản 1, the head, and five words sheets use that leave open which
/// of them is meant (cha, mẹ, con, cháu; vợ/chồng). The codes are the register's own: no official ones are public.
package enum RelationToHead: String, Hashable, Sendable, Codable, CaseIterable {
    case head
    case wife
    case husband
    case spouse
    case birthFather = "birth_father"
    case birthMother = "birth_mother"
    case father
    case mother
    case wifesFather = "wifes_father"
    case wifesMother = "wifes_mother"
    case husbandsFather = "husbands_father"
    case husbandsMother = "husbands_mother"
    case adoptiveFather = "adoptive_father"
    case adoptiveMother = "adoptive_mother"
    case stepfather
    case stepmother
    case birthChild = "birth_child"
    case child
    case daughterInLaw = "daughter_in_law"
    case sonInLaw = "son_in_law"
    case adoptedChild = "adopted_child"
    case stepchild
    case paternalGrandfather = "paternal_grandfather"
    case paternalGrandmother = "paternal_grandmother"
    case maternalGrandfather = "maternal_grandfather"
    case maternalGrandmother = "maternal_grandmother"
    case olderBrother = "older_brother"
    case olderSister = "older_sister"
    case youngerSibling = "younger_sibling"
    case nephewOrNiece = "nephew_or_niece"
    case halfSiblingByFather = "half_sibling_by_father"
    case halfSiblingByMother = "half_sibling_by_mother"
    case olderBrotherInLaw = "older_brother_in_law"
    case youngerBrotherInLaw = "younger_brother_in_law"
    case olderSisterInLaw = "older_sister_in_law"
    case youngerSisterInLaw = "younger_sister_in_law"
    case paternalGreatGrandparent = "paternal_great_grandparent"
    case maternalGreatGrandparent = "maternal_great_grandparent"
    case childOfSon = "child_of_son"
    case childOfDaughter = "child_of_daughter"
    case grandchildOrNephew = "grandchild_or_nephew"
    case olderUncleOrAunt = "older_uncle_or_aunt"
    case fathersYoungerBrother = "fathers_younger_brother"
    case mothersBrother = "mothers_brother"
    case fathersSister = "fathers_sister"
    case mothersSister = "mothers_sister"
    case greatGrandchild = "great_grandchild"
    case guardian
    case ward
    case lodgerRenting = "lodger_renting"
    case lodgerBorrowing = "lodger_borrowing"
    case lodgerStaying = "lodger_staying"
    case rentingTogether = "renting_together"
    case borrowingTogether = "borrowing_together"
    case stayingTogether = "staying_together"

    /// Nhóm quan hệ: what the relation says about marriage and descent.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case head, spouse, parent, parentInLaw, child, grandparent, grandchild, sibling, otherFamily, notFamily
    }

    /// The values of the circular, and the head.
    ///
    /// No list before it is known to us; sheets of every year are read by the same words.
    package static let list = CodeList(
        id: "relation-2026", title: Sentence("quan hệ với chủ hộ", "relations to the head of household"),
        basis: LegalBasis("Thông tư 116/2026/TT-BCA", "Điều 6, khoản 1"), validFrom: CalendarDate(iso: "2026-07-01"),
        entries: allCases.filter { !$0.leavesOpen }.map { relation in
            CodeList.Entry(relation.rawValue, relation.vietnamese, english: relation.english)
        })

    /// The id of the list that gives the relation: the circular's, or the words of sheets.
    package var listID: String { leavesOpen ? "relation-written" : RelationToHead.list.id }

    /// Whether it is a word of sheets that leaves open which of the circular's relations is meant.
    private var leavesOpen: Bool {
        switch self {
        case .spouse, .father, .mother, .child, .grandchildOrNephew: true
        default: false
        }
    }

    /// What the relation says about marriage and descent.
    package var kind: Kind { wording.kind }

    /// The word of the circular.
    package var vietnamese: String { wording.vietnamese }

    /// The relation in English.
    package var english: String { wording.english }

    /// The sex the word itself tells (`Vợ` is a woman), where it does.
    package var impliedSex: Sex? {
        switch self {
        case .wife, .birthMother, .mother, .wifesMother, .husbandsMother, .adoptiveMother, .stepmother, .daughterInLaw,
            .paternalGrandmother, .maternalGrandmother, .olderSister, .olderSisterInLaw, .youngerSisterInLaw,
            .fathersSister, .mothersSister:
            .female
        case .husband, .birthFather, .father, .wifesFather, .husbandsFather, .adoptiveFather, .stepfather, .sonInLaw,
            .paternalGrandfather, .maternalGrandfather, .olderBrother, .olderBrotherInLaw, .youngerBrotherInLaw,
            .fathersYoungerBrother, .mothersBrother:
            .male
        default: nil
        }
    }

    /// Reads the word on the sheet (`Chủ hộ`, `Vợ`, `Con đẻ`, `Bố`, …), marks and case aside.
    ///
    /// Short words that differ in their marks alone are not guessed at: `Bà` is not `Ba`, `Cố` is not `Cô`.
    package static func parse(_ text: some StringProtocol) throws(CodeRefusal) -> RelationToHead {
        let key = Folding.compactKey(text)
        guard !key.isEmpty else { throw .missing(list: list.id) }
        let exact = LetterCase.small(NormalForm.nfc(String(text))).split(separator: " ").joined(separator: " ")
        if let relation = RelationWording.byText[exact] { return relation }
        let hasMarks = exact.unicodeScalars.contains { $0.value > 0x7F }
        guard key.utf8.count > 4 || !hasMarks, let relation = RelationWording.byKey[key] else {
            throw .unknown(list: list.id)
        }
        return relation
    }

    private var wording: RelationWording { RelationWording.of(self) }
}
