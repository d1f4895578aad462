import Civil

/// Why the server does not start, or why a request is not understood or leads nowhere; what to do instead.
package enum WebRefusal: ExplainedRefusal {
    /// Without TLS nobody but this machine may reach the server.
    case hostNotLoopback
    /// The certificate and the key cannot be read, or do not belong together.
    case certificateUnreadable
    case proxyMalformed
    /// The request did not come through the trusted proxy, or not through TLS.
    case notThroughProxy
    case portOutOfRange
    case bodyMalformed(field: String)
    case bodyTooLarge
    /// The body breaks off, or its transfer coding is wrong.
    case bodyUnreadable
    case handleMalformed
    case selectorMissing
    case numberMalformed
    case dateMalformed(field: String)
    /// A day as an officer typed it into a page.
    case dayUnreadable
    case purposeMalformed
    case limitMalformed
    case personNotFound
    case householdNotFound
    case batchNotFound
    case unitNotFound
    case logNotFound
    case logEmpty
    case tileNotFound
    case entryNotLogged
    case routeNotFound
    case requestFromElsewhere
    case notJSON
    /// The rows of a batch are to be CSV.
    case notCSV
    case formMalformed

    package var code: String {
        switch self {
        case .hostNotLoopback: "host_not_loopback"
        case .certificateUnreadable: "certificate_unreadable"
        case .proxyMalformed: "proxy_malformed"
        case .notThroughProxy: "not_through_proxy"
        case .portOutOfRange: "port_out_of_range"
        case .bodyMalformed: "body_malformed"
        case .bodyTooLarge: "body_too_large"
        case .bodyUnreadable: "body_unreadable"
        case .handleMalformed: "handle_malformed"
        case .selectorMissing: "selector_missing"
        case .numberMalformed: "number_malformed"
        case .dateMalformed, .dayUnreadable: "date_malformed"
        case .purposeMalformed: "purpose_malformed"
        case .limitMalformed: "limit_malformed"
        case .personNotFound: "person_not_found"
        case .householdNotFound: "household_not_found"
        case .batchNotFound: "batch_unknown"
        case .unitNotFound: "unit_unknown"
        case .logNotFound: "log_unknown"
        case .logEmpty: "log_empty"
        case .tileNotFound: "tile_not_found"
        case .entryNotLogged: "entry_not_logged"
        case .routeNotFound: "route_not_found"
        case .requestFromElsewhere: "request_from_elsewhere"
        case .notJSON: "content_type_not_json"
        case .notCSV: "content_type_not_csv"
        case .formMalformed: "form_malformed"
        }
    }

    /// The HTTP status that tells it.
    var status: Int {
        switch self {
        case .hostNotLoopback, .portOutOfRange, .certificateUnreadable, .proxyMalformed: 500
        case .bodyMalformed, .handleMalformed, .selectorMissing, .numberMalformed, .dateMalformed, .dayUnreadable,
            .purposeMalformed, .limitMalformed, .formMalformed, .bodyUnreadable:
            400
        case .requestFromElsewhere, .notThroughProxy: 403
        case .personNotFound, .householdNotFound, .batchNotFound, .unitNotFound, .logNotFound, .logEmpty,
            .tileNotFound, .entryNotLogged, .routeNotFound:
            404
        case .bodyTooLarge: 413
        case .notJSON, .notCSV: 415
        }
    }

    package var sentence: Sentence {
        switch self {
        case .personNotFound, .householdNotFound, .batchNotFound, .unitNotFound, .logNotFound, .logEmpty,
            .tileNotFound, .entryNotLogged, .routeNotFound:
            notFoundSentence
        case .hostNotLoopback, .portOutOfRange, .requestFromElsewhere, .certificateUnreadable, .proxyMalformed,
            .notThroughProxy:
            placeSentence
        case .bodyMalformed, .bodyTooLarge, .bodyUnreadable, .handleMalformed, .selectorMissing, .numberMalformed,
            .dateMalformed, .dayUnreadable, .purposeMalformed, .limitMalformed, .notJSON, .notCSV,
            .formMalformed:
            requestSentence
        }
    }

    private var placeSentence: Sentence {
        switch self {
        case .hostNotLoopback:
            Sentence(
                "Không có TLS thì chỉ mở cho máy này; dùng 127.0.0.1, hoặc --tls-certificate, hoặc --trusted-proxy.",
                "Without TLS only this machine is served; use 127.0.0.1, or --tls-certificate, or --trusted-proxy.")
        case .certificateUnreadable:
            Sentence(
                "Chứng thư và khóa không đọc được hoặc không khớp nhau; kiểm tra hai tệp PEM.",
                "The certificate and the key cannot be read or do not belong together; check both PEM files.")
        case .proxyMalformed:
            Sentence(
                "--trusted-proxy nhận một địa chỉ IP, ví dụ 10.0.0.5; kiểm tra lại.",
                "--trusted-proxy takes one IP address, for example 10.0.0.5; check it.")
        case .notThroughProxy:
            Sentence(
                "Yêu cầu không đi qua máy chủ trung gian bằng TLS; mở địa chỉ https của hệ thống.",
                "The request did not come through the proxy with TLS; open the https address of the system.")
        case .portOutOfRange:
            Sentence(
                "Số cổng không hợp lệ; chọn số từ 0 đến 65535.", "There is no such port; choose one from 0 to 65535.")
        default:
            Sentence(
                "Yêu cầu đến từ một trang web hay tên máy khác; mở lại trang bằng đúng địa chỉ của máy chủ.",
                "The request comes from another site or host name; open the page under the server's own address.")
        }
    }

    private var requestSentence: Sentence {
        switch self {
        case .bodyMalformed(let field):
            Sentence(
                "Nội dung không đúng mẫu JSON ở mục \(field); xem mẫu trong /openapi.json.",
                "The body is not the JSON that is asked for, at \(field); see the forms in /openapi.json.")
        case .bodyTooLarge:
            Sentence(
                "Nội dung dài quá 1 MiB; chia nhỏ, hoặc nhập lô bằng dancu batch import.",
                "The body is over 1 MiB; split it, or import a batch with dancu batch import.")
        case .bodyUnreadable:
            Sentence(
                "Nội dung gửi bị đứt đoạn hoặc đóng gói sai; gửi lại.",
                "The body broke off or is framed wrongly; send it again.")
        case .handleMalformed:
            Sentence(
                "Mã tra cứu có 26 chữ và số; chép lại nguyên mã. Tra theo số bằng POST /api/v1/persons/lookup.",
                "A handle has 26 letters and digits; copy it whole. Look up a number with POST /api/v1/persons/lookup.")
        case .selectorMissing:
            Sentence(
                "Nêu đúng một trong hai: \"number\" hoặc \"handle\".", "State exactly one of \"number\" and \"handle\"."
            )
        case .numberMalformed:
            Sentence("Số định danh có 12 chữ số; kiểm tra lại.", "A personal number has 12 digits; check it.")
        case .dateMalformed(let field):
            Sentence(
                "Không hiểu ngày ở mục \(field); ghi YYYY-MM-DD (known_at nhận cả thời điểm RFC 3339).",
                "The date in \(field) is not understood; write YYYY-MM-DD (known_at also takes an RFC 3339 instant).")
        case .dayUnreadable:
            Sentence(
                "Không hiểu ngày đã gõ; quay lại, ghi ngày/tháng/năm, ví dụ 25/02/2021.",
                "The day is not understood; go back and write day/month/year, for example 25/02/2021.")
        case .purposeMalformed:
            Sentence(
                "Mục đích tra cứu có từ 1 đến 200 ký tự; ghi ngắn lại.",
                "The purpose has 1 to 200 characters; shorten it.")
        case .notCSV:
            Sentence(
                "Gửi các hàng của lô với Content-Type: text/csv.",
                "Send the rows of a batch with Content-Type: text/csv.")
        case .notJSON:
            Sentence(
                "Gửi nội dung với Content-Type: application/json.", "Send the body with Content-Type: application/json."
            )
        case .formMalformed:
            Sentence(
                "Không đọc được biểu mẫu đã gửi; mở lại trang rồi gửi lần nữa.",
                "The form cannot be read; open the page again and send it once more.")
        default:
            Sentence(
                "Tham số after hoặc limit không hợp lệ; after từ 0, limit từ 1 đến 500.",
                "after or limit is out of range; after begins with 0, limit is 1 to 500.")
        }
    }

    private var notFoundSentence: Sentence {
        switch self {
        case .personNotFound:
            Sentence(
                "Không có người này trong cơ sở dữ liệu vào thời điểm đã nêu; kiểm tra mã tra cứu, số hoặc ngày.",
                "No such person is in the register at that time; check the handle, the number or the dates.")
        case .householdNotFound:
            Sentence(
                "Không có hộ này vào thời điểm đã nêu; kiểm tra mã hộ hoặc ngày.",
                "No such household is in the register at that time; check the handle or the dates.")
        case .batchNotFound:
            Sentence(
                "Không có lô này; xem các lô ở /api/v1/batches.",
                "There is no such batch; list them at /api/v1/batches.")
        case .unitNotFound:
            Sentence(
                "Bộ mã không có đơn vị này; kiểm tra bộ mã và mã đơn vị.",
                "The set has no such unit; check the set and the code.")
        case .logNotFound:
            Sentence("Chỉ có nhật ký acts và looks; chọn một.", "The logs are acts and looks; choose one of them.")
        case .logEmpty:
            Sentence(
                "Nhật ký chưa có điểm kiểm tra; thử lại sau lần ghi đầu tiên.",
                "The log has no checkpoint yet; try again after the first entry.")
        case .tileNotFound:
            Sentence(
                "Cây chưa có mảnh này hoặc đường dẫn không đúng dạng chuẩn; xem kích thước trong điểm kiểm tra.",
                "The tree has no such tile, or the path is not canonical; see the size in the checkpoint.")
        case .entryNotLogged:
            Sentence(
                "Nhật ký chưa có mục này; kiểm tra mã, hoặc thử lại sau hai giây nếu vừa ghi.",
                "The log has no such entry; check the number, or try again in two seconds if it is new.")
        default:
            Sentence(
                "Không có địa chỉ này; xem /openapi.json.", "There is no such address; see /openapi.json.")
        }
    }
}
