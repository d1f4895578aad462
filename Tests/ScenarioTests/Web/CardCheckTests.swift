import Access
import Cards
import Chip
import Civil
import Database
import Foundation
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Quality control at the console and over the interface")
struct CardCheckTests {
    /// What the form of the page sends of a finished card.
    private func fields(_ made: CardMachine.Finished, _ changes: [String: String] = [:]) -> [String: String] {
        ["card": made.blank, "zone": made.zone.joined(separator: "\r\n"), "code": made.code].merging(changes) { $1 }
    }

    private func files(_ made: CardMachine.Finished) -> [(name: String, bytes: [UInt8])] {
        made.chip.files.map { ($0.key.fileName, $0.value) } + [("printed.txt", [1])]
    }

    @Test("A reading that is not whole decides nothing; a whole one passes the card", arguments: TestStore.engines)
    func passes(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let way = try CardWay(stage)
            _ = try await way.ordered()
            let batch = String(try await way.runningBatch().split(separator: "/").last ?? "")
            let made = try await way.machine.finish(batch)
            let controller = try await stage.signedIn("kiem-tra-the")
            let page = try await controller.page("/factory/check")
            #expect(page.text.contains("/factory/check?card=\(made.card)"))
            #expect(
                try await controller.page("/factory/check?card=\(made.card)").text.contains("value=\"\(made.card)\""))
            let all = files(made)
            let halves: [([String: String], [(name: String, bytes: [UInt8])])] = [
                (fields(made), []), (fields(made, ["silent": "yes"]), all), (fields(made, ["code": ""]), all),
                (fields(made, ["zone": made.zone[0]]), all), (fields(made, ["zone": made.zone.joined() + "<"]), all),
                (fields(made), [("EF.SOD.txt", [1])]),
            ]
            for (typed, attached) in halves {
                let answer = try await controller.upload("/factory/check", typed, attached: attached)
                #expect(answer.status == 422, "\(typed)")
                #expect(answer.text.contains("Chưa đọc đủ thẻ"))
            }
            let unknown = try await controller.upload(
                "/factory/check", fields(made, ["card": "AA99999999"]), attached: all)
            #expect(unknown.status == 404)
            #expect(try await way.cards.cards(at: .produced, by: LocalOperator.requester) == [made.card])
            let passed = try await controller.upload("/factory/check", fields(made), attached: all)
            #expect(passed.status == 200 && passed.text.contains("badge good"), "\(passed.text.prefix(3_000))")
            #expect(try await way.cards.cards(at: .passed, by: LocalOperator.requester) == [made.card])
            let again = try await controller.upload("/factory/check", fields(made), attached: all)
            #expect(again.status == 409)
            for other in ["san-xuat-the", "kho-phoi", "can-bo-xa"] {
                let somebody = try await stage.signedIn(other)
                #expect(try await somebody.page("/factory/check").status == 403, "\(other)")
                #expect(try await somebody.upload("/factory/check", fields(made), attached: all).status == 403)
            }
        }
    }

    @Test("What differs is told, the blank is spoiled, and the card is made again")
    func rejects() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let way = try CardWay(stage)
            _ = try await way.ordered()
            let batch = String(try await way.runningBatch().split(separator: "/").last ?? "")
            let made = try await way.machine.finish(batch)
            let controller = try await stage.signedIn("kiem-tra-the")
            let scratched = try await controller.upload(
                "/factory/check", fields(made, ["seen-surface": "yes", "code": made.code + "x"]), attached: files(made))
            #expect(scratched.status == 200 && scratched.text.contains("badge bad"))
            #expect(scratched.text.contains("bề mặt hỏng") && scratched.text.contains("mã QR in sai"))
            let local = LocalOperator.requester
            #expect(try await way.cards.blanks(.spoiled, by: local) == [made.blank])
            let second = try await way.machine.finish(batch)
            #expect(second.card == made.card && second.blank != made.blank)
            let silent = try await controller.upload("/factory/check", fields(second, ["silent": "yes"]), attached: [])
            #expect(silent.text.contains("chip không trả lời"))
            #expect(try await way.cards.verify(by: local).isClean)
        }
    }

    @Test("Programs are answered the same; without authorities nothing is decided")
    func overTheInterface() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let path = "/api/v1/factory/checks"
            let zone = String(repeating: "<", count: MRZ.length)
            let body = #"{"card": "AA00000001", "zone": "\#(zone)", "code": "x", "silent": true}"#
            let nobody = try await client.post(path, body)
            #expect(nobody.status == 409 && nobody.code == "card_authorities_unknown")
            _ = try CardMachine(fixture)
            #expect(try await client.post(path, body).code == "card_unknown")
            for wrong in [
                #"{"card": "AA00000001", "zone": "<", "code": "x", "silent": true}"#,
                #"{"card": "AA00000001", "zone": "\#(zone)", "code": "x"}"#,
                #"{"card": "AA00000001", "zone": "\#(zone)", "code": "x", "silent": true, "seen": ["chip_key"]}"#,
            ] { #expect(try await client.post(path, wrong).code == "card_reading_incomplete", "\(wrong)") }
            let misnamed = #"{"card": "AA00000001", "zone": "\#(zone)", "code": "x", "files": {"EF.DG99": "AAAA"}}"#
            #expect(try await client.post(path, misnamed).status == 400)
        }
    }
}
