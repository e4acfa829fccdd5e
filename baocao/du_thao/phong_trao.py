"""Các phong trào hành động cách mạng: volunteers, ideas, defence, the digital shift."""

from chidoan.models import HoatDong

from .cau import NhapMuc, doan, nhap
from .doc import SoDoc
from .giao_duc import viet_neu_co
from .hoat_dong import cau_hoat_dong

_L = HoatDong.Loai
TINH_NGUYEN = (
    _L.CONG_TRINH,
    _L.CHU_NHAT_XANH,
    _L.HIEN_MAU,
    _L.TRONG_CAY,
    _L.DUONG,
    _L.CAU,
    _L.NHA_NHAN_AI,
    _L.TINH_NGUYEN,
    _L.KHAC,
)
SO_HOA = (_L.HUONG_DAN_SO, _L.OCOP, _L.HOC_AI)


def phong_trao(doc: SoDoc) -> NhapMuc:
    parts = {
        "Thanh niên tình nguyện": [cau_hoat_dong(doc, loai) for loai in TINH_NGUYEN],
        "Tuổi trẻ sáng tạo": [
            cau_hoat_dong(doc, _L.SANG_TAO),
            doc.cau("mo_hinh", "đang thực hiện {n} mô hình, giải pháp{ten}"),
        ],
        "Tuổi trẻ xung kích bảo vệ Tổ quốc": [],
        "Chuyển đổi số": [cau_hoat_dong(doc, loai) for loai in SO_HOA],
    }
    written = {title: doan(title, *said) for title, said in parts.items()}
    missing = [title for title, found in written.items() if found is None]
    return nhap(*written.values(), goi_y=[viet_neu_co(missing)])
