import Foundation

/// Dân số dự kiến: how many people are expected to live in a unit, of all ages or of one age group.
package struct ExpectedPopulation: Hashable, Sendable {
    package let unit: UnitCode
    package let year: Int
    /// Nil for people of all ages.
    package let ages: AgeGroup?
    package let persons: Int
    /// Where the figure comes from.
    package let source: String

    package init(unit: UnitCode, year: Int, ages: AgeGroup?, persons: Int, source: String) {
        self.unit = unit
        self.year = year
        self.ages = ages
        self.persons = persons
        self.source = source
    }
}

/// A file of expected populations: `# set:`, `# year:` and `# source:` lines, one heading line, then tab-separated rows
/// of code, ages (`all`, `0-13`, `14-24`, `25-39`, `40-59`, `60+`) and persons.
package struct ExpectedPopulationFile: Sendable {
    package let rows: [ExpectedPopulation]

    /// More people than a unit can have.
    package static let mostPersons = 2_000_000_000
    package static let years = 1900...2200

    /// Reads the file against the units that are loaded; nothing of a file that is refused is taken.
    package init(_ bytes: [UInt8], units: UnitDirectory) throws(ExpectedPopulationRefusal) {
        let file: UnitFile
        do { file = try UnitFile(bytes) } catch { throw .file(error) }
        func header(_ name: String) throws(ExpectedPopulationRefusal) -> String {
            do { return try file.header(name) } catch { throw .file(error) }
        }
        let set = UnitSet(rawValue: try header("set"))
        let source = try header("source")
        guard units.periods.contains(where: { $0.set == set }) else { throw .file(.unknownSet(set.rawValue)) }
        guard let year = Int(try header("year")), ExpectedPopulationFile.years.contains(year) else {
            throw .yearMalformed
        }
        var rows: [ExpectedPopulation] = []
        var seen: Set<String> = []
        for (line, fields) in file.rows {
            guard fields.count >= 3, let persons = Int(fields[2]),
                (0...ExpectedPopulationFile.mostPersons).contains(persons)
            else { throw .file(.malformed(line: line, "code, age, persons")) }
            let ages = AgeGroup(code: fields[1])
            guard ages != nil || fields[1] == "all" else { throw .agesUnknown(line: line) }
            let code = UnitCode(fields[0], set)
            guard units.unit(code) != nil else { throw .file(.unknownUnit(line: line, code: code.code)) }
            guard seen.insert("\(code.code) \(fields[1])").inserted else {
                throw .file(.duplicate(line: line, code: code.code))
            }
            rows.append(ExpectedPopulation(unit: code, year: year, ages: ages, persons: persons, source: source))
        }
        guard !rows.isEmpty else { throw .file(.noUnits) }
        self.rows = rows
    }

    /// The figures that come with the program: the provinces of 2021, rounded; none where its units are not loaded.
    package static func shipped(units: UnitDirectory) -> [ExpectedPopulation] {
        let url = Bundle.module.bundleURL.appendingPathComponent("Resources/population/provinces-2021.tsv")
        guard let data = try? Data(contentsOf: url) else { return [] }
        return (try? ExpectedPopulationFile(Array(data), units: units))?.rows ?? []
    }
}

/// Lý do không nhận tệp dân số dự kiến: why a file of expected populations is not taken.
package enum ExpectedPopulationRefusal: ExplainedRefusal {
    case file(UnitFileRefusal)
    case yearMalformed
    case agesUnknown(line: Int)

    package var code: String {
        switch self {
        case .file(let refusal): refusal.code
        case .yearMalformed: "expected_population_year_malformed"
        case .agesUnknown: "expected_population_ages_unknown"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .file(let refusal): refusal.sentence
        case .yearMalformed:
            Sentence(
                "Dòng \"# year: …\" phải là một năm như 2021; sửa lại.",
                "The line \"# year: …\" must be a year such as 2021; mend it.")
        case .agesUnknown(let line):
            Sentence(
                "Dòng \(line): nhóm tuổi phải là all, 0-13, 14-24, 25-39, 40-59 hoặc 60+; sửa lại.",
                "Line \(line): the ages must be all, 0-13, 14-24, 25-39, 40-59 or 60+; mend them.")
        }
    }
}
