/// The members of a JSON object, always in the order of the bytes of their names.
///
/// An answer has a few dozen members that are put in once and written once; a sorted list does that several times
/// faster than a dictionary. Looking a member up walks the list.
package struct JSONMembers: Hashable, Sendable {
    private var list: [Member]

    fileprivate struct Member: Hashable, Sendable {
        let name: String
        var value: JSONValue
    }

    /// Members out of a dictionary.
    package init(_ members: [String: JSONValue]) {
        list = members.map { Member(name: $0.key, value: $0.value) }
        sort()
    }

    /// How often each of some things is there.
    package init(counts: [String: Int]) {
        self.init(counts.mapValues { .integer(Int64($0)) })
    }

    package var count: Int { list.count }

    /// The value of a member; setting nil takes the member away.
    package subscript(name: String) -> JSONValue? {
        get { list.first { $0.name == name }?.value }
        set {
            let place = list.firstIndex { !JSONMembers.precedes($0.name, name) } ?? list.endIndex
            let isThere = place < list.endIndex && list[place].name == name
            switch (newValue, isThere) {
            case (let value?, true): list[place].value = value
            case (let value?, false): list.insert(Member(name: name, value: value), at: place)
            case (nil, true): list.remove(at: place)
            case (nil, false): break
            }
        }
    }

    /// Takes over the members of another object; where both have one, that of the other holds.
    package mutating func add(_ other: JSONMembers) {
        // Both are in order, so that one walk along them puts each in its place.
        var merged: [Member] = []
        merged.reserveCapacity(list.count + other.list.count)
        var rest = other.list[...]
        for member in list {
            while let next = rest.first, JSONMembers.precedes(next.name, member.name) {
                merged.append(next)
                rest.removeFirst()
            }
            if rest.first?.name != member.name { merged.append(member) }
        }
        list = merged + rest
    }

    package func adding(_ other: JSONMembers) -> JSONMembers {
        var both = self
        both.add(other)
        return both
    }

    private mutating func sort() {
        list.sort { JSONMembers.precedes($0.name, $1.name) }
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension JSONMembers: ExpressibleByDictionaryLiteral {
    package typealias Key = String
    package typealias Value = JSONValue

    /// Members as they are written in the source; a name stands there once.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        list = elements.map { Member(name: $0.0, value: $0.1) }
        sort()
    }
}

extension JSONMembers: Sequence {
    /// The members in their order.
    package struct Iterator: IteratorProtocol {
        fileprivate var rest: IndexingIterator<[Member]>

        package mutating func next() -> (key: String, value: JSONValue)? {
            rest.next().map { ($0.name, $0.value) }
        }
    }

    package func makeIterator() -> Iterator { Iterator(rest: list.makeIterator()) }
}
