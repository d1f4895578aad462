/// Thông tin an ninh của chip (SecurityInfos, TR-03110): which protocols the chip speaks.
///
/// The bytes are kept as they are: written anew, the order of the set can change, and with it the hash.
package struct SecurityInfos: Hashable, Sendable {
    /// Một giao thức: one entry; what follows the number of the protocol stands as it is.
    package struct Info: Hashable, Sendable {
        let protocolID: OID
        let required: [UInt8]
        let optional: [UInt8]

        var der: [UInt8] { DER.sequence(protocolID.der, required, optional) }
    }

    package let infos: [Info]
    /// The set as it stands, tag and length too.
    package let der: [UInt8]

    init(_ infos: [Info]) {
        self.infos = infos
        der = DER.setOf(infos.map(\.der))
    }

    init(set field: TLV) throws(ChipFault) {
        var infos: [Info] = []
        var list = field.fields
        while !list.isAtEnd {
            var parts = try list.next(DER.sequence).fields
            let protocolID = try OID(try parts.next())
            let required = Array(try parts.next().whole)
            let optional = parts.isAtEnd ? [] : Array(try parts.next().whole)
            try parts.finish()
            infos.append(Info(protocolID: protocolID, required: required, optional: optional))
        }
        self.infos = infos
        der = Array(field.whole)
    }

    /// EF.CardAccess: read before anything else, in clear.
    package var cardAccess: [UInt8] { der }

    package init(cardAccess bytes: [UInt8]) throws(ChipFault) {
        try self.init(set: try TLV(bytes, tag: ChipFile.cardAccess.tag))
    }

    /// EF.DG14: the same for what comes after, and signed.
    package var dataGroup14: [UInt8] { TLV.bytes(ChipFile.dg14.tag, der) }

    package init(dataGroup14 bytes: [UInt8]) throws(ChipFault) {
        var outer = try TLV(bytes, tag: ChipFile.dg14.tag).fields
        try self.init(set: try outer.next(DER.set))
        try outer.finish()
    }

    /// PACE with generic mapping and AES-128 over a curve.
    package static func pace(on curve: Curve = .p256) -> SecurityInfos { SecurityInfos(paceInfo(curve)) }

    /// Nothing on a curve on which nothing is agreed.
    private static func paceInfo(_ curve: Curve) -> [Info] {
        curve.paceParameters.map { number in
            [Info(protocolID: .paceGenericMapping, required: DER.integer(2), optional: DER.integer(Int(number)))]
        } ?? []
    }

    /// What DG14 of a card says: PACE, chip authentication with the chip's key, active authentication with ECDSA.
    package static func card(chipKey: ECPublicKey, paceOn curve: Curve = .p256) -> SecurityInfos {
        SecurityInfos(
            paceInfo(curve) + [
                Info(protocolID: .chipAuthentication, required: DER.integer(1), optional: []),
                Info(protocolID: .chipAuthenticationKey, required: chipKey.info(.named), optional: []),
                Info(protocolID: .terminalAuthentication, required: DER.integer(1), optional: []),
                Info(
                    protocolID: .activeAuthentication, required: DER.integer(1),
                    optional: OID.plainSignatureSHA256.der),
            ])
    }

    /// The chip's key for chip authentication; nil when there is none.
    package var chipKey: ECPublicKey? {
        guard let info = infos.first(where: { $0.protocolID == .chipAuthenticationKey }),
            let field = try? TLV(info.required, tag: DER.sequence)
        else { return nil }
        return try? ECPublicKey(info: field)
    }

    /// The curves on which the chip says that it speaks PACE in the way this program does, in its order.
    package var paceCurves: [Curve] {
        infos.flatMap { info in Curve.allCases.filter { SecurityInfos.paceInfo($0) == [info] } }
    }
}
