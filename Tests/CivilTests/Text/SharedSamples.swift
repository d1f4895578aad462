import Civil
import Foundation

/// The sample batches that lie beside the repository on a developer's machine; absent elsewhere.
enum SharedSamples {
    static let collection: URL = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("shared/data/collection")

    static var arePresent: Bool {
        FileManager.default.fileExists(atPath: collection.appendingPathComponent("truth.csv").path)
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: collection.appendingPathComponent(name)))
    }

    /// Rows of a file as column name → text, decoded as it is detected.
    ///
    /// Quotes and commas inside them are understood.
    static func rows(_ name: String) throws -> [[String: String]] {
        let bytes = try bytes(name)
        let text = try TextEncoding.detect(bytes).encoding.decode(bytes)
        let lines = text.split(whereSeparator: \.isNewline).map { cells(String($0)) }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { row in
            Dictionary(zip(header, row), uniquingKeysWith: { first, _ in first })
        }
    }

    private static func cells(_ line: String) -> [String] {
        var cells = [""]
        var quoted = false
        for character in line {
            if character == "\"" {
                quoted.toggle()
            } else if character == ",", !quoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
