"""What a branch or a ward has to do about ratings: this part of the home page."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from doanvien.models import DotXepLoai, XepLoai
from doanvien.ngay_thang import ngay_trong_nam
from tochuc.models import DonVi
from tochuc.viec import Viec

THANG_MO, HAN = 10, "15/11"
"""From October on, as shipped; the page itself reads the dated settings."""
_VIEC = {
    DotXepLoai.TrangThai.MO: ("Biểu quyết xếp loại đoàn viên", "Ghi biểu quyết", "info"),
    DotXepLoai.TrangThai.DA_BIEU_QUYET: ("Gửi phường kết quả xếp loại", "Gửi phường", "info"),
    DotXepLoai.TrangThai.TRA_LAI: ("Phường trả lại kết quả xếp loại", "Xem lý do", "warn"),
}


def viec_chi_doan(chi_doan: DonVi, day: date) -> Iterator[Viec]:
    """Rounds that lie with the branch. One query, two in the season without a round.

    From October on a branch with neither a round nor results of the year is told to open one.
    """
    rounds = list(DotXepLoai.objects.cua_chi_doan(chi_doan).filter(nam__gte=day.year - 1))
    for dot in rounds:
        if dot.is_o_chi_doan:
            title, verb, family = _VIEC[dot.trang_thai]
            yield _duty(
                f"{title} năm {dot.nam}", verb, dot.get_absolute_url(), day, dot.nam, family
            )
    is_missing = day.month >= THANG_MO and all(dot.nam != day.year for dot in rounds)
    if is_missing and not XepLoai.objects.cua_chi_doan(chi_doan, day.year).exists():
        url = reverse("chidoan:xep_loai_branch", args=[chi_doan.pk])
        yield _duty(f"Xếp loại đoàn viên năm {day.year}", "Mở đợt", url, day, day.year, "info")


def viec_phuong(phuong: DonVi, day: date) -> Iterator[Viec]:
    """Rounds that wait for the ward. One query."""
    nam = list(
        DotXepLoai.objects.under(phuong).da_gui().order_by("-nam").values_list("nam", flat=True)
    )
    if nam:
        yield Viec(
            tieu_de=f"{len(nam)} chi đoàn chờ quyết định xếp loại năm {nam[0]}",
            url=f"{reverse('chidoan:xep_loai_list')}?nam={nam[0]}",
            icon="file-check",
            nut="Ra quyết định",
            muc="info",
            ngay=day,
        )


def _duty(title: str, verb: str, url: str, day: date, nam: int, family: str) -> Viec:
    return Viec(
        tieu_de=title,
        url=url,
        icon="clipboard-check",
        nut=verb,
        han=ngay_trong_nam(HAN, nam),
        muc=family,
        ngay=day,
    )
