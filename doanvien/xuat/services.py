"""Starts the making of long files; short ones are sent at once by their page."""

from core.periods import read_day
from core.text.display import ngay
from tochuc.audit import record
from tochuc.models import CongViec
from tochuc.permissions import Quyen
from tochuc.viec_nen import start

from . import viec
from .hang import rows_for


def is_search(query) -> bool:
    """Whether the address looks for a person: that is never kept as an argument of a job."""
    return bool(query.get("q") or query.get("so"))


def start_if_long(request) -> CongViec | None:
    """The list page's file in the background when it is long; None when it goes at once."""
    user, query = request.user, request.GET.copy()
    count = rows_for(user, query).count()
    if count <= viec.DAI or is_search(query):
        return None
    query.pop("export", None)
    record(
        by=user,
        hanh_dong="doan_vien.export",
        don_vi=user.don_vi,
        so_dong=count,
        ngay=ngay(read_day(query.get("ngay"))),
    )
    sees, works = user.paths_with(Quyen.XUAT_DOAN_VIEN), user.paths_with(Quyen.SUA_DOAN_VIEN)
    return start(
        viec.xuat_danh_sach,
        ten="Xuất danh sách đoàn viên",
        don_vi=user.don_vi,
        by=user,
        tham_so={"query": query.urlencode(), "is_contact": set(sees) <= set(works)},
    )
