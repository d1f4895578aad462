/// Mẫu đặc trưng vân tay (ISO/IEC 19794-2:2005): where the ridges of one finger end or part, as a record of one view.
package struct FingerMinutiae: Hashable, Sendable {
    /// Điểm đặc trưng: one place, counted in dots from the upper left corner.
    package struct Point: Hashable, Sendable {
        package enum Kind: UInt8, Hashable, Sendable {
            case other = 0
            case ending = 1
            case bifurcation = 2
        }

        package let kind: Kind
        package let x: Int
        package let y: Int
        /// Counter-clockwise from the right, in 256ths of a turn.
        package let angle: UInt8
        /// 1 to 100; 0 when nothing is said.
        package let quality: UInt8

        package init(kind: Kind, x: Int, y: Int, angle: UInt8, quality: UInt8 = 0) {
            self.kind = kind
            self.x = x
            self.y = y
            self.angle = angle
            self.quality = quality
        }
    }

    package let finger: Finger
    /// In dots, at 500 dots an inch.
    package let width: Int
    package let height: Int
    package let points: [Point]

    /// A record has a byte for the number of places.
    package static let mostPoints = 255
    /// 500 dots an inch, by the centimetre.
    private static let dotsPerCentimetre = 197
    private static let signature = Array("FMR\0".utf8) + Array(" 20\0".utf8)
    /// Eight bits of a count, two of a kind, fourteen of a place.
    private static let pointLength = 6
    private static let placeMask = 0x3FFF

    package init(finger: Finger, width: Int, height: Int, points: [Point]) {
        self.finger = finger
        self.width = width
        self.height = height
        self.points = Array(points.prefix(FingerMinutiae.mostPoints))
    }

    package init(record bytes: [UInt8]) throws(ChipFault) {
        var record = FixedReader(bytes)
        guard try record.bytes(8) == Self.signature, try record.number(4) == bytes.count else {
            throw .malformed("ISO/IEC 19794-2")
        }
        _ = try record.bytes(2)
        width = try record.number(2)
        height = try record.number(2)
        let resolution = (try record.number(2), try record.number(2))
        guard resolution == (Self.dotsPerCentimetre, Self.dotsPerCentimetre) else { throw .unsupported("≠ 500 dpi") }
        guard try record.number(1) == 1 else { throw .unsupported("FMR × n") }
        _ = try record.bytes(1)
        guard let finger = Finger(rawValue: UInt8(truncatingIfNeeded: try record.number(1))) else {
            throw .malformed("ISO/IEC 19794-2")
        }
        self.finger = finger
        _ = try record.bytes(2)
        var points: [Point] = []
        for _ in 0..<(try record.number(1)) { points.append(try Self.point(&record, width, height)) }
        self.points = points
        // What a vendor adds is not read and not kept.
        _ = try record.bytes(try record.number(2))
        try record.finish()
    }

    private static func point(
        _ record: inout FixedReader, _ width: Int, _ height: Int
    ) throws(ChipFault) -> Point {
        let first = try record.number(2)
        let second = try record.number(2)
        let (x, y) = (first & placeMask, second & placeMask)
        guard let kind = Point.Kind(rawValue: UInt8(first >> 14)), x < width, y < height else {
            throw .malformed("ISO/IEC 19794-2")
        }
        let angle = UInt8(truncatingIfNeeded: try record.number(1))
        return Point(kind: kind, x: x, y: y, angle: angle, quality: UInt8(truncatingIfNeeded: try record.number(1)))
    }

    package var record: [UInt8] {
        let length = 24 + 4 + points.count * Self.pointLength + 2
        var record = Self.signature + fixed(length, 4) + fixed(0, 2) + fixed(width, 2) + fixed(height, 2)
        record += fixed(Self.dotsPerCentimetre, 2) + fixed(Self.dotsPerCentimetre, 2) + [1, 0]
        record += [finger.rawValue, 0, 0, UInt8(points.count)]
        for point in points {
            record += fixed(Int(point.kind.rawValue) << 14 | point.x & Self.placeMask, 2)
            record += fixed(point.y & Self.placeMask, 2) + [point.angle, point.quality]
        }
        return record + fixed(0, 2)
    }
}
