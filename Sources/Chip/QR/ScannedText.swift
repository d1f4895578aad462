/// Chữ từ máy quét: text as scanners hand it over, put right where the fault can be told with certainty.
enum ScannedText {
    /// Without a mark of byte order and signs nobody sees at either end; UTF-8 that was read byte by byte as
    /// Windows-1252 is read anew.
    static func repaired(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isUnseen($0) }),
            let last = scalars.lastIndex(where: { !isUnseen($0) })
        else { return "" }
        let trimmed = String(scalars[first...last])
        guard scalars.contains(where: { $0.value > 0x7F }), let bytes = windows1252(trimmed),
            let whole = String(validating: bytes, as: UTF8.self)
        else { return trimmed }
        return whole
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0xFEFF || scalar.value == 0x7F
    }

    /// The bytes for which Windows-1252 has these letters; nil when it lacks one, as it lacks most of Vietnamese.
    private static func windows1252(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.value <= 0xFF {
                bytes.append(UInt8(scalar.value))
            } else if let place = upper.firstIndex(of: scalar.value) {
                bytes.append(UInt8(0x80 + place))
            } else {
                return nil
            }
        }
        return bytes
    }

    /// What stands at 0x80 to 0x9F; 0 where nothing does.
    private static let upper: [UInt32] = [
        0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E,
        0x178,
    ]
}
