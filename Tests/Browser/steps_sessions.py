"""Sessions that end while somebody works."""

from desk import expect
from telling import chapter

STEPS, step = chapter()


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
