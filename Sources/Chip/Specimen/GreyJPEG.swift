import Foundation

/// Ảnh JPEG xám: writes a grey picture as baseline JPEG (ITU-T T.81), with the tables of its Annex K.
enum GreyJPEG {
    /// The file of a picture.
    ///
    /// - Parameters:
    ///   - dotsPerInch: the resolution that the file states.
    ///   - pixel: the grey at column and row, 0 black to 255 white; both may lie beyond the sides.
    static func bytes(
        width: Int, height: Int, dotsPerInch: Int = 300, pixel: (_ x: Int, _ y: Int) -> UInt8
    ) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8]
        // JFIF 1.1.
        let density = fixed(dotsPerInch, 2)
        bytes += segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 1] + density + density + [0, 0])
        bytes += segment(0xDB, [0] + zigzag.map { quantisation[$0] })
        bytes += segment(0xC0, [8] + fixed(height, 2) + fixed(width, 2) + [1, 1, 0x11, 0])
        bytes += segment(0xC4, [0x00] + steps.counts + steps.values)
        bytes += segment(0xC4, [0x10] + waves.counts + waves.values)
        bytes += segment(0xDA, [1, 1, 0x00, 0, 63, 0])
        var bits = BitWriter()
        var last = 0
        for top in stride(from: 0, to: height, by: 8) {
            for left in stride(from: 0, to: width, by: 8) {
                let block = (0..<64).map { Float(pixel(left + $0 % 8, top + $0 / 8)) - 128 }
                write(transformed(block), after: &last, to: &bits)
            }
        }
        return bytes + bits.finished + [0xFF, 0xD9]
    }

    private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + fixed(content.count + 2, 2) + content
    }

    /// The 64 quantised coefficients of a block, in zigzag order.
    private static func transformed(_ block: [Float]) -> [Int] {
        func pass(_ input: [Float], _ index: (Int, Int) -> Int) -> [Float] {
            var output = [Float](repeating: 0, count: 64)
            for line in 0..<8 {
                for wave in 0..<8 {
                    var sum: Float = 0
                    for place in 0..<8 { sum += input[index(line, place)] * cosines[wave * 8 + place] }
                    output[index(line, wave)] = sum
                }
            }
            return output
        }
        let rows = pass(block) { $0 * 8 + $1 }
        let both = pass(rows) { $1 * 8 + $0 }
        return zigzag.map { Int((both[$0] / Float(quantisation[$0])).rounded()) }
    }

    private static func write(_ block: [Int], after last: inout Int, to bits: inout BitWriter) {
        let difference = block[0] - last
        last = block[0]
        bits.write(difference, runOfZeros: 0, by: steps)
        var zeros = 0
        for value in block.dropFirst() {
            guard value != 0 else {
                zeros += 1
                continue
            }
            while zeros > 15 {
                bits.write(symbol: 0xF0, by: waves)
                zeros -= 16
            }
            bits.write(value, runOfZeros: zeros, by: waves)
            zeros = 0
        }
        if zeros > 0 { bits.write(symbol: 0x00, by: waves) }
    }

    private static let cosines: [Float] = (0..<64).map { index in
        let (wave, place) = (index / 8, index % 8)
        let scale: Float = wave == 0 ? 0.353_553_39 : 0.5
        return scale * Float(cos(Double((2 * place + 1) * wave) * Double.pi / 16))
    }

    /// Positions of a block by rising frequency.
    private static let zigzag: [Int] = (0..<15).flatMap { sum -> [Int] in
        let rows = (0..<8).filter { (0..<8).contains(sum - $0) }
        return (sum % 2 == 0 ? rows.reversed() : rows).map { $0 * 8 + sum - $0 }
    }

    /// The table of Annex K for luminance, halved.
    private static let quantisation: [UInt8] = [
        8, 6, 5, 8, 12, 20, 26, 31, 6, 6, 7, 10, 13, 29, 30, 28, 7, 7, 8, 12, 20, 29, 35, 28, 7, 9, 11, 15, 26, 44, 40,
        31, 9, 11, 19, 28, 34, 55, 52, 39, 12, 18, 28, 32, 41, 52, 57, 46, 25, 32, 39, 44, 52, 61, 60, 51, 36, 46, 48,
        49, 56, 50, 52, 50,
    ]

    private static let steps = HuffmanTable(
        counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], values: Array(0...11))

    private static let waves = HuffmanTable(
        counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D],
        values: Hex.bytes(
            "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a"
                + "3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a83848586878889"
                + "8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da"
                + "e1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"))
}

/// Codes of growing length for symbols, as JPEG makes them out of the counts of each length.
struct HuffmanTable {
    let counts: [UInt8]
    let values: [UInt8]
    /// Code and length of each symbol.
    let codes: [UInt8: (code: Int, length: Int)]

    init(counts: [UInt8], values: [UInt8]) {
        self.counts = counts
        self.values = values
        var codes: [UInt8: (code: Int, length: Int)] = [:]
        var code = 0
        var next = values[...]
        for (index, count) in counts.enumerated() {
            for _ in 0..<count {
                if let value = next.popFirst() { codes[value] = (code, index + 1) }
                code += 1
            }
            code <<= 1
        }
        self.codes = codes
    }
}

/// Bits in a row, with the zero that JPEG puts behind each byte of ones.
struct BitWriter {
    private var bytes: [UInt8] = []
    private var waiting = 0
    private var count = 0

    mutating func write(symbol: UInt8, by table: HuffmanTable) {
        guard let (code, length) = table.codes[symbol] else { return }
        write(code, length)
    }

    /// A number behind a run of zeros: the symbol says how many zeros and bits, the bits say which number.
    mutating func write(_ value: Int, runOfZeros: Int, by table: HuffmanTable) {
        let length = Int.bitWidth - abs(value).leadingZeroBitCount
        write(symbol: UInt8(runOfZeros << 4 | length), by: table)
        write(value < 0 ? value + (1 << length) - 1 : value, length)
    }

    private mutating func write(_ bits: Int, _ length: Int) {
        waiting = waiting << length | bits
        count += length
        while count >= 8 {
            count -= 8
            let byte = UInt8(truncatingIfNeeded: waiting >> count)
            bytes.append(byte)
            if byte == 0xFF { bytes.append(0) }
        }
        waiting &= (1 << count) - 1
    }

    /// The bytes, the last one filled with ones.
    var finished: [UInt8] {
        var copy = self
        if count > 0 { copy.write((1 << (8 - count)) - 1, 8 - count) }
        return copy.bytes
    }
}
