"""What a branch or a ward has to do about transfers: its part of the home page from here."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import ChuyenSinhHoat
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri
from tochuc.viec import Viec

T = ChuyenSinhHoat.TrangThai
_CHI_DOAN = {
    T.CHO_CHI_DOAN_DEN: ("Xác nhận tiếp nhận", "user-check", "Xác nhận"),
    T.TU_CHOI: ("Việc chuyển bị từ chối", "undo-2", "Xem lý do"),
}
_PHUONG = {
    T.CHO_PHUONG_DI: ("Ký giới thiệu chuyển sinh hoạt", "pencil-line", "Ký giới thiệu"),
    T.CHO_PHUONG_DEN: ("Tiếp nhận, giới thiệu về chi đoàn", "git-branch-plus", "Chọn chi đoàn"),
    T.CHO_NOI_KHAC: ("Ghi xác nhận của nơi đến", "mail", "Ghi xác nhận"),
}


def viec_chi_doan(don_vi: DonVi, day: date) -> list[Viec]:
    """Of one branch: whom to take in, and what came back refused. One query for the rows."""
    mine = Q(trang_thai=T.CHO_CHI_DOAN_DEN, chi_doan_den=don_vi)
    returned = Q(trang_thai=T.TU_CHOI, chi_doan_di=don_vi)
    return list(_duties(mine | returned, _CHI_DOAN, don_vi, day))


def viec_phuong(don_vi: DonVi, day: date) -> list[Viec]:
    """Of a ward: what waits for its signature. One query for the rows.

    A slip sent outside the system is waited for; it is a duty once it is late.
    """
    waiting = Q(trang_thai=T.CHO_PHUONG_DI, phuong_di=don_vi)
    coming = Q(trang_thai=T.CHO_PHUONG_DEN, phuong_den=don_vi)
    outside = Q(trang_thai=T.CHO_NOI_KHAC, phuong_di=don_vi)
    return list(_duties(waiting | coming | outside, _PHUONG, don_vi, day))


def _duties(mine: Q, words: dict, don_vi: DonVi, day: date) -> Iterator[Viec]:
    so_ngay = timedelta(days=gia_tri("nhac_chuyen_sinh_hoat", ngay=day, don_vi=don_vi))
    rows = list(
        ChuyenSinhHoat.objects.filter(mine).select_related("doan_vien").order_by("ngay_buoc", "pk")
    )
    for trang_thai, (title, icon, button) in words.items():
        same = [row for row in rows if row.trang_thai == trang_thai]
        if trang_thai == T.CHO_NOI_KHAC:
            same = [row for row in same if row.ngay_buoc + so_ngay < day]
        if same:
            yield _duty(same, title, icon, button, day=day, so_ngay=so_ngay)


def _duty(
    rows: Iterable[ChuyenSinhHoat], title: str, icon: str, button: str, *, day, so_ngay
) -> Viec:
    """One duty for all that wait at the same step; it is due with the first of them."""
    first = rows[0]
    many = f"{len(rows)}{NBSP}đồng chí"
    list_url = f"{reverse('doanvien:chuyen_list')}?muc=cho_toi&trang_thai={first.trang_thai}"
    waited = (day - first.ngay_buoc).days
    return Viec(
        tieu_de=f"{title}: {first.doan_vien.ho_ten if len(rows) == 1 else many}",
        chi_tiet=f"chờ {waited}{NBSP}ngày" if waited else "",
        han=first.ngay_buoc + so_ngay,
        url=first.get_absolute_url() if len(rows) == 1 else list_url,
        icon=icon,
        nut=button,
        so_phut=len(rows),
        muc="warn" if first.trang_thai == T.TU_CHOI else "info",
        ngay=day,
    )
