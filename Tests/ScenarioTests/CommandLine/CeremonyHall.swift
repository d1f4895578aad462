import Foundation

/// A folder in which a ceremony takes place through the command line, with the passphrases of invented people.
struct CeremonyHall: Sendable {
    let folder: URL

    static let plan = """
        {
          "authority": "CSCA Mẫu", "organization": "Cơ quan Mẫu", "country": "VN", "country_on_cards": "VNM",
          "parameters": "named", "list_address": "http://crl.invalid/csca.crl", "threshold": 2,
          "master": "Lê Thị Chủ", "holders": ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Văn Chi"],
          "witnesses": ["Đỗ Thị Dung"], "auditors": ["Vũ Văn Em"]
        }
        """
    static let everybody = ["--present", "master", "--present", "witness-1", "--present", "auditor-1"]
    /// SoftHSM, where it is installed.
    static let tokenLibrary = "/usr/lib/softhsm/libsofthsm2.so"
    static let openSSL = "/usr/bin/openssl"
    static let hasOpenSSL = FileManager.default.isExecutableFile(atPath: openSSL)

    static func with(_ body: (CeremonyHall) async throws -> Void) async throws {
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        let hall = CeremonyHall(folder: folder)
        try hall.prepare()
        try await body(hall)
    }

    /// Lays the plan and everybody's passphrases into the folder.
    func prepare() throws {
        try Data(Self.plan.utf8).write(to: path("plan.json"))
        for name in ["a", "b", "c", "a2", "b2", "c2", "factory"] { try secret(name, "mật khẩu riêng của \(name)") }
    }

    /// A file that only its owner reads.
    func secret(_ name: String, _ text: String) throws {
        let file = folder.appendingPathComponent(name)
        try Data((text + "\n").utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// A step of the ceremony in `le`, with variables of the environment before it.
    func run(_ words: [String], variables: [String] = []) async throws -> Program.Outcome {
        try await start(words, variables: variables).outcome()
    }

    /// The same, not waited for.
    func start(_ words: [String], variables: [String] = []) throws -> Program.Run {
        let arguments = ["pki", "ceremony", words[0], "--dir", "le"] + words.dropFirst()
        return try Program.start(variables + [Program.path] + arguments, in: folder, executable: "/usr/bin/env")
    }

    /// Opens the ceremony and makes its CSCA.
    func begin() async throws -> [Program.Outcome] {
        [try await run(Self.opening), try await run(Self.making)]
    }

    static let opening = ["open", "--plan", "plan.json"] + everybody
    static let making = ["csca"] + fresh("--passphrase-file", ["a", "b", "c"]) + everybody

    static func fresh(_ option: String, _ files: [String]) -> [String] { files.flatMap { [option, $0] } }

    /// The shares of holders by their numbers, of a key that the step made, with their passphrases.
    static func shares(
        _ holders: [Int], key: String = "csca-1", step: String = "002-csca", passphrases: [String]? = nil
    ) -> [String] {
        holders.enumerated().flatMap { place, holder in
            [
                "--share", "le/\(step)/holder-\(holder).\(key).share", "--passphrase-file",
                passphrases?[place] ?? ["a", "b", "c"][holder - 1] + (key == "csca-2" ? "2" : ""),
            ]
        }
    }

    func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name).path) }

    /// What `openssl` says.
    func openssl(_ arguments: String...) async throws -> Program.Outcome {
        try await Program.start(arguments, in: folder, executable: Self.openSSL).outcome()
    }

    /// Takes one byte of a file for another.
    func alter(_ name: String, at place: Int) throws {
        var bytes = try Data(contentsOf: path(name))
        bytes[place] ^= 1
        try bytes.write(to: path(name))
    }
}
