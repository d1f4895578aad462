import Chip
import Civil
import Drawing

/// Dạng tệp vân tay: in which form a finger was taken.
package enum FingerForm: String, Codable, CaseIterable, Hashable, Sendable {
    case png
    case jpeg
    /// Grey dots without a file around them, out of a record of ISO/IEC 19794-4.
    case raw
    /// A record of ISO/IEC 19794-2:2005: minutiae, no picture.
    case minutiae = "iso_19794_2"

    /// How a record of ISO/IEC 19794-4 calls it; nil for what is no picture.
    package var compression: UInt8? {
        switch self {
        case .raw: 0
        case .jpeg: 3
        case .png: 5
        case .minutiae: nil
        }
    }

    package var title: Sentence {
        switch self {
        case .png, .jpeg, .raw: Sentence("ảnh", "picture")
        case .minutiae: Sentence("mẫu đặc trưng", "template")
        }
    }
}

/// Vân tay đã thu: one finger as it was taken.
package struct FingerPrint: Hashable, Sendable {
    package let finger: Finger
    package let form: FingerForm
    /// In dots, at 500 dots an inch.
    package let width: Int
    package let height: Int
    package let content: [UInt8]
    /// Drawn by the program, of nobody.
    package let isSpecimen: Bool
    /// Why somebody takes it in spite of what the checks find; whoever decides sees it.
    package var accepted: String?

    package init(
        finger: Finger, form: FingerForm, width: Int, height: Int, content: [UInt8], isSpecimen: Bool,
        accepted: String? = nil
    ) {
        self.finger = finger
        self.form = form
        self.width = width
        self.height = height
        self.content = content
        self.isSpecimen = isSpecimen
        self.accepted = accepted
    }

    /// One finger is no larger, in bytes.
    package static let mostBytes = 200_000

    /// A finger out of a file: PNG, JPEG, or a record of ISO/IEC 19794-2 or -4 of one finger.
    package init(_ file: [UInt8], of finger: Finger, isSpecimen: Bool = false) throws(ApplicationRefusal) {
        guard file.count <= Self.mostBytes else { throw .fingerUnfit(finger, .tooLarge) }
        if file.starts(with: Array("FMR\0".utf8)) {
            guard let record = try? FingerMinutiae(record: file) else { throw .fingerUnfit(finger, .unreadable) }
            guard record.finger == finger else { throw .fingerUnfit(finger, .anotherFinger) }
            self.init(
                finger: finger, form: .minutiae, width: record.width, height: record.height, content: file,
                isSpecimen: isSpecimen)
        } else if file.starts(with: Array("FIR\0".utf8)) {
            guard let record = try? FingerFile.Print(record: file),
                let form = FingerForm.allCases.first(where: { $0.compression == record.compression })
            else { throw .fingerUnfit(finger, .unreadable) }
            guard record.finger == finger else { throw .fingerUnfit(finger, .anotherFinger) }
            self.init(
                finger: finger, form: form, width: record.width, height: record.height, content: record.image,
                isSpecimen: isSpecimen)
        } else {
            guard let picture = try? GreyPicture(file: file) else { throw .fingerUnfit(finger, .unreadable) }
            let form: FingerForm = file.starts(with: [0xFF, 0xD8]) ? .jpeg : .png
            self.init(
                finger: finger, form: form, width: picture.width, height: picture.height, content: file,
                isSpecimen: isSpecimen)
        }
    }

    /// The dots of a picture; nil for a template, or for what cannot be read.
    package var picture: GreyPicture? {
        switch form {
        case .minutiae: nil
        case .raw: GreyPicture(width: width, height: height, dots: content, dotsPerInch: nil)
        case .png, .jpeg: try? GreyPicture(file: content)
        }
    }

    /// The minutiae of a template; nil for a picture.
    package var minutiae: FingerMinutiae? { form == .minutiae ? try? FingerMinutiae(record: content) : nil }

    /// As a record of DG3; nil for a template, which DG3 has no place for.
    package var print: FingerFile.Print? {
        form.compression.map {
            FingerFile.Print(finger: finger, width: width, height: height, compression: $0, image: content)
        }
    }
}

/// Lý do không nhận một vân tay: what is wrong with a finger as it was taken.
package enum FingerFault: String, CaseIterable, Hashable, Sendable {
    case unreadable
    case tooLarge = "too_large"
    /// The record says that it is another finger.
    case anotherFinger = "another_finger"
    case size
    case resolution
    case exposure
    case noRidges = "no_ridges"
    case blurred
    case fewMinutiae = "few_minutiae"

    /// Whether a finger can be taken all the same for a stated reason: it is one, and only a poor one.
    package var isAcceptable: Bool {
        switch self {
        case .exposure, .noRidges, .blurred, .fewMinutiae: true
        case .unreadable, .tooLarge, .anotherFinger, .size, .resolution: false
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unreadable:
            Sentence("không phải PNG, JPEG hay bản ghi ISO/IEC 19794 đọc được", "no readable PNG, JPEG or ISO record")
        case .tooLarge: Sentence("tệp quá lớn", "the file is too large")
        case .anotherFinger: Sentence("bản ghi nói là ngón khác", "the record says that it is another finger")
        case .size: Sentence("ảnh quá nhỏ hoặc quá lớn", "the picture is too small or too large")
        case .resolution: Sentence("không phải 500 điểm/inch", "it was not taken at 500 dots an inch")
        case .exposure: Sentence("quá sáng hoặc quá tối", "it is too light or too dark")
        case .noRidges: Sentence("không thấy đủ đường vân", "too little of it shows ridges")
        case .blurred: Sentence("ảnh mờ", "it is blurred")
        case .fewMinutiae: Sentence("quá ít điểm đặc trưng", "it has too few minutiae")
        }
    }
}

/// Kiểm tra cơ bản: what is looked at before a finger is taken in – size, resolution, light, ridges and sharpness.
///
/// Basic checks and no measure of quality: nothing of NFIQ 2 or ISO/IEC 29794-4. The limits are our own.
package enum FingerCheck {
    /// Sides of a picture, in dots: from six millimetres to four centimetres.
    private static let sides = 120...800
    private static let dotsPerInch = 490...510
    /// The mean grey of what shows ridges.
    private static let light = 50.0...215.0
    /// The least share of blocks that show ridges.
    private static let leastRidges = 0.25
    /// Blocks whose greys spread less show none.
    private static let leastSpread = 18.0
    /// The least mean step from dot to dot, as a share of the spread of the greys.
    private static let leastStep = 0.2
    private static let leastMinutiae = 12
    private static let block = 16

    /// What is wrong with it; nil when nothing was found.
    package static func fault(of print: FingerPrint) -> FingerFault? {
        if print.content.count > FingerPrint.mostBytes { return .tooLarge }
        guard print.form != .minutiae else {
            guard let record = print.minutiae else { return .unreadable }
            return record.points.count < leastMinutiae ? .fewMinutiae : nil
        }
        guard let picture = print.picture, (picture.width, picture.height) == (print.width, print.height) else {
            return .unreadable
        }
        guard sides.contains(picture.width), sides.contains(picture.height) else { return .size }
        if let stated = picture.dotsPerInch, !dotsPerInch.contains(stated) { return .resolution }
        return fault(of: picture)
    }

    private static func fault(of picture: GreyPicture) -> FingerFault? {
        var (blocks, ridged) = (0, 0)
        var (mean, spread, step) = (0.0, 0.0, 0.0)
        for top in stride(from: 0, through: picture.height - block, by: block) {
            for left in stride(from: 0, through: picture.width - block, by: block) {
                blocks += 1
                let found = measure(picture, left: left, top: top)
                guard found.spread >= leastSpread else { continue }
                ridged += 1
                mean += found.mean
                spread += found.spread
                step += found.step
            }
        }
        let all = picture.dots.reduce(0) { $0 + Int($1) } / max(1, picture.dots.count)
        guard ridged > 0, Double(ridged) >= leastRidges * Double(blocks) else {
            return (25...252).contains(all) ? .noRidges : .exposure
        }
        guard light.contains(mean / Double(ridged)) else { return .exposure }
        return step < leastStep * spread ? .blurred : nil
    }

    /// Mean and standard deviation of the greys of a block, and the mean step between neighbours.
    private static func measure(
        _ picture: GreyPicture, left: Int, top: Int
    ) -> (mean: Double, spread: Double, step: Double) {
        var (sum, squares, steps) = (0, 0, 0)
        for row in top..<top + block {
            let start = row * picture.width + left
            for place in start..<start + block {
                let dot = Int(picture.dots[place])
                sum += dot
                squares += dot * dot
                if place > start { steps += abs(dot - Int(picture.dots[place - 1])) }
                if row > top { steps += abs(dot - Int(picture.dots[place - picture.width])) }
            }
        }
        let count = Double(block * block)
        let mean = Double(sum) / count
        let variance = max(0, Double(squares) / count - mean * mean)
        return (mean, variance.squareRoot(), Double(steps) / Double(2 * block * (block - 1)))
    }
}
