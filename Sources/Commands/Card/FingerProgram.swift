import Cards
import Chip
import Civil
import Foundation
import Synchronization

/// Bộ đối chiếu trong một tiến trình riêng: this program once more, for one comparison.
///
/// What looks at strangers' pictures with a library in C shares no memory with a register that is open, and what it
/// saw is gone with it.
struct FingerProgram: FingerMatcher {
    /// The program to run.
    var program = "/proc/self/exe"

    /// Seconds after which an answer is not waited for any more; one takes a tenth.
    private static let patience = 20.0

    func verify(_ probe: FingerPrint, against reference: FingerPrint) async throws -> Bool {
        let question = try FingerPair(probe: probe, reference: reference).json()
        let answer = try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try ask(question) }) }
            thread.start()
        }
        if let refusal = answer.refusal.flatMap(FingerMatchRefusal.init(rawValue:)) { throw refusal }
        guard let decision = answer.decision else { throw FingerMatchRefusal.matcherFailed }
        return decision
    }

    /// What the other process says, in a line of JSON.
    struct Answer: Codable {
        var decision: Bool?
        var refusal: String?

        static func of(_ compare: () throws -> Bool) throws -> Answer {
            do {
                return Answer(decision: try compare())
            } catch let refusal as FingerMatchRefusal {
                return Answer(refusal: refusal.code)
            } catch is ApplicationRefusal {
                return Answer(refusal: FingerMatchRefusal.referencePoor.code)
            }
        }
    }

    private func ask(_ question: Data) throws -> Answer {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        // A link of its own process is nobody else's: what it leads to is found before.
        process.executableURL = URL(fileURLWithPath: program).resolvingSymlinksInPath()
        process.arguments = ["card", "match", "--from-input"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        // A process that others start meanwhile would hold an end open, and nobody would see where the other ends.
        for pipe in [input, output] {
            for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
                _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
            }
        }
        do { try process.run() } catch { throw FingerMatchRefusal.matcherFailed }
        let guardian = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience, execute: guardian)
        defer { guardian.cancel() }
        // A program that ends before it has read is told as one that failed, and ends nobody else.
        signal(SIGPIPE, SIG_IGN)
        try? input.fileHandleForWriting.write(contentsOf: question)
        try? input.fileHandleForWriting.close()
        let bytes = (try? output.fileHandleForReading.readToEnd()) ?? nil
        process.waitUntilExit()
        guard process.terminationStatus == 0, let bytes,
            let answer = try? JSONDecoder().decode(Answer.self, from: bytes)
        else { throw FingerMatchRefusal.matcherFailed }
        return answer
    }
}

/// What two processes tell each other.
extension FingerPair {
    private struct Sent: Codable {
        var probe: Data
        var reference: Data
        var finger: Finger

        static func data(_ print: FingerPrint) -> Data {
            Data(print.form == .raw ? print.print?.record ?? [] : print.content)
        }
    }

    /// Both prints and what is around them, in base64.
    private static let longest = 1 << 20

    func json() throws -> Data {
        try JSONEncoder().encode(
            Sent(probe: Sent.data(probe), reference: Sent.data(reference), finger: probe.finger))
    }

    static func read() throws -> FingerPair {
        var input = Data()
        while input.count < longest, let part = try FileHandle.standardInput.read(upToCount: longest), !part.isEmpty {
            input += part
        }
        guard let sent = try? JSONDecoder().decode(Sent.self, from: input) else {
            throw FingerMatchRefusal.matcherFailed
        }
        return FingerPair(
            probe: try FingerPrint(Array(sent.probe), of: sent.finger),
            reference: try FingerPrint(Array(sent.reference), of: sent.finger))
    }
}
