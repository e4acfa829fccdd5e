"""Reads of cultivation and referral whose result is not simply rows of one model.

What reports count are methods of the querysets, so that the rows behind a figure are the same
query: `HoSo.objects.under(unit).gioi_thieu_trong(ky)` and `.ket_nap_dang_trong(ky)`,
`ThanhVienTo.objects.under(unit).dang_boi_duong(day)`, `ToTuDuong.objects.under(unit)
.tai_ngay(day)`, `KyDanhGia.objects.under(unit).da_hop().trong_ky(ky)`,
`ChatVan.objects.under(unit).trong_ky(ky)`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median_high

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tochuc.quy_dinh import gia_tri

from .models import DanhGia, GiayTo
from .models.ho_so import O_CAP_UY, O_CHI_DOAN, VAO_DANG, HoSo, HoSoQuerySet
from .models.ho_so import TrangThaiHoSo as T
from .thang import add_months

SO_PHIEU = 4
"""The reviews that go into a dossier: the last four quarters."""


@dataclass(frozen=True)
class NhomGiaiDoan:
    """A stretch of the road on which a case lies with somebody."""

    ten: str
    trang_thai: tuple[str, ...]


NHOM_GIAI_DOAN: dict[str, NhomGiaiDoan] = {
    "chi_doan": NhomGiaiDoan("Ở chi đoàn", O_CHI_DOAN),
    "phuong": NhomGiaiDoan("Chờ thẩm tra", (T.CHO_THAM_TRA,)),
    "bch": NhomGiaiDoan("Chờ Ban Chấp hành", (T.CHO_BCH, T.CHO_GUI)),
    "cap_uy": NhomGiaiDoan("Ở cấp ủy", O_CAP_UY),
    "can_xu_ly": NhomGiaiDoan(
        "Cấp ủy đã có ý kiến", (T.CAN_BO_SUNG, T.KHONG_KET_NAP, T.DA_TRA_LOI)
    ),
    "ket_nap": NhomGiaiDoan("Đã kết nạp", VAO_DANG),
}


@dataclass(frozen=True)
class Chang:
    """One bar of the funnel: how many cases lie there, the longest since which day."""

    ma: str
    ten: str
    so: int
    lau_nhat: int | None  # days that the oldest has waited; None where nobody waits
    giua: int | None = None  # days that half of them have waited
    rong: int = 0  # length of its bar in hundredths of the longest


def funnel(cases: HoSoQuerySet, day: date) -> list[Chang]:
    """How many of `cases` lie on each stretch, with the days they have waited; one query.

    Nothing when there are none.
    """
    rows = cases.order_by().values_list("trang_thai", "ngay_buoc").annotate(so=Count("pk"))
    return with_bars(stretches(rows, day))


def with_bars(found: list[Chang]) -> list[Chang]:
    """The stretches with the length of their bars; nothing when no case lies on any."""
    longest = max(row.so for row in found)
    if not longest:
        return []
    return [replace(row, rong=round(100 * row.so / longest)) for row in found]


def stretches(rows: Iterable[tuple[str, date, int]], day: date) -> list[Chang]:
    """The stretches of (state, since when, how many)."""
    days = defaultdict(list)
    for trang_thai, tu, so in rows:
        days[trang_thai] += [(day - tu).days] * so
    return [_chang(ma, nhom, days) for ma, nhom in NHOM_GIAI_DOAN.items()]


def cho_qua_han(cases: HoSoQuerySet, day: date, *, don_vi=None) -> HoSoQuerySet:
    """Cases with the Party cell in silence for longer than the setting in days."""
    so_ngay = int(gia_tri("han_cap_uy_tra_loi", ngay=day, don_vi=don_vi))
    return cases.im_lang(day - timedelta(days=so_ngay))


def het_thoi_gian_du_bi(cases: HoSoQuerySet, day: date, *, don_vi=None) -> HoSoQuerySet:
    """Members whose probation is over by the setting in months, and who are not official yet."""
    thang = int(gia_tri("thoi_gian_du_bi", ngay=day, don_vi=don_vi))
    return cases.het_du_bi(add_months(day, -thang))


def cho_nhan_xet_du_bi(cases: HoSoQuerySet, day: date, *, don_vi=None) -> HoSoQuerySet:
    """Probationary members on whom the committee is to remark by the setting in months."""
    thang = int(gia_tri("nhan_xet_du_bi_sau", ngay=day, don_vi=don_vi))
    return cases.cho_nhan_xet_du_bi(add_months(day, -thang))


def cong_van_im_lang(letters, day: date, *, don_vi=None):
    """Letters that stayed unanswered so long that the office above is told."""
    so_ngay = gia_tri("cong_van_bao_cap_tren", ngay=day, don_vi=don_vi)
    return letters.im_lang(day, int(so_ngay))


def giay_to_het_han(cases: HoSoQuerySet, day: date) -> HoSoQuerySet:
    """Cases with a paper that runs out before the Party cell is expected to decide."""
    papers = GiayTo.objects.het_truoc_khi_xet(day).filter(ho_so=OuterRef("pk"))
    return cases.filter(Exists(papers))


def danh_gia_vao_ho_so(ho_so: HoSo) -> list[DanhGia]:
    """The reviews that go into the dossier: the last four of closed sessions, oldest first."""
    rows = DanhGia.objects.trong_ky_da_ket_thuc().filter(thanh_vien__doan_vien=ho_so.doan_vien_id)
    rows = rows.select_related("ky__to__don_vi", "thanh_vien__doan_vien", "thanh_vien__chi_doan")
    return list(reversed(rows.order_by("-ky__nam", "-ky__quy")[:SO_PHIEU]))


def giay_to_cua(ho_so: HoSo) -> list[GiayTo]:
    """The lines of a case's checklist with their issued papers, each with `so_phieu`: how many
    reviews there are, and `so_anh`: how many photos of it. One query."""
    reviews = (
        DanhGia.objects.trong_ky_da_ket_thuc()
        .filter(thanh_vien__doan_vien=OuterRef("ho_so__doan_vien"))
        .order_by()
        .values("thanh_vien__doan_vien")
        .annotate(so=Count("pk"))
    )
    rows = ho_so.giay_to.select_related("van_ban").defer("van_ban__tep")
    return list(
        rows.annotate(
            so_phieu=Coalesce(Subquery(reviews.values("so")), 0), so_anh=Count("anh", distinct=True)
        )
    )


def _chang(ma: str, nhom: NhomGiaiDoan, days: dict[str, list[int]]) -> Chang:
    found = [waited for state in nhom.trang_thai for waited in days[state]]
    if not found or ma == "ket_nap":
        return Chang(ma, nhom.ten, len(found), None)
    return Chang(ma, nhom.ten, len(found), max(found), median_high(found))
