"""Livelihood and advice: the quarter's table, who is helped, what an answer brings."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chidoan.kiem_tra import viec as kiem_tra_viec
from chidoan.models import HoTro, MoHinhKinhTe, SoDuTo, ThamMuu, ToTietKiem
from chidoan.sinh_ke import services
from chidoan.sinh_ke.bang_quy import read_quy
from chidoan.sinh_ke.queries import to_truong, tong_so_du
from chidoan.tham_muu import services as tham_muu
from chidoan.tham_muu import viec as tham_muu_viec
from chidoan.truong_so import SoField, TienField
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from core.text.numbers import money
from tests.factories import make_doan_vien
from tests.kiem_tra_data import (
    make_cuoc,
    make_ho_tro,
    make_kien_nghi,
    make_mo_hinh_kinh_te,
    make_so_du,
    make_tham_muu,
    make_to_tiet_kiem,
)
from tochuc.models import NhatKy
from tochuc.viec import dem_viec

Q2, Q3 = KyBaoCao(2026, quy=2), KyBaoCao(2026, quy=3)


# ---- rules -----------------------------------------------------------------------------------


@given(st.integers(min_value=0, max_value=10**13 - 1))
def test_an_amount_is_read_as_it_is_shown(amount):
    field = TienField(required=False)

    for text in (money(amount), f"{money(amount)} đ", str(amount), money(amount).replace(".", " ")):
        assert field.clean(text) == amount
    assert field.clean("") is None


@pytest.mark.parametrize("text", ["-5", "3 triệu", "1e6", "12345678"])
def test_what_is_no_count_is_refused_in_words(text):
    with pytest.raises(Exception, match="chữ số"):
        SoField().clean(text)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 8, 31), "2026Q2"),
        (date(2026, 9, 1), "2026Q3"),
        (date(2026, 1, 15), "2025Q4"),
    ],
)
def test_the_quarter_to_write_down_is_the_one_that_ends(day, code):
    assert KyBaoCao.quarter_due(day).code == code
    assert read_quy("2026", Q2).code == "2026Q4"
    assert read_quy("nonsense", Q2) == Q2


# ---- savings-and-loan groups -------------------------------------------------------------------


def test_a_ward_writes_a_quarter_of_all_groups_in_one_table(
    client_of, bi_thu_phuong, phuong, chi_doan
):
    own = make_to_tiet_kiem(don_vi=phuong, ten="Tổ phường")
    branch = make_to_tiet_kiem(don_vi=chi_doan)
    make_so_du(branch, "2026Q1", du_no=900_000_000)
    make_so_du(branch, "2026Q2", du_no=950_000_000)
    client = client_of(bi_thu_phuong)
    url = f"/sinh-ke/to/so-du/?don_vi={phuong.pk}&ky=2026Q2"

    page = client.get(url).context["form"]
    shown = {box.html_name: box.value() or "" for box in page}
    members, owed = f"to{own.pk}-so_thanh_vien", f"to{own.pk}-du_no"
    wrong = {members: "40", owed: "1.000", f"to{own.pk}-no_qua_han": "2.000"}
    refused = client.post(url, shown | wrong)
    saved = client.post(url, shown | {members: "40", owed: "1.000.000.000"})

    cells = {row.to.pk: [was for _, was in row.o] for row in page.hang}
    assert cells[branch.pk][1] == "900.000.000"
    assert cells[own.pk] == ["", "", "", ""]
    assert "không thể lớn hơn dư nợ" in refused.content.decode()
    assert f"chỗ viền đỏ ở {own}" in refused.content.decode()
    assert saved.status_code == 302
    assert dict(SoDuTo.objects.cua_quy(Q2).values_list("to", "du_no")) == {
        own.pk: 10**9,
        branch.pk: 950_000_000,
    }


@pytest.fixture
def older(client_of, bi_thu_phuong, phuong, chi_doan):
    """A table that was opened before somebody else wrote another balance of its first group; its
    second one has none."""
    to, trong = make_to_tiet_kiem(don_vi=chi_doan), make_to_tiet_kiem(don_vi=phuong, ten="Trống")
    make_so_du(to, du_no=950_000_000)
    client = client_of(bi_thu_phuong)
    url = f"/sinh-ke/to/so-du/?don_vi={phuong.pk}&ky=2026Q2"
    shown = {box.html_name: box.value() or "" for box in client.get(url).context["form"]}
    SoDuTo.objects.cua_to(to).cua_quy(Q2).update(du_no=960_000_000)
    return SimpleNamespace(to=to, trong=trong, client=client, url=url, shown=shown)


def test_a_table_of_balances_that_is_older_overwrites_nothing(older):
    to, khac, client, url = older.to, older.trong, older.client, older.url
    rows = SoDuTo.objects.cua_to(to).cua_quy(Q2)

    written = {f"to{khac.pk}-so_thanh_vien": "9", f"to{khac.pk}-du_no": "1.000"}
    client.post(url, older.shown | written)

    assert rows.get().du_no == 960_000_000
    assert SoDuTo.objects.cua_to(khac).cua_quy(Q2).get().du_no == 1000

    mine = older.shown | {f"to{to.pk}-du_no": "970.000.000", f"to{khac.pk}-so_thanh_vien": ""}
    late = client.post(url, mine)

    assert late.status_code == 409
    assert late.context["versions"] == [
        {
            "label": str(to),
            "mine": "tổ viên 35, dư nợ 970.000.000",
            "theirs": "tổ viên 35, dư nợ 960.000.000",
        }
    ]
    assert rows.get().du_no == 960_000_000
    again = client.post(url, mine | {"version": late.context["form"]["version"].value()})
    assert again.status_code == 302
    assert rows.get().du_no == 970_000_000
    assert SoDuTo.objects.cua_to(khac).cua_quy(Q2).get().du_no == 1000  # an empty row keeps


def test_after_a_refusal_a_group_that_was_still_empty_is_written_too(older):
    to, trong, client, url = older.to, older.trong, older.client, older.url
    mine = older.shown | {f"to{to.pk}-du_no": "970.000.000"}
    seen = {"version": client.post(url, mine).context["form"]["version"].value()}

    client.post(url, mine | seen | {f"to{trong.pk}-so_thanh_vien": "9", f"to{trong.pk}-du_no": "0"})

    assert SoDuTo.objects.cua_to(trong).cua_quy(Q2).get().so_thanh_vien == 9


def test_each_group_of_the_table_costs_one_statement(chi_doan, bi_thu):
    cac_to = [make_to_tiet_kiem(don_vi=chi_doan, ten=f"Tổ {so}") for so in range(4)]
    for to in cac_to:
        make_so_du(to)

    def cost(groups, du_no):
        values = {"so_thanh_vien": 9, "du_no": du_no}
        with CaptureQueriesContext(connection) as asked:
            assert services.save_so_du(
                ky=Q2, so_du=dict.fromkeys(groups, values), by=bi_thu
            ) == len(groups)
        return len(asked)

    cost(cac_to[:1], 10)  # reads the roles of the account as well
    assert cost(cac_to, 20) - cost(cac_to[:1], 30) == 3


def test_the_list_shows_the_newest_state_up_to_the_quarter(client_of, bi_thu_phuong, chi_doan):
    to = make_to_tiet_kiem(don_vi=chi_doan)
    make_so_du(to, "2026Q1", du_no=500_000_000, no_qua_han=1_000_000)
    make_so_du(to, "2026Q3", du_no=800_000_000)

    (row,) = ToTietKiem.objects.with_so_du(Q2)

    assert (row.du_no, row.no_qua_han, row.quy_so_du) == (500_000_000, 1_000_000, 1)
    assert tong_so_du(ToTietKiem.objects.with_so_du(Q3))["du_no"] == 800_000_000
    page = client_of(bi_thu_phuong).get("/sinh-ke/?ky=2026Q2&qua_han=co")
    assert page.context["page"].paginator.count == 1


def test_a_group_needs_a_leader_and_keeps_what_was_written(bi_thu, bi_thu_phuong, chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    fields = {"ten": "Tổ TK&VV khu vực 1", "tu_ngay": date(2025, 1, 2), "ghi_chu": ""}
    with pytest.raises(RuleError, match="tổ trưởng"):
        services.create_to(don_vi=chi_doan, by=bi_thu, to_truong=None, ten_to_truong="", **fields)

    to = services.create_to(don_vi=chi_doan, by=bi_thu, to_truong=person, **fields)
    make_so_du(to)

    assert to_truong(person) == [to]
    later = fields | {"to_truong": person, "tu_ngay": today() + timedelta(days=1)}
    with pytest.raises(RuleError, match="chưa đến"):
        services.update_to(to=to, version=1, by=bi_thu, **later)
    with pytest.raises(RuleError, match="không xóa được"):
        services.delete_to(to=to, by=bi_thu)
    services.update_to(
        to=to, version=1, by=bi_thu_phuong, to_truong=person, **fields, den_ngay=today()
    )
    assert NhatKy.objects.get(hanh_dong="to_tiet_kiem.update").noi_dung["nhap_thay"] is True
    with pytest.raises(StaleError):
        services.update_to(to=to, version=1, by=bi_thu, to_truong=person, **fields)
    assert to_truong(person, today() + timedelta(days=1)) == []


def test_a_branch_writes_for_itself_and_the_office_above_for_nobody(
    bi_thu, van_phong, chi_doan, chi_doan_khac
):
    ky = KyBaoCao.quarter_due(today())
    values = {"so_thanh_vien": 30, "du_no": 10, "no_qua_han": None, "tiet_kiem": None}
    own, other = make_to_tiet_kiem(don_vi=chi_doan), make_to_tiet_kiem(don_vi=chi_doan_khac)

    assert services.save_so_du(ky=ky, so_du={own: values}, by=bi_thu) == 1
    assert services.save_so_du(ky=ky, so_du={own: values}, by=bi_thu) == 0
    for to, person in ((other, bi_thu), (own, van_phong)):
        with pytest.raises(PermissionDenied):
            services.save_so_du(ky=ky, so_du={to: values}, by=person)


# ---- models and supports -----------------------------------------------------------------------


def test_a_support_is_for_a_member_or_for_somebody_by_name(bi_thu, chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    fields = {"ngay": today(), "ket_qua": "Vay nuôi bò", "so_tien": 50_000_000}

    row = services.create_ho_tro(
        don_vi=chi_doan, by=bi_thu, loai="vay_von", doan_vien=person, ho_ten="Ai đó", **fields
    )

    assert (row.cho_ai, row.ho_ten) == (person.ho_ten, "")
    with pytest.raises(RuleError, match="đã được ghi"):
        services.create_ho_tro(
            don_vi=chi_doan, by=bi_thu, loai="vay_von", doan_vien=person, ho_ten="", **fields
        )
    with pytest.raises(RuleError, match="được giúp"):
        services.create_ho_tro(don_vi=chi_doan, by=bi_thu, loai="gia_dinh", **fields)
    with pytest.raises(RuleError, match="số tiền vay"):
        services.create_ho_tro(
            don_vi=chi_doan, by=bi_thu, loai="vay_von", ho_ten="Bà Tư", **fields | {"so_tien": None}
        )


def test_a_model_that_is_given_up_has_its_day(bi_thu, chi_doan):
    row = make_mo_hinh_kinh_te(doan_vien=make_doan_vien(chi_doan=chi_doan))
    fields = {"ten": row.ten, "loai": row.loai, "tu_ngay": row.tu_ngay, "trang_thai": "thoi"}

    services.update_mo_hinh(mo_hinh=row, version=1, by=bi_thu, **fields)

    row.refresh_from_db()
    assert row.den_ngay == today()
    assert not MoHinhKinhTe.objects.tai_ngay(today() + timedelta(days=1)).exists()
    assert MoHinhKinhTe.objects.tai_ngay(date(2025, 12, 1)).exists()


@pytest.mark.parametrize("so", [1, 3])
@pytest.mark.parametrize("url", ["/sinh-ke/", "/sinh-ke/mo-hinh/", "/sinh-ke/ho-tro/"])
def test_lists_take_the_same_queries_for_any_number_of_rows(
    client_of, bi_thu, chi_doan, so, url, django_assert_max_num_queries
):
    for number in range(so):
        person = make_doan_vien(chi_doan=chi_doan)
        make_to_tiet_kiem(don_vi=chi_doan, ten=f"Tổ {number}", to_truong=person)
        make_mo_hinh_kinh_te(doan_vien=person)
        make_ho_tro(doan_vien=person)

    client = client_of(bi_thu)

    with django_assert_max_num_queries(9):
        page = client.get(url)

    assert page.context["page"].paginator.count == so


def test_who_only_looks_reads_a_support_without_a_form(client_of, kiem_tra, bi_thu, chi_doan):
    row = make_ho_tro(doan_vien=make_doan_vien(chi_doan=chi_doan))

    seen = client_of(kiem_tra).get(f"/sinh-ke/ho-tro/{row.pk}/")

    assert "Đã nhận việc" in seen.content.decode()
    assert "form" not in seen.context
    assert HoTro.objects.visible_to(bi_thu).count() == 1


# ---- advice ------------------------------------------------------------------------------------


def test_an_answer_has_its_day_and_brings_money_only_when_accepted(bi_thu_phuong, phuong):
    row = make_tham_muu(don_vi=phuong)
    answer = {"tham_muu": row, "version": row.version, "by": bi_thu_phuong}

    with pytest.raises(RuleError, match="ngày trả lời"):
        tham_muu.answer_tham_muu(ket_qua="khong", **answer)
    with pytest.raises(RuleError, match="chấp thuận"):
        tham_muu.answer_tham_muu(
            ket_qua="khong", ngay_tra_loi=today(), kinh_phi=1_000_000, **answer
        )
    tham_muu.answer_tham_muu(
        ket_qua="mot_phan", ngay_tra_loi=today(), kinh_phi=15_000_000, **answer
    )
    assert ThamMuu.objects.tong() == {"gui": 1, "duoc": 1, "cho": 0, "kinh_phi": 15_000_000}

    with pytest.raises(StaleError):
        tham_muu.answer_tham_muu(ket_qua="da_gui", **answer)
    tham_muu.answer_tham_muu(ket_qua="da_gui", **(answer | {"version": row.version + 1}))
    row.refresh_from_db()
    assert (row.ngay_tra_loi, row.kinh_phi) == (None, None)


def test_the_district_does_not_write_the_wards_advice(client_of, van_phong, kiem_tra, phuong):
    row = make_tham_muu(don_vi=phuong)

    with pytest.raises(PermissionDenied):
        tham_muu.delete_tham_muu(tham_muu=row, by=van_phong)
    assert client_of(van_phong).get(f"/tham-muu/{row.pk}/sua/").status_code == 403
    assert client_of(kiem_tra).get(f"/tham-muu/{row.pk}/").status_code == 200


# ---- duties ------------------------------------------------------------------------------------


def test_silence_delay_and_remedies_are_duties_of_those_whose_work_they_are(
    bi_thu_phuong, bi_thu, van_phong, phuong, chi_doan, client_of
):
    day = today()
    make_tham_muu(don_vi=phuong, ngay=day - timedelta(days=31))
    make_tham_muu(don_vi=phuong, ngay=day - timedelta(days=30))
    make_cuoc(doi_tuong=chi_doan, han=day - timedelta(days=3))
    concluded = make_cuoc(doi_tuong=chi_doan, trang_thai="da_ket_luan")
    make_kien_nghi(concluded, han=day - timedelta(days=2))
    make_kien_nghi(concluded, trang_thai="da_tra_loi")
    from_above = make_cuoc(doi_tuong=phuong, trang_thai="da_ket_luan")
    make_kien_nghi(from_above, han=day - timedelta(days=2))

    def duties(user, don_vi, *parts):
        found = [item for part in parts for item in part(user, don_vi, day, SETTINGS)]
        return [(row.tieu_de.replace("\xa0", " "), row.qua_han) for row in dem_viec(found)]

    def opened(user, *parts):
        found = [item for part in parts for item in part(user, user.don_vi, day, SETTINGS)]
        pages = [client_of(user).get(row.url) for row in dem_viec(found)]
        return [len(page.context["page"].object_list) for page in pages]

    ward = duties(bi_thu_phuong, phuong, kiem_tra_viec.dem_phuong, tham_muu_viec.dem_phuong)
    assert sorted(ward) == [
        ("1 cuộc kiểm tra theo kế hoạch chưa tiến hành", True),
        ("1 kiến nghị sau kiểm tra quá hạn chưa khắc phục", True),
        ("Hỏi lại 1 nội dung tham mưu chưa được trả lời", False),
        ("Khắc phục 1 kiến nghị sau kiểm tra", True),
        ("Xác nhận 1 báo cáo khắc phục sau kiểm tra", False),
    ]
    assert opened(bi_thu_phuong, kiem_tra_viec.dem_phuong) == [1, 1, 1, 1]
    assert opened(bi_thu, kiem_tra_viec.dem_chi_doan) == [1]
    assert duties(bi_thu, chi_doan, kiem_tra_viec.dem_chi_doan) == [
        ("Khắc phục 1 kiến nghị sau kiểm tra", True)
    ]
    assert duties(van_phong, phuong, kiem_tra_viec.dem_phuong) == []


SETTINGS = {"han_tra_loi_tham_muu": 30}


def test_download_is_on_record_without_what_was_searched(client_of, bi_thu):
    url = reverse("chidoan:ho_tro_list")

    client_of(bi_thu).get(url, {"q": "Nguyễn Văn An", "export": "xlsx"})

    line = NhatKy.objects.get(hanh_dong="ho_tro.export")
    assert line.noi_dung["so_dong"] == 0
    assert "An" not in line.noi_dung["loc"]
