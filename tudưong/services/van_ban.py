"""What the papers of a case say beyond its steps: the self-review, the remark on a probationer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tudưong.models import HoSo, NhanXetDuBi, TuNhanXet
from tudưong.quyen import GHI_HO_SO, check_one_of


def tu_nhan_xet_cua(ho_so: HoSo) -> TuNhanXet:
    """The self-review of a case; unsaved when nobody has typed any."""
    row = TuNhanXet.objects.filter(ho_so=ho_so).first() or TuNhanXet(version=0)
    row.ho_so = ho_so
    return row


def nhan_xet_du_bi_cua(ho_so: HoSo) -> NhanXetDuBi:
    """The remark on who was admitted; unsaved and of today when nobody has written any."""
    row = NhanXetDuBi.objects.filter(ho_so=ho_so).first() or NhanXetDuBi(version=0, ngay=today())
    row.ho_so = ho_so
    return row


@transaction.atomic
def save_tu_nhan_xet(*, ho_so: HoSo, version: int | None, changes: dict, by) -> TuNhanXet:
    """Type the self-review of the member for him. Refused once the case has ended."""
    current = _lock(ho_so)
    check_one_of(by, GHI_HO_SO, current.chi_doan)
    if not current.is_dang_mo:
        raise RuleError("Hồ sơ đã kết thúc, bản tự nhận xét không sửa được nữa.")
    return _save(tu_nhan_xet_cua(current), version, changes, by, "tu_nhan_xet.update")


@transaction.atomic
def save_nhan_xet_du_bi(*, ho_so: HoSo, version: int | None, changes: dict, by) -> NhanXetDuBi:
    """Write the committee's remark on an admitted member. Refused before admission, once issued."""
    current = _lock(ho_so)
    if not by.may(Quyen.LAP_HO_SO, current.don_vi):
        raise PermissionDenied(who_may(Quyen.LAP_HO_SO))
    if current.ngay_ket_nap is None:
        raise RuleError("Chỉ nhận xét đồng chí đã được kết nạp Đảng.")
    row = nhan_xet_du_bi_cua(current)
    if row.is_khoa:
        raise RuleError("Nhận xét đã ban hành, không sửa được nữa.")
    ngay = changes.get("ngay", row.ngay)
    if not current.ngay_ket_nap <= ngay <= today():
        raise RuleError(
            f"Ngày nhận xét phải từ ngày kết nạp {current.ngay_ket_nap:%d/%m/%Y} đến hôm nay.",
            field="ngay",
        )
    return _save(row, version, changes, by, "nhan_xet_du_bi.update")


def _lock(ho_so: HoSo) -> HoSo:
    rows = HoSo.objects.select_for_update(of=("self",))
    return rows.select_related("chi_doan", "don_vi", "doan_vien").get(pk=ho_so.pk)


def _save(row, version: int | None, changes: dict, by, hanh_dong: str):
    """Write the row; StaleError when somebody has saved since `version` was shown."""
    check_chua_doi(row, version)
    for field, value in changes.items():
        setattr(row, field, value)
    row.version += 1
    row.luu_boi = by
    row.save()
    record(by=by, hanh_dong=hanh_dong, target=row.ho_so, truong=sorted(changes))
    return row
