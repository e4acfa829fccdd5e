"""Puts a reorganisation back: what hangs on it, and the way back through the book of changes."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Value

from chidoan.models import DongSapXep, SapXep, ThayDoiSapXep
from core.errors import RuleError
from core.text.display import so as show_number
from tochuc.cay import BUOC
from tochuc.models import DonVi, LichSuDonVi
from tochuc.quy_dinh import LUON_LUON
from tochuc.services.cay import CayHomNay, dem_con, tra_cho
from tochuc.so_thay_doi import DaDoiKhacError, SoThayDoi, hoan_tac, plain_rows

from .ap_dung import cac_khoa, hoi_mot_luot

DON_VI, LICH_SU = "tochuc.donvi", "tochuc.lichsudonvi"
CHUA_TUNG_CO = LUON_LUON - timedelta(days=1)
"""The last day of a unit that never was."""
_GOI = {"tochuc.phancong": "vai trò của tài khoản"}
"""What people call rows whose own name would not tell them."""
BO_QUA = {DON_VI: frozenset({"so_lieu_tu", "so_lieu_den"})}


def dang_treo(sap_xep: SapXep) -> list[str]:
    """What has been written about the units that took over since: "3 buổi sinh hoạt"."""
    units = noi_nhan(sap_xep)
    touched = da_dung_den(sap_xep)
    found = Counter(_moi_hon(sap_xep, units))
    new = plain_rows(LichSuDonVi).filter(cap_tren__in=units, tu_ngay__gt=sap_xep.hieu_luc)
    new = set(new.values_list("don_vi", flat=True))
    found["đơn vị mới"] += len(new | {unit.pk for unit in _o_duoi(sap_xep) if _tung_co(unit)})
    found["đợt sắp xếp sau đó"] += len(_dot_sau(sap_xep, units | touched))
    return [f"{show_number(count)} {label}" for label, count in found.items() if count]


def da_dung_den(sap_xep: SapXep) -> set[int]:
    """Units whose place or span it changed, also those that only went along with one above."""
    found = set()
    for page in ThayDoiSapXep.objects.filter(sap_xep=sap_xep, bang__in=(DON_VI, LICH_SU)):
        if page.bang == DON_VI:
            found |= {pk for pk, *_ in page.dong}
        else:
            found |= {after["don_vi_id"] for _, before, after in page.dong if before is None}
    return found


def _o_duoi(sap_xep: SapXep) -> list[DonVi]:
    """Units that have come since below what it made or hung elsewhere: they would lose their
    place in the tree."""
    placed = {
        pk
        for page in ThayDoiSapXep.objects.filter(sap_xep=sap_xep, bang=DON_VI)
        for pk, before, _ in page.dong
        if before is None or "path" in before
    }
    scope = DonVi.objects.under(sap_xep.don_vi)
    tree = dict(scope.order_by("path").values_list("path", "pk"))
    found = [
        pk for path, pk in tree.items() if tree.get(path[:-BUOC]) in placed and pk not in placed
    ]
    return list(DonVi.objects.filter(pk__in=found))


def _dot_sau(sap_xep: SapXep, units: set[int]) -> set[int]:
    """Reorganisations that were applied since to one of these units: undone first."""
    later = DongSapXep.objects.da_ap_dung().exclude(sap_xep=sap_xep)
    later = later.filter(sap_xep__ap_dung_luc__gt=sap_xep.ap_dung_luc)
    lines = later.order_by().values_list("sap_xep", "truoc", "sau")
    return {pk for pk, before, after in lines if before in units or after in units}


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
            called[name] = _GOI.get(model._meta.label_lower, str(model._meta.verbose_name))
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
    _dua_ra(sap_xep)
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


def _tung_co(unit: DonVi) -> bool:
    return unit.ket_thuc != CHUA_TUNG_CO


def _dua_ra(sap_xep: SapXep) -> None:
    """Units of other plans that never were move out of the way of what goes back."""
    if ghosts := _o_duoi(sap_xep):
        cay = CayHomNay(sap_xep.don_vi)
        for unit in ghosts:
            cay.chuyen(unit.pk, sap_xep.don_vi_id)
        cay.ghi(SoThayDoi(None))


def _put_back(page: ThayDoiSapXep) -> None:
    """One page. A unit that was added stays as one that never existed: papers and audit lines
    may name it, and so does the lineage."""
    rows, ignored = page.dong, BO_QUA.get(page.bang, frozenset())
    if page.bang == DON_VI:
        added = [pk for pk, before, _ in rows if before is None]
        plain_rows(DonVi).filter(pk__in=added).update(thanh_lap=None, ket_thuc=CHUA_TUNG_CO)
        rows = [row for row in rows if row[1] is not None]
    hoan_tac(page.bang, rows, bo_qua=ignored)
