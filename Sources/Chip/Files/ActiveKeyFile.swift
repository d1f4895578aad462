/// EF.DG15: the public key with which the chip proves that it is no copy.
package struct ActiveKeyFile: Hashable, Sendable {
    package let key: ECPublicKey

    package init(key: ECPublicKey) { self.key = key }

    package init(bytes: [UInt8]) throws(ChipFault) {
        var outer = try TLV(bytes, tag: ChipFile.dg15.tag).fields
        key = try ECPublicKey(info: try outer.next(DER.sequence))
        try outer.finish()
    }

    package var bytes: [UInt8] { TLV.bytes(ChipFile.dg15.tag, key.info(.named)) }
}
