"""What changes the tree of units, accounts and roles. Each function is one transaction."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import RuleError
from core.periods import today
from core.text import clean_name

from .audit import record
from .models import CapDonVi, DonVi, LichSuDonVi, LoaiDonVi, NguoiDung, PhanCong
from .permissions import CAP_CUA_VAI_TRO, VaiTro
from .quy_dinh import LUON_LUON


@transaction.atomic
def create_don_vi(
    *, cap: str, loai: str, ten: str, ma: str, cap_tren: DonVi | None, by, **fields
) -> DonVi:
    """Add a unit under `cap_tren` (None: at the top) and open its history.

    Refused when the code is taken or the level is not below the one above it.
    """
    if DonVi.objects.filter(ma=ma).exists():
        raise RuleError(f"Mã «{ma}» đã có đơn vị dùng. Chọn mã khác.", field="ma")
    thu_tu = list(CapDonVi)
    if cap_tren and thu_tu.index(CapDonVi(cap)) <= thu_tu.index(CapDonVi(cap_tren.cap)):
        raise RuleError(f"Cấp này không thể đứng dưới {cap_tren}.", field="cap")
    don_vi = DonVi(cap=cap, loai=LoaiDonVi(loai), ma=ma, **fields)
    don_vi.set_ten(ten)
    if cap_tren:
        DonVi.objects.add_child(cap_tren, instance=don_vi)
    else:
        DonVi.objects.add_root(instance=don_vi)
    LichSuDonVi.objects.create(
        don_vi=don_vi, ten=don_vi.ten, cap_tren=cap_tren, tu_ngay=don_vi.thanh_lap or LUON_LUON
    )
    record(by=by, hanh_dong="don_vi.create", target=don_vi, ma=ma)
    return don_vi


@transaction.atomic
def create_nguoi_dung(
    *, username: str, ho_ten: str, password: str, by, dien_thoai: str = "", check: bool = True
) -> NguoiDung:
    """Open an account. Refused when the name or phone is taken or the password is weak."""
    username = username.strip().lower()
    if NguoiDung.objects.filter(username=username).exists():
        raise RuleError(f"Tên đăng nhập «{username}» đã có người dùng.", field="username")
    if dien_thoai and NguoiDung.objects.filter(dien_thoai=dien_thoai).exists():
        raise RuleError("Số điện thoại này đã có tài khoản.", field="dien_thoai")
    if check:
        _check_password(password, NguoiDung(username=username, ho_ten=ho_ten))
    user = NguoiDung.objects.create_user(
        username, password, ho_ten=clean_name(ho_ten), dien_thoai=dien_thoai
    )
    record(by=by, hanh_dong="tai_khoan.create", target=user)
    return user


@transaction.atomic
def change_password(*, nguoi_dung: NguoiDung, password: str, by) -> None:
    """Set a new password; every open session of the account ends."""
    _check_password(password, nguoi_dung)
    nguoi_dung.set_password(password)
    nguoi_dung.save(update_fields=["password"])
    record(by=by, hanh_dong="tai_khoan.password", target=nguoi_dung)


@transaction.atomic
def set_active(*, nguoi_dung: NguoiDung, active: bool, by) -> None:
    """Close an account, or open it again. Nobody closes his own."""
    if nguoi_dung == by and not active:
        raise RuleError("Đồng chí không thể khóa tài khoản của chính mình.")
    nguoi_dung.is_active = active
    nguoi_dung.save(update_fields=["is_active"])
    record(by=by, hanh_dong="tai_khoan.open" if active else "tai_khoan.close", target=nguoi_dung)


@transaction.atomic
def assign_role(
    *, nguoi_dung: NguoiDung, don_vi: DonVi, vai_tro: str, tu_ngay: date, by, den_ngay=None
) -> PhanCong:
    """Give a role at a unit for a time.

    Refused when the role does not belong to that level or the person holds it there already
    in an overlapping time.
    """
    NguoiDung.objects.select_for_update().get(pk=nguoi_dung.pk)
    if don_vi.cap not in CAP_CUA_VAI_TRO[vai_tro]:
        ten = VaiTro(vai_tro).label
        raise RuleError(f"Vai trò {ten} không giữ tại {don_vi}.", field="vai_tro")
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    same = PhanCong.objects.filter(nguoi_dung=nguoi_dung, don_vi=don_vi, vai_tro=vai_tro)
    overlaps = same.exclude(den_ngay__lt=tu_ngay)
    if den_ngay:
        overlaps = overlaps.exclude(tu_ngay__gt=den_ngay)
    if overlaps.exists():
        raise RuleError("Đồng chí này đã giữ vai trò đó trong thời gian ấy.", field="tu_ngay")
    phan_cong = PhanCong.objects.create(
        nguoi_dung=nguoi_dung, don_vi=don_vi, vai_tro=vai_tro, tu_ngay=tu_ngay, den_ngay=den_ngay
    )
    record(by=by, hanh_dong="phan_cong.create", target=phan_cong, vai_tro=vai_tro)
    return phan_cong


@transaction.atomic
def end_role(*, phan_cong: PhanCong, den_ngay: date, ly_do: str, by) -> PhanCong:
    """Let a role end with `den_ngay`; a day before today ends it at once."""
    phan_cong = PhanCong.objects.select_for_update().get(pk=phan_cong.pk)
    if phan_cong.den_ngay and phan_cong.den_ngay < today():
        raise RuleError("Phân công này đã kết thúc.")
    if den_ngay < phan_cong.tu_ngay - timedelta(days=1):
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    phan_cong.den_ngay = max(den_ngay, phan_cong.tu_ngay)
    phan_cong.ly_do_ket_thuc = ly_do
    phan_cong.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
    record(by=by, hanh_dong="phan_cong.end", target=phan_cong, den_ngay=den_ngay)
    return phan_cong


def _check_password(password: str, user: NguoiDung) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise RuleError(" ".join(error.messages), field="password") from error
