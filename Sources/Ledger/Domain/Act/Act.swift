import Civil

/// Mã sự việc: an act's number in this register; later acts of one process have greater numbers.
package struct ActID: Hashable, Sendable, Comparable, RawRepresentable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package static func < (left: ActID, right: ActID) -> Bool { left.rawValue < right.rawValue }
}

/// The envelope of an act (sự việc): everything about it except its content.
///
/// The content is kept apart and can be removed by a lawful retention rule; the envelope, which carries the salted
/// commitment to the content, stays for ever.
package struct Act: Hashable, Sendable {
    package let id: ActID
    package let kind: ActKind
    package let subjects: [SubjectVersion]
    /// When it is true in the world; nil when the sheet or paper does not say.
    package let effective: PartialDate?
    /// When the register knew it; set by the server.
    package let recorded: Instant
    package let actor: Actor
    /// Căn cứ pháp lý, as text ("Luật 26/2023/QH15, Điều 9").
    package let legalBasis: String
    /// HMAC-SHA-256 of the content under the content's own salt.
    package let contentCommitment: Digest32

    package init(
        id: ActID, kind: ActKind, subjects: [SubjectVersion], effective: PartialDate?, recorded: Instant, actor: Actor,
        legalBasis: String, contentCommitment: Digest32
    ) {
        self.id = id
        self.kind = kind
        self.subjects = subjects
        self.effective = effective
        self.recorded = recorded
        self.actor = actor
        self.legalBasis = legalBasis
        self.contentCommitment = contentCommitment
    }

    /// The bytes that the log commits to (form `dancu/act/v1`).
    package var canonicalBytes: [UInt8] {
        var writer = CanonicalBytes(form: "dancu/act/v1")
        writer.append(id.rawValue)
        writer.append(kind.rawValue)
        writer.append(effective?.description ?? "")
        writer.append(recorded.microseconds)
        writer.append(actor.account)
        writer.append(actor.role)
        writer.append(actor.office)
        writer.append(legalBasis)
        writer.append(raw: contentCommitment.bytes)
        writer.append(raw: SubjectVersion.pack(subjects))
        return writer.bytes
    }
}

extension SubjectVersion {
    /// Seventeen bytes each: kind, id and version, in the order in which the act names them.
    package static func pack(_ subjects: [SubjectVersion]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(subjects.count * 17)
        for entry in subjects {
            bytes.append(UInt8(entry.subject.kind.rawValue))
            for number in [entry.subject.id, entry.version] {
                let value = UInt64(bitPattern: number)
                for shift in stride(from: 56, through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
                }
            }
        }
        return bytes
    }

    /// The subjects packed by `pack`, or nil when the bytes are damaged.
    package static func unpack(_ bytes: [UInt8]) -> [SubjectVersion]? {
        guard bytes.count % 17 == 0 else { return nil }
        var subjects: [SubjectVersion] = []
        for start in stride(from: 0, to: bytes.count, by: 17) {
            guard let kind = Subject.Kind(rawValue: Int64(bytes[start])) else { return nil }
            func number(_ offset: Int) -> Int64 {
                var value: UInt64 = 0
                for byte in bytes[start + offset..<start + offset + 8] { value = value << 8 | UInt64(byte) }
                return Int64(bitPattern: value)
            }
            subjects.append(SubjectVersion(Subject(kind, number(1)), version: number(9)))
        }
        return subjects
    }
}
