import ArgumentParser
import Cards
import Chip
import Civil
import Drawing
import Foundation
import Ledger
import Population
import Reader

/// The command `dancu card match PROBE REFERENCE`.
struct CardMatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Đối chiếu hai vân tay 1:1 (NBIS): whether two prints are of one finger.",
        usage: "dancu card match (<probe> <reference> | --from-input) [options]",
        discussion: """
            Examples:
              dancu card match now.png right_index.png
              dancu card match now.jpg right_index.fmr --json

            Pictures are PNG or JPEG at 500 dots an inch; the reference may also be a template (ISO/IEC 19794-2). \
            NIST's detector and matcher out of libfprint, as Debian ships it (libfprint-2-2), decide; there is no \
            score. Needs no register and records nothing: for a card at hand-over use dancu card compare. \
            --from-input takes both as JSON, which is how the server asks. Exit code 0: one finger; 1: two.
            """)

    @Argument(help: "What is taken now.", completion: .file())
    var probe: String?

    @Argument(help: "What was taken before.", completion: .file())
    var reference: String?

    @Flag(name: .long, help: "Read {\"probe\": …, \"reference\": …} from the input.")
    var fromInput = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard fromInput ? probe == nil : reference != nil else {
            throw ValidationError("Name both files, or --from-input.")
        }
    }

    func run() async throws {
        if fromInput { return try Console.json(FingerProgram.Answer.of { try FingerPair.read().isMatch() }) }
        try Self.tell(try files().isMatch(), output)
    }

    /// Says whether two prints are of one finger, beside what else belongs to the answer, and ends accordingly.
    static func tell(_ isMatch: Bool, _ output: OutputOptions, beside: JSONMembers = [:]) throws {
        if output.json {
            try Console.json(JSONValue.object(beside.adding(["decision": .bool(isMatch)])))
        } else {
            Console.line(isMatch ? "KHỚP / one finger" : "KHÔNG KHỚP / two fingers")
        }
        if !isMatch { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    private func files() throws -> FingerPair {
        func print(_ path: String?) throws -> FingerPrint {
            let bytes = try CardFolder.bytes(path ?? "")
            // Which finger it is does not matter here; a record says it itself.
            let finger = (try? FingerMinutiae(record: bytes))?.finger ?? (try? FingerFile.Print(record: bytes))?.finger
            return try FingerPrint(bytes, of: finger ?? .rightIndex)
        }
        return FingerPair(probe: try print(probe), reference: try print(reference))
    }
}

/// Two prints that are compared.
struct FingerPair {
    let probe: FingerPrint
    let reference: FingerPrint

    init(probe: FingerPrint, reference: FingerPrint) {
        self.probe = probe
        self.reference = reference
    }

    /// Whether they are of one finger, by libfprint in this process.
    func isMatch() throws -> Bool {
        do {
            let library = try FingerLibrary()
            guard let picture = Self.picture(probe) else { throw FingerMatchRefusal.probePoor }
            let template: FingerMinutiae
            if let minutiae = reference.minutiae {
                template = minutiae
            } else {
                guard let taken = Self.picture(reference) else { throw FingerMatchRefusal.referencePoor }
                do {
                    template = try library.minutiae(of: taken, finger: reference.finger)
                } catch FingerLibraryFailure.probePoor {
                    throw FingerMatchRefusal.referencePoor
                }
            }
            return try library.isMatch(picture, with: template)
        } catch let failure as FingerLibraryFailure {
            throw failure.refusal
        }
    }

    private static func picture(_ print: FingerPrint) -> FingerLibrary.Picture? {
        print.picture.flatMap { FingerLibrary.Picture(width: $0.width, height: $0.height, dots: $0.dots) }
    }
}

extension FingerLibraryFailure {
    var refusal: FingerMatchRefusal {
        switch self {
        case .missing: .noMatcher
        case .probePoor: .probePoor
        case .referencePoor: .referencePoor
        case .failed: .matcherFailed
        }
    }
}
