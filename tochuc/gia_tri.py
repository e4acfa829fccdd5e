"""What somebody types as the value of a dated setting, by kind."""

import re
from typing import Any

from core.errors import RuleError
from core.text import clean

from .quy_dinh import Khoa, ty_le

MAU = {
    "mau_so_van_ban": (r".*\{so\}.*", "Mẫu phải có {so}: chỗ của số văn bản."),
    "tuoi_ket_nap_toi_thieu": (r"\d{1,2}\+\d{1,2}", "Ghi tuổi + số ngày, ví dụ 15+1."),
    **dict.fromkeys(
        (
            "xep_loai_tu_ngay",
            "xep_loai_han",
            "ren_luyen_tu_ngay",
            "ren_luyen_den_ngay",
            "han_bao_cao_nua_nam",
            "han_bao_cao_nam",
        ),
        (r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])", "Ghi ngày/tháng, ví dụ 15/11."),
    ),
}
"""Texts that must look a certain way: (pattern, what to do)."""


def read_gia_tri(khoa: Khoa, text: str) -> Any:
    """The typed text as a value of that key's kind; refused when it is none."""
    text = clean(text)
    if not text:
        raise RuleError("Ghi giá trị.", field="gia_tri")
    if khoa.lua_chon and text not in khoa.lua_chon:
        raise RuleError(f"Chọn một trong: {', '.join(khoa.lua_chon)}.", field="gia_tri")
    return READERS[khoa.kieu](khoa, text)


def _so_nguyen(khoa: Khoa, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise RuleError(f"«{text}» không phải số nguyên. Gõ chữ số, ví dụ 30.", field="gia_tri")
    return int(text)


def _ty_le(khoa: Khoa, text: str) -> str:
    tu, mau = ty_le(text)
    if not 0 < tu <= mau:
        raise RuleError(f"Tỷ lệ «{text}» phải lớn hơn 0, không quá 1.", field="gia_tri")
    return f"{tu}/{mau}"


def _chu(khoa: Khoa, text: str) -> str:
    pattern, hint = MAU.get(khoa.ma, (".+", ""))
    if not re.fullmatch(pattern, text):
        raise RuleError(hint, field="gia_tri")
    return text


READERS = {"so_nguyen": _so_nguyen, "ty_le": _ty_le, "chu": _chu}

_BANG_CHU = {
    ("dang_pdf", "pdf/ua-1"): "PDF/UA-1, máy đọc màn hình đọc được",
    ("dang_pdf", "pdf/a-2a"): "PDF/A-2a, để lưu trữ, máy đọc màn hình đọc được",
    ("dang_pdf", "pdf/a-2u"): "PDF/A-2u, để lưu trữ",
    ("cach_ghi_co_quan", "ten"): "Chỉ tên đơn vị",
    ("dau_duoi_co_quan", "khong"): "Không in",
    ("vi_tri_tieu_de", "phai"): "Bên phải",
    ("vi_tri_tieu_de", "trai"): "Bên trái, trên tên cơ quan",
    ("cham_diem_phieu_tren", "co_mat"): "Số có mặt",
    ("cham_diem_phieu_tren", "tong_so"): "Tổng số được bỏ phiếu",
    ("ky_bien_ban", "thu_ky"): "Thư ký",
    ("ky_bien_ban", "chu_tri"): "Chủ trì",
    ("nghi_quyet_thang", "ban_chap_hanh"): "Hội nghị Ban Chấp hành Chi đoàn",
    ("nghi_quyet_thang", "chi_doan"): "Hội nghị Chi đoàn",
    ("doan_phi_phieu_chung", "mot_phieu"): "Một phiếu cho cả chi đoàn",
    ("doan_phi_phieu_chung", "moi_nguoi"): "Mỗi người một phiếu",
    ("mau_so_xep_loai", "da_xep_loai"): "Đoàn viên đã xếp loại",
    ("mau_so_xep_loai", "tong_doan_vien"): "Tổng số đoàn viên",
    ("xep_loai_han_muc_goc", "duoc_xep"): "Số đoàn viên được xếp loại",
    ("xep_loai_han_muc_goc", "tot_tro_len"): "Số đoàn viên xếp loại tốt trở lên",
    ("xep_loai_han_muc_don_vi_goc", "duoc_xep"): "Số đơn vị được xếp loại",
    ("xep_loai_han_muc_don_vi_goc", "tot_tro_len"): "Số đơn vị xếp loại tốt trở lên",
    ("xep_loai_han_muc_don_vi_tron", "xuong"): "Xuống",
    ("xep_loai_han_muc_don_vi_tron", "len"): "Lên",
}
_CO_KHONG = {"0": "Không", "1": "Có"}


def gia_tri_bang_chu(khoa: Khoa, value: Any) -> str:
    """A value as people read it, with its unit."""
    text = str(value)
    if khoa.ma == "tuoi_ket_nap_toi_thieu":
        return "{} tuổi và {} ngày".format(*text.split("+"))
    if set(khoa.lua_chon) == set(_CO_KHONG):
        return _CO_KHONG[text]
    text = _BANG_CHU.get((khoa.ma, text), text)
    return f"{text} {khoa.don_vi_tinh}" if khoa.don_vi_tinh else text


def lua_chon_bang_chu(khoa: Khoa) -> list[tuple[str, str]]:
    return [(value, gia_tri_bang_chu(khoa, value)) for value in khoa.lua_chon]
