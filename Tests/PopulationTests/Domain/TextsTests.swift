import Access
import Civil
import Ledger
import Testing

@testable import Population

@Suite("Codes and sentences of refusals and findings")
struct TextsTests {
    private static let requests: [RequestRefusal] = [
        .unreadable("content"), .unknownPerson(field: "head"), .unknownHousehold(field: "household"),
        .unresolvedAddress(field: "address", candidates: ["Phường Mẫu"]), .unknownCode(field: "sex"), .personsMissing,
        .communeMissing(field: "address"),
    ]

    private static let batches: [BatchRefusal] = [
        .notFound(path: "a.csv"), .notReadable(path: "a.csv"), .tooLarge(bytes: 2, limit: 1), .tooManyRows(limit: 1),
        .empty, .encoding(Sentence("Tệp lạ; gửi lại.", "An odd file; hand it in again.")), .noHeading,
        .columnsMissing(["ho_ten"], found: ["stt"]), .columnTwice("ho_ten"), .onlyHeading, .nameTaken("lo-01"),
        .unusableName("?"), .quoteNotClosed(row: 3), .rowBeyondLimit(row: 3),
    ]

    /// Codes by the enumeration that they belong to, each with its sentence.
    private static let all: [(list: String, texts: [(code: String, sentence: Sentence)])] = [
        ("rules", Refusal.allCases.map { ($0.code, $0.sentence) }),
        ("requests", requests.map { ($0.code, $0.sentence) }),
        ("batches", batches.map { ($0.code, $0.sentence) }),
        ("findings", FindingCode.allCases.map { ($0.rawValue, $0.sentence) }),
    ]

    @Test("Every code is in snake case and has a sentence in both languages", arguments: TextsTests.all.indices)
    func hasSentences(index: Int) {
        for (code, sentence) in TextsTests.all[index].texts {
            #expect(code.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil, "\(code)")
            for text in [sentence.vietnamese, sentence.english] {
                #expect(text.count >= 15, "\(code): \(text)")
                #expect(text.hasSuffix(".") || code == "address_unresolved", "\(code): \(text)")
            }
            #expect(sentence.vietnamese != sentence.english, "\(code)")
        }
    }

    @Test("A code means one thing")
    func hasUniqueCodes() {
        for (list, texts) in TextsTests.all {
            #expect(Set(texts.map(\.code)).count == texts.count, "\(list)")
            #expect(Set(texts.map(\.sentence.vietnamese)).count == texts.count, "\(list)")
        }
        let codes = TextsTests.all.map { Set($0.texts.map(\.code)) }
        // A person or household that is not there is the same to a rule and to the reader of a request; a parent who
        // is not older and a number of another province or person are the same rule, refused or found.
        let shared: Set<String> = [
            "person_not_found", "household_not_found", "address_unresolved", "unknown_code", "parent_not_older",
            "number_test_prefix", "number_not_test_prefix",
        ]
        for first in codes.indices {
            for second in codes.indices where second > first {
                #expect(codes[first].intersection(codes[second]).subtracting(shared) == [])
            }
        }
    }

    @Test("Access refuses in words that can be stored")
    func explainsAccess() {
        let refusal = AccessRefusal.roleMayNotRecord
        #expect(RecordingRefusal.access(refusal).code == "role_may_not_record")
        #expect(RecordingRefusal.lostRace.code == "record_has_changed")
        for refusal in [RecordingRefusal.access(refusal), .lostRace, .rule(.notMerged), .request(.personsMissing)] {
            #expect(!refusal.sentence.vietnamese.isEmpty)
            #expect(!refusal.sentence.english.isEmpty)
        }
    }

    @Test("A legal basis, where a rule has one, names its article")
    func namesArticles() {
        for refusal in Refusal.allCases {
            guard let basis = refusal.legalBasis else { continue }
            #expect(basis.contains("Điều"), "\(refusal.code)")
        }
    }
}
