import Linkage
import Testing

@Suite("Khoảng cách chữ")
struct DistanceTests {
    @Test(
        "Insertions, omissions, replacements and swaps each count one",
        arguments: [
            ("", "", 0), ("a", "", 1), ("mau", "mau", 0), ("mẫu", "mấu", 1), ("mau", "mua", 1), ("nguyen", "nguyne", 1),
            ("ca", "abc", 3), ("kitten", "sitting", 3), ("Đức", "Đưc", 1), ("abcdef", "badcfe", 3), ("lan", "hoa", 3),
        ])
    func distance(left: String, right: String, expected: Int) {
        #expect(EditDistance.between(left, right, limit: 10) == expected)
        #expect(EditDistance.between(right, left, limit: 10) == expected)
        #expect(EditDistance.between(left, right, limit: expected) == expected)
        if expected > 0 { #expect(EditDistance.between(left, right, limit: expected - 1) == nil) }
    }

    @Test("The machine-word way and the table agree on many words")
    func waysAgree() {
        var seed: UInt64 = 20_210_225
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for _ in 0..<3_000 {
            let left = (0..<next(12)).map { _ in UInt32(97 + next(3)) }
            let right = (0..<next(12)).map { _ in UInt32(97 + next(3)) }
            #expect(EditDistance.between(left, right, limit: 20) == textbook(left, right), "\(left) \(right)")
        }
        let long = [UInt32](repeating: 97, count: 70) + [98, 99]
        let other = [UInt32](repeating: 97, count: 70) + [99, 98]
        #expect(EditDistance.between(long, other, limit: 5) == 1)
        let word = [UInt32](repeating: 97, count: 62) + [98, 99]
        let swapped = [UInt32](repeating: 97, count: 62) + [99, 98]
        #expect(EditDistance.between(word, swapped, limit: 5) == 1)
    }

    private func textbook(_ a: [UInt32], _ b: [UInt32]) -> Int {
        var d = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count {
            for j in 0...b.count {
                if i == 0 || j == 0 {
                    d[i][j] = i + j
                    continue
                }
                d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
                }
            }
        }
        return d[a.count][b.count]
    }

    @Test("Similarity runs from 0 to 1")
    func similarity() {
        #expect(EditDistance.similarity("", "") == 1)
        #expect(EditDistance.similarity("mẫu", "mẫu") == 1)
        #expect(EditDistance.similarity("abc", "xyz") == 0)
        #expect(EditDistance.similarity("abcd", "abcx") == 0.75)
    }

    @Test(
        "Jaro–Winkler gives the published values",
        arguments: [
            ("MARTHA", "MARHTA", 0.9611), ("DIXON", "DICKSONX", 0.8133), ("DWAYNE", "DUANE", 0.84), ("", "", 1),
            ("a", "", 0),
            ("abc", "xyz", 0), ("Mẫu", "Mẫu", 1),
        ] as [(String, String, Double)])
    func jaroWinkler(left: String, right: String, expected: Double) {
        #expect(abs(JaroWinkler.similarity(left, right) - expected) < 0.0001)
        #expect(abs(JaroWinkler.similarity(right, left) - expected) < 0.0001)
    }
}
