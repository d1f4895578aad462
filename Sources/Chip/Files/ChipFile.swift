/// Tệp trên chip: the elementary files of the card's application and the one before it.
package enum ChipFile: String, Hashable, Sendable, CaseIterable {
    case cardAccess = "EF.CardAccess"
    case com = "EF.COM"
    case dg1 = "EF.DG1"
    case dg2 = "EF.DG2"
    case dg3 = "EF.DG3"
    case dg13 = "EF.DG13"
    case dg14 = "EF.DG14"
    case dg15 = "EF.DG15"
    case sod = "EF.SOD"

    /// The name under which the file lies in a folder: `EF.DG1.bin`.
    package var fileName: String { rawValue + ".bin" }

    /// The file of that name in a folder, whatever the case of its letters; nil when it is none of a chip's.
    package init?(fileName: String) {
        guard let file = ChipFile.allCases.first(where: { $0.fileName.lowercased() == fileName.lowercased() })
        else { return nil }
        self = file
    }

    /// The application that holds all files but EF.CardAccess.
    package static let application: [UInt8] = [0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01]

    /// The two bytes by which SELECT finds the file; its short form is the lower five bits.
    package var identifier: UInt16 {
        switch self {
        case .cardAccess: 0x011C
        case .com: 0x011E
        case .dg1: 0x0101
        case .dg2: 0x0102
        case .dg3: 0x0103
        case .dg13: 0x010D
        case .dg14: 0x010E
        case .dg15: 0x010F
        case .sod: 0x011D
        }
    }

    /// The tag of the whole file.
    package var tag: UInt32 {
        switch self {
        case .cardAccess: 0x31
        case .com: 0x60
        case .dg1: 0x61
        case .dg2: 0x75
        case .dg3: 0x63
        case .dg13: 0x6D
        case .dg14: 0x6E
        case .dg15: 0x6F
        case .sod: 0x77
        }
    }

    /// The number of a data group; nil for the other files.
    package var dataGroup: Int? {
        switch self {
        case .dg1, .dg2, .dg3, .dg13, .dg14, .dg15: Int(identifier & 0xFF)
        case .cardAccess, .com, .sod: nil
        }
    }

    /// The data group of a number, among those this card has.
    package static func dataGroup(_ number: Int) -> ChipFile? { allCases.first { $0.dataGroup == number } }
}
