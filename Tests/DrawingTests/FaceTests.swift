import Chip
import Civil
import Foundation
import Testing

@testable import Drawing

@Suite("Faces of cards")
struct FaceTests {
    private func pdf(_ content: FaceContent) throws -> [UInt8] { try CardFaces(content).pdf() }

    @Test(
        "pdftotext reads every field of both faces, in Vietnamese, and finds nothing wrong with the file",
        .enabled(if: Reader.has("pdftotext")), arguments: FaceDesign.allCases)
    func text(design: FaceDesign) throws {
        let content = try InventedCard.content(design, issued: "2022-03-01")
        let text = try Reader.read(
            try pdf(content), as: "faces.pdf", by: "pdftotext", ["-layout"], after: ["-"])
        var wanted = [
            "005190000123", "NGUYỄN THỊ ÁNH DƯƠNG", "12/05/1990", "Nữ", "Việt Nam", "01/03/2022", "12/05/2030",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        ]
        switch design {
        case .citizenCard2021:
            wanted += ["CĂN CƯỚC CÔNG DÂN", "Quê quán", "Xã Hoa Lư, Tỉnh Ninh Bình", "Nơi thường trú", "phố Hoa Sen"]
        case .identityCard2024:
            wanted += ["IDENTITY CARD", "Nơi cư trú", "Nơi đăng ký khai sinh", "Phường Ba Đình", "BỘ CÔNG AN"]
        }
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for words in wanted { #expect(line.contains(words), "\(words) in \(line)") }
    }

    @Test(
        "the pages have the true size, and the portrait stands in the file as the JPEG that it is",
        .enabled(if: Reader.has("pdfinfo")))
    func size() throws {
        let content = try InventedCard.content()
        let bytes = try pdf(content)
        let text = try Reader.read(bytes, as: "faces.pdf", by: "pdfinfo")
        #expect(text.contains("Pages:           2"))
        // 85.60 × 53.98 mm in points.
        #expect(text.contains("Page size:       242.646 x 153.014 pts"), "\(text)")
        let portrait = try #require(content.portrait)
        #expect(Data(bytes).range(of: Data(portrait)) != nil)
        #expect(try pdf(content) == bytes)
    }

    @Test(
        "the square code, read from the picture, is the card's text to the letter",
        .enabled(if: Reader.has("zbarimg")), arguments: FaceDesign.allCases)
    func code(design: FaceDesign) throws {
        let content = try InventedCard.content(design)
        let side: CardFaces.Side = design == .citizenCard2021 ? .front : .back
        let bytes = try CardFaces(content).png(side)
        let text = try Reader.read(bytes, as: "face.png", by: "zbarimg", ["--quiet", "--raw", "-Sbinary"])
        #expect(text == content.code)
        #expect(try CardQR(parsing: text).name.written == content.name)
    }

    @Test("the square code fills 18 × 18 mm, up to the longest that is drawn; what is longer is refused")
    func codeSize() throws {
        let longest = try SquareCode(String(repeating: "ẫ", count: 250))
        #expect(longest.side <= SquareCode.mostModules)
        #expect(throws: DrawingRefusal.codeTooLong) { try SquareCode(String(repeating: "ẫ", count: 600)) }
    }

    @Test("a picture has 2022 × 1275 dots and says that they are 600 an inch")
    func resolution() throws {
        let bytes = try CardFaces(try InventedCard.content()).png(.front)
        func number(_ place: Int) -> UInt32 { bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(number(16) == 2_022 && number(20) == 1_275)
        let place = 8 + 25
        #expect(bytes[(place + 4)..<(place + 8)].elementsEqual("pHYs".utf8))
        // 600 dots an inch are 23,622 a metre.
        #expect(number(place + 8) == 23_622 && number(place + 12) == 23_622 && bytes[place + 16] == 1)
        #expect(number(place + 17) == 0x1494_4341)
    }

    @Test("a card without an expiry says so, and a child's card says that there is no portrait")
    func exceptions() throws {
        let old = try notes(of: try InventedCard.content(born: "1950-01-01", expires: nil), .back)
        #expect(old.contains { $0.text == "Không thời hạn" })
        let child = try notes(of: try InventedCard.content(born: "2023-02-01", hasPortrait: false), .front)
        #expect(child.contains { $0.text == "Không thu ảnh" })
        let adult = try notes(of: try InventedCard.content(), .front)
        #expect(!adult.contains { $0.text == "Không thu ảnh" })
    }

    @Test("only a specimen says that it is one")
    func specimen() throws {
        var content = try InventedCard.content()
        #expect(try notes(of: content, .back).contains { $0.text == "MẪU / SPECIMEN" })
        content.isSpecimen = false
        #expect(try notes(of: content, .back).allSatisfy { $0.text != "MẪU / SPECIMEN" })
    }

    @Test("a font that is not there is refused, and none is taken in its place", arguments: [true, false])
    func fonts(isText: Bool) throws {
        let missing = FontSet.Font(family: "Không Có Phông Này", package: "fonts-khong-co")
        var fonts = FontSet.standard
        if isText { fonts.text = missing } else { fonts.zone = missing }
        let refusal = DrawingRefusal.fontMissing(family: missing.family, package: missing.package)
        #expect(throws: refusal) { try fonts.check() }
        #expect(throws: refusal) { try CardFaces(try InventedCard.content(), fonts: fonts).pdf() }
        #expect(throws: Never.self) { try FontSet.standard.check() }
    }

    @Test("a portrait that is no JPEG, or only the beginning of one, is refused")
    func portraits() throws {
        var content = try InventedCard.content()
        let good = try #require(content.portrait)
        for bad in [Array("no picture".utf8), Array(good.prefix(100)), []] {
            content.portrait = bad
            #expect(throws: DrawingRefusal.pictureUnreadable) { try CardFaces(content) }
        }
    }

    @Test(
        "tesseract reads the zone, and name and residence in Vietnamese, from the pictures",
        .enabled(if: Reader.isFull && Reader.has("tesseract")))
    func recognised() throws {
        let content = try InventedCard.content()
        let faces = try CardFaces(content)
        let front = try Reader.read(
            try faces.png(.front), as: "front.png", by: "tesseract", after: ["-", "-l", "vie", "--psm", "11"])
        #expect(front.contains("NGUYỄN THỊ ÁNH DƯƠNG"), "\(front)")
        #expect(front.contains("005190000123"), "\(front)")
        let back = try Reader.read(
            try faces.png(.back), as: "back.png", by: "tesseract",
            after: ["-", "--psm", "6", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"])
        // Fillers in a row are read as K; what stands between them is not.
        for (line, length) in [(0, 27), (1, 18), (2, 14)] {
            let wanted = String(content.zone[line].prefix(length))
            #expect(back.contains(wanted), "\(back)")
        }
    }

    // MARK: Fitting

    private typealias Note = (text: String, ink: Box)

    private func notes(of content: FaceContent, _ side: CardFaces.Side) throws -> [Note] {
        var notes: [Note] = []
        let faces = try CardFaces(content)
        _ = try Sheet.png(CardFaces.card, dotsPerInch: 72) { canvas throws(DrawingRefusal) in
            canvas.keepNotes()
            try faces.draw(side, on: canvas)
            notes = canvas.written ?? []
        }
        return notes
    }

    static let sixty = "Nguyễn Hoàng Phượng Quỳnh Thương Trường Khương Nghiêng Ngoãn"
    static let names = [
        "Mẫu", "H'Mẫu Niê", "H’Mẫu Niê Kdăm", "K'Brểu", sixty, String(repeating: "Nghiêng ", count: 12) + "Mẫu",
        "Nguyễnhoàngphượngquỳnhthươngtrườngkhươngnghiêngngoãnmẫuthử",
    ]
    static let long =
        "Số 128/45/7B, ngách 12, ngõ Văn Chương, tổ dân phố số 14, khu tập thể Nhà máy cơ khí Trần Hưng Đạo, thôn "
        + "Thượng Nguyên, Xã Nguyễn Nghiêm Trường Sơn, Tỉnh Thừa Thiên Huế"

    @Test("whatever the name and address, nothing stands over the edge or over something else", arguments: names)
    func fits(name: String) throws {
        for design in FaceDesign.allCases {
            var content = try InventedCard.content(design, name: name, residence: FaceTests.long)
            content.birthRegistration = "Phường Nguyễn Nghiêm Trường Sơn, Thành phố Thừa Thiên Huế"
            content.origin = "Thôn Thượng Nguyên, Xã Nguyễn Nghiêm Trường Sơn, Tỉnh Thừa Thiên Huế"
            for side in CardFaces.Side.allCases {
                let notes = try notes(of: content, side).filter { $0.text != "MẪU / SPECIMEN" }
                let inside = CardFaces.card.inset(1.6)
                for note in notes { #expect(inside.holds(note.ink), "\(note)") }
                for (place, note) in notes.enumerated() {
                    for other in notes[(place + 1)...] {
                        #expect(!note.ink.inset(0.02).meets(other.ink.inset(0.02)), "\(note) and \(other)")
                    }
                }
            }
        }
    }

    @Test("a name is written whole: in one line where it fits, smaller and in more lines where it does not")
    func wrapped() throws {
        func block(_ text: String) throws -> (lines: Int, size: Double, width: Double) {
            var result = (lines: 0, size: 0.0, width: 0.0)
            _ = try Sheet.png(CardFaces.card, dotsPerInch: 72) { canvas throws(DrawingRefusal) in
                let block = try canvas.fit(
                    text.uppercased(), Lettering(9.4, bold: true, Ink(0)), smallest: 4.6, in: Box(28, 40, 53, 3.6),
                    field: "Họ và tên")
                result = (block.lines, block.lettering.size, block.width)
            }
            return result
        }
        let short = try block("Nguyễn Thị Mẫu")
        #expect(short.lines == 1 && short.size == 9.4)
        let long = try block(FaceTests.sixty)
        #expect(long.lines == 2 && (4.6..<9.4).contains(long.size) && long.width <= 53)
        #expect(throws: DrawingRefusal.tooLong(field: "Họ và tên")) {
            try block(String(repeating: "Nghiêng ", count: 60))
        }
    }

    @Test("a letter that the font does not have is refused")
    func letters() throws {
        var content = try InventedCard.content()
        content.name = "Nguyễn 漢"
        #expect(throws: DrawingRefusal.letterMissing) { try CardFaces(content).png(.front) }
    }

    @Test("the zone has ten letters in an inch and stands in the lower part of the back")
    func zone() throws {
        let content = try InventedCard.content()
        let lines = try notes(of: content, .back).filter { content.zone.contains($0.text) }
        #expect(lines.map(\.text) == content.zone)
        for line in lines {
            #expect(abs(line.ink.width - 76.2) < 0.01)
            #expect(line.ink.y > CardFaces.card.bottom - 23.2 && line.ink.bottom < CardFaces.card.bottom - 4)
        }
    }
}

extension Box {
    fileprivate func meets(_ other: Box) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }
}
