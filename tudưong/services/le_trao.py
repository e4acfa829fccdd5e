"""The ceremony at which the ward hands the list of its best members to the cấp ủy."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tudưong.models import DongLeTrao, HoSo, LeTrao
from tudưong.models.ho_so import TrangThaiHoSo

from .cap_uy import send


@dataclass
class KetQuaGui:
    """What came of recording a whole list as sent: how many were, and who was not and why."""

    da_gui: int = 0
    loi: list[str] = field(default_factory=list)


@transaction.atomic
def create_le_trao(*, don_vi: DonVi, ten: str, ngay: date, by, dia_diem: str = "") -> LeTrao:
    """Make an occasion of a ward, its list still empty."""
    _check_quyen(by, don_vi)
    le_trao = LeTrao.objects.create(
        don_vi=don_vi, ten=ten, ngay=ngay, dia_diem=dia_diem, lap_boi=by
    )
    record(by=by, hanh_dong="le_trao.create", target=le_trao)
    return le_trao


@transaction.atomic
def update_le_trao(*, le_trao: LeTrao, version: int | None, by, **changes) -> LeTrao:
    """Correct name, day or place; StaleError when somebody has saved since `version` was shown."""
    current = _lock_to_write(le_trao, by)
    check_chua_doi(current, version, "buổi lễ này")
    for name, value in changes.items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    record(by=by, hanh_dong="le_trao.update", target=current, truong=sorted(changes))
    return current


def cho_trao(le_trao: LeTrao):
    """Cases that wait to be sent: those of the ward, and those on its list that have gone along
    to another since it was reorganised."""
    there = Q(don_vi=le_trao.don_vi_id) | Q(pk__in=le_trao.dong.values("ho_so"))
    rows = HoSo.objects.filter(there, trang_thai=TrangThaiHoSo.CHO_GUI)
    rows = rows.select_related("doan_vien", "chi_doan", "don_vi")
    return rows.order_by("doan_vien__khoa_sap_xep", "pk")


@transaction.atomic
def pick_ho_so(*, le_trao: LeTrao, ho_so: Iterable[HoSo], by) -> LeTrao:
    """Say which cases are on the list; each waits to be sent, and is on one open list alone.

    What was sent already stays; what ended before it was leaves the list.
    """
    current = _lock_to_write(le_trao, by)
    chosen = {row.pk: row for row in ho_so}
    known = set(cho_trao(current).values_list("pk", flat=True))
    if set(chosen) - known:
        raise RuleError("Có hồ sơ không còn chờ gửi cấp ủy. Chọn lại danh sách.")
    open_lists = LeTrao.objects.filter(don_vi=current.don_vi, gui_luc__isnull=True)
    elsewhere = DongLeTrao.objects.filter(ho_so__in=chosen, le_trao__in=open_lists)
    taken = elsewhere.exclude(le_trao=current).select_related("ho_so__doan_vien", "le_trao").first()
    if taken:
        raise RuleError(f"{taken.ho_so.doan_vien} đã ở trong danh sách «{taken.le_trao.ten}».")
    current.dong.exclude(ho_so__in=chosen).filter(ho_so__ngay_gui__isnull=True).delete()
    there = set(current.dong.values_list("ho_so_id", flat=True))
    new = [DongLeTrao(le_trao=current, ho_so=row) for pk, row in chosen.items() if pk not in there]
    DongLeTrao.objects.bulk_create(new)
    record(by=by, hanh_dong="le_trao.pick", target=current, so_ho_so=len(chosen))
    return current


def send_all(*, le_trao: LeTrao, by) -> KetQuaGui:
    """Record each case of the list as sent on the day of the ceremony, each a step of its own.

    One that is refused keeps none of the others; the list is closed when none waits any more.
    """
    with transaction.atomic():
        current = _lock(le_trao, by)
        if not current.dong.exists():
            raise RuleError("Danh sách còn trống. Chọn hồ sơ trước.")
    ket_qua = KetQuaGui()
    for dong in current.dong.chua_gui().select_related("ho_so__doan_vien"):
        try:
            send(ho_so=dong.ho_so, ngay=current.ngay, y_kien=f"Trao tại {current.ten}.", by=by)
        except (RuleError, PermissionDenied) as refusal:
            ket_qua.loi.append(f"{dong.ho_so.doan_vien}: {refusal}")
        else:
            ket_qua.da_gui += 1
    if not ket_qua.loi:
        _close(current, by, ket_qua.da_gui)
    return ket_qua


@transaction.atomic
def _close(le_trao: LeTrao, by, so_ho_so: int) -> None:
    le_trao = _lock(le_trao, by)
    le_trao.gui_luc, le_trao.gui_boi = timezone.now(), by
    le_trao.save(update_fields=["gui_luc", "gui_boi"])
    record(by=by, hanh_dong="le_trao.send", target=le_trao, so_ho_so=so_ho_so)


def _lock_to_write(le_trao: LeTrao, by) -> LeTrao:
    """The list, locked along with its ward: of two lists one takes a case. Refused once issued."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=le_trao.don_vi_id)
    current = _lock(le_trao, by)
    if current.is_khoa:
        raise RuleError(
            f"Danh sách đã ban hành số {current.van_ban.so_ky_hieu}. Cần sửa thì hủy văn bản ấy "
            "trong sổ văn bản, sửa rồi ban hành lại."
        )
    return current


def _lock(le_trao: LeTrao, by) -> LeTrao:
    rows = LeTrao.objects.select_for_update(of=("self",)).select_related("don_vi", "van_ban")
    current = rows.defer("van_ban__tep").get(pk=le_trao.pk)
    _check_quyen(by, current.don_vi)
    if current.is_da_gui:
        raise RuleError("Danh sách đã trao, không sửa được nữa.")
    return current


def _check_quyen(by, don_vi: DonVi) -> None:
    if not by.may(Quyen.LAP_HO_SO, don_vi):
        raise PermissionDenied(who_may(Quyen.LAP_HO_SO))
