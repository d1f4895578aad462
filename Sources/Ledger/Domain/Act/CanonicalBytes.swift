/// Writes values in one fixed binary form, so that the same facts always hash to the same digest.
///
/// Integers are big-endian with eight bytes; text is UTF-8 with its length before it, so that no two different lists of
/// values have the same bytes.
package struct CanonicalBytes {
    package private(set) var bytes: [UInt8] = []

    /// Starts with the name and version of the form (`dancu/act/v1`).
    package init(form: String) {
        bytes.reserveCapacity(256)
        append(form)
    }

    /// Starts with nothing; `restart` comes before each form.
    init() {}

    /// Starts anew with another entry of the form, in the same room.
    mutating func restart(form: StaticString) {
        bytes.removeAll(keepingCapacity: true)
        append(raw: UnsafeRawBufferPointer(start: form.utf8Start, count: form.utf8CodeUnitCount))
    }

    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            append(Int64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    package mutating func append(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Bytes, or the UTF-8 of a text, where they lie.
    package mutating func append(raw: UnsafeRawBufferPointer) {
        append(Int64(raw.count))
        bytes.append(contentsOf: raw)
    }

    package mutating func append(raw: [UInt8]) {
        append(Int64(raw.count))
        bytes.append(contentsOf: raw)
    }
}
