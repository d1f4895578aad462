/// What the store refuses or cannot do, the same on every engine; none of the texts ever holds an argument's value.
package enum DatabaseError: Error, Hashable, Sendable {
    /// A key that exists already; the text is `table.column, table.column`, or the name of the index.
    case uniqueViolation(String)
    /// A CHECK that was not met; the text is the name of the constraint (give every CHECK a name).
    case checkViolation(String)
    /// A reference to a row that does not exist, or a row that others refer to.
    case foreignKeyViolation(String)
    /// NULL in a NOT NULL column; the text is `table.column`.
    case notNullViolation(String)
    /// A trigger said no; the text is the trigger's own (`append_only: act`).
    case refusedByTrigger(String)
    /// Others were faster every time, or too much is waiting: nothing was changed.
    case contended
    /// The statement ran longer than its limit; nothing was changed.
    case timedOut
    /// No connection, or the connection was lost before the end: nothing was changed.
    case unavailable(String)
    /// The connection was lost during COMMIT: the change is either whole or absent; look before doing it again.
    case outcomeUnknown
    /// The store was closed by this program.
    case closed
    /// The disk, or the quota, is full; nothing was changed.
    case diskFull
    /// The store's own checks found damage, or the file is no database.
    case corrupt(String)
    /// A write inside `read`.
    case readOnly
    /// The `--database` text is not understood.
    case malformedLocation(String)
    /// A password inside the URL.
    case passwordInURL
    /// The schema does not fit this program.
    case migration(String)
    /// A statement the engine does not accept; the message, then the statement shortened.
    case statement(String)
    /// A value of another type than asked for, or one the column cannot hold.
    case typeMismatch(String)
    /// Text with a NUL character, which no engine keeps.
    case nulInText
    /// This engine, or this server, cannot do it; the text names the other way.
    case unsupported(String)
}

extension DatabaseError {
    /// Stable name of the case for programs, never reused for another meaning.
    package var code: String {
        switch self {
        case .uniqueViolation: "unique_violation"
        case .checkViolation: "check_violation"
        case .foreignKeyViolation: "foreign_key_violation"
        case .notNullViolation: "not_null_violation"
        case .refusedByTrigger: "refused_by_trigger"
        case .contended: "store_contended"
        case .timedOut: "store_timed_out"
        case .unavailable: "store_unavailable"
        case .outcomeUnknown: "commit_outcome_unknown"
        case .closed: "store_closed"
        case .diskFull: "disk_full"
        case .corrupt: "store_corrupt"
        case .readOnly: "store_read_only"
        case .malformedLocation: "malformed_location"
        case .passwordInURL: "password_in_url"
        case .migration: "schema_mismatch"
        case .statement: "statement_refused"
        case .typeMismatch: "type_mismatch"
        case .nulInText: "nul_in_text"
        case .unsupported: "store_unsupported"
        }
    }

    /// What to do, in both languages.
    package var sentence: (vietnamese: String, english: String) {
        (vietnamese, english)
    }

    private var vietnamese: String {
        switch self {
        case .uniqueViolation(let key): "Đã có bản ghi trùng khóa (\(key)). Hãy dùng bản ghi đã có hoặc sửa khóa."
        case .checkViolation(let rule): "Dữ liệu trái ràng buộc \(rule). Hãy sửa giá trị rồi ghi lại."
        case .foreignKeyViolation(let key):
            "Bản ghi được tham chiếu không có hoặc đang được dùng (\(key)). Hãy ghi bản ghi gốc trước."
        case .notNullViolation(let column): "Thiếu giá trị bắt buộc \(column). Hãy điền rồi ghi lại."
        case .refusedByTrigger(let text):
            "Cơ sở dữ liệu từ chối: \(text). Hãy ghi thêm bản ghi mới thay vì sửa hoặc xóa."
        case .contended: "Dữ liệu đang được nhiều nơi ghi cùng lúc. Chưa có gì thay đổi; hãy thử lại sau giây lát."
        case .timedOut: "Câu lệnh chạy quá thời hạn. Chưa có gì thay đổi; hãy thu hẹp phạm vi hoặc thử lại sau."
        case .unavailable(let why): "Không kết nối được cơ sở dữ liệu (\(why)). Hãy kiểm tra máy chủ rồi thử lại."
        case .outcomeUnknown: "Mất kết nối khi đang xác nhận ghi. Hãy tra lại xem đã ghi chưa trước khi làm lại."
        case .closed: "Cơ sở dữ liệu đã đóng. Hãy mở lại chương trình."
        case .diskFull: "Ổ đĩa đầy. Chưa có gì thay đổi; hãy giải phóng dung lượng rồi làm lại."
        case .corrupt(let place): "Cơ sở dữ liệu bị hỏng (\(place)). Hãy dừng ghi và khôi phục từ bản sao lưu."
        case .readOnly: "Phiên này chỉ được đọc. Hãy ghi trong một giao dịch ghi."
        case .malformedLocation(let why):
            "Không hiểu địa chỉ cơ sở dữ liệu: \(why). Hãy viết sqlite:ĐƯỜNG_DẪN hoặc postgres://máy/tên."
        case .passwordInURL: "Không được để mật khẩu trong địa chỉ. Hãy bỏ mật khẩu và dùng tệp PGPASSFILE."
        case .migration(let why): "Lược đồ không khớp với chương trình: \(why)."
        case .statement(let why): "Câu lệnh không chạy được: \(why). Hãy báo lỗi này cho người bảo trì."
        case .typeMismatch(let why): "Kiểu dữ liệu không khớp: \(why). Hãy báo lỗi này cho người bảo trì."
        case .nulInText: "Văn bản có ký tự NUL. Hãy bỏ ký tự đó rồi ghi lại."
        case .unsupported(let why): "Không hỗ trợ: \(why)."
        }
    }

    private var english: String {
        switch self {
        case .uniqueViolation(let key):
            "A record with the same key exists (\(key)). Use that record or correct the key."
        case .checkViolation(let rule): "The data break the rule \(rule). Correct the value and write again."
        case .foreignKeyViolation(let key):
            "The record referred to does not exist or is in use (\(key)). Write the record it refers to first."
        case .notNullViolation(let column): "The required value \(column) is missing. Fill it in and write again."
        case .refusedByTrigger(let text): "The database refuses: \(text). Append a new record instead of changing one."
        case .contended: "Many are writing the same data at once. Nothing was changed; try again in a moment."
        case .timedOut: "The statement ran too long. Nothing was changed; narrow the request or try again later."
        case .unavailable(let why): "The database cannot be reached (\(why)). Check that it runs, then try again."
        case .outcomeUnknown: "The connection was lost while committing. Look whether it was written before repeating."
        case .closed: "The database was closed. Start the program again."
        case .diskFull: "The disk is full. Nothing was changed; free some space and repeat."
        case .corrupt(let place): "The database is damaged (\(place)). Stop writing and restore from a backup."
        case .readOnly: "This session may only read. Write inside a write transaction."
        case .malformedLocation(let why):
            "The database address is not understood: \(why). Write sqlite:PATH or postgres://host/name."
        case .passwordInURL: "A password may not stand in the address. Remove it and use a PGPASSFILE."
        case .migration(let why): "The schema does not fit this program: \(why)."
        case .statement(let why): "The statement could not run: \(why). Report this to the maintainers."
        case .typeMismatch(let why): "The type of a value does not fit: \(why). Report this to the maintainers."
        case .nulInText: "The text holds a NUL character. Remove it and write again."
        case .unsupported(let why): "Not supported: \(why)."
        }
    }
}

extension DatabaseError: CustomStringConvertible {
    package var description: String { "\(code): \(english)" }
}
