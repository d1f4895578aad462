import Civil

/// Why a file is not taken as a batch; nothing of it is stored.
package enum BatchRefusal: Error, Hashable, Sendable {
    case notFound(path: String)
    case notReadable(path: String)
    case tooLarge(bytes: Int64, limit: Int64)
    case tooManyRows(limit: Int)
    case tooManyToTry(limit: Int)
    case empty
    case encoding(Sentence)
    case noHeading
    /// The first line names columns, and none of them is one of form DC01.
    case otherTable(columns: [String])
    case separator(String)
    case columnsMissing([String], found: [String])
    case columnTwice(String)
    case onlyHeading
    case nameTaken(String)
    case unusableName(String)
    case quoteNotClosed(row: Int)
    /// A row of more than `BatchFile.longestKept` bytes.
    case rowBeyondLimit(row: Int)

    /// The stable code for programs; never reused.
    package var code: String {
        switch self {
        case .notFound: "batch_not_found"
        case .notReadable: "batch_not_readable"
        case .tooLarge: "batch_too_large"
        case .tooManyRows: "batch_too_many_rows"
        case .tooManyToTry: "batch_too_many_to_try"
        case .empty: "batch_empty"
        case .encoding: "batch_encoding"
        case .noHeading: "batch_no_heading"
        case .otherTable: "batch_other_table"
        case .separator: "batch_separator"
        case .columnsMissing: "batch_columns_missing"
        case .columnTwice: "batch_column_twice"
        case .onlyHeading: "batch_only_heading"
        case .nameTaken: "batch_name_taken"
        case .unusableName: "batch_unusable_name"
        case .quoteNotClosed: "batch_quote_not_closed"
        case .rowBeyondLimit: "batch_row_beyond_limit"
        }
    }

    /// What is wrong with the file and what to do.
    package var sentence: Sentence {
        switch self {
        case .notFound(let path):
            Sentence(
                vietnamese: "Không có tệp \(path); kiểm tra đường dẫn.",
                english: "There is no file \(path); check the path.")
        case .notReadable(let path):
            Sentence(
                vietnamese: "Không đọc được tệp \(path); kiểm tra quyền đọc và đĩa.",
                english: "The file \(path) cannot be read; check its permissions and the disk.")
        case .tooLarge(let bytes, let limit):
            Sentence(
                vietnamese: "Tệp có \(bytes) byte, quá giới hạn \(limit); chia thành nhiều lô theo xã.",
                english: "The file has \(bytes) bytes, over the limit of \(limit); split it into batches by commune.")
        case .tooManyRows(let limit):
            Sentence(
                vietnamese: "Tệp có hơn \(limit) dòng; chia thành nhiều lô.",
                english: "The file has more than \(limit) rows; split it into batches.")
        case .tooManyToTry(let limit):
            Sentence(
                vietnamese: "Chỉ thử được tệp có tối đa \(limit) dòng; chia tệp, hoặc thử trên một bản sao của cơ sở "
                    + "dữ liệu.",
                english: "A file of at most \(limit) rows can be tried; split it, or import it into a copy.")
        case .empty:
            Sentence(
                vietnamese: "Tệp trống; gửi lại tệp của lô phiếu.",
                english: "The file is empty; hand in the batch again.")
        case .encoding(let sentence): sentence
        case .noHeading:
            Sentence(
                vietnamese:
                    "Dòng đầu không phải dòng tên cột của phiếu DC01 (stt, ho_ten, ngay_sinh…); thêm dòng tên cột.",
                english: "The first line does not name the columns of form DC01 (stt, ho_ten, ngay_sinh, …); add it.")
        case .otherTable(let columns):
            BatchRefusal.otherTable(columns.joined(separator: ", "))
        case .separator(let separator):
            Sentence(
                vietnamese:
                    "Các cột cách nhau bằng \(separator); lưu lại thành CSV có các cột cách nhau bằng dấu phẩy.",
                english: "The columns are separated by \(separator); save the file as CSV with commas between columns.")
        case .columnsMissing(let missing, let found):
            BatchRefusal.columnsMissing(missing.joined(separator: ", "), found: found.joined(separator: ", "))
        case .columnTwice(let column):
            Sentence(
                vietnamese: "Cột \(column) có hai lần; bỏ bớt một cột.",
                english: "The column \(column) stands twice; take one out.")
        case .onlyHeading:
            Sentence(
                vietnamese: "Tệp chỉ có dòng tên cột, không có phiếu nào; gửi lại tệp đủ dòng.",
                english: "The file has a heading and no sheet; hand in the file with its rows.")
        case .nameTaken(let name):
            Sentence(
                vietnamese: "Đã có lô \(name) với nội dung khác; đổi tên tệp rồi nhập lại.",
                english:
                    "There is another batch named \(name) with other contents; rename the file and import it again.")
        case .unusableName(let name):
            Sentence(
                vietnamese: "Tên tệp \(name) không dùng được làm tên lô; dùng chữ, số, gạch nối, tối đa 100 ký tự.",
                english:
                    "The file name \(name) cannot name a batch; use letters, digits, hyphens, at most 100 characters.")
        case .rowBeyondLimit(let row):
            Sentence(
                vietnamese: "Dòng \(row) dài quá 4 MiB, không phải một phiếu; sửa tệp rồi nhập lại.",
                english: "Row \(row) is longer than 4 MiB and no sheet; mend the file and import it again.")
        case .quoteNotClosed(let row):
            Sentence(
                vietnamese: "Dấu ngoặc kép mở gần dòng \(row) không được đóng; sửa dòng đó.",
                english: "A quotation mark opened near row \(row) is never closed; mend that row.")
        }
    }

    private static func columnsMissing(_ missing: String, found: String) -> Sentence {
        Sentence(
            vietnamese: "Thiếu cột \(missing); tệp có \(found). Đổi tên hoặc thêm cột.",
            english: "Missing columns: \(missing); the file has \(found). Rename or add them.")
    }

    private static func otherTable(_ columns: String) -> Sentence {
        Sentence(
            vietnamese: "Tệp là bảng khác, không phải phiếu DC01: có cột \(columns). Bỏ qua; chọn đúng tệp phiếu.",
            english: "The file is another table, no sheets of DC01: it has \(columns). Left out; name the sheets' file."
        )
    }
}
