"""Lớp bồi dưỡng nhận thức về Đảng: who is sent, how it ended, the certificate and its term."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from core.text import clean
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri
from tochuc.quy_trinh import check_da_den
from tudưong.models import BoiDuongNhanThuc, GiayTo, HoSo
from tudưong.thang import add_months

from .nguoi import check_chua_vao_dang, lock_nguoi

T = BoiDuongNhanThuc.TrangThai
_CHUA_NHAN = (GiayTo.TinhTrang.CHUA_CO, GiayTo.TinhTrang.CHO)


@transaction.atomic
def send_to_class(
    *,
    doan_vien: Iterable[DoanVien],
    noi_hoc: str,
    tu_ngay: date,
    by,
    lop: str = "",
    den_ngay: date | None = None,
) -> list[BoiDuongNhanThuc]:
    """Send members to one class; it may still be to come. Refused as a whole for one of them:
    who has left, is a Party member, or is in a class."""
    people = list(doan_vien)
    if not people:
        raise RuleError("Chọn ít nhất một đồng chí.", field="doan_vien")
    _check_span(tu_ngay, den_ngay)
    rows = []
    for person in [_locked(one, by) for one in people]:
        row = BoiDuongNhanThuc.objects.create(
            doan_vien=person,
            lop=clean(lop),
            noi_hoc=clean(noi_hoc),
            tu_ngay=tu_ngay,
            den_ngay=den_ngay,
            trang_thai=T.DANG_HOC if tu_ngay <= today() else T.CU_DI,
            ghi_boi=by,
        )
        record(by=by, hanh_dong="boi_duong_nhan_thuc.send", target=row, tu_ngay=tu_ngay)
        rows.append(row)
    return rows


@transaction.atomic
def record_chung_nhan(
    *, doan_vien: DoanVien, so_chung_nhan: str, ngay_cap: date, noi_hoc: str, by
) -> BoiDuongNhanThuc:
    """A certificate that a member brings from a class that is not on record here."""
    row = BoiDuongNhanThuc(
        doan_vien=_locked(doan_vien, by),
        noi_hoc=clean(noi_hoc),
        trang_thai=T.DUOC_CAP,
        so_chung_nhan=clean(so_chung_nhan),
        ngay_cap=ngay_cap,
        ghi_boi=by,
    )
    _save(row, by, "boi_duong_nhan_thuc.record")
    return row


@transaction.atomic
def update_lop(*, row: BoiDuongNhanThuc, version: int, by, **changes) -> BoiDuongNhanThuc:
    """How the class stands and what came of it. `version` is the one the form showed:
    StaleError when somebody was faster. The certificate goes into the member's open case."""
    rows = BoiDuongNhanThuc.objects.select_for_update(of=("self",))
    current = rows.select_related("doan_vien__chi_doan").get(pk=row.pk)
    if not by.may(Quyen.QUAN_LY_TU_DUONG, current.doan_vien.chi_doan):
        raise PermissionDenied(who_may(Quyen.QUAN_LY_TU_DUONG))
    check_chua_doi(current, version, "dòng này")
    truoc = (current.so_chung_nhan, current.ngay_cap)
    for name, value in changes.items():
        setattr(current, name, value)
    current.version += 1
    _save(current, by, "boi_duong_nhan_thuc.update", truoc)
    return current


def fill_chung_nhan(ho_so: HoSo, truoc: tuple[str, date | None] = ("", None)) -> None:
    """The case's line of the certificate says what the register has: number, day, term.

    A line that somebody has filled gives way to a newer certificate alone; one that told of the
    certificate `truoc`, which was corrected or taken back, follows it.
    """
    newest = BoiDuongNhanThuc.objects.moi_nhat(ho_so.doan_vien_id)
    line = ho_so.giay_to.filter(loai=GiayTo.Loai.CHUNG_NHAN).first()
    if line is None:
        return
    is_truoc = line.ngay is not None and (line.so, line.ngay) == truoc
    if newest is None:
        if is_truoc:
            _empty(line)
        return
    if line.tinh_trang in _CHUA_NHAN:
        line.tinh_trang = GiayTo.TinhTrang.BAN_SAO
    elif line.ngay and line.ngay > newest.ngay_cap and not is_truoc:
        return
    line.so, line.ngay = newest.so_chung_nhan, newest.ngay_cap
    line.hieu_luc_den = newest.hieu_luc_den
    line.save(update_fields=["tinh_trang", "so", "ngay", "hieu_luc_den"])


def _empty(line: GiayTo) -> None:
    line.tinh_trang, line.so, line.ngay, line.hieu_luc_den = _CHUA_NHAN[0], "", None, None
    line.save(update_fields=["tinh_trang", "so", "ngay", "hieu_luc_den"])


def _save(row: BoiDuongNhanThuc, by, hanh_dong: str, truoc=("", None)) -> None:
    """Check and store a row; what a certificate needs goes with a class that gave one."""
    _check_span(row.tu_ngay, row.den_ngay)
    if row.trang_thai == T.DUOC_CAP:
        _check_chung_nhan(row)
        thang = gia_tri("hieu_luc_chung_nhan", ngay=row.ngay_cap, don_vi=row.doan_vien.chi_doan)
        row.hieu_luc_den = add_months(row.ngay_cap, int(thang))
    else:
        row.so_chung_nhan, row.ngay_cap, row.hieu_luc_den = "", None, None
    others = BoiDuongNhanThuc.objects.dang_hoc().cua(row.doan_vien).exclude(pk=row.pk)
    if row.is_dang_hoc and others.exists():
        raise RuleError(f"{row.doan_vien} đang học một lớp.", field="trang_thai")
    row.save()
    record(by=by, hanh_dong=hanh_dong, target=row, trang_thai=row.trang_thai)
    for ho_so in HoSo.objects.dang_mo().filter(doan_vien=row.doan_vien):
        fill_chung_nhan(ho_so, truoc)


def _check_chung_nhan(row: BoiDuongNhanThuc) -> None:
    if not row.so_chung_nhan:
        raise RuleError("Ghi số giấy chứng nhận.", field="so_chung_nhan")
    if not row.ngay_cap:
        raise RuleError("Ghi ngày cấp giấy chứng nhận.", field="ngay_cap")
    check_da_den(row.ngay_cap, field="ngay_cap")
    if row.tu_ngay and row.ngay_cap < row.tu_ngay:
        raise RuleError("Ngày cấp phải từ ngày vào học trở đi.", field="ngay_cap")


def _check_span(tu_ngay: date | None, den_ngay: date | None) -> None:
    if den_ngay and tu_ngay is None:
        raise RuleError("Ghi ngày bắt đầu học.", field="tu_ngay")
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")


def _locked(doan_vien: DoanVien, by) -> DoanVien:
    person = lock_nguoi(doan_vien, quyen=Quyen.QUAN_LY_TU_DUONG, by=by)
    check_chua_vao_dang(person)
    if BoiDuongNhanThuc.objects.dang_hoc().cua(person).exists():
        raise RuleError(f"{person} đang học một lớp.", field="doan_vien")
    return person
