import Civil

/// Mã QR trên thẻ: what the square code of an identity card says, parted by `|`, without a signature.
///
/// The card of 2021 has seven fields. That of 2024 has the same seven first and a tail whose order the circular does
/// not settle for everybody to see: a reader keeps it word for word, a writer is told which fields to write.
package struct CardQR: Hashable, Sendable {
    package let number: PersonalIdentificationNumber
    /// The number of the paper before, where the code names one.
    package let oldNumber: OldIdentityNumber?
    /// As written on the card, perhaps all in capitals.
    package let name: PersonName
    package let birth: PartialDate
    package let sex: Sex
    /// The address as one line.
    package let residence: String
    package let issued: CalendarDate
    /// The fields after the seventh, word for word.
    package let tail: [String]

    package init(
        number: PersonalIdentificationNumber, oldNumber: OldIdentityNumber?, name: PersonName, birth: PartialDate,
        sex: Sex, residence: String, issued: CalendarDate, tail: [String] = []
    ) {
        self.number = number
        self.oldNumber = oldNumber
        self.name = name
        self.birth = birth
        self.sex = sex
        self.residence = CardQR.plain(residence)
        self.issued = issued
        self.tail = tail.map(CardQR.plain)
    }

    /// The code's text.
    package var text: String {
        let fields = [
            number.digits, oldNumber?.digits ?? "", CardQR.plain(name.written), CardQR.text(of: birth), sex.vietnamese,
            residence, CardQR.text(of: PartialDate(issued)),
        ]
        return (fields + tail).joined(separator: "|")
    }

    /// The longest text that is read, in bytes; the largest square code holds 2,953.
    package static let longest = 4_096

    /// Reads a code of either card as a scanner hands it over.
    package init(parsing text: String) throws(CardQRRefusal) {
        guard text.utf8.count <= CardQR.longest else { throw .tooLong }
        let fields = NormalForm.nfc(ScannedText.repaired(text))
            .split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        guard fields.count >= 7 else { throw .tooFewFields(fields.count) }
        guard let number = PersonalIdentificationNumber(canonical: fields[0]) else { throw .field(1) }
        guard let name = try? PersonName(parsing: fields[2]) else { throw .field(3) }
        guard let birth = CardQR.date(fields[3]) else { throw .field(4) }
        guard let sex = try? Sex.parse(fields[4]) else { throw .field(5) }
        guard let issued = CardQR.date(fields[6])?.exact else { throw .field(7) }
        var old: OldIdentityNumber?
        if !fields[1].isEmpty {
            old = OldIdentityNumber(canonical: fields[1])
            guard old != nil else { throw .field(2) }
        }
        self.init(
            number: number, oldNumber: old, name: name, birth: birth, sex: sex, residence: fields[5], issued: issued,
            tail: Array(fields[7...]))
    }

    /// `DDMMYYYY`, `MMYYYY` or `YYYY`.
    static func text(of date: PartialDate) -> String {
        date.canonical.split(separator: "-").reversed().joined()
    }

    static func date(_ text: String) -> PartialDate? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), [4, 6, 8].contains(text.utf8.count),
            let year = Int(text.suffix(4))
        else { return nil }
        let before = text.dropLast(4)
        return PartialDate(year: year, month: Int(before.suffix(2)), day: Int(before.dropLast(2)))
    }

    /// One line in which no sign parts fields.
    private static func plain(_ text: String) -> String {
        NormalForm.nfc(text).replacing("|", with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// Phần sau trường thứ bảy của mã QR 2024: the fields of the tail in the order in which a writer puts them.
///
/// The order is this program's own until the circular's table is at hand; it is set here and nowhere else.
package struct CardQRTail: Hashable, Sendable {
    package enum Field: String, Hashable, Sendable, CaseIterable { case cancelledNumber, father, mother }

    package let fields: [Field]

    /// Số định danh đã hủy, tên cha, tên mẹ.
    package static let standard = CardQRTail(fields: [.cancelledNumber, .father, .mother])

    package init(fields: [Field]) { self.fields = fields }

    /// The tail of one card; a field without a value is empty.
    package func texts(_ values: [Field: String]) -> [String] { fields.map { values[$0] ?? "" } }
}

/// Lý do không đọc được mã QR: why a card's square code was not read.
package enum CardQRRefusal: ExplainedRefusal {
    case tooLong
    case tooFewFields(Int)
    /// The field of that place, counted from one, is not what stands there on a card.
    case field(Int)

    package var code: String {
        switch self {
        case .tooLong: "card_qr_too_long"
        case .tooFewFields: "card_qr_too_few_fields"
        case .field: "card_qr_field"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .tooLong:
            Sentence(
                "Nội dung mã QR dài quá \(CardQR.longest) byte: quét mã trên thẻ căn cước.",
                "The code is longer than \(CardQR.longest) bytes: scan the one on the identity card.")
        case .tooFewFields(let count):
            Sentence(
                "Mã QR của thẻ có ít nhất 7 phần, ở đây có \(count): quét lại, hoặc dùng mã khác trên thẻ.",
                "A card's code has at least 7 parts, here are \(count): scan again, or use the card's own code.")
        case .field(let place):
            Sentence(
                "Không hiểu phần thứ \(place) của mã QR: quét lại; nếu chữ bị lỗi thì đặt máy quét ở UTF-8.",
                "Part \(place) of the code is not understood: scan again; if letters are garbled, set the scanner to "
                    + "UTF-8.")
        }
    }
}
