"""The tables of a province are made in the background: their page tells when they are there."""

from core.periods import KyBaoCao
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec_nen import Job, Result, viec_nen

from .doc import bieu_xlsx, doc_bieu

DAI = 50
"""From so many wards on."""


@viec_nen
def bieu_quoc_gia(job: Job, *, don_vi: int, ky: str) -> Result:
    """The workbook of nine sheets of a unit."""
    unit = DonVi.objects.permitted_to(job.by, Quyen.XEM_BAO_CAO).get(pk=don_vi)
    found = doc_bieu(unit, KyBaoCao.parse(ky))
    job.progress(1, 2, "Đã đếm, đang lập tệp")
    job.file(f"bieu-quoc-gia-{unit.ma}-{ky}.xlsx").write_bytes(bieu_xlsx(found))
    return Result(f"Đã lập 9 biểu của {len(found.co_so) or 1} đơn vị.")
