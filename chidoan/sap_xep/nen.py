"""Large reorganisations run in the background, with a page that says how far they are."""

from chidoan.models import SapXep
from tochuc.models import DonVi
from tochuc.viec_nen import Job, Result, start, viec_nen

from . import ke_hoach as kh
from . import services

LON = 400
"""Units below what changes, from which on it is done in the background."""


def is_lon(sap_xep: SapXep) -> bool:
    named = [pk for item in kh.doc(sap_xep.ke_hoach) for pk in item.don_vi]
    units = list(DonVi.objects.filter(pk__in=named))
    return sum(DonVi.objects.under(unit).count() for unit in units) > LON


@viec_nen
def ap_dung_nen(job: Job, *, sap_xep: int) -> Result:
    row = SapXep.objects.get(pk=sap_xep)
    done = services.apply(
        sap_xep=row,
        by=job.by,
        bao=lambda done, of: job.progress(done, of, "Đang sắp xếp"),
    )
    return Result(f"Đã áp dụng «{done}».", done.get_absolute_url())


def begin(sap_xep: SapXep, by):
    return start(
        ap_dung_nen,
        ten=f"Áp dụng {sap_xep}",
        don_vi=sap_xep.don_vi,
        by=by,
        tham_so={"sap_xep": sap_xep.pk},
    )
