"""A card, from the application to the hand, and the desks of the factory."""

import os
import tempfile

from desk import expect
from selenium.webdriver.common.keys import Keys
from telling import chapter

STEPS, step = chapter()


@step("a card is applied for at the counter, and another officer decides on it")
def card_application(story):
    desk = story.desk
    desk.open(story.person)
    desk.press(desk.one('a[href$="/cards/new"]'))
    desk.check("card-apply")
    # Whoever has no number yet gets one first.
    story.server.command("number", "run", "--unit", desk.value("pickup").removeprefix("xa-"))
    desk.press(desk.tab_to(desk.one('button[name="step"][value="check"]')), Keys.ENTER)
    expect(story.name in desk.text("#record ~ dl"), "what the card will show is not there to be checked")
    desk.check("card-check")
    desk.press(desk.tab_to(desk.one('button[name="step"][value="record"]')), Keys.ENTER)
    story.application = desk.path
    desk.check("card-opened")
    desk.press(desk.one('button[value="specimen"]'))
    expect(desk.one("img.face").get_property("naturalWidth") > 0, "the portrait does not show")
    desk.check("card-captured")
    desk.press(desk.one('button[value="submit"]'))
    expect(desk.all(".slip"), "there is no slip")
    desk.check("card-submitted")
    desk.print_picture("print-card-slip")
    decider = story.new_desk()
    decider.sign_in("phe-duyet")
    decider.open("/cards")
    decider.check("cards-to-decide")
    decider.press(decider.one(f'a[href="{story.application}"]'))
    decider.check("card-decide")
    decider.press(decider.one('button[value="refuse"]'))
    expect(decider.all(".problems"), "an application was refused without a reason")
    decider.press(decider.one('button[value="approve"]'))
    expect(decider.all('a[href^="/cards/"]') and decider.all(".outcome"), "what was approved is not ordered")
    decider.check("card-ordered")


@step("the factory makes the card, and each desk of it sees its own page")
def factory(story):
    command = story.server.command
    with tempfile.TemporaryDirectory(prefix="dancu-factory-") as folder:
        passphrase, pki = f"{folder}/passphrase", f"{folder}/pki"
        with open(os.open(passphrase, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write("một mật khẩu đủ dài\n")
        story.server.bare("pki", "create", "--dir", pki, "--passphrase-file", passphrase)
        desk = story.new_desk()
        desk.sign_in("san-xuat-the")
        desk.open("/factory")
        desk.one("details summary").click()
        desk.fill(code="hn", name="Trung tâm sản xuất thẻ Hà Nội", capacity="500")
        desk.press(desk.one('button[value="site"]'))
        keeper = story.new_desk()
        keeper.sign_in("kho-phoi")
        keeper.open("/factory/stock")
        keeper.fill(first="AA00000001", count="20", series="loat-1", delivery="PN-1")
        keeper.press(keeper.one('button[value="receive"]'))
        keeper.check("stock")
        desk.open("/factory")
        desk.check("factory-waiting")
        desk.press(desk.one('button[value="batch"]'))
        batch = desk.path
        keeper.open(batch)
        keeper.press(keeper.one('button[value="issue"]'))
        keeper.check("factory-batch-issued")
        command("factory", "produce", batch.rsplit("/", 1)[1], "--out", f"{folder}/cards", "--pki", pki,
                "--passphrase-file", passphrase)
        desk.open(batch)
        desk.press(desk.one('button[value="close"]'))
        desk.check("factory-batch-closed")
        desk.open("/factory")
        desk.press(desk.one('button[value="pack"]'))
        desk.fill(tracking="VD 2026-1")
        desk.press(desk.one('button[value="dispatch"]'))
        desk.check("factory-sent")


@step("the card is counted in, handed over, lost and found; the flow is balanced")
def hand_over(story):
    desk = story.desk
    desk.open("/cards")
    desk.check("cards-parcel")
    desk.fill(counted="1")
    desk.press(desk.one('form[action^="/cards/parcels/"] button'))
    desk.check("cards-ready")
    desk.press(desk.one("#ready ~ .hits a"))
    card = desk.path
    desk.press(desk.one('button[value="hand_over"]'))
    expect(desk.all(".problems"), "a card was handed over to somebody who was not checked")
    desk.check("card-hand-over-wrong")
    desk.one("#check-face").click()
    desk.press(desk.one('button[value="hand_over"]'))
    expect("đang có giá trị" in desk.text("h1"), "the card does not hold")
    desk.check("card-active")
    desk.press(desk.one('button[value="report_lost"]'))
    desk.check("card-lost")
    desk.press(desk.one('button[value="report_found"]'))
    desk.open(story.person)
    expect(desk.all(f'a[href="{card.split("?")[0]}"]'), "the person's page does not list the card")
    desk.check("person-with-card")
    desk.open("/cards/status")
    desk.check("card-status")
    minister = story.new_desk()
    minister.sign_in("can-bo-bo")
    minister.open("/factory/flow")
    expect(not minister.all(".badge.bad"), "the flow is not balanced, or late")
    minister.check("card-flow")
    minister.language("en")
    minister.check("card-flow-english")
    minister.open(card.split("?")[0])
    minister.check("card-english")
    minister.language("vi")
