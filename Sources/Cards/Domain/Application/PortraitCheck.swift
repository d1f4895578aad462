import Civil
import Drawing

/// Lý do không nhận ảnh chân dung: what is wrong with a portrait as it was taken.
package enum PortraitFault: String, Codable, CaseIterable, Hashable, Sendable {
    case shape
    case exposure
    case background
    case blurred

    package var sentence: Sentence {
        switch self {
        case .shape: Sentence("khung hình không phải ảnh chân dung đứng", "it has not the shape of a portrait")
        case .exposure: Sentence("quá sáng hoặc quá tối", "it is too light or too dark")
        case .background: Sentence("nền không sáng hoặc không đều", "its background is not light, or not even")
        case .blurred: Sentence("ảnh mờ", "it is blurred")
        }
    }
}

/// Kiểm tra cơ bản ảnh chân dung: what is looked at before a portrait is taken in.
///
/// Shape, light, background, sharpness: basic checks and no measure of quality, nothing of ISO/IEC 29794-5, and no face
/// is looked for. The limits are our own. Everything is measured on a picture of some 240 dots across, so that a sharp
/// one is sharp in every size.
package enum PortraitCheck {
    /// Width by height.
    private static let shapes = 0.5...1.05
    private static let across = 240
    private static let light = 50.0...215.0
    /// Dots of the middle that are wholly black or white, at most.
    private static let mostClipped = 0.4
    /// The greys of the two upper corners: their mean at least, their spread at most.
    private static let leastBackground = 110.0
    private static let mostUneven = 45.0
    /// The least mean step from dot to dot, as a share of the spread of the greys.
    private static let leastStep = 0.045

    /// What is wrong with it; nil when nothing was found.
    package static func fault(of picture: GreyPicture) -> PortraitFault? {
        guard shapes.contains(Double(picture.width) / Double(picture.height)) else { return .shape }
        let small = Small(picture, across: across)
        let middle = small.measure(0.2..<0.8, 0.15..<0.85)
        if !light.contains(middle.mean) || middle.clipped > mostClipped { return .exposure }
        let corners = [small.measure(0..<0.14, 0..<0.3), small.measure(0.86..<1, 0..<0.3)]
        if corners.contains(where: { $0.mean < leastBackground || $0.spread > mostUneven }) { return .background }
        return middle.step < leastStep * middle.spread ? .blurred : nil
    }

    /// A picture of few dots, each the mean of what it stands for.
    private struct Small {
        let width: Int
        let height: Int
        private let dots: [Double]

        init(_ picture: GreyPicture, across: Int) {
            let part = max(1, picture.width / across)
            width = picture.width / part
            height = max(1, picture.height / part)
            var dots: [Double] = []
            for row in 0..<height {
                for column in 0..<width {
                    var sum = 0
                    for inner in 0..<part where row * part + inner < picture.height {
                        let start = (row * part + inner) * picture.width + column * part
                        for place in start..<start + part { sum += Int(picture.dots[place]) }
                    }
                    dots.append(Double(sum) / Double(part * part))
                }
            }
            self.dots = dots
        }

        /// Mean, spread, mean step and the share of black and white of a part, named by shares of the sides.
        func measure(
            _ across: Range<Double>, _ down: Range<Double>
        ) -> (mean: Double, spread: Double, step: Double, clipped: Double) {
            func places(_ share: Range<Double>, of side: Int) -> Range<Int> {
                let low = Int(share.lowerBound * Double(side))
                return low..<max(low + 1, min(side, Int(share.upperBound * Double(side))))
            }
            let (columns, rows) = (places(across, of: width), places(down, of: height))
            var (sum, squares, steps, clipped, count) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for row in rows {
                for column in columns {
                    let dot = dots[row * width + column]
                    sum += dot
                    squares += dot * dot
                    count += 1
                    if dot <= 8 || dot >= 250 { clipped += 1 }
                    if column > columns.lowerBound { steps += abs(dot - dots[row * width + column - 1]) }
                    if row > rows.lowerBound { steps += abs(dot - dots[(row - 1) * width + column]) }
                }
            }
            let mean = sum / count
            return (mean, max(0, squares / count - mean * mean).squareRoot(), steps / (2 * count), clipped / count)
        }
    }
}
