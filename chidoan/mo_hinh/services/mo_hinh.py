"""An initiative and its team: launched, changed, concluded, taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from chidoan.mo_hinh.queries import noi_voi_so
from chidoan.models import MoHinh, ThanhVienMoHinh
from core.errors import RuleError, StaleError
from core.periods import today
from core.text import clean, clean_name
from core.text.display import ngay as show_ngay
from tochuc.audit import record
from tochuc.models import DonVi

from .cam_ket import add_chuong_trinh

TRUONG = (
    *("ten", "loai", "boi_canh", "muc_tieu", "diem", "sinh_hoat", "tu_ngay"),
    *("noi_ra_mat", "van_ban"),
)
"""Columns that a form fills."""


@dataclass(frozen=True, kw_only=True)
class ThanhVien:
    """One of the team."""

    ho_ten: str
    chuc_vu: str = ""
    nhiem_vu: str = ""
    la_to_truong: bool = False


@transaction.atomic
def create_mo_hinh(
    *,
    don_vi: DonVi,
    values: Mapping[str, Any],
    thanh_vien: Sequence[ThanhVien] = (),
    chuong_trinh: Sequence[str] = (),
    goc: MoHinh | None = None,
    by,
) -> MoHinh:
    """Launch an initiative with the commitments of the programmes chosen. Refused as in
    `update_mo_hinh`; a double click is one (the ward is locked)."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    mo_hinh = MoHinh(don_vi=don_vi, goc=goc)
    _fill(mo_hinh, values)
    same = MoHinh.objects.filter(don_vi=don_vi, ten=mo_hinh.ten, tu_ngay=mo_hinh.tu_ngay)
    if same.filter(diem=mo_hinh.diem).exists():
        raise RuleError("Mô hình cùng tên, cùng ngày, cùng chi đoàn này đã có.", field="ten")
    _save(mo_hinh, thanh_vien, by=by, hanh_dong="mo_hinh.create")
    for ma in chuong_trinh:
        add_chuong_trinh(mo_hinh, ma)
    return mo_hinh


@transaction.atomic
def update_mo_hinh(
    *,
    mo_hinh: MoHinh,
    version: str,
    values: Mapping[str, Any],
    thanh_vien: Sequence[ThanhVien],
    by,
) -> MoHinh:
    """Change an initiative and its team.

    Refused: without a name, two leaders, the same person twice, a pilot branch of another unit,
    a launch after its end or in a year nobody means. `version` is the one the form showed:
    StaleError when somebody was faster.
    """
    mo_hinh = lock(mo_hinh)
    _check_version(mo_hinh, version)
    _fill(mo_hinh, values)
    return _save(mo_hinh, thanh_vien, by=by, hanh_dong="mo_hinh.update")


@transaction.atomic
def conclude_mo_hinh(
    *, mo_hinh: MoHinh, version: str, ket_luan: str, ngay: date, ly_do: str, by
) -> MoHinh:
    """Say what becomes of it: spread, gone on with, or stopped. The first and the last end it.

    Refused without a reason, before its launch, in the future, when it is ended already, and
    when somebody changed or concluded it since `version` was shown (StaleError).
    """
    mo_hinh = lock(mo_hinh)
    if mo_hinh.is_ket_thuc:
        raise RuleError("Mô hình này đã kết thúc. Mở lại rồi mới kết luận khác được.")
    _check_version(mo_hinh, version)
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do, căn cứ kết luận.", field="ly_do")
    if not mo_hinh.tu_ngay <= ngay <= today():
        raise RuleError(
            f"Ghi ngày từ ngày ra mắt {show_ngay(mo_hinh.tu_ngay)} đến hôm nay.", field="ngay"
        )
    mo_hinh.ket_luan, mo_hinh.ket_luan_ngay, mo_hinh.ket_luan_ly_do = ket_luan, ngay, ly_do
    if ket_luan != MoHinh.KetLuan.TIEP_TUC:
        mo_hinh.den_ngay = ngay
    mo_hinh.save()
    record(by=by, hanh_dong="mo_hinh.conclude", target=mo_hinh, ket_luan=ket_luan, ngay=ngay)
    return mo_hinh


@transaction.atomic
def reopen_mo_hinh(*, mo_hinh: MoHinh, by) -> MoHinh:
    """Take back a conclusion. Refused when there is none."""
    mo_hinh = lock(mo_hinh)
    if not mo_hinh.ket_luan:
        raise RuleError("Mô hình này chưa có kết luận.")
    mo_hinh.ket_luan, mo_hinh.ket_luan_ngay, mo_hinh.ket_luan_ly_do = "", None, ""
    mo_hinh.den_ngay = None
    mo_hinh.save()
    record(by=by, hanh_dong="mo_hinh.reopen", target=mo_hinh)
    return mo_hinh


def lock(mo_hinh: MoHinh) -> MoHinh:
    rows = MoHinh.objects.select_related("don_vi", "diem").select_for_update(of=("self",))
    return rows.get(pk=mo_hinh.pk)


def _check_version(mo_hinh: MoHinh, version: str) -> None:
    if version != mo_hinh.version:
        raise StaleError("Có người vừa sửa mô hình này. Xem lại trước khi lưu.", current=mo_hinh)


def check_dang_lam(mo_hinh: MoHinh) -> None:
    """Refuse to write on one that has ended."""
    if mo_hinh.is_ket_thuc:
        raise RuleError(
            f"Mô hình đã kết thúc ngày {show_ngay(mo_hinh.den_ngay)}. Mở lại rồi mới ghi được."
        )


def _fill(mo_hinh: MoHinh, values: Mapping[str, Any]) -> None:
    for name in TRUONG:
        if name in values:
            value = values[name]
            setattr(mo_hinh, name, value.strip() if isinstance(value, str) else value)
    mo_hinh.ten = clean(mo_hinh.ten)


def _save(mo_hinh: MoHinh, thanh_vien: Sequence[ThanhVien], *, by, hanh_dong: str) -> MoHinh:
    team = [row for row in thanh_vien if clean_name(row.ho_ten)]
    _check(mo_hinh, team)
    mo_hinh.save()
    mo_hinh.thanh_vien.all().delete()
    ThanhVienMoHinh.objects.bulk_create(_team(mo_hinh, team))
    record(by=by, hanh_dong=hanh_dong, target=mo_hinh, thanh_vien=len(team))
    return mo_hinh


def _team(mo_hinh: MoHinh, team: Sequence[ThanhVien]) -> list[ThanhVienMoHinh]:
    """Each one tied to the register where the name is that of one member; an office not written
    is the one he holds."""
    names = [clean_name(row.ho_ten) for row in team]
    known = noi_voi_so(mo_hinh.don_vi, names, today()) if names else {}
    return [
        ThanhVienMoHinh(
            mo_hinh=mo_hinh,
            doan_vien_id=known[name][0],
            ho_ten=name,
            chuc_vu=clean(row.chuc_vu) or known[name][1][:120],
            nhiem_vu=clean(row.nhiem_vu),
            la_to_truong=row.la_to_truong,
        )
        for name, row in zip(names, team, strict=True)
    ]


def _check(mo_hinh: MoHinh, team: Sequence[ThanhVien]) -> None:
    if not mo_hinh.ten:
        raise RuleError("Ghi tên mô hình.", field="ten")
    if mo_hinh.den_ngay and mo_hinh.den_ngay < mo_hinh.tu_ngay:
        raise RuleError("Ngày ra mắt phải trước ngày kết thúc.", field="tu_ngay")
    diem = mo_hinh.diem
    if diem and not (diem.is_chi_doan and diem.path.startswith(mo_hinh.don_vi.path)):
        raise RuleError(f"{diem} không thuộc {mo_hinh.don_vi}.", field="diem")
    if sum(row.la_to_truong for row in team) > 1:
        raise RuleError("Mô hình chỉ có một tổ trưởng.", field="thanh_vien")
    names = [clean_name(row.ho_ten) for row in team]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise RuleError(f"{twice} được ghi hai lần trong tổ.", field="thanh_vien")
