import CPango
import Civil

/// Kiểu chữ: how something is written.
package struct Lettering: Hashable, Sendable {
    enum Align: Hashable, Sendable { case left, centre, right }

    /// In points.
    var size: Double
    var isBold = false
    var ink: Ink
    /// Space between letters, in thousandths of the size.
    var spacing = 0.0
    var align = Align.left

    init(_ size: Double, bold: Bool = false, _ ink: Ink, spacing: Double = 0, align: Align = .left) {
        self.size = size
        isBold = bold
        self.ink = ink
        self.spacing = spacing
        self.align = align
    }

    /// The distance of baselines, in sizes: two marks on a capital stay clear of the letters above.
    static let pitch = 1.28
}

/// Chữ đã xếp: a text in lines, with what it takes; drawn where it is wanted.
package final class Block {
    let layout: OpaquePointer
    let text: String
    let lettering: Lettering
    /// How many lines it has.
    package let lines: Int
    /// Millimetres from the first baseline to the last.
    package let drop: Double
    /// The width of its longest line, in millimetres.
    package let width: Double
    fileprivate let baseline: Int32

    fileprivate init(
        _ text: String, _ lettering: Lettering, width limit: Double?, breakingWords: Bool, on canvas: Canvas
    ) throws(DrawingRefusal) {
        // Marks that stand apart from their letters are composed: fonts place those they know.
        let text = NormalForm.nfc(text)
        let fonts = canvas.fonts
        let layout: OpaquePointer = pango_layout_new(canvas.letters)
        self.layout = layout
        self.text = text
        self.lettering = lettering
        let description = FontSet.description(
            fonts.text, lettering.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL, size: lettering.size)
        pango_layout_set_font_description(layout, description)
        pango_font_description_free(description)
        Block.setAttributes(of: layout, lettering)
        pango_layout_set_text(layout, text, -1)
        if let limit {
            pango_layout_set_width(layout, Int32(canvas.points(limit) * Double(PANGO_SCALE)))
            pango_layout_set_wrap(layout, breakingWords ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD)
        }
        let alignment: [Lettering.Align: PangoAlignment] = [
            .left: PANGO_ALIGN_LEFT, .centre: PANGO_ALIGN_CENTER, .right: PANGO_ALIGN_RIGHT,
        ]
        pango_layout_set_alignment(layout, alignment[lettering.align] ?? PANGO_ALIGN_LEFT)
        lines = Int(pango_layout_get_line_count(layout))
        // Pango measures lines from the font's own height, which leaves room for every script; ours is Vietnamese.
        if let line = pango_layout_get_line_readonly(layout, 0) {
            var natural = PangoRectangle()
            pango_layout_line_get_extents(line, nil, &natural)
            let wanted = lettering.size * Lettering.pitch * Double(PANGO_SCALE)
            if natural.height > 0 { pango_layout_set_line_spacing(layout, Float(wanted / Double(natural.height))) }
        }
        drop = Double(lines - 1) * lettering.size * Lettering.pitch / Canvas.pointsPerMillimetre
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, nil, &logical)
        width = canvas.millimetres(pango: logical.width)
        baseline = pango_layout_get_baseline(layout)
        guard pango_layout_get_unknown_glyphs_count(layout) == 0 else { throw .letterMissing }
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    fileprivate static func setAttributes(of layout: OpaquePointer, _ lettering: Lettering) {
        let attributes = pango_attr_list_new()
        pango_attr_list_insert(attributes, pango_attr_fallback_new(0))
        pango_attr_list_insert(
            attributes,
            pango_attr_letter_spacing_new(Int32(lettering.spacing / 1_000 * lettering.size * Double(PANGO_SCALE))))
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
    }
}

extension Canvas {
    /// A text in lines that are no longer than a width in millimetres; in one line without.
    package func block(
        _ text: String, _ lettering: Lettering, width: Double? = nil, breakingWords: Bool = false
    ) throws(DrawingRefusal) -> Block {
        try Block(text, lettering, width: width, breakingWords: breakingWords, on: self)
    }

    /// Writes a block with its first baseline at a point: its left end, middle or right end, as it is aligned.
    func write(_ block: Block, at point: Point, width: Double? = nil) {
        var x = point.x
        if width == nil {
            switch block.lettering.align {
            case .left: break
            case .centre: x -= block.width / 2
            case .right: x -= block.width
            }
        }
        let ink = block.lettering.ink
        cairo_set_source_rgba(cairo, ink.red, ink.green, ink.blue, ink.opacity)
        cairo_move_to(cairo, points(x), points(point.y) - Double(block.baseline) / Double(PANGO_SCALE))
        pango_cairo_show_layout(cairo, block.layout)
        cairo_new_path(cairo)
        guard written != nil else { return }
        var rectangle = PangoRectangle()
        pango_layout_get_extents(block.layout, &rectangle, nil)
        note(
            block.text,
            Box(
                x + millimetres(pango: rectangle.x), point.y + millimetres(pango: rectangle.y - block.baseline),
                millimetres(pango: rectangle.width), millimetres(pango: rectangle.height)))
    }

    /// Mẫu: the word across a face or paper, as outlines, so that nobody who takes the text out finds it in between.
    func specimen(_ lettering: Lettering, turned degrees: Double, around middle: Point) throws(DrawingRefusal) {
        let block = try self.block("MẪU / SPECIMEN", lettering)
        turned(degrees, around: middle) {
            // Capitals are 0.714 of the size high.
            let baseline = points(middle.y) + lettering.size * 0.357
            let left = points(middle.x - block.width / 2)
            cairo_move_to(cairo, left, baseline - Double(block.baseline) / Double(PANGO_SCALE))
            pango_cairo_layout_path(cairo, block.layout)
            fill(lettering.ink)
        }
        note(block.text, page)
    }

    /// Writes one line.
    func write(_ text: String, _ lettering: Lettering, at point: Point) throws(DrawingRefusal) {
        write(try block(text, lettering), at: point)
    }

    /// Chữ vừa chỗ: writes a text as large as its place allows, by one rule for all.
    ///
    /// In one line down to four fifths of the size; else in as many lines as the place holds, at the largest size that
    /// fits; a word alone that is longer than the place is parted. Below the smallest size it is refused: nothing is
    /// cut and nothing stands over.
    ///
    /// - Parameters:
    ///   - place: its upper edge is the first baseline, its height the most from there to the last.
    ///   - smallest: in points.
    ///   - field: what the text is called in a refusal.
    @discardableResult
    func fit(
        _ text: String, _ lettering: Lettering, smallest: Double, in place: Box, field: String
    ) throws(DrawingRefusal) -> Block {
        let block = try fitted(text, lettering, smallest: smallest, in: place, field: field)
        let y = place.y - Canvas.rise(of: block, from: lettering)
        let x: Double =
            switch block.lettering.align {
            case .left: place.x
            case .centre: block.lines > 1 ? place.x : place.middle.x
            case .right: block.lines > 1 ? place.x : place.right
            }
        write(block, at: Point(x, y), width: block.lines > 1 ? place.width : nil)
        return block
    }

    /// Lines of smaller letters begin higher, under what stands above; a single line keeps its baseline.
    private static func rise(of block: Block, from lettering: Lettering) -> Double {
        block.lines > 1 ? (lettering.size - block.lettering.size) * 0.37 : 0
    }

    private func fitted(
        _ text: String, _ lettering: Lettering, smallest: Double, in place: Box, field: String
    ) throws(DrawingRefusal) -> Block {
        let sizes = stride(from: lettering.size, through: smallest, by: -0.25).map { $0 }
        func sized(_ size: Double) -> Lettering {
            var copy = lettering
            copy.size = size
            return copy
        }
        for size in sizes where size >= lettering.size * 0.8 {
            let line = try block(text, sized(size))
            if line.width <= place.width { return line }
        }
        for breaking in [false, true] {
            for size in sizes {
                let lines = try block(text, sized(size), width: place.width, breakingWords: breaking)
                let room = place.height + Canvas.rise(of: lines, from: lettering)
                if lines.drop <= room, lines.width <= place.width { return lines }
            }
        }
        throw .tooLong(field: field)
    }

    // MARK: Zone

    /// Writes a line of the zone as outlines, each letter in a cell of its own: OCR-B of size 1 has ten in an inch.
    ///
    /// Outlines, because cairo 1.16 embeds Debian's font so that a PDF is damaged.
    func zone(_ line: String, from x: Double, middle y: Double, ink: Ink) throws(DrawingRefusal) {
        let layout: OpaquePointer = pango_layout_new(letters)
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        let description = FontSet.description(fonts.zone, PANGO_WEIGHT_NORMAL, size: Zone.size)
        pango_layout_set_font_description(layout, description)
        pango_font_description_free(description)
        Block.setAttributes(of: layout, Lettering(Zone.size, ink))
        for (place, sign) in line.enumerated() {
            pango_layout_set_text(layout, String(sign), -1)
            guard pango_layout_get_unknown_glyphs_count(layout) == 0 else { throw .letterMissing }
            var extents = PangoRectangle()
            pango_layout_get_extents(layout, nil, &extents)
            let middle = points(x + (Double(place) + 0.5) * Zone.pitch)
            let baseline = Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE)
            cairo_move_to(
                cairo, middle - Double(extents.width) / Double(PANGO_SCALE) / 2,
                points(y + Zone.height / 2) - baseline)
            pango_cairo_layout_path(cairo, layout)
        }
        fill(ink)
        note(line, Box(x, y - Zone.height / 2, Double(line.count) * Zone.pitch, Zone.height))
    }
}
