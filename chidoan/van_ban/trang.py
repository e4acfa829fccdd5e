"""Cards of the papers of a month: what is issued, what has changed since, where it opens."""

from dataclasses import dataclass

from django.urls import reverse

from chidoan.giay_to.bien_ban import LOAI as BIEN_BAN
from chidoan.giay_to.nghi_quyet import LOAI as NGHI_QUYET
from chidoan.models import BaoCaoThang, BuoiSinhHoat
from core.periods import KyBaoCao
from tochuc.models import VanBan

from .queries import bao_cao_cua_thang, van_ban_bao_cao, van_ban_cua_buoi


@dataclass(frozen=True)
class TheGiay:
    """One paper of the set as its page shows it."""

    ten: str
    van_ban: VanBan | None
    da_doi: bool
    pdf: str
    word: str
    sua: str = ""

    @property
    def pill(self) -> tuple[str, str, str]:
        if self.van_ban is None:
            return "neutral", "file-pen-line", "Chưa lập"
        if self.da_doi:
            return "warn", "triangle-alert", "Nội dung đã sửa sau khi lập"
        return "ok", "circle-check", f"Đã lập, bản {self.van_ban.phien_ban}"


def the_cua_buoi(buoi: BuoiSinhHoat) -> list[TheGiay]:
    """Minutes, resolution, report. Three queries."""
    papers = van_ban_cua_buoi(buoi)
    minutes, resolution = papers.get(BIEN_BAN), papers.get(NGHI_QUYET)
    ky = KyBaoCao.month_of(buoi.ngay)
    return [
        _the_buoi(buoi, "Biên bản sinh hoạt", minutes, "buoi_pdf bien_ban_word"),
        _the_buoi(buoi, "Nghị quyết chi đoàn", resolution, "nghi_quyet_pdf nghi_quyet_word"),
        the_bao_cao(buoi.chi_doan, ky, bao_cao_cua_thang(buoi.chi_doan, ky), buoi),
    ]


def _the_buoi(buoi: BuoiSinhHoat, ten: str, van_ban: VanBan | None, pages: str) -> TheGiay:
    pdf, word = pages.split()
    return TheGiay(
        ten,
        van_ban,
        van_ban is not None and van_ban.lap_luc < buoi.ghi_luc,
        reverse(f"chidoan:{pdf}", args=[buoi.pk]),
        reverse(f"chidoan:{word}", args=[buoi.pk]),
    )


def the_bao_cao(
    chi_doan, ky: KyBaoCao, bao_cao: BaoCaoThang | None, buoi: BuoiSinhHoat | None = None
) -> TheGiay:
    address = [chi_doan.pk, ky.nam, ky.thang]
    van_ban = van_ban_bao_cao(bao_cao)
    changed = [row.ghi_luc for row in (bao_cao, buoi) if row is not None and row.pk]
    return TheGiay(
        f"Báo cáo tháng {ky.thang}",
        van_ban,
        van_ban is not None and any(van_ban.lap_luc < moment for moment in changed),
        reverse("chidoan:bao_cao_thang_pdf", args=address),
        reverse("chidoan:bao_cao_thang_word", args=address),
        reverse("chidoan:bao_cao_thang", args=address),
    )
