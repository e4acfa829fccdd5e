"""What a ward or an office above has to do about reports: their part of the home page."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.viec import Viec

from .danh_sach import DongBaoCao, da_co
from .models import BaoCao

TRUOC_HAN = 30
"""A report becomes a duty so many days before it is due."""


def viec_lap_bao_cao(don_vi: DonVi, day: date, han_trong_thang: int) -> list[Viec]:
    """Reports the unit has to hand in: returned ones, and those of the last two quarters; also
    those that units which have gone into it left open.

    One query. A quarter becomes a duty in its last month.
    """
    quarter = KyBaoCao.quarter_of(day)
    quarters = (ky for ky in (quarter.previous, quarter) if da_co(don_vi, ky))
    wanted = [ky for ky in quarters if _due(ky, han_trong_thang, day)]
    own = Q(don_vi=don_vi, den_ngay__gte=quarter.previous.start, den_ngay__lte=quarter.end)
    gone = Q(pk__in=BaoCao.objects.con_no(don_vi).order_by().values("pk"))
    rows = list(BaoCao.objects.filter(own | gone).select_related("don_vi").order_by("den_ngay"))
    found = {row.ky: row for row in rows if row.don_vi_id == don_vi.pk}
    duties = [_viec(ky, found.get(ky.code), han_trong_thang, day) for ky in wanted]
    left = [row for row in rows if row.don_vi_id != don_vi.pk]
    duties += [
        _viec(row.ky_bao_cao, row, han_trong_thang, day, cua=f" của {row.don_vi}") for row in left
    ]
    return [duty for duty in duties if duty]


def viec_xem_bao_cao(rows: Sequence[DongBaoCao], day: date) -> list[Viec]:
    """Reports that wait for the office above, each with its button; then who is late. No query."""
    duties = [
        Viec(
            tieu_de=f"Xem xét báo cáo {row.ky.ten} của {row.don_vi}",
            chi_tiet=row.han_text[1],
            url=row.url,
            icon="file-check",
            nut="Xem xét",
            muc="info",
            so_phut=5,
            ngay=day,
        )
        for row in rows
        if row.bao_cao and row.bao_cao.is_da_nop
    ]
    late = [row for row in rows if row.is_cho_nop and row.han < day and _co_so_lieu(row, day)]
    if late:
        duties.append(
            Viec(
                tieu_de=f"{len(late)} đơn vị chưa nộp báo cáo {late[0].ky.ten}",
                han=late[0].han,
                url=f"{reverse('baocao:list')}?ky={late[0].ky.code}&loc=chua-nop",
                icon="megaphone",
                nut="Xem đơn vị",
                ngay=day,
            )
        )
    return duties


def _co_so_lieu(row: DongBaoCao, day: date) -> bool:
    """A unit whose books end before `day` is not late with anything."""
    return row.don_vi.ngay_so_lieu(day) == day


def _due(ky: KyBaoCao, day_of_month: int, day: date) -> bool:
    return (_han(ky, day_of_month) - day).days <= TRUOC_HAN


def _han(ky: KyBaoCao, day_of_month: int) -> date:
    return ky.end.replace(day=min(day_of_month, ky.end.day))


def _viec(
    ky: KyBaoCao, bao_cao: BaoCao | None, day_of_month: int, day: date, cua: str = ""
) -> Viec | None:
    if bao_cao and not bao_cao.is_duoc_ghi:
        return None
    returned = bao_cao is not None and bao_cao.trang_thai == BaoCao.TrangThai.TRA_LAI
    return Viec(
        tieu_de=f"{'Sửa, nộp lại' if returned else 'Nộp'} báo cáo {ky.ten}{cua}",
        chi_tiet="cấp trên trả lại" if returned else "",
        han=bao_cao.han if bao_cao else _han(ky, day_of_month),
        url=bao_cao.get_absolute_url() if bao_cao else reverse("baocao:list"),
        icon="undo-2" if returned else "file-text",
        nut=f"Mở{NBSP}báo cáo",
        so_phut=10,
        muc="warn",
        ngay=day,
    )
