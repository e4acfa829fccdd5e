"""Which people a file holds: those of the list page, with the same filters, on the same day."""

from types import SimpleNamespace

from django.http import QueryDict

from core.periods import read_day
from doanvien.filters import DoanVienFilter
from doanvien.models import DoanVien
from doanvien.tuoi import MocTuoi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri


def rows_for(user, query: QueryDict, *, quyen: Quyen = Quyen.XUAT_DOAN_VIEN):
    """The members that `user` may take out, filtered as the list's address says."""
    day = read_day(query.get("ngay"))
    moc = MocTuoi(day, gia_tri("tuoi_truong_thanh", ngay=day, don_vi=user.don_vi))
    state = query.get("trang_thai")
    if "ngay" in query and not state:
        rows = DoanVien.objects.thuoc_tai_ngay(user, quyen, day)
    else:
        states = DoanVien.TrangThai
        known = state if state in states.values else states.DANG_SINH_HOAT
        rows = DoanVien.objects.co_trang_thai(known).permitted_to(user, quyen)
    asked = SimpleNamespace(user=user, GET=query)
    return DoanVienFilter(query, queryset=rows.co_chi_doan(), request=asked, moc=moc).qs


def people_of(rows):
    """The rows one by one with what a file tells of them; memory stays flat."""
    return rows.prefetch_related("xep_loai", "ren_luyen").iterator(chunk_size=500)


def reads(user):
    """Whose sensitive fields `user` reads: the right is held at the unit or above it."""
    paths = tuple(user.paths_with(Quyen.XEM_NHAY_CAM))
    return lambda doan_vien: doan_vien.chi_doan.path.startswith(paths)
