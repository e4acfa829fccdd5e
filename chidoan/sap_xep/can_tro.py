"""Why a reorganisation cannot be applied on its day: sentences for the person, all at once."""

from datetime import date

from django.db.models import Q

from chidoan.models import BuoiSinhHoat, ChucVu, DongSapXep
from core.errors import RuleError
from core.text.display import ngay as show_day
from doanvien.models import PhieuThu, QuaTrinh
from tochuc.models import DonVi

from .di_theo import PhamVi, cac_tang_tren
from .ke_hoach import BO_CAP, CHIA_TACH, CHUYEN, DOI_TEN, GIAI_THE, SAP_NHAP, ThayDoi, cap_cua

NEU = 5
"""So many names in a sentence; the others are counted."""


class CanTroError(RuleError):
    """All reasons why it cannot be done."""

    def __init__(self, cau: list[str]):
        super().__init__(" ".join(cau))
        self.cau = cau


def soat_don_vi(plan: list[ThayDoi], units: dict[int, DonVi], ngay: date) -> list[str]:
    """Units that are not there on the day, or are not of the kind that the change needs."""
    wrong = []
    for item in plan:
        for pk in sorted(item.nhac_toi):
            wrong += _soat_mot(units.get(pk), ngay, ket_thuc=pk in item.ket_thuc)
        wrong += [] if wrong else list(_soat_cap(item, units))
    return list(dict.fromkeys(wrong))


def _soat_mot(unit: DonVi | None, ngay: date, *, ket_thuc: bool):
    if unit is None:
        yield "Có đơn vị không còn trong hệ thống. Lập lại kế hoạch."
    elif unit.ket_thuc and unit.ket_thuc < ngay:
        yield f"{unit} đã kết thúc từ ngày {show_day(unit.ket_thuc)}."
    elif unit.thanh_lap and unit.thanh_lap > ngay:
        yield f"{unit} thành lập ngày {show_day(unit.thanh_lap)}, sau ngày có hiệu lực."
    elif ket_thuc and unit.thanh_lap == ngay:
        yield f"{unit} thành lập đúng ngày có hiệu lực nên chưa kết thúc được ngày ấy."
    elif ket_thuc and unit.ket_thuc and unit.ket_thuc >= ngay:
        yield f"{unit} đã có ngày kết thúc {show_day(unit.ket_thuc)}."


def _soat_cap(item: ThayDoi, units: dict[int, DonVi]):
    thu_tu = [cap for cap, _ in DonVi._meta.get_field("cap").choices]
    levels = {units[pk].cap for pk in item.don_vi}
    levels |= {cap_cua(dich.loai, units[dich.cap_tren].cap) for dich in item.dich if dich.is_moi}
    if item.loai in (SAP_NHAP, CHIA_TACH):
        levels |= {units[dich.don_vi].cap for dich in item.dich if not dich.is_moi}
        if len(levels) > 1:
            yield "Chỉ sáp nhập, chia tách giữa các đơn vị cùng cấp."
        if levels - {"chi_doan", "co_so"}:
            yield "Huyện không sáp nhập, chia tách ở đây; chọn «Kết thúc cấp huyện»."
    if item.loai == BO_CAP and levels != {"huyen"}:
        yield "«Kết thúc cấp huyện» chỉ dùng cho đơn vị cấp huyện."
    parents = {item.cap_tren, *(dich.cap_tren for dich in item.dich)} - {None}
    for pk in parents:
        if any(thu_tu.index(cap) <= thu_tu.index(units[pk].cap) for cap in levels):
            yield f"{units[pk]} không ở cấp trên của đơn vị được sắp xếp."
    if item.loai in (CHUYEN, DOI_TEN, GIAI_THE) and "trung_uong" in levels:
        yield "Cấp Trung ương không sắp xếp ở đây."


def can_tro(pham_vi: PhamVi) -> list[str]:
    """What has happened in the units since the day, and what is closed already."""
    found = [
        *_da_doi_nguoi(pham_vi),
        *_da_hop(pham_vi),
        *_da_thu(pham_vi),
        *_chuc_vu_sau(pham_vi),
        *_dot_khac(pham_vi),
    ]
    for module in cac_tang_tren():
        found += module.can_tro(pham_vi)
    return found


def _da_doi_nguoi(pham_vi: PhamVi):
    day = pham_vi.ngay
    rows = QuaTrinh.objects.chinh_thuc().filter(chi_doan__in=pham_vi.nguon)
    rows = rows.filter(Q(tu_ngay__gte=day) | Q(den_ngay__gte=day)).order_by()
    people = rows.values("doan_vien").distinct().count()
    if people:
        units = DonVi.objects.filter(pk__in=rows.values("chi_doan"))[:NEU]
        yield (
            f"Từ ngày {show_day(day)} trở đi đã có biến động của {people} đồng chí ở "
            f"{', '.join(str(unit) for unit in units)}. Chọn ngày có hiệu lực sau đó."
        )


def _da_hop(pham_vi: PhamVi):
    rows = BuoiSinhHoat.objects.da_hop().filter(
        chi_doan__in=pham_vi.ket_thuc, ngay__gte=pham_vi.ngay
    )
    for row in rows.select_related("chi_doan")[:NEU]:
        yield (
            f"{row.chi_doan} đã ghi buổi sinh hoạt ngày {show_day(row.ngay)}. "
            "Chọn ngày có hiệu lực sau buổi ấy."
        )


def _da_thu(pham_vi: PhamVi):
    rows = PhieuThu.objects.filter(don_vi__in=pham_vi.ket_thuc, ngay__gte=pham_vi.ngay)
    units = rows.order_by().values_list("don_vi", flat=True).distinct()
    for unit in DonVi.objects.filter(pk__in=units)[:NEU]:
        yield (
            f"{unit} có phiếu thu đoàn phí từ ngày {show_day(pham_vi.ngay)} trở đi. "
            "Chọn ngày có hiệu lực sau các phiếu thu ấy."
        )


def _chuc_vu_sau(pham_vi: PhamVi):
    rows = ChucVu.objects.filter(don_vi__in=pham_vi.ket_thuc, tu_ngay__gte=pham_vi.ngay)
    for row in rows.select_related("don_vi")[:NEU]:
        yield (
            f"{row.get_chuc_danh_display()} của {row.don_vi} nhận chức vụ từ ngày "
            f"{show_day(row.tu_ngay)}. Chọn ngày có hiệu lực sau ngày ấy."
        )


def _dot_khac(pham_vi: PhamVi):
    """Changes of a later day that have been applied already: those are undone first."""
    rows = DongSapXep.objects.da_ap_dung().filter(
        Q(truoc__in=pham_vi.nguon) | Q(sau__in=pham_vi.nguon), sap_xep__hieu_luc__gt=pham_vi.ngay
    )
    for row in rows.select_related("sap_xep")[:1]:
        yield (
            f"Đơn vị đã được sắp xếp từ ngày {show_day(row.sap_xep.hieu_luc)} ({row.sap_xep}). "
            "Chọn ngày sau đợt ấy."
        )
