import Civil
import Foundation
import Population

/// Where the program writes: data to standard output, messages to standard error.
enum Console {
    /// One line of data.
    static func line(_ text: String) {
        write(text + "\n", to: FileHandle.standardOutput)
    }

    /// One line of message.
    static func message(_ text: String) {
        write(text + "\n", to: FileHandle.standardError)
    }

    /// One JSON value on one line, keys sorted.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        line(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Whether a person watches standard error.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes over the present line of standard error.
    static func progress(_ text: String) {
        write("\r\u{1B}[2K" + text, to: FileHandle.standardError)
    }

    /// A bar that is filled as far as the work is done.
    static func bar(_ name: String, _ done: Int, of all: Int, beside text: String) -> String {
        let width = 24
        let filled = min(width, done * width / max(all, 1))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        return "\(name) \(bar) \(text)"
    }

    private static func write(_ text: String, to file: FileHandle) {
        // A reader that has gone away (`| head`) is no reason to fail.
        try? file.write(contentsOf: Data(text.utf8))
    }

    /// Columns of text, the first ones padded to the widest.
    static func table(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

extension Sentence {
    /// Both languages on one line.
    var inBoth: String { "\(vietnamese) / \(english)" }
}
