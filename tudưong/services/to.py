"""The cultivation group: founded and filled."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from core.periods import today
from core.text import clean
from doanvien.models import DoanVien, XepLoai
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri
from tochuc.quy_trinh import check_da_den
from tudưong.models import (
    DanhGia,
    DeXuatVaoTo,
    KyDanhGia,
    NguonVaoTo,
    ThanhVienTo,
    ToTuDuong,
)

XUAT_SAC = (XepLoai.Muc.XUAT_SAC, XepLoai.Muc.CU_XUAT_SAC)
"""Rated so the year before, a member is a candidate."""


@transaction.atomic
def create_to(
    *, don_vi: DonVi, ten: str, ngay_thanh_lap: date, by, so_quyet_dinh: str = ""
) -> ToTuDuong:
    """Found a group at a ward."""
    _check_quyen(by, don_vi)
    if not don_vi.is_co_so:
        raise RuleError("Tổ tu dưỡng do Đoàn cơ sở lập.", field="don_vi")
    check_da_den(ngay_thanh_lap, field="ngay_thanh_lap")
    to = ToTuDuong.objects.create(
        don_vi=don_vi, ten=ten, ngay_thanh_lap=ngay_thanh_lap, so_quyet_dinh=so_quyet_dinh
    )
    record(by=by, hanh_dong="to_tu_duong.create", target=to)
    return to


@transaction.atomic
def update_to(*, to: ToTuDuong, by, **changes) -> ToTuDuong:
    """Correct the group's name, decision or founding day."""
    current = ToTuDuong.objects.select_for_update(of=("self",)).get(pk=to.pk)
    _check_quyen(by, current.don_vi)
    for field, value in changes.items():
        setattr(current, field, value)
    check_da_den(current.ngay_thanh_lap, field="ngay_thanh_lap")
    if current.thanh_vien.filter(tu_ngay__lt=current.ngay_thanh_lap).exists():
        raise RuleError(
            "Đã có đồng chí vào tổ trước ngày này. Xem lại ngày thành lập.", field="ngay_thanh_lap"
        )
    current.save(update_fields=list(changes))
    record(by=by, hanh_dong="to_tu_duong.update", target=current, truong=sorted(changes))
    return current


@transaction.atomic
def end_to(*, to: ToTuDuong, ngay: date, by) -> ToTuDuong:
    """Dissolve the group; places still held end with it. Refused while a session is open."""
    current = ToTuDuong.objects.select_for_update(of=("self",)).get(pk=to.pk)
    _check_quyen(by, current.don_vi)
    if current.ky_danh_gia.dang_mo().exists():
        raise RuleError("Còn một kỳ đánh giá đang mở. Kết thúc kỳ đó trước.")
    check_da_den(ngay)
    places = current.thanh_vien.chua_thoi()
    if ngay < current.ngay_thanh_lap or places.filter(tu_ngay__gt=ngay).exists():
        raise RuleError("Ngày kết thúc phải sau ngày thành lập và ngày vào tổ.", field="ngay")
    places.update(den_ngay=ngay, ly_do_thoi="Tổ kết thúc")
    current.ket_thuc = ngay
    current.save(update_fields=["ket_thuc"])
    record(by=by, hanh_dong="to_tu_duong.end", target=current, ngay=ngay)
    return current


@transaction.atomic
def add_thanh_vien(
    *,
    to: ToTuDuong,
    doan_vien: DoanVien,
    tu_ngay: date,
    by,
    la_to_truong: bool = False,
    dang_vien_giup: str = "",
) -> ThanhVienTo:
    """Take a member of the ward into the group, also into its open session.

    Where the member comes from is kept: the proposal that waits, which is answered by this, a
    rating of the year before, else the ward's own choice. Refused when the group is full (a
    dated setting, leader included), has a leader already, when the person belongs to another
    ward, has left, or is in a group, and to whoever recorded the branch's vote.
    """
    current = ToTuDuong.objects.select_for_update(of=("self",)).get(pk=to.pk)
    _check_quyen(by, current.don_vi)
    doan_vien = (
        DoanVien.objects.select_for_update(of=("self",))
        .select_related("chi_doan")
        .get(pk=doan_vien.pk)
    )
    _check_candidate(current, doan_vien, tu_ngay)
    dang_o = current.thanh_vien.chua_thoi()
    if dang_o.count() >= (quy_mo := quy_mo_to(current, tu_ngay)):
        raise RuleError(f"Tổ đã đủ {quy_mo} đồng chí, kể cả tổ trưởng.", field="doan_vien")
    if la_to_truong and dang_o.filter(la_to_truong=True).exists():
        raise RuleError("Tổ đang có tổ trưởng.", field="la_to_truong")
    de_xuat = DeXuatVaoTo.objects.cho_xet().cua(doan_vien).select_for_update(of=("self",)).first()
    if de_xuat:
        check_hai_nguoi(de_xuat, by)
    thanh_vien = ThanhVienTo.objects.create(
        to=current,
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        nguon=_nguon(doan_vien, de_xuat, tu_ngay),
        la_to_truong=la_to_truong,
        dang_vien_giup=dang_vien_giup,
        tu_ngay=tu_ngay,
    )
    for ky in current.ky_danh_gia.dang_mo().filter(ngay__gte=tu_ngay):
        DanhGia.objects.create(ky=ky, thanh_vien=thanh_vien)
    if de_xuat:
        close_de_xuat(de_xuat, DeXuatVaoTo.TrangThai.NHAN, by=by, thanh_vien=thanh_vien)
    record(by=by, hanh_dong="thanh_vien_to.add", target=thanh_vien, don_vi=current.don_vi)
    return thanh_vien


@transaction.atomic
def remove_thanh_vien(*, thanh_vien: ThanhVienTo, den_ngay: date, ly_do: str, by) -> ThanhVienTo:
    """End a place in the group; what was reviewed stays, an untouched review goes."""
    current = ThanhVienTo.objects.select_for_update(of=("self",)).get(pk=thanh_vien.pk)
    _check_quyen(by, current.to.don_vi)
    if current.den_ngay:
        raise RuleError(f"{current} đã thôi tham gia tổ.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do thôi tham gia tổ.", field="ly_do")
    check_da_den(den_ngay, field="den_ngay")
    if den_ngay < current.tu_ngay:
        raise RuleError("Ngày thôi phải từ ngày vào tổ trở đi.", field="den_ngay")
    current.den_ngay, current.ly_do_thoi = den_ngay, ly_do.strip()
    current.save(update_fields=["den_ngay", "ly_do_thoi"])
    DanhGia.objects.filter(
        thanh_vien=current, ky__trang_thai=KyDanhGia.TrangThai.MO, version=1, y_kien_bch=""
    ).delete()
    record(by=by, hanh_dong="thanh_vien_to.remove", target=current, don_vi=current.to.don_vi)
    return current


@transaction.atomic
def assign_dang_vien_giup(*, thanh_vien: ThanhVienTo, ten: str, tu_ngay: date, by) -> ThanhVienTo:
    """Name the Party member who helps from `tu_ngay` on; who helped before is kept.

    The day from which today's helper is named already corrects the name. Refused before it.
    """
    current = ThanhVienTo.objects.select_for_update(of=("self",)).get(pk=thanh_vien.pk)
    _check_quyen(by, current.to.don_vi)
    if current.den_ngay:
        raise RuleError(f"{current} đã thôi tham gia tổ.")
    check_da_den(tu_ngay, field="tu_ngay")
    earlier = current.nguoi_giup_truoc.last()
    start = earlier.den_ngay + timedelta(days=1) if earlier else current.tu_ngay
    if tu_ngay < start:
        raise RuleError(f"Chọn ngày từ {start:%d/%m/%Y} trở đi.", field="tu_ngay")
    if tu_ngay > start:
        current.nguoi_giup_truoc.create(
            ten=current.dang_vien_giup, den_ngay=tu_ngay - timedelta(days=1)
        )
    current.dang_vien_giup = clean(ten)
    current.save(update_fields=["dang_vien_giup"])
    record(
        by=by,
        hanh_dong="thanh_vien_to.helper",
        target=current,
        don_vi=current.to.don_vi,
        tu_ngay=tu_ngay,
    )
    return current


def quy_mo_to(to: ToTuDuong, ngay: date) -> int:
    """How many the group may have on that day, its leader included."""
    return int(gia_tri("to_tu_duong_quy_mo", ngay=ngay, don_vi=to.don_vi))


def check_hai_nguoi(de_xuat: DeXuatVaoTo, by) -> None:
    """A branch's proposal is never answered by who recorded its vote."""
    if de_xuat.is_bieu_quyet_ghi_boi(by):
        raise RuleError(
            "Đồng chí đã ghi biểu quyết của chi đoàn, nên việc xét do đồng chí khác của Đoàn cơ sở "
            "làm."
        )


def close_de_xuat(de_xuat: DeXuatVaoTo, trang_thai: str, *, by, **fields) -> None:
    """Write the answer to a proposal; `fields` is what comes with it."""
    fields |= {"trang_thai": trang_thai, "xet_ngay": today(), "xet_boi": by}
    for name, value in fields.items():
        setattr(de_xuat, name, value)
    de_xuat.save(update_fields=list(fields))


def _nguon(doan_vien: DoanVien, de_xuat: DeXuatVaoTo | None, tu_ngay: date) -> str:
    if de_xuat:
        return de_xuat.nguon
    rated = XepLoai.objects.filter(doan_vien=doan_vien, nam=tu_ngay.year - 1, muc__in=XUAT_SAC)
    return NguonVaoTo.XEP_LOAI if rated.exists() else NguonVaoTo.BCH


def _check_candidate(to: ToTuDuong, doan_vien: DoanVien, tu_ngay: date) -> None:
    if to.ket_thuc:
        raise RuleError("Tổ đã kết thúc.")
    check_da_den(tu_ngay, field="tu_ngay")
    if tu_ngay < to.ngay_thanh_lap:
        raise RuleError("Ngày vào tổ phải từ ngày thành lập trở đi.", field="tu_ngay")
    if not doan_vien.is_dang_sinh_hoat:
        raise RuleError(f"{doan_vien} không còn sinh hoạt tại chi đoàn.", field="doan_vien")
    if not doan_vien.chi_doan.path.startswith(to.don_vi.path):
        raise RuleError(f"{doan_vien} không sinh hoạt ở {to.don_vi}.", field="doan_vien")
    if ThanhVienTo.objects.chua_thoi().filter(doan_vien=doan_vien).exists():
        raise RuleError(f"{doan_vien} đang ở trong một tổ tu dưỡng.", field="doan_vien")


def _check_quyen(by, don_vi: DonVi) -> None:
    if not by.may(Quyen.QUAN_LY_TU_DUONG, don_vi):
        raise PermissionDenied(who_may(Quyen.QUAN_LY_TU_DUONG))
