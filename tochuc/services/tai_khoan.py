"""What changes accounts and roles. Each function is one transaction.

`by` is the person who does it, None when the house itself does (commands, demo data).
"""

import secrets
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import RuleError
from core.periods import today
from core.text import clean_name
from tochuc.audit import record
from tochuc.models import DonVi, NguoiDung, PhanCong
from tochuc.permissions import CAP_CUA_VAI_TRO, VaiTro, vai_tro_duoc_cap

_CHU = "abcdefghkmnpqrstuvwxyz23456789"  # nothing that reads like another sign

_MAT_KHAU_YEU = {
    "password_too_short": "Mật khẩu quá ngắn, cần từ 15 ký tự. Nên dùng một câu dễ nhớ.",
    "password_too_similar": "Mật khẩu quá giống họ tên hoặc tên đăng nhập. Chọn câu khác.",
    "password_too_common": "Mật khẩu này nhiều người dùng nên dễ bị đoán. Chọn câu khác.",
    "password_guessable": "Mật khẩu dễ đoán: chỉ có số hoặc từ quen của Đoàn. Chọn câu khác.",
}
"""What to do about a weak password, by the code of Django's validator."""


@transaction.atomic
def create_nguoi_dung(
    *,
    username: str,
    ho_ten: str,
    password: str,
    by,
    dien_thoai: str = "",
    check: bool = True,
    don_vi: DonVi | None = None,
) -> NguoiDung:
    """Open an account. Refused when the name or phone is taken or the password is weak."""
    username = username.strip().lower()
    if NguoiDung.objects.filter(username=username).exists():
        raise RuleError(
            f"Tên đăng nhập «{username}» đã có người dùng. Chọn tên khác.", field="username"
        )
    if dien_thoai and NguoiDung.objects.filter(dien_thoai=dien_thoai).exists():
        raise RuleError(
            f"Số {dien_thoai} đã có tài khoản. Nếu ở đơn vị khác, nhờ cấp trên phân công.",
            field="dien_thoai",
        )
    if check:
        _check_password(password, NguoiDung(username=username, ho_ten=ho_ten))
    user = NguoiDung.objects.create_user(
        username, password, ho_ten=clean_name(ho_ten), dien_thoai=dien_thoai
    )
    record(by=by, hanh_dong="tai_khoan.create", target=user, don_vi=don_vi)
    return user


@transaction.atomic
def open_account(
    *,
    username: str,
    ho_ten: str,
    dien_thoai: str,
    password: str,
    don_vi: DonVi,
    vai_tro: str,
    tu_ngay: date,
    by,
    den_ngay: date | None = None,
) -> PhanCong:
    """Open an account together with its first role; refused when either is."""
    user = create_nguoi_dung(
        username=username,
        ho_ten=ho_ten,
        password=password,
        dien_thoai=dien_thoai,
        don_vi=don_vi,
        by=by,
    )
    return assign_role(
        nguoi_dung=user, don_vi=don_vi, vai_tro=vai_tro, tu_ngay=tu_ngay, den_ngay=den_ngay, by=by
    )


@transaction.atomic
def change_password(*, nguoi_dung: NguoiDung, password: str, by) -> NguoiDung:
    """Set a new password; every open session of the account ends."""
    if by != nguoi_dung:
        check_may_manage(nguoi_dung, by)
    _check_password(password, nguoi_dung)
    nguoi_dung.set_password(password)
    nguoi_dung.save(update_fields=["password"])
    record(by=by, hanh_dong="tai_khoan.password", target=nguoi_dung)
    return nguoi_dung


@transaction.atomic
def set_active(*, nguoi_dung: NguoiDung, active: bool, by) -> None:
    """Close an account, or open it again. Nobody closes his own."""
    if nguoi_dung == by and not active:
        raise RuleError("Đồng chí không thể khóa tài khoản của chính mình.")
    check_may_manage(nguoi_dung, by)
    don_vi = _don_vi_of(nguoi_dung)
    nguoi_dung.is_active = active
    nguoi_dung.save(update_fields=["is_active"])
    hanh_dong = "tai_khoan.open" if active else "tai_khoan.close"
    record(by=by, hanh_dong=hanh_dong, target=nguoi_dung, don_vi=don_vi)


@transaction.atomic
def assign_role(
    *, nguoi_dung: NguoiDung, don_vi: DonVi, vai_tro: str, tu_ngay: date, by, den_ngay=None
) -> PhanCong:
    """Give a role at a unit for a time.

    Refused when the role does not belong to that level, when `by` may not give it there or
    would give it to himself, and when the person holds it there in an overlapping time.
    """
    NguoiDung.objects.select_for_update().get(pk=nguoi_dung.pk)
    ten = VaiTro(vai_tro).label
    if don_vi.cap not in CAP_CUA_VAI_TRO[vai_tro]:
        raise RuleError(f"Vai trò {ten} không giữ tại {don_vi}.", field="vai_tro")
    if by is not None and nguoi_dung == by:
        raise RuleError("Đồng chí không tự giao vai trò cho mình được. Nhờ cấp trên phân công.")
    if by is not None and vai_tro not in vai_tro_duoc_cap(by, don_vi):
        raise RuleError(f"Giao vai trò {ten} tại {don_vi} là việc của cấp trên.", field="vai_tro")
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
    record(
        by=by,
        hanh_dong="phan_cong.create",
        target=phan_cong,
        tai_khoan=nguoi_dung.username,
        vai_tro=vai_tro,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
    )
    return phan_cong


@transaction.atomic
def end_role(*, phan_cong: PhanCong, den_ngay: date, ly_do: str, by) -> PhanCong:
    """Let a role end with `den_ngay`; a day before today ends it at once.

    Refused when it has ended, when `by` may not give such a role there, and for the own one.
    """
    phan_cong = (
        PhanCong.objects.select_for_update(of=("self",))
        .select_related("don_vi", "nguoi_dung")
        .get(pk=phan_cong.pk)
    )
    if by is not None and phan_cong.nguoi_dung == by:
        raise RuleError("Đồng chí không tự kết thúc vai trò của mình được. Nhờ cấp trên.")
    if by is not None and phan_cong.vai_tro not in vai_tro_duoc_cap(by, phan_cong.don_vi):
        raise RuleError(f"Kết thúc vai trò {phan_cong} là việc của cấp trên.")
    if phan_cong.den_ngay and phan_cong.den_ngay < today():
        raise RuleError("Phân công này đã kết thúc.")
    if den_ngay < phan_cong.tu_ngay - timedelta(days=1):
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    phan_cong.den_ngay = max(den_ngay, phan_cong.tu_ngay)
    phan_cong.ly_do_ket_thuc = ly_do
    phan_cong.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
    record(
        by=by,
        hanh_dong="phan_cong.end",
        target=phan_cong,
        tai_khoan=phan_cong.nguoi_dung.username,
        vai_tro=phan_cong.vai_tro,
        den_ngay=phan_cong.den_ngay,
    )
    return phan_cong


def check_may_manage(nguoi_dung: NguoiDung, by) -> None:
    """Refuse who does not stand above every role that the account holds or will hold.

    So a ward cannot open the account of somebody who also serves the office above.
    """
    if by is None:
        return
    held = PhanCong.objects.filter(nguoi_dung=nguoi_dung).exclude(den_ngay__lt=today())
    for phan_cong in held.select_related("don_vi"):
        if phan_cong.vai_tro not in vai_tro_duoc_cap(by, phan_cong.don_vi):
            raise RuleError(
                f"{nguoi_dung} còn giữ vai trò do cấp trên hoặc đơn vị khác giao. "
                "Nhờ văn phòng cấp trên làm việc này."
            )


def suggest_password() -> str:
    """A first password to hand over: four groups of four signs, easy to copy by hand."""
    return "-".join("".join(secrets.choice(_CHU) for _ in range(4)) for _ in range(4))


def _don_vi_of(nguoi_dung: NguoiDung) -> DonVi | None:
    """The unit whose auditors see what happens to an account, also to a closed one."""
    last = nguoi_dung.phan_cong.select_related("don_vi").order_by("-tu_ngay", "-pk").first()
    return last.don_vi if last else None


def _check_password(password: str, user: NguoiDung) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        words = [_MAT_KHAU_YEU[problem.code] for problem in error.error_list]
        raise RuleError(" ".join(words), field="password") from error
