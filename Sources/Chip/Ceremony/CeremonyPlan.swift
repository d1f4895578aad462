import Civil
import Foundation

/// Vai trò trong buổi lễ: what somebody is present as.
package enum CeremonyRole: String, Hashable, Sendable, CaseIterable {
    /// Chủ trì: leads through the steps.
    case master
    /// Người giữ mảnh khóa: has a share of the key.
    case holder
    /// Người chứng kiến: sees that each step is done as it is written down.
    case witness
    /// Kiểm soát viên: holds the protocol against the rules.
    case auditor

    /// The word for the protocol.
    package var title: Sentence {
        switch self {
        case .master: Sentence("Chủ trì", "Master of ceremony")
        case .holder: Sentence("Người giữ mảnh khóa", "Key holder")
        case .witness: Sentence("Người chứng kiến", "Witness")
        case .auditor: Sentence("Kiểm soát viên", "Auditor")
        }
    }
}

/// Kế hoạch buổi lễ: the authority, who takes part in which role, and how many holders a key needs.
///
/// Written once, when the ceremony is opened; its hash stands in the first line of the protocol.
package struct CeremonyPlan: Hashable, Sendable, Decodable {
    /// Tên cơ quan chứng thực: the common name of the CSCA.
    package let authority: String
    package let organization: String?
    /// Two capital letters, as in certificates.
    package let country: String
    /// Three capital letters, as on cards.
    package let countryOnCards: String
    /// How certificates write the curve.
    package let parameters: ParameterStyle
    /// Where the revocation list is fetched.
    package let listAddress: String
    /// How many holders a key needs.
    package let threshold: Int
    package let master: String
    package let holders: [String]
    package let witnesses: [String]
    package let auditors: [String]

    private enum CodingKeys: String, CodingKey {
        case authority, organization, country, parameters, threshold, master, holders, witnesses, auditors
        case countryOnCards = "country_on_cards"
        case listAddress = "list_address"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String { try values.decode(String.self, forKey: key) }
        authority = try text(.authority)
        organization = try values.decodeIfPresent(String.self, forKey: .organization)
        country = try text(.country)
        countryOnCards = try text(.countryOnCards)
        guard let style = ParameterStyle(rawValue: try text(.parameters)) else {
            throw CeremonyRefusal.planMalformed("parameters")
        }
        parameters = style
        listAddress = try text(.listAddress)
        threshold = try values.decode(Int.self, forKey: .threshold)
        master = try text(.master)
        holders = try values.decode([String].self, forKey: .holders)
        witnesses = try values.decode([String].self, forKey: .witnesses)
        auditors = try values.decode([String].self, forKey: .auditors)
    }

    /// No plan is longer.
    package static let largest = 64 << 10
    private static let longestName = 64
    private static let longestAuthority = 44
    private static let mostInRole = 16

    /// The plan in a file of JSON.
    package init(json: [UInt8]) throws(CeremonyRefusal) {
        guard json.count <= CeremonyPlan.largest else { throw .planMalformed("JSON") }
        do {
            self = try JSONDecoder().decode(CeremonyPlan.self, from: Data(json))
        } catch let refusal as CeremonyRefusal {
            throw refusal
        } catch DecodingError.keyNotFound(let key, _) {
            throw .planMalformed(key.stringValue)
        } catch DecodingError.typeMismatch(_, let context) {
            throw .planMalformed(context.codingPath.first?.stringValue ?? "JSON")
        } catch {
            throw .planMalformed("JSON")
        }
        try check()
    }

    private func check() throws(CeremonyRefusal) {
        let texts =
            [("authority", authority), ("master", master), ("list_address", listAddress)]
            + (organization.map { [("organization", $0)] } ?? [])
            + [("holders", holders), ("witnesses", witnesses), ("auditors", auditors)].flatMap { field, names in
                names.map { (field, $0) }
            }
        // Signers get a number behind it, and a common name has 64 characters at most.
        guard authority.count <= CeremonyPlan.longestAuthority else { throw .planMalformed("authority") }
        for (field, text) in texts where !CeremonyPlan.isLine(text) { throw .planMalformed(field) }
        guard CeremonyPlan.isCapitals(country, 2) else { throw .planMalformed("country") }
        guard CeremonyPlan.isCapitals(countryOnCards, 3) else { throw .planMalformed("country_on_cards") }
        for (field, names) in [("holders", holders), ("witnesses", witnesses), ("auditors", auditors)] {
            guard (1...CeremonyPlan.mostInRole).contains(names.count) else { throw .planMalformed(field) }
        }
        guard holders.count >= 2, (2...holders.count).contains(threshold) else { throw .thresholdImpossible }
        var seen: Set<String> = []
        for participant in participants {
            let name = NormalForm.nfc(participant.name).lowercased()
            guard seen.insert(name).inserted else { throw .personTwice(participant.name) }
        }
    }

    private static func isLine(_ text: String) -> Bool {
        (1...longestName).contains(text.count) && !text.contains(where: \.isNewline)
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            && text.first?.isWhitespace == false && text.last?.isWhitespace == false
    }

    private static func isCapitals(_ text: String, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (65...90).contains($0) }
    }

    /// Người tham gia: somebody of the plan with the word by which commands name him: `master`, `holder-1`.
    package struct Participant: Hashable, Sendable {
        package let word: String
        package let role: CeremonyRole
        package let name: String
    }

    /// All of them, in the order of the plan.
    package var participants: [Participant] {
        func numbered(_ role: CeremonyRole, _ names: [String]) -> [Participant] {
            names.enumerated().map { place, name in
                Participant(word: "\(role.rawValue)-\(place + 1)", role: role, name: name)
            }
        }
        return [Participant(word: "master", role: .master, name: master)]
            + numbered(.holder, holders) + numbered(.witness, witnesses) + numbered(.auditor, auditors)
    }

    /// The participant of a word.
    package func participant(_ word: String) throws(CeremonyRefusal) -> Participant {
        guard let found = participants.first(where: { $0.word == word }) else { throw .participantUnknown(word) }
        return found
    }

    /// The name in certificates.
    package var subject: DistinguishedName {
        DistinguishedName(country: country, organization: organization, commonName: authority)
    }
}
