/// Bảng mã văn bản: the encoding of a file, found out from its bytes.
package enum TextEncoding: String, Hashable, Sendable, Codable, CaseIterable {
    case utf8 = "utf-8"
    case tcvn3 = "tcvn3"

    /// Finds the encoding of the bytes, or refuses them by name.
    ///
    /// Valid UTF-8 is UTF-8. Anything else is decoded by each encoding of Vietnam's past and judged by how many of its
    /// words could be Vietnamese. `isPrefix` says that the bytes are the beginning of a longer text, so that a letter
    /// may be cut off at the end.
    package static func detect(
        _ bytes: [UInt8], isPrefix: Bool = false
    ) throws(EncodingRefusal) -> DetectedEncoding {
        guard !bytes.isEmpty, bytes != [0xEF, 0xBB, 0xBF] else { throw .empty }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .notSupported(.utf16) }
        try refuseBinary(bytes)
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        switch utf8Survey(bytes, isPrefix: isPrefix) {
        case .valid(let decomposed, let doubled):
            if doubled { throw .notSupported(.doubleUTF8) }
            return DetectedEncoding(encoding: .utf8, hasByteOrderMark: hasMark, isDecomposed: decomposed)
        case .invalid:
            if hasMark { throw .damagedUTF8 }
            return try judge(bytes)
        }
    }

    /// The text of the bytes, without a byte order mark and in NFC.
    package func decode(_ bytes: some Collection<UInt8>) -> String {
        switch self {
        case .utf8:
            let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
            return NormalForm.nfc(String(decoding: body, as: UTF8.self))
        case .tcvn3: return NormalForm.nfc(TCVN3.decode(bytes))
        }
    }

    private static func refuseBinary(_ bytes: [UInt8]) throws(EncodingRefusal) {
        var zeros = (even: 0, odd: 0)
        var controls = 0
        for (index, byte) in bytes.enumerated() where byte < 0x20 {
            if byte == 0 {
                if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
            } else if byte != 9, byte != 10, byte != 13 {
                controls += 1
            }
        }
        let most = max(zeros.even, zeros.odd)
        // UTF-16 without its mark: the zero bytes stand on one side of the pairs.
        if most > bytes.count / 5, min(zeros.even, zeros.odd) * 20 < most { throw .notSupported(.utf16) }
        if zeros.even + zeros.odd > 0 || controls * 100 > bytes.count { throw .binary }
    }

    private enum Survey { case invalid, valid(decomposed: Bool, doubled: Bool) }

    /// Walks over the bytes as UTF-8 without making text of them.
    private static func utf8Survey(_ bytes: [UInt8], isPrefix: Bool) -> Survey {
        var decomposed = false
        var doubled = 0
        var letters = 0
        var index = 0
        var before: UInt32 = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                before = 0
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            guard (0xC2...0xF4).contains(lead) else { return .invalid }
            guard index + length <= bytes.count else {
                let tail = bytes[(index + 1)...].allSatisfy { $0 & 0xC0 == 0x80 }
                return isPrefix && tail ? .valid(decomposed: decomposed, doubled: false) : .invalid
            }
            var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
            for next in bytes[(index + 1)..<(index + length)] {
                guard next & 0xC0 == 0x80 else { return .invalid }
                value = value << 6 | UInt32(next & 0x3F)
            }
            let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
            guard value >= smallest, Unicode.Scalar(value) != nil else { return .invalid }
            if (0x300...0x36F).contains(value) { decomposed = true }
            letters += 1
            // "á»", "áº", "Ä‘", "Æ°": UTF-8 that was read as Windows-1252 and written as UTF-8 again.
            if before == 0xE1, value == 0xBB || value == 0xBA { doubled += 1 }
            if before == 0xC4, value == 0x2018 || value == 0x91 { doubled += 1 }
            before = value
            index += length
        }
        return .valid(decomposed: decomposed, doubled: doubled > 2 && doubled * 10 > letters)
    }

    private static func judge(_ bytes: [UInt8]) throws(EncodingRefusal) -> DetectedEncoding {
        let words = LegacyText.words(in: bytes, atMost: 4_000)
        guard !words.isEmpty else { throw .unknown }
        var best: (share: Double, encoding: LegacyText.Encoding)?
        for encoding in LegacyText.Encoding.allCases {
            let plausible = words.count { encoding.isPlausible($0) }
            let share = Double(plausible) / Double(words.count)
            if share > (best?.share ?? 0) { best = (share, encoding) }
        }
        guard let best, best.share >= 0.5 else {
            // Many whole UTF-8 letters and a few broken bytes: a damaged file, not another encoding.
            if LegacyText.looksLikeDamagedUTF8(bytes) { throw .damagedUTF8 }
            throw .unknown
        }
        switch best.encoding {
        case .tcvn3:
            if LegacyText.looksLikeDamagedUTF8(bytes) { throw .damagedUTF8 }
            return DetectedEncoding(encoding: .tcvn3, hasByteOrderMark: false, isDecomposed: false)
        case .viscii: throw .notSupported(.viscii)
        case .windows1258: throw .notSupported(.windows1258)
        case .vni: throw .notSupported(.vni)
        }
    }
}

/// Bảng mã đã nhận ra: an encoding as found in a file.
package struct DetectedEncoding: Hashable, Sendable, Codable, CustomStringConvertible {
    /// How the bytes are read.
    package let encoding: TextEncoding
    /// The file begins with the bytes EF BB BF.
    package let hasByteOrderMark: Bool
    /// Combining marks were seen (NFD, or a mixture).
    package let isDecomposed: Bool

    /// An encoding with what was seen of it.
    package init(encoding: TextEncoding, hasByteOrderMark: Bool, isDecomposed: Bool) {
        self.encoding = encoding
        self.hasByteOrderMark = hasByteOrderMark
        self.isDecomposed = isDecomposed
    }

    /// `utf-8`, `utf-8-bom`, `utf-8-nfd`, `utf-8-bom-nfd`, `tcvn3`.
    package var description: String {
        encoding.rawValue + (hasByteOrderMark ? "-bom" : "") + (isDecomposed ? "-nfd" : "")
    }
}

/// Lý do không đọc được tệp: why the bytes of a file were refused.
package enum EncodingRefusal: ExplainedRefusal {
    /// Bảng mã không đọc: encodings that are recognised and not read.
    package enum Unsupported: String, Hashable, Sendable, CaseIterable {
        case utf16 = "UTF-16"
        case viscii = "VISCII"
        case windows1258 = "Windows-1258"
        case vni = "VNI"
        case doubleUTF8 = "UTF-8 ×2"
    }

    case empty
    case binary
    case damagedUTF8
    case notSupported(Unsupported)
    case unknown

    package var code: String {
        switch self {
        case .empty: "file_empty"
        case .binary: "file_binary"
        case .damagedUTF8: "file_damaged_utf8"
        case .notSupported: "encoding_not_supported"
        case .unknown: "encoding_unknown"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .empty:
            Sentence(
                "Tệp rỗng: xuất lại tệp từ chương trình gốc.", "The file is empty: export it again from its program.")
        case .binary:
            Sentence(
                "Tệp không phải văn bản: mở bằng chương trình bảng tính và lưu thành CSV (UTF-8).",
                "The file is not text: open it in the spreadsheet program and save it as CSV (UTF-8).")
        case .damagedUTF8:
            Sentence(
                "Tệp là UTF-8 nhưng có chỗ bị hỏng: sao chép hoặc xuất lại tệp.",
                "The file is UTF-8 but damaged in places: copy it or export it again.")
        case .notSupported(let encoding):
            Sentence(
                "Tệp dùng bảng mã \(encoding.rawValue): chuyển sang UTF-8 (Unicode) rồi nộp lại.",
                "The file is in \(encoding.rawValue): save it as UTF-8 and hand it in again.")
        case .unknown:
            Sentence(
                "Không nhận ra bảng mã của tệp: lưu thành CSV (UTF-8) rồi nộp lại.",
                "The encoding of the file is not recognised: save it as CSV (UTF-8) and hand it in again.")
        }
    }
}
