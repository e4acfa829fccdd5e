"""What the page of one term of office says."""

from django.urls import reverse

from chidoan.ban_giao.trang import tinh_trang as tinh_trang_ban_giao
from chidoan.models import BanGiao, ChucVu
from core.periods import today
from core.text.display import ngay, ty_le
from tochuc.permissions import Quyen

from .tables import trang_thai


def trang_chuc_vu(user, chuc_vu: ChucVu) -> dict:
    """Facts of the term, the office's history in the unit, and what may be done. Two queries."""
    day = today()
    may_assign = user.may(Quyen.PHAN_CONG_PHU_TRACH, chuc_vu.don_vi)
    may_account = user.may(Quyen.QUAN_LY_TAI_KHOAN, chuc_vu.don_vi)
    is_over = bool(chuc_vu.den_ngay and chuc_vu.den_ngay < day)
    is_away = bool(chuc_vu.doan_vien and chuc_vu.doan_vien.is_di_lam_xa(day) and not is_over)
    return {
        "title": str(chuc_vu),
        "subtitle": str(chuc_vu.don_vi),
        "back": reverse("chidoan:chuc_vu_list"),
        "chuc_vu": chuc_vu,
        "url_sua": reverse("chidoan:chuc_vu_update", args=[chuc_vu.pk]),
        "state": trang_thai(chuc_vu, day),
        "facts": list(_facts(chuc_vu, user, may_account=may_account)),
        "lich_su": [_muc(row, chuc_vu, day, user) for row in _terms(chuc_vu)],
        "may_assign": may_assign,
        "may_end": may_assign and not is_over,
        "may_reopen": may_assign and chuc_vu.den_ngay is not None and not chuc_vu.tam_quyen,
        "may_account": may_account and not is_over and not _has_account(chuc_vu),
        "di_xa": is_away and may_assign,
        "da_ghi_ly_do": is_away and chuc_vu.vang_tu == chuc_vu.doan_vien.di_xa_tu,
        **_ban_giao(user, chuc_vu, may_assign=may_assign and chuc_vu.den_ngay is not None),
        "doi_bi_thu": may_assign and not is_over and _is_secretary_of_a_branch(chuc_vu),
    }


def _ban_giao(user, chuc_vu: ChucVu, *, may_assign: bool) -> dict:
    """The hand-over of a branch's secretary, or whether one may be begun. One query."""
    if not _is_secretary_of_a_branch(chuc_vu) or not user.may(Quyen.XEM_CAN_BO, chuc_vu.don_vi):
        return {}
    found = BanGiao.objects.cua_nhiem_ky(chuc_vu).cho_trang().first()
    own = chuc_vu.phan_cong is not None and chuc_vu.phan_cong.nguoi_dung_id == user.pk
    return {
        "ban_giao": found,
        "ban_giao_state": tinh_trang_ban_giao(found) if found else None,
        "may_hand_over": may_assign or own,
    }


def _facts(row: ChucVu, user, *, may_account: bool):
    """(name, value[, address]) of what is known."""
    person = row.doan_vien
    if person and user.may(Quyen.XEM_DOAN_VIEN, person.chi_doan):
        yield ("Đoàn viên", f"{person}, {person.chi_doan}", person.get_absolute_url())
    why = user.may(Quyen.XEM_CAN_BO, row.don_vi)
    known = (
        ("Từ ngày", ngay(row.tu_ngay)),
        ("Đến hết ngày", row.den_ngay and ngay(row.den_ngay)),
        ("Nhiệm kỳ hết ngày", row.han_nhiem_ky and ngay(row.han_nhiem_ky)),
        ("Cách giữ chức", row.get_cach_display() or "Chưa ghi"),
        ("Kết quả bầu", row.co_phieu and phieu_bang_chu(row)),
        ("Quyết định", row.so_quyet_dinh and _quyet_dinh(row)),
        ("Bố trí khi đi làm xa vì", why and row.ly_do_di_xa),
        ("Vẫn giữ chức khi đi xa vì", why and row.ly_do_vang and _ly_do_vang(row)),
        ("Thôi giữ chức vì", row.ly_do_cho(user)),
    )
    yield from ((name, value) for name, value in known if value)
    if row.phan_cong and may_account:
        yield _tai_khoan(row.phan_cong)


def _quyet_dinh(row: ChucVu) -> str:
    return f"{row.so_quyet_dinh} ngày {ngay(row.ngay_quyet_dinh)}"


def _ly_do_vang(row: ChucVu) -> str:
    return f"{row.ly_do_vang} (đi xa từ {ngay(row.vang_tu)})"


def _tai_khoan(role) -> tuple[str, str, str]:
    until = f", đến hết {ngay(role.den_ngay)}" if role.den_ngay else ""
    words = f"{role.nguoi_dung.username}, từ {ngay(role.tu_ngay)}{until}"
    return ("Tài khoản đi kèm", words, role.nguoi_dung.get_absolute_url())


def phieu_bang_chu(row: ChucVu) -> str:
    """The election in one line."""
    against = f", không tán thành {row.khong_tan_thanh}" if row.khong_tan_thanh else ""
    invalid = f", không hợp lệ {row.khong_hop_le}" if row.khong_hop_le else ""
    return (
        f"Tán thành {ty_le(row.tan_thanh, row.co_mat)} có mặt{against}{invalid}; "
        f"có quyền bầu {row.co_quyen}"
    )


def _terms(chuc_vu: ChucVu):
    """The same office of the unit over time, newest first."""
    rows = ChucVu.objects.cua(chuc_vu.don_vi).cung_chuc_danh(chuc_vu)
    return rows.select_related("don_vi").order_by("-tu_ngay", "-pk")[:20]


def _muc(row: ChucVu, shown: ChucVu, day, user) -> dict:
    until = ngay(row.den_ngay) if row.den_ngay else "nay"
    is_over = row.den_ngay and row.den_ngay < day
    return {
        "title": str(row),
        "when": f"{ngay(row.tu_ngay)} – {until}",
        "lines": [line for line in (row.get_cach_display(), row.ly_do_cho(user)) if line],
        "state": "done" if is_over else "todo" if row.tu_ngay > day else "now",
        "icon": "user-check",
        "url": "" if row.pk == shown.pk else row.get_absolute_url(),
        "url_label": "Xem nhiệm kỳ",
    }


def _has_account(row: ChucVu) -> bool:
    return row.phan_cong is not None and not row.phan_cong.is_ket_thuc


def _is_secretary_of_a_branch(row: ChucVu) -> bool:
    return row.is_bi_thu and row.don_vi.is_chi_doan
