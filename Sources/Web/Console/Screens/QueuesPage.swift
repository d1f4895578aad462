import Civil

/// Việc của tôi: the first page after sign-in; what waits, how much of it, and since when.
package struct QueuesPage: ConsolePage {
    package static let template = "queues"

    /// Hàng đợi: one kind of work that waits for an officer.
    package struct Queue: Equatable, Sendable {
        package let title: Sentence
        package let what: Sentence
        package let path: String
        package let count: Int
        package let oldestDue: CalendarDate?

        package init(title: Sentence, what: Sentence, path: String, count: Int, oldestDue: CalendarDate? = nil) {
            self.title = title
            self.what = what
            self.path = path
            self.count = count
            self.oldestDue = oldestDue
        }
    }

    struct Line: Equatable, Sendable {
        let title: String
        let what: String
        let href: String
        let count: String
        let isEmpty: Bool
        let due: String?
        let overdue: Bool
    }

    /// Bản nháp: a form that was begun and not recorded.
    package struct Draft: Equatable, Sendable {
        let title: String
        /// Whom it is about.
        let about: String?
        let href: String
        let saved: String
    }

    struct Fact: Equatable, Sendable {
        let label: String
        let value: String
        let note: String
    }

    package let frame: PageFrame
    let greeting: String
    let queues: [Line]
    let nothingWaits: Bool
    let hasDrafts: Bool
    let drafts: [Draft]
    /// Không phải đánh máy: fields that came from the register instead of being typed.
    let prefilled: Fact?

    package init(
        frame: PageFrame, queues: [Queue], today: CalendarDate, drafts: [Draft] = [], fromRegister: Int = 0,
        typed: Int = 0
    ) {
        let language = frame.spoken
        self.frame = frame
        greeting = frame.officer?.office ?? ""
        self.queues = queues.map { queue in
            Line(
                title: language.of(queue.title), what: language.of(queue.what), href: queue.path,
                count: NumberText.grouped(queue.count), isEmpty: queue.count == 0,
                due: queue.oldestDue.map(DayText.vietnamese),
                overdue: queue.oldestDue.map { $0 < today } ?? false)
        }
        nothingWaits = queues.allSatisfy { $0.count == 0 } && drafts.isEmpty
        hasDrafts = !drafts.isEmpty
        self.drafts = drafts
        prefilled =
            fromRegister + typed == 0
            ? nil
            : Fact(
                label: language.of("Không phải đánh máy", "Not typed again"),
                value: NumberText.share(fromRegister, of: fromRegister + typed),
                note: NumberText.grouped(fromRegister)
                    + language.of(" ô lấy từ cơ sở dữ liệu, ", " fields from the register, ")
                    + NumberText.grouped(typed) + language.of(" ô phải gõ", " typed"))
    }
}
