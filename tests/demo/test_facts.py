"""The demo tells the story of facts.json: every figure of it comes out by counting."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from chidoan.mo_hinh.mau_cam_ket import gan_voi
from chidoan.models import ChiDoan, DongSapXep, MoHinh
from core.periods import today
from tochuc.models import DonVi
from tudưong.models import ToTuDuong

FACTS = json.loads((Path(__file__).parents[1] / "data" / "facts.json").read_text("utf-8"))
NGHIA_HANH, PHUONG_1 = FACTS["nghia_hanh"], FACTS["phuong_1"]
QUE_PHONG, QUY_CHAU = FACTS["que_phong"], FACTS["quy_chau"]
SO_LIEU = [
    ("so_thon_to_dan_pho", "so_thon_to_dan_pho"),
    ("chi_doan_manh", "chi_doan_manh"),
    ("chi_doan_kha", "chi_doan_kha"),
    ("doan_vien", "doan_vien"),
    ("ket_nap_moi", "ket_nap_moi"),
    ("gioi_thieu_uu_tu", "gioi_thieu_uu_tu"),
    ("duoc_ket_nap_dang", "duoc_ket_nap_dang"),
]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),  # made by one worker only
]


def figures(unit: str, period: str) -> dict:
    out = StringIO()
    call_command("figures", unit=unit, period=period, json=True, stdout=out)
    answer = json.loads(out.getvalue())
    return {row["code"]: row["value"] for row in answer["indicators"]}


@pytest.mark.parametrize(("fact", "code"), SO_LIEU)
def test_nghia_hanh_counts_to_the_figure_of_the_article(fact, code):
    assert figures("nghia-hanh", str(NGHIA_HANH["nam"]))[code] == NGHIA_HANH[fact]


def test_nghia_hanh_has_its_communes_and_one_branch_for_each_hamlet():
    huyen = DonVi.objects.get(ma="nghia-hanh")
    communes = DonVi.objects.co_so().under(huyen)

    assert sorted(communes.values_list("ten", flat=True)) == sorted(NGHIA_HANH["xa_thi_tran"])
    assert ChiDoan.objects.under(huyen).count() == NGHIA_HANH["so_thon_to_dan_pho"]
    assert figures("nghia-hanh", "2020")["xa_thi_tran"] == len(NGHIA_HANH["xa_thi_tran"])


def test_nghia_hanh_is_called_as_in_the_article():
    huyen = DonVi.objects.get(ma="nghia-hanh")

    assert (str(huyen), str(huyen.cap_tren)) == (NGHIA_HANH["unit"], NGHIA_HANH["above"])


@pytest.mark.parametrize(("xa", "chi_doan"), NGHIA_HANH["chi_doan_tieu_bieu"].items())
def test_notable_branches_stand_in_their_communes(xa, chi_doan):
    commune = DonVi.objects.co_so().get(ten=xa, ma__startswith="nghia-hanh")

    assert set(chi_doan) <= set(ChiDoan.objects.under(commune).values_list("ten", flat=True))


def test_nghia_hanh_has_its_clusters():
    huyen = DonVi.objects.get(ma="nghia-hanh")
    clusters = set(ChiDoan.objects.under(huyen).values_list("cum_thi_dua", flat=True))

    assert clusters == {f"Cụm {so}" for so in NGHIA_HANH["cum_thi_dua"]}


@pytest.mark.parametrize(
    "fact", ["thon_ban", "chi_doan_dia_ban_dan_cu", "chi_doan_trang_doan_vien"]
)
def test_que_phong_counts_to_the_figures_of_the_article(fact):
    assert figures("que-phong", str(QUE_PHONG["nam"]))[fact] == QUE_PHONG[fact]


def test_the_wave_of_mergers_in_que_phong_keeps_everybody():
    before, after = figures("que-phong", "2019"), figures("que-phong", "2020-01")
    merged = DongSapXep.objects.filter(sap_xep__don_vi__ma="que-phong")
    ended = set(merged.values_list("truoc", flat=True)) - {None}
    founded = set(merged.values_list("sau", flat=True)) - {None}

    assert before["thon_ban"] == before["chi_doan"]
    assert before["chi_doan"] - len(ended) + len(founded) == after["chi_doan"] == 139
    assert before["doan_vien"] == after["doan_vien"]
    assert before["chi_doan_trang_doan_vien"] == 0


def test_quy_chau_has_its_communes_and_hamlets_with_a_branch_each():
    counted = figures("quy-chau", "2020")

    assert counted["xa_thi_tran"] == QUY_CHAU["xa_thi_tran"]
    assert counted["xom_ban"] == counted["chi_doan"] == QUY_CHAU["xom_ban"]


def test_classes_of_2020_are_counted_from_their_rows():
    counted = figures("que-phong", str(QUE_PHONG["nam"]))

    assert counted["lop_tap_huan"] == QUE_PHONG["lop_tap_huan"]
    assert counted["luot_tap_huan"] > QUE_PHONG["luot_can_bo_tren"]
    assert figures("quy-chau", "2020")["lop_tap_huan"] >= QUY_CHAU["lop_tap_huan_moi_nam_it_nhat"]


@pytest.mark.parametrize(("ma", "facts"), [("que-phong", QUE_PHONG), ("quy-chau", QUY_CHAU)])
def test_districts_of_nghe_an_stand_below_their_province(ma, facts):
    huyen = DonVi.objects.get(ma=ma)

    assert (str(huyen), str(huyen.cap_tren)) == (facts["unit"], facts["above"])


def test_phuong_1_and_the_unit_above_it_are_called_as_in_the_article():
    phuong = DonVi.objects.get(ma="phuong-1")

    assert str(phuong) == PHUONG_1["unit"]
    assert str(phuong.cap_tren) == PHUONG_1["above"].split(",")[0]


@pytest.mark.parametrize("fact", PHUONG_1["mo_hinh"], ids=["chi đoàn", "đoàn viên ưu tú"])
def test_phuong_1_runs_the_initiative_of_the_article(fact):
    mo_hinh = MoHinh.objects.get(don_vi__ma="phuong-1", ten=fact["ten"])
    team = mo_hinh.thanh_vien.all()

    assert mo_hinh.tu_ngay == date.fromisoformat(PHUONG_1["date"])
    assert team.count() == fact["thanh_vien"]
    assert team.get(la_to_truong=True).chuc_vu == fact["to_truong"]
    assert (mo_hinh.diem.ten if mo_hinh.diem else None) == fact.get("diem", None)
    assert gan_voi(mo_hinh.nhom_cam_ket.all()) == fact.get("gan_voi", [])
    assert mo_hinh.sinh_hoat == fact.get("sinh_hoat", "")


@pytest.mark.parametrize("day", [date.fromisoformat(PHUONG_1["date"]), None], ids=["2018", "today"])
def test_the_cultivation_group_has_ten_with_its_leader(day):
    group = ToTuDuong.objects.get(don_vi__ma="phuong-1")
    members = group.thanh_vien.tai_ngay(day or today())

    assert members.count() == PHUONG_1["mo_hinh"][1]["thanh_vien"]
    assert members.filter(la_to_truong=True).count() == 1
