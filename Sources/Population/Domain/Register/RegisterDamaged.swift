import Civil
import Ledger

/// What of the register's own rows is not as its acts say; nobody works with it until that is mended.
package struct RegisterDamaged: ExplainedRefusal, Hashable {
    package let damages: [RegisterDamage]

    package init(damages: [RegisterDamage]) { self.damages = damages }

    package var code: String { "register_damaged" }

    package var sentence: Sentence {
        let places = damages.prefix(5).map(\.place).joined(separator: ", ")
        guard damages.allSatisfy(\.canBePutBack) else {
            return Sentence(
                "Cơ sở dữ liệu không còn như nhật ký ghi (\(places)); chạy dancu log verify và khôi phục từ bản sao "
                    + "lưu.",
                "The register is not what its log says (\(places)); run dancu log verify and restore from a backup.")
        }
        return Sentence(
            "Tệp đơn vị hành chính không còn như khi nạp (\(places)); đặt lại bằng dancu register rebuild (tệp đi "
                + "kèm chương trình) hoặc dancu unit load với đúng tệp đã nạp.",
            "Files of units are not as they were loaded (\(places)); put them back with dancu register rebuild "
                + "(files that come with the program) or dancu unit load with the very file that was loaded.")
    }
}
