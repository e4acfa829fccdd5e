"""Các chương trình đồng hành, thiếu nhi: learning, work, strength and culture; children."""

from chidoan.models import HoatDong

from .cau import Cau, NhapMuc, chu_so, doan, nhap
from .doc import SoDoc
from .giao_duc import viet_neu_co
from .hoat_dong import cau_hoat_dong

_L = HoatDong.Loai


def dong_hanh(doc: SoDoc) -> NhapMuc:
    parts = {
        "Đồng hành trong học tập": [cau_hoat_dong(doc, _L.HOC_BONG)],
        "Đồng hành khởi nghiệp, lập nghiệp, việc làm": _viec_lam(doc),
        "Nâng cao kỹ năng, thể chất, đời sống văn hóa tinh thần": [cau_hoat_dong(doc, _L.THE_THAO)],
    }
    written = {title: doan(title, *said) for title, said in parts.items()}
    missing = [title for title, found in written.items() if found is None]
    return nhap(*written.values(), goi_y=[viet_neu_co(missing)])


def _viec_lam(doc: SoDoc) -> list[Cau | None]:
    return [
        cau_hoat_dong(doc, _L.HUONG_NGHIEP),
        doc.gop(
            ("gioi_thieu_viec_lam", "giới thiệu việc làm cho {n} thanh niên"),
            ("hoc_nghe", "giúp {n} thanh niên học nghề"),
        ),
        _kem_tien(doc, "vay_von", "giúp {n} lượt thanh niên vay vốn", "vay_von_so_tien"),
        _kem_tien(
            doc, "to_tiet_kiem", "quản lý {n} tổ tiết kiệm và vay vốn", "du_no_vay_von", "dư nợ"
        ),
        doc.cau("mo_hinh_kinh_te", "có {n} mô hình kinh tế của đoàn viên"),
        doc.cau("giup_gia_dinh", "giúp {n} lượt gia đình khó khăn"),
    ]


def _kem_tien(doc: SoDoc, ma: str, loi: str, ma_tien: str, chu: str = "số tiền") -> Cau | None:
    """A count with the money of the same rows."""
    money = doc.so(ma_tien)
    tail = f", {chu} {chu_so(money)} đồng" if money else ""
    return doc.cau(ma, loi + tail)


def thieu_nhi(doc: SoDoc) -> NhapMuc:
    return nhap(
        doan("", *(cau_hoat_dong(doc, loai) for loai in (_L.THIEU_NHI, _L.SINH_HOAT_HE))),
        goi_y=[Cau("Viết thêm: công tác Đội, bàn giao học sinh về sinh hoạt hè, điểm vui chơi")],
    )
