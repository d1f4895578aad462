"""What the steps of the story share."""

import datetime
from zoneinfo import ZoneInfo


def chapter():
    """The steps of one file, in their order, and what makes a function one of them."""
    steps = []

    def step(title, short=False):
        def keep(function):
            function.title, function.short = title, short
            steps.append(function)
            return function

        return keep

    return steps, step


class Story:
    """What one step leaves for the next."""

    def __init__(self, server, desk):
        self.server, self.new_desk = server, desk
        self.today = datetime.datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        self.desk = None
        self.name = self.person = self.application = None
        self.mother = self.child = self.birth = self.dead = self.death = None
        self.asker = self.approver = self.holder = self.first = self.third = None

    def days_ago(self, days):
        return self.today - datetime.timedelta(days=days)

    def fill_stay(self, desk, address, days=3):
        desk.fill(address_detail=address)
        commune = desk.one('select[name="address-commune"]')
        commune.find_elements("css selector", "option")[1].click()
        desk.date("effective", self.today)
        desk.date("until", self.today + datetime.timedelta(days=days))
