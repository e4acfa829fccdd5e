"""Verification of a unit's scores, and the second look of the office above."""

from decimal import Decimal

from django.db import transaction

from baocao.dot_cham import quy_trinh
from baocao.dot_cham.quy_tac import (
    can_tham_dinh,
    check_gia_tri,
    co_gia_tri,
    giong,
    la_de_xuat,
    luat_cua,
)
from baocao.dot_cham.quyen import check, may_duyet, may_tham_dinh, quyen_tham_dinh
from baocao.models import BuocDotCham, DiemTieuChi, DongCham
from core.errors import RuleError, StaleError
from tochuc.audit import record
from tochuc.permissions import Quyen

from .chung import can_loi, go_dong, lock_dong

L = BuocDotCham.Loai


@transaction.atomic
def return_dong(*, dong: DongCham, loi: str, by) -> DongCham:
    """Give the self-score back to its unit with words; it is scored and sent once more."""
    dong = lock_dong(dong, quy_trinh.DONG[L.TRA_LAI][0], viec="trả lại")
    _check(dong, by)
    loi = can_loi(loi, "Ghi lý do trả lại để đơn vị biết cần sửa gì.")
    return go_dong(dong, L.TRA_LAI, by=by, loi=loi)


@transaction.atomic
def save_tham_dinh(
    *,
    diem_tieu_chi: DiemTieuChi,
    diem: Decimal | None,
    muc: str = "",
    ly_do: str = "",
    by,
    version: int | None = None,
) -> DiemTieuChi:
    """Write the official points of one criterion.

    What differs from the self-score, or from what was computed, needs a comment.
    """
    dong = lock_dong(diem_tieu_chi.dong, quy_trinh.GHI_THAM_DINH, viec="thẩm định")
    _check(dong, by)
    row = _row(dong, diem_tieu_chi, diem, muc, version)
    row.diem_tham_dinh, row.muc_tham_dinh, row.ly_do = diem, muc, ly_do.strip()
    if _is_thieu_ly_do(row):
        raise RuleError(
            "Khác điểm tự chấm hoặc số tự tính: ghi lý do để đơn vị biết.", field="ly_do"
        )
    _save(row, "tham_dinh", "ly_do")
    if dong.is_xong:
        dong.diem_tham_dinh = _tong(dong, "tham_dinh")
        dong.save(update_fields=["diem_tham_dinh"])
    record(by=by, hanh_dong="dong_cham.tham_dinh", target=dong, ma=row.ma)
    return row


@transaction.atomic
def agree_rest(*, dong: DongCham, by) -> int:
    """Take over what nobody differs about, where nothing official stands yet; how many."""
    dong = lock_dong(dong, quy_trinh.GHI_THAM_DINH, viec="thẩm định")
    _check(dong, by)
    taken = _take_rest(dong)
    if taken:
        record(by=by, hanh_dong="dong_cham.dong_y", target=dong, so_muc=taken)
    return taken


@transaction.atomic
def finish_tham_dinh(*, dong: DongCham, by) -> DongCham:
    """The unit's verification is complete. Refused while a criterion has no official value, or
    one that differs without a comment: the unit may have sent anew since."""
    dong = lock_dong(dong, quy_trinh.DONG[L.XONG][0], viec="kết thúc thẩm định")
    _check(dong, by)
    missing = chua_tham_dinh(dong)
    if missing:
        names = "; ".join(missing[:3])
        raise RuleError(f"Còn {len(missing)} mục chưa thẩm định: {names}.")
    unsaid = [row.ma for row in dong.tieu_chi.all() if _is_thieu_ly_do(row)]
    if unsaid:
        names = "; ".join(luat_cua(dong.dot).lay(ma).ten for ma in unsaid[:3])
        raise RuleError(
            f"Còn {len(unsaid)} mục khác điểm tự chấm hoặc số tự tính mà chưa ghi lý do: {names}."
        )
    total = _tong(dong, "tham_dinh")
    return go_dong(dong, L.XONG, by=by, diem_tham_dinh=total)


@transaction.atomic
def save_duyet(
    *,
    diem_tieu_chi: DiemTieuChi,
    diem: Decimal | None,
    muc: str = "",
    ly_do: str = "",
    by,
    version: int | None = None,
) -> DiemTieuChi:
    """Put the office's points in the place of the ward's, with the reason."""
    dong = lock_dong(diem_tieu_chi.dong, quy_trinh.GHI_DUYET, viec="xem lại")
    _check_duyet(dong, by)
    row = _row(dong, diem_tieu_chi, diem, muc, version)
    row.ly_do_duyet = can_loi(ly_do, "Ghi lý do cấp trên cho điểm khác.", "ly_do")
    row.diem_duyet, row.muc_duyet = diem, muc
    _save(row, "duyet", "ly_do_duyet")
    record(by=by, hanh_dong="dong_cham.xem_lai", target=dong, ma=row.ma)
    return row


@transaction.atomic
def finish_duyet(*, dong: DongCham, by) -> DongCham:
    """The office above has looked at the line; what the ward verified stands where it said
    nothing."""
    dong = lock_dong(dong, quy_trinh.DONG[L.DUYET][0], viec="xem lại")
    _check_duyet(dong, by)
    return go_dong(dong, L.DUYET, by=by)


@transaction.atomic
def return_tham_dinh(*, dong: DongCham, loi: str, by) -> DongCham:
    """The office above gives a verified line back to who verifies it, with words; points that the
    office has put in their place stay."""
    dong = lock_dong(dong, quy_trinh.DONG[L.XET_LAI][0], viec="trả về thẩm định lại")
    _check_duyet(dong, by)
    loi = can_loi(loi, "Ghi lý do để nơi thẩm định biết cần xem lại gì.")
    return go_dong(dong, L.XET_LAI, by=by, loi=loi, trang_thai=dong.cho_tham_dinh)


def chua_tham_dinh(dong: DongCham) -> list[str]:
    """Names of the criteria that still need an official value."""
    bo = luat_cua(dong.dot)
    rows = dong.tieu_chi.all()
    return [bo.lay(row.ma).ten for row in rows if can_tham_dinh(bo.lay(row.ma), row)]


def _is_thieu_ly_do(row: DiemTieuChi) -> bool:
    """Whether the official value differs from what was given before, without a word why."""
    if row.ly_do or not co_gia_tri(row, "tham_dinh"):
        return False
    return any(
        co_gia_tri(row, buoc) and not giong(row, buoc, "tham_dinh") for buoc in ("tu_cham", "may")
    )


def _take_rest(dong: DongCham) -> int:
    taken = []
    for row in dong.tieu_chi.all():
        source = "" if co_gia_tri(row, "tham_dinh") else la_de_xuat(row)
        if source:
            row.diem_tham_dinh, row.muc_tham_dinh = row.cap(source)
            row.version += 1
            taken.append(row)
    DiemTieuChi.objects.bulk_update(taken, ["diem_tham_dinh", "muc_tham_dinh", "version"])
    return len(taken)


def _row(dong: DongCham, diem_tieu_chi, diem, muc: str, version: int | None) -> DiemTieuChi:
    """The score as it stands under the lock, the new value judged."""
    row = DiemTieuChi.objects.get(pk=diem_tieu_chi.pk)
    if version is not None and version != row.version:
        raise StaleError("Mục này vừa được người khác ghi. Xem lại rồi lưu.", current=row)
    bo = luat_cua(dong.dot)
    check_gia_tri(bo, bo.lay(row.ma), diem, muc)
    return row


def _save(row: DiemTieuChi, buoc: str, ly_do: str) -> None:
    row.version += 1
    row.save(update_fields=[f"diem_{buoc}", f"muc_{buoc}", ly_do, "version"])


def _tong(dong: DongCham, buoc: str) -> Decimal | None:
    if not luat_cua(dong.dot).is_diem:
        return None
    given = [row.cap(buoc)[0] for row in dong.tieu_chi.all()]
    return sum((points for points in given if points is not None), Decimal(0))


def _check(dong: DongCham, by) -> None:
    """Who verifies, and that it is somebody else than the unit's own who sent it; what an office
    typed in the unit's place is marked as such and verified by the office."""
    check(by is None or may_tham_dinh(by, dong), quyen_tham_dinh(dong.dot))
    own = dong.buoc.filter(loai=L.GUI, boi=by, nhap_thay=False)
    if by is not None and own.exists():
        raise RuleError(
            "Đồng chí đã gửi bản tự chấm này thay mặt đơn vị. Nhờ đồng chí khác thẩm định."
        )


def _check_duyet(dong: DongCham, by) -> None:
    check(by is None or may_duyet(by, dong.dot), Quyen.DUYET_CHAM_DIEM)
