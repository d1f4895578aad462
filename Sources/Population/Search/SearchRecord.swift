import Civil
import Linkage

/// What of a person's row search needs, read without the rest.
struct SearchRecord: CanonicalJSONReadable {
    let person: Int64
    let isShown: Bool
    private(set) var details = Details()
    private let places: [UnitCode]
    /// Father and mother, then those by recognition and by adoption.
    private let parents: [Named]

    init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let adoptive: [Named]? = try json.member("adoptiveParents")
            let current: Residence? = try json.member("currentResidence")
            let details: Details = try json.required("details")
            let father: Named? = try json.member("father")
            let merged: Int64? = try json.member("mergedInto")
            let mother: Named? = try json.member("mother")
            let permanent: Residence? = try json.member("permanentResidence")
            let person: Int64 = try json.required("person")
            let recognised: [Named]? = try json.member("recognisedParents")
            let setAside: String? = try json.member("setAside")
            let temporary: Residence? = try json.member("temporaryResidence")
            var places: [UnitCode] = []
            for unit in [permanent?.unit, current?.unit, temporary?.unit] {
                if let unit, !places.contains(unit) { places.append(unit) }
            }
            // A newborn is found where the birth was registered, until a residence is.
            if places.isEmpty, let unit = details.registered { places = [unit] }
            return SearchRecord(
                person: person, isShown: merged == nil && setAside == nil, details: details, places: places,
                parents: [father, mother].compactMap { $0 } + (recognised ?? []) + (adoptive ?? []))
        }
    }

    private init(person: Int64, isShown: Bool, details: Details, places: [UnitCode], parents: [Named]) {
        self.person = person
        self.isShown = isShown
        self.details = details
        self.places = places
        self.parents = parents
    }

    /// The entry of the index; nil for records that are merged into another or set aside, and those without a name.
    ///
    /// A parent whom the record names by link alone is none here: whoever finds the child by a parent's name has not
    /// been shown the parent, who may be protected or live elsewhere.
    var entry: SearchEntry? {
        guard isShown, let name = details.name else { return nil }
        return SearchEntry(
            person: person, names: [name] + [details.otherName].compactMap { $0 }, birth: details.birth,
            sex: details.sex, places: places, parents: parents.compactMap(\.name), oldNumber: details.oldNumber)
    }

    struct Details: CanonicalJSONReadable {
        var birth: PartialDate?
        var name: String?
        var oldNumber: String?
        var otherName: String?
        var sex: Sex?
        /// The unit in which the birth was registered.
        var registered: UnitCode?

        init() {}

        init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
            self = try json.object { json throws(CanonicalJSONReader.Malformed) in
                var details = Details()
                details.birth = try json.member("birth")
                let registered: Place? = try json.member("birthRegistrationPlace")
                details.registered = registered?.unit
                details.name = try json.member("name")
                details.oldNumber = try json.member("oldNumber")
                details.otherName = try json.member("otherName")
                details.sex = try json.member("sex")
                return details
            }
        }
    }

    private struct Named: CanonicalJSONReadable {
        let name: String?

        init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
            name = try json.object { json throws(CanonicalJSONReader.Malformed) in try json.member("name") }
        }
    }

    private struct Residence: CanonicalJSONReadable {
        let unit: UnitCode?

        init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
            let place: Place? = try json.object { json throws(CanonicalJSONReader.Malformed) in
                try json.member("address")
            }
            unit = place?.unit
        }
    }

    fileprivate struct Place: CanonicalJSONReadable {
        let unit: UnitCode?

        init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
            unit = try json.object { json throws(CanonicalJSONReader.Malformed) in try json.member("unit") }
        }
    }
}
