from django.template.response import TemplateResponse
from django.urls import reverse

from core.listing import list_page
from core.periods import read_day
from core.text import natural_sort_key
from core.text.display import ngay as show_day
from tochuc.filters import DonViFilter
from tochuc.models import DiaBan, DonVi, PhanCong
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import LUON_LUON
from tochuc.tables import (
    CHI_DOAN_TRUC_THUOC,
    DON_VI_TABLE,
    DON_VI_TRUC_THUOC,
    cap_tren_khi_do,
    don_vi_state,
    ten_khi_do,
)


@require_quyen(Quyen.XEM_DON_VI)
def don_vi_list(request):
    day = read_day(request.GET.get("ngay"))
    units = DonVi.objects.visible_to(request.user).dang_hoat_dong(day)
    return list_page(
        request,
        queryset=units.with_ten_tai(day).with_so_don_vi_duoi(day),
        filterset=DonViFilter,
        table=DON_VI_TABLE,
        title="Đơn vị",
        noun="đơn vị",
        template="tochuc/don_vi_list.html",
        extra={"day": day},
    )


@require_quyen(Quyen.XEM_DON_VI)
def don_vi_detail(request, pk):
    day = read_day(request.GET.get("ngay"))
    unit = get_visible_or_404(DonVi.objects.with_ten_tai(day), request.user, pk=pk)
    visible = DonVi.objects.visible_to(request.user)
    below = visible.truc_thuoc(unit, day).with_ten_tai(day).with_so_don_vi_duoi(day)
    table = CHI_DOAN_TRUC_THUOC if unit.is_co_so else DON_VI_TRUC_THUOC
    areas = DiaBan.objects.cua(unit).tai_ngay(day).select_related("chi_doan")
    roles = PhanCong.objects.visible_to(request.user).tai_don_vi(unit).tai_ngay(day)
    context = {
        "title": ten_khi_do(unit),
        "cap_tren": cap_tren_khi_do(unit),
        "back": reverse("tochuc:don_vi_list"),
        "unit": unit,
        "day": day,
        "state": don_vi_state(unit),
        "facts": _facts(unit),
        "table": table,
        "headings": table.headings(""),
        "rows": list(table.page_rows(below)),
        "history": _history(unit),
        "xep_loai": _xep_loai(request.user, unit),
        "members_url": f"{reverse('doanvien:list')}?don_vi={unit.pk}&ngay={show_day(day)}",
        "may_see_members": request.user.may(Quyen.XEM_DOAN_VIEN, unit),
        "dia_ban": sorted(areas, key=lambda area: natural_sort_key(area.ten)),
        "roles": roles.select_related("nguoi_dung"),
        "may_manage": request.user.may(Quyen.QUAN_LY_TAI_KHOAN, unit),
    }
    return TemplateResponse(request, "tochuc/don_vi_detail.html", context)


def _xep_loai(user, unit) -> list:
    """Its ratings over the years, which a layer above keeps, for who may see them."""
    if not user.may(Quyen.XEM_XEP_HANG, unit):
        return []
    return list(unit.xep_loai_don_vi.all().qua_cac_nam(unit))


def _history(unit):
    """Names and units above over time, newest first, for the timeline."""
    rows = unit.lich_su.select_related("cap_tren").order_by("-tu_ngay")
    return [_after(row) if _is_after(unit, row) else _entry(unit, row) for row in rows]


def _is_after(unit, row) -> bool:
    """The unit had ended: this is where its books are since."""
    return bool(unit.ket_thuc and row.tu_ngay > unit.ket_thuc)


def _after(row) -> dict:
    return {
        "title": "Đã kết thúc",
        "lines": [line for line in (f"Sổ cũ đọc ở {row.cap_tren}", row.can_cu) if line],
        "when": f"từ {show_day(row.tu_ngay)}",
        "state": "now",
        "icon": "archive",
    }


def _entry(unit, row) -> dict:
    end = row.den_ngay or unit.ket_thuc
    return {
        "title": unit.goi_ten(row.ten),
        "lines": [line for line in (_parent_line(row), row.can_cu) if line],
        "when": _span(row.tu_ngay, end),
        "state": "done" if end else "now",
        "icon": "" if end else "map-pin",
    }


def _parent_line(row):
    return f"Trực thuộc {row.cap_tren}" if row.cap_tren else ""


def _span(tu_ngay, den_ngay) -> str:
    start = "" if tu_ngay == LUON_LUON else show_day(tu_ngay)
    end = show_day(den_ngay) if den_ngay else "nay"
    return f"{start} – {end}".strip(" –") if start else f"đến {end}"


def _facts(unit):
    return [
        (label, value)
        for label, value in [
            ("Cấp", unit.get_cap_display()),
            ("Khối", unit.get_khoi_display()),
            ("Cụm thi đua", unit.cum_thi_dua),
            ("Thành lập", show_day(unit.thanh_lap)),
            ("Kết thúc", show_day(unit.ket_thuc)),
            ("Số liệu từ ngày", show_day(unit.so_lieu_tu)),
            ("Số liệu đến ngày", show_day(unit.so_lieu_den)),
            ("Địa danh trên văn bản", unit.dia_danh),
            ("Mã", unit.ma),
        ]
        if value
    ]
