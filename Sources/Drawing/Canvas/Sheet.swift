import CPango
import Civil

/// Tờ vẽ: how a page becomes a file.
package enum Sheet {
    /// Dots in an inch of a picture of a card.
    package static let dotsPerInch = 600.0

    /// A PDF file whose pages are so large in millimetres.
    ///
    /// - Parameters:
    ///   - made: the day that the file says it was made; the same content gives the same bytes.
    ///   - draw: draws the pages, `nextPage` between them.
    package static func pdf(
        _ page: Box, title: String, made: Instant, fonts: FontSet = .standard,
        _ draw: (Canvas) throws(DrawingRefusal) -> Void
    ) throws(DrawingRefusal) -> [UInt8] {
        let file = GrowingBytes()
        let surface = cairo_pdf_surface_create_for_stream(
            GrowingBytes.write, Unmanaged.passUnretained(file).toOpaque(),
            page.width * Canvas.pointsPerMillimetre, page.height * Canvas.pointsPerMillimetre)
        guard let surface else { throw .surfaceFailed("pdf") }
        defer { cairo_surface_destroy(surface) }
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Dancu")
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, String(made.iso.prefix(19)) + "Z")
        do {
            let canvas = try Canvas(page, on: surface, scale: 1, fonts: fonts)
            try draw(canvas)
            canvas.nextPage()
        }
        cairo_surface_finish(surface)
        try check(surface)
        return file.bytes
    }

    /// A PNG file of one page, with its resolution.
    package static func png(
        _ page: Box, dotsPerInch: Double = dotsPerInch, fonts: FontSet = .standard,
        _ draw: (Canvas) throws(DrawingRefusal) -> Void
    ) throws(DrawingRefusal) -> [UInt8] {
        let dots = dotsPerInch / 25.4
        let (width, height) = (Int((page.width * dots).rounded()), Int((page.height * dots).rounded()))
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        guard let surface else { throw .surfaceFailed("image") }
        defer { cairo_surface_destroy(surface) }
        let canvas = try Canvas(page, on: surface, scale: dotsPerInch / 72, fonts: fonts)
        // Paper is white; what is drawn on it may be let through.
        canvas.rectangle(page)
        canvas.fill(Ink(0xFFFFFF))
        try draw(canvas)
        try check(surface)
        return try PNGFile.bytes(of: surface, dotsPerInch: dotsPerInch)
    }

    static func check(_ surface: OpaquePointer) throws(DrawingRefusal) {
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw .surfaceFailed(String(cString: cairo_status_to_string(status)))
        }
    }
}

/// A file that grows while cairo writes it.
final class GrowingBytes {
    var bytes: [UInt8] = []

    /// The function that cairo calls, with this object as its closure.
    static let write: cairo_write_func_t = { closure, data, length in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<GrowingBytes>.fromOpaque(closure).takeUnretainedValue().bytes
            .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
        return CAIRO_STATUS_SUCCESS
    }
}
