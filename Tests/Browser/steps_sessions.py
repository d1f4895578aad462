"""Sessions that end while somebody works."""

from desk import expect
from telling import chapter

STEPS, step = chapter()


@step("a session that its officer ends in another browser is refused in mid-work, and what was typed comes back")
def ended(story):
    here, there = story.desk, story.new_desk()
    there.sign_in("can-bo-xa")
    there.open(story.person + "/acts/stay")
    story.fill_stay(there, "Số 12, máy khác", days=6)
    there.step("check")
    here.open("/sessions")
    here.check("sessions-two")
    here.press(here.one('form[action="/sessions/end-others"] button'))
    expect(not here.all('form[action="/sessions/end-others"]'), "the other session still runs")
    there.step("record")
    expect(not there.all(".slip"), "an ended session recorded an act")
    there.check("session-ended")
    here.open(story.person)
    expect("Số 12" not in here.text(".timeline"), "the act of an ended session stands in the timeline")
    there.open(story.person + "/acts/stay")
    expect(there.path.startswith("/sign-in?next="), f"an ended session is on {there.path}")
    there.press(there.one('form:has(input[name="account"][value="can-bo-xa"]) button.card'))
    expect(there.path == story.person + "/acts/stay", f"signing in again leads to {there.path}")
    # The new session has stated no purpose yet.
    there.state_purpose("Trả lời công dân tại quầy")
    there.open(story.person + "/acts/stay")
    expect(there.value("address-detail") == "Số 12, máy khác", "what was typed is lost")
    there.check("draft-after-session")
    there.step("check")
    there.step("record")
    expect(there.all(".reference strong"), "what was typed could not be recorded after all")


@step("an administrator ends an officer's sessions with a reason, and the officer is refused in mid-work")
def ended_from_above(story):
    officer, administrator = story.desk, story.new_desk()
    officer.open(story.person + "/acts/stay")
    story.fill_stay(officer, "Số 13, phiên bị kết thúc", days=7)
    officer.step("check")
    administrator.sign_in("quan-tri")
    administrator.open("/administration")
    administrator.fill(account="can-bo-xa")
    administrator.press(administrator.one('form[action="/administration/officers"] button'))
    expect(administrator.text("h1") == "can-bo-xa", f"looking for an account leads to {administrator.path}")
    expect(administrator.all("#running ~ .hits > li"), "no session of an officer at work is shown")
    administrator.press(administrator.one('button[value="end"]'))
    expect(administrator.all(".problems"), "sessions were ended without a reason")
    administrator.check("administration-wrong")
    administrator.one("#reason").send_keys("Máy bị bỏ quên")
    administrator.press(administrator.one('button[value="end"]'))
    expect(not administrator.all("#running ~ .hits > li"), "the officer's session still runs")
    administrator.check("administration-ended")
    officer.step("record")
    expect(not officer.all(".slip"), "an ended session recorded an act")
    officer.open("/work")
    officer.sign_in("can-bo-xa")
    officer.open(story.person)
    expect("Số 13" not in officer.text(".timeline"), "the act of an ended session stands in the timeline")


@step("an officer who is disabled in mid-work is refused, and nothing is recorded")
def revoked(story):
    desk = story.desk
    desk.open(story.person + "/acts/stay")
    story.fill_stay(desk, "Số 11, đã khóa", days=4)
    desk.step("check")
    story.server.command("officer", "disable", "can-bo-xa", "--reason", "mất điện thoại")
    try:
        desk.step("record")
        expect(not desk.all(".slip"), "a disabled officer recorded an act")
        desk.check("revoked")
        desk.open("/work")
        expect(desk.path.startswith("/sign-in"), f"a disabled officer is on {desk.path}")
        desk.check("sign-in-again")
    finally:
        story.server.command("officer", "disable", "can-bo-xa", "--reason", "tìm thấy", "--enable")
    desk.sign_in("can-bo-xa")
    desk.open(story.person)
    expect("Số 11" not in desk.text(".timeline"), "the act of a disabled officer stands in the timeline")


@step("a deputy for an absence is asked for by one, agreed to by another, and works in that role in one's own session")
def deputy(story):
    officer, approver = story.new_desk(), story.new_desk()
    officer.sign_in("phe-duyet")
    officer.open("/sessions")
    officer.press(officer.one('a[href="/deputy"]'))
    officer.check("deputy")
    officer.fill(account="can-bo-xa")
    officer.date("until", story.days_ago(-10))
    officer.press(officer.one("form.guided .actions button"))
    expect(officer.path == "/role-changes", f"asking for a deputy leads to {officer.path}: {officer.text()[:300]}")
    officer.check("deputy-asked")
    approver.sign_in("phe-duyet-tinh")
    approver.open("/role-changes")
    approver.check("deputy-to-approve")
    approver.press(approver.one('button[value="accept"]'))
    desk = story.desk
    desk.open("/sessions")
    expect(desk.all("#roles"), "the deputy has no other role to choose")
    desk.check("sessions-roles")
    desk.press(desk.one('form[action="/sessions/role"] button'))
    expect(desk.path == "/work", f"changing the role leads to {desk.path}")
    expect("hê duyệt" in desk.text(".officer"), f"the role is {desk.text('.officer')!r}")
    desk.check("work-as-deputy")
    desk.open("/sessions")
    desk.press(desk.one('form[action="/sessions/role"] button'))
    desk.state_purpose("Trả lời công dân tại quầy")
