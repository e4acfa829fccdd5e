"""What there is to do about transfers: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import ChuyenSinhHoat
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

NHAC = "nhac_chuyen_sinh_hoat"
KHOA_VIEC = (NHAC,)
T = ChuyenSinhHoat.TrangThai
_TU_CHOI = (T.TU_CHOI, "Xem lại {} việc chuyển sinh hoạt bị trả lại", "undo-2", "Xem lý do")
_DEN = (T.CHO_CHI_DOAN_DEN, "Tiếp nhận {} đồng chí chuyển đến", "user-check", "Xác nhận")
_KY = (T.CHO_PHUONG_DI, "Ký giới thiệu {} đồng chí chuyển đi", "pencil-line", "Ký giới thiệu")
_TIEP_NHAN = (
    T.CHO_PHUONG_DEN,
    "Tiếp nhận {} đồng chí, giới thiệu về chi đoàn",
    "git-branch-plus",
    "Chọn chi đoàn",
)
_NOI_KHAC = (
    T.CHO_NOI_KHAC,
    "Hỏi nơi đến về {} đồng chí chưa có xác nhận",
    "mail",
    "Ghi xác nhận",
)


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Of one branch: whom to take in, and what came back refused."""
    if user.may(Quyen.SUA_DOAN_VIEN, don_vi):
        rows = ChuyenSinhHoat.objects
        yield _viec(rows.filter(chi_doan_di=don_vi), _TU_CHOI, day, quy_dinh, muc="warn")
        yield _viec(rows.filter(chi_doan_den=don_vi), _DEN, day, quy_dinh)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Of a ward: what waits for its signature.

    A slip sent outside the system is waited for; it is a duty once it is late.
    """
    if user.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        leaving = ChuyenSinhHoat.objects.filter(phuong_di=don_vi)
        yield _viec(leaving, _KY, day, quy_dinh)
        yield _viec(ChuyenSinhHoat.objects.filter(phuong_den=don_vi), _TIEP_NHAN, day, quy_dinh)
        late = leaving.cho_lau(day - timedelta(days=quy_dinh[NHAC]))
        yield _viec(late, _NOI_KHAC, day, quy_dinh, query="&cham=true")


def _viec(rows, step, day: date, quy_dinh: Mapping, *, query="", muc="info") -> ViecDem:
    """One duty for all that wait at the same step; it is due with the first of them."""
    trang_thai, words, icon, nut = step

    def viec(so, tu):
        url = f"{reverse('doanvien:chuyen_list')}?muc=cho_toi&trang_thai={trang_thai}{query}"
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            han=tu + timedelta(days=quy_dinh[NHAC]),
            url=url,
            icon=icon,
            nut=nut,
            so_phut=so,
            muc=muc,
            ngay=day,
        )

    return ViecDem(rows=rows.o_buoc(trang_thai), viec=viec, han="ngay_buoc")
