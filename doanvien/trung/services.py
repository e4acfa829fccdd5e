"""What is done about two records that look like one person."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien, GopDoanVien, KhacNguoi, QuaTrinh
from doanvien.services import date_books
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

from .doi_noi import NhatKyGop, hanging, move_all, moved_back, restore, snapshot
from .hop_nhat import Doan, hop_nhat

HAN_HOAN = "gop_hoan_ngay"
_NGOAI = (KhacNguoi, GopDoanVien)


@transaction.atomic
def mark_khac_nguoi(*, mot: DoanVien, hai: DoanVien, by) -> KhacNguoi:
    """Remember that two records are two people; they are not offered again."""
    mot, hai = sorted((mot, hai), key=lambda row: row.pk)
    if mot.pk == hai.pk:
        raise RuleError("Chọn hai bản ghi khác nhau.")
    pair, is_new = KhacNguoi.objects.get_or_create(mot=mot, hai=hai, defaults={"boi": by})
    if is_new:
        record(by=by, hanh_dong="doan_vien.khac_nguoi", target=mot, so_cu=hai.pk)
    return pair


@transaction.atomic
def merge_doan_vien(*, giu: DoanVien, bo: DoanVien, values: dict, by) -> GopDoanVien:
    """Make one record of two: `giu` stays and takes `values`, all that hung on `bo` moves.

    Official periods are put together so that every day that was counted stays counted, and
    none twice. Of two rows where only one may be, the better stays. `bo` is kept, encrypted,
    in the log of the merge. Refused when the date of admission would come after membership,
    and when both have something open that cannot be made one.
    """
    rows = DoanVien.objects.select_for_update(of=("self",)).select_related("chi_doan")
    locked = {row.pk: row for row in rows.filter(pk__in=[giu.pk, bo.pk]).order_by("pk")}
    if len(locked) != 2:
        raise RuleError("Một trong hai bản ghi không còn. Xem lại danh sách.")
    giu, bo = locked[giu.pk], locked[bo.pk]
    nhat_ky = NhatKyGop()
    truoc = {"giu": snapshot(giu), "bo": snapshot(bo)}
    _drop_marks(bo, nhat_ky)
    first = _merge_periods(giu, bo, nhat_ky)
    so_trung = move_all(bo, giu, nhat_ky, ngoai=(KhacNguoi,))
    bo_pk, chi_doan = bo.pk, bo.chi_doan_id
    bo.delete()
    _take_values(giu, values, ngoai=(bo_pk, giu.pk))
    _check_admission(giu, first)
    giu.version += 1
    giu.save()
    date_books({chi_doan, *giu.qua_trinh.values_list("chi_doan", flat=True)})
    gop = GopDoanVien(giu=giu, so_bo=bo_pk, boi=by, dau_vet=_mark(giu))
    gop.set_ban_chup({**truoc, **vars(nhat_ky)})
    gop.save(force_insert=True)
    record(by=by, hanh_dong="doan_vien.gop", target=giu, so_cu=bo_pk, so_trung=so_trung)
    return gop


@transaction.atomic
def undo_merge(*, gop: GopDoanVien, by) -> DoanVien:
    """Take a merge back: two records again, each with what it had.

    Refused after the days that the setting allows, and once something was written to the
    merged record: nobody can say then whose it is.
    """
    gop = GopDoanVien.objects.select_for_update().get(pk=gop.pk)
    giu = DoanVien.objects.select_for_update(of=("self",)).get(pk=gop.giu_id)
    if gop.is_hoan_lai:
        raise RuleError("Lần gộp này đã được hoàn lại.")
    if today() > han_hoan(gop):
        raise RuleError(f"Chỉ hoàn lại được đến hết ngày {han_hoan(gop):%d/%m/%Y}.")
    if _mark(giu) != gop.dau_vet:
        raise RuleError(
            f"Sau khi gộp, bản ghi của {giu} đã được ghi thêm hoặc sửa, nên không tách lại được."
        )
    kept = gop.ban_chup
    chi_doan = set(giu.qua_trinh.values_list("chi_doan", flat=True))
    QuaTrinh.objects.filter(pk__in=kept["them"]).delete()
    restore(kept["giu"])
    restore(kept["bo"])
    moved_back(kept["noi"], gop.so_bo)
    for text in (*kept["xoa"], *kept["sua"]):
        restore(text)
    DoanVien.objects.filter(pk=giu.pk).update(version=giu.version + 1)
    date_books(chi_doan)
    gop.hoan_luc, gop.hoan_boi = timezone.now(), by
    gop.save(update_fields=["hoan_luc", "hoan_boi"])
    record(by=by, hanh_dong="doan_vien.hoan_gop", target=giu, so_cu=gop.so_bo)
    return DoanVien.objects.get(pk=gop.so_bo)


def han_hoan(gop: GopDoanVien) -> date:
    """The last day on which the merge can be taken back."""
    day = timezone.localdate(gop.luc)
    return day + timedelta(days=so_ngay_hoan(gop.giu.chi_doan, day))


def so_ngay_hoan(don_vi: DonVi, day: date) -> int:
    return gia_tri(HAN_HOAN, ngay=day, don_vi=don_vi)


def con_hoan_duoc(merges: Iterable[GopDoanVien], don_vi: DonVi) -> list[tuple[GopDoanVien, date]]:
    """Merges that can still be taken back, each with its last day. One statement."""
    days = timedelta(days=so_ngay_hoan(don_vi, today()))
    rows = [(gop, timezone.localdate(gop.luc) + days) for gop in merges]
    return [(gop, last) for gop, last in rows if last >= today()]


def _drop_marks(bo: DoanVien, nhat_ky: NhatKyGop) -> None:
    """What was said about the record that goes says nothing about the one that stays."""
    for pair in KhacNguoi.objects.ve([bo.pk]):
        nhat_ky.xoa.append(snapshot(pair))
        pair.delete()


def _merge_periods(giu: DoanVien, bo: DoanVien, nhat_ky: NhatKyGop) -> date | None:
    """Write the official periods of the one person; return the first day of membership."""
    rows = {row.pk: row for row in QuaTrinh.objects.chinh_thuc().filter(doan_vien__in=[giu, bo])}
    result = hop_nhat(
        [_doan(row) for row in rows.values() if row.doan_vien_id == giu.pk],
        [_doan(row) for row in rows.values() if row.doan_vien_id == bo.pk],
    )
    kept = {doan.pk for doan in result}
    for pk, row in rows.items():
        if pk not in kept:
            _drop_period(row, nhat_ky)
    for doan in sorted(result, key=lambda doan: doan.den is None):
        _write_period(doan, rows.get(doan.pk), giu, nhat_ky)
    _follow_periods(giu, bo, result)
    return result[0].tu if result else None


def _doan(row: QuaTrinh) -> Doan:
    return Doan(
        row.pk, row.chi_doan_id, row.tu_ngay, row.den_ngay, row.ly_do_bat_dau, row.ly_do_ket_thuc
    )


def _drop_period(row: QuaTrinh, nhat_ky: NhatKyGop) -> None:
    """A period that lies within others; what came after it stands by itself."""
    for later in QuaTrinh.objects.filter(truoc=row):
        nhat_ky.sua.append(snapshot(later))
        QuaTrinh.objects.filter(pk=later.pk).update(truoc=None)
    nhat_ky.xoa.append(snapshot(row))
    row.delete()


def _write_period(doan: Doan, row: QuaTrinh | None, giu: DoanVien, nhat_ky: NhatKyGop) -> None:
    if row is not None and _doan(row) == doan and row.doan_vien_id == giu.pk:
        return
    is_new = row is None
    if is_new:
        row = QuaTrinh(chi_doan_id=doan.chi_doan)
    else:
        nhat_ky.sua.append(snapshot(row))
    row.doan_vien, row.tu_ngay, row.den_ngay = giu, doan.tu, doan.den
    row.ly_do_bat_dau, row.ly_do_ket_thuc = doan.vi, doan.het
    row.save()
    if is_new:
        nhat_ky.them.append(row.pk)


def _follow_periods(giu: DoanVien, bo: DoanVien, result: list[Doan]) -> None:
    """The branch and the state of the one person, as the last period says."""
    if not result:
        return
    last, states = result[-1], DoanVien.TrangThai
    if last.den is None and states.TU_TRAN in (giu.trang_thai, bo.trang_thai):
        raise RuleError("Một bản ghi ghi từ trần, bản kia đang sinh hoạt. Sửa cho khớp rồi gộp.")
    if last.den is None:
        giu.trang_thai = states.DANG_SINH_HOAT
    elif last.het in states.values:
        giu.trang_thai = last.het
    giu.chi_doan_id = last.chi_doan


def _take_values(giu: DoanVien, values: dict, *, ngoai: tuple[int, ...]) -> None:
    """The chosen values; nobody is introduced by a record that went, or by himself."""
    values = {"ho_ten": giu.ho_ten, **values}
    giu.set_ho_ten(values.pop("ho_ten"))
    for name, value in values.items():
        setattr(giu, name, value)
    if giu.nguoi_gioi_thieu_id in ngoai:
        giu.nguoi_gioi_thieu = None


def _check_admission(giu: DoanVien, first: date | None) -> None:
    if giu.ngay_vao_doan <= giu.ngay_sinh:
        raise RuleError("Ngày vào Đoàn phải sau ngày sinh. Chọn lại hai ngày.")
    if first and first < giu.ngay_vao_doan:
        raise RuleError(
            f"Ngày vào Đoàn {giu.ngay_vao_doan:%d/%m/%Y} ở sau ngày đã sinh hoạt "
            f"{first:%d/%m/%Y}. Chọn ngày vào Đoàn sớm hơn."
        )


def _mark(giu: DoanVien) -> str:
    """How the record and what hangs on it stand now."""
    periods = [asdict(_doan(row)) for row in giu.qua_trinh.order_by("pk")]
    parts = [giu.version, hanging(giu, ngoai=_NGOAI), periods]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()
