"""Quy trình hồ sơ: which step may be taken where, by whom, and what it leads to.

The table is the whole truth; services add only what a step needs to know. Flow of
domain.md 5.2: branch vote, ward review, committee's resolution, Party cell, its answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.errors import RuleError
from core.periods import today
from tochuc.models import PhanCong
from tochuc.permissions import QUYEN_THEO_VAI_TRO, Quyen
from tochuc.quy_dinh import gia_tri
from tochuc.quy_trinh import (
    check_buoc_mo,
    check_ngay_sau,
    move,
    next_thu_tu,
    refuse_stale,
)

from .models import BuocHoSo, HoSo
from .models.ho_so import O_CAP_UY, O_CHI_DOAN
from .models.ho_so import TrangThaiHoSo as T
from .quyen import GHI_HO_SO, check_one_of, may_one_of

Loai = BuocHoSo.Loai


@dataclass(frozen=True)
class ChuyenBuoc:
    """One line of the table: `quyen` are alternatives, the first one being the owner's."""

    loai: str
    tu: frozenset[str]
    den: str
    quyen: tuple[Quyen, ...]


def _line(loai, tu, den, *quyen) -> tuple[str, ChuyenBuoc]:
    return loai, ChuyenBuoc(loai, frozenset(tu), den, quyen)


_CAP_UY = (Quyen.TRA_LOI_HO_SO, Quyen.LAP_HO_SO)
_TRUOC_NGHI_QUYET = (*O_CHI_DOAN, T.CHO_THAM_TRA, T.CHO_BCH)
_TRUOC_KHI_GUI = (*_TRUOC_NGHI_QUYET, T.CHO_GUI)

BANG: dict[str, ChuyenBuoc] = dict(
    (
        _line(Loai.DE_NGHI, O_CHI_DOAN, T.CHO_THAM_TRA, *GHI_HO_SO),
        _line(Loai.KHONG_DE_NGHI, O_CHI_DOAN, T.BOI_DUONG, *GHI_HO_SO),
        _line(Loai.BO_SUNG, (T.TRA_LAI,), T.CHO_THAM_TRA, *GHI_HO_SO),
        _line(Loai.CHUYEN, _TRUOC_NGHI_QUYET, T.CHO_CHI_DOAN, Quyen.LAP_HO_SO),
        _line(Loai.THAM_TRA, (T.CHO_THAM_TRA,), T.CHO_BCH, Quyen.LAP_HO_SO),
        _line(Loai.TRA_LAI, (T.CHO_THAM_TRA, T.CHO_BCH), T.TRA_LAI, Quyen.LAP_HO_SO),
        _line(Loai.NGHI_QUYET, (T.CHO_BCH,), T.CHO_GUI, Quyen.KY_HO_SO),
        _line(Loai.KHONG_THONG_QUA, (T.CHO_BCH,), T.BOI_DUONG, Quyen.KY_HO_SO),
        _line(Loai.GUI, (T.CHO_GUI, T.CAN_BO_SUNG), T.DA_GUI, Quyen.LAP_HO_SO),
        _line(Loai.CAP_UY_BO_SUNG, O_CAP_UY, T.CAN_BO_SUNG, *_CAP_UY),
        _line(Loai.KET_NAP, (*O_CAP_UY, T.DA_TRA_LOI), T.KET_NAP, *_CAP_UY),
        _line(Loai.CHINH_THUC, (T.KET_NAP,), T.CHINH_THUC, *_CAP_UY),
        _line(Loai.KHONG_KET_NAP, O_CAP_UY, T.KHONG_KET_NAP, *_CAP_UY),
        _line(Loai.CONG_VAN, (*O_CAP_UY, T.KHONG_KET_NAP), T.CHAT_VAN, Quyen.KY_HO_SO),
        _line(Loai.TRA_LOI, (T.CHAT_VAN,), T.DA_TRA_LOI, *_CAP_UY),
        _line(Loai.CHO_TIEP, (T.DA_TRA_LOI,), T.DA_GUI, Quyen.LAP_HO_SO),
        _line(Loai.GUI_LAI, (T.DA_TRA_LOI,), T.DA_GUI, Quyen.LAP_HO_SO),
        _line(
            Loai.BOI_DUONG,
            (*_TRUOC_KHI_GUI, T.CAN_BO_SUNG, T.KHONG_KET_NAP, T.DA_TRA_LOI),
            T.BOI_DUONG,
            Quyen.LAP_HO_SO,
        ),
        _line(
            Loai.DONG,
            (*_TRUOC_KHI_GUI, T.CAN_BO_SUNG, T.KHONG_KET_NAP, T.DA_TRA_LOI),
            T.DONG,
            Quyen.LAP_HO_SO,
        ),
    )
)


_KHONG_DAT = {Loai.DE_NGHI: Loai.KHONG_DE_NGHI, Loai.NGHI_QUYET: Loai.KHONG_THONG_QUA}
"""A vote is one action with two outcomes."""


def may_take(loai: str, ho_so: HoSo, by) -> bool:
    """Whether the step is open in this state to this person; no query beyond his roles."""
    line = BANG[loai]
    return may_one_of(by, line.quyen, ho_so.chi_doan) and ho_so.trang_thai in line.tu


def vi_sao_nguoi_khac(loai: str, ho_so: HoSo, by, buoc: Iterable[BuocHoSo] | None = None) -> str:
    """Why somebody else takes the step, as a sentence; "" when this person may.

    Author and approver are two persons. Who recorded the branch's vote, or what it added, never
    reviews it; nor the committee's resolution, unless nobody else at the ward may sign: a ward
    of two keeps the review apart, one of three both. `buoc` are the steps, if at hand.
    """
    if loai not in (Loai.THAM_TRA, Loai.TRA_LAI, Loai.NGHI_QUYET):
        return ""
    steps = ho_so.buoc.all() if buoc is None else buoc
    if not any(row.boi_id == by.pk for row in steps if row.loai in (Loai.DE_NGHI, Loai.BO_SUNG)):
        return ""
    if loai != Loai.NGHI_QUYET:
        return (
            "Đồng chí đã ghi biểu quyết của chi đoàn, nên việc thẩm tra do đồng chí khác của Đoàn "
            "cơ sở làm."
        )
    other = _nguoi_ky_khac(ho_so, by)
    if other is None:
        return ""
    return (
        "Đồng chí đã ghi biểu quyết của chi đoàn, nên nghị quyết của Ban Chấp hành do đồng chí "
        f"{other.nguoi_dung} ghi."
    )


def check_hai_nguoi(ho_so: HoSo, loai: str, *, by) -> None:
    """Refuse the step to its author (RuleError)."""
    if reason := vi_sao_nguoi_khac(loai, ho_so, by):
        raise RuleError(reason)


def _nguoi_ky_khac(ho_so: HoSo, by) -> PhanCong | None:
    """Somebody else who may sign at the ward today; one query."""
    signers = [role for role, rights in QUYEN_THEO_VAI_TRO.items() if Quyen.KY_HO_SO in rights]
    roles = PhanCong.objects.tai_ngay(today()).tai_don_vi(ho_so.don_vi)
    roles = roles.filter(vai_tro__in=signers, nguoi_dung__is_active=True)
    return roles.exclude(nguoi_dung=by).select_related("nguoi_dung").order_by("pk").first()


def begin(*, ho_so: HoSo, loai: str, by, version: int | None) -> HoSo:
    """Lock the case for a step and return it as it stands.

    Refused: without the right (PermissionDenied), when the same step was just taken by the
    same person (AlreadyRecordedError), when somebody changed the case since `version` was
    shown (StaleError), and when the step does not follow from where the case stands.
    """
    line = BANG[loai]
    current = (
        HoSo.objects.select_for_update(of=("self",))
        .select_related("doan_vien", "chi_doan", "don_vi")
        .get(pk=ho_so.pk)
    )
    check_one_of(by, line.quyen, current.chi_doan)
    if version is not None and version != current.version:
        same = (loai, _KHONG_DAT.get(loai, loai))
        refuse_stale(current, current.buoc, same, by=by, version=version, ten="Hồ sơ")
    check_buoc_mo(current, line.tu, ten="Hồ sơ")
    return current


def check_ngay(ho_so: HoSo, ngay: date, *, field: str = "ngay", sau: date | None = None) -> None:
    """Days of a case go forward and never beyond today."""
    truoc = max(ho_so.ngay_buoc, sau) if sau else ho_so.ngay_buoc
    check_ngay_sau(ngay, truoc, field=field)


def take(*, ho_so: HoSo, loai: str, ngay: date, by, changes: dict | None = None, **fields):
    """Write the step and move the case; `changes` are further fields of the case.

    Only after `begin` in the same transaction. Returns the step.
    """
    line = BANG[loai]
    buoc = BuocHoSo.objects.create(
        ho_so=ho_so,
        thu_tu=next_thu_tu(ho_so.buoc),
        loai=loai,
        den_trang_thai=line.den,
        ngay=ngay,
        boi=by,
        nhap_thay=not by.may(line.quyen[0], ho_so.chi_doan),
        tai_version=ho_so.version,
        phien_ban_mau=gia_tri("phien_ban_mau_gioi_thieu", ngay=ngay, don_vi=ho_so.don_vi),
        **fields,
    )
    move(
        ho_so,
        den=line.den,
        ngay=ngay,
        hanh_dong=f"ho_so.{loai}",
        by=by,
        nhap_thay=buoc.nhap_thay,
        changes=changes,
    )
    return buoc
