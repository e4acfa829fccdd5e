"""Whoever clicks on a number of a dashboard finds as many rows as it says."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tochuc.models import DonVi

LINK = re.compile(r'<a [^>]*href="([^"#]+)"([^>]*)>(.*?)</a>(<small>[^<]*</small>)?', re.S)
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),  # made by one worker only
]


def links(html: str) -> set[tuple[str, str]]:
    """(address, words) of the links of a page; a rate stands with its fraction."""
    main = html[html.index("<main") : html.index("</main>")]
    found = set()
    for address, more, inner, fraction in LINK.findall(main):
        said = re.search(r'aria-label="([^"]*)"', more)
        words = said[1] if said else re.sub(r"<[^>]+>", " ", f"{inner} {fraction}")
        found.add((unescape(address), unescape(words)))
    return found


def matches(words: str, address: str, rows: int) -> bool:
    """A month opens its meetings, a dash nothing, any other number as many rows."""
    if address.startswith(reverse("chidoan:buoi_list")) and "tháng" in words:
        return rows > 0
    numbers = [text.replace(".", "") for text in NUMBER.findall(words)]
    return str(rows) in numbers or (rows == 0 and "–" in words)


@pytest.mark.parametrize(
    ("who", "ma", "params"),
    [
        ("demo.phuong", "phuong-1", {"ngay": "14/08/2026"}),
        ("demo.huyen", "vi-thanh", {}),
    ],
    ids=["ward", "district"],
)
def test_each_number_of_a_dashboard_opens_as_many_rows(client, demo, who, ma, params):
    client.force_login(demo[who])
    unit = DonVi.objects.get(ma=ma)
    page = client.get(reverse("baocao:tong_quan", args=[unit.pk]), params)
    lists = ("/bao-cao/chi-tieu/", "/nghi-quyet/", "/sinh-hoat/?", "/di-xa/")
    asked = [link for link in links(page.content.decode()) if any(a in link[0] for a in lists)]
    opened = {
        address: client.get(address).context["page"].paginator.count
        for address in {address for address, _ in asked}
    }

    assert len(opened) > 40
    wrong = [
        (words, address) for address, words in asked if not matches(words, address, opened[address])
    ]
    assert wrong == []
