"""Quy trình chuyển sinh hoạt: which signature may be given where, by whom, leading where.

Four signatures (16-HD/TWĐTN-BTC 2018, mục 3.3; domain.md 2.3): the branch that one leaves, its
Đoàn cơ sở, the receiving Đoàn cơ sở, the receiving branch. Inside one Đoàn cơ sở the second
refers to the branch itself. A ward may act for its branches: "nhập thay".
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from doanvien.models import BuocChuyen, ChuyenSinhHoat
from doanvien.nhap_thay import is_nhap_thay
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import (
    check_buoc_mo,
    check_ngay_sau,
    move,
    next_thu_tu,
    refuse_stale,
)

T = ChuyenSinhHoat.TrangThai
Loai = BuocChuyen.Loai
TEN = "Việc chuyển"


@dataclass(frozen=True)
class Ky:
    """One signature: from which states, which end of the transfer gives it, by what right."""

    tu: tuple[str, ...]
    ben: str
    quyen: Quyen


_DANG_CHO = (T.CHO_PHUONG_DI, T.CHO_PHUONG_DEN, T.CHO_CHI_DOAN_DEN, T.CHO_NOI_KHAC)
BANG: dict[str, Ky] = {
    Loai.PHUONG_DI: Ky((T.CHO_PHUONG_DI,), "phuong_di", Quyen.DUYET_DOAN_VIEN),
    Loai.PHUONG_DEN: Ky((T.CHO_PHUONG_DEN,), "phuong_den", Quyen.DUYET_DOAN_VIEN),
    Loai.XAC_NHAN: Ky((T.CHO_CHI_DOAN_DEN,), "chi_doan_den", Quyen.SUA_DOAN_VIEN),
    Loai.NOI_KHAC: Ky((T.CHO_NOI_KHAC,), "phuong_di", Quyen.DUYET_DOAN_VIEN),
    Loai.GUI_LAI: Ky((T.TU_CHOI,), "chi_doan_di", Quyen.SUA_DOAN_VIEN),
    Loai.RUT: Ky((*_DANG_CHO, T.TU_CHOI), "chi_doan_di", Quyen.SUA_DOAN_VIEN),
}
KE_TIEP: dict[str, str] = {
    T.CHO_PHUONG_DI: Loai.PHUONG_DI,
    T.CHO_PHUONG_DEN: Loai.PHUONG_DEN,
    T.CHO_CHI_DOAN_DEN: Loai.XAC_NHAN,
    T.CHO_NOI_KHAC: Loai.NOI_KHAC,
    T.TU_CHOI: Loai.GUI_LAI,
}
"""The step that is waited for in each open state; who may give it may also refuse."""


def rule_of(loai: str, chuyen: ChuyenSinhHoat) -> Ky | None:
    """The line for a step; a refusal is given by whoever was to sign. None when none fits."""
    if loai != Loai.TU_CHOI:
        return BANG[loai]
    return BANG[KE_TIEP[chuyen.trang_thai]] if chuyen.trang_thai in _DANG_CHO else None


def may_take(loai: str, chuyen: ChuyenSinhHoat, by) -> bool:
    """Whether the step is open now to this person; no query beyond his roles."""
    line = rule_of(loai, chuyen)
    return line is not None and chuyen.trang_thai in line.tu and _holds(line, chuyen, by)


def holds_right(loai: str, chuyen: ChuyenSinhHoat, by) -> bool:
    """Whether the step is this person's at all, open or not."""
    line = rule_of(loai, chuyen)
    return line is not None and _holds(line, chuyen, by)


def begin(*, chuyen: ChuyenSinhHoat, loai: str, by, version: int | None) -> ChuyenSinhHoat:
    """Lock the transfer for a step and return it as it stands.

    Refused: when the same person has just taken this step (AlreadyRecordedError), when
    somebody changed the transfer since `version` was shown (StaleError), without the right,
    and when the step does not follow from where the transfer stands.
    """
    current = ChuyenSinhHoat.objects.for_page().select_for_update(of=("self",)).get(pk=chuyen.pk)
    if version is not None and version != current.version:
        refuse_stale(current, current.buoc, (loai,), by=by, version=version, ten=TEN)
    line = rule_of(loai, current)
    check_buoc_mo(current, line.tu if line else (), ten=TEN)
    if not _holds(line, current, by):
        raise PermissionDenied(who_may(line.quyen))
    return current


def check_ngay(chuyen: ChuyenSinhHoat, ngay: date) -> None:
    """Days of a transfer go forward and never beyond today."""
    check_ngay_sau(ngay, chuyen.ngay_buoc)


def take(
    *, chuyen: ChuyenSinhHoat, loai: str, den: str, ngay: date, by, changes=None, **fields
) -> BuocChuyen:
    """Write the step and move the transfer; `changes` are further fields of the transfer.

    Only after `begin` in the same transaction.
    """
    line = rule_of(loai, chuyen)
    buoc = add_buoc(
        chuyen=chuyen,
        loai=loai,
        don_vi=getattr(chuyen, line.ben),
        ngay=ngay,
        by=by,
        tu_trang_thai=chuyen.trang_thai,
        **fields,
    )
    move(
        chuyen,
        den=den,
        ngay=ngay,
        hanh_dong=f"chuyen.{loai}",
        by=by,
        nhap_thay=buoc.nhap_thay,
        changes={"ngay_buoc": max(ngay, chuyen.ngay_buoc), **(changes or {})},
    )
    return buoc


def add_buoc(
    *, chuyen: ChuyenSinhHoat, loai: str, don_vi: DonVi | None, ngay: date, by, **fields
) -> BuocChuyen:
    """The row of a step; it says when somebody above acted for the unit."""
    return BuocChuyen.objects.create(
        chuyen=chuyen,
        thu_tu=next_thu_tu(chuyen.buoc),
        loai=loai,
        don_vi=don_vi,
        ngay=ngay,
        boi=by,
        nhap_thay=don_vi is not None and is_nhap_thay(by, don_vi.pk),
        tai_version=chuyen.version,
        **fields,
    )


def _holds(line: Ky, chuyen: ChuyenSinhHoat, by) -> bool:
    don_vi = getattr(chuyen, line.ben)
    return don_vi is not None and by.may(line.quyen, don_vi)
