import Civil

/// Ngón tay: a finger by its number in ISO/IEC 19794-4, thumb to little finger of the right hand, then of the left.
package enum Finger: UInt8, Codable, Hashable, Sendable, CaseIterable {
    case rightThumb = 1
    case rightIndex, rightMiddle, rightRing, rightLittle
    case leftThumb, leftIndex, leftMiddle, leftRing, leftLittle

    /// The subtype of the frame around a record (Doc 9303-10): which finger, of which hand.
    var subtype: UInt8 {
        let isRight = rawValue <= 5
        return (isRight ? rawValue : rawValue - 5) << 2 | (isRight ? 0b01 : 0b10)
    }

    /// What it is called in commands, file names and the API.
    package var word: String {
        switch self {
        case .rightThumb: "right_thumb"
        case .rightIndex: "right_index"
        case .rightMiddle: "right_middle"
        case .rightRing: "right_ring"
        case .rightLittle: "right_little"
        case .leftThumb: "left_thumb"
        case .leftIndex: "left_index"
        case .leftMiddle: "left_middle"
        case .leftRing: "left_ring"
        case .leftLittle: "left_little"
        }
    }

    package init?(word: String) {
        guard let finger = Finger.allCases.first(where: { $0.word == word }) else { return nil }
        self = finger
    }

    package var title: Sentence {
        switch self {
        case .rightThumb: Sentence("ngón cái phải", "right thumb")
        case .rightIndex: Sentence("ngón trỏ phải", "right index finger")
        case .rightMiddle: Sentence("ngón giữa phải", "right middle finger")
        case .rightRing: Sentence("ngón áp út phải", "right ring finger")
        case .rightLittle: Sentence("ngón út phải", "right little finger")
        case .leftThumb: Sentence("ngón cái trái", "left thumb")
        case .leftIndex: Sentence("ngón trỏ trái", "left index finger")
        case .leftMiddle: Sentence("ngón giữa trái", "left middle finger")
        case .leftRing: Sentence("ngón áp út trái", "left ring finger")
        case .leftLittle: Sentence("ngón út trái", "left little finger")
        }
    }
}
