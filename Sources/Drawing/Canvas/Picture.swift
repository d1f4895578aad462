import CPango
import CTurboJPEG

/// Ảnh: a JPEG picture, decoded to be painted and kept as it is for files that take JPEG.
package final class Picture {
    /// The most dots on a side; no portrait of an application has more.
    package static let longestSide = 4_000

    let surface: OpaquePointer
    let width: Int
    let height: Int

    /// Decodes a picture.
    package init(jpeg image: [UInt8]) throws(DrawingRefusal) {
        guard let decoder = tjInitDecompress() else { throw .surfaceFailed("tjInitDecompress") }
        defer { tjDestroy(decoder) }
        var (width, height, sampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let length = UInt(image.count)
        guard tjDecompressHeader3(decoder, image, length, &width, &height, &sampling, &colours) == 0,
            (1...Picture.longestSide).contains(Int(width)), (1...Picture.longestSide).contains(Int(height))
        else { throw .pictureUnreadable }
        let surface: OpaquePointer = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)
        self.surface = surface
        self.width = Int(width)
        self.height = Int(height)
        guard let dots = cairo_image_surface_get_data(surface) else { throw .surfaceFailed("image") }
        let row = cairo_image_surface_get_stride(surface)
        // The order of bytes that cairo has on every machine that we build for.
        let order = Int32(TJPF_BGRX.rawValue)
        guard tjDecompress2(decoder, image, length, dots, width, row, height, order, 0) == 0 else {
            throw .pictureUnreadable
        }
        cairo_surface_mark_dirty(surface)
        keep(image)
    }

    /// A grey picture, to be painted.
    package init(grey picture: GreyPicture) throws(DrawingRefusal) {
        let surface: OpaquePointer = cairo_image_surface_create(
            CAIRO_FORMAT_RGB24, Int32(picture.width), Int32(picture.height))
        self.surface = surface
        width = picture.width
        height = picture.height
        guard let dots = cairo_image_surface_get_data(surface) else { throw .surfaceFailed("image") }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for row in 0..<picture.height {
            for column in 0..<picture.width {
                let grey = picture.dots[row * picture.width + column]
                for part in 0..<3 { dots[row * stride + column * 4 + part] = grey }
            }
        }
        cairo_surface_mark_dirty(surface)
    }

    deinit { cairo_surface_destroy(surface) }

    /// Lets a PDF hold the file itself and not what was made of it; cairo frees its copy.
    private func keep(_ image: [UInt8]) {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: image.count)
        copy.initialize(from: image, count: image.count)
        let status = cairo_surface_set_mime_data(
            surface, CAIRO_MIME_TYPE_JPEG, copy, UInt(image.count), { $0?.deallocate() }, copy)
        if status != CAIRO_STATUS_SUCCESS { copy.deallocate() }
    }
}
