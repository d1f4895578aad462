/// EF.DG3: pictures of fingers, one record of ISO/IEC 19794-4:2005 each; read only by terminals that prove their right.
package struct FingerFile: Hashable, Sendable {
    /// Ảnh một ngón tay: one finger's picture at 500 dots an inch.
    package struct Print: Hashable, Sendable {
        package let finger: Finger
        /// In pixels.
        package let width: Int
        package let height: Int
        /// 0 uncompressed, 2 WSQ, 3 JPEG, 4 JPEG 2000, 5 PNG.
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

    package init(bytes: [UInt8]) throws(ChipFault) {
        var prints: [Print] = []
        for template in try BiometricTemplate.read(bytes, from: .dg3) {
            guard template.format == 0x0007 else { throw .unsupported("DG3 \(template.format)") }
            prints.append(try Print(record: template.record))
        }
        self.prints = prints
    }

    package var bytes: [UInt8] {
        let templates = prints.map { print in
            BiometricTemplate(kind: 0x08, subtype: print.finger.subtype, format: 0x0007, record: print.record)
        }
        return BiometricTemplate.bytes(templates, in: .dg3)
    }
}

/// Bản ghi ảnh vân tay (ISO/IEC 19794-4:2005): one finger in one view.
extension FingerFile.Print {
    private static let signature = Array("FIR\0".utf8) + Array("010\0".utf8)
    private static let headerLength = 32
    private static let viewLength = 14
    private static let dotsPerInch = 500

    /// The print of a record; records of several fingers are not understood.
    package init(record bytes: [UInt8]) throws(ChipFault) {
        var record = FixedReader(bytes)
        guard try record.bytes(8) == Self.signature, try record.number(6) == bytes.count else {
            throw .malformed("ISO/IEC 19794-4")
        }
        _ = try record.bytes(4)
        guard try record.number(1) == 1 else { throw .unsupported("DG3 × n") }
        _ = try record.bytes(10)
        compression = UInt8(truncatingIfNeeded: try record.number(1))
        _ = try record.bytes(2)
        let length = try record.number(4)
        guard let finger = Finger(rawValue: UInt8(truncatingIfNeeded: try record.number(1))) else {
            throw .malformed("ISO/IEC 19794-4")
        }
        self.finger = finger
        _ = try record.bytes(4)
        width = try record.number(2)
        height = try record.number(2)
        _ = try record.bytes(1)
        image = try record.bytes(length - Self.viewLength)
        try record.finish()
    }

    package var record: [UInt8] {
        let view = Self.viewLength + image.count
        var record = Self.signature + fixed(Self.headerLength + view, 6) + fixed(0, 2)
        // Acquisition level 31 (500 dots an inch), one finger, inches, resolutions, eight bits.
        record += fixed(31, 2) + [1, 1]
        for _ in 0..<4 { record += fixed(Self.dotsPerInch, 2) }
        record += [8, compression, 0, 0]
        record += fixed(view, 4) + [finger.rawValue, 1, 1, 0, 0]
        return record + fixed(width, 2) + fixed(height, 2) + [0] + image
    }
}
