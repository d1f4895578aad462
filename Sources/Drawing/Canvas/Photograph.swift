import CPango
import CTurboJPEG

/// Ảnh chụp: a photograph as a camera or a person gives it, JPEG or PNG, made into a JPEG of limited sides and bytes.
package struct Photograph: Hashable, Sendable {
    package let image: [UInt8]
    package let width: Int
    package let height: Int

    /// A file of more bytes, or a picture of more dots, is not opened.
    package static let mostBytes = 12 << 20
    private static let mostDots = 40_000_000
    /// Tried in turn until the file is small enough.
    private static let qualities: [Int32] = [92, 85, 78, 70, 60, 50, 40]

    /// - Parameters:
    ///   - longestSide: the longer side afterwards, in dots, at most; a smaller picture keeps its sides.
    ///   - most: bytes of the JPEG at most.
    package init(file: [UInt8], longestSide: Int, upTo most: Int) throws(DrawingRefusal) {
        guard file.count <= Self.mostBytes else { throw .pictureUnreadable }
        let canvas: Canvas
        if file.starts(with: PNGSurface.signature) {
            let png = try PNGSurface(file, isWithin: Self.isWithin)
            canvas = try Canvas(png.surface, png.width, png.height, longestSide: longestSide)
        } else {
            canvas = try Self.jpeg(file, longestSide: longestSide)
        }
        for quality in Self.qualities {
            let image = try canvas.jpeg(quality)
            guard image.count <= most else { continue }
            self.image = image
            width = canvas.width
            height = canvas.height
            return
        }
        throw .pictureUnreadable
    }

    private static func isWithin(_ width: Int, _ height: Int) -> Bool {
        width > 0 && height > 0 && width <= mostDots && height <= mostDots && width * height <= mostDots
    }

    /// Decoded at a half, a quarter or an eighth where that is still larger than what is wanted.
    private static func jpeg(_ file: [UInt8], longestSide: Int) throws(DrawingRefusal) -> Canvas {
        guard let decoder = tjInitDecompress() else { throw .surfaceFailed("tjInitDecompress") }
        defer { tjDestroy(decoder) }
        var (width, height, sampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let length = UInt(file.count)
        guard tjDecompressHeader3(decoder, file, length, &width, &height, &sampling, &colours) == 0,
            isWithin(Int(width), Int(height))
        else { throw .pictureUnreadable }
        var part: Int32 = 1
        while part < 8, Int(max(width, height)) / Int(part * 2) >= longestSide { part *= 2 }
        let (decodedWidth, decodedHeight) = ((width + part - 1) / part, (height + part - 1) / part)
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, decodedWidth, decodedHeight) else {
            throw .surfaceFailed("image")
        }
        defer { cairo_surface_destroy(surface) }
        guard let dots = cairo_image_surface_get_data(surface) else { throw .surfaceFailed("image") }
        let row = cairo_image_surface_get_stride(surface)
        guard
            tjDecompress2(
                decoder, file, length, dots, decodedWidth, row, decodedHeight, Int32(TJPF_BGRX.rawValue), 0) == 0
        else { throw .pictureUnreadable }
        cairo_surface_mark_dirty(surface)
        return try Canvas(surface, Int(decodedWidth), Int(decodedHeight), longestSide: longestSide)
    }

    /// The picture in the size in which it is kept, on white where it was transparent.
    private final class Canvas {
        let surface: OpaquePointer
        let width: Int
        let height: Int

        init(_ source: OpaquePointer, _ width: Int, _ height: Int, longestSide: Int) throws(DrawingRefusal) {
            let scale = min(1, Double(longestSide) / Double(max(width, height)))
            self.width = max(1, Int((Double(width) * scale).rounded()))
            self.height = max(1, Int((Double(height) * scale).rounded()))
            guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(self.width), Int32(self.height)),
                let pen = cairo_create(surface)
            else { throw .surfaceFailed("image") }
            self.surface = surface
            defer { cairo_destroy(pen) }
            cairo_set_source_rgb(pen, 1, 1, 1)
            cairo_paint(pen)
            cairo_scale(pen, Double(self.width) / Double(width), Double(self.height) / Double(height))
            cairo_set_source_surface(pen, source, 0, 0)
            cairo_pattern_set_filter(cairo_get_source(pen), CAIRO_FILTER_BEST)
            cairo_paint(pen)
            cairo_surface_flush(surface)
            guard cairo_status(pen) == CAIRO_STATUS_SUCCESS else { throw .surfaceFailed("image") }
        }

        deinit { cairo_surface_destroy(surface) }

        func jpeg(_ quality: Int32) throws(DrawingRefusal) -> [UInt8] {
            guard let encoder = tjInitCompress(), let dots = cairo_image_surface_get_data(surface) else {
                throw .surfaceFailed("tjInitCompress")
            }
            defer { tjDestroy(encoder) }
            var buffer: UnsafeMutablePointer<UInt8>?
            var count: UInt = 0
            let status = tjCompress2(
                encoder, dots, Int32(width), cairo_image_surface_get_stride(surface), Int32(height),
                Int32(TJPF_BGRX.rawValue), &buffer, &count, Int32(TJSAMP_420.rawValue), quality, 0)
            defer { tjFree(buffer) }
            guard status == 0, let buffer else { throw .surfaceFailed("tjCompress2") }
            return Array(UnsafeBufferPointer(start: buffer, count: Int(count)))
        }
    }
}
