import ArgumentParser
import Chip
import Civil
import Database
import Foundation
import Ledger
import Population
import Reader
import Web

/// An error as the person at the terminal, or the calling program, gets it.
struct CommandFailure: Error {
    enum Exit: Int32 {
        case refused = 1
        case damaged = 3
        case unavailable = 4
        case usage = 64
    }

    let code: String
    let sentence: Sentence
    let exit: Exit

    var exitCode: Int32 { exit.rawValue }

    init(code: String, exit: Exit, vietnamese: String, english: String) {
        self.code = code
        sentence = Sentence(vietnamese: vietnamese, english: english)
        self.exit = exit
    }

    init(code: String, exit: Exit, sentence: Sentence) {
        self.code = code
        self.sentence = sentence
        self.exit = exit
    }

    /// The failure behind an error; nil for errors of the argument parser, which speak for themselves.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let refusal as RecordingRefusal: self.init(code: refusal.code, exit: .refused, sentence: refusal.sentence)
        case let refusal as BatchRefusal: self.init(code: refusal.code, exit: .refused, sentence: refusal.sentence)
        case let refusal as WebRefusal: self.init(code: refusal.code, exit: .refused, sentence: refusal.sentence)
        case let damaged as RegisterDamaged:
            self.init(code: damaged.code, exit: .damaged, sentence: damaged.sentence)
        // Nothing is said of the card: whoever asked for a verdict must not take it for a bad one.
        case let refusal as ReaderRefusal:
            self.init(code: refusal.code, exit: .unavailable, sentence: refusal.sentence)
        case let failure as ChipTerminal.Failure:
            self.init(code: failure.code, exit: .unavailable, sentence: failure.sentence)
        case let refusal as any ExplainedRefusal:
            self.init(code: refusal.code, exit: .refused, sentence: refusal.sentence)
        case let refusal as Refusal: self.init(code: refusal.code, exit: .refused, sentence: refusal.sentence)
        case let error as DatabaseError:
            let exit: Exit =
                switch error {
                case .corrupt: .damaged
                case .malformedLocation, .passwordInURL: .usage
                default: .unavailable
                }
            self.init(
                code: error.code, exit: exit,
                sentence: Sentence(vietnamese: error.sentence.vietnamese, english: error.sentence.english))
        case let error as DamagedEntry:
            self.init(damage: "entry \(error.entry): \(error.reason)")
        case let error as DamagedStream:
            self.init(damage: "act \(error.act.rawValue): \(error.reason)")
        case let error as DamagedContent: self.init(damage: error.reason)
        case is CleanExit, is ValidationError, is ExitCode: return nil
        default:
            if String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") { return nil }
            if "\(error)".contains("errno: \(EADDRINUSE)") {
                self.init(
                    code: "port_in_use", exit: .unavailable,
                    vietnamese: "Cổng đó đang được dùng; chọn cổng khác bằng --port, hoặc dừng máy chủ đang chạy.",
                    english: "The port is in use; choose another with --port, or stop the server that runs there.")
                return
            }
            self.init(
                code: "internal_error", exit: .unavailable,
                vietnamese:
                    "Lỗi trong chương trình (\(type(of: error))); chạy lại, nếu còn lỗi thì báo người quản trị.",
                english: "An error inside the program (\(type(of: error))); try again, then tell the administrator.")
        }
    }

    private init(damage: String) {
        self.init(
            code: "record_damaged", exit: .damaged,
            vietnamese: "Dữ liệu đã lưu bị hỏng (\(damage)); chạy dancu log verify và khôi phục từ bản sao lưu.",
            english: "Stored data are damaged (\(damage)); run dancu log verify and restore from a backup.")
    }

    /// Tells the person, or the program that asked for JSON.
    ///
    /// - Parameter batch: The file that is refused, where there is one object for each.
    func report(asJSON: Bool, ofBatch batch: String? = nil) {
        if asJSON {
            let value: JSONValue = .object([
                "error": .object([
                    "code": .string(code), "vi": .string(sentence.vietnamese), "en": .string(sentence.english),
                ])
            ])
            try? Console.json(value.with(batch.map { .string($0) }, as: "batch"))
        }
        Console.message("\(sentence.vietnamese)\n\(sentence.english) [\(code)]")
    }
}
