"""People of the demo at one size of screen: they sign in by the form, and each page they come to
is looked at."""

from io import BytesIO

from django.conf import settings
from playwright.sync_api import Page, expect
from pypdf import PdfReader

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Journey:
    """What the steps of the journey share; `taps` counts what a person has pressed."""

    def __init__(self, open_page, screen, axe):
        self.open_page, self.screen, self.axe = open_page, screen, axe
        self.taps = 0

    @property
    def is_phone(self) -> bool:
        return self.screen.get("is_mobile", False)

    def sign_in(self, username: str) -> Page:
        """A page of this person's own browser, at home."""
        page = self.open_page(self.screen)
        page.goto("/dang-nhap/")
        page.get_by_label("Số điện thoại").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(settings.DEMO_PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page).to_have_url("/")
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        """The page shows no fault of accessibility and does not scroll sideways."""
        page.wait_for_load_state()
        assert page.evaluate(SIDEWAYS) == 0, page.url
        self.axe(page)

    def arrive(self, page: Page, title: str) -> None:
        """The page of this heading has come; it is looked at."""
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        self.look(page)

    def go(self, page: Page, address: str, title: str) -> None:
        assert page.goto(address).status == 200
        self.arrive(page, title)

    def tap(self, target) -> None:
        """Press as the screen has it, and count."""
        self.taps += 1
        if self.is_phone:
            target.tap()
        else:
            target.click()


def read_pdf(page: Page, address: str) -> list[str]:
    """The text of each page of a paper that a link leads to."""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf", answer.text()
    return pdf_text(answer.body())


def printed_by(page: Page, button) -> list[str]:
    """What the browser would show after this button; the page itself stays."""
    answers = []

    def keep_page(route):
        answers.append(route.fetch())
        route.fulfill(status=204)

    page.route("**/*.pdf", keep_page)
    with page.expect_response("**/*.pdf"):
        button.click()
    page.unroute("**/*.pdf")
    return pdf_text(answers[0].body())


def pdf_text(content: bytes) -> list[str]:
    """The text of each page, its words apart by one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
