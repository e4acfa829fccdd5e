"""An import is taken back within a week, as a whole, while nothing new hangs on its people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.errors import RuleError
from doanvien.models import DoanVien, DotNhap, QuaTrinh
from doanvien.nhap.hoan_tac import undo_nhap
from doanvien.nhap.services import choose_nhap, confirm_nhap, preview_nhap
from doanvien.services import update_doan_vien
from tests.doanvien.nhap_lists import make_workbook, member
from tests.factories import make_buoi, make_doan_vien
from tochuc.models import NhatKy

pytestmark = pytest.mark.django_db
OLD = {"cccd": "093204000001", "ho_ten": "Tên Cũ", "email": "cu@example.vn", "dan_toc": "Hoa"}


@pytest.fixture
def nguoi_cu(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, ngay_sinh=date(2003, 1, 2), **OLD)


@pytest.fixture
def dot(phuong, chi_doan, bi_thu_phuong, nguoi_cu):
    """One new member and one record filled from the file."""
    content = make_workbook(member(email="moi@example.vn"), member(cccd="093204000002"))
    dot = preview_nhap(content=content, ten_tep="ds.xlsx", don_vi=phuong, by=bi_thu_phuong)
    choose_nhap(dong=dot.dong.first(), cap_nhat=True, by=bi_thu_phuong)
    return confirm_nhap(dot_nhap=dot, expected_count=1, expected_updates=1, by=bi_thu_phuong)


def undo(dot, by, so_nguoi=1):
    return undo_nhap(dot_nhap=dot, so_nguoi=so_nguoi, by=by)


def test_undo_removes_what_came_and_restores_what_was(dot, nguoi_cu, phuong, bi_thu_phuong):
    assert "cu@example.vn" not in str(list(dot.dong.values()))
    nguoi_cu.refresh_from_db()
    assert (nguoi_cu.ho_ten, nguoi_cu.email) == ("Nguyễn Văn An", "moi@example.vn")

    undo(dot, bi_thu_phuong)

    nguoi = DoanVien.objects.get()
    found = (nguoi.ho_ten, nguoi.khoa_tim, nguoi.email, nguoi.dan_toc, nguoi.ngay_sinh)
    assert found == ("Tên Cũ", "ten cu", "cu@example.vn", "Hoa", date(2003, 1, 2))
    assert QuaTrinh.objects.count() == 1
    line = NhatKy.objects.get(hanh_dong="dot_nhap.undo")
    assert line.noi_dung == {"so_nguoi": 1, "cap_nhat": 1}
    content = make_workbook(member(email="moi@example.vn"), member(cccd="093204000002"))
    again = preview_nhap(content=content, ten_tep="ds.xlsx", don_vi=phuong, by=bi_thu_phuong)
    assert (again != dot, again.dong.count()) == (True, 2)


def edited(dot, by):
    nguoi = dot.dong.them_moi().get().doan_vien
    update_doan_vien(doan_vien=nguoi, version=1, changes={"noi_o": "Nhà"}, by=by)


def updated_again(dot, by):
    nguoi = dot.dong.da_cap_nhat().get().doan_vien
    update_doan_vien(doan_vien=nguoi, version=nguoi.version, changes={"noi_o": "Nhà"}, by=by)


def on_a_roll(dot, by):
    nguoi = dot.dong.them_moi().get().doan_vien
    make_buoi(chi_doan=nguoi.chi_doan, diem_danh={nguoi: "co_mat"})


def too_late(dot, by):
    DotNhap.objects.update(nhap_luc=timezone.now() - timedelta(days=9))


def undone(dot, by):
    undo(dot, by)


@pytest.mark.parametrize(
    ("happening", "part"),
    [
        (edited, "Nguyễn Văn An đã được sửa sau khi nhập"),
        (updated_again, "Nguyễn Văn An đã được sửa sau khi nhập"),
        (on_a_roll, "Nguyễn Văn An đã có điểm danh"),
        (too_late, "Chỉ hoàn tác được đến hết ngày"),
        (undone, "đã hoàn tác"),
    ],
)
def test_undo_is_refused_as_a_whole(dot, bi_thu_phuong, happening, part):
    happening(dot, bi_thu_phuong)
    before = list(DoanVien.objects.order_by("pk").values())

    with pytest.raises(RuleError, match=part):
        undo(dot, bi_thu_phuong)

    assert list(DoanVien.objects.order_by("pk").values()) == before


def test_page_asks_with_what_goes(client_of, dot, bi_thu_phuong):
    client = client_of(bi_thu_phuong)
    url = f"{dot.get_absolute_url()}hoan-tac/"
    assert url in client.get(dot.get_absolute_url()).content.decode()
    asked = client.get(url)
    assert "Bỏ khỏi sổ 1 đồng chí đã thêm. Trả lại 1 lý lịch" in asked.content.decode()

    client.post(url, {"so_nguoi": 1})

    assert DoanVien.objects.count() == 1
    assert "đã hoàn tác lúc" in client.get(dot.get_absolute_url()).content.decode()
