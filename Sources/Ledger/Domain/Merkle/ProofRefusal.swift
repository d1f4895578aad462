import Civil

/// Why a proof does not prove what it should, or cannot be made.
package enum ProofRefusal: ExplainedRefusal {
    case indexBeyondSize(index: UInt64, size: UInt64)
    case sizeBeyondTree(UInt64, available: UInt64)
    /// A tree without leaves is the beginning of every tree: nothing would be proved.
    case emptyOldTree
    case sizesReversed(old: UInt64, new: UInt64)
    case notASubtree(start: UInt64, end: UInt64)
    case tooManyHashes(Int)
    /// Fewer or more hashes than the way to the root has steps.
    case wrongNumberOfHashes
    case oldRootMismatch
    case rootMismatch

    package var code: String {
        switch self {
        case .indexBeyondSize: "proof_index_beyond_size"
        case .sizeBeyondTree: "proof_size_beyond_tree"
        case .emptyOldTree: "proof_from_empty_tree"
        case .sizesReversed: "proof_sizes_reversed"
        case .notASubtree: "proof_not_a_subtree"
        case .tooManyHashes: "proof_too_many_hashes"
        case .wrongNumberOfHashes: "proof_wrong_number_of_hashes"
        case .oldRootMismatch: "proof_old_root_mismatch"
        case .rootMismatch: "proof_root_mismatch"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .indexBeyondSize(let index, let size):
            Sentence(
                "Vị trí \(index) không nằm trong cây \(size) lá: lấy lại bằng chứng với điểm kiểm mới hơn.",
                "Index \(index) is not in a tree of \(size) leaves: fetch the proof again with a later checkpoint.")
        case .sizeBeyondTree(let size, let available):
            Sentence(
                "Nhật ký mới có \(available) dòng, chưa tới \(size): chờ điểm kiểm sau rồi hỏi lại.",
                "The log has \(available) entries, not yet \(size): wait for the next checkpoint and ask again.")
        case .emptyOldTree:
            Sentence(
                "Cây rỗng không chứng minh được gì: dùng điểm kiểm cũ có ít nhất một dòng.",
                "The tree without entries proves nothing: use an old checkpoint with one entry or more.")
        case .sizesReversed(let old, let new):
            Sentence(
                "Cây cũ (\(old)) lớn hơn cây mới (\(new)): đổi chỗ hai điểm kiểm; "
                    + "nếu đúng thứ tự thì báo nhật ký bị cắt.",
                "The old tree (\(old)) is larger than the new one (\(new)): exchange the two checkpoints; "
                    + "if they are in order, report that the log was cut.")
        case .notASubtree(let start, let end):
            Sentence(
                "Đoạn \(start)–\(end) không phải cây con: chọn đoạn bắt đầu ở bội của lũy thừa hai.",
                "\(start) to \(end) is not a subtree: choose a run that begins at a multiple of a power of two.")
        case .tooManyHashes(let count):
            Sentence(
                "Bằng chứng có \(count) giá trị băm, nhiều nhất là \(InclusionProof.mostHashes): lấy lại bằng chứng.",
                "The proof has \(count) hashes, at most \(InclusionProof.mostHashes) are possible: fetch it again.")
        case .wrongNumberOfHashes:
            Sentence(
                "Bằng chứng thiếu hoặc thừa giá trị băm: lấy lại bằng chứng cho đúng vị trí và kích thước.",
                "The proof has too few or too many hashes: fetch it again for this index and size.")
        case .oldRootMismatch:
            Sentence(
                "Gốc cũ không khớp: giữ lại cả hai điểm kiểm và báo đơn vị giám sát nhật ký.",
                "The old root does not match: keep both checkpoints and report them to those who watch the log.")
        case .rootMismatch:
            Sentence(
                "Gốc không khớp: dữ liệu hoặc bằng chứng đã bị đổi; giữ lại và báo đơn vị giám sát nhật ký.",
                "The root does not match: the data or the proof was changed; keep both and report them.")
        }
    }
}
