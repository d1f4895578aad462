import ArgumentParser
import Chip
import Foundation

/// The options that name a card's zone or CAN: in files, since what stands in flags stays in histories and lists.
struct CardCodeOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("A file whose first line is the CAN, six digits.", valueName: "file"), completion: .file())
    var canFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A file with the three lines of the zone on the back.", valueName: "file"),
        completion: .file())
    var zoneFile: String?

    var isOne: Bool { (canFile == nil) != (zoneFile == nil) }
    var isNone: Bool { canFile == nil && zoneFile == nil }

    func password() throws -> ChipPassword {
        if let canFile { return .can(try CardCode.can(canFile)) }
        return .zone(try CardCode.zone(zoneFile ?? ""))
    }
}

/// Codes of cards in files.
enum CardCode {
    /// A zone has ninety characters and three ends of lines.
    private static let longest = 400

    static func can(_ path: String) throws -> String {
        let line = try text(path).split(whereSeparator: \.isNewline).first ?? ""
        let can = line.filter { !$0.isWhitespace }
        guard can.utf8.count == 6, can.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw CommandFailure(
                code: "can_malformed", exit: .refused,
                vietnamese: "CAN có 6 chữ số, đứng một mình ở dòng đầu của tệp; sửa tệp.",
                english: "A CAN has 6 digits and stands alone on the first line of the file; mend the file.")
        }
        return can
    }

    static func zone(_ path: String) throws -> MRZ { try MRZ(parsing: try text(path)) }

    /// What stands in a file or comes through a pipe.
    private static func text(_ path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw CardFolder.notReadable(path) }
        defer { try? handle.close() }
        var data = Data()
        while data.count < longest, let part = try? handle.read(upToCount: longest - data.count), !part.isEmpty {
            data += part
        }
        return String(decoding: data, as: UTF8.self)
    }
}
