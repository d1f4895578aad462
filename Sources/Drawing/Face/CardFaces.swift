import Civil

/// Hai mặt thẻ: the faces of one card, drawn at true size (ISO/IEC 7810 ID-1).
package struct CardFaces {
    /// 85.60 × 53.98 mm.
    package static let card = Box(0, 0, 85.6, 53.98)
    /// The radius of the corners.
    static let corner = 3.18
    /// How far everything that is read stands from the edges.
    static let margin = 4.2
    /// Mã QR: 18 × 18 mm (Thông tư 16/2024/TT-BCA).
    static let codeSide = 18.0
    /// Ảnh: 20 × 30 mm.
    static let portrait = (width: 20.0, height: 30.0)

    /// One side of a card.
    package enum Side: String, CaseIterable, Sendable { case front, back }

    package let content: FaceContent
    let fonts: FontSet
    private let picture: Picture?
    private let code: SquareCode

    /// Prepares the faces: decodes the portrait and makes the square code.
    package init(_ content: FaceContent, fonts: FontSet = .standard) throws(DrawingRefusal) {
        self.content = content
        self.fonts = fonts
        if let portrait = content.portrait {
            picture = try Picture(jpeg: portrait)
        } else {
            picture = nil
        }
        code = try SquareCode(content.code)
    }

    /// Both faces as PDF, the front first.
    package func pdf() throws(DrawingRefusal) -> [UInt8] {
        let title = content.isSpecimen ? "Thẻ mẫu / Specimen card" : "Thẻ căn cước / Identity card"
        let made = Instant(startOf: content.issued)
        return try Sheet.pdf(CardFaces.card, title: title, made: made, fonts: fonts) { canvas throws(DrawingRefusal) in
            try draw(.front, on: canvas)
            canvas.nextPage()
            try draw(.back, on: canvas)
        }
    }

    /// One face as PNG at 600 dots an inch: 2022 × 1275.
    package func png(_ side: Side) throws(DrawingRefusal) -> [UInt8] {
        try Sheet.png(CardFaces.card, fonts: fonts) { canvas throws(DrawingRefusal) in try draw(side, on: canvas) }
    }

    /// Draws one face within the card's outline.
    package func draw(_ side: Side, on canvas: Canvas) throws(DrawingRefusal) {
        let face = Face(content: content, picture: picture, code: code, canvas: canvas)
        try face.background(side)
        canvas.fillOutside(CardFaces.card, radius: CardFaces.corner, Ink(0xFFFFFF))
        switch (content.design, side) {
        case (.citizenCard2021, .front): try face.front2021()
        case (.citizenCard2021, .back): try face.back2021()
        case (.identityCard2024, .front): try face.front2024()
        case (.identityCard2024, .back): try face.back2024()
        }
    }
}

/// Một mặt thẻ: one face on its canvas; the designs draw themselves in extensions, out of the same parts.
struct Face {
    let content: FaceContent
    let picture: Picture?
    let code: SquareCode
    let canvas: Canvas

    var palette: Palette { Palette.of(content.design) }
}

/// Bảng màu: the colours of a design.
struct Palette: Sendable {
    /// What is read: names, numbers, dates.
    let value: Ink
    /// What says what stands where.
    let label: Ink
    /// The title and the seal.
    let title: Ink
    let heading: Ink
    /// The ground from the upper left to the lower right.
    let ground: (first: Ink, middle: Ink, last: Ink)
    /// The lines on the ground.
    let lines: (first: Ink, second: Ink)

    static func of(_ design: FaceDesign) -> Palette {
        switch design {
        case .citizenCard2021: green
        case .identityCard2024: blue
        }
    }

    private static let green = Palette(
        value: Ink(0x17202B), label: Ink(0x3F5A52), title: Ink(0xB0232E), heading: Ink(0x24332F),
        ground: (Ink(0xE3F1E6), Ink(0xF4F3E4), Ink(0xF8E6DC)), lines: (Ink(0x6FAE8C), Ink(0xD79A86)))
    private static let blue = Palette(
        value: Ink(0x14213A), label: Ink(0x3D5870), title: Ink(0xB0232E), heading: Ink(0x22304A),
        ground: (Ink(0xDDEEF4), Ink(0xF3F5EC), Ink(0xFAEBD3)), lines: (Ink(0x5F9DBA), Ink(0xD9AE6B)))
}
