import Civil

/// Lý do không đối chiếu được tệp: why a file of people cannot be linked.
package enum LinkRefusal: ExplainedRefusal {
    case empty
    case columnMissing(String)
    case nothingToCompare
    /// Counted from 1; the first line is 1.
    case notUTF8(line: Int)
    case rowTooShort(line: Int)
    case quoteOpen(line: Int)
    case idMissing(line: Int)
    case idTwice(String)
    case idUnknown(String)
    /// A decision names one record twice.
    case decidesOnOne(String)
    case tooManyRows
    /// Both in bytes.
    case memoryTooSmall(needed: Int, given: Int)

    package var code: String {
        switch self {
        case .empty: "link_file_empty"
        case .columnMissing: "link_column_missing"
        case .nothingToCompare: "link_nothing_to_compare"
        case .notUTF8: "link_file_not_utf8"
        case .rowTooShort: "link_row_too_short"
        case .quoteOpen: "link_quote_open"
        case .idMissing: "link_id_missing"
        case .idTwice: "link_id_twice"
        case .idUnknown: "link_id_unknown"
        case .decidesOnOne: "link_decision_on_one"
        case .tooManyRows: "link_too_many_rows"
        case .memoryTooSmall: "link_memory_too_small"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .empty:
            Sentence(
                "Tệp không có bản ghi nào: kiểm tra lại đường dẫn, dòng đầu phải là tên cột.",
                "The file has no records: check the path; the first line names the columns.")
        case .columnMissing(let name):
            Sentence(
                "Tệp không có cột “\(name)”: sửa tên cột, hoặc chỉ cột tương ứng bằng --map.",
                "The file has no column “\(name)”: rename the column, or name the one that holds it with --map.")
        case .nothingToCompare:
            Sentence(
                "Tệp chỉ có cột id: cần ít nhất một cột để so sánh, ví dụ full_name.",
                "The file has the column id alone: at least one column to compare is needed, such as full_name.")
        case .notUTF8(let line):
            Sentence(
                "Dòng \(line) không phải UTF-8: chuyển tệp sang UTF-8 rồi chạy lại.",
                "Line \(line) is not UTF-8: convert the file to UTF-8 and run again.")
        case .rowTooShort(let line):
            Sentence(
                "Dòng \(line) thiếu cột: kiểm tra dấu phẩy và dấu ngoặc kép ở dòng đó.",
                "Line \(line) has too few columns: check the commas and quotes in it.")
        case .quoteOpen(let line):
            Sentence(
                "Dấu ngoặc kép mở ở dòng \(line) không được đóng: sửa dòng đó rồi chạy lại.",
                "The quote that opens in line \(line) is never closed: mend the line and run again.")
        case .idMissing(let line):
            Sentence(
                "Dòng \(line) không có id: mỗi bản ghi phải có một id riêng.",
                "Line \(line) has no id: every record needs its own.")
        case .idTwice(let id):
            Sentence(
                "Có hai bản ghi cùng id \(id): mỗi bản ghi phải có một id riêng.",
                "Two records have the id \(id): every record needs its own.")
        case .idUnknown(let id):
            Sentence("Không có bản ghi nào có id \(id): kiểm tra lại.", "No record has the id \(id): check it.")
        case .decidesOnOne(let id):
            Sentence(
                "Một dòng quyết định nêu id \(id) hai lần: mỗi dòng là về hai bản ghi khác nhau.",
                "A decision names the id \(id) twice: each is about two different records.")
        case .tooManyRows:
            Sentence(
                "Tệp có quá 2 tỷ bản ghi: chia tệp theo tỉnh rồi chạy từng phần.",
                "The file has more than two thousand million records: split it by province.")
        case .memoryTooSmall(let needed, let given):
            Sentence(
                "Cần khoảng \(needed >> 20) MB bộ nhớ mà chỉ được dùng \(given >> 20) MB: "
                    + "tăng --memory, hoặc chia tệp theo tỉnh.",
                "About \(needed >> 20) MB of memory are needed and \(given >> 20) MB are given: "
                    + "raise --memory, or split the file by province.")
        }
    }
}
