import CPango
import CZlib

/// Tệp PNG: true colour without a filter, with its resolution (PNG, sections 5.3, 11.2 and 11.3.5.3).
///
/// Our own, because cairo's writer leaves the resolution out and takes four times as long: it tries five filters on
/// each row, which for fine lines on a calm ground make the file larger than none does.
enum PNGFile {
    /// Beyond it a file of a card grows smaller by a few hundredths alone.
    private static let level: Int32 = 2

    /// The file of an image surface of the format RGB24.
    static func bytes(of surface: OpaquePointer, dotsPerInch: Double) throws(DrawingRefusal) -> [UInt8] {
        cairo_surface_flush(surface)
        let (width, height) = (
            Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface))
        )
        guard let dots = cairo_image_surface_get_data(surface) else { throw .surfaceFailed("image") }
        let rows = rows(dots, width: width, height: height, stride: Int(cairo_image_surface_get_stride(surface)))
        // Eight bits of each of three colours; the one way to compress, filter and interlace that there is.
        let head = big(UInt32(width)) + big(UInt32(height)) + [8, 2, 0, 0, 0]
        let perMetre = big(UInt32((dotsPerInch / 0.0254).rounded()))
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", head)
            + chunk("pHYs", perMetre + perMetre + [1]) + chunk("IDAT", try compressed(rows)) + chunk("IEND", [])
    }

    /// The dots row by row, each row after the number of its filter.
    private static func rows(
        _ dots: UnsafeMutablePointer<UInt8>, width: Int, height: Int, stride: Int
    ) -> [UInt8] {
        let length = height * (1 + width * 3)
        return [UInt8](unsafeUninitializedCapacity: length) { bytes, count in
            var place = 0
            for row in 0..<height {
                bytes[place] = 0
                place += 1
                var dot = dots + row * stride
                for _ in 0..<width {
                    // Blue, green, red and nothing, as the machines have it that we build for.
                    bytes[place] = dot[2]
                    bytes[place + 1] = dot[1]
                    bytes[place + 2] = dot[0]
                    place += 3
                    dot += 4
                }
            }
            count = length
        }
    }

    private static func compressed(_ bytes: [UInt8]) throws(DrawingRefusal) -> [UInt8] {
        var status = Z_OK
        let result = [UInt8](unsafeUninitializedCapacity: Int(compressBound(UInt(bytes.count)))) { buffer, count in
            var length = UInt(buffer.count)
            status = compress2(buffer.baseAddress, &length, bytes, UInt(bytes.count), level)
            count = status == Z_OK ? Int(length) : 0
        }
        guard status == Z_OK else { throw .surfaceFailed("zlib \(status)") }
        return result
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        let sum = UInt32(truncatingIfNeeded: crc32_z(0, body, body.count))
        return big(UInt32(content.count)) + body + big(sum)
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
