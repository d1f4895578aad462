import Chip
import Civil
import Foundation

/// Tệp việc cho máy: the cards that a machine is to make, as a file for machines that are not this program.
///
/// JSON Lines: a heading, then one line a job with everything that is printed and written; it is personal data, and
/// leaves the register sealed (`SealedWork`).
package struct WorkFile: Sendable {
    /// Dòng đầu: whose file it is, and until when its jobs are on lease.
    package struct Heading: Codable, Hashable, Sendable {
        package var form = WorkFile.form
        /// Grows from file to file, so that an old file is known as one.
        package var number: Int64
        package var site: String
        package var batch: String
        package var machine: String
        package var leaseUntil: String
        package var jobs: Int

        package init(
            number: Int64, site: String, batch: String, machine: String, leaseUntil: Instant, jobs: Int
        ) {
            self.number = number
            self.site = site
            self.batch = batch
            self.machine = machine
            self.leaseUntil = leaseUntil.iso
            self.jobs = jobs
        }
    }

    /// Một việc: one card on one blank.
    package struct Line: Codable, Hashable, Sendable {
        package var job: String
        package var card: String
        package var blank: String
        /// What is printed as the machine readable zone.
        package var zone: [String]
        /// The text of the square code.
        package var code: String
        package var content: OrderContent
        /// A JPEG in base64; nil on the card of a child under six.
        package var portrait: String?
        /// What goes into DG3, in the order of the fingers' numbers; nil where nothing does.
        package var fingers: [Print]?

        /// Một ngón: a record of ISO/IEC 19794-4 in base64.
        package struct Print: Codable, Hashable, Sendable {
            package var finger: Finger
            package var record: String
        }

        /// The fingers as a chip takes them; nil when one of them is no record.
        package func prints() -> [FingerPrint]? {
            var prints: [FingerPrint] = []
            for print in fingers ?? [] {
                guard let record = Data(base64Encoded: print.record),
                    let read = try? FingerPrint(Array(record), of: print.finger)
                else { return nil }
                prints.append(read)
            }
            return prints
        }
    }

    package static let form = "dancu card work 1"

    package let heading: Heading
    package let lines: [Line]

    package init(_ tickets: [WorkTicket], heading: Heading) throws {
        self.heading = heading
        lines = try tickets.map { ticket in
            let printed = try Personalisation.printed(ticket.content)
            return Line(
                job: String(ticket.job.id), card: ticket.card, blank: ticket.job.blank.canonical, zone: printed.zone,
                code: printed.code, content: ticket.content,
                portrait: ticket.portrait.map { Data($0.image).base64EncodedString() },
                fingers: ticket.fingers.isEmpty ? nil : ticket.fingers.compactMap(Self.line))
        }
    }

    private static func line(_ taken: FingerPrint) -> Line.Print? {
        taken.print.map { Line.Print(finger: taken.finger, record: Data($0.record).base64EncodedString()) }
    }

    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes = Array(try encoder.encode(heading)) + [10]
        for line in lines { bytes += Array(try encoder.encode(line)) + [10] }
        return bytes
    }

    package init(bytes: [UInt8]) throws(WorkFileRefusal) {
        let rows = bytes.split(separator: 10)
        let decoder = JSONDecoder()
        guard let first = rows.first, let heading = try? decoder.decode(Heading.self, from: Data(first)),
            heading.form == WorkFile.form, heading.jobs == rows.count - 1
        else { throw .malformed(1) }
        self.heading = heading
        var lines: [Line] = []
        for (place, row) in rows.dropFirst().enumerated() {
            guard let line = try? decoder.decode(Line.self, from: Data(row)) else { throw .malformed(place + 2) }
            lines.append(line)
        }
        self.lines = lines
    }
}

/// Tệp kết quả của máy: JSON Lines, one job a line.
package struct ResultFile: Sendable {
    /// Kết quả một việc.
    package struct Line: Codable, Hashable, Sendable {
        package enum Outcome: String, Codable, CaseIterable, Hashable, Sendable { case finished, spoiled, untouched }

        package var job: String
        package var outcome: Outcome
        /// SHA-256 of the chip's public point and of EF.SOD, hexadecimal, when it is finished.
        package var chipKey: String?
        package var securityObject: String?
        /// Why, when it is spoiled.
        package var reject: RejectCode?

        package init(
            job: String, outcome: Outcome, chipKey: String? = nil, securityObject: String? = nil,
            reject: RejectCode? = nil
        ) {
            self.job = job
            self.outcome = outcome
            self.chipKey = chipKey
            self.securityObject = securityObject
            self.reject = reject
        }

        /// The chip that was made; nil when its hashes are not there.
        package var made: MadeChip? {
            guard let key = chipKey.flatMap(Fingerprint.bytes(hexadecimal:)),
                let object = securityObject.flatMap(Fingerprint.bytes(hexadecimal:))
            else { return nil }
            return MadeChip(key: key, securityObject: object)
        }
    }

    package let lines: [Line]

    package init(lines: [Line]) { self.lines = lines }

    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try lines.flatMap { Array(try encoder.encode($0)) + [10] }
    }

    package init(bytes: [UInt8]) throws(WorkFileRefusal) {
        var lines: [Line] = []
        for (place, row) in bytes.split(separator: 10).enumerated() {
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(row)), Int64(line.job) != nil,
                line.outcome != .finished || line.made != nil, line.outcome != .spoiled || line.reject != nil
            else { throw .malformed(place + 1) }
            lines.append(line)
        }
        self.lines = lines
    }
}

extension Fingerprint {
    /// The 32 bytes of 64 hexadecimal digits, or nil.
    package static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 64, text.utf8.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

/// Lý do không dùng được tệp việc, tệp kết quả: closed, one stable code each.
package enum WorkFileRefusal: ExplainedRefusal {
    case malformed(Int)
    /// Sealed to another site, altered, or no sealed file at all.
    case notOpened
    /// Not signed by the issuer that the site knows.
    case notSigned
    /// A file that is not newer than the last one.
    case replayed
    case keyUnfit

    package var code: String {
        switch self {
        case .malformed: "card_work_malformed"
        case .notOpened: "card_work_not_opened"
        case .notSigned: "card_work_not_signed"
        case .replayed: "card_work_replayed"
        case .keyUnfit: "card_work_key_unfit"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .malformed(let line):
            Sentence(
                "Không hiểu dòng \(line) của tệp; xem dạng tệp trong docs/cards.md.",
                "Line \(line) of the file is not understood; see its form in docs/cards.md.")
        case .notOpened:
            Sentence(
                "Không mở được tệp: niêm phong cho nơi khác hoặc đã bị sửa; lấy lại tệp từ nơi gửi.",
                "The file does not open: it is sealed to another site or altered; fetch it again.")
        case .notSigned:
            Sentence(
                "Tệp không do cơ quan cấp thẻ ký; không dùng tệp này.",
                "The file is not signed by the issuer; do not use it.")
        case .replayed:
            Sentence(
                "Tệp này không mới hơn tệp đã nhận; không làm lại.",
                "The file is no newer than the last one; do not do it again.")
        case .keyUnfit:
            Sentence(
                "Khóa của nơi sản xuất không phải khóa P-256; kiểm tra tệp khóa.",
                "The site's key is no P-256 key; check the key file.")
        }
    }
}
