import Access
import Chip
import Civil
import Database
import Ledger
import Population

/// Tệp trên chip của một thẻ: as they stand on it, with the receipt of the look.
package struct CardChipFiles: Sendable {
    /// Mã thẻ.
    package let card: String
    package let files: [ChipFile: [UInt8]]
    /// The number of the look.
    package let receipt: Int64

    /// The certificate of the document signer that stands in EF.SOD, in DER.
    package var signerCertificate: [UInt8]? {
        files[.sod].flatMap { try? SecurityObject(bytes: $0) }?.signed.signerCertificate?.bytes
    }
}

/// Xuất tệp trên chip: for demonstration registers alone, whose cards the readers of others are tried with.
///
/// Files know no terminal authentication, so that fingers lie open in them.
extension CardRegister {
    /// So many cards are exported in one transaction.
    package static let mostExported = 100

    /// Thẻ đã đạt kiểm tra: handles in their order, after one of them; "" for the first.
    package func exportable(after handle: String, by requester: Requester) async throws -> [String] {
        try requireExport(by: requester)
        return try await database.read {
            try ChipFileStore().handles(after: handle, limit: CardRegister.mostExported, on: $0)
        }
    }

    /// Tệp trên chip của các thẻ: each a look on record before anything is given.
    ///
    /// - Throws: `ProductionRefusal.cardUnknown`; `.chipFilesNotKept` of a card that has not passed, or whose portrait
    ///   or fingers are not those that were signed any more.
    package func chipFiles(of handles: [String], by requester: Requester) async throws -> [CardChipFiles] {
        try requireExport(by: requester)
        let purpose = requester.onDuty(.cardApplication).ground.purpose
        let fields = FieldGroup.beside + [.religion, .ethnicity, .biometrics]
        return try await write(by: requester.actor) { desk in
            try handles.map { handle in
                let card = try desk.card(handle)
                guard !(try desk.isHidden(card.person)) else { throw ProductionRefusal.cardUnknown }
                let files = try desk.chipFiles(of: card)
                let receipt = try desk.look(at: [card.person], fields: fields.map(\.rawValue), for: purpose)
                return CardChipFiles(card: handle, files: files, receipt: receipt)
            }
        }
    }

    /// Chứng thư gốc của các thẻ đã làm, in DER.
    package func authorityCertificates(by requester: Requester) async throws -> [[UInt8]] {
        try requireExport(by: requester)
        return try await database.read { try ChipFileStore().certificates(.authority, on: $0) }
    }

    private func requireExport(by requester: Requester) throws {
        try AccessPolicy.require(requester, toUse: .exportPersons)
        guard population.kind == .demonstration else { throw ProductionRefusal.exportsNothing }
    }
}

extension CardDesk {
    /// The files of a card's chip, each held against what was signed.
    fileprivate func chipFiles(of card: Card) throws -> [ChipFile: [UInt8]] {
        var files = try ChipFileStore().files(of: card.id, on: connection)
        guard let order = try CardStore().content(of: card.id, on: connection),
            let object = files[.sod].flatMap({ try? SecurityObject(bytes: $0) })
        else { throw ProductionRefusal.chipFilesNotKept }
        if let portrait = try ApplicationStore().portrait(of: card.application, on: connection) {
            files[.dg2] =
                FaceFile(
                    image: portrait.image, width: portrait.width, height: portrait.height,
                    sex: try order.cardContent().sex)?.bytes
        }
        let prints = try ApplicationStore().prints(of: order, application: card.application, on: connection)
            .compactMap(\.print)
        if !prints.isEmpty { files[.dg3] = FingerFile(prints: prints).bytes }
        for (number, hash) in object.hashes {
            guard let bytes = ChipFile.dataGroup(number).flatMap({ files[$0] }), object.hash.digest(bytes) == hash
            else { throw ProductionRefusal.chipFilesNotKept }
        }
        return files
    }
}
