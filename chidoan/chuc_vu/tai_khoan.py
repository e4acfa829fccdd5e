"""The account that goes with an office: given with it, ended with it that night."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from chidoan.models import ChucVu
from core.errors import RuleError
from core.periods import today
from tochuc.models import DonVi, NguoiDung, PhanCong
from tochuc.permissions import Quyen, VaiTro, who_may
from tochuc.services import assign_role, create_nguoi_dung, end_role

_CHI_DOAN = {
    "bi_thu": VaiTro.BI_THU_CHI_DOAN,
    "pho_bi_thu": VaiTro.PHO_BI_THU_CHI_DOAN,
    "uy_vien": VaiTro.UY_VIEN_CHI_DOAN,
}
_CO_SO = {"bi_thu": VaiTro.BI_THU_PHUONG, "pho_bi_thu": VaiTro.PHO_BI_THU_PHUONG}


@dataclass(frozen=True, kw_only=True)
class TaiKhoan:
    """Which account an office gets: one that there is, or a new one under this name."""

    nguoi_dung: NguoiDung | None = None
    username: str = ""
    dien_thoai: str = ""
    password: str = field(default="", repr=False)


def vai_tro_cua(don_vi: DonVi, chuc_danh: str) -> str:
    """The role that an office of the unit asks for; "" where offices carry no account."""
    if don_vi.is_chi_doan:
        return _CHI_DOAN.get(chuc_danh, "")
    return _CO_SO.get(chuc_danh, VaiTro.CAN_BO_PHUONG) if don_vi.is_co_so else ""


def give_account(*, chuc_vu: ChucVu, tai_khoan: TaiKhoan, by) -> PhanCong:
    """Let the office carry an account, from its first day (not before today) to its last.

    An assignment that the account holds there in this role anyway becomes the office's. Must
    run in the caller's transaction, with the unit locked. Refused: without the right, a second
    account, one that another office carries or that is somebody else's, for an office that has
    ended.
    """
    check_may_give(by, chuc_vu.don_vi)
    vai_tro = vai_tro_cua(chuc_vu.don_vi, chuc_vu.chuc_danh)
    if not vai_tro:
        raise RuleError(f"Chức vụ tại {chuc_vu.don_vi} không mang tài khoản.", field="tai_khoan")
    if chuc_vu.den_ngay and chuc_vu.den_ngay < today():
        raise RuleError("Chức vụ này đã kết thúc.", field="tai_khoan")
    if chuc_vu.phan_cong and not chuc_vu.phan_cong.is_ket_thuc:
        raise RuleError(f"Chức vụ này đã mang tài khoản {chuc_vu.phan_cong.nguoi_dung.username}.")
    if tai_khoan.nguoi_dung:
        _check_cua_minh(tai_khoan.nguoi_dung, chuc_vu)
    user = tai_khoan.nguoi_dung or create_nguoi_dung(
        username=tai_khoan.username,
        ho_ten=chuc_vu.ho_ten,
        dien_thoai=tai_khoan.dien_thoai,
        password=tai_khoan.password,
        don_vi=chuc_vu.don_vi,
        by=by,
    )
    chuc_vu.phan_cong = _held(user, chuc_vu, vai_tro, by) or assign_role(
        nguoi_dung=user,
        don_vi=chuc_vu.don_vi,
        vai_tro=vai_tro,
        tu_ngay=max(chuc_vu.tu_ngay, today()),
        den_ngay=chuc_vu.den_ngay,
        by=by,
    )
    chuc_vu.save(update_fields=["phan_cong"])
    return chuc_vu.phan_cong


def end_account(*, chuc_vu: ChucVu, den_ngay: date, ly_do: str, by) -> None:
    """Let the office's account lose the role with `den_ngay`, unless it ends sooner anyway."""
    role = chuc_vu.phan_cong
    if role is None or (role.den_ngay and role.den_ngay <= max(den_ngay, role.tu_ngay)):
        return
    if role.is_ket_thuc:
        return
    if by is not None:
        check_may_give(by, chuc_vu.don_vi)
    last = max(den_ngay, role.tu_ngay)
    chuc_vu.phan_cong = end_role(phan_cong=role, den_ngay=last, ly_do=ly_do, by=by)


def resume_account(*, chuc_vu: ChucVu, by) -> None:
    """Give the office's account its role again from the day after it lost it, or from today.

    It lasts as long as the office does now.
    """
    ended = chuc_vu.phan_cong
    if ended is None or ended.den_ngay is None:
        return
    check_may_give(by, chuc_vu.don_vi)
    chuc_vu.phan_cong = assign_role(
        nguoi_dung=ended.nguoi_dung,
        don_vi=chuc_vu.don_vi,
        vai_tro=ended.vai_tro,
        tu_ngay=max(ended.den_ngay + timedelta(days=1), today()),
        den_ngay=chuc_vu.den_ngay,
        by=by,
    )
    chuc_vu.save(update_fields=["phan_cong"])


def check_may_give(by, don_vi: DonVi) -> None:
    if by is not None and not by.may(Quyen.QUAN_LY_TAI_KHOAN, don_vi):
        raise RuleError(
            f"Chức vụ mang tài khoản: {who_may(Quyen.QUAN_LY_TAI_KHOAN)}", field="tai_khoan"
        )


def tai_khoan_chon_duoc(by, don_vi: DonVi):
    """Accounts that may be chosen for an office of the unit: those of its ward, not the own."""
    ward = don_vi.cap_tren if don_vi.is_chi_doan else don_vi
    held = PhanCong.objects.permitted_to(by, Quyen.QUAN_LY_TAI_KHOAN).under(ward)
    rows = NguoiDung.objects.filter(is_active=True, pk__in=held.values("nguoi_dung"))
    return rows.exclude(pk=by.pk)


def vai_tro_dang_mo(don_vi: DonVi, chuc_danh: str, day: date) -> Iterable[PhanCong]:
    """Assignments at the unit that go with such an office and that no office carries yet."""
    rows = PhanCong.objects.tai_don_vi(don_vi).tai_ngay(day).filter(chuc_vu__isnull=True)
    return rows.filter(vai_tro=vai_tro_cua(don_vi, chuc_danh)).select_related("nguoi_dung")


def _held(user: NguoiDung, chuc_vu: ChucVu, vai_tro: str, by) -> PhanCong | None:
    """The role if the account holds it on the office's first day, cut to the office's end."""
    day = max(chuc_vu.tu_ngay, today())
    held = user.phan_cong.tai_don_vi(chuc_vu.don_vi).tai_ngay(day).filter(vai_tro=vai_tro).first()
    if held is None:
        return None
    if held.chuc_vu.chua_het(day).exclude(pk=chuc_vu.pk).exists():
        raise RuleError("Tài khoản này đang đi với chức vụ khác của đơn vị.", field="tai_khoan")
    if chuc_vu.den_ngay and (held.den_ngay is None or held.den_ngay > chuc_vu.den_ngay):
        return end_role(phan_cong=held, den_ngay=chuc_vu.den_ngay, ly_do="Theo chức vụ", by=by)
    return held


def _check_cua_minh(user: NguoiDung, chuc_vu: ChucVu) -> None:
    """An account is one person's: whoever had it knows its password and signs with it."""
    for row in ChucVu.objects.mang_tai_khoan(user).exclude(pk=chuc_vu.pk):
        is_known = row.doan_vien_id and chuc_vu.doan_vien_id
        same = (
            row.doan_vien_id == chuc_vu.doan_vien_id if is_known else row.ho_ten == chuc_vu.ho_ten
        )
        if not same:
            raise RuleError(
                f"Tài khoản {user.username} là của đồng chí {row.ho_ten}. Mỗi người một tài khoản: "
                "mở tài khoản mới.",
                field="nguoi_dung",
            )
