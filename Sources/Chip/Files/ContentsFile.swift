/// EF.COM: the versions and the list of data groups; not signed, so only a hint of what to read.
package struct ContentsFile: Hashable, Sendable {
    /// `0107`: LDS 1.7.
    package let ldsVersion: String
    /// `040000`.
    package let unicodeVersion: String
    /// The tags of the data groups, in their order.
    package let tags: [UInt8]

    package init(files: [ChipFile]) {
        ldsVersion = "0107"
        unicodeVersion = "040000"
        tags = files.filter { $0.dataGroup != nil }.map { UInt8($0.tag) }
    }

    package init(bytes: [UInt8]) throws(ChipFault) {
        var fields = try TLV(bytes, tag: ChipFile.com.tag).fields
        ldsVersion = String(decoding: try fields.next(0x5F01).value, as: UTF8.self)
        unicodeVersion = String(decoding: try fields.next(0x5F36).value, as: UTF8.self)
        tags = Array(try fields.next(0x5C).value)
        try fields.finish()
    }

    package var bytes: [UInt8] {
        TLV.bytes(
            ChipFile.com.tag, TLV.bytes(0x5F01, Array(ldsVersion.utf8)), TLV.bytes(0x5F36, Array(unicodeVersion.utf8)),
            TLV.bytes(0x5C, tags))
    }

    /// The files of the list that this card's layout knows.
    package var files: [ChipFile] { tags.compactMap { tag in ChipFile.allCases.first { $0.tag == UInt32(tag) } } }
}
