/// Chữ ký: one signature line of a note.
package struct NoteSignature: Hashable, Sendable {
    package let name: LogOrigin
    package let keyID: UInt32
    /// What the algorithm of the key made; 64 bytes for Ed25519, at least one for others.
    package let signature: [UInt8]

    package init(name: LogOrigin, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// `— name base64(key id ‖ signature)`, without the newline.
    package var line: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) }
        return "— \(name.text) \(Base64Text.text(of: id + signature))"
    }
}

/// A text with the signatures of those who vouch for it (C2SP signed-note).
///
/// Reading a note checks its form alone. Nothing in its text may be believed before `verify(by:)` has returned.
package struct SignedNote: Hashable, Sendable {
    /// Longest note in bytes.
    package static let longest = 1_000_000
    /// Most signatures of a note; the format asks for sixteen at least.
    package static let mostSignatures = 100

    /// What is signed; ends with a newline.
    package let text: String
    /// In the order of the note, those of unknown keys included.
    package let signatures: [NoteSignature]

    /// The note of that text, without signatures as yet or with some.
    package init(text: String, signatures: [NoteSignature] = []) throws(NoteRefusal) {
        guard text.utf8.last == SignedNote.newline else { throw .missingFinalNewline }
        guard !text.utf8.contains(where: { $0 < 0x20 && $0 != SignedNote.newline }) else { throw .controlCharacter }
        guard signatures.count <= SignedNote.mostSignatures else { throw .tooManySignatures }
        self.text = text
        self.signatures = signatures
        guard serialised.utf8.count <= SignedNote.longest else { throw .tooLarge }
    }

    /// The note in those bytes.
    package init(parsing bytes: [UInt8]) throws(NoteRefusal) {
        guard bytes.count <= SignedNote.longest else { throw .tooLarge }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        guard bytes.last == SignedNote.newline else { throw .missingFinalNewline }
        let blank = bytes.indices.dropFirst().last {
            bytes[$0] == SignedNote.newline && bytes[$0 - 1] == SignedNote.newline
        }
        guard let blank, blank + 1 < bytes.count else { throw .missingSignatures }
        let lines = bytes[(blank + 1)...].dropLast().split(
            separator: SignedNote.newline, omittingEmptySubsequences: false)
        guard lines.count <= SignedNote.mostSignatures else { throw .tooManySignatures }
        var signatures: [NoteSignature] = []
        for (number, line) in lines.enumerated() {
            guard let signature = SignedNote.signature(in: line) else {
                throw .malformedSignature(line: number + 1)
            }
            signatures.append(signature)
        }
        try self.init(text: String(decoding: bytes[..<blank], as: UTF8.self), signatures: signatures)
    }

    /// The note in that text.
    package init(parsing text: String) throws(NoteRefusal) {
        try self.init(parsing: Array(text.utf8))
    }

    private static let newline = UInt8(ascii: "\n")

    private static func signature(in line: ArraySlice<UInt8>) -> NoteSignature? {
        let dash = Array("— ".utf8)
        guard line.starts(with: dash) else { return nil }
        let parts = line.dropFirst(dash.count).split(
            separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = try? LogOrigin(String(decoding: parts[0], as: UTF8.self)),
            let bytes = Base64Text.bytes(of: parts[1]), bytes.count > 4
        else { return nil }
        let keyID = bytes[0..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return NoteSignature(name: name, keyID: keyID, signature: Array(bytes[4...]))
    }

    /// The text, a blank line and the signature lines; reading it gives this note again.
    package var serialised: String {
        signatures.reduce(into: text + "\n") { $0 += $1.line + "\n" }
    }

    /// The note with one more signature, by that key.
    package func signed(by key: LogSigningKey) throws(NoteRefusal) -> SignedNote {
        try SignedNote(text: text, signatures: signatures + [key.signature(of: text)])
    }

    /// The keys that have signed, each once and in the order given.
    ///
    /// Signatures of other keys are ignored; a wrong signature of one of these keys spoils the note; none is a refusal.
    @discardableResult
    package func verify(by keys: [LogVerificationKey]) throws(NoteRefusal) -> [LogVerificationKey] {
        var found: [LogVerificationKey] = []
        for key in keys where !found.contains(key) {
            let own = signatures.filter { $0.name == key.name && $0.keyID == key.keyID }
            guard own.allSatisfy({ key.isValid($0.signature, of: text) }) else { throw .wrongSignature(key.name) }
            if !own.isEmpty { found.append(key) }
        }
        guard !found.isEmpty else { throw .noKnownSignature }
        return found
    }

    package static func == (left: SignedNote, right: SignedNote) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8) && left.signatures == right.signatures
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(signatures)
    }
}
