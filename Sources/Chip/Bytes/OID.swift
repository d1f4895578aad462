/// Mã định danh đối tượng (OID): the number of an algorithm, an attribute or a kind of content.
package struct OID: Hashable, Sendable {
    /// The content bytes of its DER form.
    let content: [UInt8]

    init(_ arcs: UInt64...) {
        var content: [UInt8] = []
        let first = arcs.count > 1 ? [arcs[0] * 40 + arcs[1]] : []
        for arc in first + arcs.dropFirst(2) {
            var groups = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                groups.append(UInt8(rest & 0x7F) | 0x80)
                rest >>= 7
            }
            content += groups.reversed()
        }
        self.content = content
    }

    init(_ field: TLV) throws(ChipFault) {
        guard field.tag == DER.oid else { throw .unexpectedTag(field.tag) }
        guard (1...64).contains(field.value.count) else { throw .malformed("OID") }
        content = Array(field.value)
    }

    var der: [UInt8] { TLV.bytes(DER.oid, content) }
}

extension OID {
    static let ecPublicKey = OID(1, 2, 840, 10045, 2, 1)
    static let primeField = OID(1, 2, 840, 10045, 1, 1)

    static let country = OID(2, 5, 4, 6)
    static let commonName = OID(2, 5, 4, 3)
    static let organization = OID(2, 5, 4, 10)
    static let locality = OID(2, 5, 4, 7)

    static let signedData = OID(1, 2, 840, 113549, 1, 7, 2)
    static let contentType = OID(1, 2, 840, 113549, 1, 9, 3)
    static let messageDigest = OID(1, 2, 840, 113549, 1, 9, 4)
    static let signingTime = OID(1, 2, 840, 113549, 1, 9, 5)

    /// id-icao-mrtd-security of Doc 9303-12.
    static let securityObject = OID(2, 23, 136, 1, 1, 1)
    static let masterList = OID(2, 23, 136, 1, 1, 2)
    static let masterListSigner = OID(2, 23, 136, 1, 1, 3)
    static let activeAuthentication = OID(2, 23, 136, 1, 1, 5)
    static let documentTypes = OID(2, 23, 136, 1, 1, 6, 2)

    static let subjectKeyIdentifier = OID(2, 5, 29, 14)
    static let keyUsage = OID(2, 5, 29, 15)
    static let privateKeyUsagePeriod = OID(2, 5, 29, 16)
    static let subjectAltName = OID(2, 5, 29, 17)
    static let issuerAltName = OID(2, 5, 29, 18)
    static let basicConstraints = OID(2, 5, 29, 19)
    static let crlNumber = OID(2, 5, 29, 20)
    static let crlDistributionPoints = OID(2, 5, 29, 31)
    static let authorityKeyIdentifier = OID(2, 5, 29, 35)
    static let extendedKeyUsage = OID(2, 5, 29, 37)

    /// bsi-de protocols of TR-03110.
    static let paceGenericMapping = OID(0, 4, 0, 127, 0, 7, 2, 2, 4, 2, 2)
    static let chipAuthentication = OID(0, 4, 0, 127, 0, 7, 2, 2, 3, 2, 2)
    static let chipAuthenticationKey = OID(0, 4, 0, 127, 0, 7, 2, 2, 1, 2)
    static let terminalAuthentication = OID(0, 4, 0, 127, 0, 7, 2, 2, 2)
    /// id-TA-ECDSA-SHA-256.
    static let terminalSignatureSHA256 = OID(0, 4, 0, 127, 0, 7, 2, 2, 2, 2, 3)
    /// id-IS: the kind of terminal that reads data groups.
    static let inspectionSystem = OID(0, 4, 0, 127, 0, 7, 3, 1, 2, 1)
    static let plainSignatureSHA256 = OID(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 3)

    /// `1.0.10646.1.0.8`: UTF-8, as national data name it.
    static let utf8 = OID(1, 0, 10646, 1, 0, 8)
}
