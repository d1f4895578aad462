import Civil
import Linkage

/// Somebody whom a sheet may mean when it states a father's, mother's or spouse's number.
struct NumberHolder: Sendable {
    var person: Int64
    var name: PersonName?
    var sex: Sex?

    init(person: Int64, name: PersonName?, sex: Sex?) {
        self.person = person
        self.name = name
        self.sex = sex
    }

    /// The person of a record.
    init(of state: PersonState) {
        self.init(
            person: state.person, name: state.details.name.flatMap { try? PersonName(parsing: $0) },
            sex: state.details.sex)
    }

    /// Whether nothing that is written beside the number contradicts that this is who is meant.
    ///
    /// A number that was copied from the wrong line must not make a stranger somebody's parent.
    func fits(_ reference: PersonReference, sex wanted: Sex?) -> Bool {
        if let wanted, let sex, sex != wanted { return false }
        guard let name, let written = reference.name.flatMap({ try? PersonName(parsing: $0) }) else { return true }
        return NameComparison.compare(name, written) != .different
    }
}

/// A person of the register whom sheets of a piece name by number, with what the rules of life need to know.
struct KnownRelative: Sendable {
    /// Somebody who is, as the register has it, this person's wife or husband, or claims to be.
    struct Partner: Sendable {
        var person: Int64
        /// The sheet that says so; nil where an act says it.
        var sheet: Int64?
    }

    var holder: NumberHolder
    var birth: PartialDate?
    var isDead: Bool
    var partners: [Partner]
}

/// Nhiều người cùng khai một vợ hoặc chồng: who names whom as spouse, among the living.
///
/// The law knows one spouse (Luật 52/2014/QH13, Điều 5 khoản 2); a sheet that says otherwise is stored and marked.
struct SpouseClaims {
    /// Where a claim stands: in a row of the piece, or on a sheet that was there before.
    enum Place: Hashable {
        case row(Int)
        case sheet(Int64)
        /// In the register, by an act and not by a sheet.
        case act
    }

    private struct Claim {
        var partner: Int64
        var place: Place
    }

    private var claims: [Int64: [Claim]] = [:]
    /// The persons in the order in which they were first named.
    private var order: [Int64] = []

    /// Takes in that `person`, in `place`, names `spouse`.
    mutating func add(_ person: Int64, names spouse: Int64, in place: Place) {
        guard person != spouse else { return }
        put(Claim(partner: person, place: place), on: spouse)
        put(Claim(partner: spouse, place: place), on: person)
    }

    private mutating func put(_ claim: Claim, on person: Int64) {
        if claims[person] == nil { order.append(person) }
        // What the partner says counts before what the person says: the partner's is the sheet to look at.
        claims[person, default: []].append(claim)
    }

    /// The places of the claims of each person who has more than one spouse, the first one first.
    ///
    /// A couple who name each other are one claim, in the place of whoever names the person concerned.
    func conflicts(rowsOf persons: [Int64: Int]) -> [[Place]] {
        order.compactMap { person in
            var places: [Int64: Place] = [:]
            var partners: [Int64] = []
            for claim in claims[person] ?? [] {
                let isByPartner = claim.place == persons[claim.partner].map { .row($0) }
                if places[claim.partner] == nil { partners.append(claim.partner) }
                if places[claim.partner] == nil || isByPartner { places[claim.partner] = claim.place }
            }
            guard partners.count > 1 else { return nil }
            return partners.compactMap { places[$0] }
        }
    }
}
