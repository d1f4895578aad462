import Civil
import Foundation
import Ledger
import Population

extension PersonJSON {
    /// Lịch sử của một công dân: every act with its content, never a key of the register itself.
    ///
    /// Without the register, units keep their codes alone.
    package static func history(_ answer: HistoryAnswer, in register: PopulationRegister? = nil) -> JSONValue {
        let reader = ContentReader(answer: answer, units: register?.units ?? UnitDirectory())
        return .object([
            "handle": .string(answer.handle),
            "entries": .array(
                answer.entries.map { entry($0, isProvisional: answer.provisional.contains($0.act.id), reader) }),
            "demonstration": register.map { .bool($0.kind == .demonstration) } ?? .null,
            "receipt": .string(String(answer.receipt)),
        ])
    }

    private static func entry(_ entry: HistoryEntry, isProvisional: Bool, _ reader: ContentReader) -> JSONValue {
        .object([
            "act": .string(String(entry.act.id.rawValue)), "version": .integer(entry.version),
            "kind": .string(entry.act.kind.rawValue), "effective": CommonJSON.date(entry.act.effective),
            "recorded": .string(entry.act.recorded.iso),
            "actor": CommonJSON.actor(entry.act.actor),
            "legal_basis": .string(entry.act.legalBasis),
            "content": entry.content.map(reader.content) ?? .null, "provisional": .bool(isProvisional),
        ])
    }
}

/// Turns the canonical form of a content into what programs read.
private struct ContentReader {
    let answer: HistoryAnswer
    let units: UnitDirectory

    /// Keys whose integers are persons of the register.
    private static let personKeys: Set<String> = [
        "person", "head", "child", "parent", "ward", "duplicate", "into", "relative",
    ]
    private static let householdKeys: Set<String> = ["household", "splitFrom"]
    private static let actKeys: Set<String> = ["act", "corrects"]
    private static let codedKeys: Set<String> = ["ethnicity", "religion", "nationality"]
    /// Keys whose integers are plain numbers; an integer under any other key is a key of the register.
    private static let plainKeys: Set<String> = ["row", "birthYear", "bytes", "rows"]

    func content(_ content: ActContent) -> JSONValue {
        // What was just read can be written again; if not, nothing is shown rather than something wrong.
        guard let bytes = try? content.canonicalBytes(),
            let form = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        else { return .null }
        return (form["body"] ?? .null).mapped(value)
    }

    private func value(_ key: String, _ value: JSONValue) -> (String, JSONValue) {
        let name = FieldNames.snake(key)
        switch value {
        case .integer(let number): return (name, integer(number, key))
        case .string(let text):
            if ContentReader.codedKeys.contains(key), let coded = Coded(canonical: text) {
                return (name, CommonJSON.coded(coded))
            }
            if key == "relation" { return (name, CommonJSON.relation(RelationToHead(rawValue: text))) }
            if key == "maritalStatus" { return (name, CommonJSON.maritalStatus(MaritalStatus(rawValue: text))) }
            return (key == "birth" ? "date_of_birth" : name, value)
        case .object(let object):
            // `mapped` works from the leaves up, so the unit of an address is an object of two strings here.
            if let code = object["code"]?.text, let set = object["set"]?.text, object.count == 2 {
                return (name, CommonJSON.unit(UnitCode(code, UnitSet(rawValue: set)), units))
            }
            if object["written"] != nil, object["detail"] != nil, object["unit"] == nil {
                var whole = object
                whole["unit"] = .null
                return (name, .object(whole))
            }
            return (name, value)
        case .null, .bool, .number, .array: return (name, value)
        }
    }

    private func integer(_ number: Int64, _ key: String) -> JSONValue {
        if ContentReader.personKeys.contains(key) { return CommonJSON.text(answer.persons[number]) }
        if ContentReader.householdKeys.contains(key) { return CommonJSON.text(answer.households[number]) }
        if ContentReader.actKeys.contains(key) { return .string(String(number)) }
        if key == "id" || key == "other" {
            return .string("\(SheetID.batch(of: number))/\(SheetID.row(of: number))")
        }
        return ContentReader.plainKeys.contains(key) ? .integer(number) : .null
    }
}
