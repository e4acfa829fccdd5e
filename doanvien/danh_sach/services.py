"""Filters that an account keeps under a name."""

from django.db import transaction
from django.http import QueryDict

from core.errors import RuleError
from doanvien.models import BoLoc

NHIEU_NHAT = 20
KHONG_GIU = ("q", "so", "page", "export", "csrfmiddlewaretoken")
"""Names and numbers of people that were searched for are not kept."""


def dieu_kien_giu(text: str) -> str:
    """What of a list's address is worth keeping: filters, order and columns."""
    params = QueryDict(text, mutable=True)
    for name in KHONG_GIU:
        params.pop(name, None)
    for name in [name for name, values in params.lists() if not any(values)]:
        params.pop(name)
    return params.urlencode()


@transaction.atomic
def save_bo_loc(*, ten: str, dieu_kien: str, by) -> BoLoc:
    """Keep a filter; refused when it says nothing, when the name is taken, and at the limit."""
    kept = dieu_kien_giu(dieu_kien)
    if not kept:
        raise RuleError("Chọn bộ lọc hoặc cột trước khi lưu. Chữ trong ô tìm không được lưu.")
    if len(kept) > BoLoc._meta.get_field("dieu_kien").max_length:
        raise RuleError("Bộ lọc chọn quá nhiều thứ. Bỏ bớt rồi lưu.")
    own = BoLoc.objects.filter(nguoi_dung=by)
    if own.filter(ten=ten).exists():
        raise RuleError(f"Đồng chí đã có bộ lọc «{ten}». Đặt tên khác.", field="ten")
    if own.count() >= NHIEU_NHAT:
        raise RuleError(f"Đã có {NHIEU_NHAT} bộ lọc. Xóa bớt rồi lưu.")
    return BoLoc.objects.create(nguoi_dung=by, ten=ten, dieu_kien=kept)


@transaction.atomic
def delete_bo_loc(*, bo_loc: BoLoc, by) -> None:
    bo_loc.delete()
