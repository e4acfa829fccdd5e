"""What is recorded about livelihood. Each function is one action and one transaction."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.bang_ghi import dong_can_ghi
from chidoan.models import HoTro, MoHinhKinhTe, SoDuTo, ToTietKiem
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from doanvien.models import DoanVien
from doanvien.nhap_thay import is_nhap_thay, nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den, check_ngay_sau

GHI = Quyen.GHI_SINH_HOAT
COT_SO_DU = ("so_thanh_vien", "du_no", "no_qua_han", "tiet_kiem")
Figures = Mapping[str, int | None]
"""What stands in the cells of a group."""


def _check_right(don_vi: DonVi, by) -> None:
    if not by.may(GHI, don_vi):
        raise PermissionDenied(who_may(GHI))


def _lock_unit(don_vi: DonVi) -> None:
    """So that of a form sent twice the second comes after the first."""
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)


def _lock(model, row, by, version: int | None = None):
    """The row as it stands; StaleError when somebody saved since `version` was shown."""
    related = "chi_doan" if model is MoHinhKinhTe else "don_vi"
    rows = model.objects.select_for_update(of=("self",)).select_related(related)
    current = rows.get(pk=row.pk)
    _check_right(getattr(current, related), by)
    if version is not None and version != current.version:
        raise StaleError("Có người vừa sửa mục này. Xem lại trước khi lưu.", current=current)
    return current


def _thay(by, don_vi: DonVi) -> dict:
    """The mark of a ward that writes for its branch."""
    return nhap_thay(by, don_vi.pk) if don_vi.is_chi_doan else {}


def _change(current, fields: Mapping) -> None:
    for name, value in fields.items():
        setattr(current, name, value)
    current.version += 1
    current.save()


# ---- savings-and-loan groups -------------------------------------------------------------------


@transaction.atomic
def create_to(*, don_vi: DonVi, by, **fields) -> ToTietKiem:
    """Enter a group that the bank entrusts to the unit.

    Refused: without a leader, from a day to come, under a name the unit has already.
    """
    _lock_unit(don_vi)
    _check_right(don_vi, by)
    to = ToTietKiem(don_vi=don_vi, ghi_boi=by, **_to_fields(fields))
    if ToTietKiem.objects.filter(don_vi=don_vi, ten=to.ten, den_ngay__isnull=True).exists():
        raise RuleError(f"{don_vi} đã có {to.ten}.", field="ten")
    to.save()
    record(by=by, hanh_dong="to_tiet_kiem.create", target=to, **_thay(by, don_vi))
    return to


@transaction.atomic
def update_to(*, to: ToTietKiem, version: int, by, **fields) -> ToTietKiem:
    """Correct a group, change its leader, or write down since when it is not the Union's."""
    current = _lock(ToTietKiem, to, by, version)
    fields = _to_fields(fields)
    end = fields.get("den_ngay")
    if end and end < fields["tu_ngay"]:
        raise RuleError("Ngày thôi quản lý phải từ ngày nhận ủy thác trở đi.", field="den_ngay")
    _change(current, fields)
    thay = _thay(by, current.don_vi)
    record(by=by, hanh_dong="to_tiet_kiem.update", target=current, **thay)
    return current


@transaction.atomic
def delete_to(*, to: ToTietKiem, by) -> None:
    """Take back a group entered by mistake; refused once a balance is on record."""
    current = _lock(ToTietKiem, to, by)
    if current.so_du.exists():
        raise RuleError("Tổ đã có số dư nên không xóa được. Ghi ngày thôi quản lý.")
    thay = _thay(by, current.don_vi)
    record(by=by, hanh_dong="to_tiet_kiem.delete", target=current, **thay)
    current.delete()


def _to_fields(fields: Mapping) -> dict:
    fields = dict(fields)
    check_da_den(fields["tu_ngay"], field="tu_ngay")
    leader, name = fields.get("to_truong"), fields.get("ten_to_truong", "").strip()
    if leader is None and not name:
        raise RuleError("Chọn tổ trưởng là đoàn viên, hoặc ghi họ tên.", field="to_truong")
    fields["ten_to_truong"] = "" if leader else name
    return fields


@transaction.atomic
def save_so_du(
    *, ky: KyBaoCao, so_du: Mapping[ToTietKiem, Figures], version: str | None = None, by
) -> int:
    """State the groups at the end of a quarter, many at a time; returns how many changed.

    A group whose cells are all empty keeps what was written. `version` is what the table
    carried (`bang_ghi`): StaleError when somebody has written other figures of a group since.
    Refused: a quarter that has not begun, one in which the group was not the unit's, members
    without a balance or the other way round, more overdue than owed.
    """
    if ky.start > today():
        raise RuleError(f"Chưa đến {ky.ten}.", field="ky")
    for to in so_du:
        _check_right(to.don_vi, by)
    # two who write a quarter for the first time come one after the other
    keys = [to.pk for to in so_du]
    list(ToTietKiem.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    rows = SoDuTo.objects.filter(to__in=keys).cua_quy(ky).select_for_update()
    rows = {row.to_id: row for row in rows}
    stored = bang_so_du({to: so_lieu_cua(rows.get(to.pk)) for to in so_du})
    sent = {to: values for to, values in so_du.items() if not is_trong(values)}
    lines = set(dong_can_ghi(bang_so_du(sent), version, stored))
    changed = [to for to in sent if str(to.pk) in lines]
    for to in changed:
        _save_mot(rows.get(to.pk) or SoDuTo(), to, ky, sent[to], by)
    for don_vi in {to.don_vi for to in changed}:
        so_dong = sum(to.don_vi_id == don_vi.pk for to in changed)
        more = {"ky": ky.code, "so_dong": so_dong, **_thay(by, don_vi)}
        record(by=by, hanh_dong="so_du_to.save", target=don_vi, **more)
    return len(changed)


def bang_so_du(so_du: Mapping[ToTietKiem, Figures]) -> dict[str, tuple]:
    """The groups as lines of a grid; in a row that says something an empty cell is a zero."""
    return {
        str(to.pk): tuple(
            values.get(name) or (None if is_trong(values) else 0) for name in COT_SO_DU
        )
        for to, values in so_du.items()
    }


def so_lieu_cua(row: SoDuTo | None) -> Figures:
    return {name: getattr(row, name) if row else None for name in COT_SO_DU}


def is_trong(values: Figures) -> bool:
    return all(values.get(name) is None for name in COT_SO_DU)


def _save_mot(row: SoDuTo, to: ToTietKiem, ky: KyBaoCao, values: Figures, by) -> None:
    check_so_du(to, ky, values)
    row.to = to
    row.set_ky(ky)
    for name in COT_SO_DU:
        setattr(row, name, values.get(name) or 0)
    row.ghi_boi = by
    row.save()


def check_so_du(to: ToTietKiem, ky: KyBaoCao, values: Mapping[str, int | None]) -> None:
    """What the four figures of a group must be to each other (RuleError with `field`)."""
    if to.tu_ngay > ky.end or (to.den_ngay and to.den_ngay < ky.start):
        raise RuleError(f"{to} không do Đoàn quản lý trong {ky.ten}.", field="du_no")
    if values.get("so_thanh_vien") is None:
        raise RuleError("Ghi số tổ viên.", field="so_thanh_vien")
    if values.get("du_no") is None:
        raise RuleError("Ghi dư nợ, không có thì ghi 0.", field="du_no")
    if (values.get("no_qua_han") or 0) > values["du_no"]:
        raise RuleError("Nợ quá hạn không thể lớn hơn dư nợ.", field="no_qua_han")


# ---- members' economic models ------------------------------------------------------------------


@transaction.atomic
def create_mo_hinh(*, doan_vien: DoanVien, by, **fields) -> MoHinhKinhTe:
    """Enter a member's economic model under the branch he belongs to now."""
    DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    _check_right(doan_vien.chi_doan, by)
    row = MoHinhKinhTe(chi_doan=doan_vien.chi_doan, doan_vien=doan_vien, ghi_boi=by)
    fields = _mo_hinh_fields(fields)
    row.set_ten(fields.pop("ten").strip())
    for name, value in fields.items():
        setattr(row, name, value)
    if MoHinhKinhTe.objects.cua(doan_vien).filter(ten=row.ten, tu_ngay=row.tu_ngay).exists():
        raise RuleError("Mô hình này đã được ghi.", field="ten")
    row.save()
    thay = _thay(by, row.chi_doan)
    record(by=by, hanh_dong="mo_hinh_kinh_te.create", target=row, loai=row.loai, **thay)
    return row


@transaction.atomic
def update_mo_hinh(*, mo_hinh: MoHinhKinhTe, version: int, by, **fields) -> MoHinhKinhTe:
    current = _lock(MoHinhKinhTe, mo_hinh, by, version)
    fields = _mo_hinh_fields(fields)
    current.set_ten(fields.pop("ten").strip())
    _change(current, fields)
    thay = _thay(by, current.chi_doan)
    record(by=by, hanh_dong="mo_hinh_kinh_te.update", target=current, **thay)
    return current


def _mo_hinh_fields(fields: Mapping) -> dict:
    """Given up needs its day (today without one); what goes on has none."""
    fields = dict(fields)
    if not fields["ten"].strip():
        raise RuleError("Ghi tên mô hình.", field="ten")
    check_da_den(fields["tu_ngay"], field="tu_ngay")
    is_over = fields.get("trang_thai") == MoHinhKinhTe.TrangThai.THOI
    end = (fields.get("den_ngay") or today()) if is_over else None
    if end:
        check_ngay_sau(end, fields["tu_ngay"], field="den_ngay")
    return fields | {"den_ngay": end}


@transaction.atomic
def delete_mo_hinh(*, mo_hinh: MoHinhKinhTe, by) -> None:
    current = _lock(MoHinhKinhTe, mo_hinh, by)
    thay = _thay(by, current.chi_doan)
    record(by=by, hanh_dong="mo_hinh_kinh_te.delete", target=current, **thay)
    current.delete()


# ---- support -----------------------------------------------------------------------------------


@transaction.atomic
def create_ho_tro(*, don_vi: DonVi, by, **fields) -> HoTro:
    """Record a loan, job, training or help that was brought about: for one person or family.

    Refused when the very same is on record (a form sent twice).
    """
    _lock_unit(don_vi)
    _check_right(don_vi, by)
    row = HoTro(don_vi=don_vi, ghi_boi=by)
    row.nhap_thay = don_vi.is_chi_doan and is_nhap_thay(by, don_vi.pk)
    _set_ho_tro(row, fields)
    names = ("don_vi", "loai", "ngay", "doan_vien", "ho_ten", "so_tien", "ket_qua")
    if HoTro.objects.filter(**{name: getattr(row, name) for name in names}).exists():
        raise RuleError("Việc hỗ trợ này đã được ghi.")
    row.save()
    record(by=by, hanh_dong="ho_tro.create", target=row, loai=row.loai, nhap_thay=row.nhap_thay)
    return row


@transaction.atomic
def update_ho_tro(*, ho_tro: HoTro, version: int, by, **fields) -> HoTro:
    current = _lock(HoTro, ho_tro, by, version)
    _set_ho_tro(current, fields)
    current.version += 1
    current.save()
    thay = _thay(by, current.don_vi)
    record(by=by, hanh_dong="ho_tro.update", target=current, loai=current.loai, **thay)
    return current


def _set_ho_tro(row: HoTro, fields: Mapping) -> None:
    person, name = fields.get("doan_vien"), fields.get("ho_ten", "").strip()
    if person is None and not name:
        raise RuleError("Chọn đoàn viên, hoặc ghi tên người, gia đình được giúp.", field="ho_ten")
    if not fields["ket_qua"].strip():
        raise RuleError("Ghi nội dung, kết quả.", field="ket_qua")
    check_da_den(fields["ngay"])
    if fields["loai"] == HoTro.Loai.VAY_VON and not fields.get("so_tien"):
        raise RuleError("Ghi số tiền vay.", field="so_tien")
    row.loai, row.ngay, row.doan_vien = fields["loai"], fields["ngay"], person
    row.set_ho_ten("" if person else name)
    row.so_tien, row.ket_qua = fields.get("so_tien"), fields["ket_qua"].strip()


@transaction.atomic
def delete_ho_tro(*, ho_tro: HoTro, by) -> None:
    current = _lock(HoTro, ho_tro, by)
    thay = _thay(by, current.don_vi)
    record(by=by, hanh_dong="ho_tro.delete", target=current, loai=current.loai, **thay)
    current.delete()
