/// The words of a relation, and the ways sheets write it.
struct RelationWording {
    let relation: RelationToHead
    let vietnamese: String
    let english: String
    let kind: RelationToHead.Kind
    let alsoWritten: [String]

    init(
        _ relation: RelationToHead, _ vietnamese: String, _ english: String, _ kind: RelationToHead.Kind,
        _ alsoWritten: [String] = []
    ) {
        self.relation = relation
        self.vietnamese = vietnamese
        self.english = english
        self.kind = kind
        self.alsoWritten = alsoWritten
    }

    static func of(_ relation: RelationToHead) -> RelationWording {
        byRelation[relation]
            ?? RelationWording(relation, relation.rawValue, relation.rawValue, .otherFamily)
    }

    private static let byRelation = Dictionary(
        all.map { ($0.relation, $0) }, uniquingKeysWith: { first, _ in first })

    /// Small letters with marks to the relation.
    static let byText: [String: RelationToHead] = {
        var table: [String: RelationToHead] = [:]
        for wording in all {
            for name in [wording.vietnamese] + wording.alsoWritten {
                let text = LetterCase.small(name)
                table[text] = table[text] ?? wording.relation
            }
        }
        return table
    }()

    /// Key without marks to the relation; the first in the list wins, and its own words before other ways to write it.
    static let byKey: [String: RelationToHead] = {
        var table: [String: RelationToHead] = [:]
        for names in [all.map { ($0.relation, [$0.vietnamese]) }, all.map { ($0.relation, $0.alsoWritten) }] {
            for (relation, written) in names {
                for name in written {
                    let key = Folding.compactKey(name)
                    table[key] = table[key] ?? relation
                }
            }
        }
        return table
    }()

    static let all: [RelationWording] = [
        .init(.head, "Chủ hộ", "Head of household", .head, ["Chủ nhà", "CH01", "Bản thân"]),
        .init(.wife, "Vợ", "Wife", .spouse),
        .init(.husband, "Chồng", "Husband", .spouse),
        .init(.spouse, "Vợ/chồng", "Spouse", .spouse, ["Vợ chồng", "Vợ hoặc chồng"]),
        .init(.birthFather, "Cha đẻ", "Birth father", .parent, ["Bố đẻ", "Ba đẻ", "Ba ruột", "Cha ruột"]),
        .init(.birthMother, "Mẹ đẻ", "Birth mother", .parent, ["Má đẻ", "Mẹ ruột", "Má ruột"]),
        .init(.father, "Cha", "Father", .parent, ["Bố", "Ba", "Tía"]),
        .init(.mother, "Mẹ", "Mother", .parent, ["Má", "Mạ"]),
        .init(.wifesFather, "Cha vợ", "Wife's father", .parentInLaw, ["Bố vợ", "Ba vợ"]),
        .init(.wifesMother, "Mẹ vợ", "Wife's mother", .parentInLaw, ["Má vợ"]),
        .init(.husbandsFather, "Cha chồng", "Husband's father", .parentInLaw, ["Bố chồng", "Ba chồng"]),
        .init(.husbandsMother, "Mẹ chồng", "Husband's mother", .parentInLaw, ["Má chồng"]),
        .init(.adoptiveFather, "Cha nuôi", "Adoptive father", .otherFamily, ["Bố nuôi", "Ba nuôi"]),
        .init(.adoptiveMother, "Mẹ nuôi", "Adoptive mother", .otherFamily, ["Má nuôi"]),
        .init(.stepfather, "Cha dượng", "Stepfather", .otherFamily, ["Bố dượng"]),
        .init(.stepmother, "Mẹ kế", "Stepmother", .otherFamily, ["Dì ghẻ", "Mẹ ghẻ"]),
        .init(
            .birthChild, "Con đẻ", "Birth child", .child,
            ["Con ruột", "Con trai", "Con gái", "Con trai đẻ", "Con gái đẻ"]),
        .init(.child, "Con", "Child", .child),
        .init(.daughterInLaw, "Con dâu", "Daughter-in-law", .otherFamily),
        .init(.sonInLaw, "Con rể", "Son-in-law", .otherFamily),
        .init(.adoptedChild, "Con nuôi", "Adopted child", .otherFamily),
        .init(
            .stepchild, "Con riêng của vợ/chồng", "Stepchild", .otherFamily,
            ["Con riêng", "Con riêng của vợ", "Con riêng của chồng", "Con riêng của vợ hoặc chồng"]),
        .init(.paternalGrandfather, "Ông nội", "Paternal grandfather", .grandparent),
        .init(.paternalGrandmother, "Bà nội", "Paternal grandmother", .grandparent),
        .init(.maternalGrandfather, "Ông ngoại", "Maternal grandfather", .grandparent),
        .init(.maternalGrandmother, "Bà ngoại", "Maternal grandmother", .grandparent),
        .init(.olderBrother, "Anh ruột", "Older brother", .sibling, ["Anh", "Anh trai"]),
        .init(.olderSister, "Chị ruột", "Older sister", .sibling, ["Chị", "Chị gái"]),
        .init(.youngerSibling, "Em ruột", "Younger brother or sister", .sibling, ["Em", "Em trai", "Em gái"]),
        .init(.nephewOrNiece, "Cháu ruột", "Nephew or niece", .otherFamily),
        .init(
            .halfSiblingByFather, "Anh chị em cùng cha khác mẹ", "Half-sibling, same father", .sibling,
            ["Anh cùng cha khác mẹ", "Chị cùng cha khác mẹ", "Em cùng cha khác mẹ"]),
        .init(
            .halfSiblingByMother, "Anh chị em cùng mẹ khác cha", "Half-sibling, same mother", .sibling,
            ["Anh cùng mẹ khác cha", "Chị cùng mẹ khác cha", "Em cùng mẹ khác cha"]),
        .init(.olderBrotherInLaw, "Anh rể", "Older sister's husband", .otherFamily),
        .init(.youngerBrotherInLaw, "Em rể", "Younger sister's husband", .otherFamily),
        .init(.olderSisterInLaw, "Chị dâu", "Older brother's wife", .otherFamily),
        .init(.youngerSisterInLaw, "Em dâu", "Younger brother's wife", .otherFamily),
        .init(.paternalGreatGrandparent, "Cụ nội", "Paternal great-grandparent", .otherFamily),
        .init(.maternalGreatGrandparent, "Cụ ngoại", "Maternal great-grandparent", .otherFamily, ["Cố ngoại"]),
        .init(.childOfSon, "Cháu nội", "Son's child", .grandchild),
        .init(.childOfDaughter, "Cháu ngoại", "Daughter's child", .grandchild),
        .init(.grandchildOrNephew, "Cháu", "Grandchild, nephew or niece", .otherFamily),
        .init(.olderUncleOrAunt, "Bác ruột", "Parent's older brother or sister", .otherFamily, ["Bác"]),
        .init(.fathersYoungerBrother, "Chú ruột", "Father's younger brother", .otherFamily, ["Chú"]),
        .init(.mothersBrother, "Cậu ruột", "Mother's brother", .otherFamily, ["Cậu"]),
        .init(.fathersSister, "Cô ruột", "Father's sister", .otherFamily, ["Cô"]),
        .init(.mothersSister, "Dì ruột", "Mother's sister", .otherFamily, ["Dì"]),
        .init(.greatGrandchild, "Chắt ruột", "Great-grandchild", .otherFamily, ["Chắt", "Chắt nội", "Chắt ngoại"]),
        .init(.guardian, "Người giám hộ", "Guardian", .notFamily),
        .init(.ward, "Người được giám hộ", "Person under guardianship", .notFamily),
        .init(.lodgerRenting, "Ở thuê", "Renting", .notFamily),
        .init(.lodgerBorrowing, "Ở mượn", "Lent the dwelling", .notFamily),
        .init(.lodgerStaying, "Ở nhờ", "Staying with the household", .notFamily),
        .init(.rentingTogether, "Cùng ở thuê", "Renting together", .notFamily),
        .init(.borrowingTogether, "Cùng ở mượn", "Lent the dwelling together", .notFamily),
        .init(.stayingTogether, "Cùng ở nhờ", "Staying together", .notFamily),
    ]
}
