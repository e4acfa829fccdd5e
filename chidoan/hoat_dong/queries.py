"""Reads of activities: who may have taken part, what a meeting's papers say of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from chidoan.models import BuoiSinhHoat, DiemDanh, HoatDong, ThamGiaHoatDong
from core.text.numbers import count, date_short, money
from doanvien.models import QuaTrinh
from tochuc.models import DonVi

from .loai import doc_so, don_vi_tinh

GHI_CHU = {
    QuaTrinh.Loai.NOI_CU_TRU: "Sinh hoạt nơi cư trú",
    QuaTrinh.Loai.TAM_THOI: "Sinh hoạt tạm thời",
}


@dataclass(frozen=True)
class NguoiThamGia:
    """One whom a form offers: a member of those days, with the branch of then."""

    pk: int
    ho_ten: str
    chi_doan: str
    ghi_chu: str = ""
    di_xa: bool = False
    chi_doan_pk: int = 0


def roster(
    don_vi: DonVi, tu: date, den: date, *, trong: Q | None = None, toi_da: int | None = None
) -> list[NguoiThamGia]:
    """Who was in the unit on any of the days, by branch and given name. One query.

    Members, and those who take part where they live or for a time: named with a remark, once,
    at the own branch where both are here. `trong` narrows the periods, `toi_da` how many.
    """
    rows = (
        _co_mat(don_vi, tu, den)
        .filter(trong or Q())
        .order_by("chi_doan__path", "doan_vien__khoa_sap_xep", "doan_vien__ngay_sinh", "pk")
        .values_list(
            "doan_vien_id",
            "doan_vien__ho_ten",
            "chi_doan__ten",
            "loai",
            "doan_vien__di_xa_tu",
            "doan_vien__di_xa_den",
            "chi_doan_id",
        )
    )
    rows = list(rows[:toi_da])
    own = {row[0] for row in rows if row[3] == QuaTrinh.Loai.CHINH_THUC}
    found = {}
    for pk, ho_ten, chi_doan, loai, xa_tu, xa_den, chi_doan_pk in rows:
        if loai != QuaTrinh.Loai.CHINH_THUC and pk in own:
            continue
        away = bool(xa_tu and xa_tu <= tu and (xa_den is None or xa_den >= den))
        note = "Đi làm xa" if away else GHI_CHU.get(loai, "")
        person = NguoiThamGia(pk, ho_ten, chi_doan, note, away, chi_doan_pk)
        found.setdefault(pk, person)
    return list(found.values())


def dem_nguoi(don_vi: DonVi, tu: date, den: date) -> list[tuple[int, str, int]]:
    """How many each branch has on those days: (branch, name, people), in order. One query."""
    rows = _co_mat(don_vi, tu, den).order_by().values_list("chi_doan_id", "chi_doan__ten")
    return list(rows.annotate(so=Count("doan_vien", distinct=True)).order_by("chi_doan__path"))


def _co_mat(don_vi: DonVi, tu: date, den: date):
    return QuaTrinh.objects.under(don_vi).filter(tu_ngay__lte=den).exclude(den_ngay__lt=tu)


def du_buoi(buoi: BuoiSinhHoat) -> dict[int, Decimal]:
    """Those present at a meeting, each with one day of work: what a form begins with. One query."""
    present = buoi.diem_danh.filter(trang_thai__in=DiemDanh.DU_HOP).order_by()
    return dict.fromkeys(present.values_list("doan_vien_id", flat=True), Decimal(1))


def hoat_dong_kem(buoi: BuoiSinhHoat) -> list[HoatDong]:
    """What was done alongside a meeting, with those who took part counted. One query."""
    return list(HoatDong.objects.kem_buoi(buoi).with_tham_gia())


def cau_kem_theo(buoi: BuoiSinhHoat) -> str:
    """A sentence for each activity alongside, as minutes print it; "" without one. One query."""
    return "\n".join(cau_hoat_dong(row) for row in hoat_dong_kem(buoi))


def cau_hoat_dong(row: HoatDong, *, co_ngay: bool = False) -> str:
    """ "Trồng cây tại Khu vực 3, ngày 15/02/2026: 50 cây; 12 đồng chí tham gia, 12 ngày công."

    `row` has `with_tham_gia`; its last day is told with `co_ngay`.
    """
    parts = [_so_luong(row), _nguoi(row), _gia_tri(row)]
    said = "; ".join(part for part in parts if part)
    place = f" tại {row.dia_diem}" if row.dia_diem else ""
    day = f", ngày {date_short(row.den_ngay)}" if co_ngay else ""
    end = f": {said}." if said else "."
    return f"{row.ten}{place}{day}{end}"


def tham_gia_cua(hoat_dong: HoatDong) -> dict[int, Decimal]:
    """Days of work by member. One query."""
    rows = ThamGiaHoatDong.objects.filter(hoat_dong=hoat_dong).order_by()
    return dict(rows.values_list("doan_vien_id", "ngay_cong"))


def _so_luong(row: HoatDong) -> str:
    unit = don_vi_tinh(row.loai)
    return f"{_doc(row.so_luong)} {unit.ten}" if unit and row.so_luong is not None else ""


def _nguoi(row: HoatDong) -> str:
    parts = []
    if row.so_nguoi:
        parts.append(f"{count(row.so_nguoi)} đồng chí tham gia, {_doc(row.ngay_cong)} ngày công")
    if row.nguoi_ngoai:
        parts.append(f"{count(row.nguoi_ngoai)} người ngoài cùng tham gia")
    return ", ".join(parts)


def _gia_tri(row: HoatDong) -> str:
    parts = [f"trị giá {money(row.gia_tri)} đồng"] if row.gia_tri else []
    if row.nguoi_huong_loi:
        parts.append(f"{count(row.nguoi_huong_loi)} người được hưởng")
    return ", ".join(parts)


def _doc(value: Decimal) -> str:
    """A whole number as prose counts, two digits below ten; a measure with its decimals."""
    return count(int(value)) if value == int(value) else doc_so(value)
