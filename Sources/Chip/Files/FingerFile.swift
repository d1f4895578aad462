/// Ngón tay: a finger by its number in ISO/IEC 19794-4, thumb to little finger of the right hand, then of the left.
package enum Finger: UInt8, Hashable, Sendable, CaseIterable {
    case rightThumb = 1
    case rightIndex, rightMiddle, rightRing, rightLittle
    case leftThumb, leftIndex, leftMiddle, leftRing, leftLittle

    /// The subtype of the frame around a record (Doc 9303-10): which finger, of which hand.
    var subtype: UInt8 {
        let isRight = rawValue <= 5
        return (isRight ? rawValue : rawValue - 5) << 2 | (isRight ? 0b01 : 0b10)
    }
}

/// EF.DG3: pictures of fingers, one record of ISO/IEC 19794-4:2005 each; read only by terminals that prove their right.
package struct FingerFile: Hashable, Sendable {
    /// Ảnh một ngón tay: one finger's picture at 500 dots an inch.
    package struct Print: Hashable, Sendable {
        package let finger: Finger
        /// In pixels.
        package let width: Int
        package let height: Int
        /// 0 uncompressed, 2 WSQ, 3 JPEG, 4 JPEG 2000.
        package let compression: UInt8
        package let image: [UInt8]

        package init(finger: Finger, width: Int, height: Int, compression: UInt8, image: [UInt8]) {
            self.finger = finger
            self.width = width
            self.height = height
            self.compression = compression
            self.image = image
        }
    }

    package let prints: [Print]

    package init(prints: [Print]) { self.prints = Array(prints.prefix(10)) }

    private static let signature = Array("FIR\0".utf8) + Array("010\0".utf8)
    private static let headerLength = 32
    private static let viewLength = 14

    package init(bytes: [UInt8]) throws(ChipFault) {
        var prints: [Print] = []
        for template in try BiometricTemplate.read(bytes, from: .dg3) {
            guard template.format == 0x0007 else { throw .unsupported("DG3 \(template.format)") }
            prints.append(try FingerFile.finger(template.record))
        }
        self.prints = prints
    }

    private static func finger(_ bytes: [UInt8]) throws(ChipFault) -> Print {
        var record = FixedReader(bytes)
        guard try record.bytes(8) == signature, try record.number(6) == bytes.count else { throw .malformed("EF.DG3") }
        _ = try record.bytes(4)
        guard try record.number(1) == 1 else { throw .unsupported("DG3 × n") }
        _ = try record.bytes(10)
        let compression = UInt8(truncatingIfNeeded: try record.number(1))
        _ = try record.bytes(2)
        let length = try record.number(4)
        guard let finger = Finger(rawValue: UInt8(truncatingIfNeeded: try record.number(1))) else {
            throw .malformed("EF.DG3")
        }
        _ = try record.bytes(4)
        let width = try record.number(2)
        let height = try record.number(2)
        _ = try record.bytes(1)
        let image = try record.bytes(length - viewLength)
        try record.finish()
        return Print(finger: finger, width: width, height: height, compression: compression, image: image)
    }

    package var bytes: [UInt8] {
        let templates = prints.map { print in
            let view = FingerFile.viewLength + print.image.count
            var record = FingerFile.signature + fixed(FingerFile.headerLength + view, 6) + fixed(0, 2)
            // Acquisition level 31 (500 dots an inch), one finger, inches, resolutions, eight bits.
            record += fixed(31, 2) + [1, 1] + fixed(500, 2) + fixed(500, 2) + fixed(500, 2) + fixed(500, 2)
            record += [8, print.compression, 0, 0]
            record += fixed(view, 4) + [print.finger.rawValue, 1, 1, 0, 0]
            record += fixed(print.width, 2) + fixed(print.height, 2) + [0] + print.image
            return BiometricTemplate(kind: 0x08, subtype: print.finger.subtype, format: 0x0007, record: record)
        }
        return BiometricTemplate.bytes(templates, in: .dg3)
    }
}
