import Civil
import Testing

@testable import Population

@Suite("Marks of names, from how a whole file writes them")
struct NameSpellingsTests {
    private func spellings(_ names: [String]) throws -> NameSpellings {
        try names.reduce(into: NameSpellings()) { $0.count(try PersonName(parsing: $1)) }
    }

    /// Three witnesses of each word of "Lê Thị Hằng", no two names the same.
    private static let witnesses = [
        "Lê Thị Hằng", "Lê Văn Dũng", "Lê Thị Thủy", "Trần Thị Hằng", "Phạm Đức Hằng",
    ]

    private func restored(_ bare: String, _ names: [String]) throws -> String? {
        try spellings(names).restored(try PersonName(parsing: bare))
    }

    @Test("where every word is written in one way by enough different names, the marks come back")
    func comesBack() throws {
        #expect(try restored("Le Thi Hang", Self.witnesses) == "Lê Thị Hằng")
        #expect(try restored("LE THI HANG", Self.witnesses) == "Lê Thị Hằng")
    }

    @Test("one witness too few, for any of the words, and nothing is changed", arguments: 0..<5)
    func tooFew(left: Int) throws {
        var names = Self.witnesses
        names.remove(at: left)
        #expect(try restored("Le Thi Hang", names) == nil)
    }

    @Test("a name that stands in a hundred rows is one witness")
    func rowsAreNoWitnesses() throws {
        let names = Array(repeating: "Lê Thị Hằng", count: 100)
        #expect(try restored("Le Thi Hang", names) == nil)
    }

    @Test("a word that is written in two ways is not guessed, unless the second is one in a hundred")
    func twoWays() throws {
        let names = Self.witnesses + ["Lê Thị Hạng"]
        #expect(try restored("Le Thi Hang", names) == nil)
        let letters = "abcdeghikl"
        let more = letters.flatMap { one in letters.map { "Lê Thị \(one)\($0) Hằng" } }.prefix(96)
        #expect(try restored("Le Thi Hang", names + more) == nil)
        #expect(try restored("Le Thi Hang", names + more + ["Lê Thị Hoa Hằng"]) == "Lê Thị Hằng")
    }

    @Test("a place of a word counts: Văn in the middle says nothing of Vân at the end")
    func places() throws {
        let names = ["Lê Văn An", "Lê Văn Bình", "Lê Văn Cường", "Lê Văn Dũng", "Lê Thị Hà", "Lý Thị Hà"]
        #expect(try restored("Le Van Van", names) == nil)
    }

    @Test("names without marks are no witnesses, and a name that needs no mark is left alone")
    func unmarked() throws {
        let bare = ["Le Thi Hang", "Tran Thi Hang", "Pham Thi Hang", "Ngo Thi Hang", "Le Van Hang"]
        #expect(try restored("Le Thi Hang", bare) == nil)
        let names = ["Mai Thị Anh", "Mai Đức Anh", "Mai Hồng Anh", "Mai Thế Anh", "Lê Thị Anh"]
        #expect(try restored("Mai Anh", names) == nil)
        #expect(try restored("Hằng", Self.witnesses) == nil)
        #expect(try restored("Hang", Self.witnesses) == nil)
    }

    @Test(
        "keys of Telex and VNI become the marks of the word that the file has at that place",
        arguments: ["Lee Thij Hawngf", "LEE THIJ HAWNGF", "Le6 Thi5 Ha8ng2", "Lê Thị Hawngf", "  Lee  Thị Hằng "])
    func readsKeys(text: String) throws {
        let unkeyed = try #require(try spellings(Self.witnesses).unkeyed(text))
        #expect(try PersonName(parsing: unkeyed).standard == "Lê Thị Hằng")
    }

    @Test(
        "no keys are read in names without them, in words that the file does not have, or has at another place",
        arguments: ["Lê Thị Hằng", "Le Thi Hang", "Lor Thi Max", "Hawngf Thi Le", "Hawngf", "", "Lê Thij2 Hằng"])
    func leavesOthers(text: String) throws {
        #expect(try spellings(Self.witnesses).unkeyed(text) == nil)
    }

    @Test("a word that looks keyed and stands in the file as it is stays so")
    func leavesMinorityNames() throws {
        let names = ["Lò Văn Hằng", "Lò Thị Hằng", "Lò Đức Hằng", "Lof Thị Mẫu", "Lof Đức Mẫu"]
        #expect(try spellings(names).unkeyed("Lof Văn Mẫu") == nil)
        #expect(try spellings(Array(names.prefix(4))).unkeyed("Lof Văn Mẫu") == "Lò Văn Mẫu")
    }
}
