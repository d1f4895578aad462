import Chip
import Civil

extension Capture {
    /// How many figures there are.
    package static let specimens: Int64 = 8

    /// Ảnh bản mẫu: a drawn figure of nobody, the same for the same person.
    package static func specimen(for person: Int64) -> Portrait? {
        let number = PersonalIdentificationNumber(value: 3_300_000_001 + person % specimens)
        guard let number, let face = SpecimenPortrait.face(for: number, sex: nil) else { return nil }
        return Portrait(image: face.image, width: face.width, height: face.height, isSpecimen: true)
    }

    /// Vân tay bản mẫu: ten invented fingers of nobody, the same for the same person.
    ///
    /// Both index fingers are pictures, as for a chip, the others templates; of one figure a finger is missing, so that
    /// a demonstration has the case.
    package static func specimenFingers(for person: Int64) -> [Finger: FingerCapture] {
        let figure = Int(person % specimens)
        return specimenHands[figure]
    }

    /// Drawing ridges takes longer than everything else that is done with them.
    private static let specimenHands: [[Finger: FingerCapture]] = (0..<Int(specimens)).map { figure in
        var hands: [Finger: FingerCapture] = [:]
        for finger in Finger.allCases {
            let ridges = SpecimenFinger(seed: UInt64(figure), finger: finger)
            let isPicture = OrderContent.onChip.prefix(2).contains(finger)
            hands[finger] = .taken(
                FingerPrint(
                    finger: finger, form: isPicture ? .jpeg : .minutiae, width: SpecimenFinger.width,
                    height: SpecimenFinger.height, content: isPicture ? ridges.jpeg() : ridges.minutiae.record,
                    isSpecimen: true))
        }
        if figure == amputee { hands[.leftLittle] = .missing(.amputated) }
        return hands
    }
    private static let amputee = 3
}
