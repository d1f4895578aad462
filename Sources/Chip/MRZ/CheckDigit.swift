/// Chữ số kiểm tra: the check digit of machine readable zones (ICAO Doc 9303-3 §4.9), weights 7-3-1 modulo 10.
package enum CheckDigit {
    /// The digit 0 to 9 as ASCII, over capital letters (10 to 35), digits, and `<` (0).
    package static func of(_ bytes: some Sequence<UInt8>) -> UInt8 {
        var sum = 0
        var weight = 0
        for byte in bytes {
            sum += value(byte) * weights[weight]
            weight = weight == 2 ? 0 : weight + 1
        }
        return UInt8(48 + sum % 10)
    }

    private static let weights = [7, 3, 1]

    private static func value(_ byte: UInt8) -> Int {
        switch byte {
        case 48...57: Int(byte) - 48
        case 65...90: Int(byte) - 55
        default: 0
        }
    }
}
