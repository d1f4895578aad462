import Civil
import Foundation
import Ledger

/// Khai lập cơ sở dữ liệu: what the register is, its units and its seal; the content of an act of its own kind.
///
/// It stands in the log of acts, so that nobody can turn a demonstration into the real thing, move people to another
/// province, or read what officers search for, by a change of a table. The acts stand in one stream; the first of them
/// creates the register.
package enum RegisterChange: Codable, Hashable, Sendable {
    /// - Parameter at: Microseconds since 1970.
    case created(register: String, kind: RegisterKind, at: Int64, logKey: String)
    /// A file of units or conversions was taken behind those before it.
    case unitsLoaded(UnitFileEntry)
    /// Typed searches are sealed to this key from now on.
    case sealKeyMade(SealKeyEntry)

    /// A file of units as the log knows it: not by its bytes, which may be a megabyte, but by their SHA-256.
    package struct UnitFileEntry: Codable, Hashable, Sendable {
        /// From 1 on, in the order in which the files are loaded.
        package let position: Int64
        package let name: String
        /// 64 hexadecimal digits.
        package let sha256: String
    }

    /// The public key that typed searches are sealed to (`LookSeal`).
    package struct SealKeyEntry: Codable, Hashable, Sendable {
        /// From 1 on, in the order in which keys are made.
        package let position: Int64
        /// 32 bytes in base64.
        package let publicKey: String

        package init(position: Int64, publicKey: [UInt8]) {
            self.position = position
            self.publicKey = Data(publicKey).base64EncodedString()
        }

        /// Nil when the text is no public key.
        var seal: LookSeal? { Data(base64Encoded: publicKey).flatMap { LookSeal(publicKey: Array($0)) } }
    }

    /// The stream that all of them stand in; no batch, card or series has that number.
    package static let subject = Subject.set(.max - 1)

    package init(_ identity: RegisterIdentity) {
        self = .created(
            register: identity.id, kind: identity.kind, at: identity.created.microseconds, logKey: identity.logKey)
    }

    /// What `.created` says the register is.
    package var identity: RegisterIdentity? {
        guard case .created(let register, let kind, let instant, let logKey) = self else { return nil }
        return RegisterIdentity(id: register, kind: kind, created: Instant(microseconds: instant), logKey: logKey)
    }

    /// The content as it is stored and hashed: members sorted by name.
    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// The change of a stored content.
    package init(bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(RegisterChange.self, from: Data(bytes))
    }
}
