import Chip
import Civil
import Drawing

/// Lý do thiếu vân tay: why a finger was not taken.
package enum MissingFinger: String, Codable, CaseIterable, Hashable, Sendable {
    /// Cụt.
    case amputated
    /// Băng bó, bị thương.
    case bandaged
    /// Mòn, không đọc được.
    case unreadable
    /// Chưa có máy thu: this place takes none yet.
    case noDevice = "no_device"

    package var title: Sentence {
        switch self {
        case .amputated: Sentence("bị cụt", "amputated")
        case .bandaged: Sentence("bị thương, băng bó", "injured, bandaged")
        case .unreadable: Sentence("mòn, không đọc được", "worn, not readable")
        case .noDevice: Sentence("chưa có máy thu", "no device here")
        }
    }
}

/// Thu nhận ảnh, vân tay: what was taken of an applicant; pictures are kept beside the log, never in it.
package struct Capture: Hashable, Sendable {
    /// A JPEG file with its sides in pixels.
    package var portrait: Portrait?
    package var fingers: [Finger: FingerCapture]

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

        /// A photograph as a camera or a person gives it, JPEG or PNG; what is too large for a chip is made smaller.
        package init(photograph file: [UInt8]) throws(ApplicationRefusal) {
            if file.count <= Capture.mostBytes, let own = Portrait(jpeg: file), own.width <= Capture.longestSide,
                own.height <= Capture.longestSide
            {
                self = own
                return
            }
            guard
                let made = try? Photograph(
                    file: file, longestSide: Capture.longestSide, upTo: Capture.mostBytes)
            else { throw .portraitUnreadable }
            self.init(image: made.image, width: made.width, height: made.height, isSpecimen: false)
        }

        /// Somebody's picture from a file; nil when it is no JPEG.
        package init?(jpeg image: [UInt8]) {
            guard let sides = Capture.sides(ofJPEG: image) else { return nil }
            self.init(image: image, width: sides.width, height: sides.height, isSpecimen: false)
        }
    }

    /// Dots on the longer side of a portrait that is made out of a larger photograph.
    private static let longestSide = 800
    /// A portrait of more bytes is no portrait for a chip.
    package static let mostBytes = 60_000
    /// Sides of a portrait, in pixels.
    package static let sides = 160...4_000

    package init(portrait: Portrait? = nil, fingers: [Finger: FingerCapture] = [:]) {
        self.portrait = portrait
        self.fingers = fingers
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

    /// What the act names it by, nil for nothing: the SHA-256 of the portrait, and where fingers were taken that of a
    /// line for the portrait and one for each of them, `number sha-256`.
    package var fingerprint: String? {
        let face = portrait.map { Fingerprint.text($0.image) }
        let taken = fingers.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { finger, taken -> String? in
            guard case .taken(let print) = taken else { return nil }
            return "\(finger.rawValue) \(Fingerprint.text(print.content))"
        }
        guard !taken.isEmpty else { return face }
        return Fingerprint.text(Array(([face ?? ""] + taken).joined(separator: "\n").utf8))
    }

    /// Every finger missing for one reason.
    package static func withoutFingers(_ reason: MissingFinger, portrait: Portrait?) -> Capture {
        Capture(
            portrait: portrait,
            fingers: Dictionary(uniqueKeysWithValues: Finger.allCases.map { ($0, .missing(reason)) }))
    }

    /// The rule that forbids to take it so at that age.
    ///
    /// Basic checks that say what they are: those of `PortraitCheck` and of `FingerCheck`.
    ///
    /// - Parameter isAccepted: whether somebody takes the portrait in spite of what is wrong with it, for a reason that
    ///   whoever decides will see.
    /// - Returns: what is wrong with the portrait and was accepted.
    @discardableResult
    package func check(age: Int, accepting isAccepted: Bool = false) throws(ApplicationRefusal) -> PortraitFault? {
        guard CardRules.needs(age: age).biometrics else {
            guard portrait == nil, fingers.isEmpty else { throw .nothingIsTaken }
            return nil
        }
        guard let portrait else { throw .portraitNeeded }
        guard portrait.image.starts(with: [0xFF, 0xD8, 0xFF]), portrait.image.count <= Capture.mostBytes,
            Capture.sides.contains(portrait.width), Capture.sides.contains(portrait.height)
        else { throw .portraitUnreadable }
        var accepted: PortraitFault?
        if !portrait.isSpecimen {
            // A picture that only says that it is one would break off at the machine that prints it.
            guard let picture = try? GreyPicture(file: portrait.image),
                (picture.width, picture.height) == (portrait.width, portrait.height)
            else { throw .portraitUnreadable }
            if let fault = PortraitCheck.fault(of: picture) {
                guard isAccepted else { throw .portraitUnfit(fault) }
                accepted = fault
            }
        }
        guard Finger.allCases.allSatisfy({ fingers[$0] != nil }) else { throw .fingersIncomplete }
        for (finger, taken) in fingers.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard case .taken(let print) = taken else { continue }
            if let fault = FingerCheck.fault(of: print), print.accepted == nil || !fault.isAcceptable {
                throw .fingerUnfit(finger, fault)
            }
        }
        return accepted
    }
}

/// Một ngón: taken, or a reason why not; never both.
package enum FingerCapture: Hashable, Sendable {
    case taken(FingerPrint)
    case missing(MissingFinger)

    /// The same, taken for a reason where it is one that the checks refuse.
    func accepted(for reason: String?) -> FingerCapture {
        guard let reason, case .taken(var print) = self, FingerCheck.fault(of: print) != nil else { return self }
        print.accepted = reason
        return .taken(print)
    }
}
