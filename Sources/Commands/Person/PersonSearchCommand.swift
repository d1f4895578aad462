import Access
import ArgumentParser
import Civil
import Linkage
import Population
import Web

/// The command `dancu person search NAME`.
struct PersonSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Tìm công dân: find persons by what is half remembered of them.",
        usage: "dancu person search [<name>] [options]",
        discussion: """
            Examples:
              dancu person search "tran gia cuong" --born 1962
              dancu person search "Nguyeenx Van Hugn" --born 1990 --years-around 1 --sex Nam
              dancu person search "Lê Thị Hoa" --unit 24286 --parent "Lê Văn Bình" --json

            The name may have other marks or none, slips, unfinished Telex or VNI, words missing, joined or in another \
            order. The search is recorded; what was typed is kept sealed.
            """)

    @Argument(help: "The name, as it was heard or typed.")
    var name: String?

    @Option(name: .long, help: "Date or year of birth: 1962, 06/1962, 2/6/1962, 1962-06-02.")
    var born: String?

    @Option(name: .long, help: "Years that the birth may lie beside it (0 to 5; 1 without it).")
    var yearsAround: Int?

    @Option(name: .long, help: "Nam (M) or Nữ (F).")
    var sex: String?

    @Option(name: .long, help: "Commune, district or province: a code of today, or set/code.")
    var unit: String?

    @Option(name: .long, help: "Father's or mother's name.")
    var parent: String?

    @Option(name: .long, help: "Số CMND: the old identity number.")
    var oldNumber: String?

    @Option(name: .long, help: "Results on a page (1 to 100).")
    var limit: Int?

    @Option(name: .long, help: "The word behind \"next\" of the page before.")
    var after: String?

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let requester = try look.requester()
        let form = SearchForm(
            name: name, born: born, yearsAround: yearsAround, sex: sex, unit: unit, parent: parent,
            oldNumber: oldNumber, limit: limit, after: after)
        try await OpenedRegister.with(register, creating: nil) { register in
            let search = try form.search(in: register.population)
            let answer = try await register.population.search(search, by: requester)
            if output.json {
                try Console.json(SearchJSON.answer(answer, in: register.population))
            } else {
                Console.line(SearchText.answer(answer, in: register.population))
            }
        }
    }
}

/// Results of a search as people read them at a terminal.
enum SearchText {
    static func answer(_ answer: SearchAnswer, in register: PopulationRegister) -> String {
        var lines: [String] = []
        for result in answer.results {
            let state = result.state
            let facts = [
                state.details.birth?.description ?? "—", state.details.sex?.vietnamese ?? "—",
                state.life.status == .dead ? "đã chết / dead" : nil,
                place(state, register),
            ]
            lines.append("\(score(result.score))  \(state.details.name ?? "—")")
            lines.append("      \(facts.compactMap { $0 }.joined(separator: " · "))")
            lines.append("      \(result.reasons.map(\.sentence.vietnamese).joined(separator: ", "))")
            lines.append("      \(result.handle)")
        }
        if answer.results.isEmpty {
            lines.append(
                "Không tìm thấy ai; bớt điều kiện hoặc thử tên gần giống.\n"
                    + "Nobody was found; ask for less, or try a name that is alike."
            )
        }
        if let next = answer.next { lines.append("Trang sau / next page: --after \(next.text)") }
        lines.append("Biên nhận / receipt: \(answer.receipt)")
        return lines.joined(separator: "\n")
    }

    private static func place(_ state: PersonState, _ register: PopulationRegister) -> String? {
        (state.permanentResidence ?? state.currentResidence)?.address.unit.map { register.units.path(of: $0) }
    }

    /// Three digits of a thousand as a share of one.
    private static func score(_ score: Int) -> String {
        let text = String(score)
        return score >= 1_000 ? "1.00" : "0." + String(repeating: "0", count: 3 - text.count) + text.dropLast()
    }
}
