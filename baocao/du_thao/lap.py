"""The draft of a whole report, and what of it is printed."""

from collections.abc import Callable

from baocao.bang_so_lieu import ban_do_khi_do, thoi_ky_cua
from baocao.chi_tieu import ThoiKy
from baocao.models import BaoCao, PhanLoi
from tochuc.ban_do import BanDo

from .cau import NhapMuc, doc_lai, loi_cua
from .danh_gia import bai_hoc, han_che, nguyen_nhan, uu_diem
from .doc import SoDoc, doc_so
from .dong_hanh import dong_hanh, thieu_nhi
from .giao_duc import giao_duc
from .kiem_tra import kiem_tra
from .phong_trao import phong_trao
from .phuong_huong import kien_nghi, phuong_huong
from .tinh_hinh import tinh_hinh
from .xay_dung_doan import xay_dung_doan

BanNhap = dict[str, NhapMuc]
_M = PhanLoi.Muc
CAC_MUC: dict[str, Callable[[SoDoc], NhapMuc]] = {
    _M.TINH_HINH: tinh_hinh,
    _M.GIAO_DUC: giao_duc,
    _M.PHONG_TRAO: phong_trao,
    _M.DONG_HANH: dong_hanh,
    _M.THIEU_NHI: thieu_nhi,
    _M.XAY_DUNG_DOAN: xay_dung_doan,
    _M.KIEM_TRA: kiem_tra,
    _M.UU_DIEM: uu_diem,
    _M.HAN_CHE: han_che,
    _M.NGUYEN_NHAN: nguyen_nhan,
    _M.BAI_HOC: bai_hoc,
    _M.PHUONG_HUONG: phuong_huong,
    _M.KIEN_NGHI: kien_nghi,
}


def lap_ban_nhap(bao_cao: BaoCao, thoi_ky: ThoiKy | None = None) -> BanNhap:
    """The draft of every section, from the books as they are now. At most five queries."""
    thoi_ky = thoi_ky or thoi_ky_cua(bao_cao)
    return lap_tren(bao_cao, thoi_ky, ban_do_khi_do(bao_cao, thoi_ky))


def lap_tren(bao_cao: BaoCao, thoi_ky: ThoiKy, ban_do: BanDo | None) -> BanNhap:
    doc = doc_so(bao_cao, thoi_ky, ban_do)
    return {muc.value: CAC_MUC[muc](doc) for muc in _M}


def is_theo_so(part: PhanLoi | None) -> bool:
    """Whether nobody has written the section, or left its draft as it was."""
    if part is None:
        return True
    return bool(part.ban_nhap) and part.noi_dung == loi_cua(doc_lai(part.ban_nhap))


def loi_dang_in(part: PhanLoi | None, nhap: NhapMuc | None) -> str:
    """What the section says: the draft as long as nobody has written, given one is at hand."""
    if nhap is not None and is_theo_so(part):
        return nhap.loi
    return part.noi_dung if part else ""
