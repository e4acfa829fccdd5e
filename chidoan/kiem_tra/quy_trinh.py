"""Quy trình kiểm tra: which step may be taken from where, and what it leads to.

Planned → carried out → concluded → being remedied → done, or not carried out with a reason.
Every step is the inspecting unit's, but the first answer to a recommendation: with it the
inspected unit begins to remedy.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from chidoan.models import BuocKiemTra, CuocKiemTra, KienNghi
from chidoan.models.kiem_tra import TrangThaiKiemTra as T
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_buoc_mo, move, next_thu_tu, refuse_stale

Loai = BuocKiemTra.Loai
GHI = Quyen.GHI_KIEM_TRA


@dataclass(frozen=True)
class ChuyenBuoc:
    """One line of the table."""

    loai: str
    tu: frozenset[str]
    den: str


BANG: dict[str, ChuyenBuoc] = {
    loai: ChuyenBuoc(loai, frozenset(tu), den)
    for loai, tu, den in (
        (Loai.TIEN_HANH, (T.KE_HOACH,), T.DA_TIEN_HANH),
        (Loai.KET_LUAN, (T.DA_TIEN_HANH,), T.DA_KET_LUAN),
        (Loai.KHAC_PHUC, (T.DA_KET_LUAN,), T.KHAC_PHUC),
        (Loai.XONG, (T.DA_KET_LUAN, T.KHAC_PHUC), T.XONG),
        (Loai.YEU_CAU_LAI, (T.XONG,), T.KHAC_PHUC),
        (Loai.BO, (T.KE_HOACH,), T.BO),
        (Loai.MO_LAI, (T.BO, T.DA_TIEN_HANH), T.KE_HOACH),
    )
}
"""`MO_LAI` also takes back a visit that was recorded by mistake, while nothing is concluded."""


def buoc_theo_kien_nghi(trang_thai: str, kien_nghi: list[str]) -> str:
    """The step that follows from the states of all recommendations, "" for none.

    Closed ones alone make the inspection done; one that is open again takes that back; the
    first answer begins the remedy.
    """
    xong = [one == KienNghi.TrangThai.XONG for one in kien_nghi]
    if trang_thai == T.XONG:
        return "" if all(xong) else Loai.YEU_CAU_LAI
    if trang_thai not in (T.DA_KET_LUAN, T.KHAC_PHUC):
        return ""
    if all(xong):
        return Loai.XONG
    is_begun = any(one != KienNghi.TrangThai.CHO for one in kien_nghi)
    return Loai.KHAC_PHUC if trang_thai == T.DA_KET_LUAN and is_begun else ""


def may_write(don_vi: DonVi, by) -> bool:
    """Whether the person writes for that inspecting unit: an office above it acts for nobody."""
    return by.may_at(GHI, don_vi)


def check_right(don_vi: DonVi, by) -> None:
    if not may_write(don_vi, by):
        raise PermissionDenied(who_may(GHI))


def may_take(loai: str, cuoc: CuocKiemTra, by) -> bool:
    return cuoc.trang_thai in BANG[loai].tu and may_write(cuoc.don_vi, by)


def lock(cuoc: CuocKiemTra) -> CuocKiemTra:
    rows = CuocKiemTra.objects.select_for_update(of=("self",))
    return rows.select_related("don_vi", "doi_tuong", "chuong_trinh").get(pk=cuoc.pk)


def begin(*, cuoc: CuocKiemTra, loai: str, by, version: int | None = None) -> CuocKiemTra:
    """Lock the inspection for a step of the inspecting unit and return it as it stands.

    Refused: without the right, when the same step was just taken (AlreadyRecordedError), when
    somebody changed it since `version` was shown (StaleError), and out of turn (RuleError).
    """
    current = lock(cuoc)
    check_right(current.don_vi, by)
    if version is not None and version != current.version:
        refuse_stale(current, current.buoc, (loai,), by=by, version=version, ten="Cuộc kiểm tra")
    check_buoc_mo(current, BANG[loai].tu, ten=f"Cuộc {current.get_hinh_thuc_display().lower()}")
    return current


def take(
    cuoc: CuocKiemTra, loai: str, *, ngay: date, by, ly_do: str = "", changes: dict | None = None
) -> BuocKiemTra:
    """Write the step and move the locked inspection; `changes` are further fields of it."""
    buoc = write_buoc(cuoc, loai, den=BANG[loai].den, ngay=ngay, by=by, ly_do=ly_do)
    move(
        cuoc,
        den=BANG[loai].den,
        ngay=ngay,
        hanh_dong=f"kiem_tra.{loai}",
        by=by,
        nhap_thay=False,
        changes=changes,
    )
    return buoc


def write_buoc(cuoc: CuocKiemTra, loai: str, *, den: str, ngay: date, by, ly_do: str = ""):
    return BuocKiemTra.objects.create(
        cuoc=cuoc,
        thu_tu=next_thu_tu(cuoc.buoc),
        loai=loai,
        den_trang_thai=den,
        ngay=ngay,
        ly_do=ly_do,
        boi=by,
        tai_version=cuoc.version,
    )
