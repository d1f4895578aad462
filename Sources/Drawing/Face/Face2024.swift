import Civil

/// Thẻ căn cước (Thông tư 16/2024/TT-BCA): fields and sizes of the circular, places of our own.
extension Face {
    func front2024() throws(DrawingRefusal) {
        let left = 28.2
        let right = CardFaces.card.right - CardFaces.margin
        emblem(Point(14.2, 10.4))
        ghost(in: Box(right - 12.4, 22.6, 12.4, 12.4))
        try state(in: Box(left - 4, 6.2, right - left + 4, 0), size: 6.4)
        try title("CĂN CƯỚC", "IDENTITY CARD", middle: Point(52.8, 19.6), size: 11)
        chipSign(Box(right - 7, 16.4, 7, 4.4))
        try portrait(at: Point(CardFaces.margin, 19.6))
        try field(
            Sentence("Số định danh cá nhân", "Personal identification number"), content.number.digits,
            at: Point(left, 25.8), width: 42, size: 12.5, isDigits: true, spacing: 40)
        try field(
            Sentence("Họ, chữ đệm và tên khai sinh", "Full name"), content.name.uppercased(),
            at: Point(left, 33.8), width: right - left, size: 9.4, drop: 2.8)
        try field(
            Sentence("Ngày, tháng, năm sinh", "Date of birth"), content.birth.dayFirst, at: Point(left, 43.2),
            width: 21,
            isStacked: true)
        try field(
            Sentence("Giới tính", "Sex"), content.sex?.vietnamese, at: Point(left + 24, 43.2), width: 10,
            isStacked: true)
        try field(
            Sentence("Quốc tịch", "Nationality"), content.nationality, at: Point(left + 36.4, 43.2),
            width: right - left - 36.4, isStacked: true)
    }

    func back2024() throws(DrawingRefusal) {
        let left = CardFaces.margin
        let right = CardFaces.card.right - CardFaces.margin
        let codeLeft = right - CardFaces.codeSide - 1
        let end = codeLeft - 2.6
        squareCode(at: Point(codeLeft, 4.8))
        try field(
            Sentence("Nơi cư trú", "Place of residence"), content.residence, at: Point(left, 5.2), width: end - left,
            size: 6.8, smallest: 3.8, drop: 4.2)
        chip()
        let column = 24.4
        let half = (end - column - 1.6) / 2
        try field(
            Sentence("Nơi đăng ký khai sinh", "Place of birth registration"), content.birthRegistration,
            at: Point(column, 14.8), width: end - column, size: 6.4, smallest: 3.6, drop: 2.3, isStacked: true)
        try field(
            Sentence("Ngày, tháng, năm cấp", "Date of issue"), PartialDate(content.issued).dayFirst,
            at: Point(column, 24), width: half, size: 7, isStacked: true)
        try field(
            Sentence("Ngày, tháng, năm hết hạn", "Date of expiry"), expiry, at: Point(column + half + 1.6, 24),
            width: half,
            size: 7, isStacked: true)
        let office = Box(codeLeft - 1.2, 27, CardFaces.codeSide + 2.4, 0)
        try canvas.fit(
            "BỘ CÔNG AN", Lettering(6.6, bold: true, palette.title, align: .centre), smallest: 5, in: office,
            field: "Bộ Công an")
        try canvas.fit(
            "MINISTRY OF PUBLIC SECURITY", Lettering(3.9, bold: true, palette.title, align: .centre), smallest: 3,
            in: Box(office.x, office.y + 2.2, office.width, 0), field: "Bộ Công an")
        try zone()
    }

    /// Ngày hết hạn; a card without one says so in words.
    var expiry: String { content.expires.map { PartialDate($0).dayFirst } ?? "Không thời hạn" }
}
