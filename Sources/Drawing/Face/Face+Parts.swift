import Civil

/// The parts of which both designs are made.
extension Face {
    // MARK: Ground

    func background(_ side: CardFaces.Side) throws(DrawingRefusal) {
        let card = CardFaces.card
        canvas.rectangle(card)
        canvas.fill(
            from: Point(0, 0), palette.ground.first, to: Point(card.right, card.bottom), palette.ground.last,
            by: [(0.55, palette.ground.middle)])
        let phase = side == .front ? 0.4 : 2.1
        Guilloche.waves(on: canvas, palette.lines.first.faded(0.34), count: 34, phase: phase, width: 0.07)
        Guilloche.waves(on: canvas, palette.lines.second.faded(0.3), count: 28, phase: phase + 2.4, width: 0.07)
        let rose = side == .front ? Point(58, 33) : Point(44, 17)
        Guilloche.rose(
            on: canvas, at: rose, radius: 15, petals: 12, curves: 6, palette.lines.second.faded(0.34), width: 0.07)
        if content.isSpecimen { try specimen(side) }
    }

    /// Mẫu: across the face and beneath what is read, so that it hides nothing.
    private func specimen(_ side: CardFaces.Side) throws(DrawingRefusal) {
        let (middle, size) = side == .front ? (Point(54.5, 36), 17.5) : (Point(41, 14.5), 12)
        let lettering = Lettering(size, bold: true, palette.title.faded(0.13), spacing: 60, align: .centre)
        try canvas.specimen(lettering, turned: -16, around: middle)
    }

    // MARK: Heading

    func emblem(_ centre: Point) {
        // Ø 12 mm.
        let gold = Ink(0xC8963E)
        canvas.circle(centre, radius: 6)
        canvas.fill(palette.title.faded(0.08))
        Guilloche.rose(on: canvas, at: centre, radius: 6, petals: 24, curves: 4, gold, width: 0.09)
        canvas.circle(centre, radius: 3.75)
        canvas.fill(Ink(0xFFFDF6))
        canvas.circle(centre, radius: 3.75)
        canvas.stroke(gold, width: 0.16)
        Guilloche.lotus(on: canvas, at: Point(centre.x, centre.y + 0.2), size: 4.6, palette.title, width: 0.2)
    }

    /// Quốc hiệu, tiêu ngữ, in both languages, centred in a strip.
    func state(in strip: Box, size: Double) throws(DrawingRefusal) {
        let lines = [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size, true), ("Độc lập - Tự do - Hạnh phúc", size * 0.94, true),
            ("SOCIALIST REPUBLIC OF VIET NAM", size * 0.76, false),
            ("Independence - Freedom - Happiness", size * 0.76, false),
        ]
        var y = strip.y
        for (text, size, bold) in lines {
            let block = try canvas.fit(
                text, Lettering(size, bold: bold, palette.heading, align: .centre), smallest: 3,
                in: Box(strip.x, y, strip.width, 0), field: text)
            y += block.lettering.size * 0.47
        }
    }

    func title(_ vietnamese: String, _ english: String, middle: Point, size: Double) throws(DrawingRefusal) {
        try canvas.write(
            vietnamese, Lettering(size, bold: true, palette.title, spacing: 30, align: .centre), at: middle)
        try canvas.write(
            english, Lettering(size * 0.5, bold: true, palette.title, spacing: 60, align: .centre),
            at: Point(middle.x, middle.y + size * 0.25))
    }

    // MARK: Fields

    private var labelSize: Double { content.design == .citizenCard2021 ? 4.4 : 4.9 }

    /// A label with its value beneath; the value takes the place that it is given and no more.
    ///
    /// - Parameters:
    ///   - drop: how far beneath its first baseline the value's last one may lie.
    ///   - isStacked: whether the English label stands beneath the Vietnamese one, where both are too long for a line.
    ///   - isDigits: whether the value has no marks above its letters.
    func field(
        _ label: Sentence, _ value: String?, at place: Point, width: Double, size: Double = 7.4, smallest: Double = 4.4,
        drop: Double = 0, isStacked: Bool = false, isDigits: Bool = false, spacing: Double = 0
    ) throws(DrawingRefusal) {
        let under = try self.label(label, at: place, width: width, isStacked: isStacked)
        guard let value, !value.isEmpty else { return }
        // Two marks on a capital reach a little over the size.
        let step = isDigits ? 1.6 + size * 0.26 : 0.5 + size * 0.37
        try canvas.fit(
            value, Lettering(size, bold: true, palette.value, spacing: spacing), smallest: smallest,
            in: Box(place.x, under + step, width, drop), field: label.vietnamese)
    }

    /// Writes a label; its last baseline.
    @discardableResult
    func label(
        _ label: Sentence, at place: Point, width: Double, isStacked: Bool = false, align: Lettering.Align = .left
    ) throws(DrawingRefusal) -> Double {
        let text = isStacked ? label.vietnamese : "\(label.vietnamese) / \(label.english)"
        try canvas.fit(
            text, Lettering(labelSize, palette.label, align: align), smallest: 3.4,
            in: Box(place.x, place.y, width, 0), field: label.vietnamese)
        guard isStacked else { return place.y }
        try canvas.fit(
            label.english, Lettering(labelSize - 0.7, palette.label, align: align), smallest: 3,
            in: Box(place.x, place.y + 1.6, width, 0), field: label.vietnamese)
        return place.y + 1.6
    }

    // MARK: Pictures

    /// Ảnh chân dung 20 × 30 mm; where none is taken, the place says so.
    func portrait(at corner: Point) throws(DrawingRefusal) {
        let box = Box(corner.x, corner.y, CardFaces.portrait.width, CardFaces.portrait.height)
        if let picture {
            canvas.picture(picture, in: box)
            canvas.rectangle(box)
            canvas.stroke(palette.label.faded(0.55), width: 0.12)
            return
        }
        canvas.rectangle(box)
        canvas.fill(Ink(0xFFFFFF, opacity: 0.35))
        canvas.rectangle(box.inset(0.1))
        canvas.stroke(palette.label.faded(0.5), width: 0.12, dashes: [0.6, 0.8])
        let middle = Point(box.middle.x, box.middle.y - 2)
        Guilloche.lotus(on: canvas, at: middle, size: 9, palette.label.faded(0.55), width: 0.16)
        for (line, text) in ["Không thu ảnh", "(dưới 6 tuổi)", "No portrait (under six)"].enumerated() {
            try canvas.fit(
                text, Lettering(4.6, palette.label, align: .centre), smallest: 3.4,
                in: Box(box.x + 0.8, box.middle.y + 6.4 + Double(line) * 2.1, box.width - 1.6, 0), field: text)
        }
    }

    /// Ảnh mờ: the portrait once more, small and let through.
    func ghost(in box: Box) {
        guard let picture else { return }
        canvas.picture(picture, in: box, opacity: 0.45, fading: true)
    }

    func squareCode(at corner: Point) {
        canvas.code(
            code, in: Box(corner.x, corner.y, CardFaces.codeSide, CardFaces.codeSide), ink: Ink(0x101820),
            panel: Ink(0xFFFFFF))
    }

    // MARK: Chip

    /// The sign of a document with a chip (ICAO Doc 9303-9).
    func chipSign(_ box: Box) {
        let ink = palette.heading
        let radius = box.height * 0.27
        canvas.rounded(box, radius: 0.25)
        canvas.stroke(ink, width: 0.4)
        canvas.line(from: Point(box.x, box.middle.y), to: Point(box.middle.x - radius, box.middle.y))
        canvas.line(from: Point(box.middle.x + radius, box.middle.y), to: Point(box.right, box.middle.y))
        canvas.circle(box.middle, radius: radius)
        canvas.stroke(ink, width: 0.4)
    }

    /// Chip: its contacts where ISO/IEC 7816-2 has them.
    func chip() {
        let gold = Ink(0x9A7424)
        let box = Box(8.7, 18.2, 12.8, 11.4)
        canvas.rounded(box, radius: 1.5)
        canvas.fill(
            from: Point(box.x, box.y), Ink(0xE9CF8A), to: Point(box.right, box.bottom), Ink(0xCFA850),
            by: [(0.5, Ink(0xF6E7B8))])
        canvas.rounded(box, radius: 1.5)
        let core = Box(box.middle.x - 2, box.middle.y - 2.6, 4, 5.2)
        canvas.rounded(core, radius: 0.9)
        for row in [-1.3, 1.3] {
            let y = box.middle.y + row * 1.05
            canvas.line(from: Point(box.x, y), to: Point(core.x, y))
            canvas.line(from: Point(core.right, y), to: Point(box.right, y))
        }
        for x in [core.x + 0.9, core.right - 0.9] {
            canvas.line(from: Point(x, box.y), to: Point(x, core.y))
            canvas.line(from: Point(x, core.bottom), to: Point(x, box.bottom))
        }
        canvas.stroke(gold, width: 0.16)
    }

    // MARK: Zone

    func zone() throws(DrawingRefusal) {
        let card = CardFaces.card
        let top = card.bottom - Zone.ground
        let white = Ink(0xFFFFFF)
        canvas.rectangle(Box(0, top, card.width, Zone.ground))
        canvas.fill(
            from: Point(0, top), white.faded(0), to: Point(0, card.bottom), white.faded(0.6),
            by: [(0.14, white.faded(0.6))])
        for (line, text) in content.zone.enumerated() {
            let y = card.bottom - Zone.lastMiddle - Double(content.zone.count - 1 - line) * Zone.lineStep
            try canvas.zone(text, from: Zone.left, middle: y, ink: Ink(0x0A0F16))
        }
    }
}

/// Vùng đọc máy: where the zone of a card stands (ICAO Doc 9303-3 and 9303-5, TD1), in millimetres.
enum Zone {
    /// Ten letters in an inch.
    static let pitch = 2.54
    /// The height of capitals of OCR-B, size 1.
    static let height = 2.54
    /// Points at which the font's letters are a pitch wide: 0.723 of the size.
    static let size = 9.958
    /// From the left edge to the first cell.
    static let left = 4.7
    /// Between the middles of lines.
    static let lineStep = 4.3
    /// From the lower edge to the middle of the last line.
    static let lastMiddle = 7.0
    /// The part of the back that is left to the zone, from the lower edge.
    static let ground = 20.4
}
