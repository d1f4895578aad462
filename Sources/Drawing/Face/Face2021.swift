import Civil

/// Căn cước công dân gắn chip (Thông tư 06/2021/TT-BCA): fields and sizes of the circular, places of our own.
extension Face {
    func front2021() throws(DrawingRefusal) {
        let left = 27.4
        let right = CardFaces.card.right - CardFaces.margin
        let width = right - left
        let codeLeft = right - CardFaces.codeSide - 0.8
        emblem(Point(14.2, 10))
        ghost(in: Box(right - 11, 28.6, 11, 11))
        try state(in: Box(21.4, 5.8, codeLeft - 23.2, 0), size: 5.2)
        try title("CĂN CƯỚC CÔNG DÂN", "CITIZEN IDENTITY CARD", middle: Point(41.3, 17.2), size: 8.2)
        squareCode(at: Point(codeLeft, 4.8))
        try portrait(at: Point(CardFaces.margin, 18))
        try label(Sentence("Số", "No."), at: Point(left, 24.4), width: 9)
        try canvas.write(
            content.number.digits, Lettering(9.4, bold: true, palette.value, spacing: 40), at: Point(left + 7.6, 24.4))
        chipSign(Box(right - 5.4, 24.7, 4.8, 3))
        try field(
            Sentence("Họ và tên", "Full name"), content.name.uppercased(), at: Point(left, 27.6), width: width,
            size: 7.8,
            drop: 1.5)
        try field(
            Sentence("Ngày sinh", "Date of birth"), content.birth.dayFirst, at: Point(left, 34.4), width: 20, size: 6.4)
        try field(
            Sentence("Giới tính", "Sex"), content.sex?.vietnamese, at: Point(left + 21.6, 34.4), width: 12, size: 6.4)
        try field(
            Sentence("Quốc tịch", "Nationality"), content.nationality, at: Point(left + 35, 34.4), width: width - 35,
            size: 6.4)
        try field(
            Sentence("Quê quán", "Place of origin"), content.origin, at: Point(left, 39.1), width: width, size: 5.8,
            smallest: 3.4, drop: 1.9)
        try field(
            Sentence("Nơi thường trú", "Place of residence"), content.residence, at: Point(left, 45.5), width: width,
            size: 5.8, smallest: 3.4, drop: 3)
        let under = Box(CardFaces.margin, 49.7, CardFaces.portrait.width, 0)
        try canvas.fit(
            "Có giá trị đến / Date of expiry", Lettering(4, palette.label), smallest: 3, in: under,
            field: "Có giá trị đến")
        try canvas.fit(
            expiry, Lettering(5.6, bold: true, palette.value), smallest: 4, in: Box(under.x, 52, under.width, 0),
            field: "Có giá trị đến")
    }

    func back2021() throws(DrawingRefusal) {
        let left = CardFaces.margin
        let right = CardFaces.card.right - CardFaces.margin
        let prints = right - 25.4
        try field(
            Sentence("Đặc điểm nhân dạng", "Personal identification"), nil, at: Point(left, 5.6),
            width: prints - left - 3)
        try field(
            Sentence("Ngày, tháng, năm", "Date, month, year"), PartialDate(content.issued).dayFirst,
            at: Point(left, 11.4),
            width: 40)
        chip()
        let office = Box(23, 21.4, prints - 25, 0)
        for (line, text) in [
            "CỤC TRƯỞNG CỤC CẢNH SÁT", "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI",
            "DIRECTOR GENERAL OF THE POLICE DEPARTMENT", "FOR ADMINISTRATIVE MANAGEMENT OF SOCIAL ORDER",
        ].enumerated() {
            try canvas.fit(
                text, Lettering(line < 2 ? 4.6 : 3.6, bold: line < 2, palette.heading, align: .centre), smallest: 2.6,
                in: Box(office.x, office.y + Double(line) * 1.9, office.width, 0), field: text)
        }
        for (place, label) in [
            Sentence("Ngón trỏ trái", "Left index finger"), Sentence("Ngón trỏ phải", "Right index finger"),
        ].enumerated() {
            let box = Box(prints + Double(place) * 13.2, 7.8, 12.2, 16)
            try self.label(label, at: Point(box.x, box.y - 2.7), width: box.width, isStacked: true, align: .centre)
            canvas.rounded(box, radius: 0.8)
            canvas.fill(Ink(0xFFFFFF, opacity: 0.4))
            canvas.rounded(box, radius: 0.8)
            canvas.stroke(palette.label.faded(0.5), width: 0.12)
        }
        try zone()
    }
}
