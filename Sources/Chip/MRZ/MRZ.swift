import Civil

/// Vùng máy đọc được (MRZ): the machine readable zone of cards, TD1 of ICAO Doc 9303-5, three lines of thirty signs.
package struct MRZ: Hashable, Sendable {
    /// One or two letters; `ID` on Vietnam's card.
    package let documentCode: String
    /// Three letters, such as `VNM`.
    package let issuer: String
    /// The document number without fillers.
    package let documentNumber: String
    /// The optional data of line 1 as they stand, without the fillers at the end.
    package let optionalData: String
    package let birth: MRZDate
    /// Nil is `<`: not stated.
    package let sex: Sex?
    package let expiry: MRZDate
    /// Three letters.
    package let nationality: String
    /// The optional data of line 2 without the fillers at the end.
    package let secondOptionalData: String
    package let name: MRZName

    static let filler = UInt8(ascii: "<")
    static let lineLength = 30
    /// Characters of the whole zone.
    package static let length = 90

    package init(
        documentCode: String, issuer: String, documentNumber: String, optionalData: String, birth: MRZDate, sex: Sex?,
        expiry: MRZDate, nationality: String, secondOptionalData: String = "", name: MRZName
    ) throws(MRZRefusal) {
        let fields = [
            (documentCode, 2), (issuer, 3), (optionalData, 15), (nationality, 3), (secondOptionalData, 11),
            (documentNumber, optionalData.isEmpty ? 22 : 9),
        ]
        for (text, length) in fields where text.utf8.count > length || !text.utf8.allSatisfy(MRZ.isSign) {
            throw .fieldTooLong
        }
        self.documentCode = documentCode
        self.issuer = issuer
        self.documentNumber = documentNumber
        self.optionalData = optionalData
        self.birth = birth
        self.sex = sex
        self.expiry = expiry
        self.nationality = nationality
        self.secondOptionalData = secondOptionalData
        self.name = name
    }

    static func isSign(_ byte: UInt8) -> Bool {
        byte == filler || (48...57).contains(byte) || (65...90).contains(byte)
    }

    /// The three lines of what a reader types, with line ends or without; nil when those are not thirty signs each.
    package static func lines(read text: String) -> [String]? {
        let signs = text.utf8.filter { ![9, 10, 13, 32].contains($0) }
        guard signs.count == length, signs.allSatisfy(isSign) else { return nil }
        return stride(from: 0, to: length, by: lineLength).map {
            String(decoding: signs[$0..<$0 + lineLength], as: UTF8.self)
        }
    }

    // MARK: Writing

    /// The ninety characters without line ends, as the chip's DG1 holds them.
    package var bytes: [UInt8] {
        let number = Array(documentNumber.utf8)
        var first = MRZ.padded(Array(documentCode.utf8), to: 2) + MRZ.padded(Array(issuer.utf8), to: 3)
        if number.count > 9 {
            let rest = Array(number[9...]) + [CheckDigit.of(number)]
            first += number[..<9] + [MRZ.filler] + MRZ.padded(rest, to: 15)
        } else {
            let field = MRZ.padded(number, to: 9)
            first += field + [CheckDigit.of(field)] + MRZ.padded(Array(optionalData.utf8), to: 15)
        }
        let birth = birth.field
        let expiry = expiry.field
        var second = birth + [CheckDigit.of(birth), sex.map { $0 == .male ? 77 : 70 } ?? MRZ.filler]
        second += expiry + [CheckDigit.of(expiry)] + MRZ.padded(Array(nationality.utf8), to: 3)
        second += MRZ.padded(Array(secondOptionalData.utf8), to: 11)
        second.append(CheckDigit.of(MRZ.composite(first, second)))
        return first + second + name.field
    }

    /// The three lines as they are printed.
    package var lines: [String] {
        let bytes = bytes
        return [0, 30, 60].map { String(decoding: bytes[$0..<($0 + 30)], as: UTF8.self) }
    }

    private static func composite(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        Array(first[5..<30] + second[0..<7] + second[8..<15] + second[18..<29])
    }

    private static func padded(_ text: [UInt8], to length: Int) -> [UInt8] {
        text + [UInt8](repeating: filler, count: max(0, length - text.count))
    }

    // MARK: Reading

    /// Reads a zone with or without line ends and spaces; small letters are read as capitals.
    package init(parsing text: some StringProtocol) throws(MRZRefusal) {
        var bytes: [UInt8] = []
        for byte in text.utf8.prefix(400) {
            switch byte {
            case 9, 10, 13, 32: continue
            case 97...122: bytes.append(byte - 32)
            default: bytes.append(byte)
            }
        }
        try self.init(bytes: bytes)
    }

    /// Reads ninety characters, as DG1 holds them.
    package init(bytes: [UInt8]) throws(MRZRefusal) {
        guard bytes.count == MRZ.length else { throw .length(bytes.count) }
        guard bytes.allSatisfy(MRZ.isSign) else { throw .foreignSign }
        let first = Array(bytes[0..<30])
        let second = Array(bytes[30..<60])
        func require(_ digit: UInt8, over field: [UInt8], _ what: MRZRefusal.Field) throws(MRZRefusal) {
            // A field that is not used may have a filler where its check digit would stand.
            let isUnused = digit == MRZ.filler && field.allSatisfy { $0 == MRZ.filler }
            guard isUnused || digit == CheckDigit.of(field) else { throw .checkDigit(what) }
        }
        let (number, optional) = try MRZ.documentNumber(first, require)
        try require(second[6], over: Array(second[0..<6]), .birth)
        try require(second[14], over: Array(second[8..<14]), .expiry)
        try require(second[29], over: MRZ.composite(first, second), .whole)
        guard let birth = MRZDate(field: second[0..<6]) else { throw .noDate(.birth) }
        guard let expiry = MRZDate(field: second[8..<14]) else { throw .noDate(.expiry) }
        guard let name = MRZName(field: bytes[60..<90]) else { throw .noName }
        let sexes: [UInt8: Sex?] = [77: .male, 70: .female, 88: nil, MRZ.filler: nil]
        guard let sex = sexes[second[7]] else { throw .foreignSign }
        documentCode = MRZ.text(first[0..<2])
        issuer = MRZ.text(first[2..<5])
        documentNumber = number
        optionalData = optional
        self.birth = birth
        self.sex = sex
        self.expiry = expiry
        nationality = MRZ.text(second[15..<18])
        secondOptionalData = MRZ.text(second[18..<29])
        self.name = name
    }

    /// The document number, of which all that is longer than nine characters stands in the optional data.
    private static func documentNumber(
        _ line: [UInt8], _ require: (UInt8, [UInt8], MRZRefusal.Field) throws(MRZRefusal) -> Void
    ) throws(MRZRefusal) -> (number: String, optional: String) {
        let field = Array(line[5..<14])
        guard line[14] == filler, field[8] != filler, line[15] != filler else {
            try require(line[14], field, .number)
            return (text(field[...]), text(line[15..<30]))
        }
        let rest = Array(line[15..<30].prefix { $0 != filler })
        let number = field + rest.dropLast()
        guard let digit = rest.last else { throw .checkDigit(.number) }
        try require(digit, number, .number)
        return (text(number[...]), text(line[(15 + rest.count)..<30].drop { $0 == filler }))
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        let end = field.lastIndex { $0 != filler }.map { $0 + 1 } ?? field.startIndex
        return String(decoding: field[field.startIndex..<end], as: UTF8.self)
    }
}
