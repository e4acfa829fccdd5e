"""Participants: signing up and off, people who come without, results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from chidoan.bang_ghi import dong_can_ghi
from chidoan.models import ChucVu, HocVien, LopTapHuan, QuyHoach
from chidoan.tap_huan.quy_tac import xep_cho
from core.errors import RuleError
from core.periods import today
from core.text import clean, clean_name, fold, name_sort_key
from doanvien.models import DoanVien
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may

from .khoa import check_con_sua, fill_places, lock_lop, lock_to_chuc, may_to_chuc

TrangThai, KQ = HocVien.TrangThai, HocVien.KetQua


@dataclass(frozen=True)
class KetQuaDangKy:
    """What a sign-up led to: how many got a place, wait, were taken off."""

    co_cho: int
    cho_xep: int
    rut: int


@dataclass(frozen=True)
class NguoiCu:
    """Somebody whom a unit sends to a class, with unit and office as they are now."""

    don_vi: DonVi
    doan_vien: DoanVien | None
    ho_ten: str
    chuc_vu: str

    @property
    def ai(self) -> tuple:
        """Who it is: the member, else unit and name."""
        return (self.doan_vien.pk,) if self.doan_vien else (self.don_vi.pk, self.ho_ten)


def nguoi_cu(row: ChucVu | QuyHoach) -> NguoiCu:
    """Who is meant by an office or a place in the plan; of the plan the list says nothing: it is
    read by branches too."""
    if isinstance(row, QuyHoach):
        nguoi = row.doan_vien
        return NguoiCu(nguoi.chi_doan, nguoi, nguoi.ho_ten, nguoi.chuc_vu or "Đoàn viên")
    return NguoiCu(row.don_vi, row.doan_vien, row.ho_ten, ten_chuc_vu(row))


def nguoi_mang_ten(don_vi: DonVi, ho_ten: str) -> DoanVien | None:
    """The member of a unit who alone bears the name."""
    people = DoanVien.objects.under(don_vi).dang_sinh_hoat()
    found = list(people.filter(khoa_tim=fold(ho_ten))[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class KetQuaHoc:
    """What one participant came to."""

    ket_qua: str
    diem: Decimal | None = None
    nhan_xet: str = ""

    @property
    def dong(self) -> tuple:
        """As a line of the grid of results."""
        return self.ket_qua, self.diem, clean(self.nhan_xet)


@transaction.atomic
def dang_ky(
    *,
    lop: LopTapHuan,
    don_vi: DonVi,
    them: Iterable[ChucVu | QuyHoach],
    bo: Iterable[HocVien],
    by,
) -> KetQuaDangKy:
    """A unit puts holders of offices and people of the plan, its own or those of its branches,
    on the list, or takes people off it.

    Who comes after the last seat waits. Refused when the class takes nobody any more (who runs
    it may go on), for people of other units, and for who has attended already.
    """
    current = lock_lop(lop)
    check_con_sua(current)
    _check_may_sign(current, don_vi, by)
    removed = [row for row in bo if row.lop_id == current.pk and _is_under(row.don_vi, don_vi)]
    _take_off(removed)
    arrivals = [_arrive(current, nguoi_cu(row), don_vi, by) for row in moi_nguoi_mot_lan(them)]
    placed, waiting = _put_on(current, [row for row in arrivals if row is not None])
    fill_places(current)
    record(
        by=by,
        hanh_dong="hoc_vien.register",
        target=current,
        don_vi=don_vi,
        so_nguoi=placed + waiting,
        so_rut=len(removed),
        nhap_thay=is_nhap_thay(by, don_vi.pk),
    )
    return KetQuaDangKy(placed, waiting, len(removed))


def moi_nguoi_mot_lan(rows: Iterable) -> list:
    """Of offices (and places in the plan) one for each person, the first: who holds two goes to a
    class once."""
    found: dict[tuple, ChucVu | QuyHoach] = {}
    for row in rows:
        found.setdefault(nguoi_cu(row).ai, row)
    return list(found.values())


@transaction.atomic
def them_nguoi(
    *, lop: LopTapHuan, don_vi: DonVi, ho_ten: str, chuc_vu: str, ten_don_vi: str = "", by
) -> HocVien:
    """Who runs the class adds somebody by name, seats or not: guests, people without an office.

    A member of the unit who alone bears the name is the one; anybody else stays a name. Refused
    for who is on the list.
    """
    current = lock_to_chuc(lop, by)
    name = clean_name(ho_ten)
    if not name:
        raise RuleError("Ghi họ và tên.", field="ho_ten")
    if not _is_under(don_vi, current.don_vi):
        raise RuleError(f"{don_vi} không thuộc {current.don_vi}.", field="don_vi")
    person = nguoi_mang_ten(don_vi, name)
    row = _find(current, person, don_vi, name) or HocVien(lop=current)
    if row.pk and row.trang_thai == TrangThai.DANG_KY:
        raise RuleError(f"{name} đã có tên trong lớp.", field="ho_ten")
    unit = person.chi_doan if person else don_vi
    _fill(row, unit, person, name, clean(chuc_vu), clean(ten_don_vi) or str(unit), by)
    row.trang_thai = TrangThai.DANG_KY
    row.save()
    record(by=by, hanh_dong="hoc_vien.add", target=current, don_vi=unit)
    return row


@transaction.atomic
def rut(*, hoc_vien: HocVien, by) -> LopTapHuan:
    """Who runs the class takes somebody off the list; the next who waits gets the place."""
    current = lock_to_chuc(hoc_vien.lop, by)
    row = current.hoc_vien.select_for_update(of=("self",)).get(pk=hoc_vien.pk)
    _take_off([row])
    fill_places(current)
    record(by=by, hanh_dong="hoc_vien.withdraw", target=current, don_vi=row.don_vi)
    return current


@transaction.atomic
def ghi_ket_qua(
    *, lop: LopTapHuan, ket_qua: Mapping[int, KetQuaHoc], by, version: str | None = None
) -> int:
    """Results by participant; who attended nothing gets none. Returns how many passed.

    `version` is what the page carried of them (`bang_ghi`): StaleError when somebody has written
    something else for one of them since.
    """
    current = lock_to_chuc(lop, by)
    came = {row.pk: row for row in current.hoc_vien.da_du()}
    sent = {str(pk): result.dong for pk, result in ket_qua.items()}
    changed = [int(pk) for pk in dong_can_ghi(sent, version, bang_ket_qua(came.values()))]
    if set(ket_qua) - set(came):
        raise RuleError("Có đồng chí chưa dự buổi nào nên không ghi kết quả. Tải lại trang.")
    for pk in changed:
        row, result = came[pk], ket_qua[pk]
        if result.diem is not None and not 0 <= result.diem <= 10:
            raise RuleError(f"Điểm của {row} phải từ 0 đến 10.", field=f"diem-{pk}")
        row.ket_qua, row.diem, row.nhan_xet = result.dong
    rows = [came[pk] for pk in changed]
    HocVien.objects.bulk_update(rows, ["ket_qua", "diem", "nhan_xet"], batch_size=200)
    dat = current.hoc_vien.dang_ky().dat().count()
    record(by=by, hanh_dong="lop_tap_huan.judge", target=current, so_nguoi=len(rows))
    return dat


def bang_ket_qua(people: Iterable[HocVien]) -> dict[str, tuple]:
    """The results as lines of a grid, by participant."""
    return {str(row.pk): (row.ket_qua, row.diem, row.nhan_xet) for row in people}


def may_dang_ky(user, lop: LopTapHuan, don_vi: DonVi) -> bool:
    """Whether the person signs people of the unit up: who writes its register, or runs the
    class."""
    return _is_under(don_vi, lop.don_vi) and (
        user.may(Quyen.SUA_DOAN_VIEN, don_vi) or may_to_chuc(user, lop.don_vi)
    )


def ly_do_het_nhan(lop: LopTapHuan, day) -> str:
    """Why those below sign nobody up or off any more, "" while they do."""
    if not lop.is_mo:
        return f"Lớp {lop.get_trang_thai_display().lower()}."
    if lop.han_cuoi < day:
        return (
            f"Hết hạn đăng ký từ {lop.han_cuoi:%d/%m/%Y}. Cần thêm, bớt người thì báo {lop.don_vi}."
        )
    return ""


def _check_may_sign(lop: LopTapHuan, don_vi: DonVi, by) -> None:
    if by is None or may_to_chuc(by, lop.don_vi):
        return
    if not may_dang_ky(by, lop, don_vi):
        raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))
    if refusal := ly_do_het_nhan(lop, today()):
        raise RuleError(refusal)


def _is_under(don_vi: DonVi, above: DonVi) -> bool:
    return don_vi.path.startswith(above.path)


def _take_off(rows: list[HocVien]) -> None:
    for row in rows:
        if row.diem_danh.filter(co_mat=True).exists():
            raise RuleError(f"{row} đã dự buổi học, không rút tên được.")
        row.diem_danh.all().delete()
        row.trang_thai, row.ket_qua, row.diem = TrangThai.RUT, "", None
    HocVien.objects.bulk_update(rows, ["trang_thai", "ket_qua", "diem"])


def _arrive(lop: LopTapHuan, one: NguoiCu, don_vi: DonVi, by) -> HocVien | None:
    """The row of somebody who comes on the list; None who is there already."""
    if not _is_under(one.don_vi, don_vi):
        raise RuleError(f"{one.ho_ten} không thuộc {don_vi}.")
    row = _find(lop, one.doan_vien, one.don_vi, one.ho_ten) or HocVien(lop=lop)
    if row.pk and row.trang_thai != TrangThai.RUT:
        return None
    _fill(row, one.don_vi, one.doan_vien, one.ho_ten, one.chuc_vu, str(one.don_vi), by)
    return row


def ten_chuc_vu(term: ChucVu) -> str:
    """ "Quyền Bí thư chi đoàn", "Phó Bí thư Đoàn phường": what stays of an office on a list."""
    noi = "chi đoàn" if term.don_vi.is_chi_doan else f"Đoàn {term.don_vi.get_loai_display()}"
    is_head = term.chuc_danh in (ChucVu.ChucDanh.BI_THU, ChucVu.ChucDanh.PHO_BI_THU)
    return f"{term.ten_chuc} {noi}" if is_head else term.ten_chuc


def _find(lop: LopTapHuan, person, don_vi: DonVi, ho_ten: str) -> HocVien | None:
    rows = lop.hoc_vien.all()
    if person is not None:
        return rows.filter(doan_vien=person).first()
    return rows.filter(doan_vien__isnull=True, don_vi=don_vi, khoa_tim=fold(ho_ten)).first()


def _fill(row: HocVien, don_vi: DonVi, person, ho_ten: str, chuc_vu: str, noi: str, by) -> None:
    """Name, office and unit as they are on this day."""
    row.don_vi, row.doan_vien, row.ho_ten = don_vi, person, ho_ten
    row.khoa_sap_xep, row.khoa_tim = name_sort_key(ho_ten)[:255], fold(ho_ten)
    row.chuc_vu, row.ten_don_vi = chuc_vu[:80], noi[:160]
    row.dang_ky_boi, row.dang_ky_luc = by, timezone.now()


def _put_on(lop: LopTapHuan, rows: list[HocVien]) -> tuple[int, int]:
    """Store who comes, with a place or waiting: how many of each."""
    placed, waiting = xep_cho(lop.so_cho, lop.hoc_vien.dang_ky().count(), rows)
    for row in rows:
        row.trang_thai = TrangThai.DANG_KY if row in placed else TrangThai.CHO
        row.save()
    return len(placed), len(waiting)
