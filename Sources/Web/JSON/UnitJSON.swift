import Civil
import Population

/// Administrative units and readings of addresses as programs read them.
package enum UnitJSON {
    /// One unit with what became of it by `today`.
    package static func unit(_ unit: AdministrativeUnit, units: UnitDirectory, today: CalendarDate) -> JSONValue {
        var object = named(unit, units)
        object["kind"] = .string(unit.kind)
        object["parent"] = CommonJSON.unit(unit.parent, units)
        object["latitude"] = unit.latitude.map { .number($0) } ?? .null
        object["longitude"] = unit.longitude.map { .number($0) } ?? .null
        object["area_km2"] = unit.area.map { .number($0) } ?? .null
        object["today"] = successors(of: unit, units, today)
        return .object(object)
    }

    /// What an address was found to mean.
    package static func resolution(_ resolution: UnitResolution, units: UnitDirectory) -> JSONValue {
        var object: JSONMembers = [
            "result": .string("nothing"), "unit": .null, "detail": .null, "candidates": .array([]), "reason": .null,
        ]
        switch resolution {
        case .unit(let unit, let detail):
            object["result"] = .string("unit")
            object["unit"] = .object(named(unit, units))
            object["detail"] = .string(detail)
        case .candidates(let candidates, let detail):
            object["result"] = .string("candidates")
            object["detail"] = .string(detail)
            object["candidates"] = .array(
                candidates.map {
                    .object([
                        "unit": .object(named($0.unit, units)), "score": .number($0.score),
                        "reason": .string($0.reason.rawValue),
                    ])
                })
        case .nothing(let reason):
            object["reason"] = .string(reason.rawValue)
        }
        return .object(object)
    }

    private static func named(_ unit: AdministrativeUnit, _ units: UnitDirectory) -> JSONMembers {
        [
            "code": .string(unit.code.code), "set": .string(unit.code.set.rawValue),
            "level": .string(unit.level.rawValue), "name": .string(unit.name),
            "path": .string(units.path(of: unit.code)),
        ]
    }

    private static func successors(
        of unit: AdministrativeUnit, _ units: UnitDirectory, _ today: CalendarDate
    ) -> JSONValue {
        let found: (result: String, units: [AdministrativeUnit], usual: AdministrativeUnit?) =
            switch units.successors(of: unit.code, on: today) {
            case .same: ("same", [unit], unit)
            case .one(let successor): ("one", [successor], successor)
            case .candidates(let candidates, let usual): ("candidates", candidates, usual)
            case .none: ("none", [], nil)
            }
        return .object([
            "result": .string(found.result), "units": .array(found.units.map { .object(named($0, units)) }),
            "usual": found.usual.map { .object(named($0, units)) } ?? .null,
        ])
    }
}
