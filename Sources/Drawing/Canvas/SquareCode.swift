import CQRCode

/// Mã QR: a text as a square of modules (ISO/IEC 18004), with a quarter of damage repaired where there is room.
package struct SquareCode: Hashable, Sendable {
    /// Modules on a side.
    package let side: Int
    /// Row by row: whether it is dark.
    package let modules: [Bool]

    /// More modules on a side are too fine at 18 mm: 0.19 mm each.
    package static let mostModules = 97

    /// Light modules around the code, without which scanners do not find it.
    static let quiet = 4.0

    /// The code of a text, as strong against damage as it can be while its modules stay large.
    package init(_ text: String) throws(DrawingRefusal) {
        for level in [QR_ECLEVEL_Q, QR_ECLEVEL_M, QR_ECLEVEL_L] {
            let bytes = Array(text.utf8)
            guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, level) else { continue }
            defer { QRcode_free(code) }
            let side = Int(code.pointee.width)
            // Level Q only where its modules are not finer than those of M would be at a common size.
            guard side <= (level == QR_ECLEVEL_Q ? 57 : SquareCode.mostModules) else { continue }
            self.side = side
            modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
            return
        }
        throw .codeTooLong
    }
}

extension Canvas {
    /// Draws a code whose modules fill a square, on white that leaves it its quiet zone.
    func code(_ code: SquareCode, in box: Box, ink: Ink, panel: Ink) {
        let module = box.width / Double(code.side)
        rounded(box.inset(-SquareCode.quiet * module), radius: 0.8)
        fill(panel)
        var runs: [Box] = []
        for row in 0..<code.side {
            var column = 0
            while column < code.side {
                guard code.modules[row * code.side + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < code.side, code.modules[row * code.side + column] { column += 1 }
                runs.append(
                    Box(
                        box.x + Double(start) * module, box.y + Double(row) * module,
                        Double(column - start) * module, module))
            }
        }
        fillSharp(runs, ink)
    }
}
