"""A browser at the console: what an officer does with it, and what must hold on every page."""

import base64
import os
import unicodedata
import urllib.error
import urllib.request

from selenium import webdriver
from selenium.common.exceptions import (
    NoSuchElementException, StaleElementReferenceException, WebDriverException)
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

WIDE, NARROW = 1280, 320


class Failure(Exception):
    """A page is not as it must be."""


def expect(truth, text):
    if not truth:
        raise Failure(text)


def without_marks(text):
    """A name as it is typed in haste."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


class Authenticator:
    """A device that makes passkeys and knows its user, inside of the browser."""

    def __init__(self, driver):
        self.driver = driver
        driver.execute_cdp_cmd("WebAuthn.enable", {"enableUI": False})
        self.name = driver.execute_cdp_cmd("WebAuthn.addVirtualAuthenticator", {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True}})["authenticatorId"]

    def knows_user(self, truth):
        self.driver.execute_cdp_cmd(
            "WebAuthn.setUserVerified", {"authenticatorId": self.name, "isUserVerified": truth})


class Desk:
    pictures = 0

    def __init__(self, address, screenshots, axe, scripts=True):
        self.address, self.screenshots, self.scripts = address, screenshots, scripts
        self.axe = None
        if axe and scripts:
            with open(axe, encoding="utf-8") as file:
                self.axe = file.read()
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                         "--hide-scrollbars", f"--window-size={WIDE},900"]:
            options.add_argument(argument)
        if not scripts:
            options.add_experimental_option(
                "prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(30)
        self.width(WIDE)

    def close(self):
        self.driver.quit()

    def width(self, pixels):
        """As wide as a device, which a window cannot be made."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": False})

    # Going about

    def open(self, path):
        self.driver.get(self.address + path)

    def status(self, path):
        """What the server answers to the same officer, redirects followed; the policy of the pages lets none ask."""
        cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in self.driver.get_cookies())
        agent = self.driver.execute_script("return navigator.userAgent")
        request = urllib.request.Request(
            self.address + path, headers={"Accept": "text/html", "Cookie": cookies, "User-Agent": agent})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.address)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        try:
            return self.driver.find_element(By.CSS_SELECTOR, selector)
        except NoSuchElementException:
            raise Failure(f"{self.path} has no {selector}") from None

    def text(self, selector="main"):
        return self.one(selector).text

    def press(self, element, *keys):
        """Clicks, or sends keys, and waits for the page that comes of it."""
        before = self.one("html")
        if keys:
            element.send_keys(*keys)
        else:
            element.click()

        def is_gone(_):
            try:
                return before.tag_name is None
            except StaleElementReferenceException:
                return True
            except WebDriverException as error:
                # What the driver says, in place of "stale", when the document goes while it asks.
                if "does not belong to the document" in str(error):
                    return True
                raise

        WebDriverWait(self.driver, 20, poll_frequency=0.02).until(
            is_gone, f"nothing came of pressing on {self.path}")
        WebDriverWait(self.driver, 20, poll_frequency=0.02).until(
            lambda _: self.all("footer.bottom") or self.all("pre"), f"{self.path} did not come to its end")

    def wait_for_text(self, selector):
        WebDriverWait(self.driver, 20, poll_frequency=0.02).until(
            lambda _: self.text(selector).strip(), f"{selector} on {self.path} stays empty")
        return self.text(selector)

    def fill(self, **fields):
        for name, value in fields.items():
            element = self.one(f'main [name="{name.replace("_", "-")}"]')
            element.clear()
            element.send_keys(value)

    def value(self, name):
        return self.one(f'main [name="{name}"]').get_attribute("value")

    def date(self, name, day):
        parts = zip(["day", "month", "year"], [day.day, day.month, day.year])
        for part, number in parts:
            self.fill(**{f"{name}_{part}": str(number)})

    def choose(self, element):
        """Clicks what may lie under the bar that stays on top."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def place(self, name, commune, detail=None):
        """An address in a commune of the province, and nothing of what was filled in before."""
        if detail is not None:
            self.fill(**{f"{name}_detail": detail})
        self.fill(**{f"{name}_other": ""})
        Select(self.one(f'main select[name="{name}-commune"]')).select_by_visible_text(commune)

    def step(self, name):
        self.press(self.one(f'main button[name="step"][value="{name}"]:not([formaction])'))

    def sign_in(self, account, purpose="Trả lời công dân tại quầy"):
        if not self.path.startswith("/sign-in"):
            self.open("/sign-in")
        self.press(self.one(f'form:has(input[name="account"][value="{account}"]) button.card'))
        expect(self.path == "/work", f"{account} signed in and is on {self.path}")
        if purpose and self.all('nav.sections a[href="/people"]'):
            self.state_purpose(purpose)
            self.open("/work")

    def state_purpose(self, purpose):
        """Says what looks without a file are for, where the page of people asks for it."""
        self.open("/people")
        if self.all("main #purpose"):
            self.fill(purpose=purpose)
            self.press(self.one('form[action="/purpose"] .actions button'))
        expect(purpose in self.text("form.dossier"), f"the purpose does not stand on {self.path}")

    def search(self, typed):
        box = self.one("#find")
        box.clear()
        self.press(box, typed, Keys.ENTER)

    def find(self, name):
        """Comes to somebody's page by their name, typed without marks; its path."""
        self.search(without_marks(name))
        hit = next((hit for hit in self.all(".hits h2 a") if hit.text == name), None)
        expect(hit is not None, f"{without_marks(name)!r} does not find {name}")
        self.press(hit)
        return self.path

    def language(self, code):
        if self.one("html").get_attribute("lang") != code:
            self.press(self.one('form[action="/language"] button'))
        expect(self.one("html").get_attribute("lang") == code, f"{self.path} does not speak {code}")

    def tab(self, times=1):
        for _ in range(times):
            self.focused().send_keys(Keys.TAB)

    def focused(self):
        return self.driver.switch_to.active_element

    def tab_to(self, wanted, limit=200):
        """Goes on with the Tab key alone until an element has the focus."""
        for _ in range(limit):
            if self.focused() == wanted:
                return wanted
            self.tab()
        raise Failure(f"the Tab key never comes to {wanted.get_attribute('outerHTML')[:200]} on {self.path}")

    # What must hold of every page

    def check(self, name):
        """Takes the pictures of a page at both widths and holds it to what every page must be."""
        self.picture(name)
        self.width(NARROW)
        try:
            self.picture(f"{name}-320", numbered=False)
            if self.scripts:
                self._holds_at_320()
            self._axe()
        finally:
            self.width(WIDE)
        self._has_outline()
        self._hides()
        self._axe()

    def picture(self, name, numbered=True):
        if numbered:
            Desk.pictures += 1
        path = os.path.join(self.screenshots, f"{Desk.pictures:02d}-{name}.png")
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}})["data"]
        self._write(path, data)

    def print_picture(self, name):
        """The page as paper: the same styles that a printer gets, on a sheet of A4 at 96 dots to the inch."""
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.width(794)
        try:
            self.picture(name)
        finally:
            self.width(WIDE)
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    @staticmethod
    def _write(path, data):
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def _holds_at_320(self):
        wide = self.driver.execute_script(
            "const wide = document.scrollingElement.scrollWidth; if (wide <= innerWidth) return null;"
            "const out = [...document.querySelectorAll('body *')].filter("
            "  (e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.unseen'));"
            "return wide + ' px wide: ' + out.slice(0, 4).map((e) => e.outerHTML.slice(0, 120)).join(' | ')")
        expect(wide is None, f"{self.path} scrolls sideways at {NARROW} px: {wide}")

    def _hides(self):
        """What is hidden until a script wants it is not seen, whatever its style says."""
        seen = [element.get_attribute("id") for element in self.all("[hidden]") if element.is_displayed()]
        expect(not seen, f"{self.path} shows what is hidden: {seen}")

    def _has_outline(self):
        expect(len(self.all("h1")) == 1, f"{self.path} has {len(self.all('h1'))} first headings")
        expect(self.driver.title.strip(), f"{self.path} has no title")
        expect("[[" not in self.driver.page_source and "{{" not in self.driver.page_source,
               f"{self.path} shows a tag of its template")

    def _axe(self):
        if not self.axe:
            return
        self.driver.execute_script(self.axe)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then("
            "  (result) => done(result.violations.map((v) => v.id + ' (' + v.help + '): ' + "
            "    v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | '))),"
            "  (error) => done([String(error)]))")
        expect(not found, f"axe-core on {self.path}: " + "; ".join(found))

    def leave(self, number):
        """Keeps the page where something failed."""
        path = os.path.join(self.screenshots, f"failed-{number}.html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"<!-- {self.driver.current_url} -->\n{self.driver.page_source}")
        self.picture(f"failed-{number}")
        return path
