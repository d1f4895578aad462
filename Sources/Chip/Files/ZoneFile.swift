/// EF.DG1: the machine readable zone.
package struct ZoneFile: Hashable, Sendable {
    package let zone: MRZ

    package init(zone: MRZ) { self.zone = zone }

    package init(bytes: [UInt8]) throws(ChipFault) {
        var fields = try TLV(bytes, tag: ChipFile.dg1.tag).fields
        let text = try fields.next(0x5F1F).value
        try fields.finish()
        guard let zone = try? MRZ(bytes: Array(text)) else { throw .malformed("EF.DG1") }
        self.zone = zone
    }

    package var bytes: [UInt8] { TLV.bytes(ChipFile.dg1.tag, TLV.bytes(0x5F1F, zone.bytes)) }
}
