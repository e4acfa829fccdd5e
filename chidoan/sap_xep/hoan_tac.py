"""Puts a reorganisation back: what hangs on it, and the way back through the book of changes."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Value

from chidoan.models import DongSapXep, SapXep, ThayDoiSapXep
from core.errors import RuleError
from core.text.display import so as show_number
from tochuc.models import DonVi, LichSuDonVi
from tochuc.quy_dinh import LUON_LUON
from tochuc.services.cay import dem_con, tra_cho
from tochuc.so_thay_doi import DaDoiKhacError, hoan_tac, plain_rows

from .ap_dung import cac_khoa, hoi_mot_luot

DON_VI = "tochuc.donvi"
CHUA_TUNG_CO = LUON_LUON - timedelta(days=1)
"""The last day of a unit that never was."""
BO_QUA = {DON_VI: frozenset({"so_lieu_tu", "so_lieu_den"})}


def dang_treo(sap_xep: SapXep) -> list[str]:
    """What has been written about the units that took over since: "3 buổi sinh hoạt"."""
    units = noi_nhan(sap_xep)
    found = Counter(_moi_hon(sap_xep, units))
    found["đơn vị mới"] += (
        plain_rows(LichSuDonVi).filter(cap_tren__in=units, tu_ngay__gt=sap_xep.hieu_luc).count()
    )
    later = DongSapXep.objects.da_ap_dung().cua_cac(units).exclude(sap_xep=sap_xep)
    found["đợt sắp xếp sau đó"] += (
        later.filter(sap_xep__ap_dung_luc__gt=sap_xep.ap_dung_luc)
        .values("sap_xep")
        .distinct()
        .count()
    )
    return [f"{show_number(count)} {label}" for label, count in found.items() if count]


def _moi_hon(sap_xep: SapXep, units: set[int]) -> dict[str, int]:
    """Rows of these units that are newer than its application, by what they are called."""
    asked, called = {}, {}
    for model, key in cac_khoa():
        last = sap_xep.moc.get(model._meta.label_lower)
        if last is not None:
            rows = plain_rows(model).filter(pk__gt=last, **{f"{key}__in": units}).order_by()
            name = f"{model._meta.label_lower} {key}"
            asked[name] = rows.annotate(mot=Value(1)).values("mot").annotate(so=Count("pk"))
            asked[name] = asked[name].values("so")
            called[name] = str(model._meta.verbose_name)
    found = Counter()
    for name, count in hoi_mot_luot(asked).items():
        found[called[name]] += count or 0
    return found


def noi_nhan(sap_xep: SapXep) -> set[int]:
    """Units that took over, and new ones; not what merely moved or was renamed."""
    lines = sap_xep.dong.exclude(sau__isnull=True)
    moved = (DongSapXep.Loai.BO_CAP, DongSapXep.Loai.CHUYEN, DongSapXep.Loai.DOI_TEN)
    return set(lines.exclude(loai__in=moved).values_list("sau_id", flat=True))


def put_back(sap_xep: SapXep) -> None:
    """Go back through the book, the last page first. Refused when a row is not as it was left."""
    pages = ThayDoiSapXep.objects.filter(sap_xep=sap_xep)
    tree = [page for page in pages.filter(bang=DON_VI) for page in page.dong]
    places = {pk: before["path"] for pk, before, _ in tree if before and "path" in before}
    tra_cho(places)
    for pk in pages.order_by("-pk").values_list("pk", flat=True):
        page = ThayDoiSapXep.objects.get(pk=pk)
        try:
            _put_back(page)
        except DaDoiKhacError as found:
            name = found.model._meta.verbose_name
            raise RuleError(
                f"Có {len(found.pks)} {name} đã thay đổi sau khi sắp xếp nên không hoàn tác được. "
                "Lập một đợt sắp xếp mới."
            ) from found
    scope = DonVi.objects.get(pk=sap_xep.don_vi_id)
    dem_con(DonVi.objects.under(scope).values_list("pk", flat=True))


def _put_back(page: ThayDoiSapXep) -> None:
    """One page. A unit that was added stays as one that never existed: papers and audit lines
    may name it, and so does the lineage."""
    rows, ignored = page.dong, BO_QUA.get(page.bang, frozenset())
    if page.bang == DON_VI:
        added = [pk for pk, before, _ in rows if before is None]
        plain_rows(DonVi).filter(pk__in=added).update(thanh_lap=None, ket_thuc=CHUA_TUNG_CO)
        rows = [row for row in rows if row[1] is not None]
    hoan_tac(page.bang, rows, bo_qua=ignored)
