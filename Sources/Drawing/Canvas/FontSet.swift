import CPango

/// Bộ phông chữ: the fonts that are drawn with, each by the name under which fontconfig knows it.
package struct FontSet: Hashable, Sendable {
    /// One font: its family, and the Debian package that brings it.
    package struct Font: Hashable, Sendable {
        package let family: String
        package let package: String

        package init(family: String, package: String) {
            self.family = family
            self.package = package
        }
    }

    /// For everything but the zone: all letters of Vietnamese and of the peoples of Vietnam.
    package var text: Font
    /// For the zone: OCR-B of ISO 1073-2.
    package var zone: Font

    package init(text: Font, zone: Font) {
        self.text = text
        self.zone = zone
    }

    /// Free fonts as Debian ships them.
    package static let standard = FontSet(
        text: Font(family: "Noto Sans", package: "fonts-noto-core"),
        zone: Font(family: "OCR B", package: "fonts-ocr-b"))

    /// Refuses when a font is not on this machine, before anything is drawn.
    package func check() throws(DrawingRefusal) {
        guard let context = pango_font_map_create_context(pango_cairo_font_map_get_default()) else {
            throw .surfaceFailed("fonts")
        }
        defer { g_object_unref(UnsafeMutableRawPointer(context)) }
        try check(in: context)
    }

    /// The same for a canvas: fontconfig would silently take another font.
    func check(in context: OpaquePointer) throws(DrawingRefusal) {
        for (font, weight) in [(text, PANGO_WEIGHT_NORMAL), (text, PANGO_WEIGHT_BOLD), (zone, PANGO_WEIGHT_NORMAL)] {
            let wanted = FontSet.description(font, weight, size: 10)
            defer { pango_font_description_free(wanted) }
            guard let found = pango_context_load_font(context, wanted) else { throw font.missing }
            defer { g_object_unref(UnsafeMutableRawPointer(found)) }
            let actual = pango_font_describe(found)
            defer { pango_font_description_free(actual) }
            guard let family = pango_font_description_get_family(actual), String(cString: family) == font.family,
                pango_font_description_get_weight(actual) == weight
            else { throw font.missing }
        }
    }

    static func description(_ font: Font, _ weight: PangoWeight, size: Double) -> OpaquePointer? {
        let description = pango_font_description_new()
        pango_font_description_set_family(description, font.family)
        pango_font_description_set_weight(description, weight)
        // Absolute, so that no resolution that Pango assumes comes in between.
        pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
        return description
    }
}

extension FontSet.Font {
    fileprivate var missing: DrawingRefusal { .fontMissing(family: family, package: package) }
}
