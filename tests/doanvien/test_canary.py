"""No page, file, admin list or audit line shows a masked value to whom no reason opened it."""

from io import BytesIO

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from openpyxl import load_workbook

from doanvien.models import DoanVien
from tests.page_visits import INNER_PAGES
from tests.world import build_world
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro

SENSITIVE = {"dan_toc": "Zdantoc", "ton_giao": "Ztongiao", "ky_luat": "Zkyluat"}
CCCD = "079201004471"
CONTACT = {"dien_thoai": "0912345218", "noi_o": "Znoio", "thuong_tru": "Zthuongtru"}
CONTACT |= {"email": "zthu@vidu.vn", "lien_he_gia_dinh": "Zgiadinh"}
WORKS_WITH_PEOPLE = {VaiTro.BI_THU_CHI_DOAN, VaiTro.BI_THU_PHUONG}
ROLES = (VaiTro.UY_VIEN_CHI_DOAN, VaiTro.BI_THU_PHUONG, VaiTro.VAN_PHONG_CAP_TREN)
"""Who may not read them, who may and works with the people, who may and does not."""
PARTS = ("doanvien:", "chidoan:detail", "tuduong:ho_so_detail", "baocao:chi_tieu_rows")
LOGGED = {("doanvien:khen_ky", "Zkyluat")}
"""Opened on purpose: the page of awards and discipline, whose every look is logged."""


@pytest.fixture
def world(db):
    world = build_world()
    for row in ("doan_vien", "doan_vien_2"):
        person = DoanVien.objects.get(pk=world.rows[row].pk)
        for field, value in {**SENSITIVE, **CONTACT}.items():
            setattr(person, field, value)
        person.set_cccd(CCCD if row == "doan_vien" else "")
        person.save()
    return world


@pytest.mark.same_on_both
@pytest.mark.no_cover
@pytest.mark.parametrize("role", ROLES)
def test_a_masked_value_is_on_no_page_and_in_no_file(world, role):
    hidden = {*SENSITIVE.values(), CCCD}
    hidden |= set() if role in WORKS_WITH_PEOPLE else set(CONTACT.values())
    client = world.client(world.people[role], raise_request_exception=False)
    pages = [
        page for page in INNER_PAGES if not page.name.endswith("pdf")
    ]  # papers say nothing here
    places = [page for page in pages if page.name.startswith(PARTS) and role in page.roles]
    leaks = []
    for page in places:
        url = page.url(world)
        text = text_of(client.get(url))
        if page.name.endswith("list"):
            text += text_of(client.get(url, {"export": "xlsx"}))
        leaks += [(page.name, word) for word in hidden if word in text]

    assert set(leaks) <= LOGGED
    assert len(places) > 10
    written = str(list(NhatKy.objects.values_list("noi_dung", flat=True)))
    assert [word for word in hidden if word in written] == []


def test_the_admin_shows_none_of_them(world, client):
    operator = world.people[VaiTro.QUAN_TRI]
    client.force_login(operator)
    leaks = []
    for model in apps.get_app_config("doanvien").get_models():
        if not admin.site.is_registered(model):
            continue
        name = f"admin:doanvien_{model._meta.model_name}"
        urls = [reverse(f"{name}_changelist")]
        urls += [reverse(f"{name}_change", args=[row.pk]) for row in model.objects.all()[:2]]
        for url in urls:
            text = text_of(client.get(url))
            words = {*SENSITIVE.values(), CCCD, *CONTACT.values()}
            leaks += [(url, word) for word in words if word in text]

    assert leaks == []


def text_of(response) -> str:
    """What a page or a workbook says; papers are another matter, they are issued and logged."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response["Content-Type"].startswith("text/html"):
        return content.decode()
    if "spreadsheet" in response["Content-Type"]:
        book = load_workbook(BytesIO(content))
        return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    return ""
