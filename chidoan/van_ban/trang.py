"""Cards of the papers of a month: what is issued, what has changed since, where it opens."""

from dataclasses import dataclass

from django.urls import reverse

from chidoan.giay_to.bien_ban import LOAI as BIEN_BAN
from chidoan.giay_to.nghi_quyet import LOAI as NGHI_QUYET
from chidoan.models import BaoCaoThang, BuoiSinhHoat
from core.periods import KyBaoCao
from tochuc.models import VanBan

from .queries import (
    SuaDoi,
    bao_cao_cua_thang,
    ra_nghi_quyet,
    van_ban_bao_cao,
    van_ban_cua_buoi,
)


@dataclass(frozen=True)
class TheGiay:
    """One paper of the set as its page shows it; `khong_co` when there is nothing to print."""

    ten: str
    van_ban: VanBan | None
    da_doi: bool
    pdf: str
    word: str
    sua: str = ""
    khong_co: bool = False

    @property
    def is_moi(self) -> bool:
        """Whether nothing is to be issued: it stands as it is, or there is none."""
        return self.khong_co or (self.van_ban is not None and not self.da_doi)

    @property
    def pill(self) -> tuple[str, str, str]:
        if self.khong_co:
            return "neutral", "circle-check", "Buổi này không ra nghị quyết"
        if self.van_ban is None:
            return "neutral", "file-pen-line", "Chưa lập"
        if self.da_doi:
            return "warn", "triangle-alert", "Nội dung đã sửa sau khi lập"
        return "ok", "circle-check", f"Đã lập, bản {self.van_ban.ban}"


def the_cua_buoi(buoi: BuoiSinhHoat) -> list[TheGiay]:
    """Minutes, resolution, report. Four queries, and those of `SuaDoi`."""
    papers = van_ban_cua_buoi(buoi)
    minutes, resolution = papers.get(BIEN_BAN), papers.get(NGHI_QUYET)
    ky = KyBaoCao.month_of(buoi.ngay)
    sua_doi = SuaDoi([buoi])
    report = bao_cao_cua_thang(buoi.chi_doan, ky)
    return [
        _the_buoi(buoi, "Biên bản sinh hoạt", minutes, sua_doi, "buoi_pdf bien_ban_word"),
        _the_buoi(
            buoi,
            "Nghị quyết chi đoàn",
            resolution,
            sua_doi,
            "nghi_quyet_pdf nghi_quyet_word",
            khong_co=resolution is None and not ra_nghi_quyet(buoi),
        ),
        the_bao_cao(buoi.chi_doan, ky, report, sua_doi),
    ]


def _the_buoi(
    buoi, ten: str, van_ban: VanBan | None, sua_doi: SuaDoi, pages: str, *, khong_co: bool = False
) -> TheGiay:
    pdf, word = pages.split()
    return TheGiay(
        ten,
        van_ban,
        van_ban is not None and sua_doi.sau(van_ban.lap_luc),
        reverse(f"chidoan:{pdf}", args=[buoi.pk]),
        reverse(f"chidoan:{word}", args=[buoi.pk]),
        khong_co=khong_co,
    )


def the_bao_cao(chi_doan, ky: KyBaoCao, bao_cao: BaoCaoThang | None, sua_doi: SuaDoi) -> TheGiay:
    """The report of the month; `sua_doi` is of the meetings that it has to tell of."""
    address = [chi_doan.pk, ky.nam, ky.thang]
    van_ban = van_ban_bao_cao(bao_cao)
    return TheGiay(
        f"Báo cáo tháng {ky.thang}",
        van_ban,
        van_ban is not None and (bao_cao.ghi_luc > van_ban.lap_luc or sua_doi.sau(van_ban.lap_luc)),
        reverse("chidoan:bao_cao_thang_pdf", args=address),
        reverse("chidoan:bao_cao_thang_word", args=address),
        reverse("chidoan:bao_cao_thang", args=address),
    )
