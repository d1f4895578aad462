import CPango
import Chip
import Civil
import Drawing

/// Faces of cards: both as PDF and both as PNG at 600 dots an inch, each beside cairo writing empty pages of that size.
struct FacesWork {
    let place: BenchPlace

    private static let mostForPDF = 40.0
    private static let mostForPNG = 250.0

    struct Failure: Error { let reason: String }

    func measure() async throws -> [Figure] {
        let content = try FacesWork.content()
        // Once without the clock: fonts are found and read a first time.
        _ = try CardFaces(content).pdf()
        var samples = (pdf: Samples(), emptyPDF: Samples(), png: Samples(), emptyPNG: Samples())
        for _ in 0..<place.runs * 3 {
            samples.pdf.add(try milliseconds { _ = try CardFaces(content).pdf() })
            samples.emptyPDF.add(try milliseconds { try FacesWork.emptyPDF() })
            samples.png.add(
                try milliseconds {
                    let faces = try CardFaces(content)
                    for side in CardFaces.Side.allCases { _ = try faces.png(side) }
                })
            samples.emptyPNG.add(try milliseconds { for _ in 0..<2 { try FacesWork.emptyPNG() } })
        }
        return [
            figure("faces: both as PDF", samples.pdf, beside: samples.emptyPDF, most: FacesWork.mostForPDF),
            figure("faces: both as PNG, 600 dpi", samples.png, beside: samples.emptyPNG, most: FacesWork.mostForPNG),
        ]
    }

    private func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return Stopwatch.seconds(since: start) * 1_000
    }

    private func figure(_ work: String, _ samples: Samples, beside empty: Samples, most: Double) -> Figure {
        Figure(
            work: work, value: samples.median, unit: "ms", baseline: "empty pages", baselineValue: empty.median,
            required: "≤ \(Int(most)) ms", isReached: samples.median <= most, least: samples.least,
            greatest: samples.greatest)
    }

    // MARK: What is drawn

    private static func content() throws -> FaceContent {
        guard let birth = PartialDate(canonical: "1990-05-12"), let issued = CalendarDate(iso: "2026-11-29") else {
            throw Failure(reason: "dates")
        }
        var card = CardContent(
            number: try PersonalIdentificationNumber(parsing: "005190000123"),
            name: try PersonName(parsing: "Nguyễn Thị Ánh Dương"), birth: birth, sex: .female, issued: issued,
            expires: CalendarDate(iso: "2030-05-12"))
        card.residence = "Số 8, ngõ 12, phố Hoa Sen, Phường Ba Đình, Thành phố Hà Nội"
        let code = CardQR(
            number: card.number, oldNumber: nil, name: card.name, birth: birth, sex: .female,
            residence: card.residence ?? "", issued: issued, tail: ["", "Nguyễn Văn Bình", "Trần Thị Cúc"])
        var content = FaceContent(
            design: .identityCard2024, number: card.number, name: card.name.written, birth: birth, sex: .female,
            issued: issued, expires: card.expires, zone: try card.zone().lines, code: code.text,
            portrait: SpecimenPortrait.face(for: card.number, sex: .female)?.image, isSpecimen: true)
        content.nationality = "Việt Nam"
        content.residence = card.residence
        content.birthRegistration = "Phường Ba Đình, Thành phố Hà Nội"
        return content
    }

    // MARK: Baselines

    private static let discard: cairo_write_func_t = { _, _, _ in CAIRO_STATUS_SUCCESS }

    private static func emptyPDF() throws {
        let (width, height) = (CardFaces.card.width / 25.4 * 72, CardFaces.card.height / 25.4 * 72)
        guard let surface = cairo_pdf_surface_create_for_stream(discard, nil, width, height) else {
            throw Failure(reason: "pdf")
        }
        defer { cairo_surface_destroy(surface) }
        let cairo = cairo_create(surface)
        for _ in 0..<2 { cairo_show_page(cairo) }
        cairo_destroy(cairo)
        cairo_surface_finish(surface)
    }

    private static func emptyPNG() throws {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 2_022, 1_275) else {
            throw Failure(reason: "png")
        }
        defer { cairo_surface_destroy(surface) }
        let cairo = cairo_create(surface)
        cairo_set_source_rgb(cairo, 1, 1, 1)
        cairo_paint(cairo)
        cairo_destroy(cairo)
        guard cairo_surface_write_to_png_stream(surface, discard, nil) == CAIRO_STATUS_SUCCESS else {
            throw Failure(reason: "png")
        }
    }
}
