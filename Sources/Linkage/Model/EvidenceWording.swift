import Civil

/// Lời của bằng chứng: each level of evidence as a sentence for the officer who decides.
package enum EvidenceWording {
    /// The stable name of a feature.
    package static func name(_ feature: Evidence.Feature) -> String {
        switch feature {
        case .surname: "surname"
        case .given: "given_name"
        case .middle: "middle_name"
        case .order: "name_order"
        case .sex: "sex"
        case .date: "date_of_birth"
        case .place: "place"
        case .father: "father"
        case .mother: "mother"
        case .oldNumber: "old_number"
        case .address: "address"
        }
    }

    /// The sentence of a level; nil when there was nothing to compare.
    package static func sentence(_ feature: Evidence.Feature, _ level: Int) -> Sentence? {
        let table: [(String, String)] =
            switch feature {
            case .surname: part("Họ", "surname")
            case .given: part("Tên", "given name")
            case .middle: middle
            case .order: order
            case .sex: [("Cùng giới tính", "same sex"), ("Khác giới tính", "different sex")]
            case .date: date
            case .place: place
            case .father: parent("cha", "father", "mother")
            case .mother: parent("mẹ", "mother", "father")
            case .oldNumber: oldNumber
            case .address: address
            }
        guard level < table.count, !table[level].0.isEmpty else { return nil }
        return Sentence(table[level].0, table[level].1)
    }

    static func alternative(_ relation: LinkModel.Relation?) -> Sentence {
        switch relation {
        case .relatives: Sentence("Nếu không phải một người thì giống anh chị em ruột", "else they look like siblings")
        case .twins: Sentence("Nếu không phải một người thì giống sinh đôi", "else they look like twins")
        case .same, nil:
            Sentence("Nếu không phải một người thì giống hai người không quen biết", "else they look like strangers")
        }
    }

    private static func part(_ vietnamese: String, _ english: String) -> [(String, String)] {
        [
            ("\(vietnamese) giống hệt", "same \(english)"),
            ("\(vietnamese) giống nhau, một bên không dấu", "same \(english), one without marks"),
            ("\(vietnamese) chỉ khác dấu", "\(english) differs by a mark"),
            (
                "\(vietnamese) chỉ khác dấu, một bên hiếm gặp nên có thể ghi nhầm",
                "\(english) differs by a mark, one form so rare that it is likely a slip"
            ),
            ("\(vietnamese) khác một chữ cái", "\(english) differs by a letter"),
            (
                "\(vietnamese) khác một chữ cái, một bên hiếm gặp nên có thể ghi nhầm",
                "\(english) differs by a letter, one form so rare that it is likely a slip"
            ),
            ("\(vietnamese) khác nhau", "different \(english)"),
        ]
    }

    private static let middle = [
        ("Chữ đệm giống hệt", "same middle name"),
        ("Chữ đệm giống nhau, một bên không dấu", "same middle name, one without marks"),
        ("Chữ đệm chỉ khác dấu", "middle name differs by a mark"),
        ("Chữ đệm khác một chữ cái", "middle name differs by a letter"),
        ("Một bên thiếu chữ đệm", "a middle name is missing in one"), ("Chữ đệm khác nhau", "different middle name"),
    ]

    private static let order = [
        ("", ""), ("Các chữ trong họ tên đổi chỗ", "the words of the name stand in another order"),
        ("Họ tên viết dính hoặc tách chữ", "words of the name are joined or split"),
        ("Một bên ghi họ tên không dấu", "one name is written without marks"),
        ("Cả hai bên ghi họ tên không dấu", "both names are written without marks"),
    ]

    private static let date = [
        ("Cùng ngày sinh", "same date of birth"),
        ("Cùng ngày sinh 01/01, ngày thường ghi khi không rõ", "same date of birth, the first of January"),
        ("Cùng năm sinh, cả hai không rõ ngày", "same birth as far as either knows"),
        ("Một bên chỉ ghi năm sinh, cùng năm", "one gives only the year of birth, the same"),
        ("Một bên chỉ ghi tháng và năm sinh, giống nhau", "one gives only month and year of birth, the same"),
        ("Cùng năm sinh, một bên ghi 01/01", "same year of birth, one says the first of January"),
        ("Ngày và tháng sinh đổi chỗ", "day and month of birth are swapped"),
        ("Năm sinh lệch một năm", "year of birth differs by one"),
        ("Năm sinh khác một chữ số", "year of birth differs by a digit"),
        ("Ngày sinh khác một chữ số", "day of birth differs by a digit"),
        ("Chỉ khác tháng sinh", "only the month of birth differs"),
        ("Cùng năm sinh, khác ngày tháng", "same year of birth, different day and month"),
        ("Ngày sinh khác nhau", "different date of birth"),
    ]

    private static let place = [
        ("Cùng xã và cùng tỉnh nơi sinh", "same commune, same province of birth"),
        ("Cùng xã, khác tỉnh nơi sinh", "same commune, different province of birth"),
        ("Cùng xã", "same commune"), ("Khác xã, cùng tỉnh nơi sinh", "different commune, same province of birth"),
        ("Khác xã, khác tỉnh nơi sinh", "different commune and province of birth"),
        ("Khác xã", "different commune"), ("Cùng tỉnh nơi sinh", "same province of birth"),
        ("Khác tỉnh nơi sinh", "different province of birth"),
    ]

    private static func parent(
        _ vietnamese: String, _ english: String, _ other: String
    ) -> [(String, String)] {
        [
            ("Cùng tên \(vietnamese)", "same \(english)"),
            ("Tên \(vietnamese) chỉ khác dấu", "\(english)'s name differs by a mark"),
            ("Tên \(vietnamese) khác một chữ cái", "\(english)'s name differs by a letter"),
            ("Tên \(vietnamese) thiếu hoặc đổi chỗ chữ", "\(english)'s name has words missing or moved"),
            ("Tên cha và tên mẹ ghi lẫn chỗ", "\(english) stands where the \(other) stands in the other record"),
            ("Tên \(vietnamese) khác nhau", "different \(english)"),
        ]
    }

    private static let oldNumber = [
        ("Cùng số giấy tờ cũ", "same old number"), ("Số giấy tờ cũ khác một chữ số", "old number differs by a digit"),
        ("Số giấy tờ cũ khác nhau", "different old number"),
    ]

    private static let address = [
        ("Cùng địa chỉ", "same address"), ("Địa chỉ gần giống", "address mostly the same"),
        ("Địa chỉ giống một phần", "address partly the same"), ("Địa chỉ khác nhau", "different address"),
    ]
}
