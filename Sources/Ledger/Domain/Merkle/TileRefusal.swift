import Civil

/// Why a tile cannot be named, read or written.
package enum TileRefusal: ExplainedRefusal {
    /// Not a path of the form `tile/L/N` or `tile/entries/N`.
    case malformedPath
    case levelOutOfRange
    case indexOutOfRange
    case widthOutOfRange
    /// The store gave fewer hashes than the tree has there.
    case tooFewHashes(TileCoordinate, found: Int)
    /// The tree cannot take that many more leaves.
    case treeFull

    package var code: String {
        switch self {
        case .malformedPath: "tile_path_malformed"
        case .levelOutOfRange: "tile_level_out_of_range"
        case .indexOutOfRange: "tile_index_out_of_range"
        case .widthOutOfRange: "tile_width_out_of_range"
        case .tooFewHashes: "tile_too_few_hashes"
        case .treeFull: "tree_full"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .malformedPath:
            Sentence(
                "Đường dẫn mảnh cây không đúng: ghi theo dạng tile/0/x001/x234/067 hoặc thêm .p/112.",
                "The tile path is malformed: write it like tile/0/x001/x234/067, or with .p/112 behind it.")
        case .levelOutOfRange:
            Sentence(
                "Không có tầng này trong cây: dùng tầng từ 0 đến \(TileCoordinate.highestLevel).",
                "The tree has no such level: use a level from 0 to \(TileCoordinate.highestLevel).")
        case .indexOutOfRange:
            Sentence(
                "Không cây nào có mảnh ở vị trí này: kiểm tra lại số thứ tự của mảnh.",
                "No tree has a tile at this index: check the index of the tile.")
        case .widthOutOfRange:
            Sentence(
                "Độ rộng mảnh không hợp lệ: ghi từ 1 đến 255, mảnh đủ 256 thì bỏ phần .p.",
                "The width of the tile is out of range: write 1 to 255, and leave out .p for a full tile of 256.")
        case .tooFewHashes(let tile, let found):
            Sentence(
                "Mảnh \(tile.path) chỉ có \(found) giá trị băm: khôi phục mảnh từ bản sao lưu hoặc dựng lại cây.",
                "Tile \(tile.path) has only \(found) hashes: restore it from a backup or rebuild the tree.")
        case .treeFull:
            Sentence(
                "Nhật ký đã đạt kích thước tối đa: mở nhật ký mới với tên khác.",
                "The log has reached its greatest size: open a new log under another origin.")
        }
    }
}
