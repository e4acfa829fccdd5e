"""Published for objections, objections answered, final."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from baocao.dot_cham.ket_qua import seal, settle
from baocao.dot_cham.quy_tac import check_gia_tri, luat_cua
from baocao.dot_cham.quyen import check, may_to_chuc, may_tu_cham
from baocao.models import BuocDotCham, DiemTieuChi, DongCham, DotCham, YKien
from core.errors import RuleError
from core.periods import today
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri

from .chung import LOI_DAI, add_step, can_loi, go, lock_dot, lock_line

L, T = BuocDotCham.Loai, DotCham.TrangThai
SO_NGAY = "cham_diem_ngay_y_kien"
TRA_LOI_DAI = YKien._meta.get_field("tra_loi").max_length


@dataclass(frozen=True)
class TraLoi:
    """An answer: upheld with the new value of a criterion, or not, always with words."""

    ket_qua: str
    loi: str
    ma: str = ""
    diem: Decimal | None = None
    muc: str = ""


@transaction.atomic
def publish_dot(*, dot: DotCham, version: int | None = None, by) -> DotCham:
    """Open totals and ranks to everybody in the round, and the window for objections."""
    dot = _lock(dot, L.CONG_BO, by, version)
    days = gia_tri(SO_NGAY, ngay=today(), don_vi=dot.don_vi)
    until = today() + timedelta(days=days)
    return go(dot, L.CONG_BO, by=by, changes={"han_y_kien": until}, han=until)


@transaction.atomic
def send_y_kien(*, dong: DongCham, ma: str = "", noi_dung: str, lien_ket: str = "", by) -> YKien:
    """A unit's objection to a criterion, or to the whole of its result.

    Refused outside the window, for who does not speak for the unit, without words, and while
    its earlier objection to the same waits for its answer.
    """
    dong = lock_line(dong)
    check(by is None or may_tu_cham(by, dong), Quyen.TU_CHAM_DIEM)
    if not dong.dot.nhan_y_kien():
        raise RuleError(
            "Chỉ nhận ý kiến khi kết quả đang công bố và còn trong thời gian nhận ý kiến."
        )
    if ma and ma not in {row.ma for row in luat_cua(dong.dot).la}:
        raise RuleError("Chọn tiêu chí trong bộ tiêu chí của đợt.", field="ma")
    if not noi_dung.strip():
        raise RuleError("Viết ý kiến của đơn vị.", field="noi_dung")
    if dong.y_kien.cho().filter(ma=ma).exists():
        raise RuleError("Đơn vị đã có ý kiến về mục này đang chờ trả lời.", field="ma")
    row = YKien.objects.create(
        dong=dong,
        ma=ma,
        noi_dung=noi_dung.strip(),
        lien_ket=lien_ket,
        gui_boi=by,
        nhap_thay=is_nhap_thay(by, dong.don_vi_id),
    )
    add_step(dong.dot, L.Y_KIEN, by=by, dong=dong, nhap_thay=row.nhap_thay)
    record(by=by, hanh_dong="y_kien_cham.send", target=row, ma=ma, nhap_thay=row.nhap_thay)
    return row


@transaction.atomic
def answer_y_kien(*, y_kien: YKien, tra_loi: TraLoi, by) -> YKien:
    """Uphold an objection with new points, or reject it with a reason.

    New points count at once: totals and ranks of the whole round follow. Refused for who does
    not hold the round, once the round is final, and for an objection that has its answer.
    """
    dot = DotCham.objects.select_for_update(of=("self",), no_key=True).get(dong=y_kien.dong_id)
    dot = DotCham.objects.select_related("don_vi", "bo").get(pk=dot.pk)
    check(by is None or may_to_chuc(by, dot), Quyen.TO_CHUC_CHAM_DIEM)
    row = YKien.objects.select_for_update(of=("self",), no_key=True).get(pk=y_kien.pk)
    if dot.trang_thai != T.CONG_BO or not row.is_cho:
        raise RuleError("Ý kiến này đã được trả lời, hoặc đợt chấm đã chốt.")
    row.tra_loi = can_loi(tra_loi.loi, "Ghi lời trả lời cho đơn vị.", "tra_loi", TRA_LOI_DAI)
    row.ket_qua, row.tra_loi_boi, row.tra_loi_luc = tra_loi.ket_qua, by, timezone.now()
    if tra_loi.ket_qua == YKien.KetQua.CHAP_NHAN:
        _uphold(dot, row, tra_loi)
    row.save()
    add_step(dot, L.TRA_LOI, by=by, dong=row.dong, loi=row.tra_loi[:LOI_DAI])
    record(by=by, hanh_dong="y_kien_cham.answer", target=row, ket_qua=row.ket_qua)
    return row


@transaction.atomic
def final_dot(*, dot: DotCham, version: int | None = None, by) -> DotCham:
    """Close the round for good: nothing of it is written again, and its hash is kept.

    Refused while the window for objections is open or one waits for its answer.
    """
    dot = _lock(dot, L.CHUNG_CUOC, by, version)
    if today() <= dot.han_y_kien:
        raise RuleError(f"Còn nhận ý kiến đến hết ngày {dot.han_y_kien:%d/%m/%Y}.")
    waiting = YKien.objects.cho().filter(dong__dot=dot).count()
    if waiting:
        raise RuleError(f"Còn {waiting} ý kiến chưa trả lời. Trả lời hết rồi chốt.")
    mark = seal(dot)
    return go(dot, L.CHUNG_CUOC, by=by, changes={"ban_bam": mark}, ban_bam=mark)


def _uphold(dot: DotCham, row: YKien, tra_loi: TraLoi) -> None:
    ma = row.ma or tra_loi.ma
    bo = luat_cua(dot)
    if ma not in {item.ma for item in bo.la}:
        raise RuleError("Chọn tiêu chí được sửa điểm.", field="ma")
    check_gia_tri(bo, bo.lay(ma), tra_loi.diem, tra_loi.muc)
    score = DiemTieuChi.objects.get(dong=row.dong_id, ma=ma)
    if (score.diem, score.muc) == (tra_loi.diem, tra_loi.muc):
        raise RuleError(
            "Chấp nhận thì ghi điểm mới khác điểm đang công bố.",
            field="diem" if bo.is_diem else "muc",
        )
    score.diem, score.muc = tra_loi.diem, tra_loi.muc
    score.version += 1
    score.save(update_fields=["diem", "muc", "version"])
    row.ma_moi, row.diem_moi, row.muc_moi = ma, tra_loi.diem, tra_loi.muc
    settle(dot, giu=True)


def _lock(dot: DotCham, loai: str, by, version: int | None) -> DotCham:
    current = lock_dot(dot, loai, by=by, version=version)
    check(by is None or may_to_chuc(by, current), Quyen.TO_CHUC_CHAM_DIEM)
    return current
