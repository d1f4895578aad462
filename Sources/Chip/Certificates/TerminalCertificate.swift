import Civil

/// Chứng thư của máy đọc (CVC): says what a terminal may read; small enough for a chip to check (TR-03110-3, annex C).
package struct TerminalCertificate: Hashable, Sendable {
    /// Vai trò: who the holder is in the chain from a country's authority to a terminal.
    package enum Role: UInt8, Hashable, Sendable {
        /// Whoever reads cards.
        case terminal = 0
        /// Certifies the terminals of another country.
        case foreignVerifier = 1
        /// DV: certifies terminals.
        case verifier = 2
        /// CVCA: certifies verifiers, and its own next key; chips trust it from personalisation on.
        case authority = 3
    }

    /// Quyền đọc: what is closed without this certificate.
    package struct Rights: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let fingers = Rights(rawValue: 1)
        package static let iris = Rights(rawValue: 2)
        static let all: Rights = [.fingers, .iris]
    }

    /// CAR: the name of the key that signed this.
    package let issuer: [UInt8]
    /// CHR: the name of this key.
    package let holder: [UInt8]
    package let key: ECPublicKey
    package let role: Role
    package let rights: Rights
    package let effective: CalendarDate
    package let expires: CalendarDate
    /// What is signed, and r‖s over it.
    let body: [UInt8]
    let signature: [UInt8]

    private enum Tag {
        static let certificate: UInt32 = 0x7F21
        static let body: UInt32 = 0x7F4E
        static let profile: UInt32 = 0x5F29
        static let issuer: UInt32 = 0x42
        static let key: UInt32 = 0x7F49
        static let point: UInt32 = 0x86
        static let cofactor: UInt32 = 0x87
        static let holder: UInt32 = 0x5F20
        static let authorization: UInt32 = 0x7F4C
        static let rights: UInt32 = 0x53
        static let effective: UInt32 = 0x5F25
        static let expires: UInt32 = 0x5F24
        static let signature: UInt32 = 0x5F37
        /// Prime, coefficients, base point, order.
        static let parameters: [UInt32] = [0x81, 0x82, 0x83, 0x84, 0x85]
    }

    /// Country, mnemonic and sequence number of a reference.
    private static let longestReference = 16

    // MARK: Reading

    package init(bytes: [UInt8]) throws(ChipFault) {
        try self.init(parts: try TLV(bytes, tag: Tag.certificate).value)
    }

    /// Body and signature alone, as a chip is given them.
    init(parts bytes: ArraySlice<UInt8>) throws(ChipFault) {
        var parts = TLVReader(bytes)
        let body = try parts.next(Tag.body)
        signature = Array(try parts.next(Tag.signature).value)
        try parts.finish()
        self.body = Array(body.whole)
        var fields = body.fields
        guard Array(try fields.next(Tag.profile).value) == [0] else { throw .unsupported("CVC") }
        issuer = try Self.reference(try fields.next(Tag.issuer))
        key = try Self.key(try fields.next(Tag.key))
        holder = try Self.reference(try fields.next(Tag.holder))
        var authorization = try fields.next(Tag.authorization).fields
        guard try OID(try authorization.next()) == .inspectionSystem else { throw .unsupported("CHAT") }
        let given = try authorization.next(Tag.rights).value
        guard let byte = given.first, given.count == 1, let role = Role(rawValue: byte >> 6) else {
            throw .malformed("CHAT")
        }
        try authorization.finish()
        self.role = role
        rights = Rights(rawValue: byte).intersection(.all)
        effective = try Self.date(try fields.next(Tag.effective))
        expires = try Self.date(try fields.next(Tag.expires))
        try fields.finish()
    }

    private static func reference(_ field: TLV) throws(ChipFault) -> [UInt8] {
        guard (1...longestReference).contains(field.value.count) else { throw .malformed("CHR") }
        return Array(field.value)
    }

    /// The key; the curve is P-256, whether its numbers are written out, as an authority does, or not.
    private static func key(_ field: TLV) throws(ChipFault) -> ECPublicKey {
        var fields = field.fields
        guard try OID(try fields.next()) == .terminalSignatureSHA256 else { throw .unsupported("CVC ≠ ECDSA SHA-256") }
        if fields.nextTag == Tag.parameters[0] {
            for (tag, number) in zip(Tag.parameters, Curve.p256.numbers) {
                guard Array(try fields.next(tag).value.drop { $0 == 0 }) == number else { throw .unsupported("curve") }
            }
        }
        let point = Array(try fields.next(Tag.point).value)
        _ = try fields.optional(Tag.cofactor)
        try fields.finish()
        guard let key = ECPublicKey(curve: .p256, point: point) else { throw .malformed("CVC") }
        return key
    }

    /// Six digits, a byte each; the century is this one.
    private static func date(_ field: TLV) throws(ChipFault) -> CalendarDate {
        let digits = field.value.map { Int($0) }
        guard digits.count == 6, digits.allSatisfy({ $0 < 10 }),
            let date = CalendarDate(
                year: 2000 + digits[0] * 10 + digits[1], month: digits[2] * 10 + digits[3],
                day: digits[4] * 10 + digits[5])
        else { throw .malformed("CVC") }
        return date
    }

    // MARK: Writing

    package var bytes: [UInt8] {
        TLV.bytes(Tag.certificate, body, TLV.bytes(Tag.signature, signature))
    }

    /// What a chip is given.
    var parts: [UInt8] { body + TLV.bytes(Tag.signature, signature) }

    /// What stands in a certificate beside its issuer.
    package struct Content: Sendable {
        package let holder: String
        package let key: ECPublicKey
        package let role: Role
        package let rights: Rights
        package let period: ClosedRange<CalendarDate>

        package init(
            holder: String, key: ECPublicKey, role: Role, rights: Rights, period: ClosedRange<CalendarDate>
        ) {
            self.holder = holder
            self.key = key
            self.role = role
            self.rights = rights
            self.period = period
        }
    }

    /// A certificate that the key of that name signs; an authority's own is signed by itself.
    package init(_ content: Content, issuer: String, signer: any CardSigner) throws {
        var key = [OID.terminalSignatureSHA256.der]
        let isAuthority = content.role == .authority
        // A chip learns the curve from its authority, and then knows it.
        if isAuthority { key += zip(Tag.parameters, Curve.p256.numbers).map { TLV.bytes($0, $1) } }
        key.append(TLV.bytes(Tag.point, content.key.point))
        if isAuthority { key.append(TLV.bytes(Tag.cofactor, [1])) }
        let authorization = TLV.bytes(
            Tag.authorization, OID.inspectionSystem.der,
            TLV.bytes(Tag.rights, [content.role.rawValue << 6 | content.rights.rawValue]))
        let body = TLV.bytes(
            Tag.body, TLV.bytes(Tag.profile, [0]), TLV.bytes(Tag.issuer, Array(issuer.utf8)),
            TLV.bytes(Tag.key, joining: key), TLV.bytes(Tag.holder, Array(content.holder.utf8)), authorization,
            TLV.bytes(Tag.effective, Self.digits(content.period.lowerBound)),
            TLV.bytes(Tag.expires, Self.digits(content.period.upperBound)))
        let signature = TLV.bytes(Tag.signature, try signer.plainSignature(of: body))
        try self.init(parts: (body + signature)[...])
    }

    private static func digits(_ date: CalendarDate) -> [UInt8] {
        [date.year % 100, date.month, date.day].flatMap { [UInt8($0 / 10), UInt8($0 % 10)] }
    }

    // MARK: Chains

    /// Whether the holder of the other certificate signed this one, and might, and it holds on that day.
    package func isIssued(by other: TerminalCertificate, on day: CalendarDate) -> Bool {
        let mayFollow =
            switch other.role {
            case .authority: role != .terminal
            case .verifier, .foreignVerifier: role == .terminal
            case .terminal: false
            }
        return mayFollow && issuer == other.holder && effective <= expires && expires >= day
            && other.key.isValid(plainSignature: signature, of: body)
    }
}
