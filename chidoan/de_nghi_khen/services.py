"""What changes proposals: each function is one step, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import BuocDeNghiKhen, DeNghiKhen, KhenTapThe
from core.errors import RuleError
from core.periods import today
from core.text import clean
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import who_may
from tochuc.quy_trinh import check_da_den

from . import quy_trinh

Loai, T = BuocDeNghiKhen.Loai, DeNghiKhen.TrangThai


@dataclass(frozen=True, kw_only=True)
class NoiDungKhen:
    """What is proposed: form, occasion, what was achieved."""

    hinh_thuc: str
    dip: str
    thanh_tich: str
    ten_hinh_thuc: str = ""


@transaction.atomic
def create_de_nghi(
    *,
    don_vi: DonVi,
    noi_dung: NoiDungKhen,
    ngay: date,
    by,
    doan_vien: Sequence[DoanVien] = (),
    tap_the: Sequence[DonVi] = (),
) -> list[DeNghiKhen]:
    """Propose members, or branches as collectives: a proposal each; a branch's goes to its ward.

    Nobody awards himself: a ward that proposes itself proposes to the unit above. Refused:
    without the right, nobody chosen, somebody of another unit, without occasion or achievement,
    and while the same proposal is open.
    """
    unit = DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    if by is not None and not by.may(quy_trinh.DE_NGHI, unit):
        raise PermissionDenied(who_may(quy_trinh.DE_NGHI))
    check_da_den(ngay)
    _check_noi_dung(noi_dung)
    if not doan_vien and not tap_the:
        raise RuleError("Chọn ít nhất một đồng chí hoặc một tập thể.", field="doan_vien")
    rows = [_new(unit, noi_dung, ngay, doan_vien=one) for one in doan_vien]
    rows += [_new(unit, noi_dung, ngay, tap_the=one) for one in tap_the]
    for row in rows:
        _check_candidate(row, unit)
        row.save()
        buoc = quy_trinh.add_buoc(row, Loai.LAP, T.CHO, ngay, by)
        record(by=by, hanh_dong="de_nghi_khen.lap", target=row, nhap_thay=buoc.nhap_thay)
    return rows


def dong_y(*, de_nghi: DeNghiKhen, ngay: date, by, noi_dung: str = "", version=None):
    """The unit whose turn it is agrees: the proposal waits for its decision."""
    return _step(de_nghi, Loai.DONG_Y, ngay, by, noi_dung, version)


@transaction.atomic
def chuyen_len(*, de_nghi: DeNghiKhen, ngay: date, by, noi_dung: str = "", version=None):
    """Send a proposal up: it is now the turn of the unit above."""
    current = quy_trinh.begin(de_nghi=de_nghi, loai=Loai.CHUYEN_LEN, by=by, version=version)
    above = current.noi_giu.cap_tren
    if above is None:
        raise RuleError(f"Không có cấp trên của {current.noi_giu} trong phần mềm.")
    quy_trinh.take(
        de_nghi=current,
        loai=Loai.CHUYEN_LEN,
        ngay=ngay,
        by=by,
        noi_dung=clean(noi_dung),
        changes={"noi_giu": above},
    )
    return current


def khong_dong_y(*, de_nghi: DeNghiKhen, ngay: date, by, noi_dung: str, version=None):
    """Decline, with the reason: the proposer mends it and sends it again, or leaves it."""
    return _step(de_nghi, Loai.KHONG_DONG_Y, ngay, by, noi_dung, version)


def rut(*, de_nghi: DeNghiKhen, ngay: date, by, noi_dung: str, version=None):
    """The proposer takes a proposal back before it is decided about."""
    return _step(de_nghi, Loai.RUT, ngay, by, noi_dung, version)


@transaction.atomic
def gui_lai(
    *, de_nghi: DeNghiKhen, ngay: date, thanh_tich: str, by, noi_dung: str = "", version=None
) -> DeNghiKhen:
    """Send a declined or withdrawn proposal again, with what was achieved as it reads now."""
    current = quy_trinh.begin(de_nghi=de_nghi, loai=Loai.GUI_LAI, by=by, version=version)
    if not (thanh_tich := thanh_tich.strip()):
        raise RuleError("Ghi tóm tắt thành tích.", field="thanh_tich")
    _refuse_same(current)
    quy_trinh.take(
        de_nghi=current,
        loai=Loai.GUI_LAI,
        ngay=ngay,
        by=by,
        noi_dung=clean(noi_dung),
        changes={"thanh_tich": thanh_tich, "noi_giu": _noi_giu_dau(current)},
    )
    return current


@transaction.atomic
def record_khen_tap_the(
    *, don_vi: DonVi, cap: str, hinh_thuc: str, noi_dung: str, ngay: date, by, so_quyet_dinh=""
) -> KhenTapThe:
    """Enter an award of a branch or ward that came on paper. Refused when it is on record."""
    if by is not None and not by.may(quy_trinh.DE_NGHI, don_vi):
        raise PermissionDenied(who_may(quy_trinh.DE_NGHI))
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    check_da_den(ngay)
    if not (noi_dung := clean(noi_dung)):
        raise RuleError("Ghi nội dung, thành tích được khen.", field="noi_dung")
    fields = {
        "don_vi": don_vi,
        "cap": cap,
        "hinh_thuc": hinh_thuc,
        "noi_dung": noi_dung,
        "ngay": ngay,
    }
    if KhenTapThe.objects.filter(**fields).exists():
        raise RuleError("Khen thưởng này đã được ghi.", field="noi_dung")
    row = KhenTapThe.objects.create(**fields, so_quyet_dinh=clean(so_quyet_dinh), ghi_boi=by)
    record(by=by, hanh_dong="khen_tap_the.create", target=row, ngay=ngay)
    return row


@transaction.atomic
def delete_khen_tap_the(*, khen: KhenTapThe, by) -> None:
    """Take back one that was entered by mistake. Refused for one that a decision here gave."""
    row = KhenTapThe.objects.select_for_update(of=("self",)).get(pk=khen.pk)
    if DeNghiKhen.objects.filter(khen_tap_the=row).exists():
        raise RuleError("Khen thưởng này theo quyết định ban hành ở đây. Hủy quyết định đó trước.")
    record(by=by, hanh_dong="khen_tap_the.delete", target=row, ngay=row.ngay)
    row.delete()


@transaction.atomic
def _step(de_nghi: DeNghiKhen, loai: str, ngay: date, by, noi_dung: str, version) -> DeNghiKhen:
    current = quy_trinh.begin(de_nghi=de_nghi, loai=loai, by=by, version=version)
    quy_trinh.take(de_nghi=current, loai=loai, ngay=ngay, by=by, noi_dung=clean(noi_dung))
    return current


def _new(unit, noi_dung: NoiDungKhen, ngay: date, **candidate) -> DeNghiKhen:
    row = DeNghiKhen(
        don_vi=unit,
        hinh_thuc=noi_dung.hinh_thuc,
        ten_hinh_thuc=clean(noi_dung.ten_hinh_thuc),
        dip=clean(noi_dung.dip),
        thanh_tich=noi_dung.thanh_tich.strip(),
        ngay_buoc=ngay,
        **candidate,
    )
    row.noi_giu = _noi_giu_dau(row)
    return row


def _noi_giu_dau(row: DeNghiKhen) -> DonVi:
    """Who considers a proposal first: the proposer's ward; of itself the unit above it."""
    first = row.don_vi.cap_tren if row.don_vi.is_chi_doan else row.don_vi
    if row.tap_the_id != first.pk:
        return first
    if first.cap_tren is None:
        raise RuleError(
            f"Khen {first} là việc của cấp trên, chưa có trong phần mềm. Khen đã có trên giấy "
            "thì ghi ở «Khen tập thể».",
            field="tap_the",
        )
    return first.cap_tren


def _check_noi_dung(noi_dung: NoiDungKhen) -> None:
    if not clean(noi_dung.dip):
        raise RuleError("Ghi dịp khen.", field="dip")
    if not noi_dung.thanh_tich.strip():
        raise RuleError("Ghi tóm tắt thành tích.", field="thanh_tich")


def _check_candidate(row: DeNghiKhen, unit: DonVi) -> None:
    where = row.doan_vien.chi_doan if row.doan_vien_id else row.tap_the
    if not where.path.startswith(unit.path):
        raise RuleError(f"{row.ten} không thuộc {unit}.")
    if ly_do := quy_trinh.ly_do_khong_khen(row, today()):
        raise RuleError(f"{ly_do}.")
    _refuse_same(row)


def _refuse_same(row: DeNghiKhen) -> None:
    same = DeNghiKhen.objects.con_mo().filter(
        doan_vien=row.doan_vien, tap_the=row.tap_the, hinh_thuc=row.hinh_thuc, dip=row.dip
    )
    if same.exists():
        raise RuleError(f"{row.ten} đang có đề nghị này, cùng hình thức và cùng dịp.")
