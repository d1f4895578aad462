import Civil

/// EF.DG2: the holder's portrait, in a record of ISO/IEC 19794-5:2005.
package struct FaceFile: Hashable, Sendable {
    /// Định dạng ảnh: how the picture is compressed.
    package enum Format: UInt8, Hashable, Sendable { case jpeg = 0, jpeg2000 = 1 }

    package let format: Format
    /// In pixels.
    package let width: Int
    package let height: Int
    package let sex: Sex?
    /// The picture as a file of its format.
    package let image: [UInt8]

    /// A portrait; nil when the picture is neither JPEG nor JPEG 2000 or its sides are not 1 to 65,535.
    package init?(image: [UInt8], width: Int, height: Int, sex: Sex?) {
        guard let format = FaceFile.format(of: image), (1...65_535).contains(width), (1...65_535).contains(height)
        else {
            return nil
        }
        self.format = format
        self.width = width
        self.height = height
        self.sex = sex
        self.image = image
    }

    private static func format(of image: [UInt8]) -> Format? {
        if image.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if image.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) || image.dropFirst(4).starts(with: [0x6A, 0x50]) {
            return .jpeg2000
        }
        return nil
    }

    private static let kind: UInt8 = 0x02
    private static let recordFormat: UInt16 = 0x0008
    private static let signature = Array("FAC\0".utf8) + Array("010\0".utf8)
    private static let headerLength = 14
    private static let blockLength = 32

    package init(bytes: [UInt8]) throws(ChipFault) {
        let templates = try BiometricTemplate.read(bytes, from: .dg2)
        guard let template = templates.first, template.kind == FaceFile.kind else { throw .malformed("EF.DG2") }
        guard template.format == FaceFile.recordFormat else { throw .unsupported("DG2 \(template.format)") }
        var record = FixedReader(template.record)
        guard try record.bytes(8) == FaceFile.signature, try record.number(4) == template.record.count,
            try record.number(2) >= 1
        else { throw .malformed("EF.DG2") }
        let length = try record.number(4)
        let points = try record.number(2)
        let sexCode = try record.number(1)
        _ = try record.bytes(13 + 8 * points + 1)
        guard let format = Format(rawValue: UInt8(truncatingIfNeeded: try record.number(1))) else {
            throw .malformed("EF.DG2")
        }
        width = try record.number(2)
        height = try record.number(2)
        _ = try record.bytes(6)
        image = try record.bytes(length - FaceFile.blockLength - 8 * points)
        self.format = format
        sex = sexCode == 1 ? .male : sexCode == 2 ? .female : nil
    }

    package var bytes: [UInt8] {
        let block = FaceFile.blockLength + image.count
        var record: [UInt8] = []
        record.reserveCapacity(FaceFile.headerLength + block)
        record += FaceFile.signature + fixed(FaceFile.headerLength + block, 4) + fixed(1, 2)
        // Facial information: no feature points; eyes, hair, features, expression and pose are not stated.
        record += fixed(block, 4) + fixed(0, 2) + [sex.map { $0 == .male ? 1 : 2 } ?? 0]
        record += [UInt8](repeating: 0, count: 13)
        // Image information: full frontal, digital still camera; colour space, device and quality are not stated.
        record += [0x01, format.rawValue] + fixed(width, 2) + fixed(height, 2) + [0x00, 0x02] + fixed(0, 4)
        record += image
        let template = BiometricTemplate(
            kind: FaceFile.kind, subtype: 0, format: FaceFile.recordFormat, record: record)
        return BiometricTemplate.bytes([template], in: .dg2)
    }
}
