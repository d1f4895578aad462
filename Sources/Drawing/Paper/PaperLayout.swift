import Civil

/// Cách trình bày giấy tờ: a cursor that goes down the page and on to the next one.
struct PaperLayout {
    let paper: Paper
    let picture: Picture?
    let prints: [Picture]
    let code: SquareCode
    let canvas: Canvas
    private var y = 0.0

    private static let text = Ink(0x14213A)
    private static let muted = Ink(0x4A5B70)
    private static let rule = Ink(0xB8C4D0)
    private static let accent = Ink(0xB0232E)
    /// The height that the signatures need: who, then room for a hand.
    private static let signatureHeight = 30.0
    /// More than these signatures stand in rows of two, where whole names fit.
    private static let mostInRow = 3
    private static let rowSpace = 1.5

    init(paper: Paper, picture: Picture?, prints: [Picture], code: SquareCode, canvas: Canvas) {
        self.paper = paper
        self.picture = picture
        self.prints = prints
        self.code = code
        self.canvas = canvas
    }

    private var margin: Double { paper.size == .a4 ? 14 : 12 }
    private var right: Double { canvas.page.right - margin }
    private var width: Double { canvas.page.width - 2 * margin }
    private var bottom: Double { canvas.page.bottom - margin }

    mutating func draw() throws(DrawingRefusal) {
        try beginPage()
        try heading()
        try title()
        for section in paper.sections { try draw(section) }
        try drawPrints()
        for note in paper.notes { try draw(note) }
        try signatures()
    }

    // MARK: Pages

    private mutating func beginPage() throws(DrawingRefusal) {
        y = margin
        if paper.isSpecimen {
            let lettering = Lettering(
                paper.size == .a4 ? 64 : 44, bold: true, PaperLayout.accent.faded(0.06), align: .centre)
            try canvas.specimen(lettering, turned: -35, around: canvas.page.middle)
        }
        try canvas.fit(
            "\(paper.form) · \(paper.code)", Lettering(7, PaperLayout.muted, align: .centre), smallest: 5,
            in: Box(margin, canvas.page.bottom - margin / 2, width, 0), field: paper.form)
    }

    /// Goes on to a new page unless so much height is left.
    private mutating func need(_ height: Double) throws(DrawingRefusal) {
        guard y + height > bottom else { return }
        canvas.nextPage()
        try beginPage()
        y += 4
    }

    // MARK: Head

    private mutating func heading() throws(DrawingRefusal) {
        let half = width * 0.42
        let state = Box(right - width * 0.54, y + 3, width * 0.54, 0)
        try centred("BỘ CÔNG AN", 9, bold: false, in: Box(margin, y + 3, half, 0))
        let office = try canvas.fit(
            paper.office, Lettering(9, bold: true, PaperLayout.text, align: .centre), smallest: 6,
            in: Box(margin, y + 7.4, half, 8), field: "Cơ quan")
        try centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 9, bold: true, in: state)
        try centred("Độc lập - Tự do - Hạnh phúc", 9, bold: true, in: Box(state.x, y + 7.4, state.width, 0))
        let line = y + 9.4
        canvas.line(from: Point(state.middle.x - 20, line), to: Point(state.middle.x + 20, line))
        canvas.stroke(PaperLayout.text, width: 0.2)
        y += 14 + office.drop
    }

    private func centred(_ text: String, _ size: Double, bold: Bool, in box: Box) throws(DrawingRefusal) {
        try canvas.fit(
            text, Lettering(size, bold: bold, PaperLayout.text, align: .centre), smallest: 5, in: box, field: text)
    }

    private mutating func title() throws(DrawingRefusal) {
        let side = 18.0
        let top = y + 2
        canvas.code(
            code, in: Box(margin + 1.6, top + 1.6, side, side), ink: Ink(0x101820), panel: Ink(0xFFFFFF))
        let portrait = CardFaces.portrait
        if let picture {
            let box = Box(right - portrait.width, top, portrait.width, portrait.height)
            canvas.picture(picture, in: box)
            canvas.rectangle(box)
            canvas.stroke(PaperLayout.rule, width: 0.15)
        }
        let left = margin + side + 6
        let middle = Box(left, top + 5, width - 2 * (side + 6), 0)
        try canvas.fit(
            paper.form, Lettering(9, bold: true, PaperLayout.accent, spacing: 80, align: .centre), smallest: 7,
            in: middle, field: paper.form)
        let name = try canvas.fit(
            paper.title.vietnamese.uppercased(), Lettering(14, bold: true, PaperLayout.text, align: .centre),
            smallest: 9, in: Box(middle.x, middle.y + 7, middle.width, 9), field: paper.title.vietnamese)
        let english = middle.y + 7 + name.drop + 5.4
        try canvas.fit(
            paper.title.english, Lettering(9, PaperLayout.muted, align: .centre), smallest: 6,
            in: Box(middle.x, english, middle.width, 0), field: paper.title.english)
        try canvas.fit(
            "\(paper.codeLabel.vietnamese) / \(paper.codeLabel.english): \(paper.code)",
            Lettering(8, PaperLayout.muted, align: .centre), smallest: 5,
            in: Box(middle.x, english + 5.4, middle.width, 0), field: paper.codeLabel.vietnamese)
        y = max(top + (picture == nil ? side + 5 : portrait.height + 2), english + 9)
    }

    // MARK: Body

    private mutating func draw(_ section: Paper.Section) throws(DrawingRefusal) {
        try need(14)
        y += 5.2
        try canvas.write(
            section.title.vietnamese, Lettering(9.6, bold: true, PaperLayout.accent), at: Point(margin, y))
        let shift = try canvas.block(section.title.vietnamese, Lettering(9.6, bold: true, PaperLayout.accent)).width
        try canvas.write(
            section.title.english, Lettering(8, PaperLayout.muted), at: Point(margin + shift + 2.4, y))
        y += 1.8
        canvas.line(from: Point(margin, y), to: Point(right, y))
        canvas.stroke(PaperLayout.accent.faded(0.6), width: 0.2)
        for row in section.rows { try draw(row) }
    }

    private mutating func draw(_ row: Paper.Row) throws(DrawingRefusal) {
        let labelWidth = width * 0.44
        let size = row.isStrong ? 11.0 : 9.4
        let label = try canvas.block(row.label.vietnamese, Lettering(8.4, PaperLayout.text), width: labelWidth)
        let english = try canvas.block(row.label.english, Lettering(6.6, PaperLayout.muted), width: labelWidth)
        let value = try canvas.block(
            row.value ?? "", Lettering(size, bold: row.isStrong, PaperLayout.text), width: width - labelWidth - 3,
            breakingWords: true)
        // Both languages on one line where there is room for them.
        let shift = label.width + 1.8
        let isOneLine = label.lines == 1 && shift + english.width <= labelWidth
        let labels = isOneLine ? 0 : label.drop + english.drop + 2.7
        let height = max(labels, value.drop) + 3.6 + PaperLayout.rowSpace
        try need(height)
        let first = y + 3.6
        canvas.write(label, at: Point(margin, first), width: labelWidth)
        canvas.write(
            english, at: isOneLine ? Point(margin + shift, first) : Point(margin, first + label.drop + 2.7),
            width: labelWidth)
        canvas.write(value, at: Point(margin + labelWidth + 3, first), width: width - labelWidth - 3)
        y += height
        canvas.line(from: Point(margin, y), to: Point(right, y))
        canvas.stroke(PaperLayout.rule, width: 0.1)
    }

    /// Fingers of 22 × 25 mm beside each other, as on the certificate of identity.
    private mutating func drawPrints() throws(DrawingRefusal) {
        guard !prints.isEmpty else { return }
        let (breadth, height, gap) = (22.0, 25.0, 8.0)
        try need(height + 12)
        for (place, picture) in prints.enumerated() {
            let box = Box(margin + Double(place) * (breadth + gap), y + 3, breadth, height)
            canvas.picture(picture, in: box)
            canvas.rectangle(box)
            canvas.stroke(PaperLayout.rule, width: 0.15)
            let label = paper.prints[place].label
            try canvas.fit(
                label.vietnamese, Lettering(7, PaperLayout.text, align: .centre), smallest: 5,
                in: Box(box.x - gap / 2, box.bottom + 3.4, breadth + gap, 0), field: label.vietnamese)
        }
        y += height + 9
    }

    private mutating func draw(_ note: Sentence) throws(DrawingRefusal) {
        let vietnamese = try canvas.block(note.vietnamese, Lettering(8.6, PaperLayout.text), width: width)
        let english = try canvas.block(note.english, Lettering(7.4, PaperLayout.muted), width: width)
        let height = vietnamese.drop + english.drop + 8.4
        try need(height)
        canvas.write(vietnamese, at: Point(margin, y + 5), width: width)
        canvas.write(english, at: Point(margin, y + 5 + vietnamese.drop + 3.4), width: width)
        y += height + 0.6
    }

    private mutating func signatures() throws(DrawingRefusal) {
        let perRow = paper.signatures.count > PaperLayout.mostInRow ? 2 : max(1, paper.signatures.count)
        for start in stride(from: 0, to: paper.signatures.count, by: perRow) {
            let row = paper.signatures[start..<min(start + perRow, paper.signatures.count)]
            try signatures(Array(row), column: width / Double(perRow))
        }
    }

    private mutating func signatures(_ row: [Sentence], column: Double) throws(DrawingRefusal) {
        try need(PaperLayout.signatureHeight)
        for (place, who) in row.enumerated() {
            let box = Box(margin + Double(place) * column + 1, y + 8, column - 2, 0)
            try centred(who.vietnamese, 9, bold: true, in: box)
            try canvas.fit(
                who.english, Lettering(7.4, PaperLayout.muted, align: .centre), smallest: 5,
                in: Box(box.x, box.y + 3.8, box.width, 0), field: who.english)
            try canvas.fit(
                "(ký, ghi rõ họ tên / signature and name)", Lettering(7, PaperLayout.muted, align: .centre),
                smallest: 5, in: Box(box.x, box.y + 7.4, box.width, 0), field: who.english)
        }
        y += PaperLayout.signatureHeight
    }
}
