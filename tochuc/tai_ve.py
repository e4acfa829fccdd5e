"""Taking a list away as a file leaves a line in the audit log."""

from collections.abc import Callable

from django.http import HttpRequest

from core.listing import asked_filters

from .audit import record


def recorded(hanh_dong: str) -> Callable[[HttpRequest, int], None]:
    """What `list_page(on_download=…)` calls: who took how many rows, chosen by which filters."""

    def taken(request: HttpRequest, rows: int) -> None:
        record(
            by=request.user,
            hanh_dong=hanh_dong,
            don_vi=request.user.don_vi,
            bo_loc=asked_filters(request),
            so_dong=rows,
        )

    return taken
