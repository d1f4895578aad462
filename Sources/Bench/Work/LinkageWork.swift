import Civil
import Foundation
import Linkage

/// Finding the records of one person in a file, with Splink beside it in the same run; one record against all others.
struct LinkageWork {
    let place: BenchPlace

    /// Where `./bench` puts Splink when Python can install it.
    private var splink: URL { place.folder.appendingPathComponent("splink/bin/python") }
    private static let script = "Scripts/link-with-splink.py"
    private static let newcomers = 4_000

    func measure() async throws -> [Figure] {
        let file = try LinkageFile(records: place.people, seed: UInt64(BenchPlace.seed))
        let source = place.folder.appendingPathComponent("linkage-\(place.people).csv")
        try file.write(to: source)
        let (own, other) = try runs(source)
        let bound = place.people >= 1_000_000 ? 0.96 : 0.965
        let pairs = file.score(own.pairs)
        let clusters = file.score(LinkageWork.pairs(of: own.clusters))
        let baseline = other.map { file.score($0.pairs) }
        let name = other == nil ? nil : "Splink"
        var figures = [
            Figure(
                work: "linkage: time", value: own.seconds.median, unit: "s", baseline: name,
                baselineValue: other?.seconds.median, required: other == nil ? nil : "≤ 0.2 of Splink",
                isReached: other.map { own.seconds.median <= 0.2 * $0.seconds.median }, least: own.seconds.least,
                greatest: own.seconds.greatest),
            Figure(
                work: "linkage: memory", value: own.megabytes, unit: "MB", baseline: name,
                baselineValue: other?.megabytes, required: "≤ 1000 MB for a million",
                isReached: own.megabytes <= 1_000 * max(1, Double(place.people) / 1_000_000)),
        ]
        let shares: [(String, Double, Double?, Double?)] = [
            ("precision", pairs.precision, baseline?.precision, nil), ("recall", pairs.recall, baseline?.recall, nil),
            ("pairwise F1", pairs.f1, baseline?.f1, bound), ("clusters F1", clusters.f1, nil, 0.97),
        ]
        figures += shares.map { what, value, baseline, bound in
            Figure(
                work: "linkage: \(what)", value: value, unit: "", baseline: baseline == nil ? nil : name,
                baselineValue: baseline, required: bound.map { "≥ \($0)" }, isReached: bound.map { value >= $0 })
        }
        return try await figures + oneAgainstAll(file)
    }

    // MARK: Whole files

    private struct Linked {
        var seconds = Samples()
        var megabytes = 0.0
        var pairs: [(Int, Int)] = []
        var clusters: [Int: [Int]] = [:]
    }

    /// Both programs in turn; Splink is run as often as there is patience for.
    private func runs(_ source: URL) throws -> (own: Linked, other: Linked?) {
        let pairs = place.folder.appendingPathComponent("linkage-pairs.csv")
        let clusters = place.folder.appendingPathComponent("linkage-clusters.csv")
        var own = Linked()
        var other = FileManager.default.isExecutableFile(atPath: splink.path) ? Linked() : nil
        for run in 0..<place.runs {
            try time(
                [
                    place.program, "link", "find", source.path, "--pairs", pairs.path, "--clusters", clusters.path,
                    "--json",
                ], &own)
            guard run < 2, var linked = other else { continue }
            let found = place.folder.appendingPathComponent("linkage-splink.csv")
            try time([splink.path, LinkageWork.script, source.path, found.path], &linked)
            linked.pairs = try LinkageWork.pairs(in: found)
            other = linked
        }
        own.pairs = try LinkageWork.pairs(in: pairs)
        for line in try LinkageWork.rows(of: clusters) { own.clusters[line[1], default: []].append(line[0]) }
        return (own, other)
    }

    /// Runs a program; its time, and the most memory that it took.
    private func time(_ command: [String], _ linked: inout Linked) throws {
        let note = place.folder.appendingPathComponent("linkage-memory.txt")
        let started = ContinuousClock.now
        try ChildProcess.run("/usr/bin/time", ["--format=%M", "--output=\(note.path)"] + command)
        linked.seconds.add(Stopwatch.seconds(since: started))
        // GNU time tells units of 1024 bytes.
        let kilobytes = Double(try String(contentsOf: note, encoding: .utf8).split(separator: "\n").last ?? "") ?? 0
        linked.megabytes = max(linked.megabytes, kilobytes * 1_024 / 1e6)
    }

    private static func rows(of file: URL) throws -> [[Int]] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",").prefix(2).compactMap { Int($0) }
        }.filter { $0.count == 2 }
    }

    private static func pairs(in file: URL) throws -> [(Int, Int)] { try rows(of: file).map { ($0[0], $0[1]) } }

    private static func pairs(of clusters: [Int: [Int]]) -> [(Int, Int)] {
        clusters.values.flatMap { members in
            members.indices.flatMap { one in members[(one + 1)...].map { (members[one], $0) } }
        }
    }

    // MARK: One record

    /// Some records are kept out and asked for one by one, half of them somebody's second record.
    private func oneAgainstAll(_ file: LinkageFile) async throws -> [Figure] {
        var seen: Set<Int> = []
        var asked: [Int] = []
        var singles: [Int] = []
        for (place, person) in file.persons.enumerated() {
            if !seen.insert(person).inserted { asked.append(place) } else { singles.append(place) }
        }
        let second = Set(asked.prefix(LinkageWork.newcomers / 2))
        let firsts = Set(second.map { file.persons[$0] })
        let strangers = singles.filter { !firsts.contains(file.persons[$0]) }.prefix(LinkageWork.newcomers / 2)
        let out = second.union(strangers)
        let source = place.folder.appendingPathComponent("linkage-index.csv")
        try file.write(to: source) { !out.contains($0) }
        let bytes = Array(try Data(contentsOf: source))
        let table = try bytes.withUnsafeBufferPointer { try LinkReader.read($0) }
        let model = await LinkEngine(table).learn()
        let started = ContinuousClock.now
        let index = LinkIndex(table, model: model)
        let built = Stopwatch.seconds(since: started)
        var times = Samples()
        var (found, told) = (0, 0)
        for place in out.sorted() {
            let record = LinkageWork.record(file.lines[place])
            let start = ContinuousClock.now
            let matches = index.matches(of: record)
            times.add(Stopwatch.seconds(since: start) * 1_000)
            let people = matches.compactMap { Int(table.ids[$0.place]) }.map { file.persons[$0] }
            if second.contains(place), people.contains(file.persons[place]) { found += 1 }
            if !second.contains(place), people.contains(where: { $0 != file.persons[place] }) { told += 1 }
        }
        return [
            Figure(work: "linkage: index built", value: Double(table.count) / built, unit: "records/s"),
            Figure(work: "linkage: one record against all, p50", value: times.median, unit: "ms"),
            Figure(
                work: "linkage: one record against all, p99", value: times.percentile(0.99), unit: "ms",
                required: "≤ 10 ms", isReached: times.percentile(0.99) <= 10),
            Figure(
                work: "linkage: second records told", value: Double(found) / Double(max(1, second.count)), unit: ""),
            Figure(
                work: "linkage: asked in vain", value: Double(told) / Double(max(1, strangers.count)), unit: ""),
        ]
    }

    private static func record(_ line: String) -> LinkRecord {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        func text(_ place: Int) -> String? { fields[place].isEmpty ? nil : fields[place] }
        var record = LinkRecord(id: "newcomer")
        record.fullName = text(0)
        record.birth = text(1).flatMap { PartialDate(canonical: $0) }
        record.sex = text(2).map { $0 == "M" ? .male : .female }
        (record.birthProvince, record.commune) = (text(3), text(4))
        (record.fatherName, record.motherName, record.oldNumber) = (text(5), text(6), text(7))
        return record
    }
}
