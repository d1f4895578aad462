import Chip
import Civil
import Foundation
import Testing

@testable import Token

/// A token of SoftHSM in a folder of the test's own; skipped where SoftHSM is not installed.
enum SoftToken {
    static let module = "/usr/lib/softhsm/libsofthsm2.so"
    static let isThere = FileManager.default.fileExists(atPath: module)
    static let pin = "87654321"

    /// The folder is read once, when the library is first loaded; all tests share one token.
    static let isReady: Bool = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dancu-token-\(UUID().uuidString)")
        let tokens = folder.appending(path: "tokens")
        let file = folder.appending(path: "softhsm2.conf")
        do {
            try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
            try Data("directories.tokendir = \(tokens.path)\nlog.level = ERROR\n".utf8).write(to: file)
            setenv("SOFTHSM2_CONF", file.path, 1)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "softhsm2-util", "--init-token", "--free", "--label", "Dancu", "--pin", pin, "--so-pin", "12345678",
            ]
            process.environment = ["SOFTHSM2_CONF": file.path, "PATH": "/usr/bin:/bin"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus == 0
        } catch {
            return false
        }
    }()
}

@Suite("Keys on tokens", .serialized, .enabled(if: SoftToken.isThere))
struct TokenTests {
    private func session() throws -> TokenSession {
        try #require(SoftToken.isReady)
        return try TokenModule.load(SoftToken.module).open(token: "Dancu", pin: SoftToken.pin)
    }

    @Test("a key is made on the token, found again, and signs what a certificate needs")
    func signs() throws {
        let made = try session().generate("csca")
        let found = try session().signer("csca")
        #expect(made.publicKey == found.publicKey)
        let now = Instant(microseconds: 1_790_000_000_000_000)
        let later = Instant(microseconds: now.microseconds + 86_400_000_000)
        let name = DistinguishedName(country: "VN", organization: nil, commonName: "CSCA")
        let content = CertificateContent(
            subject: name, serial: [1], validity: now...later, signing: now...later,
            listAddress: "http://crl.invalid/csca.crl", parameters: .named)
        let certificate = try CertificateAuthority(signer: found, name: name, country: "VNM")
            .certify(found.publicKey, as: .authority, content)
        #expect(certificate.isAuthority && certificate.isSigned(by: certificate))
        for length in 0..<40 {
            #expect(try found.plainSignature(of: [UInt8](repeating: 1, count: length)).count == 64)
        }
    }

    @Test("signers of one token work side by side")
    func concurrent() async throws {
        let signer = try session().generate("ds")
        let other = try session().signer("ds")
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let signer = task % 2 == 0 ? signer : other
                    return try (0..<20).map { try signer.plainSignature(of: [UInt8($0)]).count }.reduce(0, +)
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(count == 8 * 20 * 64)
    }

    @Test("what is not there, taken or wrong is refused")
    func refuses() throws {
        let session = try session()
        #expect(throws: TokenRefusal.keyNotFound) { try session.signer("nothing") }
        _ = try session.generate("taken")
        #expect(throws: TokenRefusal.keyExists) { try session.generate("taken") }
        let module = try TokenModule.load(SoftToken.module)
        #expect(throws: TokenRefusal.tokenNotFound) { try module.open(token: "Other", pin: SoftToken.pin) }
        #expect(throws: TokenRefusal.moduleNotLoaded) { try TokenModule.load("/nowhere/token.so") }
    }
}
