import Chip
import Civil

/// Mã lỗi: why a card does not pass quality control; fed back to the stage at which the defect arose.
package enum RejectCode: String, Codable, CaseIterable, Hashable, Sendable {
    /// MRZ in trên thẻ khác lệnh in.
    case printedZone = "printed_zone"
    /// Mã QR in trên thẻ khác lệnh in.
    case printedCode = "printed_code"
    /// Bề mặt: scratches, colour, laminate.
    case surface
    /// Ảnh in không đạt.
    case portrait
    /// Chip không trả lời.
    case chipSilent = "chip_silent"
    /// DG1 khác lệnh in.
    case chipZone = "chip_zone"
    /// DG13 khác lệnh in.
    case chipNational = "chip_national"
    /// Ảnh trong DG2 khác lệnh in.
    case chipPortrait = "chip_portrait"
    /// DG3 khác lệnh in.
    case chipFingers = "chip_fingers"
    /// EF.SOD không phải của thẻ này.
    case chipSecurityObject = "chip_security_object"
    /// Xác thực thụ động không đạt.
    case chipNotGenuine = "chip_not_genuine"
    /// Khóa chip khác khóa đã ghi.
    case chipKey = "chip_key"
    /// Máy in hỏng giữa chừng.
    case printerFault = "printer_fault"
    /// Máy ghi chip hỏng giữa chừng.
    case encoderFault = "encoder_fault"
    /// Người được cấp không còn.
    case holderStopped = "holder_stopped"
}

/// Kết quả đọc thẻ: what quality control read from a finished card.
package struct QualityReading: Sendable {
    /// The three lines of the zone as read from the back.
    package var zone: [String]
    /// The square code as read from the card.
    package var code: String
    /// The chip's files; nil when it does not answer.
    package var files: [ChipFile: [UInt8]]?
    /// What somebody saw with their own eyes.
    package var seen: Set<RejectCode>

    package init(zone: [String], code: String, files: [ChipFile: [UInt8]]?, seen: Set<RejectCode> = []) {
        self.zone = zone
        self.code = code
        self.files = files
        self.seen = seen
    }

    /// What a reader and a pair of eyes at a desk have found.
    ///
    /// It must be whole: a file that was forgotten would spoil a good blank.
    ///
    /// - Parameters:
    ///   - zone: the three lines; a reader may write them as one.
    ///   - isSilent: that the chip does not answer; it has no files then.
    package init(
        zone: String, code: String, files: [ChipFile: [UInt8]], isSilent: Bool, seen: Set<RejectCode>
    ) throws(ProductionRefusal) {
        guard let lines = MRZ.lines(read: zone), !code.isEmpty, isSilent == files.isEmpty,
            seen.isSubset(of: RejectCode.seenByEye)
        else { throw .readingIncomplete }
        self.init(zone: lines, code: code, files: isSilent ? nil : files, seen: seen)
    }
}

extension RejectCode {
    /// What no reader finds.
    package static let seenByEye: Set<RejectCode> = [.surface, .portrait]
}

/// Kiểm tra chất lượng: compares a finished card with its order; pure.
package enum QualityControl {
    /// What is wrong, nothing when the card is as it was ordered.
    ///
    /// - Parameter trust: the authorities of the issuer; the card is checked as any terminal would.
    package static func rejects(
        _ reading: QualityReading, of order: OrderContent, made: MadeChip, trust: TrustStore, at now: Instant
    ) throws(ProductionRefusal) -> Set<RejectCode> {
        var rejects = reading.seen
        let content = try order.cardContent()
        guard let zone = try? content.zone() else { throw .contentUnfit }
        if reading.zone != zone.lines { rejects.insert(.printedZone) }
        if reading.code != (try order.squareCode()).text { rejects.insert(.printedCode) }
        guard let files = reading.files else { return rejects.union([.chipSilent]) }
        if files[.dg1] != ZoneFile(zone: zone).bytes { rejects.insert(.chipZone) }
        if files[.dg13] != content.national.bytes { rejects.insert(.chipNational) }
        let portrait = files[.dg2].flatMap { try? FaceFile(bytes: $0) }.map { Fingerprint.text($0.image) }
        if portrait != order.portrait { rejects.insert(.chipPortrait) }
        if Self.fingers(in: files[.dg3]) != order.fingers { rejects.insert(.chipFingers) }
        if files[.sod].map(Fingerprint.bytes) != made.securityObject { rejects.insert(.chipSecurityObject) }
        if files[.dg15].flatMap({ try? ActiveKeyFile(bytes: $0) }).map({ ChipKey.fingerprint($0.key) }) != made.key {
            rejects.insert(.chipKey)
        }
        let verdict = PassiveAuthentication(trust: trust, at: now).verdict(on: files)
        // A terminal may read less than everything; here every file that was signed must be there.
        let isWhole = verdict.lines.allSatisfy { line in
            if case .hash = line.check { line.outcome == .passed } else { true }
        }
        if !verdict.isGenuine || !isWhole { rejects.insert(.chipNotGenuine) }
        return rejects
    }

    /// The fingers that stand on the chip; nil when there is no DG3, or none that can be read.
    private static func fingers(in file: [UInt8]?) -> [OrderContent.OrderedFinger]? {
        file.flatMap { try? FingerFile(bytes: $0) }?.prints.map {
            OrderContent.OrderedFinger(finger: $0.finger, picture: Fingerprint.text($0.image))
        }
    }
}

/// Khóa chip: how a card is found by its chip.
package enum ChipKey {
    /// SHA-256 of the public point.
    package static func fingerprint(_ key: ECPublicKey) -> [UInt8] { Fingerprint.bytes(key.point) }
}
