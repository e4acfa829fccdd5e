"""Home of a Party committee's account, and of an operator."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from core.text.display import gio, so, thu
from tochuc.models import DonVi, NguoiDung, NhatKy, PhanCong
from tochuc.viec import Viec
from tudưong.viec import viec_can_lam


def cap_uy_context(user, don_vi: DonVi, day: date) -> dict:
    """Letters and cases that wait for the committee's word. Two queries."""
    return {
        "title": "Hồ sơ đang chờ",
        "subtitle": f"Cấp ủy {don_vi.ten_noi}",
        "bar_title": f"Cấp ủy {don_vi.ten_noi}",
        "bar_sub": thu(day),
        "viec": viec_can_lam(user, day),
    }


def quan_tri_context(user, don_vi: DonVi, day: date) -> dict:
    """Accounts without a role; accounts, units and the end of the audit chain. Five queries."""
    in_force = PhanCong.objects.tai_ngay(day).filter(nguoi_dung=OuterRef("pk"))
    accounts = NguoiDung.objects.visible_to(user).filter(is_active=True)
    lines = NhatKy.objects.visible_to(user)
    last = lines.order_by("-so").first()
    return {
        "title": "Tổng quan",
        "subtitle": str(don_vi),
        "bar_title": str(don_vi),
        "bar_sub": thu(day),
        "viec": _khong_vai_tro(accounts.exclude(Exists(in_force)).count(), day),
        "kpis": [
            {
                "label": "Tài khoản đang dùng",
                "value": so(accounts.filter(Exists(in_force)).count()),
                "note": "mở, khóa, giao vai trò",
                "url": f"{reverse('tochuc:tai_khoan_list')}?tinh_trang=dang_dung",
            },
            {
                "label": "Đơn vị đang hoạt động",
                "value": so(DonVi.objects.under(don_vi).dang_hoat_dong(day).count()),
                "note": "trong phạm vi phụ trách",
                "url": reverse("tochuc:don_vi_list"),
            },
            {
                "label": "Dòng nhật ký",
                "value": so(lines.count()),
                "note": f"dòng cuối {gio(last.luc)}" if last else "chưa có dòng nào",
                "url": reverse("tochuc:nhat_ky_list"),
            },
        ],
    }


def _khong_vai_tro(count: int, day: date) -> list[Viec]:
    """Accounts that may sign in and do nothing: give them a role, or lock them."""
    if not count:
        return []
    return [
        Viec(
            tieu_de=f"{count} tài khoản chưa có vai trò hôm nay",
            chi_tiet="giao vai trò hoặc khóa",
            url=f"{reverse('tochuc:tai_khoan_list')}?tinh_trang=khong_vai_tro",
            icon="key-round",
            nut="Xem tài khoản",
            so_phut=2,
            muc="warn",
            ngay=day,
        )
    ]
