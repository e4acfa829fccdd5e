"""What happens to a reorganisation, step by step. Each function is one transaction.

A ward drafts within itself and the office above anywhere below it; the office above approves
with its password, applies and undoes. `by` is None when the house itself does it.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from chidoan.models import BuocSapXep, SapXep
from core.errors import AlreadyRecordedError, RuleError, StaleError
from core.periods import today
from core.text import clean
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.auth import prove_password
from tochuc.models import DonVi, PhanCong
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import LUON_LUON

from . import ke_hoach as kh
from .ap_dung import ap_dung, goc_chung, khoa_don_vi
from .can_tro import CanTroError, soat_don_vi
from .hoan_tac import dang_treo, put_back
from .xem_truoc import xem_truoc

Loai, TrangThai = BuocSapXep.Loai, SapXep.TrangThai
logger = logging.getLogger(__name__)
LOI = "Lỗi ở máy chủ; chưa ghi gì. Bấm «Áp dụng» để làm lại; nếu vẫn vậy, báo người quản trị."
XA_NHAT = timedelta(days=366)
"""How far ahead a reorganisation may be planned."""


@transaction.atomic
def create_sap_xep(
    *, plan: list[kh.ThayDoi], hieu_luc: date, by, ma_gui: UUID, ten: str = "", **fields
) -> SapXep:
    """Keep a plan as a draft. Refused for units that one has no say about, and for a plan that
    cannot be meant; the same form sent twice makes one draft."""
    if earlier := SapXep.objects.filter(ma_gui=ma_gui).first():
        return earlier
    goc = _check_plan(plan, hieu_luc, by)
    sap_xep = SapXep(don_vi=goc, hieu_luc=hieu_luc, lap_boi=by, ma_gui=ma_gui)
    _set(sap_xep, plan, ten, fields)
    sap_xep.save(force_insert=True)
    _step(sap_xep, Loai.LAP, by)
    record(by=by, hanh_dong="sap_xep.create", target=sap_xep, hieu_luc=hieu_luc)
    return sap_xep


@transaction.atomic
def update_sap_xep(
    *, sap_xep: SapXep, version: int, by, plan=None, hieu_luc=None, ten: str = "", **fields
) -> SapXep:
    """Change a draft: what was approved or handed in is not changed under anybody's eyes."""
    current = _lock(sap_xep)
    _check_state(current, TrangThai.NHAP)
    if current.version != version:
        raise StaleError("Có người vừa sửa kế hoạch này. Xem lại trước khi lưu.", current=current)
    plan = kh.doc(current.ke_hoach) if plan is None else plan
    current.hieu_luc = hieu_luc or current.hieu_luc
    current.don_vi = _check_plan(plan, current.hieu_luc, by)
    _set(current, plan, ten or current.ten, fields)
    current.version += 1
    current.save()
    record(by=by, hanh_dong="sap_xep.update", target=current, hieu_luc=current.hieu_luc)
    return current


def look(*, sap_xep: SapXep) -> SapXep:
    """Try the plan and keep what would come of it, for the pages; nothing else changes."""
    seen = xem_truoc(sap_xep)
    kept = {**asdict(seen), "bam": bam_cua(sap_xep)}
    SapXep.objects.filter(pk=sap_xep.pk, version=sap_xep.version).update(
        xem_truoc=kept, xem_luc=timezone.now()
    )
    sap_xep.xem_truoc, sap_xep.xem_luc = kept, timezone.now()
    return sap_xep


@transaction.atomic
def submit(*, sap_xep: SapXep, by) -> SapXep:
    """Hand a draft to the office above. Refused while something stands in its way."""
    current = _lock(sap_xep)
    _check_state(current, TrangThai.NHAP)
    _may(by, Quyen.DE_NGHI_SAP_XEP, current)
    if wrong := look(sap_xep=current).xem_truoc["can_tro"]:
        raise CanTroError(wrong)
    return _move(current, TrangThai.CHO_DUYET, Loai.TRINH, by, "submit")


@transaction.atomic
def give_back(*, sap_xep: SapXep, ly_do: str, by) -> SapXep:
    """The office above hands it back to be mended, or takes back what waits for its day."""
    current = _lock(sap_xep)
    _check_state(current, TrangThai.CHO_DUYET, TrangThai.CHO_HIEU_LUC)
    _may(by, Quyen.QUYET_SAP_XEP, current)
    _need(ly_do, "Ghi điều cần sửa.")
    current.duyet_boi = current.duyet_luc = None
    current.loi = ""
    return _move(current, TrangThai.NHAP, Loai.TRA_LAI, by, "return", ly_do=ly_do)


def approve(*, sap_xep: SapXep, bam: str, mat_khau: str, by, **fields) -> SapXep:
    """Approve exactly the plan that was seen (`bam`), with one's password.

    From its day on it holds: at once when the day has come. StaleError (409) when the plan is
    not the one that was looked at.
    """
    prove_password(user=by, password=mat_khau)
    with transaction.atomic():
        current = _lock(sap_xep)
        if current.duyet_boi_id == by.pk and current.bam == bam:
            raise AlreadyRecordedError("Đồng chí đã duyệt.")
        _check_state(current, TrangThai.CHO_DUYET, TrangThai.NHAP)
        _may(by, Quyen.QUYET_SAP_XEP, current)
        if bam != bam_cua(current):
            raise StaleError(
                "Kế hoạch vừa được sửa, không còn như bản đồng chí đã xem. Xem lại rồi duyệt.",
                current=current,
            )
        for name, value in fields.items():
            setattr(current, name, value)
        if not current.so_quyet_dinh or not current.ngay_quyet_dinh:
            raise RuleError("Ghi số và ngày quyết định trước khi duyệt.", field="so_quyet_dinh")
        if wrong := xem_truoc(current).can_tro:
            raise CanTroError(wrong)
        current.bam, current.duyet_boi, current.duyet_luc = bam, by, timezone.now()
        _move(current, TrangThai.CHO_HIEU_LUC, Loai.DUYET, by, "approve")
    return current


def is_den_ngay(sap_xep: SapXep) -> bool:
    return sap_xep.is_cho_hieu_luc and sap_xep.hieu_luc <= today()


@transaction.atomic
def apply(*, sap_xep: SapXep, by, bao: Callable | None = None) -> SapXep:
    """Let an approved reorganisation hold. Doing it twice does it once.

    CanTroError when something stands in its way by now; nothing has changed then.
    """
    current = _lock(sap_xep)
    if current.is_da_ap_dung:
        return current
    _check_state(current, TrangThai.CHO_HIEU_LUC)
    if current.hieu_luc > today():
        raise RuleError(f"Đợt sắp xếp có hiệu lực từ ngày {current.hieu_luc:%d/%m/%Y}.")
    if current.bam != bam_cua(current):
        raise RuleError("Kế hoạch không còn như bản đã duyệt. Trả lại để duyệt lại.")
    return _apply(current, by, bao)


def _apply(current: SapXep, by, bao: Callable | None = None) -> SapXep:
    ket_qua = ap_dung(current, **({"bao": bao} if bao else {}))
    current.ap_dung_luc, current.loi = timezone.now(), ""
    current.ket_qua = {
        "so_nguoi": ket_qua.so_nguoi,
        "so_ket_thuc": len(ket_qua.pham_vi.ket_thuc),
        "theo": [list(item) for item in ket_qua.theo if item[1]],
        "ket_thuc": [list(item) for item in ket_qua.ket_thuc if item[1]],
    }
    return _move(
        current,
        TrangThai.DA_AP_DUNG,
        Loai.AP_DUNG,
        by,
        "apply",
        so_nguoi=ket_qua.so_nguoi,
        so_don_vi=len(ket_qua.pham_vi.ket_thuc),
    )


def apply_due(day: date | None = None) -> tuple[list[SapXep], list[SapXep]]:
    """Apply all that are due, the earliest first: (applied, those that something stops).

    Each is a transaction of its own; what stops one is kept with it for the approver.
    """
    done, stopped = [], []
    for sap_xep in SapXep.objects.den_ngay(day or today()).order_by("hieu_luc", "duyet_luc", "pk"):
        try:
            done.append(apply(sap_xep=sap_xep, by=None))
        except RuleError as refusal:
            _stop(sap_xep, str(refusal))
            stopped.append(sap_xep)
        except (DatabaseError, ValueError):  # the others are not to wait for this one
            logger.exception("Reorganisation %s failed", sap_xep.pk)
            _stop(sap_xep, LOI)
            stopped.append(sap_xep)
    return done, stopped


def _stop(sap_xep: SapXep, words: str) -> None:
    waiting = SapXep.objects.filter(pk=sap_xep.pk, trang_thai=TrangThai.CHO_HIEU_LUC)
    waiting.update(loi=words)  # unless somebody has applied it or given it back meanwhile


def revert(*, sap_xep: SapXep, ly_do: str, by, mat_khau: str | None = None) -> SapXep:
    """Put everything back as it was. Refused while something new hangs on what came of it."""
    if mat_khau is not None:
        prove_password(user=by, password=mat_khau)  # outside: a wrong try stays counted
    return _revert(sap_xep, ly_do, by)


@transaction.atomic
def _revert(sap_xep: SapXep, ly_do: str, by) -> SapXep:
    current = _lock(sap_xep)
    _check_state(current, TrangThai.DA_AP_DUNG)
    _may(by, Quyen.QUYET_SAP_XEP, current)
    _need(ly_do, "Ghi lý do hoàn tác.")
    if hanging := dang_treo(current):
        found = "; ".join(hanging)
        raise CanTroError(
            [f"Chưa hoàn tác được vì đơn vị nhận đã có: {found}.", "Cần sửa thì lập đợt mới."]
        )
    put_back(current)
    return _move(current, TrangThai.DA_HOAN_TAC, Loai.HOAN_TAC, by, "revert", ly_do=ly_do)


@transaction.atomic
def discard(*, sap_xep: SapXep, by, ly_do: str = "") -> SapXep:
    """Give up a plan that has not been applied; it stays on record."""
    current = _lock(sap_xep)
    _check_state(current, *SapXep.CON_MO)
    needed = Quyen.DE_NGHI_SAP_XEP if current.is_nhap else Quyen.QUYET_SAP_XEP
    _may(by, needed, current)
    return _move(current, TrangThai.DA_BO, Loai.BO, by, "discard", ly_do=ly_do)


@transaction.atomic
def record_history(
    *,
    plan: list[kh.ThayDoi],
    ten: str,
    hieu_luc: date,
    so_quyet_dinh: str,
    ngay_quyet_dinh: date,
    by=None,
) -> SapXep:
    """Enter a reorganisation of the past that was decided on paper, and apply it at once.

    For books that begin with it and for demo data: no approval; what stands in the way
    refuses it as ever.
    """
    units = khoa_don_vi(plan)
    sap_xep = SapXep(
        don_vi=goc_chung(plan, units),
        hieu_luc=hieu_luc,
        so_quyet_dinh=so_quyet_dinh,
        ngay_quyet_dinh=ngay_quyet_dinh,
        lap_boi=by,
        duyet_boi=by,
        duyet_luc=timezone.now(),
        trang_thai=TrangThai.CHO_HIEU_LUC,
    )
    _set(sap_xep, plan, ten, {})
    sap_xep.bam = bam_cua(sap_xep)
    sap_xep.save(force_insert=True)
    _step(sap_xep, Loai.LAP, by)
    return _apply(sap_xep, by)


def bam_cua(sap_xep: SapXep) -> str:
    """What identifies the plan as it stands: day and units, not yet the decision's number."""
    return kh.bam(sap_xep.ke_hoach, sap_xep.hieu_luc, "", None)


def gio_ap_dung(sap_xep: SapXep) -> datetime:
    """The first minute of its day."""
    return timezone.make_aware(datetime.combine(sap_xep.hieu_luc, time(0, 1)))


def _check_plan(plan: list[kh.ThayDoi], hieu_luc: date, by):
    if wrong := kh.soat(plan):
        raise CanTroError(wrong)
    if not LUON_LUON < hieu_luc <= today() + XA_NHAT:
        raise RuleError("Ngày có hiệu lực không quá một năm tới.", field="hieu_luc")
    units = khoa_don_vi(plan)
    if wrong := soat_don_vi(plan, units, hieu_luc):
        raise CanTroError(wrong)
    if by is not None:
        foreign = [unit for unit in units.values() if not by.may(Quyen.DE_NGHI_SAP_XEP, unit)]
        if foreign:
            raise RuleError(f"{foreign[0]} không thuộc phạm vi của đồng chí.")
        _check_nguoi(plan, by)
    return goc_chung(plan, units)


def _check_nguoi(plan: list[kh.ThayDoi], by) -> None:
    """Secretaries and accounts that a plan names are of the scope in which one may draft."""
    dich = [one for item in plan for one in item.dich]
    people = {one.bi_thu for one in dich} - {None}
    seen = DoanVien.objects.dang_sinh_hoat().permitted_to(by, Quyen.DE_NGHI_SAP_XEP)
    if seen.filter(pk__in=people).count() != len(people):
        raise RuleError("Bí thư lâm thời phải đang sinh hoạt trong phạm vi của đồng chí.")
    accounts = {one.tai_khoan for one in dich} - {None}
    roles = PhanCong.objects.tai_ngay(today()).permitted_to(by, Quyen.DE_NGHI_SAP_XEP)
    roles = roles.filter(nguoi_dung__in=accounts, nguoi_dung__is_active=True)
    if roles.order_by().values("nguoi_dung").distinct().count() != len(accounts):
        raise RuleError("Tài khoản dùng cho đơn vị mới phải đang dùng trong phạm vi của đồng chí.")


def _set(sap_xep: SapXep, plan: list[kh.ThayDoi], ten: str, fields: dict) -> None:
    sap_xep.ke_hoach = kh.viet(plan)
    sap_xep.ten = clean(ten) or dat_ten(plan)
    for name, value in fields.items():
        setattr(sap_xep, name, value)


def dat_ten(plan: list[kh.ThayDoi]) -> str:
    """A name for a plan that was given none: "Sáp nhập 3 đơn vị thành Khu vực 1", "Lập mới
    Khu vực 4"."""
    words = dict(kh.TEN_LOAI)
    first = plan[0]
    new = first.ten or (first.dich[0].ten if len(first.dich) == 1 else "")
    becomes = "" if first.loai == kh.LAP_MOI else "thành "
    target = f" {becomes}{new}" if new else ""
    number = f" {len(first.don_vi)} đơn vị" if first.don_vi else ""
    if len(first.don_vi) == 1:
        number = f" {DonVi.objects.get(pk=first.don_vi[0])}"
        words |= {kh.BO_CAP: "Kết thúc", kh.CHUYEN: "Chuyển"}
    more = f" và {len(plan) - 1} việc khác" if len(plan) > 1 else ""
    return f"{words[first.loai]}{number}{target}{more}"[:200]


def _lock(sap_xep: SapXep) -> SapXep:
    return (
        SapXep.objects.select_for_update(of=("self",)).select_related("don_vi").get(pk=sap_xep.pk)
    )


def _check_state(sap_xep: SapXep, *states) -> None:
    if sap_xep.trang_thai not in states:
        raise RuleError(f"Đợt sắp xếp này {sap_xep.get_trang_thai_display().lower()}.")


def _may(by, quyen: Quyen, sap_xep: SapXep) -> None:
    if by is not None and not by.may(quyen, sap_xep.don_vi):
        raise RuleError(who_may(quyen))


def _need(ly_do: str, sentence: str) -> None:
    if not ly_do.strip():
        raise RuleError(sentence, field="ly_do")


def _move(sap_xep: SapXep, den: str, loai: str, by, verb: str, *, ly_do: str = "", **words):
    sap_xep.trang_thai = den
    sap_xep.version += 1
    sap_xep.save()
    _step(sap_xep, loai, by, ly_do)
    record(by=by, hanh_dong=f"sap_xep.{verb}", target=sap_xep, **words)
    return sap_xep


def _step(sap_xep: SapXep, loai: str, by, ly_do: str = "") -> None:
    BuocSapXep.objects.create(sap_xep=sap_xep, loai=loai, boi=by, ly_do=clean(ly_do))
