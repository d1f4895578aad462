import Access
import ArgumentParser
import Cards
import Chip
import Foundation
import Ledger
import Population

extension Finger: ExpressibleByArgument {
    public init?(argument: String) { self.init(word: argument) }
    public static var allValueStrings: [String] { allCases.map(\.word) }
    public var defaultValueDescription: String { word }
}

/// The options that name the fingers of an applicant.
struct FingerOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("A folder with right_thumb.png, left_index.fmr and so on.", valueName: "dir"),
        completion: .directory)
    var fingers: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Why a finger was not taken: left_little=amputated; repeated.", valueName: "finger=reason"))
    var missingFinger: [String] = []

    @Option(name: .long, help: "Why fingers are taken that the checks refuse; whoever decides sees it.")
    var fingerReason: String?

    static let discussion = """
        Fingers are PNG or JPEG at 500 dots an inch (.png, .jpg) or records of ISO/IEC 19794-2 and -4 (.fmr, .fir), \
        one file each; reasons are amputated, bandaged, unreadable and no_device.
        """

    private static let endings = ["png", "jpg", "jpeg", "fmr", "fir"]

    func validate() throws {
        for text in missingFinger where Self.missing(text) == nil {
            throw ValidationError("--missing-finger takes left_little=amputated and the like, not \(text).")
        }
    }

    private static func missing(_ text: String) -> (Finger, MissingFinger)? {
        let parts = text.split(separator: "=").map(String.init)
        guard parts.count == 2, let finger = Finger(word: parts[0]), let reason = MissingFinger(rawValue: parts[1])
        else { return nil }
        return (finger, reason)
    }

    /// What is given of each finger; nil when nothing is.
    func captured() throws -> [Finger: FingerCapture]? {
        guard fingers != nil || !missingFinger.isEmpty else { return nil }
        var captured: [Finger: FingerCapture] = [:]
        for text in missingFinger {
            if let (finger, reason) = Self.missing(text) { captured[finger] = .missing(reason) }
        }
        guard let fingers else { return captured }
        let folder = URL(fileURLWithPath: fingers)
        for finger in Finger.allCases {
            let files = Self.endings.map { folder.appendingPathComponent("\(finger.word).\($0)").path }
                .filter { FileManager.default.fileExists(atPath: $0) }
            guard let file = files.first else { continue }
            captured[finger] = .taken(try FingerPrint(try CardFolder.bytes(file), of: finger))
        }
        return captured
    }
}

/// The command `dancu card compare CARD`.
struct CardCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Đối chiếu vân tay khi trao thẻ: a finger of whoever came for it.",
        usage: "dancu card compare <card> --finger <finger> --probe <file> [options]",
        discussion: """
            Examples:
              dancu card compare 3f6k2m9q0v7x1c8b5n4d2h6j0t --finger right_index --probe now.png
              dancu card deliver 3f6k2m9q0v7x1c8b5n4d2h6j0t --check fingers

            The probe is a PNG or JPEG at 500 dots an inch, or a record of ISO/IEC 19794-4. The look at what the \
            holder gave and the answer are on record; a card is handed over by fingers after a match on the same day. \
            Fingers: right_thumb, right_index, right_middle, right_ring, right_little, left_thumb and so on. Exit code \
            0: one finger; 1: two.
            """)

    @Argument(help: "The handle of the card.")
    var card: String

    @Option(name: .long, help: "Which finger.")
    var finger: Finger

    @Option(name: .long, help: "The picture that was taken now.", completion: .file())
    var probe: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let print = try FingerPrint(try CardFolder.bytes(probe), of: finger)
        let isMatch = try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.compareFinger(card, with: print, by: LocalOperator.requester)
        }
        try CardMatchCommand.tell(isMatch, output, beside: ["card": .string(card)])
    }
}
