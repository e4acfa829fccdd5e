"""The numbers of facts.json on the pages of figures, in reports and in everything taken home."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from baocao.chi_tieu import THEO_MA
from baocao.models import BaoCao
from baocao.so_lieu_ky import dem_so_lieu, qua_cac_ky
from chidoan.models import MoHinh
from core.periods import KyBaoCao
from core.text.display import ngay, so
from tests.baocao.facts import CHI_TIEU, load_facts
from tests.core.docx_reading import opened, texts
from tests.factories import make_nguoi_dung
from tochuc.models import DonVi
from tochuc.permissions import VaiTro

FACTS = load_facts()
NH, QP, QC, P1 = (FACTS[ma] for ma in ("nghia_hanh", "que_phong", "quy_chau", "phuong_1"))
SO_LIEU = {
    "nghia-hanh": {ma: NH[ma] for ma in CHI_TIEU}
    | {"xa_thi_tran": len(NH["xa_thi_tran"]), "chi_doan": NH["chi_doan_manh"] + NH["chi_doan_kha"]},
    "que-phong": {
        "so_thon_to_dan_pho": QP["thon_ban"],
        "chi_doan_dan_cu": QP["chi_doan_dia_ban_dan_cu"],
        "chi_doan_trang_doan_vien": QP["chi_doan_trang_doan_vien"],
        "lop_tap_huan": QP["lop_tap_huan"],
    },
    "quy-chau": {
        "xa_thi_tran": QC["xa_thi_tran"],
        "so_thon_to_dan_pho": QC["xom_ban"],
        "lop_tap_huan": QC["lop_tap_huan_moi_nam_it_nhat"],
    },
    "phuong-1": {"mo_hinh": len(P1["mo_hinh"])},
}
"""Of each unit in its year: what its page, its report and its workbooks say under the name of the
indicator. In Quế Phong more than 200 came to classes, which is no figure of the article."""
TAI_KHOAN = {
    "nghia-hanh": "demo.nghiahanh",
    "que-phong": "demo.quephong",
    "phuong-1": "demo.phuong",
}
NAM = {"phuong-1": P1["date"][:4]}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),  # made by one worker only
]


def nam(ma: str) -> str:
    return NAM.get(ma, str(NH["nam"]))


@pytest.fixture
def office(client, demo):
    """Signs in who keeps the unit's books; the demo has nobody in Quỳ Châu."""

    def sign_in(ma: str):
        unit = DonVi.objects.get(ma=ma)
        user = demo.get(TAI_KHOAN.get(ma)) or make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, unit)
        client.force_login(user)
        return client, unit

    return sign_in


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def of_pdf(content: bytes) -> str:
    return words(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def of_word(content: bytes) -> str:
    return words(" ".join(texts(opened(content))))


def of_excel(content: bytes) -> list[tuple]:
    return [row for sheet in load_workbook(BytesIO(content)) for row in sheet.values]


@pytest.mark.parametrize("ma", SO_LIEU)
def test_the_page_of_figures_its_rows_and_its_workbook_have_them(office, ma):
    client, unit = office(ma)
    page = client.get(reverse("baocao:don_vi_so_lieu", args=[unit.pk]), {"ky": nam(ma)})
    book = load_workbook(BytesIO(client.get(page.context["export_url"]).content))
    own, below = (list(sheet.values) for sheet in book)
    counted = {line[1]: line[3] for line in own[1:]}
    lines = {row.chi_tieu.ma: row for _, rows in page.context["nhom"] for row in rows}

    for code, value in SO_LIEU[ma].items():
        item = lines[code].chi_tieu
        place = below[0].index(f"{item.ten} ({item.don_vi_tinh})")
        assert lines[code].trong_ky.tu == counted[item.ten] == value, code
        assert {line[0]: line[place] for line in below[1:]}[str(unit)] == value, code
        assert f">{so(value)}</a>" in page.content.decode()
        assert client.get(lines[code].url).context["page"].paginator.count == value, code
    if ma == "que-phong":
        assert lines["luot_tap_huan"].trong_ky.tu > QP["luot_can_bo_tren"]


@pytest.mark.same_on_both
@pytest.mark.parametrize("ma", SO_LIEU)
def test_the_years_report_has_them_as_paper_and_workbook(office, ma):
    """Word is made from the same declaration as PDF: it is read once."""
    client, unit = office(ma)
    client.post(reverse("baocao:open"), {"ky": nam(ma)})
    report = BaoCao.objects.get(don_vi=unit, ky=nam(ma))

    def read(name: str):
        return client.get(reverse(f"baocao:{name}", args=[report.pk])).content

    papers = [of_pdf(read("pdf")), *([of_word(read("word"))] if ma == "nghia-hanh" else [])]
    rows = of_excel(read("xlsx"))

    for paper in papers:
        assert str(unit).upper() in paper.upper()
        assert str(unit.cap_tren).upper() in paper.upper()
    for code, value in SO_LIEU[ma].items():
        item = THEO_MA[code]
        for paper in papers:
            assert f"{item.ten} {item.don_vi_tinh} {so(value)} " in paper, code
        assert any(item.ten in row and value in row for row in rows), code


def test_the_facts_of_the_years_hold_them():
    for ma, expected in SO_LIEU.items():
        unit = DonVi.objects.get(ma=ma)
        ky = KyBaoCao.parse(nam(ma))
        dem_so_lieu(unit, ky)
        kept = qua_cac_ky(unit, [ky])[ky.code]
        assert {code: kept.so(code).tu for code in expected} == expected


@pytest.mark.parametrize(
    ("ma", "so_chi_doan"),
    [("nghia-hanh", NH["so_thon_to_dan_pho"]), ("que-phong", QP["chi_doan_dia_ban_dan_cu"])],
)
def test_the_ranking_of_the_year_has_every_branch_in_its_cluster(office, ma, so_chi_doan):
    client, _ = office(ma)
    page = client.get(reverse("baocao:xep_hang"), {"ky": nam(ma)})
    rows = of_excel(
        client.get(reverse("baocao:xep_hang"), {"ky": nam(ma), "export": "xlsx"}).content
    )

    assert page.context["page"].paginator.count == so_chi_doan
    place = rows[0].index("Chi đoàn")
    assert len([row for row in rows[1:] if row[place]]) == so_chi_doan
    if ma == "nghia-hanh":
        for commune, branches in NH["chi_doan_tieu_bieu"].items():
            for name in branches:
                assert any(name in row and f"xã {commune}" in row for row in rows), name
        clusters = {f"Cụm {number}" for number in NH["cum_thi_dua"]}
        assert clusters == {cell for row in rows for cell in row if str(cell).startswith("Cụm ")}


@pytest.mark.same_on_both
@pytest.mark.parametrize("fact", P1["mo_hinh"], ids=["chi đoàn", "đoàn viên ưu tú"])
def test_the_initiatives_of_phuong_1_on_their_pages_reports_and_workbook(office, fact):
    client, unit = office("phuong-1")
    pk = MoHinh.objects.get(don_vi=unit, ten=fact["ten"]).pk
    page = words(re.sub(r"<[^>]+>", " ", client.get(f"/mo-hinh/{pk}/").content.decode()))
    pdf, word = (
        read(client.get(reverse(f"baocao:mo_hinh_bao_cao_{name}", args=[pk])).content)
        for name, read in (("pdf", of_pdf), ("word", of_word))
    )
    rows = of_excel(client.get("/mo-hinh/", {"export": "xlsx"}).content)
    (row,) = (row for row in rows if fact["ten"] in row)
    begun = date.fromisoformat(P1["date"])

    assert f"Tổ thực hiện: {fact['thanh_vien']} đồng chí" in page
    assert f"Ra mắt {ngay(begun)}" in page
    assert f"Tổ trưởng · {fact['to_truong']}" in page
    for paper in (pdf, word):
        assert f"Tổ thực hiện gồm {fact['thanh_vien']:02d} đồng chí" in paper
        assert f"ra mắt ngày {begun:%d} tháng {begun.month} năm {begun.year}" in paper
        assert f"{fact['to_truong']}, tổ trưởng" in paper
    assert fact["thanh_vien"] in row
    assert begun in [getattr(cell, "date", lambda: None)() for cell in row]
    for said in (fact.get("diem"), *fact.get("gan_voi", []), fact.get("sinh_hoat")):
        assert all((said or "") in text for text in (page, pdf, word, " ".join(map(str, row)))), (
            said
        )
