/// Mã phiếu: batch and row in one number; 2²⁴ rows a batch.
package enum SheetID {
    package static let maximumRow = 1 << 24 - 1

    package static func make(batch: Int64, row: Int) -> Int64 { batch << 24 | Int64(row) }
    package static func batch(of sheet: Int64) -> Int64 { sheet >> 24 }
    package static func row(of sheet: Int64) -> Int { Int(sheet & 0xFF_FFFF) }
}
