import Foundation
import Ledger

/// A stored content that cannot be read any more.
package struct DamagedContent: Error, Hashable, Sendable {
    package let reason: String
    /// The member of the content that is missing or of another type than expected, where that is the reason.
    package var field: String?
}

/// The canonical bytes: JSON with sorted keys, `{"body":{…},"form":"married/1"}`.
extension ActContent {
    package func canonicalBytes() throws(DamagedContent) -> [UInt8] {
        do {
            return try encode()
        } catch {
            throw DamagedContent(reason: "the content of \(kind.rawValue) cannot be written")
        }
    }

    /// Reads what `canonicalBytes` wrote; `kind` is the envelope's.
    package init(kind: ActKind, canonicalBytes bytes: [UInt8]) throws(DamagedContent) {
        do {
            self = try bytes.withUnsafeBytes { try ActContent.decode(kind, $0) }
        } catch let malformed as CanonicalJSONReader.Malformed {
            throw DamagedContent(
                reason: "the content of \(kind.rawValue) cannot be read", field: malformed.member)
        } catch {
            throw DamagedContent(reason: "the content of \(kind.rawValue) cannot be read")
        }
    }

    package var kind: ActKind {
        switch self {
        case .collected: .collected
        case .registeredAtBirth: .registeredAtBirth
        case .numberAssigned: .numberAssigned
        case .numberCancelled: .numberCancelled
        case .numberReestablished: .numberReestablished
        case .detailsChanged: .detailsChanged
        case .detailsCorrected: .detailsCorrected
        case .permanentResidenceRegistered: .permanentResidenceRegistered
        case .permanentResidenceDeleted: .permanentResidenceDeleted
        case .temporaryResidenceRegistered: .temporaryResidenceRegistered
        case .stayNotified: .stayNotified
        case .absenceDeclared: .absenceDeclared
        case .moved: .moved
        case .householdFormed: .householdFormed
        case .householdSplit: .householdSplit
        case .headOfHouseholdChanged: .headOfHouseholdChanged
        case .householdMemberJoined: .householdMemberJoined
        case .householdMemberLeft: .householdMemberLeft
        case .married: .married
        case .divorced: .divorced
        case .parentRecognised: .parentRecognised
        case .adopted: .adopted
        case .guardianshipEstablished: .guardianshipEstablished
        case .nationalityChanged: .nationalityChanged
        case .declaredMissing: .declaredMissing
        case .returned: .returned
        case .died: .died
        case .mergedWith: .mergedWith
        case .unmerged: .unmerged
        case .annulled: .annulled
        case .setAside: .setAside
        case .findingNoted: .findingNoted
        case .relativeLinked: .relativeLinked
        case .eventConfirmed: .eventConfirmed
        case .batchReceived: .batchReceived
        case .sheetHeld: .sheetHeld
        case .sheetDecided: .sheetDecided
        }
    }

    private func encode() throws -> [UInt8] {
        let form = "\(kind.rawValue)/1"
        func bytes(_ body: some Encodable) throws -> [UInt8] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(Form(body: body, form: form)))
        }
        // What an import writes says itself how; `form` comes behind `body`, as among sorted names.
        func written(_ body: some CanonicalJSONValue) -> [UInt8] {
            var json = CanonicalJSON()
            json.object { json in
                json.member("body", body)
                json.member("form", form)
            }
            return json.bytes
        }
        switch self {
        case .collected(let body): return written(body)
        case .registeredAtBirth(let body): return try bytes(body)
        case .numberAssigned(let body): return try bytes(body)
        case .numberCancelled(let body): return try bytes(body)
        case .numberReestablished(let body): return try bytes(body)
        case .detailsChanged(let body): return try bytes(body)
        case .detailsCorrected(let body): return try bytes(body)
        case .permanentResidenceRegistered(let body), .temporaryResidenceRegistered(let body),
            .stayNotified(let body), .moved(let body):
            return try bytes(body)
        case .permanentResidenceDeleted(let body): return try bytes(body)
        case .absenceDeclared(let body): return try bytes(body)
        case .householdFormed(let body), .householdSplit(let body): return written(body)
        case .headOfHouseholdChanged(let body): return try bytes(body)
        case .householdMemberJoined(let body): return try bytes(body)
        case .householdMemberLeft(let body): return try bytes(body)
        case .married(let body), .divorced(let body): return try bytes(body)
        case .parentRecognised(let body): return try bytes(body)
        case .adopted(let body): return try bytes(body)
        case .guardianshipEstablished(let body): return try bytes(body)
        case .nationalityChanged(let body): return try bytes(body)
        case .declaredMissing(let body), .returned(let body), .died(let body): return try bytes(body)
        case .mergedWith(let body), .unmerged(let body): return try bytes(body)
        case .annulled(let body): return try bytes(body)
        case .setAside(let body): return try bytes(body)
        case .findingNoted(let body): return try bytes(body)
        case .relativeLinked(let body): return try bytes(body)
        case .eventConfirmed(let body): return try bytes(body)
        case .batchReceived(let body): return try bytes(body)
        case .sheetHeld(let body): return written(body)
        case .sheetDecided(let body): return try bytes(body)
        }
    }

    private static func decode(_ kind: ActKind, _ bytes: UnsafeRawBufferPointer) throws -> ActContent {
        func body<Body: CanonicalJSONReadable>(_ type: Body.Type = Body.self) throws -> Body {
            let form = try CanonicalJSONReader.value(Form<Body>.self, from: bytes)
            guard form.form == "\(kind.rawValue)/1" else { throw DamagedContent(reason: "unknown form \(form.form)") }
            return form.body
        }
        return switch kind {
        case .collected: .collected(try body())
        case .registeredAtBirth: .registeredAtBirth(try body())
        case .numberAssigned: .numberAssigned(try body())
        case .numberCancelled: .numberCancelled(try body())
        case .numberReestablished: .numberReestablished(try body())
        case .detailsChanged: .detailsChanged(try body())
        case .detailsCorrected: .detailsCorrected(try body())
        case .permanentResidenceRegistered: .permanentResidenceRegistered(try body())
        case .permanentResidenceDeleted: .permanentResidenceDeleted(try body())
        case .temporaryResidenceRegistered: .temporaryResidenceRegistered(try body())
        case .stayNotified: .stayNotified(try body())
        case .absenceDeclared: .absenceDeclared(try body())
        case .moved: .moved(try body())
        case .householdFormed: .householdFormed(try body())
        case .householdSplit: .householdSplit(try body())
        case .headOfHouseholdChanged: .headOfHouseholdChanged(try body())
        case .householdMemberJoined: .householdMemberJoined(try body())
        case .householdMemberLeft: .householdMemberLeft(try body())
        case .married: .married(try body())
        case .divorced: .divorced(try body())
        case .parentRecognised: .parentRecognised(try body())
        case .adopted: .adopted(try body())
        case .guardianshipEstablished: .guardianshipEstablished(try body())
        case .nationalityChanged: .nationalityChanged(try body())
        case .declaredMissing: .declaredMissing(try body())
        case .returned: .returned(try body())
        case .died: .died(try body())
        case .mergedWith: .mergedWith(try body())
        case .unmerged: .unmerged(try body())
        case .annulled: .annulled(try body())
        case .setAside: .setAside(try body())
        case .findingNoted: .findingNoted(try body())
        case .relativeLinked: .relativeLinked(try body())
        case .eventConfirmed: .eventConfirmed(try body())
        case .batchReceived: .batchReceived(try body())
        case .sheetHeld: .sheetHeld(try body())
        case .sheetDecided: .sheetDecided(try body())
        case .retentionRuled, .registerChanged, .accessChanged, .cardChanged:
            throw DamagedContent(reason: "not an act of the register of people")
        }
    }

    struct Form<Body> {
        var body: Body
        var form: String
    }
}

extension ActContent.Form: Encodable where Body: Encodable {}

extension ActContent.Form: CanonicalJSONReadable where Body: CanonicalJSONReadable {
    init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.object { json throws(CanonicalJSONReader.Malformed) in
            let body: Body = try json.required("body")
            return ActContent.Form(body: body, form: try json.required("form"))
        }
    }
}
