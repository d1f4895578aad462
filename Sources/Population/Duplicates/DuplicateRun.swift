import Civil
import Ledger
import Linkage

/// Một phần của đợt rà soát: the people of some communes of one province, compared with each other and with those of
/// later parts.
struct DuplicatePart: Hashable, Sendable {
    /// Where people belong, by province and commune as they are counted today; nothing where nobody knows.
    struct Place: Hashable, Comparable, Sendable {
        let province: String
        let unit: String

        init(province: String, unit: String) {
            self.province = province
            self.unit = unit
        }

        init(_ unit: UnitCode?, in units: UnitDirectory) {
            let province = unit.flatMap { units.ancestor(of: $0, at: .province)?.code }
            self.init(province: province?.description ?? "", unit: unit?.description ?? "")
        }

        static func < (left: Place, right: Place) -> Bool {
            (left.province, left.unit) < (right.province, right.unit)
        }
    }

    /// The first place of the part; it ends where the next one begins.
    let first: Place
    /// How many people were counted there when the sweep began.
    var persons: Int
    /// What was found in it; nil while it is to be compared.
    var done: (compared: Int, pairs: Int)?

    static func == (left: DuplicatePart, right: DuplicatePart) -> Bool {
        left.first == right.first && left.persons == right.persons && left.done?.compared == right.done?.compared
            && left.done?.pairs == right.done?.pairs
    }

    func hash(into hasher: inout Hasher) { hasher.combine(first) }

    /// A part takes further communes until it has so many people: a few seconds of work.
    static let fewest = 50_000

    /// The parts of everybody, province by province.
    static func parts(of places: [Place]) -> [DuplicatePart] {
        let counts = places.reduce(into: [Place: Int]()) { $0[$1, default: 0] += 1 }
        var parts: [DuplicatePart] = []
        for (place, count) in counts.sorted(by: { $0.key < $1.key }) {
            if let last = parts.last, last.first.province == place.province, last.persons < fewest {
                parts[parts.count - 1].persons += count
            } else {
                parts.append(DuplicatePart(first: place, persons: count))
            }
        }
        return parts
    }
}

/// Đợt rà soát đang dở: a sweep that has begun and not come to its end, as the database keeps it between parts.
struct DuplicateRun: Sendable {
    let id: Int64
    let started: Instant
    /// Millionths.
    let threshold: Int64
    /// Whether what officers decided teaches the weights.
    let isTaught: Bool
    /// The weights that were learnt when it began; nil when they are of another version of the program.
    let model: LinkModel?
    /// In the order of their places.
    var parts: [DuplicatePart]

    /// After so long a run is begun anew: too many people have changed since its first parts were compared.
    static let longest: Int64 = 48 * 3_600 * 1_000_000

    /// Whether a sweep that is asked for now goes on with this one.
    func fits(threshold: Int64, isTaught: Bool, at now: Instant) -> Bool {
        model != nil && self.threshold == threshold && self.isTaught == isTaught && !parts.isEmpty
            && now.microseconds - started.microseconds <= DuplicateRun.longest
    }

    /// The part that people of a place belong to; whoever came to a place since belongs to the part before it.
    func part(of place: DuplicatePart.Place) -> Int {
        max(0, parts.firstIndex(ofOrdered: { $0.first > place }) - 1)
    }
}

/// Tiến độ rà soát trùng: how far a sweep that is under way has come.
package struct DuplicateProgress: Hashable, Sendable {
    /// A province, with how many of its people were compared already.
    package struct Province: Hashable, Sendable {
        /// Nil for people whose residence nobody knows.
        package let unit: UnitCode?
        package var persons: Int
        package var compared: Int
    }

    package let started: Instant
    package let parts: Int
    package let partsDone: Int
    package let persons: Int
    package let personsDone: Int
    package let provinces: [Province]
}

extension DuplicateProgress {
    init(_ run: DuplicateRun) {
        var provinces: [Province] = []
        for part in run.parts {
            let unit = UnitCode(parsing: part.first.province)
            if provinces.last.map({ $0.unit != unit }) ?? true {
                provinces.append(Province(unit: unit, persons: 0, compared: 0))
            }
            provinces[provinces.count - 1].persons += part.persons
            if part.done != nil { provinces[provinces.count - 1].compared += part.persons }
        }
        self.init(
            started: run.started, parts: run.parts.count, partsDone: run.parts.count { $0.done != nil },
            persons: run.parts.reduce(0) { $0 + $1.persons },
            personsDone: run.parts.reduce(0) { $0 + ($1.done == nil ? 0 : $1.persons) }, provinces: provinces)
    }
}

/// Kết quả một lần chạy rà soát.
package enum DuplicateSweepOutcome: Sendable {
    /// Everybody has been compared; the queue is the new one, and so many pairs were merged automatically.
    case finished(DuplicateSweep, merged: Int)
    /// Some parts are left; the next sweep goes on with them.
    case paused(DuplicateProgress)
}

/// Tiến độ, while it goes on.
package enum DuplicateStep: Hashable, Sendable {
    /// So many records were read.
    case read(Int)
    case compared(DuplicateProgress)
}
