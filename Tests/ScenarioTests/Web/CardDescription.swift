import Access
import Cards
import Chip
import Civil
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Population

@testable import Web

extension DescriptionTests {
    /// A card from its application to the hand of the child of the sheets, over the interface but for the machine.
    static func cards(
        _ fixture: WebFixture, _ client: any TestClientProtocol
    ) async throws -> [(String, String, WebAnswer)] {
        var answers: [(String, String, WebAnswer)] = []
        func asked(_ method: HTTPRequest.Method, _ template: String, _ path: String, _ body: String = "{}") async throws
            -> WebAnswer
        {
            let path = "/api/v1/\(path)"
            let answer = method == .get ? try await client.get(path) : try await client.post(path, body)
            answers.append(("/api/v1/\(template)", method.rawValue.lowercased(), answer))
            return answer
        }
        let local = LocalOperator.requester
        let (child, father) = (try await fixture.persons()[2], try await fixture.persons()[0])
        let wish = #""ground": "first", "pickup": "xa-00097", "urgent": true, "representative": "\#(father)""#
        let new = #"{"person": "\#(child)", \#(wish)}"#
        _ = try await asked(.post, "cards/applications", "cards/applications?dry_run=true", new)
        let opened = try await asked(.post, "cards/applications", "cards/applications", new)
        let application = "cards/applications/\(opened.json["application"]?.text ?? "")"
        let one = "cards/applications/{application}"
        _ = try await asked(.get, one, application)
        _ = try await asked(.post, one + "/portrait", application + "/portrait", #"{"specimen": true}"#)
        let missing = #"{"fingers": [{"finger": "left_little", "missing": "bandaged"}]}"#
        _ = try await asked(.post, one + "/fingers", application + "/fingers", missing)
        _ = try await asked(.post, one + "/steps", application + "/steps", #"{"step": "submit"}"#)
        _ = try await asked(.get, "cards/applications", "cards/applications")
        _ = try await asked(.post, one + "/decision", application + "/decision", #"{"decision": "approve"}"#)
        let ordered = try await asked(.post, one + "/order", application + "/order")
        let card = "cards/\(ordered.json["card"]?.text ?? "")"
        let cards = fixture.server.cards
        try await cards.open(ProductionSite(code: "hn", name: "Hà Nội", capacity: 100), by: local)
        try await cards.receiveBlanks(first: "AA00000001", count: 5, series: "loat-1", note: "PN-1", by: local)
        _ = try await cards.vaultBlanks(limit: 5, by: local)
        let chip = try await makeCard(fixture) { try await asked($0, $1, $2, $3) }
        let parcel = try await cards.pack(at: "hn", for: "xa-00097", by: local)
        try await cards.dispatch(parcel.code, tracking: "VD 1", by: local)
        try await cards.receive(parcel.code, counted: 1, by: local)
        let finger = Data(SpecimenFinger(seed: 1, finger: .rightIndex).jpeg()).base64EncodedString()
        let probe = #"{"finger": "right_index", "file": "\#(finger)"}"#
        _ = try await asked(.post, "cards/{card}/fingers", card + "/fingers", probe)
        let delivery = #"{"check": "representative"}"#
        _ = try await asked(.post, "cards/{card}/delivery", card + "/delivery", delivery)
        let hold = #"{"change": "hold", "ground": "reform_school"}"#
        _ = try await asked(.post, "cards/{card}/changes", card + "/changes", hold)
        _ = try await asked(.get, "cards/{card}", card)
        let day = fixture.register.surroundings.today.description
        let byNumber = #"{"number": "\#(WebSamples.child)", "issued": "\#(day)"}"#
        _ = try await asked(.post, "cards/status", "cards/status", byNumber)
        let byChip = #"{"chip_key": "\#(Data(chip).base64EncodedString())"}"#
        _ = try await asked(.post, "cards/status", "cards/status", byChip)
        try await askCertificates(fixture) { try await asked($0, $1, $2, $3) }
        return answers
    }

    private typealias Asked = (HTTPRequest.Method, String, String, String) async throws -> WebAnswer

    /// The factory's part of the card that waits; the point of its chip.
    private static func makeCard(_ fixture: WebFixture, _ ask: Asked) async throws -> [UInt8] {
        func asked(_ method: HTTPRequest.Method, _ template: String, _ path: String, _ body: String = "{}") async throws
            -> WebAnswer
        { try await ask(method, template, path, body) }
        let count = #"{"site": "hn", "kind": "ribbon", "change": "counted", "cards": 500, "note": "KK-1"}"#
        _ = try await asked(.post, "factory/supplies", "factory/supplies", count)
        _ = try await asked(.get, "factory/supplies", "factory/supplies")
        let batch = try await asked(.post, "factory/batches", "factory/batches", #"{"site": "hn", "size": 10}"#)
        let code = batch.json["batch"]?.text ?? ""
        let path = "factory/batches/{batch}"
        _ = try await asked(.post, path + "/blanks", "factory/batches/\(code)/blanks", #"{"count": 1}"#)
        let made = try await CardMachine(fixture).finish(code)
        _ = try await asked(.get, "factory/checks", "factory/checks")
        let files = made.chip.files.map { #""\#($0.key.rawValue)": "\#(Data($0.value).base64EncodedString())""# }
        let read = #""card": "\#(made.blank)", "zone": "\#(made.zone.joined())", "code": "\#(made.code)""#
        let reading = "{\(read), \"files\": {\(files.joined(separator: ", "))}}"
        _ = try await asked(.post, "factory/checks", "factory/checks", reading)
        _ = try await asked(.get, path, "factory/batches/\(code)")
        _ = try await asked(.post, path + "/close", "factory/batches/\(code)/close")
        _ = try await asked(.get, "factory/batches", "factory/batches")
        _ = try await asked(.get, "factory/balance", "factory/balance?office=xa-00097")
        _ = try await asked(.get, "factory/balance/places", "factory/balance/places?province=01")
        return made.chip.key.publicKey.point
    }

    /// A certificate of identity, of somebody who has no nationality any more.
    private static func askCertificates(_ fixture: WebFixture, _ ask: Asked) async throws {
        func asked(_ method: HTTPRequest.Method, _ template: String, _ path: String, _ body: String = "{}") async throws
            -> WebAnswer
        { try await ask(method, template, path, body) }
        let one = "cards/applications/{application}"
        let (holder, father) = (try await fixture.persons()[2], try await fixture.persons()[0])
        _ = try await fixture.register.record(
            ActRequest(
                kind: .nationalityChanged, persons: [holder],
                content: .object(["nationality": .string("Không quốc tịch")])), by: LocalOperator.requester)
        let paper = try await asked(
            .post, "cards/applications", "cards/applications",
            #"{"person": "\#(holder)", "ground": "lost", "pickup": "xa-00097", "representative": "\#(father)"}"#)
        let other = "cards/applications/\(paper.json["application"]?.text ?? "")"
        _ = try await asked(.post, one + "/portrait", other + "/portrait", #"{"specimen": true}"#)
        _ = try await asked(.post, one + "/steps", other + "/steps", #"{"step": "submit"}"#)
        _ = try await asked(.post, one + "/decision", other + "/decision", #"{"decision": "approve"}"#)
        let issued = try await asked(.post, one + "/certificate", other + "/certificate")
        let (certificates, certificate) = (
            "cards/certificates/{certificate}", "cards/certificates/\(issued.json["certificate"]?.text ?? "")"
        )
        _ = try await asked(.get, certificates, certificate)
        _ = try await asked(.post, certificates + "/delivery", certificate + "/delivery", #"{"check": "face"}"#)
        _ = try await asked(.post, certificates + "/changes", certificate + "/changes", #"{"change": "report_lost"}"#)
    }
}
