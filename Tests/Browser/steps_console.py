"""The pages that every officer of a commune works with."""

import re

from desk import Authenticator, expect, without_marks
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select
from telling import chapter

STEPS, step = chapter()


@step("an officer signs in with one click and comes to the work that waits", short=True)
def sign_in(story):
    story.desk = desk = story.new_desk()
    desk.open("/work")
    expect(desk.path.startswith("/sign-in?next="), f"without signing in /work leads to {desk.path}")
    desk.check("sign-in")
    desk.sign_in("can-bo-xa", purpose=None)
    desk.check("work")


@step("nobody is looked up without a file or a purpose; it is stated once", short=True)
def purpose(story):
    desk = story.desk
    desk.search("nguyen")
    expect(desk.all("main #purpose") and not desk.all(".hits h2 a"), "people are shown for no purpose")
    desk.check("purpose-asked")
    desk.state_purpose("Trả lời công dân tại quầy")
    desk.check("purpose-stated")


@step("a person is found by name typed without marks", short=True)
def search(story):
    desk = story.desk
    desk.search("nguyen")
    names = [hit.text for hit in desk.all(".hits h2 a")]
    expect(names, "nobody called Nguyễn lives in the commune of the demonstration")
    story.name = next(name for name in names if without_marks(name) != name.lower())
    typed = without_marks(story.name)
    desk.search(typed)
    hit = next((hit for hit in desk.all(".hits h2 a") if hit.text == story.name), None)
    expect(hit is not None, f"{typed!r} does not find {story.name}")
    expect(desk.all(".trace .digits"), "the search names no entry in the log")
    desk.check("found")
    desk.press(hit)


@step("the person's page shows details, masked fields, household and timeline", short=True)
def person(story):
    desk = story.desk
    story.person = desk.path
    expect(story.name in desk.text(".identity"), f"{desk.path} is not about {story.name}")
    for section in ["details", "residences", "household", "family", "numbers", "timeline"]:
        desk.one(f"#{section}")
    expect(desk.all(".timeline > li"), "the timeline of a person of the register is empty")
    expect(desk.all(".mask"), "nothing sensitive is masked")
    desk.check("person")


@step("a stay is recorded: form, check of the answers, done", short=True)
def stay(story):
    desk = story.desk
    acts = len(desk.all(".timeline > li"))
    desk.press(desk.one('.menu a[href$="/acts/stay"]'))
    desk.check("stay-form")
    story.fill_stay(desk, "Số 5, ngõ 12")
    desk.fill(reason="Thăm người thân")
    desk.step("check")
    expect("Số 5, ngõ 12" in desk.text(".answers"), "the answers are not shown to be checked")
    desk.check("stay-check")
    desk.step("record")
    reference = desk.text(".reference strong")
    desk.check("stay-done")
    desk.open(story.person)
    entry = desk.one(".timeline > li:first-child")
    expect(len(desk.all(".timeline > li")) == acts + 1 and reference in entry.text,
           "the act is not the latest in the timeline")
    expect("can-bo-xa" in entry.text and "Số 5, ngõ 12" in entry.text, "the entry tells neither who nor what")
    desk.picture("timeline")


@step("a passkey is made beside one's sessions and signs in; a device that knows nobody does not", short=True)
def passkey(story):
    desk = story.desk
    device = Authenticator(desk.driver)
    desk.press(desk.one(".officer a"))
    expect(desk.path == "/sessions", f"the account's name leads to {desk.path}")
    desk.check("sessions")
    desk.one("#passkey-label").send_keys("Khóa của trạm")
    desk.press(desk.one("#passkey-button"))
    expect(desk.value("label") == "Khóa của trạm", "the new key is not listed")
    desk.check("sessions-with-key")
    desk.press(desk.one('form[action="/sign-out"] button'))
    desk.check("sign-in-with-key")
    device.knows_user(False)
    desk.one("#passkey-button").click()
    desk.wait_for_text("#passkey-problem")
    desk.check("key-not-used")
    expect(desk.path.startswith("/sign-in"), f"a device that knows nobody led to {desk.path}")
    device.knows_user(True)
    desk.press(desk.one("#passkey-button"))
    expect(desk.path == "/work", f"the passkey led to {desk.path}")
    desk.open("/sessions")
    expect("khóa bảo mật" in desk.text("#latest ~ ul"), "the sign-in with the key is not on record")
    desk.state_purpose("Trả lời công dân tại quầy")


@step("a link makes a passkey once")
def enrolled(story):
    link = story.server.command("officer", "link", "kiem-tra-tinh", "--address", story.server.address)
    path = link.strip().splitlines()[-1].removeprefix(story.server.address)
    desk = story.new_desk()
    Authenticator(desk.driver)
    desk.open(path)
    desk.check("enrol")
    desk.press(desk.one("#passkey-button"))
    expect(desk.path == "/sign-in", f"the new key led to {desk.path}")
    desk.press(desk.one("#passkey-button"))
    expect("kiem-tra-tinh" in desk.text(".officer"), "the key signed in nobody")
    desk.open(path)
    expect(not desk.all("#passkey"), "the link works twice")
    plain = story.new_desk(scripts=False)
    plain.open("/sign-in")
    expect(not plain.one("#passkey").is_displayed(), "without scripts there is a button that does nothing")


@step("wrong answers are named on top, linked to their fields, and nothing typed is lost")
def wrong(story):
    desk = story.desk
    desk.open(story.person + "/acts/stay")
    odd = 'Số 7 "<b>&' + "'"
    desk.fill(address_detail=odd, effective_day="31", effective_month="2", effective_year="2026",
              reason="<script>alert(1)</script>")
    desk.step("check")
    links = desk.all(".problems a")
    expect(links, "no error is named")
    for link in links:
        target = link.get_attribute("href").split("#")[1]
        expect(desk.all(f'[id="{target}"]'), f"the error {link.text!r} leads to #{target}, which is not there")
    expect(desk.value("address-detail") == odd, "what was typed as an address is lost")
    expect(desk.value("effective-day") == "31" and desk.value("effective-month") == "2", "the date is lost")
    expect(desk.value("reason") == "<script>alert(1)</script>", "the reason is lost")
    expect(":" in desk.driver.title.split("·")[0], "the title does not say that there is an error")
    desk.check("wrong")
    links[0].click()
    focused = desk.focused()
    expect(focused.tag_name in ("input", "select", "textarea", "fieldset"), f"the link leads to <{focused.tag_name}>")


@step("answers can be changed from the check page")
def changed(story):
    desk = story.desk
    desk.open(story.person + "/acts/stay")
    story.fill_stay(desk, "Số 8")
    desk.step("check")
    desk.press(desk.one('.answers button[name="step"][value="edit"]'))
    expect(desk.value("address-detail") == "Số 8", "the form came back without its answers")


@step("of two tabs with the same form the second is told that it lost the race")
def race(story):
    desk = story.desk
    first = desk.driver.current_window_handle
    handles = [first]
    desk.driver.switch_to.new_window("tab")
    handles.append(desk.driver.current_window_handle)
    for number, handle in enumerate(handles):
        desk.driver.switch_to.window(handle)
        desk.open(story.person + "/acts/stay")
        story.fill_stay(desk, f"Thửa {number + 1}", days=5 + number)
        desk.step("check")
    desk.driver.switch_to.window(handles[0])
    desk.step("record")
    expect(desk.all(".reference strong"), "the first tab's act was not recorded")
    desk.driver.switch_to.window(handles[1])
    desk.step("record")
    expect(not desk.all(".slip"), "the second tab's act was recorded as well")
    desk.check("lost-race")
    again = desk.all('.links a[href*="/acts/"]')
    expect(again, "the page of a lost race leads nowhere")
    desk.press(again[0])
    expect(desk.all("form.guided"), "the way back does not lead to the form")
    desk.driver.close()
    desk.driver.switch_to.window(first)
    desk.open(story.person)
    expect("Thửa 2" not in desk.text(".timeline"), "the lost act stands in the timeline")


@step("sensitive fields show when asked for, household and other days too")
def around(story):
    desk = story.desk
    desk.open(story.person)
    masks = len(desk.all(".mask"))
    desk.press(desk.one('button[form="reveal"]'))
    expect(len(desk.all(".mask")) < masks, "nothing more is shown")
    desk.check("revealed")
    household = desk.all('a[href^="/households/"]')
    if household:
        desk.press(household[0])
        desk.check("household")
    desk.find("Phan Quang Dũng")
    desk.press(desk.one('a[href^="/households/"]'))
    desk.press(desk.one('a[href$="/dwelling"]'))
    expect("Phan Quang Dũng" in desk.text(), "a dwelling does not show who lives there")
    desk.check("dwelling")
    desk.open(story.person + "?effective=01%2F01%2F2021")
    desk.check("as-of")
    desk.open(story.person + "?effective=99%2F99%2F2021")
    desk.check("as-of-wrong")
    desk.search("Zzzz Qqqq")
    desk.check("nobody")
    desk.open("/people")
    desk.check("people")


@step("the rules of any day, and the help")
def rules(story):
    desk = story.desk
    desk.open("/rules")
    desk.check("rules")
    desk.open("/rules?on=01%2F01%2F2020")
    expect("01/01/2020" in desk.text("main"), "the rules of another day are not shown")
    desk.open("/rules?on=x")
    desk.check("rules-wrong")
    desk.open("/help")
    desk.check("help")


@step("quality and map lead to the people behind the numbers")
def quality(story):
    desk = story.desk
    desk.open("/quality")
    desk.check("quality")
    desk.press(desk.one('main a.button[href$="/map"]'))
    expect(desk.all(".map circle"), "the map of the country has no commune")
    desk.check("map")
    desk.press(desk.one("tbody a"))
    desk.check("map-province")
    desk.press(desk.one("tbody a"))
    desk.check("quality-commune")
    worklist = desk.all('main a.button[href$="/worklist"]')
    expect(worklist, f"{desk.path} leads to no worklist")
    desk.press(worklist[0])
    desk.check("worklist")
    desk.press(desk.one(".hits h2 a"))
    expect(desk.path.startswith("/persons/"), f"the worklist leads to {desk.path}")


def show_decided(desk, row):
    """Opens the row that was decided just now, of which the one that follows it tells."""
    expect(desk.path != row, f"{row} was decided and still stands there: {desk.text()[:400]}")
    desk.press(desk.one('.outcome a[href*="/held/"]'))
    expect(desk.path == row, f"the row that was decided is {desk.path}")


@step("a held row is opened beside those it may be about, and decided with a reason")
def held(story):
    desk = story.desk
    desk.open("/batches")
    desk.check("batches")
    desk.press(desk.one("tbody a"))
    desk.check("batch")
    desk.press(desk.one('main a.button[href$="/held"]'))
    desk.check("held-rows")
    desk.press(desk.one('.choices a[href$="cause=duplicate"]'))
    desk.check("held-rows-cause")
    desk.press(desk.one(".hits h2 a"))
    expect(desk.all(".compare thead th a"), "nobody stands beside a row that is held as a duplicate")
    desk.check("held-row")
    row = desk.path
    desk.fill(reason="Phiếu ghi hai lần")
    desk.press(desk.one('button[value="reject"]'))
    desk.check("held-row-next")
    show_decided(desk, row)
    expect("Phiếu ghi hai lần" in desk.text(".outcome"), "the decision is not shown with its reason")
    desk.check("held-row-decided")


@step("a held row is mended and becomes a person; another is found to be somebody of the register")
def mended(story):
    desk = story.desk
    desk.open("/batches")
    desk.press(desk.one("tbody a"))
    desk.press(desk.one('main a.button[href$="/held"]'))
    rows = desk.path
    desk.press(desk.one('.choices a[href$="cause=missing_dob"]'))
    desk.press(desk.one(".hits h2 a"))
    row, name = desk.path, desk.one("#ho_ten").get_attribute("value")
    desk.one("#ngay_sinh").send_keys("31/02/1956")
    desk.one("#correction").send_keys("Hỏi lại gia đình")
    mend = 'form:has(input[value="correct"]) button'
    desk.press(desk.one(mend))
    expect(desk.all(".problems") and not desk.all(".outcome"), "a day that no calendar has was taken")
    expect(desk.one("#ngay_sinh").get_attribute("value") == "31/02/1956", "what was typed is lost")
    desk.check("held-row-mended-wrong")
    desk.one("#ngay_sinh").clear()
    desk.one("#ngay_sinh").send_keys("1956")
    desk.press(desk.one(mend))
    show_decided(desk, row)
    desk.check("held-row-mended")
    desk.press(desk.one('.outcome a[href^="/persons/"]'))
    expect(name in desk.text(".identity") and "1956" in desk.text(".identity"),
           f"the mended row became another person than {name}")
    desk.open(rows + "?cause=duplicate")
    desk.press(desk.one(".hits h2 a"))
    known = desk.one(".compare thead th a").get_attribute("href").removeprefix(story.server.address)
    row = desk.path
    desk.fill(reason="Cùng số, cùng ngày sinh")
    desk.press(desk.one('button[value^="same-"]'))
    show_decided(desk, row)
    expect(desk.all(f'.outcome a[href="{known}"]'), "the row is not said to be whom it was compared with")
    desk.check("held-row-same")


@step("many rows of one cause are decided together, once some of them have been looked at")
def together(story):
    desk = story.desk
    desk.open("/batches")
    desk.press(desk.one("tbody a"))
    desk.press(desk.one('main a.button[href$="/held"]'))

    def counted(link):
        return int(re.sub(r"\D", "", link.text.split("(")[-1]))

    choice = max(desk.all('.choices a[href*="cause="]'), key=counted)
    cause, waiting = choice.get_attribute("href").split("=")[-1], counted(choice)
    desk.press(choice)
    rows = desk.path
    for link in [link.get_attribute("href") for link in desk.all(".hits h2 a")][:3]:
        desk.open(link.removeprefix(story.server.address))
    desk.open(rows)
    ticked = len(desk.all(".hits h2 input"))
    desk.check("held-together")
    desk.fill(reason="Phiếu không đọc được, thu thập lại")
    desk.press(desk.one('button[name="verdict"][value="reject"]'))
    expect(not desk.all(".problems"), f"the rows were not decided: {desk.text()[:300]}")
    left = [counted(link) for link in desk.all(f'.choices a[href$="cause={cause}"]')]
    expect(sum(left) == waiting - ticked, f"{ticked} of {waiting} rows were decided, and {left} wait")
    desk.check("held-together-decided")


@step("somebody whom nobody has collected yet: the sheet, the check of what is read in it, the new person")
def sheet(story):
    desk = story.desk
    desk.open("/sheets/new")
    desk.check("sheet")
    desk.step("check")
    expect(desk.all(".problems a"), "an empty sheet names no error")
    desk.check("sheet-empty")
    for name, typed in {"ho_ten": "Đinh Thị Phiếu Mới", "ngay_sinh": "31/02/1991", "thuong_tru":
                        "Tổ 9, Xã Ea M'Droh, Tỉnh Đắk Lắk", "ma_ho": "PM-1", "quan_he_chu_ho": "Chủ hộ",
                        "dan_toc": "Kinh", "quoc_tich": "Việt Nam"}.items():
        desk.one(f'main [name="{name}"]').send_keys(typed)
    Select(desk.one('main select[name="gioi_tinh"]')).select_by_value("Nữ")
    desk.step("check")
    expect(desk.all(".answers .problem"), "a day that no calendar has is not told")
    desk.check("sheet-check-wrong")
    desk.press(desk.one('.answers button[formaction$="#ngay_sinh"]'))
    birth = desk.one('main [name="ngay_sinh"]')
    expect(birth.get_attribute("value") == "31/02/1991", "what was typed is lost")
    birth.clear()
    birth.send_keys("28/02/1991")
    desk.step("check")
    expect(not desk.all(".answers .problem"), "what was mended is still wrong: " + desk.text(".answers"))
    desk.check("sheet-check")
    desk.step("record")
    expect(desk.path.startswith("/persons/"), f"the sheet led to {desk.path}: {desk.text()[:300]}")
    expect("Đinh Thị Phiếu Mới" in desk.text(".identity"), "the new person is somebody else")


@step("every link of the pages leads to a page")
def links(story):
    desk = story.desk
    broken = []
    seen = set()
    for page in ["/work", "/people", story.person]:
        desk.open(page)
        for link in {link.get_attribute("href").split("#")[0] for link in desk.all("a[href]")}:
            path = link.removeprefix(story.server.address)
            if path in seen or not path.startswith("/"):
                continue
            seen.add(path)
            status = desk.status(path)
            if status != 200:
                broken.append(f"{path} ({status}, on {page})")
    expect(not broken, "links that lead nowhere: " + ", ".join(sorted(broken)))


@step("every form opens and is told what it lacks when it is sent empty")
def forms(story):
    desk = story.desk
    desk.open(story.person)
    for form in [link.get_attribute("href") for link in desk.all(".menu a")]:
        name = form.rsplit("/", 1)[1]
        desk.open(form.removeprefix(story.server.address))
        desk.check(f"form-{name}")
        for field in desk.all('main input:not([type]), main input[type="text"], main textarea'):
            field.clear()
        desk.step("check")
        links = desk.all(".problems a")
        expect(links, f"{name} sent empty names no error")
        for link in links:
            target = link.get_attribute("href").split("#")[1]
            expect(desk.all(f'[id="{target}"]'), f"{name}: the error {link.text!r} leads to #{target}, not there")
        desk.check(f"form-{name}-empty")


@step("a slip prints, and so does a person's page")
def paper(story):
    desk = story.desk
    desk.open(story.person)
    desk.print_picture("print-person")
    desk.open(story.person + "/acts/absence")
    desk.date("effective", story.today)
    desk.fill(reason="Đi làm xa, tỉnh Lâm Đồng")
    desk.step("check")
    desk.step("record")
    expect(desk.all(".slip"), "no slip is shown")
    desk.print_picture("print-slip")
    desk.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = [selector for selector in ["header.top", "footer.bottom", ".links", ".noprint"]
            if any(element.is_displayed() for element in desk.all(selector))]
    desk.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    expect(not seen, f"the slip prints with {', '.join(seen)}")


@step("the same pages in English")
def english(story):
    desk = story.desk
    desk.open("/work")
    desk.language("en")
    desk.check("work-english")
    desk.open(story.person)
    expect("Timeline" in desk.text("#timeline"), "the person's page is not in English")
    desk.check("person-english")
    desk.open(story.person + "/acts/stay")
    desk.check("stay-english")
    desk.step("check")
    desk.check("wrong-english")
    desk.open("/nowhere")
    desk.check("not-found-english")
    desk.search(without_marks(story.name))
    desk.check("found-english")
    desk.open("/work")
    desk.language("vi")


@step("the keyboard alone is enough")
def keyboard(story):
    desk = story.desk
    desk.open("/work")
    desk.one("body").send_keys(Keys.TAB)
    expect(desk.focused().get_attribute("class") == "skip", "the first stop of the Tab key is not the skip link")
    outline = desk.driver.execute_script(
        "const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow")
    expect(outline != "nonenone", "the focus cannot be seen")
    desk.press(desk.tab_to(desk.one("#find")), without_marks(story.name), Keys.ENTER)
    hit = next(hit for hit in desk.all(".hits h2 a") if hit.text == story.name)
    desk.press(desk.tab_to(hit), Keys.ENTER)
    desk.press(desk.tab_to(desk.one('.menu a[href$="/acts/stay"]')), Keys.ENTER)
    for name, typed in {
        "address-detail": "Số 9, bàn phím", "effective-day": str(story.today.day),
        "effective-month": str(story.today.month), "effective-year": str(story.today.year),
        "until-day": str(story.today.day), "until-month": str(story.today.month), "until-year": str(story.today.year),
    }.items():
        if name == "effective-day":
            desk.tab_to(desk.one('[name="address-commune"]')).send_keys(Keys.ARROW_DOWN)
        desk.tab_to(desk.one(f'[name="{name}"]')).send_keys(typed)
    desk.picture("keyboard")
    desk.press(desk.tab_to(desk.one('button[name="step"][value="check"]')), Keys.ENTER)
    expect(desk.all(".answers"), "the form was not taken: " + desk.text()[:400])
    desk.press(desk.tab_to(desk.one('button[name="step"][value="record"]')), Keys.ENTER)
    expect(desk.all(".reference strong"), "nothing was recorded")


@step("without JavaScript everything works")
def no_scripts(story):
    desk = story.new_desk(scripts=False)
    desk.sign_in("can-bo-xa")
    desk.find(story.name)
    desk.press(desk.one('.menu a[href$="/acts/stay"]'))
    story.fill_stay(desk, "Số 10, không kịch bản", days=2)
    desk.step("check")
    desk.step("record")
    expect(desk.all(".reference strong"), "nothing was recorded")
    desk.picture("without-scripts")
    desk.press(desk.one('form[action="/sign-out"] button'))
    expect(desk.path.startswith("/sign-in"), f"signing out leads to {desk.path}")
    desk.driver.back()
    desk.driver.refresh()
    expect(not desk.all(".slip"), "what was shown comes back after signing out")


# Pages that no other step comes to, by who works on them.
PAGES = {
    "can-bo-xa": ["/files", "/sheets/new", "/duplicates", "/duplicates/estimates", "/emergency"],
    "phe-duyet": ["/approvals", "/seals", "/role-changes"],
    "bao-ve-du-lieu": ["/alarms", "/audit", "/emergency"],
    "quan-tri": ["/administration", "/administration/officers/can-bo-xa", "/administration/offices/bo"],
    "san-xuat-the": ["/factory/flow"],
    "kiem-tra-the": ["/factory/check"],
    "kho-phoi": ["/factory/stock"],
}


@step("the other pages of each role open, in both languages")
def pages(story):
    desk = story.new_desk()
    for account, paths in PAGES.items():
        desk.driver.delete_all_cookies()
        desk.open("/sign-in")
        desk.sign_in(account)
        for path in paths:
            desk.open(path)
            expect(not desk.all("main > .message"), f"{account} is refused {path}: {desk.text()[:200]}")
            name = path.strip("/").replace("/", "-")
            desk.check(f"page-{name}")
            desk.language("en")
            expect(desk.path == path, f"another language of {path} is {desk.path}")
            desk.check(f"page-{name}-english")
            desk.language("vi")


@step("each role sees its own sections, and those who see nobody are told so")
def roles(story):
    desk = story.new_desk()
    for account in ["phe-duyet", "phe-duyet-tinh", "kiem-tra-tinh", "can-bo-bo", "bao-ve-du-lieu", "kiem-toan",
                    "san-xuat-the", "kiem-tra-the", "kho-phoi", "quan-tri"]:
        desk.driver.delete_all_cookies()
        desk.open("/sign-in")
        desk.sign_in(account)
        desk.check(f"work-{account}")
        if account in ("kiem-toan", "san-xuat-the", "quan-tri"):
            desk.open(story.person)
            expect(story.name not in desk.text(), f"{account} sees a person")
            desk.check(f"refused-{account}")
