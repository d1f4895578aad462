import Chip
import Civil
import Drawing

extension CardDesign {
    /// The layout of its faces.
    package var faces: FaceDesign {
        switch self {
        case .citizenCard2021: .citizenCard2021
        case .identityCard2024: .identityCard2024
        }
    }
}

extension OrderContent {
    /// What the faces of the card show: the snapshot, word for word.
    ///
    /// - Parameters:
    ///   - portrait: a JPEG file; nil on the card of a child under six.
    ///   - isSpecimen: whether the word MẪU / SPECIMEN is drawn across.
    package func faces(portrait: [UInt8]?, isSpecimen: Bool) throws -> FaceContent {
        let content = try cardContent()
        var faces = FaceContent(
            design: design.faces, number: content.number, name: name, birth: birth, sex: sex, issued: content.issued,
            expires: content.expires, zone: try content.zone().lines, code: try squareCode().text,
            portrait: portrait, isSpecimen: isSpecimen)
        faces.nationality = nationality
        faces.origin = origin
        faces.residence = residence
        faces.birthRegistration = birthRegistration
        return faces
    }
}
