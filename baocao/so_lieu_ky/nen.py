"""Counting in the background: a unit and several periods, saying how far it is."""

from baocao.dia_chi import so_lieu_url
from core.periods import KyBaoCao
from core.text.display import so
from tochuc.models import DonVi
from tochuc.viec_nen import Job, Result, start, viec_nen

from .doc import cac_quy
from .ghi import dem_so_lieu


@viec_nen
def dem_nen(job: Job, *, don_vi: int, ky: list[str]) -> Result:
    unit = DonVi.objects.get(pk=don_vi)
    units = 0
    for place, code in enumerate(ky):
        job.progress(place, len(ky), f"Đang đếm {code}")
        units = dem_so_lieu(unit, KyBaoCao.parse(code))
    return Result(f"Đã đếm số liệu của {so(units)} đơn vị.", so_lieu_url(unit, ky[-1]))


def begin(don_vi: DonVi, ky: KyBaoCao, by):
    """Count a period and the three before it."""
    codes = [item.code for item in (*cac_quy(ky, 3), ky)]
    return start(
        dem_nen,
        ten=f"Đếm số liệu {ky.ten}"[:120],
        don_vi=don_vi,
        by=by,
        tham_so={"don_vi": don_vi.pk, "ky": codes},
    )
