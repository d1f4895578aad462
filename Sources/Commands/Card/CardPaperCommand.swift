import Access
import ArgumentParser
import Cards
import Civil
import Drawing
import Foundation
import Ledger
import Population

extension ApplicationForm: ExpressibleByArgument {}

/// The command `dancu card paper FORM APPLICATION --out FILE`.
struct CardPaperCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paper", abstract: "In giấy tờ của hồ sơ cấp thẻ: CC01, CC02 or CC03 as PDF, filled in.",
        usage: "dancu card paper <form> <application> --out <file> [options]",
        discussion: """
            Examples:
              dancu card paper cc01 3f6k2m9q0v7x1c8b5n4d2h6j0t --out cc01.pdf
              dancu card paper cc02 3f6k2m9q0v7x1c8b5n4d2h6j0t --out hen.pdf --json

            cc01: the collection sheet that the applicant checks and signs, from the record as it was taken. cc02: \
            the slip with where and when to come, of a booking or of a card that is being made. cc03: the refusal, \
            with its article of law. Each has the application's handle, also as a square code. The layouts are our \
            own. Every paper is a look, on record before the file is written.
            """)

    @Argument(help: "cc01, cc02 or cc03.")
    var form: ApplicationForm

    @Argument(help: "The handle of the application.")
    var application: String

    @Option(name: .long, help: "The file to write.", completion: .file())
    var out: String

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let requester = try look.requester()
        try await OpenedRegister.with(register, creating: nil) { register in
            // Before anybody is looked at: a machine that cannot draw.
            try FontSet.standard.check()
            let record = try await register.cards.record(of: application, for: form, by: requester)
            let population = register.population
            let paper = ApplicationPaper(
                record, offices: try await register.access.officeNames(of: record.offices),
                units: population.units, today: population.surroundings.today,
                isSpecimen: population.kind == .demonstration)
            try CardFolder.write(try paper.pdf(form), to: URL(fileURLWithPath: out))
            try CardFolder.tell(
                out, receipt: record.receipt, output,
                json: [
                    "application": .string(record.application.handle), "form": .string(form.rawValue),
                    "file": .string(out),
                ])
        }
    }
}
