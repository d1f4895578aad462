import Civil
import Database
import Foundation

/// The console while many officers work in it: person pages and searches, each read durable before its page is sent;
/// the sizes of pages; the nation's map.
struct ConsoleWork {
    let place: BenchPlace

    private static let port = 18_432
    private static let seconds = 20
    private static let officers = 200
    /// What an officer does between two pages, in milliseconds, at least and at most: 200 of them ask 33 a second.
    private static let pause = 4_000...8_000
    private static let longestPage = 100_000

    func measure() async throws -> [Figure] {
        guard place.postgres != nil else { return [] }
        let register = try await place.register(.postgresql)
        let server = try BenchServer(place.program, register, port: ConsoleWork.port)
        defer { server.stop() }
        // The server makes the demonstration's offices, and its index of names, before it answers a search.
        try await server.waitUntilItAnswers()
        let officers = try await BenchOfficers.signedIn(ConsoleWork.officers, in: register)
        guard let first = officers.first else { return [] }
        let people = try await people(register)
        let lists = try write(officers, people)
        _ = try page("/quality/map", first)
        _ = try search(people.first?.name ?? "", first)
        var figures: [Figure] = []
        for (what, script) in [("person page", Self.persons), ("search result", Self.searches)] {
            figures += try load(what, lists + script)
        }
        return try figures + sizes(first, people) + [map(first)]
    }

    private struct Known {
        let handle: String
        let name: String
    }

    /// People from all over the register.
    private func people(_ register: BenchRegister) async throws -> [Known] {
        let database = try await register.open()
        let found = try await database.read { connection in
            try connection.rows(
                "SELECT handle, state FROM person WHERE person_id % 37 = 1 ORDER BY handle LIMIT 20000"
            ) { row in (try row.text(0), try row.text(1)) }
        }
        await database.close()
        return found.compactMap { handle, state in
            let name = state.components(separatedBy: "\"name\":\"").dropFirst().first.map { $0.prefix { $0 != "\"" } }
            return name.map { Known(handle: handle, name: String($0)) }
        }
    }

    // MARK: Load

    private func write(_ officers: [BenchOfficers.SignedIn], _ people: [Known]) throws -> String {
        func list(_ name: String, _ lines: [String]) throws -> String {
            let file = place.folder.appendingPathComponent(name)
            try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
            return file.path
        }
        let encoded = people.map { $0.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
        return """
            local function lines(name)
              local all = {}
              for line in io.lines(name) do all[#all + 1] = line end
              return all
            end
            local cookies = lines("\(try list("cookies.txt", officers.map(\.cookie)))")
            local tokens = lines("\(try list("tokens.txt", officers.map(\.token)))")
            local handles = lines("\(try list("handles.txt", people.map(\.handle)))")
            local names = lines("\(try list("names.txt", encoded))")
            math.randomseed(7)
            local function headers(officer)
              return {["Cookie"] = cookies[officer], ["Accept"] = "text/html",
                ["User-Agent"] = "\(BenchOfficers.agent)", ["Content-Type"] = "application/x-www-form-urlencoded"}
            end
            function delay() return math.random(\(Self.pause.lowerBound), \(Self.pause.upperBound)) end
            done = function(summary, latency, requests)
              io.write(string.format("figures %.3f %.3f %.3f %d\\n", summary.requests / (summary.duration / 1e6),
                latency:percentile(95) / 1000, latency:percentile(50) / 1000,
                summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read))
            end

            """
    }

    private static let persons = """
        request = function()
          local officer = math.random(#cookies)
          return wrk.format("GET", "/persons/" .. handles[math.random(#handles)], headers(officer))
        end
        """

    private static let searches = """
        request = function()
          local officer = math.random(#cookies)
          return wrk.format("POST", "/search", headers(officer),
            "csrf=" .. tokens[officer] .. "&q=" .. names[math.random(#names)])
        end
        """

    private func load(_ what: String, _ script: String) throws -> [Figure] {
        let file = place.folder.appendingPathComponent("console.lua")
        try script.write(to: file, atomically: true, encoding: .utf8)
        var tails = Samples()
        var middles = Samples()
        var rates = Samples()
        var errors = 0
        for _ in 0..<place.runs {
            let output = try ChildProcess.run(
                "wrk",
                [
                    "--threads", "1", "--connections", "\(Self.officers)", "--duration", "\(Self.seconds)s",
                    "--script", file.path, "http://127.0.0.1:\(Self.port)/",
                ])
            let words = output.split(separator: "\n").last { $0.hasPrefix("figures ") }?.split(separator: " ") ?? []
            guard words.count == 5, let rate = Double(words[1]), let tail = Double(words[2]),
                let middle = Double(words[3]), let failed = Int(words[4])
            else { throw ChildProcess.Failed(program: "wrk: \(output.suffix(200))", status: 1) }
            rates.add(rate)
            tails.add(tail)
            middles.add(middle)
            errors += failed
        }
        return [
            Figure(
                work: "console: \(what), \(Self.officers) officers at work, p95", value: tails.median, unit: "ms",
                baseline: "p50", baselineValue: middles.median, required: "≤ 25 ms", isReached: tails.median <= 25,
                least: tails.least, greatest: tails.greatest),
            Figure(
                work: "console: \(what), errors at \(Int(rates.median.rounded())) pages/s", value: Double(errors),
                unit: "", required: "0", isReached: errors == 0),
        ]
    }

    // MARK: Single pages

    private func curl(_ arguments: [String], _ officer: BenchOfficers.SignedIn, _ path: String) throws -> (
        seconds: Double, bytes: Int
    ) {
        let output = try ChildProcess.run(
            "curl",
            [
                "--silent", "--fail", "--output", "/dev/null", "--write-out", "%{time_starttransfer} %{size_download}",
                "--header", "Accept: text/html", "--user-agent", BenchOfficers.agent, "--cookie", officer.cookie,
            ] + arguments + ["http://127.0.0.1:\(Self.port)\(path)"])
        let words = output.split(separator: " ")
        guard words.count == 2, let seconds = Double(words[0]), let bytes = Int(words[1]) else {
            throw ChildProcess.Failed(program: "curl \(path)", status: 1)
        }
        return (seconds, bytes)
    }

    private func page(_ path: String, _ officer: BenchOfficers.SignedIn) throws -> (seconds: Double, bytes: Int) {
        try curl([], officer, path)
    }

    private func search(_ name: String, _ officer: BenchOfficers.SignedIn) throws -> (seconds: Double, bytes: Int) {
        try curl(["--data-urlencode", "q=\(name)", "--data", "csrf=\(officer.token)"], officer, "/search")
    }

    private func sizes(_ officer: BenchOfficers.SignedIn, _ people: [Known]) throws -> [Figure] {
        let paths = ["/work", "/people", "/files", "/batches", "/quality", "/rules", "/help"]
        var largest = ("", 0)
        for path in paths + people.prefix(50).map({ "/persons/\($0.handle)" }) {
            let bytes = try page(path, officer).bytes
            if bytes > largest.1 { largest = (path.hasPrefix("/persons") ? "a person" : path, bytes) }
        }
        for known in people.prefix(20) {
            let bytes = try search(known.name, officer).bytes
            if bytes > largest.1 { largest = ("a search", bytes) }
        }
        return [
            Figure(
                work: "console: largest page without a map (\(largest.0))", value: Double(largest.1) / 1_000,
                unit: "kB", required: "≤ 100 kB", isReached: largest.1 <= Self.longestPage)
        ]
    }

    private func map(_ officer: BenchOfficers.SignedIn) throws -> Figure {
        var times = Samples()
        for _ in 0..<place.runs { times.add(try page("/quality/map", officer).seconds * 1_000) }
        return Figure(
            work: "console: the nation's map, warm", value: times.median, unit: "ms", required: "≤ 150 ms",
            isReached: times.median <= 150, least: times.least, greatest: times.greatest)
    }
}
