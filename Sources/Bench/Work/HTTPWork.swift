import Database
import Foundation

/// Looking persons up over HTTP, each look durable before its answer, against `pgbench` with the same select; and an
/// as-of look-up of a person with many acts against today's state.
struct HTTPWork {
    let place: BenchPlace

    private static let seconds = 5
    static let port = 18_431
    private static let acts = 50
    /// Transactions of each of pgbench's clients.
    private static let transactions = 20_000

    func measure() async throws -> [Figure] {
        guard place.postgres != nil else { return [] }
        let register = try await place.register(.postgresql)
        let database = try await register.open()
        let numbers = try await LookupWork.numbers(database, atMost: 20_000)
        await database.close()
        let history = try person(numbers, register)
        let server = try BenchServer(place.program, register, port: HTTPWork.port)
        defer { server.stop() }
        try await server.waitUntilItAnswers()
        let lists = place.folder.appendingPathComponent("numbers.txt")
        try numbers.map { number in
            let text = String(number)
            return #"{"number":"\#(String(repeating: "0", count: 12 - text.count) + text)"}"#
        }.joined(separator: "\n").write(to: lists, atomically: true, encoding: .utf8)
        var looks = Samples()
        var tails = Samples()
        var selects = Samples()
        for _ in 0..<place.runs {
            let answer = try load(script: HTTPWork.posts(lists.path, to: "/api/v1/persons/lookup"), path: "/")
            looks.add(answer.rate)
            tails.add(answer.p99)
            selects.add(try await pgbench(numbers))
        }
        let rate = Figure(
            work: "look-up over HTTP, durable entry, 32 clients", value: looks.median, unit: "/s",
            baseline: "pgbench -M prepared, 8 clients", baselineValue: selects.median, required: "≥ 0.2 of it",
            isReached: looks.median >= 0.2 * selects.median, least: looks.least, greatest: looks.greatest)
        let tail = Figure(
            work: "look-up over HTTP, p99", value: tails.median, unit: "ms", required: "≤ 10 ms",
            isReached: tails.median <= 10, least: tails.least, greatest: tails.greatest)
        return [rate, tail, try asOf(history)]
    }

    /// A person with many acts; they are recorded when they are not there yet.
    private func person(_ numbers: [Int64], _ register: BenchRegister) throws -> String {
        let digits = String(numbers[0])
        let number = String(repeating: "0", count: 12 - digits.count) + digits
        let history = try ChildProcess.run(place.program, ["person", "history", number, "--json"] + register.options)
        let count = history.components(separatedBy: "\"version\":").count - 1
        for act in count..<max(count, HTTPWork.acts) {
            let request = """
                {"kind":"details_changed","effective":"2021-\(act % 12 < 9 ? "0" : "")\(act % 12 + 1)-01",\
                "persons":["\(number)"],"content":{"details":{"phone":"09000000\(10 + act)"}}}
                """
            try ChildProcess.run(place.program, ["act", "record"] + register.options, input: request)
        }
        let shown = try ChildProcess.run(place.program, ["person", "show", number, "--json"] + register.options)
        return shown.components(separatedBy: "\"handle\":\"").dropFirst().compactMap { part in
            part.prefix(26).count == 26 ? String(part.prefix(26)) : nil
        }.last { shown.contains("\"handle\":\"\($0)\",\"household\"") } ?? ""
    }

    private func asOf(_ handle: String) throws -> Figure {
        var now = Samples()
        var then = Samples()
        for _ in 0..<place.runs {
            now.add(1_000_000 / (try load(script: nil, path: "/api/v1/persons/\(handle)").rate))
            then.add(
                1_000_000 / (try load(script: nil, path: "/api/v1/persons/\(handle)?effective_at=2021-06-30").rate))
        }
        return Figure(
            work: "as-of look-up over HTTP, \(HTTPWork.acts) acts", value: then.median, unit: "µs",
            baseline: "today's state", baselineValue: now.median, required: "≤ 3 of it",
            isReached: then.median <= 3 * now.median, least: then.least, greatest: then.greatest)
    }

    // MARK: Load

    func load(script: String?, path: String) throws -> (rate: Double, p99: Double) {
        let file = place.folder.appendingPathComponent("load.lua")
        try ((script ?? "") + HTTPWork.summary).write(to: file, atomically: true, encoding: .utf8)
        let output = try ChildProcess.run(
            "wrk",
            [
                "--threads", "1", "--connections", "32", "--duration", "\(HTTPWork.seconds)s", "--script", file.path,
                "http://127.0.0.1:\(HTTPWork.port)\(path)",
            ])
        let words = output.split(separator: "\n").last { $0.hasPrefix("figures ") }?.split(separator: " ") ?? []
        guard words.count == 4, let rate = Double(words[1]), let p99 = Double(words[2]), words[3] == "0" else {
            throw ChildProcess.Failed(program: "wrk: \(output.suffix(200))", status: 1)
        }
        return (rate, p99)
    }

    /// Posts the lines of a file, one after the other; each is made once, so that the load costs little of both cores.
    static func posts(_ bodies: String, to path: String) -> String {
        """
        local requests = {}
        init = function()
          for line in io.lines("\(bodies)") do
            requests[#requests + 1] =
              wrk.format("POST", "\(path)", {["Content-Type"] = "application/json"}, line)
          end
        end
        local next = 0
        request = function()
          next = next % #requests + 1
          return requests[next]
        end

        """
    }

    private static let summary = """
        done = function(summary, latency, requests)
          io.write(string.format("figures %.3f %.3f %d\\n", summary.requests / (summary.duration / 1e6),
            latency:percentile(99) / 1000, summary.errors.status + summary.errors.timeout))
        end
        """

    /// Transactions a second of the same select, by PostgreSQL's own load generator.
    private func pgbench(_ numbers: [Int64]) async throws -> Double {
        let name = "dancu_bench_\(place.people)"
        let table = "bench_number"
        let rows = numbers.enumerated().map { "(\($0.offset + 1), \($0.element))" }.joined(separator: ",")
        try ChildProcess.run(
            "psql", place.clientOptions(name) + ["--quiet"],
            input: """
                DROP TABLE IF EXISTS \(table); CREATE UNLOGGED TABLE \(table) (i INT PRIMARY KEY, number BIGINT);
                INSERT INTO \(table) VALUES \(rows); ANALYZE \(table);
                """)
        let script = place.folder.appendingPathComponent("select.sql")
        try """
        \\set i random(1, \(numbers.count))
        SELECT p.handle, p.state FROM \(table) s JOIN personal_number n ON n.number = s.number
        JOIN person p ON p.person_id = n.person_id WHERE s.i = :i;
        """.write(to: script, atomically: true, encoding: .utf8)
        let output = try ChildProcess.run(
            "pgbench",
            place.clientOptions(name).filter { !$0.hasPrefix("--dbname") } + [
                "--no-vacuum", "--protocol=prepared", "--client=8", "--jobs=1",
                // By count: an alarm does not reach a program that is started from a thread of Dispatch.
                "--transactions=\(HTTPWork.transactions)",
                "--file=\(script.path)", name,
            ])
        let line = output.split(separator: "\n").first { $0.hasPrefix("tps = ") }
        return line.flatMap { Double($0.split(separator: " ")[2]) } ?? 0
    }
}
