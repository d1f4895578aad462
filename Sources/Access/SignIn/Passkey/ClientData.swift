import Foundation

/// What the browser says about one ceremony (WebAuthn level 3, §5.8.1): which, for whom, and on which page.
package struct ClientData: Hashable, Sendable {
    package let type: String
    package let challenge: [UInt8]
    package let origin: String
    package let isCrossOrigin: Bool
    /// The page that the asking page stands in, when that is another one.
    package let topOrigin: String?

    static let longest = 8_192

    /// Why bytes are not read.
    package enum Refusal: Error, Hashable, Sendable {
        case tooLong
        case notJSON
        case challengeNotBase64URL
    }

    package init(json bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= ClientData.longest else { throw .tooLong }
        guard String(validating: bytes, as: UTF8.self) != nil,
            let members = try? JSONDecoder().decode(Members.self, from: Data(bytes))
        else { throw .notJSON }
        guard let challenge = Base64URLText.bytes(of: members.challenge) else { throw .challengeNotBase64URL }
        type = members.type
        self.challenge = challenge
        origin = members.origin
        isCrossOrigin = members.crossOrigin ?? false
        topOrigin = members.topOrigin
    }

    /// The members that are used; whatever else there is may be there.
    private struct Members: Decodable {
        let type: String
        let challenge: String
        let origin: String
        let crossOrigin: Bool?
        let topOrigin: String?
    }
}
