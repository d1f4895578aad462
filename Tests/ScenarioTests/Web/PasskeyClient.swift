import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import Population
import TestAuthenticator
import Testing

@testable import Web

/// What the script of the console does, with an authenticator made of code.
struct PasskeyClient {
    static let origin = "http://localhost:8080"
    private static let site = "localhost"

    /// Somebody at a browser who has not signed in.
    static func stranger(_ stage: ApprovalStage) -> ApprovalStage.Desk {
        ApprovalStage.Desk(client: stage.client, cookie: "", token: "")
    }

    /// The browser with the cookie that a sign-in has set.
    static func desk(_ answer: WebAnswer, _ stage: ApprovalStage) -> ApprovalStage.Desk? {
        answer.headers[.setCookie].map { set in
            ApprovalStage.Desk(client: stage.client, cookie: String(set.prefix { $0 != ";" }), token: "")
        }
    }

    /// Makes a key: the challenge of a path, then its answer.
    static func make(
        at path: String, _ about: JSONMembers = [:], naming label: String? = nil, by desk: ApprovalStage.Desk
    ) async throws -> (device: SoftAuthenticator, challenge: WebAnswer, answer: WebAnswer) {
        let challenge = try await desk.api(.post, path + "/challenge", JSONValue.object(about).line)
        var device = try device(for: challenge.json)
        let made = try device.register(try bytes(challenge.json["challenge"]))
        var members = about
        if let label { members["label"] = .string(label) }
        members["credential"] = .object([
            "id": base64(device.credential),
            "response": .object([
                "clientDataJSON": base64(made.clientData), "attestationObject": base64(made.attestationObject),
                "transports": .array([.string("internal"), .string("teleport")]),
            ]),
        ])
        return (device, challenge, try await desk.api(.post, path, JSONValue.object(members).line))
    }

    /// A device for the account that a challenge names.
    static func device(for options: JSONValue) throws -> SoftAuthenticator {
        try SoftAuthenticator(.es256, relyingParty: site, origin: origin, user: try bytes(options["user"]?["id"]))
    }

    /// The answer of a device to a new challenge.
    static func signed(
        _ device: inout SoftAuthenticator, by desk: ApprovalStage.Desk, next: String? = nil
    ) async throws -> String {
        let challenge = try await desk.api(.post, "passkeys/sign-in/challenge", "{}")
        let signed = try device.sign(try bytes(challenge.json["challenge"]))
        var members: JSONMembers = [
            "credential": .object([
                "id": base64(signed.credential),
                "response": .object([
                    "clientDataJSON": base64(signed.clientData),
                    "authenticatorData": base64(signed.authenticatorData), "signature": base64(signed.signature),
                    "userHandle": base64(signed.user ?? []),
                ]),
            ])
        ]
        if let next { members["next"] = .string(next) }
        return JSONValue.object(members).line
    }

    static func bytes(_ value: JSONValue?) throws -> [UInt8] {
        let text = try #require(value?.text)
        return try #require(Base64URLText.bytes(of: text))
    }

    private static func base64(_ bytes: [UInt8]) -> JSONValue { .string(SoftAuthenticator.base64URL(bytes)) }
}

extension JSONValue {
    fileprivate var line: String { String(decoding: jsonBytes, as: UTF8.self) }
}
