import ArgumentParser
import Database
import Ledger
import Population

/// The command `dancu log unseal LOOK`.
struct LogUnsealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unseal", abstract: "Mở niêm phong: what was typed into a search, for whoever audits looks.",
        discussion: """
            Examples:
              dancu log unseal 1882708524465935824
              dancu log unseal 1882708524465935824 --keys /media/audit/keys

            The private key is the file looks.key of the folder of keys. It may be kept apart from the register: \
            whoever serves needs it for nothing.
            """)

    @Argument(help: "The number of the look: the receipt of the search.")
    var look: Int64

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let keyFile = register.keyFile(for: try register.location())
        let look = look
        try await OpenedRegister.with(register, creating: nil) { opened in
            let sealed = try await opened.database.read { try LookStore.sealed(of: look, on: $0) }
            guard let sealed else {
                throw CommandFailure(
                    code: "look_not_sealed", exit: .refused,
                    vietnamese: "Lượt \(look) không có nội dung niêm phong; kiểm tra lại số biên nhận.",
                    english: "Look \(look) has nothing sealed; check the number of the receipt.")
            }
            guard let secret = try keyFile.loadUnsealing() else {
                throw CommandFailure(
                    code: "seal_key_missing", exit: .unavailable,
                    vietnamese: "Không có tệp looks.key trong thư mục khóa; chỉ đúng thư mục bằng --keys.",
                    english: "The folder of keys has no looks.key; name the right one with --keys.")
            }
            guard let typed = try? LookSeal.open(sealed, with: secret) else {
                throw CommandFailure(
                    code: "seal_not_opened", exit: .refused,
                    vietnamese: "Khóa này không mở được; lượt này được niêm phong bằng khóa khác.",
                    english: "This key does not open it; the look was sealed to another one.")
            }
            if output.json {
                try Console.json(JSONValue.object(["look": .string(String(look)), "typed": .string(typed)]))
            } else {
                Console.line(typed)
            }
        }
    }
}
