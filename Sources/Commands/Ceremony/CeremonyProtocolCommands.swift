import ArgumentParser
import Chip
import Civil
import Drawing
import Foundation
import Population

/// The command `dancu pki ceremony verify`.
struct CeremonyVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Kiểm tra biên bản: no line and no file of the ceremony was changed.",
        usage: "dancu pki ceremony verify --dir <dir> [--head <hash>] [options]",
        discussion: """
            Examples:
              dancu pki ceremony verify --dir le
              dancu pki ceremony verify --dir le --head 5d41402abc4b2a76b9719d911017c592…

            Every line has the hash of the one before, and the hashes of what its step made. Whoever can write \
            into the folder could write all lines anew: --head holds them against the hash on a signed paper, which \
            may be an earlier one.
            """)

    @Option(name: .long, help: "The hash on a protocol that was signed on paper.")
    var head: String?

    @OptionGroup var place: CeremonyFolderOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let lines = try CeremonyRecord(place.folder).lines
        // On paper the digits stand in groups.
        if let head = head?.lowercased().filter({ !$0.isWhitespace }), !lines.contains(where: { $0.hash == head }) {
            throw CeremonyRefusal.protocolOther
        }
        let last = lines.last?.hash ?? ""
        if output.json {
            try Console.json(JSONValue.object(["lines": .integer(Int64(lines.count)), "head": .string(last)]))
        } else {
            Console.line("Biên bản nguyên vẹn / the protocol is whole: \(lines.count) dòng / lines\n\(last)")
        }
    }
}

/// The command `dancu pki ceremony protocol`.
struct CeremonyProtocolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "protocol", abstract: "In biên bản để ký: the protocol as text, or as PDF with places to sign.",
        usage: "dancu pki ceremony protocol --dir <dir> [--out <file>]",
        discussion: """
            Examples:
              dancu pki ceremony protocol --dir le
              dancu pki ceremony protocol --dir le --out bien-ban.pdf

            In Vietnamese and English: the plan with its people, each step with time, who was present, what was made \
            and its SHA-256, and the hash of the whole, also as a square code. The PDF has a place for each \
            signature; keep the signed paper away from the folder.
            """)

    @Option(name: .long, help: "The PDF to write, which is not there yet; text without it.", completion: .file())
    var out: String?

    @OptionGroup var place: CeremonyFolderOptions

    func run() async throws {
        let paper = CeremonyPaper(record: try CeremonyRecord(place.folder))
        guard let out else { return Console.line(paper.text) }
        try FontSet.standard.check()
        let bytes = try paper.paper.pdf()
        do {
            try CeremonyFolder.write(bytes, to: URL(fileURLWithPath: out))
        } catch {
            throw GrowingFile.notWritable(out)
        }
        Console.line(out)
    }
}

/// Biên bản buổi lễ: what stands in the protocol that is signed.
struct CeremonyPaper {
    let record: CeremonyRecord

    private var plan: CeremonyPlan { record.plan }
    private var head: String { record.lines.last?.hash ?? "" }

    /// As text, with the same words as on paper.
    var text: String {
        var lines = ["\(CeremonyPaper.title.inBoth)", "\(plan.authority) · \(head)"]
        for section in sections({ $0 }) {
            lines.append("")
            lines.append(section.title.inBoth)
            lines += section.rows.map { "  \($0.label.inBoth): \($0.value ?? "")" }
        }
        return lines.joined(separator: "\n")
    }

    private static let title = Sentence("Biên bản lễ tạo khóa", "Protocol of a key ceremony")

    /// As a paper to be signed.
    var paper: Paper {
        let last = record.lines.last.flatMap { Instant(parsing: $0.at) } ?? Instant(microseconds: 0)
        var paper = Paper(
            size: .a4, form: "CSCA", title: CeremonyPaper.title, office: plan.organization ?? plan.authority,
            code: head, day: last.dayInVietnam, sections: sections(CeremonyPaper.grouped), isSpecimen: false)
        paper.codeLabel = Sentence("Mã băm của biên bản", "Hash of the protocol")
        paper.notes = [
            Sentence(
                "Những người ký dưới đây đã có mặt ở các bước ghi tên mình và xác nhận biên bản đúng.",
                "Those who sign were present at the steps that name them, and confirm that the protocol is true.")
        ]
        let present = Set(record.lines.flatMap(\.present))
        paper.signatures = plan.participants.filter { present.contains($0.word) }.map { participant in
            Sentence(participant.name, "\(participant.role.title.inBoth) (\(participant.word))")
        }
        return paper
    }

    private func sections(_ digits: (String) -> String) -> [Paper.Section] {
        [planSection, peopleSection] + record.lines.map { section($0, digits) }
    }

    /// Digits in groups of eight, so that a line that breaks puts no hyphen among them.
    private static func grouped(_ digits: String) -> String {
        stride(from: 0, to: digits.count, by: 8).map { String(digits.dropFirst($0).prefix(8)) }.joined(separator: " ")
    }

    private var planSection: Paper.Section {
        Paper.Section(
            Sentence("Kế hoạch", "Plan"),
            [
                .init(Sentence("Cơ quan chứng thực", "Authority"), plan.authority, strong: true),
                .init(Sentence("Tổ chức", "Organisation"), plan.organization),
                .init(Sentence("Quốc gia", "Country"), "\(plan.country) / \(plan.countryOnCards)"),
                .init(Sentence("Tham số đường cong", "Curve parameters"), plan.parameters.rawValue),
                .init(
                    Sentence("Số người mở được khóa", "Holders who open a key"),
                    "\(plan.threshold) / \(plan.holders.count)", strong: true),
                .init(Sentence("Mã buổi lễ", "Ceremony"), record.ceremony),
            ])
    }

    private var peopleSection: Paper.Section {
        Paper.Section(
            Sentence("Người tham gia", "Participants"),
            plan.participants.map { participant in
                let title = participant.role.title
                return .init(
                    Sentence("\(title.vietnamese) (\(participant.word))", title.english), participant.name)
            })
    }

    private func section(_ line: CeremonyLine, _ digits: (String) -> String) -> Paper.Section {
        var rows: [Paper.Row] = [
            .init(Sentence("Thời điểm (UTC)", "Time (UTC)"), line.at),
            .init(Sentence("Có mặt", "Present"), line.present.map(name).joined(separator: "; ")),
        ]
        for (file, hash) in line.made.sorted(by: { $0.key < $1.key }) {
            rows.append(.init(Sentence("SHA-256 của \(file)", "SHA-256 of \(file)"), digits(hash)))
        }
        for (holder, checksum) in line.shares.sorted(by: { $0.key < $1.key }) {
            rows.append(.init(Sentence("Dấu kiểm tra mảnh của \(holder)", "Checksum of a share"), digits(checksum)))
        }
        rows.append(.init(Sentence("Mã băm đến dòng này", "Hash up to this line"), digits(line.hash)))
        return Paper.Section(
            Sentence("\(line.number). \(line.step.title.vietnamese)", line.step.title.english), rows)
    }

    private func name(_ word: String) -> String {
        guard let participant = plan.participants.first(where: { $0.word == word }) else { return word }
        return "\(participant.name) (\(word))"
    }
}
