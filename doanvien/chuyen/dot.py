"""Batch transfer: many members of a branch to one place, signed together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from doanvien.models import BuocChuyen, ChuyenSinhHoat, DoanVien
from tochuc.models import DonVi

from . import services
from .quy_trinh import KE_TIEP, may_take

Loai = BuocChuyen.Loai


@dataclass
class KetQua:
    """What became of a batch: done, and for each that was not, whose and why."""

    xong: list[ChuyenSinhHoat] = field(default_factory=list)
    khong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ly_do(self) -> list[str]:
        """Why, with everybody to whom it happened: "Trần Mỹ Uyên, Lâm Thanh Ý: …"."""
        names: dict[str, list[str]] = {}
        for name, reason in self.khong:
            names.setdefault(reason, []).append(name)
        return [f"{', '.join(those)}: {reason}" for reason, those in names.items()]


def request_many(*, doan_vien: Iterable[DoanVien], by, **fields) -> KetQua:
    """One transfer for each person, with a common batch number; a refusal stops only its own."""
    dot = uuid4()
    return _each(
        doan_vien,
        lambda person: services.request(doan_vien=person, dot=dot, by=by, **fields),
        name=str,
    )


def sign_many(
    *, rows: Iterable[ChuyenSinhHoat], ngay: date, by, chi_doan_den: DonVi | None = None
) -> KetQua:
    """Give the signature that each of these waits for; all rows are at the same step."""

    def sign(row: ChuyenSinhHoat):
        loai = KE_TIEP[row.trang_thai]
        step = {"chuyen": row, "ngay": ngay, "by": by, "version": row.version}
        if loai == Loai.PHUONG_DI:
            return services.sign(chi_doan_den=chi_doan_den, **step)
        if loai == Loai.PHUONG_DEN:
            return services.receive(chi_doan_den=chi_doan_den or row.chi_doan_den, **step)
        if loai == Loai.XAC_NHAN:
            return services.confirm(**step)
        return services.confirm_elsewhere(**step)

    return _each(rows, sign, name=lambda row: row.doan_vien.ho_ten)


def batch_of(chuyen: ChuyenSinhHoat, user) -> list[ChuyenSinhHoat]:
    """All of the same batch that this person sees, itself among them; none for a single one."""
    if chuyen.dot is None:
        return []
    rows = ChuyenSinhHoat.objects.visible_to(user).cung_dot(chuyen.dot).for_page()
    return list(rows.order_by("doan_vien__khoa_sap_xep", "pk"))


def waiting_with(chuyen: ChuyenSinhHoat, user, batch=None) -> list[ChuyenSinhHoat]:
    """Those of the batch at the same step that this person may sign, itself among them."""
    loai = KE_TIEP.get(chuyen.trang_thai)
    if loai in (None, Loai.GUI_LAI):
        return []
    rows = batch_of(chuyen, user) if batch is None else batch
    same = (row for row in rows if row.trang_thai == chuyen.trang_thai)
    return [row for row in same if may_take(loai, row, user)]


def _each(items: Iterable, act: Callable, *, name: Callable[..., str]) -> KetQua:
    found = KetQua()
    for item in items:
        try:
            with transaction.atomic():
                found.xong.append(act(item))
        except (RuleError, PermissionDenied) as refusal:
            found.khong.append((name(item), str(refusal)))
    return found
