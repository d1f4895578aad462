import Access
import ArgumentParser
import Cards
import Civil
import Foundation
import Population
import Web

/// The command `dancu factory demo`.
struct FactoryDemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Diễn tập: invented people, machines that fail, and every blank accounted for.",
        usage: "dancu factory demo --cards <n> [--faults <share>] [--seed <n>] [options]",
        discussion: """
            Examples:
              dancu factory demo --cards 1000 --faults 0.03 --seed 7
              dancu factory demo --cards 20 --out cards --pki pki --passphrase-file passphrase --json

            Invents people, takes their applications, makes, checks, sends and hands over their cards on machines that \
            fail at random: printer and encoder faults, machines that fall silent, jobs reported twice, damaged chips \
            and prints, miscounted parcels. Spoiled blanks are destroyed by two. Prints the balance; exit code 1 when \
            anything is not accounted for. With one seed the same faults are drawn. A run that broke off is gone on \
            with by the next one. Without --pki an issuer beside the register's keys signs, made when it is first \
            wanted. For demonstration registers alone.
            """)

    @Option(name: .long, help: "How many people, 1 to 10000.")
    var cards: Int

    @Option(name: .long, help: "The share of each kind of fault, 0 to 0.3.")
    var faults = 0.03

    @Option(name: .long, help: "The same seed draws the same people and faults.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Also write the files of every card into this folder.", completion: .directory)
    var out: String?

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (1...10_000).contains(cards), (0...0.3).contains(faults) else {
            throw ValidationError("--cards is 1 to 10000, --faults 0 to 0.3.")
        }
    }

    func run() async throws {
        let options = register
        let isBalanced = try await OpenedRegister.with(register) { register in
            guard register.population.kind == .demonstration else { throw CardSpecimenCommand.onlySpecimens }
            let issuer = try issuer.issuer(of: options, isMade: true)
            let signer = try issuer.signer()
            let trust = try issuer.trust()
            let folder = try out.map { try CardFolder.made(URL(fileURLWithPath: $0)) }
            if let folder { try issuer.copyCertificates(into: folder) }
            // Some withdraw, and others take their places.
            let people = DemoApplicants(count: cards + cards / 5 + 10, seed: seed)
            try await people.load(into: register)
            var rehearsal = FactoryRehearsal(
                of: register.cards, .init(site: "dientap", office: "dien-tap", faults: faults, seed: seed),
                signer: signer, trust: trust
            ) { card, files in
                if let folder { try CardFolder.write(files, of: card, into: folder) }
            }
            try await rehearsal.run(people.selectors, until: cards) { what, count in
                if Console.isWatched { Console.progress("\(what) \(count)") }
            }
            if Console.isWatched { Console.progress("") }
            return try await tell(rehearsal.report, register)
        }
        if !isBalanced { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    private func tell(_ report: FactoryRehearsal.Report, _ register: OpenedRegister) async throws -> Bool {
        let requester = LocalOperator.requester
        let flow = try await register.cards.flow(by: requester)
        let stock = try await register.cards.stock(by: requester)
        let isBalanced =
            flow.isBalanced && flow.lines.allSatisfy { $0.count.waits == 0 } && stock.difference == 0
            && (stock.fates[.issued] ?? 0) == 0
        if output.json {
            try Console.json(json(report, flow, stock, isBalanced))
        } else {
            Console.line(FactoryText.text(flow))
            Console.line(FactoryText.text(stock))
            let faults = report.faults.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let rejects = report.rejects.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.key.rawValue) \($0.value)" }
            Console.line(
                "\(report.handedOver)/\(report.applications) thẻ đã trao / cards handed over; "
                    + "\(report.batches) lô / batches, \(report.jobs) lượt / jobs")
            Console.line("lỗi / faults: \((faults + rejects).joined(separator: ", "))")
            Console.line(
                isBalanced ? "CÂN ĐỐI: chênh lệch 0 / BALANCED: difference 0" : "CHƯA CÂN ĐỐI / NOT BALANCED")
        }
        return isBalanced
    }

    private func json(
        _ report: FactoryRehearsal.Report, _ flow: FlowBalance, _ stock: StockBalance, _ isBalanced: Bool
    ) -> JSONValue {
        func counts(_ values: [String: Int]) -> JSONValue {
            .object(JSONMembers(values.mapValues { .integer(Int64($0)) }))
        }
        let rejects = Dictionary(uniqueKeysWithValues: report.rejects.map { ($0.key.rawValue, $0.value) })
        return .object([
            "applications": .integer(Int64(report.applications)), "handed_over": .integer(Int64(report.handedOver)),
            "refused_applications": counts(report.refusedApplications), "batches": .integer(Int64(report.batches)),
            "jobs": .integer(Int64(report.jobs)), "faults": counts(report.faults), "rejects": counts(rejects),
            "destroyed": .integer(Int64(report.destroyed)), "blanks": CardJSON.stock(stock),
            "balanced": .bool(isBalanced),
        ])
    }
}

/// Người đề nghị không có thật: adults for the rehearsal of the factory, as a batch of sheets with numbers that no
/// province gives.
struct DemoApplicants {
    let count: Int
    let seed: UInt64

    private static let surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"]
    private static let middles = ["Văn", "Thị", "Minh", "Thanh", "Ngọc", "Hữu", "Thu"]
    private static let given = [
        "An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn",
        "Thảo",
        "Uyên", "Việt", "Xuân", "Yến",
    ]
    private static let years = 40

    /// Men and women in turn, born from 1960 to 1999.
    private func number(_ place: Int) -> String {
        let year = 60 + place % DemoApplicants.years
        let serial = String(Int(seed % 900) * 1_000 + 100_000 + place / DemoApplicants.years)
        return "005\(place % 2)\(year)" + serial.suffix(6)
    }

    var selectors: [PersonSelector] { (0..<count).compactMap { PersonSelector(parsing: number($0)) } }

    private var sheets: String {
        let home = "\"Số 8, Phường Ba Đình, Thành phố Hà Nội\""
        let head =
            "stt,ma_ho,quan_he_chu_ho,ho_ten,ngay_sinh,gioi_tinh,dan_toc,quoc_tich,ton_giao,so_dinh_danh,thuong_tru,"
            + "noi_o_hien_tai,noi_dang_ky_khai_sinh,que_quan,ngay_thu_thap"
        let rows = (0..<count).map { place -> String in
            func one(_ list: [String], _ step: Int) -> String { list[(place / step + place) % list.count] }
            let middle = place % 2 == 1 ? "Thị" : one(DemoApplicants.middles.filter { $0 != "Thị" }, 11)
            let name = "\(one(DemoApplicants.surnames, 1)) \(middle) \(one(DemoApplicants.given, 7))"
            let day = String(100 + place % 28 + 1).suffix(2)
            let month = String(100 + place / 28 % 12 + 1).suffix(2)
            let birth = "\(day)/\(month)/\(1960 + place % DemoApplicants.years)"
            return
                "\(place + 1),H\(place),Chủ hộ,\(name),\(birth),\(place % 2 == 0 ? "Nam" : "Nữ"),Kinh,Việt Nam,Không,"
                + "\(number(place)),\(home),\(home),\(home),\(home),15/07/2025"
        }
        return ([head] + rows).joined(separator: "\n") + "\n"
    }

    /// Takes them into the register as a batch; the same again changes nothing.
    func load(into register: OpenedRegister) async throws {
        let folder = try WorkFolder()
        defer { folder.remove() }
        let file = folder.url.appendingPathComponent("dien-tap-\(seed)-\(count).csv")
        try CardFolder.write(Array(sheets.utf8), to: file)
        _ = try await register.population.importBatch(path: file.path, by: LocalOperator.requester)
    }
}
