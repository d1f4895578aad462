import ArgumentParser

/// `dancu`: the whole program; each noun is a group of commands.
package struct DancuCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "dancu",
        abstract: "Cơ sở dữ liệu dân cư mở: an open population register.",
        discussion: """
            Examples:
              dancu batch import 24283.csv           take a commune's sheets into the register
              dancu person show 005087000123         look a person up; the look is recorded
              dancu log verify                       prove that nothing was lost or changed

            The register is --database, else DANCU_DATABASE, else .dancu/register.sqlite. Exit codes: 0 done, \
            1 refused by a rule, 3 damage found, 4 not available, 64 wrong use.
            """,
        version: ProgramVersion.text,
        subcommands: [
            ServeCommand.self, BatchCommand.self, PersonCommand.self, HouseholdCommand.self, UnitCommand.self,
            NumberCommand.self, ActCommand.self, QualityCommand.self, RegisterCommand.self, LogCommand.self,
            OfficeCommand.self, OfficerCommand.self, CardCommand.self, FactoryCommand.self, PKICommand.self,
            LinkCommand.self, DuplicatesCommand.self, BackupCommand.self, RestoreCommand.self, DemoCommand.self,
        ])

    package init() {}

    /// Runs the command of the process's arguments and ends the process with its exit code.
    ///
    /// Errors become one sentence in Vietnamese and English with a stable code.
    package static func main() async {
        let json = CommandLine.arguments.contains("--json")
        do {
            var command = try parseAsRoot(nil)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard let failure = CommandFailure(error) else { exit(withError: error) }
            failure.report(asJSON: json)
            DancuCommand.exit(withError: ExitCode(failure.exitCode))
        }
    }
}

/// The version of the program.
package enum ProgramVersion {
    package static let text = "0.1.0"
}
