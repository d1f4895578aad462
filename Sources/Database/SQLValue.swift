/// A value that goes into a statement or comes out of a row, the same on every engine.
///
/// Text is kept byte for byte (no normalisation). Equality of two `.text` values is Swift's, under which NFC and NFD
/// spellings of one text are equal; compare `Array(text.utf8)` where bytes matter.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension SQLValue {
    /// `.integer`, for counts and codes held as `Int`.
    package static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }

    /// 1 or 0: truth is an integer in every table.
    package static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }

    /// The integer, or NULL.
    package static func integerOrNull(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }

    /// The text, or NULL.
    package static func textOrNull(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }

    /// The bytes, or NULL.
    package static func blobOrNull(_ value: [UInt8]?) -> SQLValue { value.map { .blob($0) } ?? .null }
}

extension SQLValue: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(nilLiteral: ()) { self = .null }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .text(value) }
}
