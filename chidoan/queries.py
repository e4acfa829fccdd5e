"""Reads over many branches at once: attendance, expected meetings, who needs help.

Only finished meetings of the whole branch count (`da_hop().sinh_hoat()`): no drafts, no
meetings of its committee. Each function says how many queries it makes; the number does not
grow with the branches.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import Case, Count, Q, QuerySet, Subquery, When

from core.periods import KyBaoCao, today
from doanvien.models import DoanVien, QuaTrinh
from tochuc.ban_do import BanDo, duoi_tren
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu, ty_le
from tochuc.the_thuc import Office

from .can_giup import (
    DIEM,
    CanGiup,
    Nguong,
    TinhHinh,
    ba_thang_qua,
    ba_thang_truoc,
    tim_ly_do,
)
from .lich_hop import XET_LAI, NhipHop, nhip_hop, so_phai_hop, so_thang_khong_hop
from .models import BuoiSinhHoat, ChiDoan, ChucVu, DiemDanh, NghiQuyet, PhuTrach
from .models.chi_doan import ChiDoanQuerySet


class DiemDanhThang(NamedTuple):
    """The rolls of one branch in one month, added up.

    `thang` is the month's first day. `du_hop` are present or late, `danh_sach` all names on
    the rolls: du_hop + co_ly_do + vang.
    """

    chi_doan_id: int
    thang: date
    so_buoi: int
    du_hop: int
    co_ly_do: int
    vang: int

    @property
    def danh_sach(self) -> int:
        return self.du_hop + self.co_ly_do + self.vang

    @property
    def khong_tinh_ly_do(self) -> int:
        """The denominator without the excused."""
        return self.danh_sach - self.co_ly_do


def diem_danh_theo_thang(don_vi: DonVi, ky: KyBaoCao) -> list[DiemDanhThang]:
    """Attendance of every branch at or below `don_vi`, by month of `ky`. One query.

    A month without a meeting has no row. Ordered by branch, then month.
    """
    return diem_danh_cac_thang(don_vi, ky.months)


def diem_danh_cac_thang(
    don_vi: DonVi,
    months: Sequence[KyBaoCao],
    ban_do: BanDo | None = None,
    *,
    den: date | None = None,
) -> list[DiemDanhThang]:
    """The same for any months in a row, oldest first, on today's map or another; of a past day
    only what was held up to it (`den`). One query."""
    status = DiemDanh.TrangThai
    rows = (
        duoi_tren(BuoiSinhHoat.objects.all(), "chi_doan__path", don_vi, ban_do)
        .da_hop()
        .sinh_hoat()
        .filter(ngay__range=(months[0].start, den or months[-1].end))
        .order_by("chi_doan_id", "ngay")
        .values("pk", "chi_doan_id", "ngay")
        .annotate(
            du_hop=Count("diem_danh", filter=Q(diem_danh__trang_thai__in=DiemDanh.DU_HOP)),
            co_ly_do=Count("diem_danh", filter=Q(diem_danh__trang_thai=status.VANG_CO_LY_DO)),
            vang=Count("diem_danh", filter=Q(diem_danh__trang_thai=status.VANG)),
        )
        .values_list("chi_doan_id", "ngay", "du_hop", "co_ly_do", "vang")
    )
    return [
        DiemDanhThang(*key, len(meetings), *map(sum, zip(*meetings, strict=True)))
        for key, meetings in _theo_thang(rows)
    ]


def _theo_thang(rows: Iterable[tuple]) -> Iterator[tuple[tuple[int, date], list[tuple]]]:
    """What each meeting counts, by branch and month: asked by month the database would sort the
    rolls of them all."""
    for key, found in groupby(rows, key=lambda row: (row[0], row[1].replace(day=1))):
        yield key, [row[2:] for row in found]


def ngay_xem(user, asked: date | None = None) -> date:
    """The day a list is looked at: the one asked for, today, or where the unit's records stop."""
    return user.phan_cong_chinh.don_vi.ngay_so_lieu(min(asked or today(), today()))


def so_buoi_phai_hop(chi_doan: ChiDoan, ky: KyBaoCao, as_of: date) -> int:
    """Meetings expected of one branch in `ky`, over by `as_of`. No query."""
    return so_phai_hop(chi_doan, ky, chi_doan.ngay_so_lieu(as_of))


def nhip_hop_theo_chi_doan(
    chi_doan: Iterable[ChiDoan], rows: Iterable[DiemDanhThang], ky: KyBaoCao, as_of: date
) -> dict[int, NhipHop]:
    """Held of expected for each branch, from rows of `diem_danh_theo_thang`. No query.

    `rows` must reach over the whole quarters of `ky` for dispersed branches: ask for the
    year, or for the quarter, when `ky` is a month.
    """
    held: dict[int, set[date]] = {}
    for row in rows:
        held.setdefault(row.chi_doan_id, set()).add(row.thang)
    return {
        branch.pk: nhip_hop(branch, held.get(branch.pk, set()), ky, branch.ngay_so_lieu(as_of))
        for branch in chi_doan
    }


def chi_doan_hoat_dong(don_vi: DonVi, day: date, ban_do: BanDo | None = None):
    """Branches at or below `don_vi` that exist on `day`, with `so_doan_vien` and their cadence,
    in their order; below it on today's map or on another."""
    rows = duoi_tren(ChiDoan.objects.all(), "path", don_vi, ban_do)
    rows = rows.dang_hoat_dong(day).with_nhip()
    return rows.with_so_doan_vien(day).order_by("path")


def danh_sach(chi_doan_id: int, day: date):
    """The roster: official members of a branch on `day`, by given name."""
    periods = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan=chi_doan_id)
    return DoanVien.objects.filter(pk__in=periods.values("doan_vien")).order_by(
        "khoa_sap_xep", "ngay_sinh", "pk"
    )


def offices(don_vi: DonVi, day: date) -> list[Office]:
    """Who held which office of the unit on that day, for the papers of every layer. One query."""
    rows = ChucVu.objects.filter(don_vi=don_vi).tai_ngay(day)
    return [Office(row.chuc_danh, row.ho_ten, row.trong_bch, row.tam_quyen) for row in rows]


@dataclass(frozen=True)
class BiThu:
    """The secretary of a branch; without one, the last day of the last one's term."""

    ho_ten: str = ""
    khuyet_tu: date | None = None


def bi_thu_theo_chi_doan(don_vi: DonVi, day: date) -> dict[int, BiThu]:
    """The secretary on `day` of each branch at or below `don_vi`. Two queries.

    Where no term of office is on record, the member whom the register calls so. A
    branch that is not in the answer has none.
    """
    named = DoanVien.objects.under(don_vi).dang_sinh_hoat().la_bi_thu()
    found = {pk: BiThu(name) for pk, name in named.values_list("chi_doan_id", "ho_ten")}
    terms = (
        ChucVu.objects.under(don_vi)
        .bi_thu()
        .filter(tu_ngay__lte=day)
        .order_by("tu_ngay", "pk")
        .values_list("don_vi_id", "ho_ten", "den_ngay")
    )
    for pk, name, last_day in terms:
        in_office = last_day is None or last_day >= day
        found[pk] = BiThu(name) if in_office else BiThu(khuyet_tu=last_day)
    return found


def phu_trach_theo_chi_doan(don_vi: DonVi, day: date) -> dict[int, PhuTrach]:
    """Who of the ward committee coaches each branch on `day`. One query."""
    rows = PhuTrach.objects.under(don_vi).tai_ngay(day).select_related("chuc_vu")
    return {row.chi_doan_id: row for row in rows}


def nghi_quyet_theo_chi_doan(don_vi: DonVi, day: date) -> dict[int, tuple[int, int]]:
    """(open, overdue) resolutions of each branch at or below `don_vi`. One query."""
    rows = (
        NghiQuyet.objects.under(don_vi)
        .chua_xong()
        .order_by()
        .values("chi_doan_id")
        .annotate(so=Count("pk"), qua_han=Count("pk", filter=Q(han__lt=day)))
    )
    return {row["chi_doan_id"]: (row["so"], row["qua_han"]) for row in rows}


def chi_doan_cung_phuong(chi_doan: DonVi, ngay: date) -> ChiDoanQuerySet:
    """The other branches of the ward on that day."""
    above = chi_doan.path[: -chi_doan.steplen]
    rows = ChiDoan.objects.filter(path__startswith=above, depth=chi_doan.depth)
    return rows.dang_hoat_dong(ngay).exclude(pk=chi_doan.pk)


def nguoi_phu_trach(nghi_quyet: NghiQuyet) -> QuerySet[DoanVien]:
    """Who may own a resolution: members of the branch, and who owns it."""
    members = DoanVien.objects.under(nghi_quyet.chi_doan).dang_sinh_hoat()
    return members | DoanVien.objects.filter(pk=nghi_quyet.phu_trach_id)


def cung_hop(buoi: BuoiSinhHoat) -> list[BuoiSinhHoat]:
    """The meetings of the other branches of a joint meeting, with their counts. One query."""
    if buoi.loai != BuoiSinhHoat.Loai.LIEN_CHI_DOAN:
        return []
    host = buoi.chu_nha_id or buoi.pk
    rows = BuoiSinhHoat.objects.filter(Q(pk=host) | Q(chu_nha=host)).exclude(pk=buoi.pk)
    return list(rows.select_related("chi_doan").with_diem_danh().order_by("chi_doan__path"))


@dataclass
class LanTruoc:
    """What the book says of earlier meetings: reasons given last, and the last meeting's roll."""

    ly_do: dict[int, str] = field(default_factory=dict)
    trang_thai: dict[int, str] = field(default_factory=dict)
    ngay: date | None = None

    @property
    def so_du_hop(self) -> int:
        return sum(state in DiemDanh.DU_HOP for state in self.trang_thai.values())


def lan_truoc(chi_doan_id: int, doan_vien_ids: Sequence[int], truoc: date) -> LanTruoc:
    """Reasons of the last year by person, and the branch's last finished meeting. One query."""
    meetings = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=chi_doan_id)
    last = meetings.filter(ngay__lt=truoc).order_by("-ngay", "-pk").values("pk")[:1]
    of_last = Q(buoi=Subquery(last))
    excused = Q(
        doan_vien__in=doan_vien_ids,
        trang_thai=DiemDanh.TrangThai.VANG_CO_LY_DO,
        buoi__ngay__range=(truoc.replace(year=truoc.year - 1, day=1), truoc),
    ) & ~Q(ly_do="")
    rows = (
        DiemDanh.objects.da_hop()
        .filter(of_last | excused)
        .annotate(la_buoi_truoc=Case(When(of_last, then=True), default=False))
        .order_by("buoi__ngay")
        .values_list("doan_vien_id", "trang_thai", "ly_do", "la_buoi_truoc", "buoi__ngay")
    )
    found = LanTruoc()
    for person, state, reason, is_last, day in rows:
        if reason:
            found.ly_do[person] = reason
        if is_last:
            found.trang_thai[person], found.ngay = state, day
    return found


def tinh_hinh_chi_doan(don_vi: DonVi, day: date) -> list[CanGiup]:
    """Every branch at or below `don_vi` with what speaks for helping it. Six queries.

    Those that need help first, by score, then the others in the order of the tree.
    """
    day = don_vi.ngay_so_lieu(day)
    nguong = nguong_can_giup(don_vi, day)
    rows: dict[int, list[DiemDanhThang]] = {}
    for row in diem_danh_cac_thang(don_vi, thang_xet(day)):
        rows.setdefault(row.chi_doan_id, []).append(row)
    secretaries = bi_thu_theo_chi_doan(don_vi, day)
    resolutions = nghi_quyet_theo_chi_doan(don_vi, day)
    found = [
        can_giup_cua(
            branch,
            day,
            rows=rows.get(branch.pk, []),
            bi_thu=secretaries.get(branch.pk, BiThu()),
            qua_han=resolutions.get(branch.pk, (0, 0))[1],
            nguong=nguong,
        )
        for branch in chi_doan_hoat_dong(don_vi, day).with_can_giup(day, don_vi.path)
    ]
    return sorted(found, key=lambda row: (-row.diem, row.chi_doan.path))


def tinh_hinh_tu(
    branches: Iterable[ChiDoan], day: date, rows: Sequence[DiemDanhThang], nguong: Nguong
) -> list[CanGiup]:
    """The same for branches that were read with their members, cadence, resolutions, people and
    `with_can_giup`.

    `rows` reach back over `thang_xet`. Those that need help first. No query.
    """
    since = thang_xet(day)[0].start
    by_branch: dict[int, list[DiemDanhThang]] = {}
    for row in rows:
        if since <= row.thang <= day:
            by_branch.setdefault(row.chi_doan_id, []).append(row)
    found = [
        can_giup_cua(
            branch,
            day,
            rows=by_branch.get(branch.pk, []),
            bi_thu=BiThu(branch.ten_bi_thu or ""),
            qua_han=branch.so_qua_han,
            nguong=nguong,
        )
        for branch in branches
    ]
    return sorted(found, key=lambda row: (-row.diem, row.chi_doan.path))


def chi_doan_can_giup(don_vi: DonVi, day: date) -> list[CanGiup]:
    """Branches that need help, by score: `chi_doan`, `diem`, `muc`, `ly_do`, `url`."""
    return [row for row in tinh_hinh_chi_doan(don_vi, day) if row.diem]


def can_giup_cua(
    branch: ChiDoan,
    day: date,
    *,
    rows: Sequence[DiemDanhThang],
    bi_thu: BiThu,
    qua_han: int,
    nguong: Nguong,
) -> CanGiup:
    """The rule for one branch (with `so_doan_vien` and what `with_can_giup` reads) and its rows
    over `thang_xet`. No query."""
    recent = {month.start for month in ba_thang_qua(day)}
    before = {month.start for month in ba_thang_truoc(day)}
    tinh_hinh = TinhHinh(
        so_doan_vien=branch.so_doan_vien,
        thang_khong_hop=_thang_khong_hop(branch, day, {row.thang for row in rows}),
        co_so_hop=branch.so_hop_tu is not None,
        co_bi_thu=bool(bi_thu.ho_ten),
        khuyet_tu=bi_thu.khuyet_tu,
        du_hop=sum(row.du_hop for row in rows if row.thang in recent),
        danh_sach=sum(row.danh_sach for row in rows if row.thang in recent),
        du_hop_truoc=sum(row.du_hop for row in rows if row.thang in before),
        danh_sach_truoc=sum(row.danh_sach for row in rows if row.thang in before),
        qua_han=qua_han,
        phi_cham=branch.phi_cham(day),
        ket_nap=branch.so_ket_nap,
        thang=day.month,
    )
    return CanGiup(branch, tim_ly_do(tinh_hinh, nguong))


def _thang_khong_hop(branch: ChiDoan, day: date, held: set[date]) -> int:
    """None where the ward has no meeting on record: it has yet to begin its book."""
    begun = branch.so_hop_tu
    return so_thang_khong_hop(branch, held, day, so_tu=begun) if begun else 0


def thang_xet(day: date) -> list[KyBaoCao]:
    """The months that the rule looks back over: a year, and the whole quarters of it."""
    months = [KyBaoCao.month_of(day)]
    while len(months) < XET_LAI:
        months.insert(0, months[0].previous)
    return months


KHOA_CAN_GIUP = (
    "can_giup_thang",
    "can_giup_du_hop",
    "can_giup_nghi_quyet",
    "chi_doan_toi_thieu",
    "can_giup_giam",
    "can_giup_doan_phi",
    "can_giup_ket_nap",
    "can_giup_tu_diem",
    *DIEM.values(),
)
"""The settings that limits and weights are made of, for a page that reads others along."""


def nguong_can_giup(don_vi: DonVi, day: date) -> Nguong:
    """The limits in force. One query."""
    return nguong_tu(gia_tri_nhieu(list(KHOA_CAN_GIUP), ngay=day, don_vi=don_vi))


def nguong_tu(values: dict) -> Nguong:
    """The limits from settings that were read already."""
    return Nguong(
        thang_khong_hop=values["can_giup_thang"],
        ty_le=ty_le(values["can_giup_du_hop"]),
        nghi_quyet_qua_han=values["can_giup_nghi_quyet"],
        doan_vien=values["chi_doan_toi_thieu"],
        giam=values["can_giup_giam"],
        doan_phi=values["can_giup_doan_phi"],
        ket_nap_tu_thang=values["can_giup_ket_nap"],
        diem={ma: values[khoa] for ma, khoa in DIEM.items()},
        tu_diem=values["can_giup_tu_diem"],
    )


def sinh_hoat_tai_ngay(chi_doan: DonVi, day: date) -> tuple[list[QuaTrinh], list[QuaTrinh]]:
    """Who belonged to the branch on `day`, by name; then who only took part there. One query."""
    rows = (
        QuaTrinh.objects.tai_ngay(day)
        .filter(chi_doan=chi_doan)
        .select_related("doan_vien__chi_doan")
        .order_by("doan_vien__khoa_sap_xep", "doan_vien__ngay_sinh", "pk")
    )
    official = [row for row in rows if row.loai == QuaTrinh.Loai.CHINH_THUC]
    return official, [row for row in rows if row.loai != QuaTrinh.Loai.CHINH_THUC]
