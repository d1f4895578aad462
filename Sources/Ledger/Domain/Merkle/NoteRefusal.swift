import Civil

/// Why a signed note or a key cannot be read, made or believed.
package enum NoteRefusal: ExplainedRefusal {
    case tooLarge
    case notUTF8
    case controlCharacter
    case missingFinalNewline
    /// No blank line with signature lines behind it.
    case missingSignatures
    case malformedSignature(line: Int)
    case tooManySignatures
    case malformedName
    case malformedKey
    case unknownAlgorithm
    /// The id in a key's text is not the id of the key.
    case keyIDMismatch
    case wrongSignature(LogOrigin)
    case noKnownSignature
    case signingFailed

    package var code: String {
        switch self {
        case .tooLarge: "note_too_large"
        case .notUTF8: "note_not_utf8"
        case .controlCharacter: "note_control_character"
        case .missingFinalNewline: "note_missing_final_newline"
        case .missingSignatures: "note_missing_signatures"
        case .malformedSignature: "note_malformed_signature"
        case .tooManySignatures: "note_too_many_signatures"
        case .malformedName: "note_malformed_name"
        case .malformedKey: "note_malformed_key"
        case .unknownAlgorithm: "note_unknown_algorithm"
        case .keyIDMismatch: "note_key_id_mismatch"
        case .wrongSignature: "note_wrong_signature"
        case .noKnownSignature: "note_no_known_signature"
        case .signingFailed: "note_signing_failed"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .tooLarge:
            Sentence(
                "Văn bản ký dài quá \(SignedNote.longest) byte: tải lại đúng tệp điểm kiểm.",
                "The note is longer than \(SignedNote.longest) bytes: fetch the right file again.")
        case .notUTF8:
            Sentence(
                "Văn bản ký không phải UTF-8: tải lại, không mở và lưu bằng phần mềm khác.",
                "The note is not UTF-8: fetch it again and do not save it with another program.")
        case .controlCharacter:
            Sentence(
                "Văn bản ký có ký tự điều khiển: tải lại; chỉ được dùng dấu xuống dòng LF.",
                "The note has control characters: fetch it again; only line feeds are allowed.")
        case .missingFinalNewline:
            Sentence(
                "Văn bản ký thiếu dấu xuống dòng ở cuối: tải lại trọn vẹn tệp.",
                "The note does not end with a newline: fetch the whole file again.")
        case .missingSignatures:
            Sentence(
                "Văn bản không có phần chữ ký: lấy bản đã ký của nhật ký.",
                "The note has no signatures: fetch the signed note of the log.")
        case .malformedSignature(let line):
            Sentence(
                "Dòng chữ ký thứ \(line) không đúng dạng: tải lại trọn vẹn tệp.",
                "Signature line \(line) is malformed: fetch the whole file again.")
        case .tooManySignatures:
            Sentence(
                "Có quá \(SignedNote.mostSignatures) chữ ký: bỏ chữ ký của những khóa không cần.",
                "There are more than \(SignedNote.mostSignatures) signatures: leave out those of keys you do not need.")
        case .malformedName:
            Sentence(
                "Tên khóa không hợp lệ: ghi tên không có dấu cách và dấu +, như dancu.example/acts.",
                "The key name is malformed: write a name without spaces and plus signs, like dancu.example/acts.")
        case .malformedKey:
            Sentence(
                "Khóa không đúng dạng: chép lại trọn một dòng khóa.",
                "The key is malformed: copy the whole line of the key again.")
        case .unknownAlgorithm:
            Sentence(
                "Thuật toán của khóa chưa được hỗ trợ: dùng khóa Ed25519.",
                "The algorithm of the key is not supported: use an Ed25519 key.")
        case .keyIDMismatch:
            Sentence(
                "Mã khóa không khớp với khóa: chép lại trọn một dòng khóa từ nơi công bố.",
                "The key id does not belong to the key: copy the whole line again from where it is published.")
        case .wrongSignature(let name):
            Sentence(
                "Chữ ký của \(name) sai: không dùng văn bản này, tải lại; nếu vẫn sai thì báo đơn vị giám sát.",
                "The signature of \(name) is wrong: do not use the note, fetch it again, and report it if it stays.")
        case .noKnownSignature:
            Sentence(
                "Không có chữ ký của khóa đã tin: kiểm tra lại khóa công bố của nhật ký.",
                "No trusted key has signed: check the published key of the log.")
        case .signingFailed:
            Sentence(
                "Không ký được: kiểm tra tệp khóa ký rồi thử lại.",
                "The note could not be signed: check the file of the signing key and try again.")
        }
    }
}
