import Civil

/// Ảnh chân dung bản mẫu: a drawn figure that is nobody, for cards of demonstrations.
package enum SpecimenPortrait {
    package static let width = 300
    package static let height = 400

    /// The portrait as a record of DG2; the same number gives the same figure.
    package static func face(for number: PersonalIdentificationNumber, sex: Sex?) -> FaceFile? {
        FaceFile(image: jpeg(Int(number.value % 97)), width: width, height: height, sex: sex)
    }

    private static func jpeg(_ variant: Int) -> [UInt8] {
        let skin = 170 + variant % 40
        let hair = 30 + variant % 7 * 8
        let breadth = 62 + variant % 11
        let hairline = 118 + variant % 13
        return GreyJPEG.bytes(width: width, height: height) { x, y in
            let (dx, dy) = (x - width / 2, y - 175)
            func isInside(_ a: Int, _ b: Int, _ centreX: Int, _ centreY: Int) -> Bool {
                let (u, v) = (x - centreX, y - centreY)
                return u * u * b * b + v * v * a * a <= a * a * b * b
            }
            let shade = (dx + dy / 2) / 12
            for side in [-1, 1] where isInside(8, 5, width / 2 + side * breadth / 2, 165) { return 40 }
            if isInside(20, 4, width / 2, 225) { return 110 }
            if isInside(breadth, 85, width / 2, 175) { return UInt8(clamping: y < hairline ? hair : skin - shade) }
            if isInside(breadth + 12, 95, width / 2, 160), y < 200 { return UInt8(clamping: hair) }
            if isInside(24, 70, width / 2, 260) { return UInt8(clamping: skin - 25 - shade) }
            if isInside(130, 110, width / 2, 400) { return UInt8(clamping: 70 + shade) }
            return UInt8(clamping: 225 - y / 16)
        }
    }
}
