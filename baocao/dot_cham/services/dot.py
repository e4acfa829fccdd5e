"""The steps of the round itself before it is published, its dates, and its correction."""

from datetime import date

from django.db import transaction

from baocao.dot_cham.ket_qua import settle
from baocao.dot_cham.quyen import check, may_to_chuc
from baocao.models import (
    BuocDotCham,
    DiemTieuChi,
    DongCham,
    DotCham,
    KiemPhieuCham,
    MinhChung,
)
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.permissions import Quyen

from .chung import add_step, can_loi, go, lock_dot, lock_row

L, T = BuocDotCham.Loai, DotCham.TrangThai
THEO_Y_KIEN = "Theo kết quả sau khi trả lời ý kiến ở đợt được đính chính."


@transaction.atomic
def start_tham_dinh(*, dot: DotCham, version: int | None = None, by) -> DotCham:
    """Close the self-scores. Refused before their due day while somebody has not sent, and as
    long as the computed part has never been filled."""
    dot = _lock(dot, L.THAM_DINH, by, version)
    left = dot.dong.filter(trang_thai__in=DongCham.O_DON_VI).count()
    if left and today() <= dot.han_tu_cham:
        raise RuleError(
            f"Còn {left} đơn vị chưa gửi bản tự chấm, hạn đến hết ngày "
            f"{dot.han_tu_cham:%d/%m/%Y}. Chờ hết hạn, hoặc rút ngắn hạn tự chấm."
        )
    if dot.may_luc is None:
        raise RuleError("Phần tự tính chưa làm xong. Bấm «Tính lại phần tự động» rồi làm tiếp.")
    return go(dot, L.THAM_DINH, by=by)


@transaction.atomic
def trial_dot(*, dot: DotCham, version: int | None = None, by) -> DotCham:
    """Add everything up for the offices to look at. Refused while a unit is not verified."""
    dot = _lock(dot, L.THU, by, version)
    left = list(dot.dong.exclude(trang_thai__in=DongCham.DA_XONG).values_list("ten", flat=True))
    if left:
        names = ", ".join(left[:3])
        raise RuleError(f"Còn {len(left)} đơn vị chưa thẩm định xong: {names}.")
    settle(dot)
    return go(dot, L.THU, by=by, so_don_vi=dot.dong.count())


@transaction.atomic
def back_dot(*, dot: DotCham, loi: str, version: int | None = None, by) -> DotCham:
    """From the trial back to verification, with the reason: every line may be looked at again."""
    dot = _lock(dot, L.LUI, by, version)
    loi = can_loi(loi, "Ghi lý do quay lại thẩm định.")
    dot.dong.filter(trang_thai=DongCham.TrangThai.DA_DUYET).update(
        trang_thai=DongCham.TrangThai.DA_THAM_DINH
    )
    return go(dot, L.LUI, by=by, loi=loi)


@transaction.atomic
def cancel_dot(*, dot: DotCham, loi: str, version: int | None = None, by) -> DotCham:
    """Give a round up, with the reason; it stays to be read. Refused once it is published."""
    dot = _lock(dot, L.HUY, by, version)
    return go(dot, L.HUY, by=by, loi=can_loi(loi, "Ghi lý do hủy đợt chấm."))


@transaction.atomic
def change_han(*, dot: DotCham, han_tu_cham: date, han_tham_dinh: date, by) -> DotCham:
    """Move the due days of an unfinished round."""
    dot = lock_row(dot)
    check(by is None or may_to_chuc(by, dot), Quyen.TO_CHUC_CHAM_DIEM)
    if dot.trang_thai not in (T.MO, T.THAM_DINH):
        raise RuleError(f"{dot} đang ở bước «{dot.get_trang_thai_display()}», hạn không đổi nữa.")
    if han_tham_dinh < han_tu_cham:
        raise RuleError("Hạn thẩm định phải từ hạn tự chấm trở đi.", field="han_tham_dinh")
    dot.han_tu_cham, dot.han_tham_dinh = han_tu_cham, han_tham_dinh
    dot.version += 1
    dot.save(update_fields=["han_tu_cham", "han_tham_dinh", "version"])
    record(by=by, hanh_dong="dot_cham.han", target=dot, ngay=han_tu_cham)
    return dot


@transaction.atomic
def correct_dot(*, dot: DotCham, loi: str, by) -> DotCham:
    """A new round that names a final one and begins with its points, at verification.

    The old one is left as it is, to be read; once the new one is final it is replaced. Refused
    for a round that is not final, or that has a correction already.
    """
    old = lock_row(dot)
    check(by is None or may_to_chuc(by, old), Quyen.TO_CHUC_CHAM_DIEM)
    if not old.is_chung_cuoc:
        raise RuleError("Chỉ đính chính đợt đã chốt chung cuộc; đợt đang mở thì sửa ngay ở đợt ấy.")
    if old.sau.exclude(trang_thai=T.HUY).exists():
        raise RuleError("Đợt này đã có đợt đính chính.")
    loi = can_loi(loi, "Ghi lý do đính chính.")
    new = _copy_dot(old, by)
    _copy_lines(old, new)
    add_step(new, L.DINH_CHINH, by=by, loi=loi)
    record(by=by, hanh_dong="dot_cham.dinh_chinh", target=new, dot=old.pk)
    return new


def _lock(dot: DotCham, loai: str, by, version: int | None) -> DotCham:
    current = lock_dot(dot, loai, by=by, version=version)
    check(by is None or may_to_chuc(by, current), Quyen.TO_CHUC_CHAM_DIEM)
    return current


def _copy_dot(old: DotCham, by) -> DotCham:
    return DotCham.objects.create(
        truoc=old,
        trang_thai=T.THAM_DINH,
        ten=f"{old.ten} (đính chính)"[:160],
        ngay_buoc=today(),
        tao_boi=by,
        **{
            name: getattr(old, name)
            for name in (
                "don_vi", "bo", "ky", "doi_tuong", "ngay_chot", "tinh_den", "may_luc",
                "han_tu_cham", "han_tham_dinh", "quy_tac",
            )
        },
    )  # fmt: skip


def _copy_lines(old: DotCham, new: DotCham) -> None:
    """Lines with the points that stood, verified: only what was wrong is written anew. Evidence
    and tallies go along."""
    lines = {line.pk: line for line in old.dong.order_by("pk")}
    rows = DiemTieuChi.objects.filter(dong__dot=old).order_by("pk")
    scores = {row.pk: row for row in rows}
    tallies = list(KiemPhieuCham.objects.filter(dong__dot=old).order_by("pk"))
    evidence = MinhChung.objects.filter(dong__dot=old, tieu_chi__isnull=False).order_by("pk")
    for line in lines.values():
        line.pk, line.dot, line.trang_thai, line.version = None, new, line.TrangThai.DA_THAM_DINH, 1
        line.diem_tham_dinh = line.diem
        line.diem = line.hang = line.hang_cum = line.hang_khoi = None
        line.muc = ""
    DongCham.objects.bulk_create(lines.values(), batch_size=1000)
    for row in scores.values():
        _begin_score(row, lines[row.dong_id])
    DiemTieuChi.objects.bulk_create(scores.values(), batch_size=1000)
    for row in tallies:
        row.pk, row.dong = None, lines[row.dong_id]
    KiemPhieuCham.objects.bulk_create(tallies)
    for pk in list(evidence.values_list("pk", flat=True)):
        item = MinhChung.objects.get(pk=pk)  # one file in memory at a time
        item.pk, item.dong, item.tieu_chi = None, lines[item.dong_id], scores[item.tieu_chi_id]
        item.save()


def _begin_score(row: DiemTieuChi, line: DongCham) -> None:
    """A score of the new line: what stood is verified already, with the reason it had."""
    stood = (row.diem, row.muc)
    if row.cap("tham_dinh") != stood:
        row.ly_do = row.ly_do_duyet if row.cap("duyet") == stood else THEO_Y_KIEN
    row.pk, row.dong = None, line
    row.diem_tham_dinh, row.muc_tham_dinh = stood
    row.diem_duyet, row.muc_duyet, row.ly_do_duyet = None, "", ""
    row.diem, row.muc = None, ""
