"""Quy trình hồ sơ: which step may be taken where, by whom, and what it leads to.

The table is the whole truth; services add only what a step needs to know. Flow of
domain.md 5.2: branch vote, ward review, committee's resolution, Party cell, its answer.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri
from tochuc.quy_trinh import (
    check_buoc_mo,
    check_ngay_sau,
    move,
    next_thu_tu,
    refuse_stale,
)

from .models import BuocHoSo, HoSo
from .models.ho_so import TrangThaiHoSo as T

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


_CHI_DOAN = (Quyen.DE_NGHI_HO_SO, Quyen.LAP_HO_SO)
_CAP_UY = (Quyen.TRA_LOI_HO_SO, Quyen.LAP_HO_SO)
_CHO_CHI_DOAN = (T.CHO_CHI_DOAN, T.TRA_LAI)
_O_CAP_UY = (T.DA_GUI, T.CHAT_VAN)
_TRUOC_KHI_GUI = (T.CHO_CHI_DOAN, T.TRA_LAI, T.CHO_THAM_TRA, T.CHO_BCH, T.CHO_GUI)

BANG: dict[str, ChuyenBuoc] = dict(
    (
        _line(Loai.DE_NGHI, _CHO_CHI_DOAN, T.CHO_THAM_TRA, *_CHI_DOAN),
        _line(Loai.KHONG_DE_NGHI, _CHO_CHI_DOAN, T.BOI_DUONG, *_CHI_DOAN),
        _line(Loai.BO_SUNG, (T.TRA_LAI,), T.CHO_THAM_TRA, *_CHI_DOAN),
        _line(Loai.THAM_TRA, (T.CHO_THAM_TRA,), T.CHO_BCH, Quyen.LAP_HO_SO),
        _line(Loai.TRA_LAI, (T.CHO_THAM_TRA,), T.TRA_LAI, Quyen.LAP_HO_SO),
        _line(Loai.NGHI_QUYET, (T.CHO_BCH,), T.CHO_GUI, Quyen.KY_HO_SO),
        _line(Loai.KHONG_THONG_QUA, (T.CHO_BCH,), T.BOI_DUONG, Quyen.KY_HO_SO),
        _line(Loai.GUI, (T.CHO_GUI, T.CAN_BO_SUNG), T.DA_GUI, Quyen.LAP_HO_SO),
        _line(Loai.CAP_UY_BO_SUNG, _O_CAP_UY, T.CAN_BO_SUNG, *_CAP_UY),
        _line(Loai.KET_NAP, (*_O_CAP_UY, T.DA_TRA_LOI), T.KET_NAP, *_CAP_UY),
        _line(Loai.CHINH_THUC, (T.KET_NAP,), T.CHINH_THUC, *_CAP_UY),
        _line(Loai.KHONG_KET_NAP, _O_CAP_UY, T.KHONG_KET_NAP, *_CAP_UY),
        _line(Loai.CONG_VAN, (*_O_CAP_UY, T.KHONG_KET_NAP), T.CHAT_VAN, Quyen.KY_HO_SO),
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
    held = any(by.may(quyen, ho_so.chi_doan) for quyen in line.quyen)
    return held and ho_so.trang_thai in line.tu


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
    if not any(by.may(quyen, current.chi_doan) for quyen in line.quyen):
        raise PermissionDenied(who_may(line.quyen[0]))
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
