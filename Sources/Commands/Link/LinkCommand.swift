import ArgumentParser
import Civil
import Foundation
import Linkage

/// The command `dancu link`: the same person once in a file of people; no register is opened.
struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Đối chiếu tệp người: find records of one person in files of people.",
        subcommands: [LinkFindCommand.self, LinkExplainCommand.self, LinkTwoCommand.self])
}

/// The options by which files of people are read and compared.
struct LinkOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A column of the file under another name: full_name=given_name+surname; may stand several times.",
            valueName: "column=name"))
    var map: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("The set that the place codes belong to: a commune and its successor are then one place."))
    var units: String?

    @Option(name: .long, help: "Decisions already taken: id_l,id_r,decision (same, different or unclear).")
    var decisions: String?

    @OptionGroup var memory: MemoryOption

    func validate() throws {
        _ = try columnMap()
    }

    func columnMap() throws -> LinkColumnMap {
        var columns = LinkColumnMap()
        for text in map where !columns.add(text) {
            let known = LinkColumn.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--map is column=name or column=name+name; the columns are \(known).")
        }
        return columns
    }

    /// The table of a file, or of two.
    func table(_ first: String, _ second: String? = nil) throws -> LinkTable {
        let conversion = try units.map(LinkUnits.init)
        let columnMap = try self.columnMap()
        let memoryLimit = try memory.bytes()
        func read(_ path: String, _ before: LinkTable?) throws -> LinkTable {
            let data = try LinkFiles.read(path)
            return try data.withUnsafeBytes { bytes throws(LinkRefusal) in
                try LinkReader.read(
                    bytes.bindMemory(to: UInt8.self), columnMap, after: before, memory: memoryLimit,
                    places: conversion?.standard)
            }
        }
        let table = try read(first, nil)
        return try second.map { try read($0, table) } ?? table
    }

    /// The decisions of the file, for the records of the table.
    func decided(_ table: LinkTable) throws -> [LinkDecision] {
        guard let decisions else { return [] }
        let text = String(decoding: try LinkFiles.read(decisions), as: UTF8.self)
        let places = Dictionary(
            zip(table.ids.prefix(table.split == 0 ? table.count : table.split), 0...), uniquingKeysWith: { $1 })
        let others =
            table.split == 0
            ? places : Dictionary(zip(table.ids.dropFirst(table.split), table.split...), uniquingKeysWith: { $1 })
        var result: [LinkDecision] = []
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count >= 3, ["same", "different", "unclear"].contains(fields[2]) else {
                throw CommandFailure(
                    code: "link_decision_malformed", exit: .refused,
                    vietnamese:
                        "Dòng quyết định không đúng dạng id_l,id_r,same|different|unclear: sửa tệp \(decisions).",
                    english: "A decision is not id_l,id_r,same|different|unclear: mend the file \(decisions).")
            }
            guard let left = places[String(fields[0])] else { throw LinkRefusal.idUnknown(String(fields[0])) }
            guard let right = others[String(fields[1])] else { throw LinkRefusal.idUnknown(String(fields[1])) }
            guard left != right else { throw LinkRefusal.decidesOnOne(String(fields[0])) }
            if fields[2] != "unclear" { result.append(LinkDecision(left, right, isSame: fields[2] == "same")) }
        }
        return result
    }
}

/// Places by the units that hold today.
struct LinkUnits {
    private let directory: UnitDirectory
    private let set: UnitSet
    private let day: CalendarDate

    init(_ set: String) throws {
        var directory = UnitDirectory()
        for name in ShippedUnits.names {
            guard let bytes = ShippedUnits.bytes(name) else { continue }
            try directory.load(bytes)
        }
        guard let period = directory.periods.first(where: { $0.set.rawValue == set }) else {
            throw CommandFailure(
                code: "link_units_unknown", exit: .refused,
                vietnamese: "Không có bộ mã \(set); các bộ có sẵn: "
                    + "\(directory.periods.map(\.set.rawValue).joined(separator: ", ")).",
                english: "There is no set of units \(set); those that come with the program: "
                    + "\(directory.periods.map(\.set.rawValue).joined(separator: ", ")).")
        }
        self.directory = directory
        self.set = period.set
        day = directory.periods.compactMap(\.validFrom).max() ?? CalendarDate(daysSinceEpoch: 0)
    }

    /// The code of the unit that a unit became; a code that the set does not know stays as it is.
    func standard(_ code: String) -> String {
        switch directory.successors(of: UnitCode(code, set), on: day) {
        case .one(let unit): unit.code.code
        case .candidates(_, let usual): usual?.code.code ?? code
        case .same, .none: code
        }
    }
}

/// Files that are read and written.
enum LinkFiles {
    static func read(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw CommandFailure(
                code: "file_not_readable", exit: .refused,
                vietnamese: "Không đọc được \(path); kiểm tra đường dẫn.",
                english: "\(path) cannot be read; check the path.")
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                code: "file_not_written", exit: .unavailable,
                vietnamese: "Không ghi được \(path); kiểm tra thư mục và đĩa.",
                english: "\(path) cannot be written; check the folder and the disk.")
        }
    }
}
