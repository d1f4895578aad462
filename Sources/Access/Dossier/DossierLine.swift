import Civil

/// Một dòng trong danh sách hồ sơ: an open file in a queue; names nobody but the officer.
package struct DossierLine: Hashable, Sendable {
    package let id: Int64
    package let code: DossierCode
    package let procedure: Procedure
    package let stage: DossierStage
    /// The account that has it in hand.
    package let officer: String
    package let received: Instant
    /// Ngày hẹn trả; nil while no clock runs.
    package let due: CalendarDate?

    /// What a file without a running clock is sorted by: it comes after all that have a day.
    static let noDay = "a"

    /// Where the file stands in its office's list.
    var place: ListPlace { ListPlace([due?.description ?? DossierLine.noDay, "\(received.microseconds)", "\(id)"]) }
}

/// Hàng đợi hồ sơ: which of an office's open files are listed.
package enum DossierQueue: String, CaseIterable, Sendable {
    /// In the hands of whoever asks.
    case mine
    /// Quá hạn, of the whole office.
    case overdue
    /// Trả lại, to whoever asks.
    case returned
    case all
}

/// Số hồ sơ đang mở: how many files of an office wait, and since when.
package struct DossierCounts: Hashable, Sendable {
    /// How many, and the earliest due date among them.
    package struct Queue: Hashable, Sendable {
        package let count: Int
        package let oldestDue: CalendarDate?
    }

    /// In the hands of whoever asks.
    package let mine: Queue
    /// Quá hạn, of the whole office.
    package let overdue: Queue
    /// Trả lại, to whoever asks.
    package let returned: Queue
    /// All that are open in the office.
    package let all: Queue

    package subscript(queue: DossierQueue) -> Queue {
        switch queue {
        case .mine: mine
        case .overdue: overdue
        case .returned: returned
        case .all: all
        }
    }
}
