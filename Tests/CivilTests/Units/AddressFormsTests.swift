import Civil
import Testing

@Suite("Địa chỉ viết theo nhiều cách")
struct AddressFormsTests {
    @Test("Every commune until June 2025 is found in every written form, and never another", arguments: WrittenForm.all)
    func findsOldCommunes(form: WrittenForm) {
        let tally = tally(ShippedDirectory.oldCommunes, form, on: ShippedDirectory.collection)
        print("until June 2025, \(form.name): \(tally)")
        #expect(tally.wrong == [])
        #expect(tally.otherCandidates + tally.nothing == 0)
        #expect(Double(tally.right) >= 0.98 * Double(ShippedDirectory.oldCommunes.count))
    }

    @Test("Every commune since July 2025 is found in every written form, and never another", arguments: WrittenForm.all)
    func findsNewCommunes(form: WrittenForm) {
        let tally = tally(ShippedDirectory.newCommunes, form, on: ShippedDirectory.today)
        print("since July 2025, \(form.name): \(tally)")
        #expect(tally.wrong == [])
        #expect(tally.otherCandidates + tally.nothing == 0)
        #expect(Double(tally.right) >= 0.98 * Double(ShippedDirectory.newCommunes.count))
    }

    @Test("An address of three levels written after the reorganisation leads to the successors")
    func leadsToSuccessors() {
        let directory = ShippedDirectory.directory
        var lost: [String] = []
        for unit in ShippedDirectory.oldCommunes {
            let text = ShippedDirectory.chain(unit).map(\.name).joined(separator: ", ")
            var meant: [AdministrativeUnit] = []
            switch directory.successors(of: unit.code, on: ShippedDirectory.today) {
            case .one(let successor): meant = [successor]
            case .candidates(let successors, _): meant = successors
            case .same, .none: break
            }
            guard
                case .candidates(let candidates, _) = ShippedDirectory.resolver.resolve(
                    text, on: ShippedDirectory.today)
            else {
                lost.append(text)
                continue
            }
            let found = Set(candidates.map(\.unit))
            if meant.isEmpty || !meant.allSatisfy(found.contains) { lost.append(text) }
        }
        #expect(lost == [])
    }

    private func tally(_ units: [AdministrativeUnit], _ form: WrittenForm, on date: CalendarDate) -> AnswerTally {
        var tally = AnswerTally()
        for unit in units {
            let text = form.write(ShippedDirectory.chain(unit))
            tally.add(ShippedDirectory.resolver.resolve(text, on: date), meant: unit, text: text)
        }
        return tally
    }
}

@Suite("Địa chỉ viết sai")
struct CorruptedAddressTests {
    private struct Damage {
        let name: String
        /// The least share of answers that are the unit or contain it.
        let found: Double
        let write: ([AdministrativeUnit], inout SeededLetters) -> (text: String, another: (AdministrativeUnit) -> Bool)
    }

    @Test("No damaged address leads to another commune", arguments: [1, 2, 3] as [UInt64])
    func neverAnother(seed: UInt64) {
        for damage in CorruptedAddressTests.damages {
            var letters = SeededLetters(state: seed)
            var tally = AnswerTally()
            // Every third commune, another third for each seed.
            for place in stride(from: Int(seed) - 1, to: ShippedDirectory.oldCommunes.count, by: 3) {
                let unit = ShippedDirectory.oldCommunes[place]
                let (text, another) = damage.write(ShippedDirectory.chain(unit), &letters)
                let answer = ShippedDirectory.resolver.resolve(text, on: ShippedDirectory.collection)
                tally.add(answer, meant: unit, text: text, another: another)
            }
            print("seed \(seed), \(damage.name): \(tally)")
            #expect(tally.wrong == [], "\(damage.name)")
            let all = tally.right + tally.amongCandidates + tally.otherCandidates + tally.nothing
            #expect(Double(tally.right + tally.amongCandidates) >= damage.found * Double(all), "\(damage.name)")
        }
    }

    private static var damages: [Damage] {
        [
            Damage(name: "one letter of the commune", found: 0.985) { chain, letters in
                let slip = letters.slip(chain[0].name)
                return (join([slip] + chain.dropFirst().map(\.name)), { loose(slip).hasSuffix(loose($0.bareName)) })
            },
            Damage(name: "one letter of the commune, no kinds", found: 0.985) { chain, letters in
                let slip = letters.slip(chain[0].bareName)
                return (join([slip] + chain.dropFirst().map(WrittenForm.bare)), { loose($0.bareName) == loose(slip) })
            },
            Damage(name: "one letter of the district", found: 0.985) { chain, letters in
                let slip = letters.slip(chain[1].name)
                return (
                    join([chain[0].name, slip, chain[2].name]),
                    { unit in
                        let district = ShippedDirectory.directory.ancestor(of: unit.code, at: .district)
                        return loose(district?.name ?? "") == loose(slip)
                    }
                )
            },
            Damage(name: "one letter of the province", found: 0.985) { chain, letters in
                (join([chain[0].name, chain[1].name, letters.slip(chain[2].name)]), { _ in false })
            },
            Damage(name: "no marks", found: 1) { chain, _ in
                (WrittenForm.withoutMarks(join(chain.map(\.name))), { _ in false })
            },
            Damage(name: "no district", found: 1) { chain, _ in (join([chain[0].name, chain[2].name]), { _ in false })
            },
            Damage(name: "no district, no kinds", found: 1) { chain, _ in
                (join([WrittenForm.bare(chain[0]), chain[2].bareName]), { _ in false })
            },
            Damage(name: "no district, no marks", found: 1) { chain, _ in
                (WrittenForm.withoutMarks(join([chain[0].name, chain[2].name])), { _ in false })
            },
            Damage(name: "no province", found: 0.985) { chain, _ in
                (join([chain[0].name, chain[1].name]), { _ in false })
            },
            Damage(name: "another kind", found: 1) { chain, letters in
                let kinds = ["Xã", "Phường", "Thị trấn"].filter { $0 != chain[0].kind }
                let name = kinds[letters.below(2)] + " " + chain[0].bareName
                return (join([name] + chain.dropFirst().map(\.name)), { $0.name == name })
            },
            Damage(name: "province as two letters", found: 1) { chain, _ in
                let initials = chain[2].bareName.split { " -".contains($0) }.compactMap(\.first)
                return (join([chain[0].name, chain[1].name, String(initials)]), { _ in false })
            },
        ]
    }

    private static func join(_ names: [String]) -> String { names.joined(separator: ", ") }

    /// Without marks, and with i for y.
    private static func loose(_ name: String) -> String {
        String(Folding.key(name).map { $0 == "y" ? "i" : $0 })
    }
}

@Suite("Địa chỉ trong các lô thu thập", .enabled(if: SharedSamples.arePresent))
struct CollectedAddressTests {
    @Test("The addresses of the sample batches lead to the communes of the truth, none to another")
    func readsCollectedAddresses() throws {
        var truth: [String: [String: String]] = [:]
        for row in try SharedSamples.rows("truth.csv") {
            truth["\(row["batch"] ?? "")/\(row["row"] ?? "")"] = row
        }
        let columns = [
            ("thuong_tru", "permanent_code"), ("noi_o_hien_tai", "current_code"), ("que_quan", ""),
            ("noi_dang_ky_khai_sinh", ""),
        ]
        var cache = ResolverCache()
        var wrong: [String] = []
        var unlikeCached: [String] = []
        var counts = (all: 0, known: 0, right: 0, communes: 0)
        for batch in ["13606-utf8-bom", "15202-tcvn3", "22315-utf8", "29125-nfd"] {
            for (place, row) in try SharedSamples.rows("\(batch).csv").enumerated()
            where place.isMultiple(of: ShippedDirectory.step) {
                for (column, key) in columns {
                    guard let text = row[column], !text.isEmpty else { continue }
                    let answer = ShippedDirectory.resolver.resolve(text, on: ShippedDirectory.collection)
                    let cached = ShippedDirectory.resolver.resolve(text, on: ShippedDirectory.collection, cache: &cache)
                    if answer != cached { unlikeCached.append(text) }
                    let code = truth["\(batch)/\(row["stt"] ?? "")"]?[key] ?? ""
                    counts.all += 1
                    if !code.isEmpty { counts.known += 1 }
                    guard case .unit(let unit, _) = answer else { continue }
                    if unit.level == .commune { counts.communes += 1 }
                    if unit.code.code == code { counts.right += 1 } else if !code.isEmpty { wrong.append(text) }
                }
            }
        }
        print("collected addresses: \(counts)")
        #expect(wrong == [])
        #expect(unlikeCached == [])
        #expect(Double(counts.right) >= 0.999 * Double(counts.known))
        #expect(Double(counts.communes) >= 0.999 * Double(counts.all))
    }
}
