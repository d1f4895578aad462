import Civil

/// Điểm kiểm: what a log says about itself at one moment: its name, how many entries it has, and their root.
///
/// The text is a C2SP tlog-checkpoint; a checkpoint that says more is longer by lines of its own (`extensions`).
package struct Checkpoint: Hashable, Sendable {
    /// Most lines of its own.
    package static let mostExtensions = 8
    /// Longest of these lines in bytes.
    package static let longestExtension = 512

    package let origin: LogOrigin
    package let size: UInt64
    package let root: Digest32
    /// Lines behind the three that every checkpoint has; not empty, without control characters.
    package let extensions: [String]

    package init(
        origin: LogOrigin, size: UInt64, root: Digest32, extensions: [String] = []
    ) throws(CheckpointRefusal) {
        guard size > 0 || root == MerkleHash.empty else { throw .rootOfEmptyTree }
        guard extensions.count <= Checkpoint.mostExtensions,
            extensions.allSatisfy({ line in
                (1...Checkpoint.longestExtension).contains(line.utf8.count) && line.utf8.allSatisfy { $0 >= 0x20 }
            })
        else { throw .malformedExtension }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// The checkpoint in the text of a note; only the one canonical spelling is read.
    package init(text: String) throws(CheckpointRefusal) {
        guard text.utf8.last == UInt8(ascii: "\n"), text.utf8.count <= SignedNote.longest else {
            throw .missingLines
        }
        let lines = text.utf8.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 3 else { throw .missingLines }
        guard let origin = try? LogOrigin(lines[0]) else { throw .malformedOrigin }
        guard let size = DecimalText.number(of: lines[1].utf8) else { throw .malformedSize }
        guard let root = Digest32(base64: lines[2]) else { throw .malformedRoot }
        try self.init(origin: origin, size: size, root: root, extensions: Array(lines[3...]))
    }

    /// The text that is signed.
    package var text: String {
        ([origin.text, String(size), root.base64] + extensions).map { $0 + "\n" }.joined()
    }

    /// The checkpoint signed by the log, whose key must bear the log's name.
    package func signed(by key: LogSigningKey) throws(CheckpointRefusal) -> SignedNote {
        guard key.name == origin else { throw .foreignOrigin }
        do {
            return try SignedNote(text: text).signed(by: key)
        } catch {
            throw .note(error)
        }
    }

    /// The checkpoint of a note that the log's key has signed.
    package init(verifying note: SignedNote, by logKey: LogVerificationKey) throws(CheckpointRefusal) {
        do {
            try note.verify(by: [logKey])
        } catch {
            throw .note(error)
        }
        try self.init(text: note.text)
        guard origin == logKey.name else { throw .foreignOrigin }
    }
}

/// Why a checkpoint cannot be read, made or believed.
package enum CheckpointRefusal: ExplainedRefusal {
    case missingLines
    case malformedOrigin
    case malformedSize
    case malformedRoot
    case malformedExtension
    /// A tree without entries has one root only.
    case rootOfEmptyTree
    /// Signed by a key with another name than the log's.
    case foreignOrigin
    case note(NoteRefusal)

    package var code: String {
        switch self {
        case .missingLines: "checkpoint_missing_lines"
        case .malformedOrigin: "checkpoint_malformed_origin"
        case .malformedSize: "checkpoint_malformed_size"
        case .malformedRoot: "checkpoint_malformed_root"
        case .malformedExtension: "checkpoint_malformed_extension"
        case .rootOfEmptyTree: "checkpoint_root_of_empty_tree"
        case .foreignOrigin: "checkpoint_foreign_origin"
        case .note(let refusal): refusal.code
        }
    }

    package var sentence: Sentence {
        switch self {
        case .missingLines:
            Sentence(
                "Điểm kiểm thiếu dòng: cần tên nhật ký, kích thước và gốc, mỗi mục một dòng; tải lại điểm kiểm.",
                "The checkpoint lacks lines: it needs origin, size and root, one a line; fetch it again.")
        case .malformedOrigin:
            Sentence(
                "Tên nhật ký không hợp lệ: bỏ dấu cách và dấu +.",
                "The origin is malformed: leave out spaces and plus signs.")
        case .malformedSize:
            Sentence(
                "Kích thước không hợp lệ: ghi số nguyên không có số 0 ở đầu.",
                "The size is malformed: write a whole number without leading zeros.")
        case .malformedRoot:
            Sentence(
                "Gốc không hợp lệ: ghi đúng 32 byte dạng base64.",
                "The root is malformed: write exactly 32 bytes in base64.")
        case .malformedExtension:
            Sentence(
                "Dòng mở rộng không hợp lệ: tối đa \(Checkpoint.mostExtensions) dòng, không rỗng, không quá dài.",
                "An extension line is malformed: write at most \(Checkpoint.mostExtensions), none empty or too long.")
        case .rootOfEmptyTree:
            Sentence(
                "Nhật ký rỗng nhưng gốc khác: ghi gốc của cây rỗng hoặc tải lại điểm kiểm.",
                "The log is empty but the root says otherwise: write the root of the empty tree or fetch it again.")
        case .foreignOrigin:
            Sentence(
                "Điểm kiểm của nhật ký khác: dùng khóa mang đúng tên nhật ký.",
                "The checkpoint is of another log: use the key that bears the name of this log.")
        case .note(let refusal): refusal.sentence
        }
    }
}
