"""Pages in headless Chromium, on a phone and on a desk, that fail a test by any fault they show.

A fault is a breach of the content security policy, an error in the console, an answer of 400 or
above, or a request to another host. A test that provokes one takes it out of `faults` itself.
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from core.periods import today
from tests import demo_rows
from tests.browser.journey import Journey
from tests.browser.ngoai_tuyen import KEPT, LOG, NAMES, OUTBOX
from tests.factories import make_buoi, make_doan_vien, make_nghi_quyet

# Playwright keeps an event loop in the main thread, in which Django would refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=10_000)

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESK = {"viewport": {"width": 1366, "height": 768}}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPORT_CSP = """
addEventListener("securitypolicyviolation", (event) => console.error(
  `securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`));
"""
NUMBER = re.compile(r"\d+")
PARTS = """
() => [innerWidth, ...new Set([...document.querySelectorAll("*")].map((part) =>
  [part.tagName, ...["class", "role", "type", "alt", "aria-hidden", "open"].map(
    (name) => part.getAttribute(name))].join(" ")))].sort().join()
"""


class Watch:
    """Writes down the faults of the pages it is attached to; its methods are named after events."""

    def __init__(self, home, faults):
        self.home = home
        self.faults = faults

    def console(self, message):
        # A failed answer is written down by `response`, with its status.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def weberror(self, error):
        self.faults.append(f"script: {error.error}")

    def request(self, request):
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"outside: {request.url}")

    def requestfailed(self, request):
        # A page that is left, or a download, aborts its request.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def response(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url.removeprefix(self.home)}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    where = {"executable_path": chromium} if chromium else {"channel": "chrome"}
    return {**browser_type_launch_args, **where, "args": FLAGS}


@pytest.fixture(scope="session")
def base_url(live_server):
    subprocess.run([sys.executable, "manage.py", "build_assets"], check=True, cwd=settings.BASE_DIR)
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without motion: a message that still comes up is too pale for a search for faults."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def faults():
    """What went wrong in the pages of the test so far, one sentence each."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def open_page(new_context, live_server, faults):
    """A function that opens a page on the test server for a screen, and watches it.

    No service worker: it would ask for pages when the test is over (`test_ngoai_tuyen` has one).
    """
    watch = Watch(live_server.url, faults)

    pages = []

    def open_page(screen):
        context = new_context(**screen, service_workers="block")
        context.add_init_script(REPORT_CSP)
        for event in ("console", "weberror", "request", "requestfailed", "response"):
            context.on(event, getattr(watch, event))
        pages.append(context.new_page())
        return pages[-1]

    yield open_page
    for page in pages:
        page.wait_for_load_state()  # so that the faults of the last page are heard of


@pytest.fixture
def phone(open_page):
    return open_page(PHONE)


@pytest.fixture
def desk(open_page):
    return open_page(DESK)


AGAIN = pytest.mark.no_cover
"""The server does once more what it did for the phone: coverage looks away."""


@pytest.fixture(params=[PHONE, pytest.param(DESK, marks=AGAIN)], ids=["phone", "desk"])
def screen(request, open_page):
    """The test runs once on each of the two screens."""
    return open_page(request.param)


@pytest.fixture
def sign_in(live_server):
    """A function that signs a user in on a page, past the log-in form."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture(scope="session")
def axe():
    """A function that asserts that a page shows no fault of accessibility.

    A page that comes again at the same size, made of the same parts, is not searched again.
    """
    known = set()

    def check(page):
        made_of = (NUMBER.sub("1", urlsplit(page.url).path), page.evaluate(PARTS))
        if made_of in known:
            return
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        known.add(made_of)

    return check


@pytest.fixture
def demo(transactional_db):
    """The demo's units, accounts and story, for a test of any depth."""
    demo_rows.fill()


@pytest.fixture(
    params=[
        # All tests on the demo are one worker's, which builds it once.
        pytest.param(screen, id=name, marks=[pytest.mark.xdist_group("demo"), *marks])
        for name, screen, marks in (("phone", PHONE, ()), ("desk", DESK, (AGAIN,)))
    ]
)
def journey(request, open_page, axe, demo):
    """The demo, at the size of a phone and at that of a desk."""
    return Journey(open_page, request.param, axe)


@pytest.fixture
def branch(transactional_db, chi_doan):
    people = [make_doan_vien(chi_doan=chi_doan, ho_ten=name) for name in NAMES]
    before = make_buoi(
        chi_doan=chi_doan,
        ngay=today() - timedelta(days=40),
        chu_tri=people[2],
        thu_ky=people[3],
        dia_diem="Nhà văn hóa",
    )
    make_nghi_quyet(buoi=before, phu_trach=people[0], noi_dung="Thu gom rác bờ kè")
    return chi_doan


@pytest.fixture
def handset(new_context, sign_in, bi_thu, branch):
    """A phone on which the branch's secretary has opened the log once, with a network."""
    context = new_context(**PHONE, service_workers="allow")
    page = context.new_page()
    sign_in(page, bi_thu)
    page.goto(LOG)
    page.evaluate(KEPT, [LOG, OUTBOX, reverse("mat_mang")])
    return page
