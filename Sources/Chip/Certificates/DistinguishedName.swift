/// Tên chủ thể chứng thư: country, organisation and common name, as certificates of card issuers have them.
package struct DistinguishedName: Hashable, Sendable {
    /// Two capital letters.
    package let country: String
    package let organization: String?
    package let commonName: String

    package init(country: String, organization: String?, commonName: String) {
        self.country = country.uppercased()
        self.organization = organization
        self.commonName = commonName
    }

    var der: [UInt8] {
        var parts = [DistinguishedName.part(.country, DER.printable(country))]
        if let organization { parts.append(DistinguishedName.part(.organization, DER.utf8(organization))) }
        parts.append(DistinguishedName.part(.commonName, DER.utf8(commonName)))
        return TLV.bytes(DER.sequence, joining: parts)
    }

    static func part(_ type: OID, _ value: [UInt8]) -> [UInt8] {
        TLV.bytes(DER.set, DER.sequence(type.der, value))
    }

    /// The first value of an attribute in a Name; nil when there is none that is text.
    static func value(of type: OID, in name: [UInt8]) -> String? {
        guard var sets = try? TLV(name, tag: DER.sequence).fields else { return nil }
        while !sets.isAtEnd {
            guard var attributes = try? sets.next(DER.set).fields else { return nil }
            while !attributes.isAtEnd {
                guard var pair = try? attributes.next(DER.sequence).fields, let field = try? pair.next(),
                    let found = try? OID(field), let value = try? pair.next()
                else { return nil }
                if found == type { return try? DER.text(value) }
            }
        }
        return nil
    }
}
