"""Reads about admissions: conditions of many cases at once, doubles, and "1+1"."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from core.periods import KyBaoCao, today
from doanvien.models import BuocKetNap, DoanVien, KetNap, QuaTrinh
from doanvien.tuoi import read_tuoi_ket_nap
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu

from .dieu_kien import DieuKien, QuyDinhKetNap, cung_sinh_hoat_tu, xet

_MA = ["tuoi_ket_nap_toi_thieu", "tuoi_ket_nap_toi_da", "thang_gioi_thieu"]
Loai = BuocKetNap.Loai


# ---- conditions ----------------------------------------------------------------------------


def read_quy_dinh(don_vi: DonVi, ngay: date) -> QuyDinhKetNap:
    values = gia_tri_nhieu(_MA, ngay=ngay, don_vi=don_vi)
    return QuyDinhKetNap(
        read_tuoi_ket_nap(values["tuoi_ket_nap_toi_thieu"]),
        int(values["tuoi_ket_nap_toi_da"]),
        int(values["thang_gioi_thieu"]),
    )


def xet_mot(ket_nap: KetNap, ngay: date) -> list[DieuKien]:
    return xet_nhieu([ket_nap], ngay)[ket_nap.pk]


def xet_nhieu(cases: list[KetNap], ngay: date) -> dict[int, list[DieuKien]]:
    """The conditions of each case on `ngay`: as many statements for one as for thirty."""
    votes = ngay_bieu_quyet([row.pk for row in cases])
    periods = _periods([row.nguoi_gioi_thieu_id for row in cases])
    quy_dinh = {}
    found = {}
    for row in cases:
        ward = row.chi_doan.path[:-4]
        if ward not in quy_dinh:
            quy_dinh[ward] = read_quy_dinh(row.chi_doan, ngay)
        vote = votes.get(row.pk)
        own = periods[row.nguoi_gioi_thieu_id]
        found[row.pk] = xet(
            row,
            ngay,
            quy_dinh[ward],
            ngay_bieu_quyet=vote,
            cung_tu=cung_sinh_hoat_tu(own, row.chi_doan_id, vote or ngay),
        )
    return found


def ngay_bieu_quyet(cases: list[int]) -> dict[int, date]:
    """The day of the vote that passed last; what was taken back or voted down since is none."""
    days: dict[int, date] = {}
    steps = BuocKetNap.objects.filter(
        ket_nap__in=cases,
        loai__in=(Loai.THONG_QUA, Loai.KHONG_THONG_QUA, Loai.LAY_LAI, Loai.MO_LAI),
    )
    for pk, loai, ngay in steps.order_by("thu_tu").values_list("ket_nap", "loai", "ngay"):
        if loai == Loai.THONG_QUA:
            days[pk] = ngay
        else:
            days.pop(pk, None)
    return days


def _periods(people: list[int | None]) -> dict[int | None, list[QuaTrinh]]:
    rows = defaultdict(list)
    wanted = {pk for pk in people if pk}
    kinds = (QuaTrinh.Loai.CHINH_THUC, QuaTrinh.Loai.TAM_THOI)
    for row in QuaTrinh.objects.filter(doan_vien__in=wanted, loai__in=kinds) if wanted else ():
        rows[row.doan_vien_id].append(row)
    return rows


# ---- doubles -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trung:
    """Somebody of the register who looks like the applicant; `chac` when there is no doubt."""

    doan_vien: DoanVien
    chac: bool


def tim_trung(ket_nap: KetNap) -> Trung | None:
    """The member whom the applicant already is: by citizen id, else by name and birth date.

    Of people elsewhere only the first kind is certain; two different citizen ids tell
    namesakes apart.
    """
    by_name = Q(khoa_tim=ket_nap.khoa_tim, ngay_sinh=ket_nap.ngay_sinh)
    match = by_name
    if ket_nap.cccd_bam:
        match = Q(cccd_bam=ket_nap.cccd_bam) | by_name & Q(cccd_bam="")
    rows = DoanVien.objects.filter(match).select_related("chi_doan").order_by("pk")
    if ket_nap.doan_vien_id:
        rows = rows.exclude(pk=ket_nap.doan_vien_id)
    ward = ket_nap.chi_doan.path[:-4]

    def certain(row: DoanVien) -> bool:
        same_id = bool(ket_nap.cccd_bam) and row.cccd_bam == ket_nap.cccd_bam
        return same_id or row.chi_doan.path.startswith(ward)

    found = sorted(rows[:20], key=lambda row: not certain(row))
    return Trung(found[0], certain(found[0])) if found else None


# ---- admissions without a case ---------------------------------------------------------------


def khong_ho_so(ky: KyBaoCao):
    """Admissions of the period (periods of membership) without a case that decided on them."""
    case = KetNap.objects.filter(doan_vien=OuterRef("doan_vien"), ngay_chuan_y=OuterRef("tu_ngay"))
    return (
        QuaTrinh.objects.ket_nap_trong(ky)
        .filter(~Exists(case))
        .select_related("doan_vien", "chi_doan")
    )


# ---- 1+1 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NguoiMoi:
    """Somebody who was admitted: the member, the day, and the case when there is one."""

    doan_vien: DoanVien
    ngay: date
    ket_nap: KetNap | None


@dataclass
class NguoiGioiThieu:
    """A member with the people whom he introduced and who were admitted in the branch."""

    doan_vien: DoanVien
    duoc_ket_nap: list[NguoiMoi] = field(default_factory=list)


@dataclass
class GioiThieuChiDoan:
    """A branch in "1+1": how many of its members introduced somebody who was admitted.

    `khac` were introduced by an organisation, or nobody is on record. The fraction's numerator
    `so_nguoi_gioi_thieu` counts who still is a member on the last day.
    """

    chi_doan: DonVi
    so_doan_vien: int = 0
    so_nguoi_gioi_thieu: int = 0
    nguoi: list[NguoiGioiThieu] = field(default_factory=list)
    khac: list[NguoiMoi] = field(default_factory=list)

    @property
    def so_duoc_ket_nap(self) -> int:
        return sum(len(row.duoc_ket_nap) for row in self.nguoi) + len(self.khac)


def gioi_thieu_theo_chi_doan(don_vi: DonVi, ky: KyBaoCao) -> list[GioiThieuChiDoan]:
    """ "1+1": for each branch of the unit, who introduced whom of those admitted in `ky`.

    Admissions are those of the register, as every report counts them. Members are those of
    the last day of the period, or of today while it runs. Four statements in all.
    """
    day = min(ky.end, today())
    rows = {
        unit.pk: GioiThieuChiDoan(unit)
        for unit in DonVi.objects.under(don_vi).chi_doan().dang_hoat_dong(day).order_by("path")
    }
    for period, case in _admissions(don_vi, ky):
        row = rows.setdefault(period.chi_doan_id, GioiThieuChiDoan(period.chi_doan))
        new = NguoiMoi(period.doan_vien, period.tu_ngay, case)
        introducer = period.doan_vien.nguoi_gioi_thieu
        known = next((one for one in row.nguoi if one.doan_vien == introducer), None)
        if introducer is None:
            row.khac.append(new)
        elif known:
            known.duoc_ket_nap.append(new)
        else:
            row.nguoi.append(NguoiGioiThieu(introducer, [new]))
    members = _members(don_vi, day)
    for pk, row in rows.items():
        row.so_doan_vien = len(members[pk])
        row.so_nguoi_gioi_thieu = sum(one.doan_vien.pk in members[pk] for one in row.nguoi)
        row.nguoi.sort(key=lambda one: (-len(one.duoc_ket_nap), one.doan_vien.khoa_sap_xep))
    return list(rows.values())


def _admissions(don_vi: DonVi, ky: KyBaoCao):
    """Each admission of the period with its case, if it has one."""
    periods = QuaTrinh.objects.under(don_vi).ket_nap_trong(ky)
    periods = periods.select_related("chi_doan", "doan_vien__nguoi_gioi_thieu").order_by(
        "chi_doan__path", "doan_vien__khoa_sap_xep", "pk"
    )
    cases = {
        (case.doan_vien_id, case.ngay_chuan_y): case
        for case in KetNap.objects.under(don_vi).chuan_y_trong(ky)
    }
    return ((row, cases.get((row.doan_vien_id, row.tu_ngay))) for row in periods)


def _members(don_vi: DonVi, day: date) -> dict[int, set[int]]:
    members = defaultdict(set)
    roster = QuaTrinh.objects.under(don_vi).chinh_thuc().tai_ngay(day).order_by()
    for chi_doan, doan_vien in roster.values_list("chi_doan", "doan_vien"):
        members[chi_doan].add(doan_vien)
    return members
