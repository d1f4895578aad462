import Civil

/// Ngón tay: the ten fingers in the order of ISO/IEC 19794-4.
package enum Finger: Int, Codable, CaseIterable, Hashable, Sendable {
    case rightThumb = 1
    case rightIndex, rightMiddle, rightRing, rightLittle
    case leftThumb, leftIndex, leftMiddle, leftRing, leftLittle
}

/// Lý do thiếu vân tay: why a finger was not taken.
package enum MissingFinger: String, Codable, CaseIterable, Hashable, Sendable {
    /// Cụt.
    case amputated
    /// Băng bó, bị thương.
    case bandaged
    /// Mòn, không đọc được.
    case unreadable
    /// Chưa có máy thu: this place takes none yet, in a demonstration.
    case noDevice = "no_device"
}

/// Thu nhận ảnh, vân tay: what was taken of an applicant; pictures are kept beside the log, never in it.
package struct Capture: Hashable, Sendable {
    /// A JPEG file with its sides in pixels.
    package var portrait: Portrait?
    package var missing: [Finger: MissingFinger]

    package struct Portrait: Hashable, Sendable {
        package let image: [UInt8]
        package let width: Int
        package let height: Int
        /// Drawn by the program, of nobody.
        package let isSpecimen: Bool

        package init(image: [UInt8], width: Int, height: Int, isSpecimen: Bool) {
            self.image = image
            self.width = width
            self.height = height
            self.isSpecimen = isSpecimen
        }

        /// Somebody's picture from a file; nil when it is no JPEG.
        package init?(jpeg image: [UInt8]) {
            guard let sides = Capture.sides(ofJPEG: image) else { return nil }
            self.init(image: image, width: sides.width, height: sides.height, isSpecimen: false)
        }
    }

    /// A portrait of more bytes is no portrait for a chip.
    package static let mostBytes = 60_000
    /// Sides of a portrait, in pixels.
    package static let sides = 160...4_000

    package init(portrait: Portrait? = nil, missing: [Finger: MissingFinger] = [:]) {
        self.portrait = portrait
        self.missing = missing
    }

    /// The sides of a JPEG picture in pixels, as its frame header states them; nil when it has none.
    package static func sides(ofJPEG image: [UInt8]) -> (width: Int, height: Int)? {
        guard image.starts(with: [0xFF, 0xD8]) else { return nil }
        var place = 2
        while place + 8 < image.count, image[place] == 0xFF {
            let marker = image[place + 1]
            func number(_ offset: Int) -> Int { Int(image[place + offset]) << 8 | Int(image[place + offset + 1]) }
            // The frame headers; C4, C8 and CC are tables and extensions.
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) { return (number(7), number(5)) }
            place += 2 + number(2)
        }
        return nil
    }

    /// Every finger missing for one reason.
    package static func withoutFingers(_ reason: MissingFinger, portrait: Portrait?) -> Capture {
        Capture(portrait: portrait, missing: Dictionary(uniqueKeysWithValues: Finger.allCases.map { ($0, reason) }))
    }

    /// The rule that forbids to take it so at that age; fingers that are neither taken nor excused are not there.
    ///
    /// Basic checks that say what they are: file format, sides and size, nothing of ISO/IEC 29794-5.
    package func check(age: Int, fingersTaken: Set<Finger> = []) throws(ApplicationRefusal) {
        guard CardRules.needs(age: age).biometrics else {
            guard portrait == nil, fingersTaken.isEmpty else { throw .nothingIsTaken }
            return
        }
        guard let portrait else { throw .portraitNeeded }
        guard portrait.image.starts(with: [0xFF, 0xD8, 0xFF]), portrait.image.count <= Capture.mostBytes,
            Capture.sides.contains(portrait.width), Capture.sides.contains(portrait.height)
        else { throw .portraitUnreadable }
        guard Finger.allCases.allSatisfy({ fingersTaken.contains($0) || missing[$0] != nil }) else {
            throw .fingersIncomplete
        }
    }
}
