"""Which papers a page shows, and whether one may be opened here."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from django.apps import apps
from django.db.models import Q
from django.http import Http404
from django.urls import NoReverseMatch

from chidoan.giay_to.bao_cao import LOAI as BAO_CAO
from chidoan.giay_to.bien_ban import LOAI as BIEN_BAN
from chidoan.giay_to.nghi_quyet import LOAI as NGHI_QUYET
from chidoan.models import BaoCaoThang, BuoiSinhHoat, NghiQuyet, PhienBanBuoi
from chidoan.noi_dung import NoiDungBuoi, is_same, read_cac_ban, read_noi_dung
from core.periods import KyBaoCao
from tochuc.models import DonVi, VanBan
from tochuc.permissions import Quyen

CUA_CHI_DOAN = (BuoiSinhHoat._meta.label_lower, BaoCaoThang._meta.label_lower)
"""What the papers of this part hang on; others are opened through their own page."""


def so_van_ban(user, quyen=Quyen.XEM_SINH_HOAT):
    """Numbered papers of every unit the person sees, by unit, year and kind, in their order."""
    rows = VanBan.objects.permitted_to(user, quyen).filter(so__isnull=False).defer("tep")
    return (
        rows.with_moi_nhat()
        .select_related("don_vi")
        .order_by("don_vi__path", "-ngay__year", "loai", "so", "phien_ban")
    )


def van_ban_or_404(user, pk: int, quyen=Quyen.XEM_SINH_HOAT) -> VanBan:
    """One paper of the register, with its bytes."""
    row = VanBan.objects.permitted_to(user, quyen).select_related("don_vi").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def is_cua_chi_doan(van_ban: VanBan) -> bool:
    return van_ban.doi_tuong_loai in CUA_CHI_DOAN


def noi_giu(van_ban: VanBan) -> str:
    """The page of what the paper belongs to, which has a right of its own; 404 without one."""
    target = apps.get_model(van_ban.doi_tuong_loai).objects.filter(pk=van_ban.doi_tuong_id).first()
    try:
        return target.get_absolute_url()
    except (AttributeError, NoReverseMatch) as error:
        raise Http404 from error


def van_ban_cua_buoi(buoi: BuoiSinhHoat) -> dict[str, VanBan]:
    """The newest minutes and resolution of a meeting, without bytes. One query."""
    rows = VanBan.objects.of(buoi).con_gia_tri().with_ban().defer("tep").order_by("phien_ban")
    return {row.loai: row for row in rows.filter(loai__in=(BIEN_BAN, NGHI_QUYET))}


def bao_cao_cua_thang(chi_doan: DonVi, ky: KyBaoCao) -> BaoCaoThang | None:
    rows = BaoCaoThang.objects.select_related("chi_doan")
    return rows.filter(chi_doan=chi_doan, nam=ky.nam, thang=ky.thang).first()


def van_ban_bao_cao(bao_cao: BaoCaoThang | None) -> VanBan | None:
    """The newest paper of a report, without bytes."""
    if bao_cao is None or bao_cao.pk is None:
        return None
    return VanBan.objects.with_ban().defer("tep").issued(bao_cao, BAO_CAO)


def tep(van_ban: VanBan) -> bytes:
    """The stored bytes of a paper that was listed without them."""
    return bytes(VanBan.objects.values_list("tep", flat=True).get(pk=van_ban.pk))


def buoi_cua_thang(chi_doan: DonVi, ky: KyBaoCao):
    """Finished meetings of the month, in their order."""
    rows = BuoiSinhHoat.objects.filter(chi_doan=chi_doan).da_hop().trong_ky(ky)
    return rows.order_by("ngay", "pk")


def ra_nghi_quyet(buoi: BuoiSinhHoat) -> bool:
    """Whether a meeting has a resolution to print: tasks of its own, or that go on. One query."""
    rows = NghiQuyet.objects.filter(chi_doan=buoi.chi_doan_id)
    going_on = NghiQuyet.objects.dang_lam_truoc(buoi).values("pk")
    return rows.filter(Q(buoi=buoi) | Q(pk__in=going_on)).exists()


class SuaDoi:
    """Sửa đổi (amendments) of a few meetings, read once: what each said, and says.

    Judged by what is said, not by when it was saved: amended and amended back is as before.
    One query; four more when one of the meetings was amended.
    """

    def __init__(self, rows: Sequence[BuoiSinhHoat]):
        self.rows = rows
        kept = PhienBanBuoi.objects.filter(buoi__in=rows).with_co_gop().order_by("buoi", "so")
        self.versions = list(kept.select_related("buoi__chi_doan"))

    def sau(self, luc: datetime) -> bool:
        """Whether one of them says something else than at that moment, or was not on record."""
        if any(row.hoan_thanh_luc and row.hoan_thanh_luc > luc for row in self.rows):
            return True
        first: dict[int, PhienBanBuoi] = {}
        for version in self.versions:
            if version.thay_luc > luc:
                first.setdefault(version.buoi_id, version)
        return any(
            not is_same(self._said[version.pk], self._says[version.buoi_id])
            for version in first.values()
        )

    @cached_property
    def _said(self) -> dict[int, NoiDungBuoi]:
        said = read_cac_ban(self.versions)
        return {row.pk: one for row, one in zip(self.versions, said, strict=True)}

    @cached_property
    def _says(self) -> dict[int, NoiDungBuoi]:
        amended = {row.buoi_id: row.buoi for row in self.versions}
        return {pk: read_noi_dung(buoi) for pk, buoi in amended.items()}


def bien_ban_cua_ban(ban: PhienBanBuoi) -> VanBan | None:
    """The minutes that were issued while the meeting said what this version keeps."""
    rows = VanBan.objects.of(ban.buoi).with_ban().filter(loai=BIEN_BAN)
    rows = rows.filter(lap_luc__gte=ban.ghi_luc, lap_luc__lt=ban.thay_luc)
    return rows.order_by("phien_ban").last()


def ban_sau(ban: PhienBanBuoi) -> PhienBanBuoi | None:
    """The version that replaced this one; None when that is what the meeting says today."""
    later = ban.buoi.phien_ban.filter(so__gt=ban.so)
    return later.select_related("ghi_boi").order_by("so").first()
