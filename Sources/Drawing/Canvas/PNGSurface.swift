import CPango

/// A PNG file decoded by cairo, held to limits before anything is unpacked: a small file can state a huge picture.
final class PNGSurface {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    let surface: OpaquePointer
    let width: Int
    let height: Int

    /// - Parameter isWithin: whether sides are ones that the caller takes.
    init(_ file: [UInt8], isWithin: (_ width: Int, _ height: Int) -> Bool) throws(DrawingRefusal) {
        func number(_ place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard file.count > 33, file.starts(with: Self.signature), isWithin(number(16), number(20)) else {
            throw .pictureUnreadable
        }
        var reader = Reader(rest: file[...])
        let surface = withUnsafeMutablePointer(to: &reader) { pointer in
            cairo_image_surface_create_from_png_stream(
                { context, target, length in
                    guard let reader = context?.assumingMemoryBound(to: Reader.self), let target,
                        reader.pointee.rest.count >= Int(length)
                    else { return CAIRO_STATUS_READ_ERROR }
                    let part = reader.pointee.rest.prefix(Int(length))
                    for (place, byte) in part.enumerated() { target[place] = byte }
                    reader.pointee.rest = reader.pointee.rest.dropFirst(Int(length))
                    return CAIRO_STATUS_SUCCESS
                }, pointer)
        }
        guard let surface else { throw .surfaceFailed("png") }
        self.surface = surface
        width = Int(cairo_image_surface_get_width(surface))
        height = Int(cairo_image_surface_get_height(surface))
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, isWithin(width, height) else {
            throw .pictureUnreadable
        }
    }

    deinit { cairo_surface_destroy(surface) }

    private struct Reader {
        var rest: ArraySlice<UInt8>
    }
}
