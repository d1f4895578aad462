import Chip
import Civil
import Foundation
import Token

/// Signing for cards with a key on a token: data groups and EF.SOD through SoftHSM, beside the token alone.
struct TokenWork {
    let place: BenchPlace

    private static let module = "/usr/lib/softhsm/libsofthsm2.so"
    private static let pin = "87654321"
    private static let cards = 500
    private static let least = 0.7

    func measure() async throws -> [Figure] {
        guard FileManager.default.fileExists(atPath: TokenWork.module) else {
            Output.note("note: without softhsm2 no key stands on a token")
            return []
        }
        let token = try token()
        let issuer = try ChipIssuer(signing: token)
        var samples = (cards: Samples(), bare: Samples())
        let message = [UInt8](repeating: 7, count: 32)
        for _ in 0..<place.runs {
            samples.cards.add(try perSecond { _ = try issuer.files() })
            samples.bare.add(try perSecond { _ = try token.plainSignature(of: message) })
        }
        return [
            Figure(
                work: "cards: data groups and EF.SOD, portrait of 20 kB, key on SoftHSM", value: samples.cards.median,
                unit: "cards/s", baseline: "the token alone", baselineValue: samples.bare.median,
                required: "≥ \(TokenWork.least) of it",
                isReached: samples.cards.median >= TokenWork.least * samples.bare.median, least: samples.cards.least,
                greatest: samples.cards.greatest)
        ]
    }

    /// A key on a new token in a folder of its own.
    private func token() throws -> TokenSigner {
        let folder = place.folder.appendingPathComponent("token-\(UUID().uuidString)")
        let tokens = folder.appendingPathComponent("tokens")
        let file = folder.appendingPathComponent("softhsm2.conf")
        try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
        try Data("directories.tokendir = \(tokens.path)\nlog.level = ERROR\n".utf8).write(to: file)
        setenv("SOFTHSM2_CONF", file.path, 1)
        try ChildProcess.run(
            "softhsm2-util",
            [
                "--init-token", "--free", "--label", "Bench", "--pin", TokenWork.pin, "--so-pin", "12345678",
            ])
        return try TokenModule.load(TokenWork.module).open(token: "Bench", pin: TokenWork.pin).generate("signer")
    }

    private func perSecond(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        for _ in 0..<TokenWork.cards { try body() }
        return Double(TokenWork.cards) / Stopwatch.seconds(since: start)
    }
}
