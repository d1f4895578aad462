import Civil
import Testing

@testable import Chip

@Suite("The files of a chip")
struct ChipFileTests {
    let files: [ChipFile: [UInt8]]

    init() throws { files = try Specimen.files() }

    private func bytes(_ file: ChipFile) throws -> [UInt8] { try #require(files[file]) }

    @Test("the list of data groups is written as in Doc 9303-10 and read again")
    func contents() throws {
        let file = try ContentsFile(bytes: bytes(.com))
        #expect(Hex.text(try bytes(.com)) == "60185f0104303130375f36063034303030305c0661" + "75636d6e6f")
        #expect(file.files == [.dg1, .dg2, .dg3, .dg13, .dg14, .dg15])
    }

    @Test("the zone, the portrait and the fingers come back as they went in")
    func recordsComeBack() throws {
        let zone = try ZoneFile(bytes: bytes(.dg1))
        #expect(Hex.text(try bytes(.dg1).prefix(5)) == "615d5f1f5a")
        #expect(ZoneFile(zone: zone.zone).bytes == (try bytes(.dg1)))
        let face = try FaceFile(bytes: bytes(.dg2))
        #expect(face.image == Specimen.image)
        #expect([face.width, face.height] == [413, 531])
        #expect(face.sex == .female && face.format == .jpeg)
        #expect(face.bytes == (try bytes(.dg2)))
        let fingers = try FingerFile(bytes: bytes(.dg3))
        #expect(fingers.prints.map(\.finger) == [.rightIndex, .leftIndex])
        #expect(fingers.prints.map(\.finger.subtype) == [0x09, 0x0A])
        #expect(fingers.bytes == (try bytes(.dg3)))
        #expect(FingerFile(prints: []).bytes == [0x63, 0x06, 0x7F, 0x61, 0x03, 0x02, 0x01, 0x00])
        #expect(try FingerFile(bytes: FingerFile(prints: []).bytes).prints == [])
    }

    @Test("a picture of another kind is no portrait")
    func refusesPictures() {
        #expect(FaceFile(image: Array("GIF89a".utf8), width: 1, height: 1, sex: nil) == nil)
        #expect(FaceFile(image: Specimen.image, width: 0, height: 1, sex: nil) == nil)
        #expect(FaceFile(image: Specimen.image, width: 1, height: 65_536, sex: nil) == nil)
        let wavelets = FaceFile(image: [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20], width: 1, height: 1, sex: nil)
        #expect(wavelets?.format == .jpeg2000)
    }

    @Test("the national fields have the observed layout and keep what is not known")
    func nationalFields() throws {
        let written = try bytes(.dg13)
        #expect(Hex.text(written).contains("020101" + "060628d316010008"))
        let file = try NationalFile(bytes: written)
        #expect(file == Specimen.national())
        #expect(file.texts[.name] == "Nguyễn Thị Mẫu")
        #expect(file.texts[.religion] == nil)
        #expect(file.mother == "Trần Thị Mẫu" && file.father == nil && file.spouse == "Lê Văn Mẫu")
        let foreign = TLV.bytes(
            0x6D,
            DER.sequence(
                DER.integer(1), OID.utf8.der,
                TLV.bytes(DER.set, DER.sequence(DER.integer(99), DER.octets([1, 2])))))
        let read = try NationalFile(bytes: foreign)
        #expect(read.others == [99: DER.octets([1, 2])])
        #expect(read.bytes == foreign)
    }

    @Test("protocols and keys come back, and their set keeps its bytes")
    func protocols() throws {
        #expect(
            Hex.text(SecurityInfos.pace().cardAccess) == "31143012060a04007f0007020204020202010202010c")
        let access = try SecurityInfos(cardAccess: bytes(.cardAccess))
        #expect(access.paceCurves == [.p256] && access.chipKey == nil)
        let infos = try SecurityInfos(dataGroup14: bytes(.dg14))
        #expect(infos.dataGroup14 == (try bytes(.dg14)))
        let key = try ActiveKeyFile(bytes: bytes(.dg15)).key
        #expect(infos.chipKey == key)
        // A set in another order stays as it is: written anew its hash would differ.
        let turned = TLV.bytes(ChipFile.dg14.tag, TLV.bytes(DER.set, joining: infos.infos.reversed().map(\.der)))
        #expect(try SecurityInfos(dataGroup14: turned).dataGroup14 == turned)
    }

    @Test("lying lengths, cut files and bytes behind the end are refused", arguments: ChipFile.allCases)
    func refusesLies(file: ChipFile) throws {
        var specimen = try Specimen().files
        specimen[.dg2] = try #require(FaceFile(image: Array(Specimen.image.prefix(40)), width: 1, height: 1, sex: nil))
            .bytes
        let whole = try #require(specimen[file])
        #expect(throws: Never.self) { try Self.parse(file, whole) }
        #expect(throws: ChipFault.bytesLeft) { try Self.parse(file, whole + [0]) }
        // The signed object is long, and each try checks keys: some places of it are enough.
        let step = file == .sod ? 11 : 1
        for length in stride(from: 0, to: whole.count, by: step) {
            #expect(throws: ChipFault.self) { try Self.parse(file, Array(whole[..<length])) }
        }
        for lie in [[0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x84, 0x7F, 0xFF, 0xFF, 0xFF], [0x80], [0x85, 1, 1, 1, 1, 1]] {
            let start = Array(whole.prefix(1)) + lie.map { UInt8($0) }
            #expect(throws: ChipFault.self) { try Self.parse(file, start + whole) }
        }
        // Whatever a byte is changed to, the answer is a value or a fault, and comes without taking memory.
        for place in stride(from: 0, to: whole.count, by: step) {
            for value in [0x00, 0x7F, 0x80, 0x84, 0xFF] {
                var changed = whole
                changed[place] = UInt8(value)
                _ = try? Self.parse(file, changed)
            }
        }
    }

    static func parse(_ file: ChipFile, _ bytes: [UInt8]) throws {
        switch file {
        case .cardAccess: _ = try SecurityInfos(cardAccess: bytes)
        case .com: _ = try ContentsFile(bytes: bytes)
        case .dg1: _ = try ZoneFile(bytes: bytes)
        case .dg2: _ = try FaceFile(bytes: bytes)
        case .dg3: _ = try FingerFile(bytes: bytes)
        case .dg13: _ = try NationalFile(bytes: bytes)
        case .dg14: _ = try SecurityInfos(dataGroup14: bytes)
        case .dg15: _ = try ActiveKeyFile(bytes: bytes)
        case .sod: _ = try SecurityObject(bytes: bytes)
        }
    }

    @Test("fields of every length are written and read", arguments: [0, 1, 127, 128, 255, 256, 65_535, 65_536])
    func lengths(count: Int) throws {
        let value = [UInt8](repeating: 0xA5, count: count)
        for tag: UInt32 in [0x30, 0x5F1F, 0x7F61] {
            let bytes = TLV.bytes(tag, value)
            #expect(try Array(TLV(bytes, tag: tag).value) == value)
            #expect(throws: ChipFault.unexpectedTag(tag)) { try TLV(bytes, tag: 0x31) }
        }
    }

    @Test("numbers, times and names of DER are written as the standard has them")
    func values() throws {
        #expect(DER.integer(0) == [2, 1, 0])
        #expect(DER.integer(127) == [2, 1, 127])
        #expect(DER.integer(128) == [2, 2, 0, 128])
        #expect(DER.integer(65_536) == [2, 3, 1, 0, 0])
        for text in ["2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "1999-02-28T12:00:00Z"] {
            let instant = try #require(Instant(parsing: text))
            let bytes = DER.time(instant)
            #expect(bytes[0] == (text.hasPrefix("2050") ? 0x18 : 0x17))
            #expect(try DER.time(TLV(bytes, tag: UInt32(bytes[0]))) == instant)
        }
        #expect(OID.utf8.der == [0x06, 0x06, 0x28, 0xD3, 0x16, 0x01, 0x00, 0x08])
        #expect(Hex.text(OID.securityObject.der) == "060667810801" + "0101")
    }
}
