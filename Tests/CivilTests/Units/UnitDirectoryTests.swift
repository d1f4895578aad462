import Civil
import Testing

@Suite("Danh mục đơn vị hành chính")
struct UnitDirectoryTests {
    private let directory = ShippedDirectory.directory

    private func old(_ code: String) -> UnitCode { UnitCode(code, .untilJune2025) }
    private func new(_ code: String) -> UnitCode { UnitCode(code, .fromJuly2025) }

    @Test("Both sets are whole")
    func holdsBothSets() {
        func count(_ set: UnitSet, _ level: UnitLevel) -> Int {
            directory.units(of: set).count { $0.level == level }
        }
        #expect(UnitLevel.allCases.map { count(.untilJune2025, $0) } == [63, 696, 10_035])
        #expect(UnitLevel.allCases.map { count(.fromJuly2025, $0) } == [34, 0, 3_321])
        for set in [UnitSet.untilJune2025, .fromJuly2025] {
            for unit in directory.units(of: set) {
                #expect(unit.name == "\(unit.kind) \(unit.bareName)")
                #expect(directory.ancestor(of: unit.code, at: .province) != nil)
            }
        }
    }

    @Test("The older set holds for all earlier days, the newer from 1 July 2025 on")
    func choosesTheSetOfTheDay() throws {
        for (text, set) in [
            ("1945-09-02", UnitSet.untilJune2025), ("2025-06-30", .untilJune2025), ("2025-07-01", .fromJuly2025),
            ("2099-12-31", .fromJuly2025),
        ] { #expect(directory.set(on: try #require(CalendarDate(iso: text))) == set) }
        #expect(UnitDirectory().set(on: ShippedDirectory.today) == nil)
    }

    @Test("Codes are text and mean different units in different sets")
    func keepsSetsApart() {
        #expect(directory.unit(old("00001"))?.name == "Phường Phúc Xá")
        #expect(directory.unit(old("1")) == nil)
        #expect(directory.unit(new("00001")) == nil)
        #expect(directory.path(of: old("22315")) == "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên")
        #expect(directory.children(of: old("54")).allSatisfy { $0.level == .district })
        #expect(directory.children(of: new("68")).allSatisfy { $0.level == .commune })
        #expect(directory.ancestor(of: old("22315"), at: .district)?.name == "Huyện Phú Hòa")
    }

    @Test("A bare code is the day's own, or that of the newest set before which has it; never of a later one")
    func namesUnits() throws {
        let then = try #require(CalendarDate(iso: "2021-02-25"))
        let now = ShippedDirectory.today
        #expect(directory.unit(named: "22315", on: now)?.code == old("22315"))
        #expect(directory.unit(named: "22315", on: then)?.code == old("22315"))
        #expect(directory.unit(named: "until-2025-06-30/00001", on: now)?.code == old("00001"))
        let both = try #require(directory.units(of: .fromJuly2025).first { directory.unit(old($0.code.code)) != nil })
        #expect(directory.unit(named: both.code.code, on: now)?.code == both.code)
        #expect(directory.unit(named: both.code.code, on: then)?.code == old(both.code.code))
        for text in ["", "/", "99999", "from-2025-07-01/00001", "no-set/00001", "until-2025-06-30/", "a/b/c"] {
            #expect(directory.unit(named: text, on: now) == nil, "\(text)")
        }
        let onlyNew = directory.units(of: .fromJuly2025).filter { directory.unit(old($0.code.code)) == nil }
        for unit in onlyNew { #expect(directory.unit(named: unit.code.code, on: then) == nil) }
    }

    @Test("Every commune has its successor or its candidates today; 471 were split")
    func convertsEveryCommune() {
        var split = 0
        for unit in directory.units(of: .untilJune2025) where unit.level == .commune {
            switch directory.successors(of: unit.code, on: ShippedDirectory.today) {
            case .one(let successor): #expect(successor.code.set == .fromJuly2025)
            case .candidates(let units, let usual):
                split += 1
                #expect(usual.map(units.contains) == true)
            case .same, .none: Issue.record("\(unit.name) is lost")
            }
        }
        #expect(split == 471)
        #expect(directory.conversions(from: .untilJune2025).count == 10_602)
    }

    @Test("Districts lead to the communes of today, provinces to their province")
    func convertsDistrictsAndProvinces() {
        guard case .one(let province) = directory.successors(of: old("54"), on: ShippedDirectory.today) else {
            Issue.record("no province")
            return
        }
        #expect(province.name == "Tỉnh Đắk Lắk")
        for unit in directory.units(of: .untilJune2025) where unit.level != .commune {
            #expect(directory.successors(of: unit.code, on: ShippedDirectory.today) != .none, "\(unit.name)")
        }
        // An island district without communes became one special zone.
        guard case .one(let island) = directory.successors(of: old("536"), on: ShippedDirectory.today) else {
            Issue.record("no special zone")
            return
        }
        #expect(island.name == "Đặc khu Lý Sơn")
    }

    @Test("A unit stays itself while its set holds, and nothing leads back in time")
    func staysTheSame() {
        #expect(directory.successors(of: old("22315"), on: ShippedDirectory.collection) == .same)
        #expect(directory.successors(of: new("00004"), on: ShippedDirectory.today) == .same)
        #expect(directory.successors(of: new("00004"), on: ShippedDirectory.collection) == .none)
        #expect(directory.successors(of: old("99999"), on: ShippedDirectory.today) == .none)
        #expect(directory.predecessors(of: new("00097")).contains { $0.code == old("00001") })
        #expect(directory.predecessors(of: old("00001")).isEmpty)
    }

    @Test("Units are found by code and by the beginning of their names")
    func searches() {
        func names(_ text: String, _ level: UnitLevel? = nil, under: UnitCode? = nil, limit: Int = 50) -> [String] {
            directory.units(beginningWith: text, of: .untilJune2025, level: level, under: under, limit: limit).map(
                \.name)
        }
        #expect(names("phuc xa") == ["Phường Phúc Xá"])
        #expect(names("Phường Phúc X") == ["Phường Phúc Xá"])
        #expect(names("22315") == ["Xã Hòa An"])
        #expect(names("hoa an", .commune, under: old("54")) == ["Xã Hòa An"])
        #expect(names("", .province, limit: 100).count == 63)
        #expect(names("", .commune, limit: 7).count == 7)
        #expect(names("không có").isEmpty)
        #expect(names("phuc xa", limit: 0).isEmpty)
    }
}

@Suite("Sắp xếp đơn vị hành chính lần nữa")
struct ReorganisationTests {
    static let first = """
        # set: one
        # valid-to: 2009-12-31
        # basis: invented
        level\tcode\tparent\tkind\tname
        province\t01\t\tTỉnh\tTỉnh Sông Mơ
        district\t001\t01\tHuyện\tHuyện Đồi Sim
        commune\t00001\t001\tXã\tXã Hoa Sữa
        commune\t00002\t001\tXã\tXã Hoa Gạo
        commune\t00003\t001\tXã\tXã Hoa Mua
        """
    static let second = """
        # set: two
        # valid-from: 2010-01-01
        # basis: invented
        level\tcode\tparent\tkind\tname\tlatitude\tlongitude\tarea_km2
        province\t01\t\tTỉnh\tTỉnh Sông Mơ
        commune\t00001\t01\tXã\tXã Gạo Sữa\t10.5\t106.25\t12.5
        commune\t00002\t01\tXã\tXã Mua Đông
        commune\t00003\t01\tXã\tXã Mua Tây
        """
    static let third = """
        # set: three
        # valid-from: 2030-01-01
        # basis: invented
        level\tcode\tparent\tkind\tname
        province\t09\t\tThành phố\tThành phố Sông Mơ
        commune\t00007\t09\tPhường\tPhường Sữa
        commune\t00008\t09\tPhường\tPhường Mua
        """
    static let firstToSecond = """
        # from: one
        # to: two
        from\tto\textent\tdefault
        00001\t00001\twhole
        00002\t00001\twhole
        00003\t00002\tpart\tdefault
        00003\t00003\tpart
        """
    static let secondToThird = """
        # from: two
        # to: three
        from\tto\textent\tdefault
        00001\t00007\tpart\tdefault
        00001\t00008\tpart
        00002\t00008\twhole
        00003\t00008\twhole
        """

    static func load(_ files: String...) throws(UnitFileRefusal) -> UnitDirectory {
        var directory = UnitDirectory()
        for file in files { try directory.load(Array(file.utf8)) }
        return directory
    }

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    private func names(_ successors: UnitSuccessors) -> [String] {
        switch successors {
        case .same: ["same"]
        case .one(let unit): [unit.name]
        case .candidates(let units, let usual): units.map(\.name) + [usual.map { "usually \($0.name)" } ?? "none usual"]
        case .none: []
        }
    }

    @Test("Three sets loaded as data make a chain of successors")
    func chains() throws {
        let directory = try ReorganisationTests.load(
            ReorganisationTests.first, ReorganisationTests.third, ReorganisationTests.second,
            ReorganisationTests.firstToSecond, ReorganisationTests.secondToThird)
        #expect(directory.periods.map(\.set.rawValue) == ["one", "two", "three"])
        #expect(directory.periods[1].validTo == (try day("2029-12-31")))
        let one = UnitSet(rawValue: "one")
        func successors(_ code: String, _ text: String) throws -> [String] {
            names(directory.successors(of: UnitCode(code, one), on: try day(text)))
        }
        #expect(try successors("00003", "1950-01-01") == ["same"])
        #expect(try successors("00001", "2010-01-01") == ["Xã Gạo Sữa"])
        #expect(try successors("00003", "2020-05-05") == ["Xã Mua Đông", "Xã Mua Tây", "usually Xã Mua Đông"])
        #expect(try successors("00003", "2031-01-01") == ["Phường Mua"])
        #expect(try successors("00001", "2031-01-01") == ["Phường Sữa", "Phường Mua", "usually Phường Sữa"])
        #expect(try successors("01", "2031-01-01") == ["Thành phố Sông Mơ"])
        #expect(try successors("001", "2015-01-01") == ["Xã Gạo Sữa", "Xã Mua Đông", "Xã Mua Tây", "none usual"])
        let unit = directory.unit(UnitCode("00001", UnitSet(rawValue: "two")))
        #expect(unit?.area == 12.5)
    }

    @Test("An address two reorganisations old leads to today's unit")
    func resolvesOldAddresses() throws {
        let directory = try ReorganisationTests.load(
            ReorganisationTests.first, ReorganisationTests.second, ReorganisationTests.third,
            ReorganisationTests.firstToSecond, ReorganisationTests.secondToThird)
        let resolver = UnitResolver(directory: directory)
        let text = "Thôn 2, xã Hoa Mua, huyện Đồi Sim, Sông Mơ"
        guard case .candidates(let candidates, "Thôn 2") = resolver.resolve(text, on: try day("2031-01-01")) else {
            Issue.record("no candidates")
            return
        }
        #expect(candidates.first?.unit.name == "Phường Mua")
        #expect(candidates.first?.reason == .beforeReorganisation)
        guard case .unit(let unit, _) = resolver.resolve(text, on: try day("2009-01-01")) else {
            Issue.record("no unit")
            return
        }
        #expect(unit.name == "Xã Hoa Mua")
    }

    @Test("Where the set between knows part of an old address as something else, the oldest set reads it")
    func prefersTheSetThatExplainsMore() throws {
        let directory = try ReorganisationTests.load(
            ReorganisationTests.first.replacing("Huyện Đồi Sim", with: "Huyện Gạo Sữa"), ReorganisationTests.second,
            ReorganisationTests.third, ReorganisationTests.firstToSecond, ReorganisationTests.secondToThird)
        let resolver = UnitResolver(directory: directory)
        let text = "Xã Hoa Mua, Huyện Gạo Sữa, Sông Mơ"
        guard case .candidates(let candidates, "") = resolver.resolve(text, on: try day("2031-01-01")) else {
            Issue.record("no candidates")
            return
        }
        #expect(candidates.first?.unit.name == "Phường Mua")
    }

    @Test("Every fault of a file is refused with its line, and nothing of the file is taken")
    func refusesFaultyFiles() throws {
        let first = ReorganisationTests.first
        let second = ReorganisationTests.second
        let conversion = ReorganisationTests.firstToSecond
        func refusal(_ files: [String], _ bytes: [UInt8]) throws -> UnitFileRefusal? {
            var directory = UnitDirectory()
            for file in files { try directory.load(Array(file.utf8)) }
            let periods = directory.periods
            do throws(UnitFileRefusal) {
                try directory.load(bytes)
                return nil
            } catch {
                #expect(directory.periods == periods)
                #expect(error.code.hasPrefix("unit_file_"))
                #expect(!error.sentence.vietnamese.isEmpty && !error.sentence.english.isEmpty)
                return error
            }
        }
        func set(_ old: String, _ new: String) throws -> UnitFileRefusal? {
            try refusal([], Array(first.replacing(old, with: new).utf8))
        }
        func convert(_ old: String, _ new: String) throws -> UnitFileRefusal? {
            try refusal([first, second], Array(conversion.replacing(old, with: new).utf8))
        }
        #expect(try refusal([], [0x23, 0xFF, 0xFE]) == .notText)
        #expect(try refusal([], Array(repeating: 0x20, count: (64 << 20) + 1)) == .tooLarge(limit: 64 << 20))
        #expect(try refusal([], []) == .headerMissing("set"))
        #expect(try set("# basis: invented\n", "") == .headerMissing("basis"))
        #expect(try set("2009-12-31", "31/12/2009") == .headerMalformed("valid-to"))
        #expect(try set("# valid-to", "# valid-from: 2010-05-05\n# valid-to") == .headerMalformed("valid-to"))
        #expect(try set("commune\t00001", "hamlet\t00001") == .malformed(line: 7, "level, code, parent, kind, name"))
        #expect(try set("Xã Hoa Sữa", "") == .malformed(line: 7, "level, code, parent, kind, name"))
        #expect(try set("Xã Hoa Sữa", "Xã Hoa Sữa\tnorth") == .malformed(line: 7, "latitude, longitude, area_km2"))
        #expect(try set("00002", "00001") == .duplicate(line: 8, code: "00001"))
        #expect(try set("00002\t001", "00002\t002") == .unknownParent(line: 8, code: "002"))
        #expect(try set("province\t01\t", "province\t01\t01") == .unknownParent(line: 5, code: "01"))
        #expect(try refusal([], Array("# set: x\n# basis: y\nlevel\n".utf8)) == .noUnits)
        #expect(try refusal([first], Array(first.utf8)) == .setTaken("one"))
        let overlapping = second.replacing("2010-01-01", with: "2009-06-01")
        #expect(try refusal([first], Array(overlapping.utf8)) == .periodsOverlap("one", "two"))
        #expect(try refusal([first], Array(conversion.utf8)) == .unknownSet("two"))
        #expect(try convert("# from: one\n# to: two", "# from: two\n# to: one") == .wrongOrder("two", "one"))
        #expect(try convert("# to: two\n", "") == .headerMissing("to"))
        #expect(
            try convert("00002\t00001\twhole", "00002\t00001\thalf")
                == .malformed(line: 5, "from, to, whole|part, default"))
        #expect(try convert("00002\t00001", "00009\t00001") == .unknownUnit(line: 5, code: "00009"))
        #expect(try convert("00002\t00001", "00002\t00009") == .unknownUnit(line: 5, code: "00009"))
        #expect(try convert("00003\t00003\tpart", "00003\t00002\tpart") == .contradiction(line: 7, code: "00003"))
        #expect(try convert("00003\t00003\tpart", "00003\t00003\twhole") == .contradiction(line: 7, code: "00003"))
        #expect(
            try convert("00003\t00003\tpart", "00003\t00003\tpart\tdefault") == .contradiction(line: 7, code: "00003"))
        #expect(try convert("00002\t00001\twhole\n", "") == .notConverted(code: "00002"))
        #expect(try refusal([first, second, conversion], Array(conversion.utf8)) == .conversionTaken("one", "two"))
        #expect(try refusal([first, second], Array("# from: one\n# to: two\nfrom\n".utf8)) == .noUnits)
    }
}
