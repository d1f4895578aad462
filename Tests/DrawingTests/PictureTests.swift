import Civil
import Foundation
import Testing

@testable import Drawing

@Suite("The pictures of the documentation")
struct PictureTests {
    /// `DANCU_WRITE_PICTURES=docs/pictures swift test --filter PictureTests` makes them anew.
    private static let folder = ProcessInfo.processInfo.environment["DANCU_WRITE_PICTURES"]

    @Test("are made of an invented person", .enabled(if: folder != nil))
    func write() throws {
        let folder = URL(fileURLWithPath: try #require(PictureTests.folder))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let faces = try CardFaces(try InventedCard.content())
        for side in CardFaces.Side.allCases {
            let bytes = try Sheet.png(CardFaces.card, dotsPerInch: 250) { canvas throws(DrawingRefusal) in
                try faces.draw(side, on: canvas)
            }
            try Data(bytes).write(to: folder.appending(path: "card-2024-\(side.rawValue).png"))
        }
    }
}
