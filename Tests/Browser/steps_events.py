"""What happens in people's lives: a birth, a move, a death; and what needs a second officer."""

from desk import NARROW, WIDE, expect, without_marks
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select
from telling import chapter

STEPS, step = chapter()

# People of the demonstration, all of them invented.
COMMUNE = "Xã Ea M'Droh"
MOTHER, FATHER, CHILD = "Nguyễn Thu Trinh", "Lê Hữu Thắng", "Lê Trinh Nguyên"
MOVER = "Trần Minh Trí"
WIDOW = "Giàng Thị Pàng"
HOLDER, HOLDERS_NUMBER = "Phan Quang Dũng", "028 092 895 870"


def fill_document(story, desk, number):
    desk.fill(document_number=number, document_book="01", document_office=f"Ủy ban nhân dân {COMMUNE}")
    desk.date("document-date", story.days_ago(2))


def taken(desk):
    """Goes on to the check page."""
    desk.step("check")
    expect(desk.all(".answers"), f"the form was not taken: {desk.text()[:400]}")


def confirm(desk):
    """Types what the check page asks for out of the record, where it asks."""
    if desk.all("#confirm"):
        number = desk.all(".identity dd.digits") or desk.all(".identity dl dd")[:1]
        desk.fill(confirm="".join(c for c in number[0].text if c.isdigit())[-4:])


def recorded(desk):
    """Records what stands on the check page; the number of the act."""
    confirm(desk)
    desk.step("record")
    expect(desk.all(".reference strong"), f"nothing was recorded: {desk.text()[:400]}")
    return desk.text(".reference strong")


def expect_latest(desk, reference, *words):
    """The latest entry of the timeline is that act, and tells these words."""
    entry = desk.text(".timeline > li:first-child")
    expect(reference in entry, f"the act {reference} is not the latest in the timeline of {desk.path}")
    for word in words:
        expect(word in entry, f"the timeline of {desk.path} does not tell {word!r}: {entry}")


@step("a birth is entered from its certificate: form, check of the answers, done")
def birth(story):
    desk = story.desk
    story.mother = desk.find(MOTHER)
    desk.press(desk.one('.menu a[href$="/acts/birth"]'))
    expect(desk.value("mother-name") == MOTHER and desk.value("father-name") == FATHER,
           "the parents whom the register knows are not filled in")
    expect(desk.value("mother-person") and desk.value("father-person"), "the parents would be mere names")
    desk.check("birth-form")
    desk.fill(name=CHILD)
    desk.choose(desk.one('label[for="sex-1"]'))
    desk.date("effective", story.days_ago(9))
    desk.place("birth-place", COMMUNE, "Trạm y tế")
    desk.place("origin", COMMUNE)
    fill_document(story, desk, "45")
    taken(desk)
    answers = desk.text(".answers")
    for word in [CHILD, MOTHER, FATHER, f"Trạm y tế, {COMMUNE}", "45"]:
        expect(word in answers, f"{word!r} is not shown to be checked")
    expect(desk.all("p.note"), "nothing says that the entry waits for the civil-status side")
    desk.check("birth-check")
    story.birth = recorded(desk)
    expect(CHILD in desk.text(".slip"), "the slip does not name the child")
    desk.check("birth-done")
    links = [link for link in desk.all('.links a[href*="/persons/"]') if story.mother not in link.get_attribute("href")]
    expect(len(links) == 1, "no link leads to the child")
    desk.press(links[0])
    story.child = desk.path


@step("the newborn is found by name; the timeline tells of the birth, and the parents name their child")
def newborn(story):
    desk = story.desk
    desk.search(without_marks(CHILD))
    desk.check("newborn-found")
    expect(desk.find(CHILD) == story.child, f"{CHILD} is found as somebody else")
    expect(CHILD in desk.text(".identity"), f"{desk.path} is not about {CHILD}")
    expect_latest(desk, story.birth, "can-bo-xa", CHILD, MOTHER, FATHER)
    desk.check("newborn")
    for parent in [FATHER, MOTHER]:
        desk.open(story.child)
        link = next((link for link in desk.all("section[aria-labelledby=family] a") if link.text == parent), None)
        expect(link is not None, f"the child's page leads to no {parent}")
        desk.press(link)
        expect(parent in desk.text(".identity"), f"{desk.path} is not about {parent}")
        expect(desk.all(f'section[aria-labelledby=family] a[href="{story.child}"]'), f"{parent} has no such child")
    desk.check("mother")
    desk.press(desk.one('a[href^="/households/"]'))
    expect(MOTHER in desk.text(".tree") and FATHER in desk.text(".tree"), "the household is not that of the parents")
    desk.check("parents-household")


@step("the newborn gets a permanent residence, and before it had none")
def first_residence(story):
    desk = story.desk
    desk.open(story.child)
    desk.press(desk.one('.menu a[href$="/acts/permanent-residence"]'))
    desk.place("address", COMMUNE, "Tổ 2")
    desk.date("effective", story.days_ago(1))
    desk.fill(reason="Theo cha, mẹ")
    desk.step("check")
    expect("consent-applicant" in desk.one(".problems a").get_attribute("href"), "nobody had to sign the CT01")
    for consent in ["applicant", "head", "parent"]:
        desk.choose(desk.one(f'label[for="consent-{consent}"]'))
    desk.step("check")
    reference = recorded(desk)
    desk.open(story.child)
    expect_latest(desk, reference, "can-bo-xa", f"Tổ 2, {COMMUNE}")
    expect(f"Tổ 2, {COMMUNE}" in desk.text("section[aria-labelledby=residences]"), "the child lives nowhere")
    day = story.days_ago(2)
    desk.open(f"{story.child}?effective={day:%d}%2F{day:%m}%2F{day:%Y}")
    expect("Tổ 2" not in desk.text("section[aria-labelledby=residences]"), "the child lived there before it did")


@step("the ministry gives the newborn a number, which the commune sees")
def numbered(story):
    minister = story.new_desk()
    minister.sign_in("can-bo-bo")
    minister.open(story.child)
    minister.press(minister.one('.menu a[href$="/acts/number-assigned"]'))
    minister.check("number-form")
    minister.step("check")
    expect(minister.all(".problems"), "a number is given without the record having been looked at")
    minister.choose(minister.one('label[for="checked"]'))
    taken(minister)
    minister.check("number-check")
    reference = recorded(minister)
    story.desk.open(story.child)
    number = story.desk.text(".identity .digits")
    expect(len(number.replace(" ", "")) == 12, f"the child's number is {number!r}")
    expect_latest(story.desk, reference, "can-bo-bo", number)


@step("somebody moves: new permanent residence, before and after, and where they lived on an earlier day")
def move(story):
    desk = story.desk
    person = desk.find(MOVER)
    desk.press(desk.one('.menu a[href$="/acts/permanent-residence"]'))
    desk.check("move-form")
    desk.place("address", COMMUNE, "Số 21, thôn 5")
    desk.date("effective", story.days_ago(1))
    for consent in ["applicant", "head", "owner"]:
        desk.choose(desk.one(f'label[for="consent-{consent}"]'))
    desk.step("check")
    expect(f"Số 21, thôn 5, {COMMUNE}" in desk.text(".answers"), "the new residence is not shown to be checked")
    desk.check("move-check")
    reference = recorded(desk)
    desk.check("move-done")
    desk.open(person)
    expect_latest(desk, reference, "can-bo-xa")
    entry = desk.one(".timeline > li:first-child")
    before, after = (entry.find_element("css selector", tag).text for tag in ["del", "ins"])
    expect("Thôn 3" in before and "Số 21, thôn 5" in after, f"the move is told as {before!r} → {after!r}")
    desk.check("moved")
    day = story.days_ago(2)
    desk.open(f"{person}?effective={day:%d}%2F{day:%m}%2F{day:%Y}")
    residences = desk.text("section[aria-labelledby=residences]")
    expect("Thôn 3" in residences and "Số 21" not in residences, "the page of an earlier day has the new residence")
    desk.check("moved-as-of")


@step("a death is entered from its certificate, and nothing more happens to the dead")
def death(story):
    desk = story.desk
    person = desk.find(WIDOW)
    desk.press(desk.one('.menu a[href$="/acts/death"]'))
    desk.date("effective", story.days_ago(4))
    desk.fill(note="Tại nhà")
    fill_document(story, desk, "7")
    desk.step("check")
    expect("Tại nhà" in desk.text(".answers"), "the note is not shown to be checked")
    desk.check("death-check")
    story.dead, story.death = person, recorded(desk)
    desk.check("death-done")
    desk.open(person)
    day = f"{story.days_ago(4):%d/%m/%Y}"
    expect(f"Đã chết từ {day}" in desk.text(".identity"), "the identity bar does not say when she died")
    expect_latest(desk, story.death, "can-bo-xa", "Còn sống", f"Đã chết từ {day}")
    expect(not desk.all('.menu a[href$="/acts/stay"]'), "a stay is offered to the dead")
    desk.check("dead")
    desk.open(person + "/acts/stay")
    story.fill_stay(desk, "Số 3")
    desk.step("check")
    expect("đã chết" in desk.text(".problems"), "the dead can stay somewhere")
    desk.check("dead-refused")
    desk.open(person)
    desk.press(desk.one('a[href^="/households/"]'))
    member = next(line for line in desk.all(".tree li li") if WIDOW in line.text)
    expect("đã chết" in member.text, "the household does not tell that she died")
    desk.check("household-with-dead")


def ask_cancellation(story):
    """Fills in the form and asks; the path of what waits for approval."""
    desk = story.asker
    desk.open(story.holder + "/acts/number-cancelled")
    if story.first is None:
        desk.check("cancellation-form")
    desk.choose(desk.one('[name="cancellation-ground"][value="false_papers"]'))
    desk.fill(ground="Kết luận số 3 của Công an tỉnh")
    taken(desk)
    if story.first is None:
        desk.check("cancellation-check")
    confirm(desk)
    desk.step("record")
    expect(desk.path.startswith("/approvals/"), f"asking for approval leads to {desk.path}")
    return desk.path


@step("the cancellation of a number is asked of a second officer, who sees before and after and says no, and why")
def rejected(story):
    story.asker, story.approver = asker, approver = story.new_desk(), story.new_desk()
    asker.sign_in("phe-duyet")
    approver.sign_in("phe-duyet-tinh")
    story.holder = asker.find(HOLDER)
    expect(HOLDERS_NUMBER in asker.text(".identity"), f"{HOLDER} does not hold {HOLDERS_NUMBER}")
    story.first = ask_cancellation(story)
    expect(not asker.all('button[value="accept"]'), "whoever asked may approve")
    asker.check("cancellation-asked")
    asker.open(story.holder)
    expect(HOLDERS_NUMBER in asker.text(".identity"), "the number was cancelled before anybody approved")
    approver.open("/work")
    approver.press(approver.one('main a[href="/approvals"]'))
    approver.check("approvals-waiting")
    approver.press(approver.one(f'a[href="{story.first}"]'))
    expect(HOLDERS_NUMBER in approver.text("del") and approver.all("ins"), "before and after do not stand side by side")
    approver.check("approval")
    approver.press(approver.one('button[value="reject"]'))
    expect(approver.all(".problems"), "a request was rejected without a reason")
    approver.check("approval-wrong")
    approver.fill(reason="Kèm kết luận có dấu")
    approver.press(approver.one('button[value="reject"]'))
    expect(not approver.all('button[value="accept"]'), "what was rejected can still be accepted")
    approver.check("approval-rejected")


@step("whoever asked reads why, and asks again; if the record has changed meanwhile, nobody approves")
def returned(story):
    asker, approver, officer = story.asker, story.approver, story.desk
    asker.open("/approvals")
    line = next(line for line in asker.all("#asked ~ .hits > li") if "Kèm kết luận có dấu" in line.text)
    asker.press(line.find_element("css selector", "a"))
    expect(asker.path == story.first, f"the list leads to {asker.path}")
    expect("Kèm kết luận có dấu" in asker.text() and "phe-duyet-tinh" in asker.text(),
           "whoever asked is not told who rejected it and why")
    second = ask_cancellation(story)
    officer.open(story.holder + "/acts/absence")
    officer.date("effective", story.today)
    officer.fill(reason="Đi làm xa, tỉnh Lâm Đồng")
    officer.step("check")
    recorded(officer)
    approver.open(second)
    approver.press(approver.one('button[value="accept"]'))
    expect(approver.all(".problems"), "a request about a record that has changed since was accepted")
    approver.check("approval-lost-race")
    approver.fill(reason="Hồ sơ đã thay đổi, gửi lại")
    approver.press(approver.one('button[value="reject"]'))
    asker.open(story.holder)
    expect(HOLDERS_NUMBER in asker.text(".identity"), "the number was cancelled although nobody approved")
    story.third = ask_cancellation(story)


@step("with the keyboard alone the second officer approves, and the timeline names both")
def approved(story):
    asker, approver = story.asker, story.approver
    approver.open("/approvals")
    approver.press(approver.tab_to(approver.one(f'a[href="{story.third}"]')), Keys.ENTER)
    approver.press(approver.tab_to(approver.one('button[value="accept"]')), Keys.ENTER)
    expect("Đã chấp thuận" in approver.text("p.note"), "nothing says that the request was accepted")
    expect(approver.all('main a[href$="/receipt"]'), "what was recorded has no receipt")
    approver.check("approval-accepted")
    asker.open(story.holder)
    expect(HOLDERS_NUMBER not in asker.text(".identity"), "the cancelled number stands in the identity bar")
    expect(asker.text("section[aria-labelledby=numbers] del") == HOLDERS_NUMBER, "the number is not struck out")
    entry = asker.text(".timeline > li:first-child")
    for word in [HOLDERS_NUMBER, " phe-duyet ", "phe-duyet-tinh"]:
        expect(word in entry, f"the timeline does not tell {word!r}: {entry}")
    asker.check("cancelled")
    asker.open("/approvals")
    expect("Đã chấp thuận" in asker.text("#asked ~ .hits > li:first-child"), "whoever asked is not told")
    asker.check("approvals-asked")


@step("a death that was entered wrongly is annulled by two, one of them without JavaScript; the record is as before")
def annulled(story):
    asker, approver = story.asker, story.new_desk(scripts=False)
    approver.sign_in("phe-duyet-tinh")
    asker.open(story.dead)
    asker.press(asker.one('.menu a[href$="/acts/annulment"]'))
    asker.check("annulment-form")
    Select(asker.one('select[name="act"]')).select_by_value(story.death)
    asker.fill(reason="Giấy chứng tử của người cùng tên")
    taken(asker)
    asker.check("annulment-check")
    confirm(asker)
    asker.step("record")
    approver.open(asker.path)
    before, after = (approver.text(f"#changes ~ .answers {tag}") for tag in ["del", "ins"])
    expect("Đã chết" in before and "Còn sống" in after, f"the approval tells {before!r} → {after!r}")
    approver.check("annulment-approval")
    approver.press(approver.one('button[value="accept"]'))
    desk = story.desk
    desk.open(story.dead)
    expect("Còn sống" in desk.text(".identity"), "after the annulment she is dead all the same")
    entry = next(entry for entry in desk.all(".timeline > li.annulled") if story.death in entry.text)
    expect("đã hủy bỏ" in entry.text, "the annulled act is not marked")
    expect(desk.all('.menu a[href$="/acts/stay"]'), "no stay is offered to the living")
    desk.check("annulled")


@step("the whole way of a temporary residence on a page of 320 px")
def narrow(story):
    desk = story.desk
    desk.width(NARROW)
    try:
        person = desk.find(MOVER)
        desk.press(desk.one('.menu a[href$="/acts/temporary-residence"]'))
        desk.place("address", COMMUNE, "Nhà trọ số 2")
        desk.date("effective", story.today)
        desk.date("until", story.days_ago(-300))
        desk.fill(reason="Học nghề")
        desk.choose(desk.one('label[for="consent-applicant"]'))
        desk.step("check")
        expect("Nhà trọ số 2" in desk.text(".answers"), "the answers are not shown to be checked")
        desk.picture("narrow-check")
        reference = recorded(desk)
        desk.picture("narrow-done")
        desk.open(person)
        expect_latest(desk, reference, "Nhà trọ số 2")
        desk.picture("narrow-timeline")
    finally:
        desk.width(WIDE)


@step("births, moves, deaths and approvals in English, and an absence from form to slip")
def english(story):
    desk, approver = story.desk, story.approver
    desk.open(story.child)
    desk.language("en")
    expect("Timeline" in desk.text("#timeline"), "the child's page is not in English")
    desk.check("newborn-english")
    for form in ["birth", "death", "permanent-residence", "marriage"]:
        desk.open(f"{story.mother}/acts/{form}")
        desk.check(f"form-{form}-english")
    desk.open(story.mother + "/acts/absence")
    desk.date("effective", story.today)
    desk.fill(reason="Thăm quê")
    desk.step("check")
    desk.check("absence-check-english")
    reference = recorded(desk)
    desk.check("absence-done-english")
    desk.open(story.mother)
    expect_latest(desk, reference, "Absence")
    desk.language("vi")
    approver.open(story.third)
    approver.language("en")
    expect("Accepted" in approver.text("p.note"), "the approval is not in English")
    approver.check("approval-english")
    approver.open(story.holder)
    approver.check("cancelled-english")
    for form in ["number-cancelled", "annulment"]:
        approver.open(f"{story.mother}/acts/{form}")
        approver.check(f"form-{form}-english")
    approver.language("vi")
    story.asker = story.approver = None
