"""Điều kiện giới thiệu: what a member still needs before being referred, each with its state.

They inform; the votes decide. Sources: domain.md 5.3 (age by month, education from THCS,
certificate of 60 months), the model of 2018 (quarters in the group), the branch's vote.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from core.text import fold
from core.text.display import NBSP, ngay
from doanvien.models import DoanVien, XepLoai
from tochuc.quy_dinh import gia_tri, gia_tri_nhieu

from .models import BoiDuongNhanThuc, BuocHoSo, GiayTo, HoSo
from .thang import add_months, full_months

_PHIEU = (BuocHoSo.Loai.DE_NGHI, BuocHoSo.Loai.KHONG_DE_NGHI)
LOP = re.compile(r"(\d{1,2})\s*/\s*(10|12)")
"""A class and the years of its system: 9/12, 7/10."""
_LOP_CUOI_THCS = {"12": 9, "10": 7}


@dataclass(frozen=True)
class DieuKien:
    """One condition as `components/_checklist.html` takes it; `dat` counts in "4/6"."""

    title: str
    note: str
    dat: bool
    family: str = "neutral"

    @property
    def url(self) -> str:
        return ""


def dieu_kien_cua(doan_vien: DoanVien, day: date, *, so_quy: int, don_vi) -> list[DieuKien]:
    """The six conditions of a member on `day`; four queries.

    `so_quy` is the number of quarters in which the group has reviewed the member. Age and
    certificate count on the day on which the Party cell is expected to decide, if it is known.
    """
    ho_so = _last_case(doan_vien)
    quy_dinh = gia_tri_nhieu(["tuoi_vao_dang", "so_quy_boi_duong"], ngay=day, don_vi=don_vi)
    xet = ngay_xet(ho_so, day) if ho_so else day
    return [
        _tuoi(doan_vien, xet, int(quy_dinh["tuoi_vao_dang"])),
        _xep_loai(doan_vien, day.year - 1),
        _hoc_van(doan_vien),
        _chung_nhan(BoiDuongNhanThuc.objects.moi_nhat(doan_vien), ho_so, xet),
        _so_quy(so_quy, int(quy_dinh["so_quy_boi_duong"])),
        _bieu_quyet(ho_so),
    ]


def ngay_xet(ho_so: HoSo, day: date) -> date:
    """The day on which the Party cell considers an open case: the one expected, else `day`."""
    return max(ho_so.du_kien, day) if ho_so.is_dang_mo and ho_so.du_kien else day


def chua_du(ho_so: HoSo, day: date) -> list[str]:
    """What the member lacks by the Party's rules on the day on which the cell considers him, as
    sentences while the case is not sent; one query. They inform: the Party cell decides."""
    if ho_so.ngay_gui or not ho_so.is_dang_mo:
        return []
    doan_vien, xet = ho_so.doan_vien, ngay_xet(ho_so, day)
    tuoi = int(gia_tri("tuoi_vao_dang", ngay=xet, don_vi=ho_so.don_vi))
    thang = full_months(doan_vien.ngay_sinh, xet)
    found = []
    if thang < tuoi * 12:
        du = add_months(doan_vien.ngay_sinh, tuoi * 12)
        found.append(
            f"Ngày {ngay(xet)} đồng chí mới {_tuoi_thang(thang)}, đủ {tuoi} tuổi từ ngày "
            f"{ngay(du)}."
        )
    if from_thcs(doan_vien.van_hoa) is False:
        found.append(f"Trình độ văn hóa ghi «{doan_vien.van_hoa}», chưa từ tốt nghiệp THCS.")
    return found


def from_thcs(van_hoa: str) -> bool | None:
    """Whether the schooling reaches the end of lower secondary; None when nothing is written."""
    text = fold(van_hoa)
    if not text:
        return None
    lop = LOP.search(text)
    if lop:
        return int(lop[1]) >= _LOP_CUOI_THCS[lop[2]]
    return "tieu hoc" not in text


def _last_case(doan_vien: DoanVien) -> HoSo | None:
    """The newest case with its certificate and its branch vote, in one query."""
    giay = GiayTo.objects.filter(ho_so=OuterRef("pk"), loai=GiayTo.Loai.CHUNG_NHAN)
    vote = BuocHoSo.objects.filter(ho_so=OuterRef("pk")).phieu(*_PHIEU)
    cases = HoSo.objects.filter(doan_vien=doan_vien).annotate(
        giay_tinh_trang=Subquery(giay.values("tinh_trang")),
        giay_den=Subquery(giay.values("hieu_luc_den")),
        phieu_loai=Subquery(vote.values("loai")[:1]),
        phieu_ngay=Subquery(vote.values("ngay")[:1]),
        phieu_tan_thanh=Subquery(vote.values("tan_thanh")[:1]),
        phieu_co_quyen=Subquery(vote.values("co_quyen")[:1]),
    )
    return cases.order_by("-pk").first()


def _made(title: str, note: str, dat: bool | None) -> DieuKien:
    return DieuKien(title, note, bool(dat), "ok" if dat else "neutral")


def _tuoi(doan_vien: DoanVien, day: date, tuoi: int) -> DieuKien:
    thang = full_months(doan_vien.ngay_sinh, day)
    return _made(f"Đủ {tuoi} tuổi", _tuoi_thang(thang), thang >= tuoi * 12)


def _tuoi_thang(thang: int) -> str:
    return f"{thang // 12}{NBSP}tuổi {thang % 12}{NBSP}tháng"


def _xep_loai(doan_vien: DoanVien, nam: int) -> DieuKien:
    row = XepLoai.objects.filter(doan_vien=doan_vien, nam=nam).first()
    if row is None:
        return _made(f"Xếp loại năm {nam}", "chưa có kết quả", dat=False)
    dat = row.muc in (XepLoai.Muc.XUAT_SAC, XepLoai.Muc.CU_XUAT_SAC)
    return _made(f"Xếp loại năm {nam}", row.get_muc_display().lower(), dat)


def _hoc_van(doan_vien: DoanVien) -> DieuKien:
    note = doan_vien.van_hoa or "chưa ghi trình độ văn hóa"
    return _made("Học vấn từ THCS", note, from_thcs(doan_vien.van_hoa))


def _chung_nhan(cap: BoiDuongNhanThuc | None, ho_so: HoSo | None, day: date) -> DieuKien:
    """By the class on record; without one, by the paper that the case holds."""
    title = "Giấy chứng nhận nhận thức về Đảng"
    if cap:
        den = cap.hieu_luc_den
    elif ho_so is None or ho_so.giay_tinh_trang not in GiayTo.DA_CO:
        return _made(title, "chưa có", dat=False)
    else:
        den = ho_so.giay_den
    if den is None:
        return _made(title, "chưa ghi ngày cấp", dat=False)
    if den < day:
        return DieuKien(title, f"hết hạn {ngay(den)}", dat=False, family="bad")
    return _made(title, f"còn hạn đến {ngay(den)}", dat=True)


def _so_quy(so_quy: int, can: int) -> DieuKien:
    return _made(f"Đủ {can} quý được tổ đánh giá", f"đang là {so_quy}/{can}", so_quy >= can)


def _bieu_quyet(ho_so: HoSo | None) -> DieuKien:
    title = "Chi đoàn biểu quyết"
    if ho_so is None or ho_so.phieu_loai not in _PHIEU:
        return _made(title, "chưa họp", dat=False)
    phieu = f"{ho_so.phieu_tan_thanh}/{ho_so.phieu_co_quyen}"
    note = f"{phieu}{NBSP}phiếu, ngày {ngay(ho_so.phieu_ngay)}"
    return _made(title, note, ho_so.phieu_loai == BuocHoSo.Loai.DE_NGHI)
