import Access
import Civil
import Crypto
import Database
import Foundation
import Ledger

/// What became of a file of requests.
package struct ActFileSummary: Hashable, Sendable {
    /// A request that a rule forbade, or that could not be understood.
    package struct Refused: Hashable, Sendable {
        package var line: Int
        package var code: String
        package var sentence: Sentence
    }

    package var name: String
    package var lines: Int
    package var recorded: Int
    package var refused: Int
    /// The first refusals of this run.
    package var refusals: [Refused] = []
    /// How many requests of this run were refused, by code.
    package var refusedByCode: [String: Int] = [:]

    /// So many refusals are told one by one.
    package static let mostRefusals = 100

    mutating func refuse(_ line: Int, _ refusal: RecordingRefusal) {
        refusedByCode[refusal.code, default: 0] += 1
        guard refusals.count < ActFileSummary.mostRefusals else { return }
        refusals.append(.init(line: line, code: refusal.code, sentence: refusal.sentence))
    }
}

/// How far the recording of a file of requests is.
package struct ActFileProgress: Hashable, Sendable {
    package let file: String
    package let done: Int
    package let lines: Int
}

extension PopulationRegister {
    /// Requests of one transaction: a durable commit for each act would be most of the work.
    static let requestsPerTransaction = 300

    /// Ghi nhiều sự việc: many officers' requests in one transaction, each by the same rules as if it came alone.
    ///
    /// A request that is refused changes nothing and keeps no other out.
    package func record(
        _ requests: [ActRequest], by requester: Requester
    ) async throws -> [Result<ActReceipt, RecordingRefusal>] {
        let context = RecordingContext(register: self, today: surroundings.today)
        let person = ActingPerson(requester: requester)
        return try await retryingLostRace {
            try await database.write { connection in
                try requests.map { try ActRecorder(context: context, connection: connection).attempt($0, by: person) }
            }
        }
    }

    /// Ghi sự việc từ tệp: records a file of requests, one JSON object a line, in the order of the file.
    ///
    /// The same file again changes nothing; an interrupted run goes on where it stopped, since the file's progress is
    /// kept in the transaction of the acts. A request may name somebody by a sheet (`sheet:BATCH/PLACE`), a household
    /// by one of its sheets (`household:BATCH/PLACE`), and what an earlier line made (`line:NUMBER`).
    package func recordFile(
        path: String, by requester: Requester, progress: @Sendable (ActFileProgress) -> Void = { _ in }
    ) async throws -> ActFileSummary {
        let file = try ActFile(path: path)
        var state = try await receive(file)
        var summary = ActFileSummary(name: file.name, lines: file.lines, recorded: 0, refused: 0)
        var reader = try ActFileLines(path: path)
        try reader.skip(state.done)
        progress(.init(file: file.name, done: state.done, lines: file.lines))
        while state.done < file.lines {
            try Task.checkCancellation()
            let lines = try reader.next(PopulationRegister.requestsPerTransaction)
            guard !lines.isEmpty else { break }
            let (next, refused) = try await record(lines, of: state, by: ActingPerson(requester: requester))
            if next.done != state.done + lines.count {
                // Somebody else records the same file: go on behind them.
                reader = try ActFileLines(path: path)
                try reader.skip(next.done)
            }
            for (line, refusal) in refused { summary.refuse(line, refusal) }
            state = next
            progress(.init(file: file.name, done: state.done, lines: file.lines))
        }
        summary.recorded = state.recorded
        summary.refused = state.done - state.recorded
        return summary
    }

    /// The most requests of a file that can be tried: all of them are one transaction, beside which nobody writes.
    package static let mostRequestsToTry = 5_000

    /// Thử ghi từ tệp: what the recording of the file would come to; nothing of it stays in the register.
    ///
    /// A file that is recorded in part is tried from where it stands.
    /// - Throws: as `recordFile` does, and `ActFileRefusal.tooManyToTry`.
    package func tryFile(path: String, by requester: Requester) async throws -> ActFileSummary {
        let file = try ActFile(path: path)
        guard file.lines <= PopulationRegister.mostRequestsToTry else {
            throw ActFileRefusal.tooManyToTry(limit: PopulationRegister.mostRequestsToTry)
        }
        let context = RecordingContext(register: self, today: surroundings.today)
        let person = ActingPerson(requester: requester)
        return try await retryingLostRace {
            try await database.rehearse { connection in
                let store = ActFileStore(connection: connection)
                let now = context.surroundings.now()
                var state = try store.state(digest: file.digest) ?? store.insert(file, at: now)
                state = try store.lock(state.id)
                var summary = ActFileSummary(name: file.name, lines: file.lines, recorded: 0, refused: 0)
                var reader = try ActFileLines(path: path)
                try reader.skip(state.done)
                let recorder = ActFileRecorder(context: context, person: person, connection: connection)
                while state.done < file.lines {
                    let lines = try reader.next(PopulationRegister.requestsPerTransaction)
                    guard !lines.isEmpty else { break }
                    let (next, refused) = try recorder.record(lines, of: state)
                    for (line, refusal) in refused { summary.refuse(line, refusal) }
                    state = next
                }
                summary.recorded = state.recorded
                summary.refused = state.done - state.recorded
                return summary
            }
        }
    }

    /// The counts of a file of that name whose lines are all recorded or refused; nil when there is none.
    package func recordedFile(named name: String) async throws -> ActFileSummary? {
        try await database.read { try ActFileStore(connection: $0).finished(named: name) }
    }

    private func receive(_ file: ActFile) async throws -> ActFileState {
        let now = surroundings.now()
        return try await database.write { connection in
            let store = ActFileStore(connection: connection)
            if let known = try store.state(digest: file.digest) { return known }
            return try store.insert(file, at: now)
        }
    }

    /// Records the next lines, unless somebody else has; gives how far the file is, and what was refused.
    private func record(
        _ lines: [[UInt8]], of state: ActFileState, by person: ActingPerson
    ) async throws -> (ActFileState, [(line: Int, refusal: RecordingRefusal)]) {
        let context = RecordingContext(register: self, today: surroundings.today)
        return try await retryingLostRace {
            try await database.write { connection in
                let present = try ActFileStore(connection: connection).lock(state.id)
                guard present.done == state.done else { return (present, []) }
                return try ActFileRecorder(context: context, person: person, connection: connection)
                    .record(lines, of: present)
            }
        }
    }

    private func retryingLostRace<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch DatabaseError.uniqueViolation(let what) where what.contains("act_subject") {
            return try await body()
        }
    }
}

/// Records lines of a file inside a transaction.
private struct ActFileRecorder {
    let context: RecordingContext
    let person: ActingPerson
    let connection: Connection

    /// Records the lines behind the ones that are done; gives how far the file is then, and what was refused.
    func record(
        _ lines: [[UInt8]], of state: ActFileState
    ) throws -> (ActFileState, [(line: Int, refusal: RecordingRefusal)]) {
        var references = ActFileReferences(file: state.id, connection: connection)
        var refused: [(line: Int, refusal: RecordingRefusal)] = []
        var made: [(line: Int, handle: String)] = []
        for (offset, bytes) in lines.enumerated() {
            let line = state.done + offset + 1
            let recorder = ActRecorder(context: context, connection: connection)
            switch try recorder.attempt(bytes, &references, by: person) {
            case .success(let receipt):
                guard let created = receipt.created else { continue }
                references.made[line] = created
                made.append((line, created))
            case .failure(let refusal): refused.append((line, refusal))
            }
        }
        let next = ActFileState(
            id: state.id, done: state.done + lines.count, recorded: state.recorded + lines.count - refused.count)
        try ActFileStore(connection: connection).advance(to: next, made: made, at: context.surroundings.now())
        return (next, refused)
    }
}

extension ActRecorder {
    /// Records the request, or gives the refusal; nothing of a refused request is written.
    func attempt(_ request: ActRequest, by person: ActingPerson) throws -> Result<ActReceipt, RecordingRefusal> {
        do {
            return .success(try record(request, by: person))
        } catch let refusal as RecordingRefusal {
            return .failure(refusal)
        }
    }

    fileprivate func attempt(
        _ line: [UInt8], _ references: inout ActFileReferences, by person: ActingPerson
    ) throws -> Result<ActReceipt, RecordingRefusal> {
        do {
            return try attempt(try references.resolve(try ActRequest.read(Data(line))), by: person)
        } catch let refusal as RequestRefusal {
            return .failure(.request(refusal))
        }
    }
}

/// A file of requests: its name, digest and number of lines.
struct ActFile: Sendable {
    let name: String
    let digest: String
    let lines: Int

    init(path: String) throws {
        name = path.split(separator: "/").last.map(String.init) ?? path
        var reader = try ActFileLines(path: path)
        var hash = SHA256()
        var count = 0
        while true {
            let lines = try reader.next(PopulationRegister.requestsPerTransaction)
            if lines.isEmpty { break }
            count += lines.count
            for line in lines {
                hash.update(data: line)
                hash.update(data: [UInt8(ascii: "\n")])
            }
        }
        guard count > 0 else { throw ActFileRefusal.empty }
        lines = count
        digest = hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}

/// The lines of a file, some at a time; empty ones do not count.
struct ActFileLines {
    private let file: FileHandle
    private let path: String
    private var rest: [UInt8] = []
    private var isAtEnd = false
    private var read = 0

    /// One request is no longer than this.
    static let longestLine = 1 << 20
    private static let blockBytes = 1 << 18

    init(path: String) throws {
        self.path = path
        guard let file = FileHandle(forReadingAtPath: path) else { throw ActFileRefusal.notReadable(path: path) }
        self.file = file
    }

    mutating func skip(_ lines: Int) throws {
        var left = lines
        while left > 0 {
            let skipped = try next(min(left, 1_000)).count
            if skipped == 0 { return }
            left -= skipped
        }
    }

    mutating func next(_ count: Int) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = rest.startIndex
        while lines.count < count {
            if let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                if end > start { lines.append(Array(rest[start..<end])) }
                start = end + 1
                continue
            }
            guard rest.count - start <= ActFileLines.longestLine else {
                throw ActFileRefusal.lineTooLong(line: read + lines.count + 1)
            }
            guard !isAtEnd else {
                if start < rest.count { lines.append(Array(rest[start...])) }
                start = rest.count
                break
            }
            rest.removeFirst(start)
            start = 0
            guard let block = try? file.read(upToCount: ActFileLines.blockBytes) ?? Data() else {
                throw ActFileRefusal.notReadable(path: path)
            }
            isAtEnd = block.isEmpty
            rest.append(contentsOf: block)
        }
        rest.removeFirst(start)
        read += lines.count
        return lines
    }
}

/// Why a file of requests is not taken; nothing of it is recorded.
package enum ActFileRefusal: ExplainedRefusal {
    case notReadable(path: String)
    case empty
    case tooManyToTry(limit: Int)
    case lineTooLong(line: Int)

    package var code: String {
        switch self {
        case .notReadable: "file_not_readable"
        case .empty: "file_empty"
        case .tooManyToTry: "file_too_many_to_try"
        case .lineTooLong: "line_too_long"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .notReadable(let path):
            Sentence(
                "Không đọc được tệp \(path); kiểm tra đường dẫn.", "The file \(path) cannot be read; check the path.")
        case .empty:
            Sentence(
                "Tệp không có dòng nào; mỗi dòng là một yêu cầu JSON.",
                "The file has no line; each line is one request as JSON.")
        case .tooManyToTry(let limit):
            Sentence(
                "Chỉ thử được tệp có tối đa \(limit) yêu cầu; chia tệp, hoặc thử trên một bản sao của cơ sở dữ liệu.",
                "A file of at most \(limit) requests can be tried; split it, or record it in a copy.")
        case .lineTooLong(let line):
            Sentence(
                "Dòng \(line) dài quá \(ActFileLines.longestLine) byte; mỗi dòng chỉ ghi một yêu cầu.",
                "Line \(line) is longer than \(ActFileLines.longestLine) bytes; write one request a line.")
        }
    }
}
