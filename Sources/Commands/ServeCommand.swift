import Access
import ArgumentParser
import Civil
import Foundation
import Ledger
import Logging
import Population
import Web

extension NightlySweepMode: ExpressibleByArgument {}

/// The command `dancu serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Máy chủ: the console and the JSON API.",
        usage: "dancu serve [options]",
        discussion: """
            Examples:
              dancu serve
              dancu serve --port 9000 --database postgres://dancu@localhost/dancu
              dancu serve --host 0.0.0.0 --port 443 --tls-certificate chain.pem --tls-key key.pem \\
                --public-address https://dancu.example.vn
              dancu serve --host 10.0.0.7 --trusted-proxy 10.0.0.5

            Without TLS only this machine is served. Behind a proxy that ends TLS, what comes from its \
            address with X-Forwarded-Proto: https and X-Forwarded-For is served and nothing else; it \
            must pass Host on as it came. Ctrl-C stops the server gracefully.
            """)

    @Option(name: .long, help: "The port.")
    var port = 8080

    @Option(name: .long, help: "The address; without TLS or a trusted proxy loopback only.")
    var host = "127.0.0.1"

    @Option(name: .long, help: ArgumentHelp("The certificate and its chain (PEM).", valueName: "file"))
    var tlsCertificate: String?

    @Option(name: .long, help: ArgumentHelp("Its private key (PEM), readable by you alone.", valueName: "file"))
    var tlsKey: String?

    @Option(name: .long, help: ArgumentHelp("The IP address of the proxy that ends TLS.", valueName: "address"))
    var trustedProxy: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The address that officers type, such as https://dancu.example.vn; passkeys are made for it.",
            valueName: "address"))
    var publicAddress: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Sweep for duplicates at night: on, taught (also by officers' decisions) or off.", valueName: "mode"))
    var nightlySweep = NightlySweepMode.on

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The certificates of those who issue cards, for quality control; a demonstration has its own.",
            valueName: "dir"),
        completion: .directory)
    var cardAuthorities: String?

    @Flag(name: .long, help: "If the register is empty, take in the demonstration batch of invented people first.")
    var firstRun = false

    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let reach = try reach()
        let opened = try await OpenedRegister.open(register)
        do {
            let example = firstRun ? try await fillIfEmpty(opened) : nil
            if let example { try await prepareDemonstration(opened, batch: example) }
            let (named, options) = (cardAuthorities, register)
            let server = try WebServer(
                register: opened.population, access: opened.access, cards: opened.cards,
                cardAuthorities: { try CardIssuer.authorities(named: named, of: options) }, identity: opened.identity,
                sequencer: opened.sequencer, localOperator: try localOperator(of: opened),
                keys: opened.verificationKeys, host: host, port: port, party: try party(),
                reach: reach, sweep: nightlySweep, logger: Logger(label: "dancu"))
            // The indexes are built while the first requests are answered already.
            let preparations = [
                Task { _ = try await opened.population.prepareSearch() },
                Task { try await opened.population.prepareAlike() },
            ]
            defer { for preparation in preparations { preparation.cancel() } }
            // Only a server that answers is announced, with the port that it really has.
            try await server.run { port in greet(opened, example: example, port: port) }
            try await opened.finish()
        } catch {
            try? await opened.finish()
            throw error
        }
    }

    /// How requests reach the server, out of the options for TLS.
    private func reach() throws -> WebReach {
        switch (tlsCertificate, tlsKey, trustedProxy) {
        case (nil, nil, nil): return .local
        case (nil, nil, let proxy?): return try .proxy(at: proxy)
        case (let certificate?, let key?, nil):
            try SecretFile.requireOwn(key)
            return .tls(try ServerCertificate(certificate: try bytes(certificate), key: try bytes(key)))
        default:
            throw CommandFailure(
                code: "tls_options_incomplete", exit: .usage,
                vietnamese: "TLS cần cả --tls-certificate và --tls-key, và không dùng cùng --trusted-proxy.",
                english: "TLS needs both --tls-certificate and --tls-key, and not --trusted-proxy.")
        }
    }

    /// The site that passkeys are made for, out of the address that officers type.
    private func party() throws -> RelyingParty? {
        guard let publicAddress else { return nil }
        let host = URLComponents(string: publicAddress)?.host ?? ""
        guard let party = RelyingParty(id: host, name: "Dân cư", origins: [publicAddress]) else {
            throw CommandFailure(
                code: "public_address_malformed", exit: .usage,
                vietnamese: "--public-address là địa chỉ https không có đường dẫn, ví dụ https://dancu.example.vn.",
                english: "--public-address is an https address without a path, such as https://dancu.example.vn.")
        }
        return party
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                code: "file_not_readable", exit: .refused, vietnamese: "Không đọc được \(path); kiểm tra đường dẫn.",
                english: "\(path) cannot be read; check the path.")
        }
        return Array(data)
    }

    /// Officers to sign in as, in the commune of the demonstration batch as it is today.
    private func prepareDemonstration(_ opened: OpenedRegister, batch: String) async throws {
        let units = opened.population.units
        // The file is named after its commune.
        let old = UnitCode(String(batch.prefix(5)), .untilJune2025)
        let commune =
            switch units.successors(of: old, on: opened.population.surroundings.today) {
            case .one(let unit): unit.code
            case .candidates(let units, _): units.first?.code ?? old
            case .same, .none: old
            }
        guard units.unit(commune) != nil else { return }
        try await opened.access.prepareDemonstration(around: commune, by: LocalOperator.requester)
    }

    /// In a demonstration whoever reaches this machine's own address is the local operator; else a secret file says so.
    private func localOperator(of opened: OpenedRegister) throws -> LocalOperatorRule {
        guard opened.identity.kind == .production else { return .everybody }
        let secret = try register.keyFile(for: register.location()).operatorSecret()
        return .bearer(SecretToken(random: secret).hash)
    }

    /// Imports the batch that comes with the program; returns its name when it did, or was there before.
    private func fillIfEmpty(_ opened: OpenedRegister) async throws -> String? {
        guard opened.identity.kind == .demonstration else { return nil }
        let batches = try await opened.population.batches()
        let folder = Bundle.module.bundleURL.appendingPathComponent("Resources/demonstration")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
        guard let file = files.first(where: { $0.hasSuffix(".csv") }) else { return batches.first?.batch.name }
        // A first import that was stopped goes on; with any other batch the register is filled already.
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        let isStopped = batches.contains { $0.batch.name == name && $0.batch.finished == nil }
        if let first = batches.first, !isStopped { return first.batch.name }
        let path = folder.appendingPathComponent(file).path
        let summary: BatchSummary
        do {
            summary = try await opened.population.importBatch(
                path: path, by: LocalOperator.requester, progress: ImportProgress().show)
        } catch let refusal as BatchRefusal where isStopped && refusal.code == "batch_name_taken" {
            // The batch of another version of the program was stopped; its rows are people all the same.
            return name
        }
        ImportProgress.clear()
        try await opened.sequencer?.integrate()
        Console.message(BatchText.summary(summary))
        return summary.batch.name
    }

    private func greet(_ opened: OpenedRegister, example: String?, port: Int) {
        Console.message("\n\(tlsKey == nil ? "http" : "https")://\(host == "127.0.0.1" ? "localhost" : host):\(port)/")
        if opened.identity.kind == .demonstration {
            Console.message(
                "Cơ sở dữ liệu trình diễn: người trong đây không có thật. / Demonstration register: invented people.")
        }
        guard let example else { return }
        Console.message(
            """

            Thử tiếp / try next, in another terminal:
              .build/release/dancu batch rows \(example) --held
              .build/release/dancu batch report \(example) --output report.html
              .build/release/dancu log verify
            """)
    }
}
