"""What a branch or a ward has to do about ratings: this part of the home page."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from doanvien.models import DotXepLoai, XepLoai
from doanvien.ngay_thang import ngay_trong_nam
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.viec import Viec

KHOA_VIEC = ("xep_loai_tu_ngay", "xep_loai_han")
"""The settings read here, for a page that reads others along."""
_VIEC = {
    DotXepLoai.TrangThai.MO: ("Biểu quyết xếp loại đoàn viên", "Ghi biểu quyết", "info"),
    DotXepLoai.TrangThai.DA_BIEU_QUYET: ("Gửi phường kết quả xếp loại", "Gửi phường", "info"),
    DotXepLoai.TrangThai.TRA_LAI: ("Phường trả lại kết quả xếp loại", "Xem lý do", "warn"),
}


def viec_chi_doan(
    chi_doan: DonVi, day: date, *, quy_dinh: Mapping[str, str] | None = None
) -> Iterator[Viec]:
    """Rounds that lie with the branch. One query with `quy_dinh` (values of KHOA_VIEC), else two.

    In the season a branch with neither a round nor results of the year is told to open one;
    to know that takes one query more.
    """
    values = quy_dinh or gia_tri_nhieu(list(KHOA_VIEC), ngay=day, don_vi=chi_doan)
    rounds = list(DotXepLoai.objects.cua_chi_doan(chi_doan).filter(nam__gte=day.year - 1))
    for dot in rounds:
        if dot.is_o_chi_doan:
            title, verb, family = _VIEC[dot.trang_thai]
            url, han = dot.get_absolute_url(), ngay_trong_nam(values["xep_loai_han"], dot.nam)
            yield _duty(f"{title} năm {dot.nam}", verb, url, day, han, family)
    is_season = day >= ngay_trong_nam(values["xep_loai_tu_ngay"], day.year)
    if not is_season or any(dot.nam == day.year for dot in rounds):
        return
    if not XepLoai.objects.cua_chi_doan(chi_doan, day.year).exists():
        url = reverse("chidoan:xep_loai_branch", args=[chi_doan.pk])
        han = ngay_trong_nam(values["xep_loai_han"], day.year)
        yield _duty(f"Xếp loại đoàn viên năm {day.year}", "Mở đợt", url, day, han, "info")


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


def _duty(title: str, verb: str, url: str, day: date, han: date, family: str) -> Viec:
    return Viec(
        tieu_de=title,
        url=url,
        icon="clipboard-check",
        nut=verb,
        han=han,
        muc=family,
        ngay=day,
    )
