import Civil
import Population

/// Quality and coverage as programs read them; sums stand beside every share, so that nothing is lost by rounding.
package enum QualityJSON {
    /// A whole report; `communes` are left to the map, `children` are the units next below.
    package static func report(_ report: QualityReport, units: UnitDirectory) -> JSONValue {
        .object([
            "unit": unit(report.unit?.code, units), "set": .string(report.set.rawValue),
            "day": .string(report.rule.day.description), "fresh": .bool(report.isFresh),
            "measured": .string(report.measured.iso), "office": office(report.office),
            "rule": .object([
                "mandatory_fields": .array(report.rule.mandatory.fields.map { .string($0.rawValue) }),
                "legal_basis": CommonJSON.text(report.basis?.description),
                "fresh_days": .integer(Int64(report.rule.freshDays)),
            ]),
            "figures": figures(report.figures), "unplaced": .integer(Int64(report.unplaced)),
            "fields": .array(
                report.fields.map { field, filled, verified in
                    .object([
                        "field": .string(field.rawValue), "filled": .integer(Int64(filled)),
                        "verified": .integer(Int64(verified)),
                    ])
                }),
            "children": .array(report.children.map { line($0, units) }),
            "trend": .array(report.trend.map(day)), "targets": .array(report.targets.map { target($0, units) }),
            "duplicates": report.duplicates.map { duplicates($0, units) } ?? .null,
        ])
    }

    /// A target with how far it is.
    package static func target(_ state: TargetState, _ units: UnitDirectory) -> JSONValue {
        .object([
            "unit": unit(state.target.unit, units), "set": .string(state.target.set.rawValue),
            "measure": .string(state.target.measure.rawValue),
            "value": .number(Double(state.target.perMillion) / 1_000_000),
            "by": .string(state.target.due.description), "now": share(state.now),
            "standing": .string(state.standing.rawValue),
        ])
    }

    /// What stands twice, by the queue and what officers decided.
    private static func duplicates(_ found: DuplicateQuality, _ units: UnitDirectory) -> JSONValue {
        .object([
            "children": .array(
                found.units.values.sorted { ($0.unit?.code ?? "") < ($1.unit?.code ?? "") }
                    .map { estimate($0, units) }),
            "recall": bounded(found.recall), "since": CommonJSON.text(found.since?.iso),
            "swept": .string(found.swept.iso), "whole": estimate(found.whole, units),
        ])
    }

    private static func estimate(_ found: UnitDuplicates, _ units: UnitDirectory) -> JSONValue {
        .object([
            "before": found.before.map { .number(rounded($0)) } ?? .null,
            "deviation": .number(rounded(found.deviation)), "expected": .number(rounded(found.expected)),
            "pairs": .integer(Int64(found.pairs)), "precision": bounded(found.precision),
            "unit": unit(found.unit, units),
        ])
    }

    private static func bounded(_ share: BoundedShare?) -> JSONValue {
        share.map { share in
            .object([
                "high": .number(rounded(share.bounds.upperBound)), "low": .number(rounded(share.bounds.lowerBound)),
                "value": .number(rounded(share.value)),
            ])
        } ?? .null
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

    static func unit(_ code: UnitCode?, _ units: UnitDirectory) -> JSONValue { CommonJSON.unit(code, units) }

    static func office(_ office: ResponsibleOffice) -> JSONValue {
        .object(["vi": .string(office.vietnamese), "en": .string(office.english)])
    }

    private static func line(_ line: QualityLine, _ units: UnitDirectory) -> JSONValue {
        .object([
            "unit": unit(line.unit.code, units), "office": office(line.office), "figures": figures(line.figures),
        ])
    }

    private static func day(_ day: QualityDay) -> JSONValue {
        var object: JSONMembers = [
            "day": .string(day.day.description), "persons": .integer(Int64(day.figures.tally.persons)),
        ]
        for measure in QualityMeasure.allCases { object[measure.rawValue] = share(day.figures.share(of: measure)) }
        return .object(object)
    }

    private static func figures(_ figures: QualityFigures) -> JSONValue {
        let tally = figures.tally
        var object: JSONMembers = [
            "persons": .integer(Int64(tally.persons)),
            "median_days": tally.medianDays.map { .integer(Int64($0)) } ?? .null,
            "never_verified": .integer(Int64(tally.neverVerified)), "ambiguous": .integer(Int64(tally.ambiguous)),
            "age_unknown": .integer(Int64(tally.ages[nil] ?? 0)),
            "ages": .array(
                AgeGroup.allCases.map { group in
                    .object([
                        "age": .string(group.code), "persons": .integer(Int64(tally.ages[group] ?? 0)),
                        "expected": figures.expected?.ages[group].map { .integer(Int64($0)) } ?? .null,
                    ])
                }),
            "expected": figures.expected.map { expected in
                .object([
                    "persons": .integer(Int64(expected.persons)), "year": .integer(Int64(expected.year)),
                    "source": .string(expected.source),
                ])
            } ?? .null,
        ]
        for measure in QualityMeasure.allCases { object[measure.rawValue] = share(figures.share(of: measure)) }
        return .object(object)
    }

    private static func share(_ share: Share) -> JSONValue {
        .object([
            "part": .integer(Int64(share.part)), "whole": .integer(Int64(share.whole)),
            "share": share.perMillion.map { .number(Double($0) / 1_000_000) } ?? .null,
        ])
    }
}
