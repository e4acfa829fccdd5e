import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from baocao.models import ChiTieuNam
from tests.cay import doi_cay
from tests.factories import make_buoi, make_doan_vien, make_phuong


def run(*args):
    out = StringIO()
    call_command("figures", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def quarter(chi_doan):
    nguoi = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1))
    khac = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 2, 1))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 1), diem_danh={nguoi: "co_mat", khac: "vang"})


def test_json_has_the_agreed_shape(quarter):
    answer = json.loads(run("--unit", "phuong-thu", "--period", "2026Q3", "--json"))

    indicators = {item["code"]: item for item in answer.pop("indicators")}
    assert answer == {
        "unit": "phuong-thu",
        "period": "2026Q3",
        "from": "2026-07-01",
        "to": "2026-09-30",
        "as_of": "2026-09-30",
    }
    assert indicators["ket_nap_moi"] == {
        "code": "ket_nap_moi",
        "name": "Kết nạp mới",
        "unit": "người",
        "numerator": 1,
        "denominator": None,
        "value": 1,
    }
    assert indicators["ty_le_du_sinh_hoat"]["numerator"] == 1
    assert indicators["ty_le_du_sinh_hoat"]["denominator"] == 2
    assert indicators["ty_le_du_sinh_hoat"]["value"] == 50.0
    assert "xa_thi_tran" not in indicators


def test_as_of_looks_from_an_earlier_day(quarter):
    answer = json.loads(
        run("--unit", "phuong-thu", "--period", "2026", "--as-of", "2026-03-31", "--json")
    )

    values = {item["code"]: item["value"] for item in answer["indicators"]}
    assert answer["as_of"] == "2026-03-31"
    assert (values["doan_vien"], values["ket_nap_moi"]) == (1, 1)


def test_the_map_of_the_period_counts_a_branch_where_it_was(quarter, chi_doan):
    other = make_phuong(ma="phuong-moi", cap_tren=chi_doan.cap_tren.cap_tren)
    doi_cay([(chi_doan, other, date(2026, 10, 1))])

    def members(*args):
        answer = json.loads(run("--period", "2026Q3", "--as-of", "2026-09-30", "--json", *args))
        return next(row["value"] for row in answer["indicators"] if row["code"] == "doan_vien")

    maps = [("--unit", "phuong-thu"), ("--unit", "phuong-moi")]
    assert [members(*unit, "--map", "reported") for unit in maps] == [2, 0]
    assert [members(*unit) for unit in maps] == [0, 2]


def test_table_is_for_people(quarter):
    text = run("--unit", "phuong-thu", "--period", "2026Q3")

    assert text.startswith("Đoàn phường Thử, quý\u00a0III năm\u00a02026, số liệu đến 30/09/2026")
    assert "50 %  1/2" in text


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--unit", "khong-co", "--period", "2026"), "Không có đơn vị mang mã «khong-co»."),
        (("--unit", "phuong-thu", "--period", "2026Q5"), "Kỳ «2026Q5» không đúng."),
        (
            ("--unit", "phuong-thu", "--period", "2026", "--as-of", "31/12"),
            "Ngày «31/12» không đúng.",
        ),
    ],
)
def test_what_is_unknown_ends_with_code_two(phuong, args, sentence):
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("figures", *args, "--json", stdout=out, stderr=err)

    assert stop.value.code == 2
    assert err.getvalue().startswith(sentence)
    assert out.getvalue() == ""


def test_the_year_so_far_and_its_target_stand_beside_each_figure(quarter, phuong):
    ChiTieuNam.objects.create(don_vi=phuong, ma="ket_nap_moi", nam=2026, gia_tri=4)

    args = ("--unit", "phuong-thu", "--period", "2026Q3")
    row = next(
        item
        for item in json.loads(run(*args, "--json", "--targets"))["indicators"]
        if item["code"] == "ket_nap_moi"
    )
    assert (row["value"], row["year_to_date"], row["target"], row["percent"]) == (1, 2, 4.0, 50.0)
    assert "lũy kế 2; chỉ tiêu năm 4, đạt 50 %" in run(*args)
