import CPango
import CTurboJPEG

/// Ảnh xám: the dots of a picture of one finger, decoded from PNG or JPEG to be looked at by a program.
package struct GreyPicture: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// Row by row, 0 black to 255 white.
    package let dots: [UInt8]
    /// What the file states; nil when it states nothing.
    package let dotsPerInch: Int?

    package init?(width: Int, height: Int, dots: [UInt8], dotsPerInch: Int?) {
        guard Self.sides.contains(width), Self.sides.contains(height), dots.count == width * height else { return nil }
        self.width = width
        self.height = height
        self.dots = dots
        self.dotsPerInch = dotsPerInch
    }

    /// A picture of one finger at 500 dots an inch has sides like these.
    private static let sides = 1...2_000

    /// The picture of a file, whatever its colours.
    package init(file: [UInt8]) throws(DrawingRefusal) {
        self = file.starts(with: PNGSurface.signature) ? try Self.png(file) : try Self.jpeg(file)
    }

    // MARK: JPEG

    private static func jpeg(_ file: [UInt8]) throws(DrawingRefusal) -> GreyPicture {
        guard let decoder = tjInitDecompress() else { throw .surfaceFailed("tjInitDecompress") }
        defer { tjDestroy(decoder) }
        var (width, height, sampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard tjDecompressHeader3(decoder, file, UInt(file.count), &width, &height, &sampling, &colours) == 0,
            sides.contains(Int(width)), sides.contains(Int(height))
        else { throw .pictureUnreadable }
        var status: Int32 = -1
        let dots = [UInt8](unsafeUninitializedCapacity: Int(width) * Int(height)) { buffer, count in
            status = tjDecompress2(
                decoder, file, UInt(file.count), buffer.baseAddress, width, width, height,
                Int32(TJPF_GRAY.rawValue), 0)
            count = status == 0 ? buffer.count : 0
        }
        guard status == 0,
            let picture = GreyPicture(
                width: Int(width), height: Int(height), dots: dots, dotsPerInch: density(ofJPEG: file))
        else { throw .pictureUnreadable }
        return picture
    }

    /// The density of the JFIF header, where it is one by the inch or centimetre.
    private static func density(ofJPEG file: [UInt8]) -> Int? {
        guard file.count > 18, file[2...3].elementsEqual([0xFF, 0xE0]), file[6...10].elementsEqual(Array("JFIF\0".utf8))
        else { return nil }
        let density = Int(file[14]) << 8 | Int(file[15])
        switch file[13] {
        case 1: return density
        case 2: return Int((Double(density) * 2.54).rounded())
        default: return nil
        }
    }

    // MARK: PNG

    private static func png(_ file: [UInt8]) throws(DrawingRefusal) -> GreyPicture {
        let png = try PNGSurface(file) { sides.contains($0) && sides.contains($1) }
        guard let picture = grey(png, dotsPerInch: density(ofPNG: file)) else { throw .pictureUnreadable }
        return picture
    }

    private static func grey(_ png: PNGSurface, dotsPerInch: Int?) -> GreyPicture? {
        let (surface, width, height) = (png.surface, png.width, png.height)
        let format = cairo_image_surface_get_format(surface)
        // A picture with colours comes with four bytes a dot; others are not what a finger is taken as.
        guard format == CAIRO_FORMAT_RGB24 || format == CAIRO_FORMAT_ARGB32,
            let bytes = cairo_image_surface_get_data(surface)
        else { return nil }
        let stride = Int(cairo_image_surface_get_stride(surface))
        var dots: [UInt8] = []
        dots.reserveCapacity(width * height)
        for row in 0..<height {
            for column in 0..<width {
                let dot = bytes + row * stride + column * 4
                // The weights of ITU-R BT.601.
                let (red, green, blue) = (Int(dot[2]) * 299, Int(dot[1]) * 587, Int(dot[0]) * 114)
                let sum: Int = red + green + blue + 500
                dots.append(UInt8(clamping: sum / 1_000))
            }
        }
        return GreyPicture(width: width, height: height, dots: dots, dotsPerInch: dotsPerInch)
    }

    /// What a chunk `pHYs` states by the metre.
    private static func density(ofPNG file: [UInt8]) -> Int? {
        var place = 8
        while place + 12 <= file.count {
            let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let kind = file[place + 4..<place + 8]
            guard length <= file.count - place - 12, !kind.elementsEqual(Array("IDAT".utf8)) else { return nil }
            if kind.elementsEqual(Array("pHYs".utf8)), length == 9, file[place + 16] == 1 {
                let dots = file[place + 8..<place + 12].reduce(0) { $0 << 8 | Int($1) }
                return Int((Double(dots) * 0.0254).rounded())
            }
            place += 12 + length
        }
        return nil
    }
}
