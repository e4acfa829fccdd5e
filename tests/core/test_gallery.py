"""Every component renders, and pages keep the promises of the design."""

import re
from html.parser import HTMLParser

import brotli
import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.urls("tests.core.gallery"),
    pytest.mark.django_db,
    pytest.mark.same_on_both,
]

PAGES = ["/", "/viec/", "/danh-sach/", "/danh-sach/?trang=xa&chuc=B%C3%AD&page=2", "/bieu-mau/"]
PAGES += [
    "/bieu-mau/?loi=1",
    "/hoi/",
    "/dang-nhap/",
    "/dang-nhap/?loi=1",
    "/404/",
    "/403/",
    "/500/",
]
CSS = settings.BASE_DIR / "static" / "css" / "app.css"


class Elements(HTMLParser):
    """Tags with attributes, in order; tags that are not closed in order are faults."""

    VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle", "use"}

    def __init__(self, html):
        super().__init__()
        self.found, self.stack, self.faults = [], [], []
        self.feed(html)
        self.faults += self.stack

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.stack and self.stack[-1] == tag:
            self.stack.pop()
        elif tag not in self.VOID:
            self.faults.append(f"</{tag}>")


@pytest.fixture(params=PAGES)
def elements(request, client):
    return Elements(client.get(request.param).content.decode())


def test_page_is_well_formed_with_one_heading_and_one_main(elements):
    tags = [tag for tag, _ in elements.found]

    assert elements.faults == []
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert elements.found[0] == ("html", {"lang": "vi"})


def test_page_has_no_inline_style_or_script(elements):
    assert [attrs for _, attrs in elements.found if "style" in attrs] == []
    assert [name for _, attrs in elements.found for name in attrs if name.startswith("on")] == []
    assert [attrs for tag, attrs in elements.found if tag == "script" and "src" not in attrs] == []


def test_first_link_leads_to_the_content(elements):
    first = next(attrs for tag, attrs in elements.found if tag == "a")

    assert (first["class"], first["href"]) == ("skip", "#noi-dung")


def test_ids_are_used_once_and_labels_point_to_them(elements):
    ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
    targets = {attrs["for"] for tag, attrs in elements.found if tag == "label" and "for" in attrs}

    assert sorted(ids) == sorted(set(ids))
    assert targets <= set(ids)


def test_one_primary_button_in_the_page_head_and_form(client):
    html = client.get("/bieu-mau/").content.decode()

    assert html.count("btn-primary") == 1


def test_title_of_a_refused_form_begins_with_the_word(client):
    assert "<title>Lỗi: Ghi buổi sinh hoạt" in client.get("/bieu-mau/?loi=1").content.decode()
    assert "<title>Ghi buổi sinh hoạt" in client.get("/bieu-mau/").content.decode()


def test_good_news_is_a_toast_and_a_warning_stays(client):
    html = client.get("/").content.decode()
    toasts = html[html.index('class="toasts"') :]

    assert "Đã ghi buổi sinh hoạt tháng 11" in toasts
    assert "Thôn 4 chưa có bí thư" not in toasts
    assert html.count("Đã ghi buổi sinh hoạt tháng 11") == 1
    assert html.count("Thôn 4 chưa có bí thư") == 1


def test_bottom_bar_gives_way_to_the_save_bar(client):
    assert 'class="has-savebar"' in client.get("/bieu-mau/").content.decode()
    assert "has-savebar" not in client.get("/danh-sach/").content.decode()


@pytest.mark.parametrize(
    ("path", "limit"),
    [("static/css/app.css", 9_000), ("static/js/app.js", 4_000)],
)
def test_own_files_keep_their_budget(path, limit):
    assert len(brotli.compress((settings.BASE_DIR / path).read_bytes())) <= limit


def test_pages_keep_their_budget(client):
    assert len(brotli.compress(client.get("/").content)) <= 12_000


PAIRS = [
    ("ink", "bg", 4.5),
    ("ink-2", "bg", 4.5),
    ("ink-2", "neu-t", 4.5),
    ("ink-2", "card", 4.5),
    ("ink-3", "bg", 4.5),
    ("ink-3", "card", 4.5),
    ("pri", "card", 4.5),
    ("pri", "bg", 4.5),
    ("pri", "pri-t", 4.5),
    ("card", "pri-d", 4.5),
    ("ok", "ok-t", 4.5),
    ("warn", "warn-t", 4.5),
    ("bad", "bad-t", 4.5),
    ("ok", "card", 4.5),
    ("warn", "card", 4.5),
    ("bad", "card", 4.5),
    ("bad", "bg", 4.5),
    ("ctl", "card", 3.0),
    ("ctl", "bg", 3.0),
]


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("front", "back", "ratio"), PAIRS)
def test_tokens_have_enough_contrast(front, back, ratio):
    tokens = dict(re.findall(r"--([\w-]+):#([0-9a-f]{3,6})\b", CSS.read_text("utf-8")))
    colours = {name: value * 2 if len(value) == 3 else value for name, value in tokens.items()}
    light, dark = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= ratio
