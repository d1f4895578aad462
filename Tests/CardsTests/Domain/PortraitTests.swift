import Chip
import Civil
import Drawing
import Testing

@testable import Cards

@Suite("Portraits as they are taken")
struct PortraitTests {
    /// A picture of a light wall and an oval with lines in it, of nobody.
    private static func picture(
        width: Int = 300, height: Int = 400, wall: Int = 225, face: Int = 150, lines: Int = 45, softened: Int = 0
    ) throws -> GreyPicture {
        var dots: [Double] = []
        for row in 0..<height {
            for column in 0..<width {
                let (across, down) = (Double(column) / Double(width) - 0.5, Double(row) / Double(height) - 0.52)
                let isFace = across * across / 0.09 + down * down / 0.15 < 1
                let stripe = (column / max(1, width / 30) + row / max(1, height / 24)) % 2 == 0 ? lines : -lines
                dots.append(Double(isFace ? face + stripe : wall))
            }
        }
        for _ in 0..<softened { dots = blurred(dots, width, height) }
        return try #require(
            GreyPicture(
                width: width, height: height, dots: dots.map { UInt8(clamping: Int($0)) }, dotsPerInch: nil))
    }

    /// Each dot the mean of nine in its row, then of nine in its column.
    private static func blurred(_ dots: [Double], _ width: Int, _ height: Int) -> [Double] {
        func mean(_ dots: [Double], _ step: Int, _ side: Int, _ place: (Int) -> Int) -> [Double] {
            dots.indices.map { index in
                let at = place(index)
                let reach = max(-4, -at)...min(4, side - 1 - at)
                return reach.reduce(0) { $0 + dots[index + $1 * step] } / Double(reach.count)
            }
        }
        let rows = mean(dots, 1, width) { $0 % width }
        return mean(rows, width, height) { $0 / width }
    }

    @Test("a sharp picture before a light wall passes in every size", arguments: [160, 300, 600, 1_200])
    func passes(width: Int) throws {
        #expect(PortraitCheck.fault(of: try Self.picture(width: width, height: width * 4 / 3)) == nil)
    }

    @Test("what is wrong is named")
    func faults() throws {
        #expect(PortraitCheck.fault(of: try Self.picture(width: 600, height: 300)) == .shape)
        #expect(PortraitCheck.fault(of: try Self.picture(face: 20, lines: 15)) == .exposure)
        #expect(PortraitCheck.fault(of: try Self.picture(wall: 255, face: 245, lines: 9)) == .exposure)
        #expect(PortraitCheck.fault(of: try Self.picture(wall: 60)) == .background)
        #expect(PortraitCheck.fault(of: try Self.picture(softened: 12)) == .blurred)
        for fault in PortraitFault.allCases {
            #expect(!fault.sentence.vietnamese.isEmpty && fault.sentence.vietnamese != fault.sentence.english)
        }
    }

    @Test("the figures that the program draws pass, so that a demonstration can upload them")
    func drawn() throws {
        for person in 0..<Capture.specimens {
            let face = try #require(Capture.specimen(for: person))
            let fault = PortraitCheck.fault(of: try GreyPicture(file: face.image))
            #expect(fault == nil, "\(person): \(String(describing: fault))")
        }
    }

    @Test("a JPEG that fits is kept as it is; what is no picture is told")
    func photographs() throws {
        let face = try #require(Capture.specimen(for: 1))
        let kept = try Capture.Portrait(photograph: face.image)
        #expect(kept.image == face.image && kept.width == face.width && !kept.isSpecimen)
        for bad in [[], [0xFF, 0xD8, 0xFF, 0xC0], Array("no picture".utf8), Array(face.image.prefix(200))] as [[UInt8]]
        {
            #expect(throws: ApplicationRefusal.portraitUnreadable) {
                try Capture(portrait: try Capture.Portrait(photograph: bad)).check(age: 30)
            }
        }
        // The header of a picture, and rubbish behind it.
        let hollow = Capture.Portrait(jpeg: Array(face.image.prefix(700)) + [UInt8](repeating: 7, count: 5_000))
        #expect(throws: ApplicationRefusal.portraitUnreadable) {
            try Capture.withoutFingers(.amputated, portrait: hollow).check(age: 30)
        }
    }

    @Test("a portrait that the checks refuse is taken for a reason, and the fault is told")
    func accepted() throws {
        let page = try Sheet.png(Box(0, 0, 60, 40), dotsPerInch: 200) { _ in }
        let portrait = try Capture.Portrait(photograph: page)
        #expect(portrait.image.starts(with: [0xFF, 0xD8]))
        let capture = Capture.withoutFingers(.amputated, portrait: portrait)
        #expect(throws: ApplicationRefusal.portraitUnfit(.shape)) { try capture.check(age: 30) }
        #expect(try capture.check(age: 30, accepting: true) == .shape)
    }
}
