"""Background work: `start` asks for it, a registered function does it in the worker process.

@viec_nen
def export_members(job: Job, *, don_vi: int) -> Result: ...

start(export_members, ten="Xuất danh sách", don_vi=unit, by=user, tham_so={"don_vi": unit.pk})
"""

from .registry import Job, Result, viec_nen
from .services import restart, start

__all__ = ["Job", "Result", "restart", "start", "viec_nen"]
