"""The figures of the article stand on the district's pages, and each opens as many rows."""

import pytest
from django.urls import reverse

from baocao.bang_so_lieu import load_bang
from baocao.models import BaoCao
from tests.baocao.facts import CHI_TIEU, assert_facts, load_facts
from tochuc.models import DonVi

FACTS = load_facts()
NGHIA_HANH = FACTS["nghia_hanh"]
NAM = NGHIA_HANH["nam"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),  # made by one worker only
]


@pytest.fixture
def district(client, demo):
    client.force_login(demo["demo.nghiahanh"])
    return client


def test_figures_rows_and_ranking_are_those_of_the_article():
    assert_facts(NGHIA_HANH)


def test_the_home_page_opens_at_the_year_of_the_article_with_its_figures(district):
    page = district.get("/")

    values = {kpi["label"]: kpi["value"] for kpi in page.context["kpis"]}
    assert page.context["title"] == f"Tổng quan năm {NAM}"
    assert "số liệu đến 31/12/2020" in page.content.decode()
    assert values == {
        "Chi đoàn": "74",
        "Đoàn viên": "2.982",
        "Kết nạp mới": "1.027",
        "Giới thiệu ưu tú": "117",
        "Kết nạp Đảng": "71",
    }
    for kpi in page.context["kpis"]:
        rows = district.get(kpi["url"]).context["page"].paginator.count
        assert f"{rows:,}".replace(",", ".") == kpi["value"]


@pytest.mark.parametrize(
    ("ma", "xa", "thon"),
    [
        ("que-phong", 13, FACTS["que_phong"]["thon_ban"]),
        ("quy-chau", FACTS["quy_chau"]["xa_thi_tran"], FACTS["quy_chau"]["xom_ban"]),
    ],
)
def test_the_dashboards_of_nghe_an_count_a_branch_for_each_hamlet(client, demo, ma, xa, thon):
    client.force_login(demo["demo.nghean"])
    page = client.get(reverse("baocao:tong_quan", args=[DonVi.objects.get(ma=ma).pk]))

    first = page.context["kpis"][0]
    assert (first["value"], first["note"]) == (str(thon), f"ở {xa} xã, phường, thị trấn")
    assert [cell.so.gia_tri for cell in page.context["tong"][:2]] == [thon, thon]
    assert client.get(first["url"]).context["page"].paginator.count == thon
    empty = {row[0].chu: row[1].chu for row in page.context["bieu_do"][0].dong}
    assert empty["Chi đoàn trắng đoàn viên"] == "0"


def test_the_ranking_opens_there_too_with_the_recorded_levels(district):
    page = district.get(reverse("baocao:xep_hang"))

    assert page.context["nam"] == NAM
    assert "Số liệu đến 31/12/2020" in page.content.decode()
    for kpi in page.context["kpis"]:
        shown = district.get(f"{reverse('baocao:xep_hang')}{kpi['url']}").context["page"]
        assert str(shown.paginator.count) == kpi["value"]
    assert [kpi["value"] for kpi in page.context["kpis"]] == [
        str(NGHIA_HANH["chi_doan_manh"]),
        str(NGHIA_HANH["chi_doan_kha"]),
    ]


def test_the_districts_report_of_the_year_carries_them(district):
    district.post(reverse("baocao:open"), {"ky": str(NAM)})
    report = BaoCao.objects.get(don_vi__ma="nghia-hanh", ky=str(NAM))

    lines = {line.ma: line.gia_tri for line in load_bang(report)}
    assert {ma: lines[ma] for ma in CHI_TIEU} == {ma: NGHIA_HANH[ma] for ma in CHI_TIEU}


def test_the_pipeline_by_commune_counts_to_the_article_and_opens_its_rows(district):
    page = district.get(reverse("tuduong:ho_so_by_unit"))
    bang = page.context["bang"]

    assert "tính đến 31/12/2020" in page.content.decode()
    assert page.context["ky"].nam == NAM
    referred, admitted, *_ = bang.tong.trong_ky
    assert (referred.so, admitted.so) == (
        NGHIA_HANH["gioi_thieu_uu_tu"],
        NGHIA_HANH["duoc_ket_nap_dang"],
    )
    assert {row.don_vi.ten for row in bang.hang} == set(NGHIA_HANH["xa_thi_tran"])
    for place in range(2):
        assert sum(row.trong_ky[place].so for row in bang.hang) == bang.tong.trong_ky[place].so
        for row in (bang.tong, *bang.hang):
            cell = row.trong_ky[place]
            assert district.get(cell.url).context["page"].paginator.count == cell.so
