"""The self-score of a unit: criterion by criterion, then sent as a whole."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from baocao.dot_cham import quy_trinh
from baocao.dot_cham.quy_tac import can_cham, check_gia_tri, co_gia_tri, is_hoi, luat_cua
from baocao.dot_cham.quyen import check, may_tu_cham
from baocao.models import BuocDotCham, DiemTieuChi, DongCham
from core.errors import AlreadyRecordedError, RuleError, StaleError
from core.periods import today
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.permissions import Quyen

from .chung import go_dong, lock_dong


@transaction.atomic
def save_tu_cham(
    *,
    diem_tieu_chi: DiemTieuChi,
    diem: Decimal | None,
    muc: str = "",
    nhan_xet: str = "",
    by,
    version: int | None = None,
) -> DiemTieuChi:
    """Write what the unit gives itself for one criterion, with a short remark.

    Refused once the round or the line has moved on, for a criterion that the books decide, and
    for points or a level that the criterion does not give.
    """
    dong = lock_dong(diem_tieu_chi.dong, quy_trinh.GHI_TU_CHAM, viec="tự chấm")
    check(by is None or may_tu_cham(by, dong), Quyen.TU_CHAM_DIEM)
    row = DiemTieuChi.objects.get(pk=diem_tieu_chi.pk)
    bo = luat_cua(dong.dot)
    luat = bo.lay(row.ma)
    if version is not None and version != row.version:
        raise StaleError("Mục này vừa được người khác ghi. Xem lại rồi lưu.", current=row)
    if not is_hoi(luat, row):
        raise RuleError(f"{luat.ten}: tính từ sổ, chi đoàn không phải chấm.")
    check_gia_tri(bo, luat, diem, muc)
    row.diem_tu_cham, row.muc_tu_cham, row.nhan_xet = diem, muc, nhan_xet.strip()
    row.nhap_thay = is_nhap_thay(by, dong.don_vi_id)
    row.version += 1
    row.save(update_fields=["diem_tu_cham", "muc_tu_cham", "nhan_xet", "nhap_thay", "version"])
    record(by=by, hanh_dong="dong_cham.tu_cham", target=dong, ma=row.ma, nhap_thay=row.nhap_thay)
    return row


@transaction.atomic
def send_dong(*, dong: DongCham, version: int | None = None, by) -> DongCham:
    """Hand the self-score in. After its due day it is taken and marked late, until verification
    begins. Refused while a criterion that is asked for has no value."""
    seen = dong.version if version is None else version
    if DongCham.objects.filter(pk=dong.pk, trang_thai=DongCham.TrangThai.DA_GUI).exists():
        _refuse_twice(dong, seen, by)
    dong = lock_dong(dong, quy_trinh.GHI_TU_CHAM, viec="gửi bản tự chấm")
    check(by is None or may_tu_cham(by, dong), Quyen.TU_CHAM_DIEM)
    missing = con_thieu(dong)
    if missing:
        names = "; ".join(missing[:3])
        raise RuleError(f"Còn {len(missing)} mục chưa chấm: {names}. Chấm hết rồi gửi.")
    return go_dong(
        dong,
        BuocDotCham.Loai.GUI,
        by=by,
        gui_luc=timezone.now(),
        nop_muon=dong.nop_muon or today() > dong.dot.han_tu_cham,
        nhap_thay=is_nhap_thay(by, dong.don_vi_id),
        diem_tu_cham=_tong(dong),
    )


def _refuse_twice(dong: DongCham, version: int, by) -> None:
    steps = dong.buoc.filter(boi=by, loai=BuocDotCham.Loai.GUI, tai_version=version)
    if by is not None and steps.exists():
        raise AlreadyRecordedError("Bản tự chấm đã gửi.")


def con_thieu(dong: DongCham) -> list[str]:
    """Names of the criteria that the unit still has to fill."""
    bo = luat_cua(dong.dot)
    return [
        bo.lay(row.ma).ten
        for row in dong.tieu_chi.all()
        if can_cham(bo.lay(row.ma), row) and not co_gia_tri(row, "tu_cham")
    ]


def _tong(dong: DongCham) -> Decimal | None:
    if not luat_cua(dong.dot).is_diem:
        return None
    rows = list(dong.tieu_chi.all())
    given = [row.diem_may if row.diem_tu_cham is None else row.diem_tu_cham for row in rows]
    return sum((points for points in given if points is not None), Decimal(0))
