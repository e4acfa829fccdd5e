"""Home of a Party committee's account, and of an operator."""

from datetime import date

from django.urls import reverse

from core.text.display import gio, so, thu
from tochuc.models import DonVi, NguoiDung, NhatKy
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


def quan_tri_context(don_vi: DonVi, day: date) -> dict:
    """Accounts, units and the end of the audit chain. Three queries."""
    accounts = NguoiDung.objects.filter(is_active=True).count()
    last = NhatKy.objects.order_by("-so").first()
    units = DonVi.objects.under(don_vi).dang_hoat_dong(day).count()
    return {
        "title": "Tổng quan",
        "subtitle": str(don_vi),
        "bar_title": str(don_vi),
        "bar_sub": thu(day),
        "kpis": [
            {
                "label": "Tài khoản đang dùng",
                "value": so(accounts),
                "note": "mở, khóa, giao vai trò",
                "url": reverse("tochuc:tai_khoan_list"),
            },
            {
                "label": "Đơn vị đang hoạt động",
                "value": so(units),
                "note": "trong phạm vi phụ trách",
                "url": reverse("tochuc:don_vi_list"),
            },
            {
                "label": "Dòng nhật ký",
                "value": so(last.so if last else 0),
                "note": f"dòng cuối {gio(last.luc)}" if last else "chưa có dòng nào",
                "url": reverse("tochuc:nhat_ky_list"),
            },
        ],
    }
