import Civil
import Foundation
import Testing

@testable import Drawing

@Suite("Papers")
struct PaperTests {
    private func paper(rows: Int, _ size: Paper.Size) -> Paper {
        Paper(
            size: size, form: "CC02", title: Sentence("Giấy hẹn", "Appointment"), office: "Công an Phường Mẫu",
            code: "3f6k2m9q0v7x1c8b5n4d2h6j0t", day: CalendarDate(daysSinceEpoch: 20_000),
            sections: [
                Paper.Section(
                    Sentence("Mục", "Section"),
                    (0..<rows).map { place in
                        Paper.Row(
                            Sentence("Dòng \(place)", "Row \(place)"),
                            place % 2 == 0 ? String(repeating: "Nguyễn Thị Mẫu ", count: 12) : nil)
                    })
            ], notes: [Sentence("Mang theo giấy này.", "Bring this slip.")],
            signatures: [Sentence("Cán bộ", "Officer")], isSpecimen: true)
    }

    @Test(
        "a paper goes on as many pages of its size as it needs, and every row is on it",
        .enabled(if: Reader.has("pdftotext") && Reader.has("pdfinfo")))
    func pages() throws {
        for (size, text) in [(Paper.Size.a4, "595.276 x 841.89 pts (A4)"), (.a5, "419.528 x 595.276 pts")] {
            let bytes = try paper(rows: 60, size).pdf()
            let info = try Reader.read(bytes, as: "paper.pdf", by: "pdfinfo")
            #expect(info.contains(text) && !info.contains("Pages:           1\n"), "\(info)")
            let words = try Reader.read(bytes, as: "paper.pdf", by: "pdftotext", ["-layout"], after: ["-"])
            for place in 0..<60 { #expect(words.contains("Dòng \(place)")) }
            #expect(words.contains("Cán bộ") && words.contains("Mang theo giấy này."))
        }
    }

    @Test("the square code is the application's code", .enabled(if: Reader.has("zbarimg") && Reader.has("pdftoppm")))
    func code() throws {
        let bytes = try paper(rows: 3, .a5).pdf()
        let folder = FileManager.default.temporaryDirectory.appending(path: "dancu-paper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "page")
        _ = try Reader.read(
            bytes, as: "paper.pdf", by: "pdftoppm", ["-r", "150", "-png", "-singlefile"], after: [page.path])
        let picture = Array(try Data(contentsOf: folder.appending(path: "page.png")))
        let text = try Reader.read(picture, as: "page.png", by: "zbarimg", ["--quiet", "--raw", "-Sbinary"])
        #expect(text == "3f6k2m9q0v7x1c8b5n4d2h6j0t")
    }
}
