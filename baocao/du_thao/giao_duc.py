"""Công tác giáo dục: learning, tradition, the way of life, the law."""

from chidoan.models import HoatDong

from .cau import Cau, NhapMuc, chu_so, doan, nhap
from .doc import SoDoc
from .hoat_dong import cau_hoat_dong

_L = HoatDong.Loai
CHINH_TRI = "Giáo dục chính trị tư tưởng"
TRUYEN_THONG = "Giáo dục truyền thống"
DAO_DUC = "Giáo dục đạo đức, lối sống"
PHAP_LUAT = "Giáo dục pháp luật"


def giao_duc(doc: SoDoc) -> NhapMuc:
    parts = {
        CHINH_TRI: (
            cau_hoat_dong(doc, _L.HOC_NGHI_QUYET),
            doc.cau("buoi_chuyen_de", "tổ chức {n} buổi sinh hoạt chuyên đề, chủ điểm{ten}"),
            doc.cau("buoi_voi_chi_bo", "{n} buổi sinh hoạt cùng chi bộ"),
        ),
        TRUYEN_THONG: tuple(
            cau_hoat_dong(doc, loai) for loai in (_L.VE_NGUON, _L.CHINH_SACH, _L.QR_DIA_CHI_DO)
        ),
        DAO_DUC: (_ren_luyen(doc),),
        PHAP_LUAT: (),
    }
    written = {title: doan(title, *said) for title, said in parts.items()}
    missing = [title for title, found in written.items() if found is None]
    return nhap(*written.values(), goi_y=[viet_neu_co(missing)])


def _ren_luyen(doc: SoDoc) -> Cau | None:
    figure = doc.ty_le("dang_ky_ren_luyen")
    if not figure.tu:
        return None
    return Cau(
        f"{chu_so(figure.tu)}/{chu_so(figure.mau)} đoàn viên đăng ký thực hiện Chương trình rèn "
        f"luyện đoàn viên năm {doc.thoi_ky.ky.nam}",
        (doc.dan("dang_ky_ren_luyen"),),
    )


def viet_neu_co(missing: list[str]) -> Cau | None:
    """What the books hold nothing of: to be written if the unit did something."""
    if not missing:
        return None
    return Cau(f"Sổ chưa có dòng nào, viết nếu đơn vị đã làm: {'; '.join(missing)}")
