"""What a ward or an office above has to do about reports: their part of the home page."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import NBSP
from tochuc.models import CapDonVi, DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .danh_sach import DongBaoCao, da_co
from .han import LichNop
from .models import BaoCao

TRUOC_HAN = 30
"""A report becomes a duty so many days before it is due."""


def viec_lap_bao_cao(don_vi: DonVi, day: date, lich: LichNop) -> list[Viec]:
    """Reports the unit has to hand in: returned ones, and those of the last two quarters; also
    those that units which have gone into it left open.

    One query. A quarter becomes a duty in its last month.
    """
    own = Q(don_vi=don_vi, ky__in=[ky.code for ky in _hai_quy(day)])
    gone = Q(pk__in=BaoCao.objects.con_no(don_vi).order_by().values("pk"))
    rows = BaoCao.objects.filter(own | gone).select_related("don_vi").order_by("den_ngay")
    return _viec_lap(don_vi, day, lich, list(rows))


def dem_chi_doan(user, don_vi: DonVi, day: date, lich: LichNop) -> Iterator[ViecDem]:
    """A branch's own reports: returned ones, and those that are due within a month, an opened one
    by its own days, which the office above may have moved."""
    if not user.may(Quyen.LAP_BAO_CAO, don_vi):
        return
    returned = BaoCao.objects.filter(don_vi=don_vi, trang_thai=BaoCao.TrangThai.TRA_LAI)
    yield ViecDem(rows=returned, viec=partial(_sua_lai, day=day))
    for ky in _hai_quy(day):
        mau = lich.phai_nop(don_vi.cap, ky)
        if not mau:
            continue
        opened = BaoCao.objects.filter(don_vi=don_vi, ky=ky.code, trang_thai=BaoCao.TrangThai.MO)
        due = opened.filter(han__lte=day + timedelta(days=TRUOC_HAN), nhan_den__gte=day)
        yield ViecDem(rows=due, viec=partial(_nop, ky=ky, day=day), han="han")
        han = lich.han(mau, ky)
        if (han - day).days <= TRUOC_HAN and day <= lich.muon(ky, han):
            unit = DonVi.objects.filter(pk=don_vi.pk).exclude(bao_cao__ky=ky.code)
            yield ViecDem(rows=_chua_nop(unit, ky), viec=partial(_chua_mo, ky=ky, due=han, day=day))


def dem_phuong(user, don_vi: DonVi, day: date, lich: LichNop) -> Iterator[ViecDem]:
    """Reports of branches that wait for the ward, and branches that are late with theirs."""
    if not user.may(Quyen.DUYET_BAO_CAO, don_vi):
        return
    for ky in _hai_quy(day):
        mau = lich.phai_nop(CapDonVi.CHI_DOAN, ky)
        if not mau:
            continue
        below = BaoCao.objects.under(don_vi).filter(don_vi__cap=CapDonVi.CHI_DOAN, ky=ky.code)
        waiting = below.filter(trang_thai=BaoCao.TrangThai.DA_NOP)
        yield ViecDem(rows=waiting, viec=partial(_xem, ky=ky, day=day))
        if (han := lich.han(mau, ky)) < day:
            units = DonVi.objects.truc_thuoc(don_vi, day).filter(cap=CapDonVi.CHI_DOAN)
            late = partial(_cham_nop, ky=ky, due=han, day=day)
            yield ViecDem(rows=_chua_nop(units, ky), viec=late)


def _chua_nop(units, ky: KyBaoCao):
    """Units of the period that have handed in nothing and are not waived; without those whose
    report was returned, which is a duty of its own."""
    done = BaoCao.objects.filter(don_vi=OuterRef("pk"), ky=ky.code)
    done = done.filter(Q(nop_lan_dau__isnull=False) | Q(trang_thai=BaoCao.TrangThai.MIEN))
    founded = Q(thanh_lap__isnull=True) | Q(thanh_lap__lte=ky.end)
    return units.filter(founded, ~Exists(done))


def _sua_lai(so: int, _, *, day: date) -> Viec:
    return Viec(
        tieu_de=f"Sửa, nộp lại {so}{NBSP}báo cáo",
        chi_tiet="cấp trên trả lại",
        url=reverse("baocao:list"),
        icon="undo-2",
        nut=f"Mở{NBSP}báo cáo",
        so_phut=5,
        muc="warn",
        ngay=day,
    )


def _chua_mo(so: int, _, *, ky: KyBaoCao, due: date, day: date) -> Viec:
    return _nop(so, due, ky=ky, day=day)


def _nop(_so: int, due: date, *, ky: KyBaoCao, day: date) -> Viec:
    return Viec(
        tieu_de=f"Nộp báo cáo {ky.ten}",
        han=due,
        url=reverse("baocao:list"),
        icon="file-text",
        nut=f"Mở{NBSP}báo cáo",
        so_phut=2,
        muc="warn",
        ngay=day,
    )


def _xem(so: int, _, *, ky: KyBaoCao, day: date) -> Viec:
    return Viec(
        tieu_de=f"Xem xét {so}{NBSP}báo cáo {ky.ten} của chi đoàn",
        url=f"{reverse('baocao:list')}?ky={ky.code}&loc=cho",
        icon="file-check",
        nut="Xem xét",
        muc="info",
        so_phut=3 * so,
        ngay=day,
    )


def _cham_nop(so: int, _han, *, ky: KyBaoCao, due: date, day: date) -> Viec:
    return Viec(
        tieu_de=f"{so}{NBSP}chi đoàn chưa nộp báo cáo {ky.ten}",
        han=due,
        url=f"{reverse('baocao:list')}?ky={ky.code}&loc=chua-nop",
        icon="megaphone",
        nut="Xem đơn vị",
        ngay=day,
    )


def _hai_quy(day: date) -> tuple[KyBaoCao, KyBaoCao]:
    quarter = KyBaoCao.quarter_of(day)
    return quarter.previous, quarter


def _viec_lap(don_vi: DonVi, day: date, lich: LichNop, rows: list[BaoCao]) -> list[Viec]:
    found = {row.ky: row for row in rows if row.don_vi_id == don_vi.pk}
    duties = []
    for ky in _hai_quy(day):
        mau = lich.phai_nop(don_vi.cap, ky)
        if mau and da_co(don_vi, ky) and (lich.han(mau, ky) - day).days <= TRUOC_HAN:
            duties.append(_viec(ky, found.get(ky.code), lich.han(mau, ky), day))
    left = [row for row in rows if row.don_vi_id != don_vi.pk]
    duties += [_viec(row.ky_bao_cao, row, row.han, day, cua=f" của {row.don_vi}") for row in left]
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
    return duties + _cham(rows, day)


def _cham(rows: Sequence[DongBaoCao], day: date) -> list[Viec]:
    """Who is late, in one duty."""
    late = [row for row in rows if row.is_cho_nop and row.han < day and _co_so_lieu(row, day)]
    if not late:
        return []
    return [
        Viec(
            tieu_de=f"{len(late)} đơn vị chưa nộp báo cáo {late[0].ky.ten}",
            han=late[0].han,
            url=f"{reverse('baocao:list')}?ky={late[0].ky.code}&loc=chua-nop",
            icon="megaphone",
            nut="Xem đơn vị",
            ngay=day,
        )
    ]


def _co_so_lieu(row: DongBaoCao, day: date) -> bool:
    """A unit whose books end before `day` is not late with anything."""
    return row.don_vi.ngay_so_lieu(day) == day


def _viec(ky: KyBaoCao, bao_cao: BaoCao | None, han: date, day: date, cua: str = "") -> Viec | None:
    if bao_cao and not bao_cao.is_duoc_ghi:
        return None
    returned = bao_cao is not None and bao_cao.trang_thai == BaoCao.TrangThai.TRA_LAI
    return Viec(
        tieu_de=f"{'Sửa, nộp lại' if returned else 'Nộp'} báo cáo {ky.ten}{cua}",
        chi_tiet="cấp trên trả lại" if returned else "",
        han=bao_cao.han if bao_cao else han,
        url=bao_cao.get_absolute_url() if bao_cao else reverse("baocao:list"),
        icon="undo-2" if returned else "file-text",
        nut=f"Mở{NBSP}báo cáo",
        so_phut=10,
        muc="warn",
        ngay=day,
    )
