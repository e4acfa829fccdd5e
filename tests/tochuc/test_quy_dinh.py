"""Dated settings: read for a unit on a day, set with a paper, and never for the neighbours."""

import ast
import inspect
from datetime import date, timedelta

import pytest

from core.errors import RuleError
from core.periods import today
from tochuc import quy_dinh, services
from tochuc.gia_tri import READERS, gia_tri_bang_chu, read_gia_tri
from tochuc.models import NhatKy, QuyDinh
from tochuc.quy_dinh import KHOA, gia_tri

MA = "tuoi_truong_thanh"


def set_value(don_vi, by, gia_tri="35", tu_ngay=date(2026, 1, 1), ma=MA):
    return services.set_quy_dinh(
        ma=ma, don_vi=don_vi, tu_ngay=tu_ngay, gia_tri=gia_tri, can_cu="12-HD/TĐTN", by=by
    )


def test_every_shipped_value_is_one_that_could_be_typed():
    for khoa in KHOA.values():
        assert khoa.kieu in READERS, khoa
        for moc in khoa.moc:
            assert read_gia_tri(khoa, str(moc.gia_tri)) == moc.gia_tri, khoa
            assert moc.can_cu, khoa


def test_values_are_shown_in_words():
    for khoa in KHOA.values():
        for value in (khoa.moc[0].gia_tri, *khoa.lua_chon):
            assert "_" not in gia_tri_bang_chu(khoa, value), khoa


@pytest.mark.parametrize(
    ("ma", "typed", "words"),
    [
        (MA, "ba mươi", "không phải số nguyên"),
        (MA, "-1", "không phải số nguyên"),
        (MA, "30,5", "không phải số nguyên"),
        (MA, "  ", "Ghi giá trị"),
        ("nguong_bch_gioi_thieu", "3/2", "không quá 1"),
        ("nguong_bch_gioi_thieu", "0/3", "lớn hơn 0"),
        ("nguong_bch_gioi_thieu", "quá nửa", "Ghi dạng 2/3"),
        ("nguong_bch_gioi_thieu", "1/0", "không quá 1"),
        ("mau_so_van_ban", "NQ/ĐTN", "{so}"),
        ("tuoi_ket_nap_toi_thieu", "15", "15\\+1"),
        ("chu_thay_mat", "Thay mặt", "Chọn một trong"),
    ],
)
def test_a_value_of_another_kind_is_refused(ma, typed, words):
    with pytest.raises(RuleError, match=words) as refusal:
        read_gia_tri(KHOA[ma], typed)

    assert refusal.value.field == "gia_tri"


def test_a_value_holds_for_the_unit_and_below_from_its_day_on(van_phong, huyen, phuong, chi_doan):
    set_value(phuong, van_phong)

    assert gia_tri(MA, ngay=date(2025, 12, 31), don_vi=phuong) == 30
    assert gia_tri(MA, ngay=date(2026, 1, 1), don_vi=phuong) == 35
    assert gia_tri(MA, ngay=date(2026, 1, 1), don_vi=chi_doan) == 35
    assert gia_tri(MA, ngay=date(2026, 1, 1), don_vi=huyen) == 30


def test_a_ward_reads_but_does_not_set(client_of, bi_thu_phuong, phuong):
    client = client_of(bi_thu_phuong)

    assert client.get(f"/quy-dinh/{MA}/").status_code == 200
    assert client.get(f"/quy-dinh/{MA}/moi/").status_code == 403
    with pytest.raises(RuleError, match="việc của cấp trên"):
        set_value(phuong, bi_thu_phuong)


def test_the_office_above_sets_a_value_on_the_page(client_of, van_phong, phuong):
    data = {"gia_tri": "35", "tu_ngay": "01/01/2027", "don_vi": phuong.pk, "can_cu": "12-HD/TĐTN"}

    response = client_of(van_phong).post(f"/quy-dinh/{MA}/moi/", data)

    assert response.url == f"/quy-dinh/{MA}/"
    row = QuyDinh.objects.get()
    assert (row.gia_tri, row.tu_ngay, row.don_vi) == (35, date(2027, 1, 1), phuong)
    line = NhatKy.objects.get(hanh_dong="quy_dinh.set")
    assert line.noi_dung["gia_tri"] == 35
    assert line.don_vi == phuong


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"gia_tri": "abc"}, "gia_tri"),
        ({"can_cu": " "}, "can_cu"),
        ({"tu_ngay": "2026"}, "tu_ngay"),
    ],
)
def test_a_wrong_value_is_named_beside_its_field(client_of, van_phong, phuong, changes, field):
    data = {"gia_tri": "35", "tu_ngay": "01/01/2027", "don_vi": phuong.pk, "can_cu": "12-HD"}

    response = client_of(van_phong).post(f"/quy-dinh/{MA}/moi/", data | changes)

    assert field in response.context["form"].errors
    assert not QuyDinh.objects.exists()


def test_a_mistyped_value_of_today_is_replaced_and_both_stay_in_the_log(van_phong, phuong):
    set_value(phuong, van_phong, "53", today())
    set_value(phuong, van_phong, "35", today())

    assert QuyDinh.objects.get().gia_tri == 35
    assert NhatKy.objects.filter(hanh_dong="quy_dinh.set").first().noi_dung["truoc"] == 53


def test_a_value_of_a_day_that_is_past_is_not_replaced(van_phong, phuong):
    yesterday = today() - timedelta(days=1)
    set_value(phuong, van_phong, "35", yesterday)

    with pytest.raises(RuleError, match="đã có một giá trị"):
        set_value(phuong, van_phong, "31", yesterday)


def test_the_list_names_value_unit_and_paper_of_today(
    client_of, van_phong, bi_thu_phuong, phuong, phuong_khac
):
    set_value(phuong, van_phong, "35")
    set_value(phuong_khac, van_phong, "32")

    rows = client_of(bi_thu_phuong).get("/quy-dinh/").context["rows"]

    row = next(row for row in rows if row["khoa"].ma == MA)
    assert (row["value"], row["unit"], row["can_cu"]) == ("35 tuổi", phuong, "12-HD/TĐTN")
    assert len(rows) == len(KHOA)


def test_the_history_holds_what_applies_to_the_reader_only(
    client_of, van_phong, bi_thu_phuong, huyen, phuong, phuong_khac
):
    for unit, value in [(huyen, "31"), (phuong, "35"), (phuong_khac, "32")]:
        set_value(unit, van_phong, value)

    rows = client_of(bi_thu_phuong).get(f"/quy-dinh/{MA}/").context["rows"]

    assert {row["value"] for row in rows} == {"30 tuổi", "31 tuổi", "35 tuổi"}


def test_an_unknown_setting_is_not_there(client_of, van_phong):
    assert client_of(van_phong).get("/quy-dinh/khong-co/").status_code == 404


def test_pages_take_few_queries(client_of, van_phong, django_assert_num_queries):
    client = client_of(van_phong)

    # session, user, roles, values
    with django_assert_num_queries(4):
        client.get("/quy-dinh/")
    # the same and the history
    with django_assert_num_queries(5):
        client.get(f"/quy-dinh/{MA}/")


def test_two_settings_never_share_a_key():
    """The later of two would silently take the place of the earlier, which others read."""
    source = ast.parse(inspect.getsource(quy_dinh))
    calls = (node for node in ast.walk(source) if isinstance(node, ast.Call))
    made = [call.args[0] for call in calls if getattr(call.func, "id", "") in ("Khoa", "_mot")]
    keys = [key.value for key in made if isinstance(key, ast.Constant)]

    assert len(keys) > 50
    assert [key for key in keys if keys.count(key) > 1] == []
