"""Visits to branches: logged with promises, shown to both sides, counted as duties."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from chidoan.models import LanXuong, LoiHua, PhuTrach
from chidoan.phu_trach import services
from chidoan.phu_trach.queries import cho_xuong, dong_phu_trach
from chidoan.phu_trach.services import HuaLam
from core.errors import RuleError
from core.periods import today
from tests.factories import make_chi_doan, make_chuc_vu, make_doan_vien
from tochuc.models import NhatKy


@pytest.fixture
def uy_vien_phuong(phuong):
    return make_chuc_vu(don_vi=phuong, ho_ten="Hồ Thị Yến")


def visit(chi_doan, chuc_vu, by, **fields) -> LanXuong:
    fields = {"ngay": today(), "noi_dung": "Họp đều, thiếu sách nghiệp vụ"} | fields
    return services.create_lan_xuong(chi_doan=chi_doan, chuc_vu=chuc_vu, by=by, **fields)


def test_a_visit_keeps_its_promises(chi_doan, uy_vien_phuong, bi_thu_phuong):
    due = today() + timedelta(days=14)
    row = visit(
        chi_doan,
        uy_vien_phuong,
        bi_thu_phuong,
        loi_hua=[HuaLam(noi_dung="Gửi sách nghiệp vụ", han=due, nguoi="Hồ Thị Yến")],
    )

    promise = row.loi_hua.get()
    assert (promise.noi_dung, promise.ben, promise.han) == ("Gửi sách nghiệp vụ", "phuong", due)
    assert row.ho_ten == "Hồ Thị Yến"
    with pytest.raises(RuleError, match="đã được ghi"):
        visit(chi_doan, uy_vien_phuong, bi_thu_phuong)
    assert NhatKy.objects.filter(hanh_dong="lan_xuong.create").count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ngay": today() + timedelta(days=1)}, "chưa đến"),
        ({"noi_dung": "  "}, "Ghi thấy gì"),
        ({"loi_hua": [HuaLam(noi_dung="Gửi sách", han=None)]}, "Ghi hạn"),
        ({"loi_hua": [HuaLam(noi_dung="Gửi sách", han=date(2020, 1, 1))]}, "phải từ ngày xuống"),
        ({"loi_hua": [HuaLam(noi_dung="Gửi sách", han=date(9999, 1, 1))]}, "quá hai năm"),
    ],
)
def test_a_visit_is_refused(fields, message, chi_doan, uy_vien_phuong, bi_thu_phuong):
    with pytest.raises(RuleError, match=message):
        visit(chi_doan, uy_vien_phuong, bi_thu_phuong, **fields)

    assert not LanXuong.objects.exists()


def test_nobody_visits_for_another_ward(chi_doan, phuong_khac, bi_thu_phuong):
    stranger = make_chuc_vu(don_vi=phuong_khac)

    with pytest.raises(RuleError, match="cấp trên trực tiếp"):
        visit(chi_doan, stranger, bi_thu_phuong)


def test_each_side_says_of_its_own_promises_that_they_were_kept(
    chi_doan, uy_vien_phuong, bi_thu_phuong, bi_thu
):
    due = today()
    words = [HuaLam(noi_dung=ben, ben=ben, han=due) for ben in ("phuong", "chi_doan")]
    visit(chi_doan, uy_vien_phuong, bi_thu_phuong, loi_hua=words)
    of_ward, of_branch = LoiHua.objects.order_by("-ben")

    with pytest.raises(PermissionDenied):
        services.finish_loi_hua(loi_hua=of_ward, ngay=today(), by=bi_thu)
    services.finish_loi_hua(loi_hua=of_branch, ngay=today(), ket_qua="Đã họp", by=bi_thu)
    with pytest.raises(RuleError, match="đã ghi xong"):
        services.finish_loi_hua(loi_hua=of_branch, ngay=today(), by=bi_thu_phuong)

    assert list(LoiHua.objects.chua_xong()) == [of_ward]
    services.reopen_loi_hua(loi_hua=of_branch, by=bi_thu)
    assert LoiHua.objects.chua_xong().count() == 2


def test_a_visit_with_a_kept_promise_is_not_deleted(chi_doan, uy_vien_phuong, bi_thu_phuong):
    words = [HuaLam(noi_dung="Gửi sách", han=today())]
    row = visit(chi_doan, uy_vien_phuong, bi_thu_phuong, loi_hua=words)
    services.finish_loi_hua(loi_hua=row.loi_hua.get(), ngay=today(), by=bi_thu_phuong)

    with pytest.raises(RuleError, match="không xóa được"):
        services.delete_lan_xuong(lan_xuong=row, by=bi_thu_phuong)


def test_the_desk_puts_a_new_branch_first_and_shows_who_waits(
    phuong, chi_doan, uy_vien_phuong, bi_thu_phuong
):
    young = make_chi_doan(phuong=phuong, thanh_lap=today() - timedelta(days=20))
    for branch in (chi_doan, young):
        secretary = make_doan_vien(chi_doan=branch, tu_ngay=today() - timedelta(days=5))
        make_chuc_vu(don_vi=branch, doan_vien=secretary, chuc_danh="bi_thu")
    PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=uy_vien_phuong, tu_ngay=date(2026, 1, 1))
    rows, so_ngay = dong_phu_trach(phuong, today())

    assert [row.chi_doan.pk for row in rows] == [young.pk, chi_doan.pk]
    assert [row.kem.moi for row in rows] == ["Mới thành lập", ""]
    assert [row.is_lau for row in rows] == [False, True]
    waiting = cho_xuong(phuong, today(), {"han_xuong_chi_doan": so_ngay})
    assert [row.pk for row in waiting] == [chi_doan.pk]

    visit(chi_doan, uy_vien_phuong, bi_thu_phuong)
    assert not cho_xuong(phuong, today(), {"han_xuong_chi_doan": so_ngay}).exists()


def test_a_visit_is_logged_on_the_page_and_read_by_the_branch(
    client, chi_doan, uy_vien_phuong, bi_thu_phuong, bi_thu
):
    client.force_login(bi_thu_phuong)
    data = {
        "ngay": f"{today():%d/%m/%Y}",
        "chuc_vu": uy_vien_phuong.pk,
        "noi_dung": "Sổ ghi đủ",
        "hua_1": "Gửi sách",
        "ben_1": "",
        "han_1": f"{today():%d/%m/%Y}",
    }
    response = client.post(reverse("chidoan:lan_xuong_create", args=[chi_doan.pk]), data)
    assert response.url == reverse("chidoan:lan_xuong_cua", args=[chi_doan.pk])

    client.force_login(bi_thu)
    page = client.get(response.url)
    assert "Sổ ghi đủ" in page.content.decode()
    assert "Gửi sách" in page.content.decode()
    assert "Ghi lần xuống" not in page.content.decode()
