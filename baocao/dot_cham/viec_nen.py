"""The computed part of a large round, in the background."""

from baocao.models import DotCham
from tochuc.viec_nen import Job, Result, start, viec_nen

from .services import compute_dot

LAM_NGAY = 60
"""Up to so many units are computed while one waits."""


def compute_or_start(*, dot: DotCham, by):
    """Compute a small round at once (None), a large one in the background (its work)."""
    if dot.dong.count() <= LAM_NGAY:
        compute_dot(dot=dot, by=by)
        return None
    return start(
        compute_in_background,
        ten=f"Tính phần tự động: {dot}",
        don_vi=dot.don_vi,
        by=by,
        tham_so={"dot": dot.pk},
    )


@viec_nen
def compute_in_background(job: Job, *, dot: int) -> Result:
    row = DotCham.objects.select_related("don_vi", "bo").get(pk=dot)
    changed = compute_dot(dot=row, by=job.by, tien_do=job.progress)
    return Result(f"Đã tính phần tự động, {changed} mục có số mới.", row.get_absolute_url())
