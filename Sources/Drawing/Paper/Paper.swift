import Civil

/// Giấy tờ của thủ tục: a form that the register fills in; one layout for all, of our own.
package struct Paper: Sendable {
    /// Khổ giấy: in millimetres.
    package enum Size: Hashable, Sendable {
        case a4, a5

        package var page: Box {
            switch self {
            case .a4: Box(0, 0, 210, 297)
            case .a5: Box(0, 0, 148, 210)
            }
        }
    }

    /// A line: what stands there, and what is filled in.
    package struct Row: Sendable {
        package let label: Sentence
        /// Nil where nothing is known; the place stays empty.
        package let value: String?
        /// What matters most on the paper.
        package let isStrong: Bool

        package init(_ label: Sentence, _ value: String?, strong: Bool = false) {
            self.label = label
            self.value = value
            isStrong = strong
        }
    }

    /// Lines under a title.
    package struct Section: Sendable {
        package let title: Sentence
        package let rows: [Row]

        package init(_ title: Sentence, _ rows: [Row]) {
            self.title = title
            self.rows = rows
        }
    }

    package var size: Size
    /// What the form is called by the law: "CC01".
    package var form: String
    package var title: Sentence
    /// Cơ quan: who gives it out.
    package var office: String
    /// Mã hồ sơ: printed, and in the square code.
    package var code: String
    /// What the code is of.
    package var codeLabel = Sentence("Mã hồ sơ", "Application")
    package var day: CalendarDate
    /// A JPEG file; nil where the form has none.
    package var portrait: [UInt8]?
    package var sections: [Section]
    /// Fingers that are printed, each with what it is.
    package var prints: [(label: Sentence, picture: GreyPicture)] = []
    package var notes: [Sentence]
    /// Who signs, from the left to the right; many stand in rows of two.
    package var signatures: [Sentence]
    package var isSpecimen: Bool

    package init(
        size: Size, form: String, title: Sentence, office: String, code: String, day: CalendarDate,
        portrait: [UInt8]? = nil, sections: [Section], notes: [Sentence] = [], signatures: [Sentence] = [],
        isSpecimen: Bool
    ) {
        self.size = size
        self.form = form
        self.title = title
        self.office = office
        self.code = code
        self.day = day
        self.portrait = portrait
        self.sections = sections
        self.notes = notes
        self.signatures = signatures
        self.isSpecimen = isSpecimen
    }

    /// The paper as PDF, on as many pages as it needs.
    package func pdf(fonts: FontSet = .standard) throws(DrawingRefusal) -> [UInt8] {
        let picture: Picture?
        if let portrait { picture = try Picture(jpeg: portrait) } else { picture = nil }
        let square = try SquareCode(code)
        var prints: [Picture] = []
        for print in self.prints { prints.append(try Picture(grey: print.picture)) }
        return try Sheet.pdf(
            size.page, title: "\(form) – \(title.vietnamese)", made: Instant(startOf: day), fonts: fonts
        ) { canvas throws(DrawingRefusal) in
            var layout = PaperLayout(paper: self, picture: picture, prints: prints, code: square, canvas: canvas)
            try layout.draw()
        }
    }
}
