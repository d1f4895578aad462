import Access
import Civil
import Database
import Foundation
import Ledger
import Population
import Synchronization
import TestStores
import Testing

@testable import Commands

/// Searching while the register changes, and searching for what nobody should be able to ask.
@Suite("Search under attack", .serialized)
struct SearchAttackTests {
    /// Runs `body` with a register of invented people, as the server opens it.
    private static func with(
        _ engine: Engine, _ body: @Sendable (Place, PopulationRegister) async throws -> Void
    ) async throws {
        try await Place.with(engine) { place in
            let people = Shared.isFull ? 5_000 : 1_200
            let made = try await place.run("demo", "generate", "--people", "\(people)", "--seed", "3")
            #expect(made.status == 0, "\(made.errors)")
            try await place.withRegister { register in try await body(place, register.population) }
        }
    }

    private static func find(
        _ register: PopulationRegister, _ search: PersonSearch
    ) async throws -> SearchAnswer {
        try await register.search(search, by: LocalOperator.requester)
    }

    private static func handles(_ register: PopulationRegister, _ name: String) async throws -> [String] {
        try await find(register, PersonSearch(name: name, limit: 100)).results.map(\.handle)
    }

    /// Persons with a name that can be asked for, in the order of their handles.
    private static func people(_ register: PopulationRegister) async throws -> [SearchResult] {
        try await find(register, PersonSearch(name: "Nguyễn Thị", limit: 100)).results.sorted { $0.handle < $1.handle }
    }

    private static func record(_ register: PopulationRegister, _ request: String) async throws {
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(request.utf8))
        _ = try await register.record(request, by: LocalOperator.requester)
    }

    @Test(
        "enormous, common and senseless names are answered alike every time, within the limit",
        arguments: TestStore.engines)
    func senseless(engine: Engine) async throws {
        try await Self.with(engine) { _, register in
            let names = [
                "Nguyễn", "nguyen van", "Nguyễn Thị", "ng", "th", "aa bb cc dd ee ff gg hh ii jj",
                "an ang anh nan oan uan tan van",
                String(repeating: "n", count: 100), String(repeating: "a ", count: 49) + "bc",
                String(repeating: "e\u{302}\u{301}", count: 100), "Nguyễn😀Văn", "\u{202E}nễyugN", "na\u{200B}m",
                "Nguyễn\u{0}Văn", "' OR 1=1 --", "😀 nam 🇻🇳",
            ]
            for name in names {
                let search = PersonSearch(name: name, limit: 100)
                let (one, other) = (try await Self.find(register, search), try await Self.find(register, search))
                #expect(one.results.count <= 100, "\(name)")
                #expect(one.results.map(\.handle) == other.results.map(\.handle), "\(name)")
                #expect(one.results.map(\.score) == other.results.map(\.score), "\(name)")
                #expect(one.results.map(\.score) == one.results.map(\.score).sorted(by: >), "\(name)")
            }
            let refused: [(String, SearchRefusal)] = [
                ("", .nothingAsked), (" \u{3000}\n", .nothingAsked), ("😀", .nameUnreadable), ("a", .nameTooShort),
                ("a b c", .nameTooShort), (String(repeating: "a", count: 101), .nameTooLong),
                ("a" + String(repeating: "\u{301}", count: 100_000), .nameTooLong), ("Лев", .nameUnreadable),
                ("%_%", .nameUnreadable),
            ]
            for (name, refusal) in refused {
                await #expect(throws: refusal) { try await Self.find(register, PersonSearch(name: name)) }
            }
        }
    }

    /// Living people without a number; a record with one does not go on in one without, and lists show none.
    private static func withoutNumbers(_ register: PopulationRegister, count: Int) async throws -> [SearchResult] {
        var people: [SearchResult] = []
        for result in try await Self.people(register) where result.state.life.status == .living {
            guard people.count < count else { break }
            let handle = try #require(Handle(parsing: result.handle))
            let answer = try await register.look(at: .handle(handle), by: LocalOperator.requester)
            if answer?.state.number == nil { people.append(result) }
        }
        return people
    }

    @Test(
        "merged and set aside are not found, the dead are and say so, names go as they change",
        arguments: TestStore.engines)
    func changes(engine: Engine) async throws {
        try await Self.with(engine) { _, register in
            let people = try await Self.withoutNumbers(register, count: 5)
            let (one, two, three, four, five) = (people[0], people[1], people[2], people[3], people[4])
            func details(_ of: SearchResult, _ details: String) async throws {
                try await Self.record(
                    register,
                    #"{"kind":"details_corrected","persons":["\#(of.handle)"],"content":{"details":{\#(details)}}}"#)
            }
            for (person, name) in zip([one, two, three, four, five], ["Nhất", "Nhị", "Tam", "Tứ", "Ngũ"]) {
                try await details(person, #""name":"Kpă Hlơi \#(name)""#)
            }
            let all = [one, two, three, four, five].map(\.handle)
            // Others of that family name may be in the crowd.
            #expect(Set(try await Self.handles(register, "kpa hloi")).isSuperset(of: all))
            #expect(try await !Self.handles(register, one.state.details.name ?? "").contains(one.handle))
            try await details(five, #""other_name":"Rơ Châm Wưng""#)
            #expect(try await Self.handles(register, "ro cham wung").first == five.handle)
            #expect(try await Self.handles(register, "kpa hloi ngu").first == five.handle)
            try await Self.record(
                register,
                #"{"kind":"merged_with","persons":[],"content":{"duplicate":"\#(one.handle)","into":"\#(two.handle)"}}"#
            )
            try await Self.record(
                register, #"{"kind":"set_aside","persons":["\#(three.handle)"],"content":{"reason":"nghi giả mạo"}}"#)
            let today = register.surroundings.today
            try await Self.record(
                register,
                #"{"kind":"died","effective":"\#(today)","persons":["\#(four.handle)"],"#
                    + #""content":{"certificate":"1/2026"}}"#
            )
            for _ in 0..<2 {
                let answer = try await Self.find(register, PersonSearch(name: "Kpă Hlơi", limit: 100))
                let found = Set(answer.results.map(\.handle)).intersection(all)
                #expect(found == [two.handle, four.handle, five.handle])
                #expect(answer.results.first { $0.handle == four.handle }?.state.life.status == .dead)
                try await register.rebuildSearch()
            }
            try await Self.record(
                register,
                #"{"kind":"unmerged","persons":[],"content":{"duplicate":"\#(one.handle)","into":"\#(two.handle)"}}"#)
            #expect(try await Self.handles(register, "kpa hloi nhat").first == one.handle)
        }
    }

    @Test("searches stay right while another process imports and the index is built anew", arguments: TestStore.engines)
    func meanwhile(engine: Engine) async throws {
        try await Self.with(engine) { place, register in
            let known = Array(try await Self.people(register).filter { $0.state.details.birth != nil }.prefix(8))
            let run = try place.start("batch", "import", Shared.demonstration, "--json")
            let importing = Task { try await run.outcome() }
            let isDone = Flag()
            let rebuilding = Task {
                var times = 0
                while !isDone.isSet || times < 3 {
                    try await register.rebuildSearch()
                    times += 1
                }
                return times
            }
            let searching = (0..<4).map { worker in
                Task {
                    var times = 0
                    while !isDone.isSet || times < 12 {
                        let person = known[(times + worker) % known.count].state
                        let answer = try await Self.find(
                            register, PersonSearch(name: person.details.name, birth: person.details.birth, limit: 100))
                        let isFound = answer.results.contains { $0.state.person == person.person }
                        #expect(isFound, "somebody who was there is found at every moment")
                        times += 1
                    }
                    return times
                }
            }
            let outcome = try await importing.value
            #expect(outcome.status == 0, "\(outcome.errors)")
            // The process has ended: what it imported is found by this one at once.
            let rows = try await place.rows("24283-demonstration").filter { $0.person != nil && $0.name != nil }
            for row in rows.prefix(25) {
                let birth = row.birth.flatMap { PartialDate(canonical: $0) }
                let found = try await Self.find(register, PersonSearch(name: row.name, birth: birth, limit: 100))
                #expect(found.results.contains { $0.handle == row.person }, "\(row.row)")
            }
            isDone.set()
            var searches = 0
            for task in searching { searches += try await task.value }
            Testimony.say(
                "\(engine): \(searches) searches during an import and \(try await rebuilding.value) rebuilds, all right"
            )
        }
    }

    @Test("a rebuild of the index beside searches takes what the rows say now", arguments: TestStore.engines)
    func mended(engine: Engine) async throws {
        try await Self.with(engine) { _, register in
            let person = try #require(try await Self.people(register).first)
            let name = try #require(person.state.details.name)
            let isDone = Flag()
            let searching = (0..<4).map { _ in
                Task { while !isDone.isSet { _ = try await Self.handles(register, name) } }
            }
            // As a rebuild of the tables mends a row: no act tells of it.
            try await register.database.write { connection in
                let row = try connection.first(
                    "SELECT state FROM person WHERE handle = ?", [.text(person.handle)]
                ) { try $0.text(0) }
                let mended = try #require(row).replacing(name, with: "Kpă Hlơi Wưng")
                try connection.execute(
                    "UPDATE person SET state = ? WHERE handle = ?", [.text(mended), .text(person.handle)])
            }
            for _ in 0..<5 {
                try await register.rebuildSearch()
                #expect(try await Self.handles(register, "kpa hloi wung").first == person.handle)
                #expect(try await !Self.handles(register, name).contains(person.handle))
            }
            isDone.set()
            for task in searching { try await task.value }
        }
    }

    @Test("pages go on where they were when the person before them leaves", arguments: TestStore.engines)
    func pages(engine: Engine) async throws {
        try await Self.with(engine) { _, register in
            func page(_ after: SearchCursor?) async throws -> SearchAnswer {
                try await Self.find(register, PersonSearch(name: "Nguyễn Thị", limit: 10, after: after))
            }
            var whole: [String] = []
            var level: [Int: Int] = [:]
            var after: SearchCursor?
            repeat {
                let answer = try await page(after)
                whole += answer.results.map(\.handle)
                for result in answer.results { level[result.score, default: 0] += 1 }
                after = answer.next
            } while after != nil
            #expect(whole.count > 40 && whole.count <= 200)
            #expect(Set(whole).count == whole.count)
            var seen: [String] = []
            var gone: Set<String> = []
            repeat {
                let answer = try await page(after)
                seen += answer.results.map(\.handle)
                after = answer.next
                // The very person that the next page begins behind leaves the answer.
                guard gone.count < 4, let last = answer.results.last?.handle else { continue }
                gone.insert(last)
                try await Self.record(
                    register, #"{"kind":"set_aside","persons":["\#(last)"],"content":{"reason":"nghi giả mạo"}}"#)
            } while after != nil
            #expect(gone.count == 4)
            // Each record changes what words tell, so all who stand level can move over the edge of a page together.
            let most = gone.count + (level.values.max() ?? 0)
            #expect(Set(whole).subtracting(seen).count <= most, "the answer goes on where it was")
            #expect(seen.count - Set(seen).count <= most, "hardly anybody stands on two pages")
        }
    }
}

/// Set once, seen by all tasks.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}
