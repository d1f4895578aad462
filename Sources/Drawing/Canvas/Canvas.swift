import CPango
import Civil

/// Mặt vẽ: a page in millimetres on which cairo draws; the same calls make PDF and PNG.
///
/// Lengths are millimetres from the upper left corner; sizes of letters are points.
package final class Canvas {
    /// The page in millimetres.
    package let page: Box
    let cairo: OpaquePointer
    let letters: OpaquePointer
    let fonts: FontSet
    /// What was written, with the ink that it takes; only kept while a test asks for it.
    package private(set) var written: [(text: String, ink: Box)]?

    /// Points in a millimetre.
    static let pointsPerMillimetre = 72 / 25.4

    /// - Parameters:
    ///   - surface: stays the caller's; what is drawn on it is scaled so that a unit is a point.
    ///   - scale: units of the surface in a point.
    init(_ page: Box, on surface: OpaquePointer, scale: Double, fonts: FontSet) throws(DrawingRefusal) {
        self.page = page
        self.fonts = fonts
        cairo = cairo_create(surface)
        cairo_scale(cairo, scale, scale)
        let options = cairo_font_options_create()
        // Letters keep their true shapes and widths, whatever the resolution.
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        letters = pango_cairo_create_context(cairo)
        pango_cairo_context_set_font_options(letters, options)
        pango_context_set_round_glyph_positions(letters, 0)
        cairo_font_options_destroy(options)
        // From here on deinit frees both, also when a font is missing.
        try fonts.check(in: letters)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(letters))
        cairo_destroy(cairo)
    }

    /// Keeps a note of everything that is written from now on.
    package func keepNotes() { written = [] }

    func note(_ text: String, _ ink: Box) { written?.append((text, ink)) }

    func points(_ millimetres: Double) -> Double { millimetres * Canvas.pointsPerMillimetre }

    func millimetres(pango units: Int32) -> Double {
        Double(units) / Double(PANGO_SCALE) / Canvas.pointsPerMillimetre
    }

    /// Ends the page and begins another of the same size.
    func nextPage() { cairo_show_page(cairo) }

    // MARK: Paths

    func move(to point: Point) { cairo_move_to(cairo, points(point.x), points(point.y)) }

    func line(to point: Point) { cairo_line_to(cairo, points(point.x), points(point.y)) }

    func curve(_ first: Point, _ second: Point, to end: Point) {
        cairo_curve_to(
            cairo, points(first.x), points(first.y), points(second.x), points(second.y), points(end.x), points(end.y))
    }

    func close() { cairo_close_path(cairo) }

    func line(from start: Point, to end: Point) {
        move(to: start)
        line(to: end)
    }

    func circle(_ centre: Point, radius: Double) {
        cairo_new_sub_path(cairo)
        cairo_arc(cairo, points(centre.x), points(centre.y), points(radius), 0, 2 * .pi)
        close()
    }

    func rectangle(_ box: Box) {
        cairo_rectangle(cairo, points(box.x), points(box.y), points(box.width), points(box.height))
    }

    func rounded(_ box: Box, radius: Double) {
        cairo_new_sub_path(cairo)
        let corners: [(x: Double, y: Double, from: Double)] = [
            (box.right - radius, box.y + radius, -.pi / 2), (box.right - radius, box.bottom - radius, 0),
            (box.x + radius, box.bottom - radius, .pi / 2), (box.x + radius, box.y + radius, .pi),
        ]
        for corner in corners {
            cairo_arc(
                cairo, points(corner.x), points(corner.y), points(radius), corner.from, corner.from + .pi / 2)
        }
        close()
    }

    // MARK: Painting

    private func use(_ ink: Ink) { cairo_set_source_rgba(cairo, ink.red, ink.green, ink.blue, ink.opacity) }

    /// Fills the path.
    func fill(_ ink: Ink) {
        use(ink)
        cairo_fill(cairo)
    }

    /// Draws along the path with a pen that is so many millimetres wide.
    func stroke(_ ink: Ink, width: Double, dashes: [Double] = []) {
        use(ink)
        cairo_set_line_width(cairo, points(width))
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND)
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
        cairo_set_dash(cairo, dashes.map(points), Int32(dashes.count), 0)
        cairo_stroke(cairo)
    }

    /// Fills the path with colours that change from one point to another.
    func fill(from start: Point, _ first: Ink, to end: Point, _ last: Ink, by way: [(at: Double, ink: Ink)] = []) {
        let pattern = cairo_pattern_create_linear(points(start.x), points(start.y), points(end.x), points(end.y))
        let stops: [(at: Double, ink: Ink)] = [(0, first)] + way + [(1, last)]
        for (at, ink) in stops {
            cairo_pattern_add_color_stop_rgba(pattern, at, ink.red, ink.green, ink.blue, ink.opacity)
        }
        cairo_set_source(cairo, pattern)
        cairo_fill(cairo)
        cairo_pattern_destroy(pattern)
    }

    /// Fills everything of the page that lies outside a rounded box: cheaper by far than to draw all within it.
    func fillOutside(_ box: Box, radius: Double, _ ink: Ink) {
        rectangle(page)
        rounded(box, radius: radius)
        cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD)
        fill(ink)
        cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING)
    }

    /// Draws hair lines along paths, each by itself: many at once are one large shape to be filled.
    func hairlines(_ paths: [() -> Void], _ ink: Ink, width: Double) {
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST)
        for path in paths {
            path()
            stroke(ink, width: width)
        }
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_DEFAULT)
    }

    /// Draws turned around a point, clockwise in degrees.
    func turned<Failure: Error>(_ degrees: Double, around point: Point, _ body: () throws(Failure) -> Void)
        throws(Failure)
    {
        cairo_save(cairo)
        defer { cairo_restore(cairo) }
        cairo_translate(cairo, points(point.x), points(point.y))
        cairo_rotate(cairo, degrees * .pi / 180)
        cairo_translate(cairo, -points(point.x), -points(point.y))
        try body()
    }

    // MARK: Pictures

    /// Fills a box with a picture, cut to the box's shape.
    ///
    /// - Parameters:
    ///   - opacity: how much is seen of it.
    ///   - fading: whether it fades away towards its edges.
    func picture(_ picture: Picture, in box: Box, opacity: Double = 1, fading: Bool = false) {
        cairo_save(cairo)
        defer { cairo_restore(cairo) }
        rectangle(box)
        cairo_clip(cairo)
        // As large as it must be to cover the box; what stands over is cut evenly, and more of it below.
        let scale = max(points(box.width) / Double(picture.width), points(box.height) / Double(picture.height))
        let left = points(box.middle.x) - Double(picture.width) * scale / 2
        let over = Double(picture.height) * scale - points(box.height)
        cairo_translate(cairo, left, points(box.y) - over / 3)
        cairo_scale(cairo, scale, scale)
        cairo_set_source_surface(cairo, picture.surface, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD)
        guard fading else {
            cairo_paint_with_alpha(cairo, opacity)
            return
        }
        let (x, y) = (Double(picture.width) / 2, points(box.height) / scale / 2 + over / 3 / scale)
        let reach = points(min(box.width, box.height)) / scale / 2
        let mask = cairo_pattern_create_radial(x, y, reach * 0.6, x, y, reach)
        cairo_pattern_add_color_stop_rgba(mask, 0, 0, 0, 0, opacity)
        cairo_pattern_add_color_stop_rgba(mask, 1, 0, 0, 0, 0)
        cairo_mask(cairo, mask)
        cairo_pattern_destroy(mask)
    }

    /// Fills boxes whose edges are the surface's own dots, without the greys between.
    func fillSharp(_ boxes: [Box], _ ink: Ink) {
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE)
        for box in boxes { rectangle(box) }
        fill(ink)
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_DEFAULT)
    }
}
