"""The numbers of facts.json on the pages of figures, in reports and in everything taken home."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from baocao.models import BaoCao
from baocao.so_lieu_ky import dem_so_lieu, qua_cac_ky
from core.periods import KyBaoCao
from core.text.display import so
from tests.baocao.facts import CHI_TIEU, load_facts
from tochuc.models import DonVi

FACTS = load_facts()
NH, QP, QC = FACTS["nghia_hanh"], FACTS["que_phong"], FACTS["quy_chau"]
SO_LIEU = {
    "nghia-hanh": {ma: NH[ma] for ma in CHI_TIEU} | {"xa_thi_tran": len(NH["xa_thi_tran"])},
    "que-phong": {
        "so_thon_to_dan_pho": QP["thon_ban"],
        "chi_doan_dan_cu": QP["chi_doan_dia_ban_dan_cu"],
        "chi_doan_trang_doan_vien": QP["chi_doan_trang_doan_vien"],
        "lop_tap_huan": QP["lop_tap_huan"],
    },
    "quy-chau": {"xa_thi_tran": QC["xa_thi_tran"], "so_thon_to_dan_pho": QC["xom_ban"]},
    "phuong-1": {"mo_hinh": len(FACTS["phuong_1"]["mo_hinh"])},
}
TAI_KHOAN = {
    "nghia-hanh": "demo.nghiahanh",
    "que-phong": "demo.quephong",
    "quy-chau": "demo.nghean",
    "phuong-1": "demo.phuong",
}
NAM = {"phuong-1": FACTS["phuong_1"]["date"][:4]}
BAO_CAO = ("nghia-hanh", "que-phong")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),  # made by one worker only
]


def nam(ma: str) -> str:
    return NAM.get(ma, str(NH["nam"]))


@pytest.fixture
def figures(client, demo):
    """The page of figures of a unit in the year of its article, for the office that keeps it."""

    def ask(ma: str):
        client.force_login(demo[TAI_KHOAN[ma]])
        url = reverse("baocao:don_vi_so_lieu", args=[DonVi.objects.get(ma=ma).pk])
        return client.get(url, {"ky": nam(ma)})

    return ask


@pytest.mark.parametrize("ma", SO_LIEU)
def test_the_page_of_figures_shows_them_and_each_opens_as_many_rows(client, figures, ma):
    page = figures(ma)
    lines = {row.chi_tieu.ma: row for _, rows in page.context["nhom"] for row in rows}

    assert {code: lines[code].trong_ky.tu for code in SO_LIEU[ma]} == SO_LIEU[ma]
    for code, value in SO_LIEU[ma].items():
        assert client.get(lines[code].url).context["page"].paginator.count == value
        assert f">{so(value)}</a>" in page.content.decode()


@pytest.mark.parametrize("ma", SO_LIEU)
def test_its_workbook_has_them_for_the_unit_and_for_each_below(client, figures, ma):
    page = figures(ma)
    book = load_workbook(BytesIO(client.get(page.context["export_url"]).content))
    own, below = (list(sheet.values) for sheet in book)
    names = {row.chi_tieu.ma: row.chi_tieu for _, rows in page.context["nhom"] for row in rows}

    counted = {line[1]: line[3] for line in own[1:]}
    unit = str(DonVi.objects.get(ma=ma))
    for code, value in SO_LIEU[ma].items():
        item = names[code]
        place = below[0].index(f"{item.ten} ({item.don_vi_tinh})")
        assert counted[item.ten] == value
        assert {line[0]: line[place] for line in below[1:]}[unit] == value


@pytest.fixture
def report(client, demo):
    """The unit's report of the year, opened by its office."""

    def open_one(ma: str) -> BaoCao:
        client.force_login(demo[TAI_KHOAN[ma]])
        client.post(reverse("baocao:open"), {"ky": nam(ma)})
        return BaoCao.objects.get(don_vi__ma=ma, ky=nam(ma))

    return open_one


@pytest.mark.parametrize("ma", BAO_CAO)
def test_the_paper_of_the_years_report_prints_them(client, report, ma):
    paper = client.get(reverse("baocao:pdf", args=[report(ma).pk])).content
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    words = re.sub(r"\s+", " ", text)

    for value in SO_LIEU[ma].values():
        assert f" {so(value)} " in words


@pytest.mark.parametrize("ma", BAO_CAO)
def test_the_workbook_of_its_appendix_has_them(client, report, ma):
    answer = client.get(reverse("baocao:xlsx", args=[report(ma).pk]))
    cells = {
        value for sheet in load_workbook(BytesIO(answer.content)) for row in sheet.values
        for value in row
    }  # fmt: skip

    assert set(SO_LIEU[ma].values()) <= cells


def test_the_facts_of_the_years_hold_them():
    for ma, expected in SO_LIEU.items():
        unit = DonVi.objects.get(ma=ma)
        ky = KyBaoCao.parse(nam(ma))
        dem_so_lieu(unit, ky)
        kept = qua_cac_ky(unit, [ky])[ky.code]
        assert {code: kept.so(code).tu for code in expected} == expected


@pytest.mark.parametrize(("ma", "so_chi_doan"), [("nghia-hanh", 74), ("que-phong", 139)])
def test_the_ranking_of_the_year_has_every_branch(client, demo, ma, so_chi_doan):
    client.force_login(demo[TAI_KHOAN[ma]])
    page = client.get(reverse("baocao:xep_hang"), {"ky": nam(ma)})

    assert page.context["page"].paginator.count == so_chi_doan
