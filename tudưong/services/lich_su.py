"""Cases of earlier years, entered in bulk from the ward's books."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from core.errors import RuleError
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi, SoVanBan
from tudưong.models import BuocHoSo, HoSo
from tudưong.models.ho_so import TrangThaiHoSo as T

from .ho_so import ma_ho_so

Loai = BuocHoSo.Loai
_BATCH = 500
_KET_QUA = {"": T.DA_GUI, Loai.KET_NAP: T.KET_NAP, Loai.KHONG_KET_NAP: T.BOI_DUONG}


@dataclass(frozen=True)
class HoSoCu:
    """One case of the past: when the committee referred the member, and what came of it.

    `ket_qua` is "" (still with the Party cell), "ket_nap" or "khong_ket_nap" (cultivation went
    on); with the latter two `ngay_ket_qua` is the day of it.
    """

    doan_vien: DoanVien
    ngay_gioi_thieu: date
    ket_qua: str = ""
    ngay_ket_qua: date | None = None
    chi_bo: str = ""
    ly_do: str = ""


@transaction.atomic
def record_ho_so_history(*, rows: Iterable[HoSoCu], by) -> list[HoSo]:
    """Create many cases with the steps that the books still tell: referred, sent, decided.

    Each member's branch at hand is the case's branch. An admission goes into the member's
    record. Refused as a whole when a row's dates are out of order or its outcome unknown.
    """
    rows = list(rows)
    for row in rows:
        _check(row)
    wards = _wards_of(rows)
    numbers = _take_numbers(rows, wards)
    cases = HoSo.objects.bulk_create(
        [_case(row, wards[row.doan_vien.chi_doan_id], numbers, by) for row in rows],
        batch_size=_BATCH,
    )
    steps = [step for case, row in zip(cases, rows, strict=True) for step in _steps(case, row, by)]
    BuocHoSo.objects.bulk_create(steps, batch_size=_BATCH)
    _write_admissions(rows)
    for don_vi, so in Counter(case.don_vi for case in cases).items():
        record(by=by, hanh_dong="ho_so.history", don_vi=don_vi, so_ho_so=so)
    return cases


def _check(row: HoSoCu) -> None:
    if row.ket_qua not in _KET_QUA:
        raise RuleError(f"Kết quả «{row.ket_qua}» không có trong danh mục.")
    if bool(row.ket_qua) != bool(row.ngay_ket_qua):
        raise RuleError(f"{row.doan_vien}: ghi kết quả cùng với ngày của kết quả.")
    if row.ngay_ket_qua and row.ngay_ket_qua < row.ngay_gioi_thieu:
        raise RuleError(f"{row.doan_vien}: ngày có kết quả trước ngày giới thiệu.")


def _wards_of(rows: list[HoSoCu]) -> dict[int, DonVi]:
    """The unit above each branch, by the branch's id; one query for all."""
    branches = {row.doan_vien.chi_doan_id: row.doan_vien.chi_doan.path for row in rows}
    above = {path[: -DonVi.steplen] for path in branches.values()}
    by_path = {ward.path: ward for ward in DonVi.objects.filter(path__in=above)}
    return {pk: by_path[path[: -DonVi.steplen]] for pk, path in branches.items()}


def _take_numbers(rows: list[HoSoCu], wards: dict[int, DonVi]) -> dict[tuple[int, int], Iterator]:
    """Numbers of each ward's register, one run for each year."""
    needed = Counter(
        (wards[row.doan_vien.chi_doan_id].pk, row.ngay_gioi_thieu.year) for row in rows
    )
    runs = {}
    for (don_vi_id, nam), so in needed.items():
        SoVanBan.objects.get_or_create(don_vi_id=don_vi_id, loai="HS", nam=nam)
        register = SoVanBan.objects.select_for_update().get(don_vi_id=don_vi_id, loai="HS", nam=nam)
        runs[don_vi_id, nam] = iter(range(register.so_cuoi + 1, register.so_cuoi + so + 1))
        register.so_cuoi += so
        register.save(update_fields=["so_cuoi"])
    return runs


def _case(row: HoSoCu, don_vi: DonVi, numbers: dict, by) -> HoSo:
    ngay = row.ngay_gioi_thieu
    return HoSo(
        ma=ma_ho_so(ngay.year, next(numbers[don_vi.pk, ngay.year])),
        doan_vien=row.doan_vien,
        chi_doan=row.doan_vien.chi_doan,
        don_vi=don_vi,
        trang_thai=_KET_QUA[row.ket_qua],
        chi_bo=row.chi_bo or row.doan_vien.chi_doan.ten,
        ngay_mo=ngay,
        ngay_buoc=row.ngay_ket_qua or ngay,
        ngay_gioi_thieu=ngay,
        ngay_gui=ngay,
        ngay_ket_nap=row.ngay_ket_qua if row.ket_qua == Loai.KET_NAP else None,
        mo_boi=by,
    )


def _steps(case: HoSo, row: HoSoCu, by) -> list[BuocHoSo]:
    steps = [
        (Loai.NGHI_QUYET, T.CHO_GUI, row.ngay_gioi_thieu, ""),
        (Loai.GUI, T.DA_GUI, row.ngay_gioi_thieu, ""),
    ]
    if row.ket_qua == Loai.KET_NAP:
        steps.append((Loai.KET_NAP, T.KET_NAP, row.ngay_ket_qua, row.ly_do))
    elif row.ket_qua:
        steps.append((Loai.KHONG_KET_NAP, T.KHONG_KET_NAP, row.ngay_ket_qua, row.ly_do))
        steps.append((Loai.BOI_DUONG, T.BOI_DUONG, row.ngay_ket_qua, ""))
    return [
        BuocHoSo(
            ho_so=case,
            thu_tu=thu_tu,
            loai=loai,
            den_trang_thai=den,
            ngay=ngay,
            boi=by,
            nhap_thay=True,
            ly_do=ly_do,
        )
        for thu_tu, (loai, den, ngay, ly_do) in enumerate(steps, start=1)
    ]


def _write_admissions(rows: list[HoSoCu]) -> None:
    people = []
    for row in rows:
        if row.ket_qua == Loai.KET_NAP:
            row.doan_vien.ngay_vao_dang = row.ngay_ket_qua
            row.doan_vien.version += 1
            people.append(row.doan_vien)
    DoanVien.objects.bulk_update(people, ["ngay_vao_dang", "version"], batch_size=_BATCH)
