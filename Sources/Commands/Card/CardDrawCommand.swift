import ArgumentParser
import Cards
import Civil
import Drawing
import Foundation
import Population

/// The command `dancu card draw CARD… --out DIR`.
struct CardDrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw", abstract: "Vẽ hai mặt thẻ: the faces of cards as PDF and as PNG at 600 dots an inch.",
        usage: "dancu card draw <card> ... --out <dir> [--pdf] [--png] [options]",
        discussion: """
            Examples:
              dancu card draw 3f6k2m9q0v7x1c8b5n4d2h6j0t --out faces
              dancu card draw 3f6k2m9q0v7x1c8b5n4d2h6j0t --out faces --png --purpose "kiểm tra mẫu in"

            The faces show the snapshot of the order and not the register as it stands later. Files go to \
            DIR/<handle>: faces.pdf with two pages of 85.60 × 53.98 mm, front.png and back.png of 2022 × 1275 dots; \
            both kinds without --pdf and --png. Every card is a look, on record before a file is written. In a \
            demonstration register MẪU / SPECIMEN stands across.
            """)

    @Argument(help: "Handles of cards.")
    var cards: [String]

    @Option(name: .long, help: "A folder that is empty or not there yet.", completion: .directory)
    var out: String

    @Flag(name: .long, help: "Write faces.pdf.")
    var pdf = false

    @Flag(name: .long, help: "Write front.png and back.png.")
    var png = false

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let requester = try look.requester()
        let folder = URL(fileURLWithPath: out)
        try await OpenedRegister.with(register, creating: nil) { register in
            // Before anybody is looked at: a machine that cannot draw, or a folder that is taken.
            try FontSet.standard.check()
            try PKIFolder.prepare(folder)
            for handle in cards {
                let card = try await register.cards.faces(of: handle, by: requester)
                let files = try files(of: CardFaces(card.content))
                let place = folder.appendingPathComponent(card.handle)
                try PKIFolder.prepare(place)
                for (name, bytes) in files { try CardFolder.write(bytes, to: place.appendingPathComponent(name)) }
                try tell(card, files.map(\.name))
            }
        }
    }

    private func files(of faces: CardFaces) throws -> [(name: String, bytes: [UInt8])] {
        var files: [(name: String, bytes: [UInt8])] = []
        if pdf || !png { files.append(("faces.pdf", try faces.pdf())) }
        if png || !pdf {
            for side in CardFaces.Side.allCases { files.append(("\(side.rawValue).png", try faces.png(side))) }
        }
        return files
    }

    private func tell(_ card: PrintedCard, _ names: [String]) throws {
        let place = "\(out)/\(card.handle)"
        try CardFolder.tell(
            "\(place)  \(names.joined(separator: " "))", receipt: card.receipt, output,
            json: ["card": .string(card.handle), "files": .array(names.map { .string("\(place)/\($0)") })])
    }
}
