import Civil
import Testing

@testable import Linkage

@Suite("Tìm theo tên nghe không rõ")
struct SearchTests {
    /// People who are asked for, among people who are much like them.
    static let people: [(name: String, birth: String, sex: Sex, parents: [String])] = [
        ("Nguyễn Văn Hùng", "1962-06-02", .male, ["Nguyễn Văn Bình", "Trần Thị Lan"]),
        ("Nguyễn Văn Hưng", "1962-03-11", .male, ["Nguyễn Đức Toàn", "Lê Thị Mận"]),
        ("Nguyễn Thị Hường", "1980", .female, []),
        ("Trần Gia Cường", "1990-12-25", .male, ["Trần Văn Khánh", "Phạm Thị Nhung"]),
        ("Trần Gia Cương", "1971-01-01", .male, []),
        ("Lê Thị Ngọc Trâm", "2001-07-30", .female, ["Lê Hữu Nghĩa", "Đỗ Thị Quyên"]),
        ("Đặng Thùy Trâm", "1942-11-26", .female, []),
        ("Huỳnh Phước Lộc", "1955-05", .male, []),
        ("Hoàng Xuân Vinh", "1974-10-06", .male, []),
        ("H'Mẫu Niê", "1999-02-14", .female, ["Y Thoan Niê"]),
        ("Võ Thị Sáu", "1933-01-23", .female, []),
        ("Phan Đình Phùng", "1947", .male, []),
        ("Lý Thường Kiệt", "1919-08-08", .male, []),
        ("Nông Đức Mạnh", "1940-09-11", .male, []),
        ("Ngô Bảo Châu", "1972-06-28", .male, ["Ngô Huy Cẩn"]),
        ("Bùi Thị Xuân", "1988-04-15", .female, []),
        ("Trịnh Công Sơn", "1939-02-28", .male, []),
        ("Đoàn Thị Điểm", "1977-03-03", .female, []),
        ("Y Moan", "1957-09-15", .male, []),
        ("Trương Mỹ Lan Anh", "1995-10-13", .female, []),
    ]

    static let index: SearchIndex = {
        var builder = SearchIndex.Builder()
        for (place, person) in people.enumerated() {
            builder.add(
                SearchEntry(
                    person: Int64(place + 1), names: [person.name], birth: PartialDate(canonical: person.birth),
                    sex: person.sex, places: [UnitCode("0000\(place % 4)", .untilJune2025)], parents: person.parents,
                    oldNumber: "01234567\(place % 10)"))
        }
        for number in 0..<4_000 { builder.add(crowd(number)) }
        return builder.build()
    }()

    /// Somebody of the crowd: frequent names in every combination.
    static func crowd(_ number: Int) -> SearchEntry {
        let surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đỗ", "Bùi"]
        let middles = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thu", "Hữu", "Quang"]
        let given = ["Anh", "Hoa", "Linh", "Dũng", "Tuấn", "Hà", "Nam", "Thảo", "Long", "Hải", "Mai", "Sang", "Tú"]
        let name =
            "\(surnames[number % 7]) \(middles[number / 7 % 8]) \(given[number / 56 % 13])"
        return SearchEntry(
            person: Int64(1_000 + number), names: [name],
            birth: PartialDate(year: 1940 + number % 80, month: number % 12 + 1),
            sex: number % 2 == 0 ? .male : .female, places: [UnitCode("0000\(number % 9)", .untilJune2025)])
    }

    static func find(_ criteria: SearchCriteria) -> [String] {
        index.search(criteria).map { hit in
            people.indices.contains(Int(hit.person) - 1) ? people[Int(hit.person) - 1].name : "\(hit.person)"
        }
    }

    @Test(
        "slips of every kind find the one who is meant first",
        arguments: [
            ("Nguyễn Văn Hùng", "Nguyễn Văn Hùng"), ("nguyen van hung", "Nguyễn Văn Hùng"),
            ("NGUYEN VAN HƯNG", "Nguyễn Văn Hưng"), ("Trần Gia Cường", "Trần Gia Cường"),
            ("Trần Gia Cuờng", "Trần Gia Cường"), ("Trần Gia Cuơng", "Trần Gia Cương"),
            ("Traanf Gia Cuwowngf", "Trần Gia Cường"), ("Tra62n Gia Cu7o7ng2", "Trần Gia Cường"),
            ("Tran Gai Cường", "Trần Gia Cường"), ("Trn Gia Cuongf", "Trần Gia Cường"),
            ("Gia Cường Trần", "Trần Gia Cường"), ("Trần Cường", "Trần Gia Cường"), ("ngobaochau", "Ngô Bảo Châu"),
            ("TranGia Cường", "Trần Gia Cường"), ("Chần Gia Cường", "Trần Gia Cường"),
            ("Lê Ngọc Trâm", "Lê Thị Ngọc Trâm"), ("Le Thi Ngoc Tram", "Lê Thị Ngọc Trâm"),
            ("Lê Thị Ngọc Châm", "Lê Thị Ngọc Trâm"), ("Đặng Thuỳ Trâm", "Đặng Thùy Trâm"),
            ("Dang Thuy Tram", "Đặng Thùy Trâm"), ("Ddawngj Thuyf Traam", "Đặng Thùy Trâm"),
            ("Hoàng Phúc Lộc", "Huỳnh Phước Lộc"), ("Huynh Phuoc Loc", "Huỳnh Phước Lộc"),
            ("Hoang Xuan Vinh", "Hoàng Xuân Vinh"), ("HMau Nie", "H'Mẫu Niê"), ("H’Mẫu Niê", "H'Mẫu Niê"),
            ("Vũ Thị Sáu", "Võ Thị Sáu"), ("Phan Dinh Fung", "Phan Đình Phùng"), ("Lí Thường Kiệt", "Lý Thường Kiệt"),
            ("Lông Đức Mạnh", "Nông Đức Mạnh"), ("Ngo Bao Chau", "Ngô Bảo Châu"), ("Bui Thi Suan", "Bùi Thị Xuân"),
            ("Trinh Cong Xon", "Trịnh Công Sơn"), ("Doan Thi Diem", "Đoàn Thị Điểm"), ("Y Moan", "Y Moan"),
            ("Truong My Lan Anh", "Trương Mỹ Lan Anh"), ("Truong Lan Anh", "Trương Mỹ Lan Anh"),
            ("Trương Mĩ Lan Anh", "Trương Mỹ Lan Anh"), ("Truowng Myx Lan Anh", "Trương Mỹ Lan Anh"),
            ("Trươgn Mỹ Lna Anh", "Trương Mỹ Lan Anh"),
        ])
    func slips(typed: String, meant: String) {
        #expect(SearchTests.find(SearchCriteria(name: typed)).first == meant)
    }

    @Test("what narrows, narrows: year, sex, place, parent, old number")
    func criteria() throws {
        let year = PartialDate(year: 1961)
        #expect(
            SearchTests.find(SearchCriteria(name: "nguyen van hung", birth: year)).prefix(2).sorted() == [
                "Nguyễn Văn Hùng", "Nguyễn Văn Hưng",
            ])
        #expect(
            SearchTests.find(SearchCriteria(name: "nguyen van hung", birth: year, yearsAround: 0)).contains(
                "Nguyễn Văn Hùng") == false)
        let swapped = SearchTests.index.search(
            SearchCriteria(name: "nguyen van hung", birth: PartialDate(canonical: "1962-02-06")))
        #expect(swapped.first?.person == 1)
        #expect(swapped.first?.reasons.contains(.birthSwapped) == true)
        #expect(!SearchTests.find(SearchCriteria(name: "nguyen van hung", sex: .female)).contains("Nguyễn Văn Hùng"))
        let place = UnitCode("00001", .untilJune2025)
        let inPlace = SearchTests.find(SearchCriteria(name: "nguyen van hung", places: [place]))
        #expect(inPlace.first == "Nguyễn Văn Hưng")
        #expect(SearchTests.find(SearchCriteria(name: "ngo bao chau", places: [])).isEmpty)
        let parent = SearchTests.index.search(SearchCriteria(name: "nguyen van hung", parent: "Le Thi Man"))
        #expect(parent.first?.person == 2)
        #expect(parent.first?.reasons.contains(.parentEqual) == true)
        let number = SearchTests.index.search(SearchCriteria(oldNumber: "012345673"))
        #expect(number.first.map { [4, 14].contains($0.person) } == true)
        #expect(number.first?.reasons == [.oldNumberEqual])
        #expect(SearchTests.index.search(SearchCriteria(oldNumber: "012345637")).first?.reasons == [.oldNumberSlip])
    }

    @Test("each of three places and of four parents narrows, and an old number of twelve digits")
    func everyPlaceAndParent() throws {
        let places = (1...3).map { UnitCode("0100\($0)", .untilJune2025) }
        let parents = ["Đỗ Văn Ba", "Lý Thị Má", "Cao Văn Nhận", "Tạ Thị Nuôi"]
        var builder = SearchIndex.Builder()
        for number in 0..<200 { builder.add(SearchTests.crowd(number)) }
        builder.add(
            SearchEntry(
                person: 7, names: ["Khuất Duy Tiến"], places: places, parents: parents, oldNumber: "001234567890"))
        let index = builder.build()
        for place in places {
            #expect(index.search(SearchCriteria(name: "khuat duy tien", places: [place])).map(\.person) == [7])
        }
        for parent in parents {
            let hit = try #require(index.search(SearchCriteria(name: "khuat duy tien", parent: parent)).first)
            #expect(hit.person == 7 && hit.reasons.contains(.parentEqual), "\(parent)")
        }
        #expect(index.search(SearchCriteria(oldNumber: "001234567890")).first?.reasons == [.oldNumberEqual])
        #expect(index.search(SearchCriteria(oldNumber: "001234567980")).first?.reasons == [.oldNumberSlip])
        #expect(index.search(SearchCriteria(oldNumber: "234567890")).isEmpty, "another number")
    }

    @Test("reasons tell how the name came to count")
    func reasons() {
        func reasons(_ typed: String, _ meant: String) -> [SearchReason] {
            let hit = SearchTests.index.search(SearchCriteria(name: typed)).first
            #expect(hit.map { SearchTests.people[Int($0.person) - 1].name } == meant)
            return hit?.reasons ?? []
        }
        #expect(reasons("Ngô Bảo Châu", "Ngô Bảo Châu") == [.nameEqual])
        #expect(reasons("Ngo Bao Chau", "Ngô Bảo Châu") == [.marksDiffer])
        #expect(reasons("Ngoo Baro Chaau", "Ngô Bảo Châu").contains(.keyingSlip))
        #expect(reasons("Châu Ngô Bảo", "Ngô Bảo Châu") == [.orderDiffers])
        #expect(reasons("Ngô Châu", "Ngô Bảo Châu") == [.nameIsLonger])
        #expect(reasons("NgoBaoChau", "Ngô Bảo Châu").contains(.joinedOrSplit))
        #expect(reasons("Ngô Bạo Trâu", "Ngô Bảo Châu").contains(.soundsAlike))
    }

    @Test("nothing that can be a name finds nobody", arguments: ["", "   ", "🙂🙂", "…", "12345 67", "Zzyzx Qwrtp"])
    func nothing(typed: String) {
        #expect(SearchTests.index.search(SearchCriteria(name: typed)).isEmpty)
    }

    @Test("enormous texts are cut, not searched")
    func enormous() {
        let long = String(repeating: "nguyễn ", count: 20_000)
        #expect(SearchTests.index.search(SearchCriteria(name: long)).count <= SearchIndex.mostHits)
        let marks = "Nguyễn Văn Hùng" + String(repeating: "\u{301}", count: 50_000)
        #expect(SearchTests.find(SearchCriteria(name: marks)).first == "Nguyễn Văn Hùng")
    }

    @Test("an index that grew by changes answers as one that was built at once")
    func grown() {
        var grown = SearchIndex()
        var entries: [SearchEntry] = []
        for step in 0..<40 {
            let entry = (0..<50).map { SearchTests.crowd(step * 50 + $0) }
            grown.update(entry, of: entry.map(\.person))
            entries += entry
        }
        // Some change their names, some go, one comes back.
        for place in stride(from: 0, to: entries.count, by: 7) {
            entries[place].names = ["Đinh Bộ Lĩnh \(["Một", "Hai", "Ba"][place % 3])"]
            grown.update([entries[place]], of: [entries[place].person])
        }
        let gone = entries.removeFirst()
        grown.update([], of: [gone.person])
        let back = entries.removeLast()
        grown.update([], of: [back.person])
        grown.update([back], of: [back.person])
        entries.append(back)
        var builder = SearchIndex.Builder()
        for entry in entries.shuffledBySeed(7) { builder.add(entry) }
        let built = builder.build()
        #expect(grown.count == built.count)
        #expect(grown.count == entries.count)
        for typed in ["nguyen van anh", "dinh bo linh", "Tran Thu Thao", "le", "Phạm Ngọc Sang", "vu minh"] {
            let left = grown.search(SearchCriteria(name: typed))
            let right = built.search(SearchCriteria(name: typed))
            #expect(left == right, "\(typed)")
        }
    }

    @Test("people of one name come in one order, whatever order they were added in")
    func ties() {
        let entries = (0..<3_000).map {
            SearchEntry(
                person: Int64($0 * 7_919 % 3_001 + 1), names: ["Nguyễn Văn Hùng"],
                birth: PartialDate(year: 1950 + $0 % 50))
        }
        func hits(_ seed: UInt64) -> [Int64] {
            var builder = SearchIndex.Builder()
            for entry in entries.shuffledBySeed(seed) { builder.add(entry) }
            return builder.build().search(SearchCriteria(name: "Nguyễn Văn Hùng")).map(\.person)
        }
        let first = hits(1)
        #expect(first.count == SearchIndex.mostHits)
        #expect(first == hits(2))
    }

    @Test(
        "Telex and VNI keys are taken off",
        arguments: [
            ("nguyeenx", "nguyen", nil), ("cuowngf", "cuong", nil), ("cwowngf", "cuong", nil), ("traanf", "tran", nil),
            ("dduwcs", "duc", nil), ("hungf", "hung", nil),
            ("nguye64n", nil, "nguyen"), ("d9u7c1", nil, "duc"), ("hung", nil, nil), ("xuan", nil, nil),
            ("trana", "tran", nil), ("12", nil, nil), ("ddoanf", "doan", nil),
        ] as [(String, String?, String?)])
    func keys(typed: String, telex: String?, vni: String?) {
        func text(_ word: SpokenWord?) -> String? { word.map { String(decoding: $0.fold, as: UTF8.self) } }
        #expect(text(KeyingSlips.telex(Array(typed.utf8))) == telex)
        #expect(text(KeyingSlips.vni(Array(typed.utf8))) == vni)
    }

    @Test(
        "keys stand for the marks that they would have made",
        arguments: [
            ("nguyeenx", "nguye64n", "Nguyễn"), ("cuowngf", "cuo7ng2", "Cường"), ("ddwcs", "d9u7c1", "Đức"),
            ("hawngf", "ha8ng2", "Hằng"), ("traanf", "tra62n", "Trần"), ("hoaf", "hoa2", "Hoà"),
        ])
    func marks(telex: String, vni: String, name: String) {
        let word = SpokenWord.words(of: name).first
        #expect(KeyingSlips.vni(Array(vni.utf8)) == word)
        if telex != "ddwcs" { #expect(KeyingSlips.telex(Array(telex.utf8)) == word) }
        #expect(SpokenWord.words(of: "Hoà") == SpokenWord.words(of: "Hòa"))
    }

    @Test(
        "words that regions do not tell apart have one key",
        arguments: [
            ("tram", "cham"), ("xuan", "suan"), ("nong", "long"), ("dung", "giung"), ("dung", "rung"),
            ("phung", "fung"),
            ("lan", "lang"), ("mat", "mac"), ("thuy", "thui"), ("nghia", "ngia"), ("khanh", "khan"),
        ])
    func sounds(left: String, right: String) {
        #expect(RegionalSounds.key(Array(left.utf8)) == RegionalSounds.key(Array(right.utf8)))
    }

    @Test("the quick distance is the textbook one")
    func distance() {
        let words = SearchTests.people.flatMap { Folding.key($0.name).split(separator: " ").map(String.init) }
        for left in words {
            let pattern = SlipPattern(Array(left.utf8))
            for right in words {
                let expected = EditDistance.table(left.unicodeScalars.map(\.value), right.unicodeScalars.map(\.value))
                #expect(pattern.distance(to: Array(right.utf8)) == expected, "\(left) \(right)")
            }
        }
    }
}

extension Array {
    /// The same elements in an order that follows from the seed.
    func shuffledBySeed(_ seed: UInt64) -> [Element] {
        var state = seed
        return enumerated().map { element -> (UInt64, Element) in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 11, element.element)
        }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
