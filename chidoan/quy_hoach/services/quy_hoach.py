"""The plan: adding a candidate, having it approved, looking at it each year, taking one off."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from chidoan.chuc_vu.quy_tac import check_di_xa
from chidoan.models import QuyHoach
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from core.text import clean
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_trinh import check_da_den

from .chung import check_chua_giu, check_cung_phuong, lock_branch


@transaction.atomic
def add_quy_hoach(
    *,
    doan_vien: DoanVien,
    don_vi: DonVi,
    chuc_danh: str,
    san_sang: str,
    by,
    nguon: str = "",
    ghi_chu: str = "",
    ly_do_di_xa: str = "",
) -> QuyHoach:
    """Plan somebody for an office of a branch; looked at in this year, not yet approved.

    Refused: somebody of another ward, who holds the office, who is planned for it already, and
    without a stated reason who works away.
    """
    don_vi, day = lock_branch(don_vi), today()
    check_cung_phuong(don_vi, doan_vien, day)
    check_chua_giu(don_vi, doan_vien, chuc_danh, day)
    known = QuyHoach.objects.con_trong().cho(don_vi).cua(doan_vien)
    if known.filter(chuc_danh=chuc_danh).exists():
        raise RuleError(
            f"Đồng chí {doan_vien.ho_ten} đã trong quy hoạch chức danh này.", field="doan_vien"
        )
    away = check_di_xa(doan_vien=doan_vien, chuc_danh=chuc_danh, ngay=day, ly_do=ly_do_di_xa)
    row = QuyHoach.objects.create(
        doan_vien=doan_vien,
        don_vi=don_vi,
        chuc_danh=chuc_danh,
        nguon=nguon,
        ngay=day,
        san_sang=san_sang,
        nam_ra_soat=day.year,
        ghi_chu=". ".join(filter(None, (away and f"Đi làm xa: {away}", clean(ghi_chu))))[:300],
        ghi_boi=by,
    )
    record(by=by, hanh_dong="quy_hoach.add", target=row, chuc_danh=chuc_danh)
    return row


@transaction.atomic
def approve_quy_hoach(*, quy_hoach: Iterable[QuyHoach], can_cu: str, ngay: date, by) -> int:
    """Write the paper that approved these candidates; returns how many."""
    check_da_den(ngay)
    if not clean(can_cu):
        raise RuleError("Ghi số, ký hiệu văn bản phê duyệt.", field="can_cu")
    pks = [row.pk for row in quy_hoach]
    if not pks:
        raise RuleError("Chọn ít nhất một đồng chí.", field="quy_hoach")
    rows = QuyHoach.objects.select_for_update(of=("self",)).con_trong().filter(pk__in=pks)
    found = list(rows.select_related("don_vi"))
    for row in found:
        row.can_cu, row.ngay_duyet = clean(can_cu), ngay
        record(by=by, hanh_dong="quy_hoach.approve", target=row, ngay=ngay)
    QuyHoach.objects.bulk_update(found, ["can_cu", "ngay_duyet"])
    return len(found)


@transaction.atomic
def review_quy_hoach(
    *,
    quy_hoach: QuyHoach,
    san_sang: str,
    by,
    ghi_chu: str = "",
    nguon: str = "",
    version: str | None = None,
) -> QuyHoach:
    """Look at a candidate again in this year and keep him, with what has become of him.

    `version` is the one the form showed: StaleError when somebody was first.
    """
    row = _lock(quy_hoach)
    check_chua_doi(row, version)
    row.san_sang, row.nguon, row.ghi_chu = san_sang, nguon, clean(ghi_chu)
    row.nam_ra_soat = today().year
    row.save(update_fields=["san_sang", "nguon", "ghi_chu", "nam_ra_soat"])
    record(by=by, hanh_dong="quy_hoach.review", target=row, san_sang=san_sang, nam=row.nam_ra_soat)
    return row


@transaction.atomic
def drop_quy_hoach(*, quy_hoach: QuyHoach, ly_do: str, by) -> QuyHoach:
    """Take a candidate off the plan, with the reason; he stays on record as one who was on it."""
    row = _lock(quy_hoach)
    if not clean(ly_do):
        raise RuleError("Ghi lý do đưa ra khỏi quy hoạch.", field="ly_do")
    row.ngay_dua_ra, row.ly_do_dua_ra = today(), clean(ly_do)
    row.save(update_fields=["ngay_dua_ra", "ly_do_dua_ra"])
    record(by=by, hanh_dong="quy_hoach.drop", target=row)
    return row


def _lock(quy_hoach: QuyHoach) -> QuyHoach:
    row = QuyHoach.objects.select_for_update(of=("self",)).get(pk=quy_hoach.pk)
    if row.ngay_dua_ra:
        raise RuleError(f"Đã đưa ra khỏi quy hoạch ngày {row.ngay_dua_ra:%d/%m/%Y}.")
    return row
