"""What becomes of a case when its member moves, grows out of the Union, or is away.

Before the committee has resolved, the case goes along with the member: his new branch votes.
Once resolved it stays with the ward that did, until the Party cell has answered. Nobody's case
ends by itself.
"""

from datetime import date

from core.text.display import ngay
from doanvien.models import DoanVien

from .models import HoSo
from .models.ho_so import O_CHI_DOAN
from .services.ho_so import da_doi_noi

_TT = DoanVien.TrangThai
_NGHI = {
    _TT.TRUONG_THANH: "Đồng chí đã trưởng thành Đoàn.",
    _TT.CHUYEN_DI: "Đồng chí đã chuyển sinh hoạt đi nơi khác.",
    _TT.NOI_KHAC: "Đồng chí sinh hoạt chính thức ở nơi khác.",
    _TT.XOA_TEN: "Đồng chí đã bị xóa tên trong danh sách đoàn viên.",
    _TT.KHAI_TRU: "Đồng chí đã bị khai trừ khỏi Đoàn.",
    _TT.TU_TRAN: "Đồng chí đã từ trần.",
}
_DUNG = (_TT.XOA_TEN, _TT.KHAI_TRU, _TT.TU_TRAN)


def noi_voi(ho_so: HoSo, day: date) -> str:
    """What to know when the member is not where the case is; "" when he is, or it is over."""
    doan_vien = ho_so.doan_vien
    if not ho_so.is_dang_mo:
        return ""
    if da_doi_noi(ho_so):
        return f"Đồng chí nay sinh hoạt ở {_noi_den(ho_so)}. {_doi_noi(ho_so)}"
    if doan_vien.trang_thai in _NGHI:
        return f"{_NGHI[doan_vien.trang_thai]} {_tiep_theo(ho_so)}"
    if doan_vien.is_di_lam_xa(day):
        den = doan_vien.di_xa_den
        until = f", dự kiến về ngày {ngay(den)}" if den else ""
        return f"Đồng chí đang đi làm xa{until}. Hồ sơ vẫn ở {ho_so.chi_doan}, các bước làm tiếp."
    return ""


def chuyen_den(ho_so: HoSo) -> str:
    """What moving the case does, before it is done."""
    ma = "" if _cung_phuong(ho_so) else " Hồ sơ lấy mã mới ở đó và không còn trong danh sách này."
    return (
        f"Hồ sơ chuyển đến {_noi_den(ho_so)}. Chi đoàn ấy biểu quyết từ đầu; nghị quyết, biên bản "
        f"của {ho_so.chi_doan} trong hồ sơ hết giá trị.{ma} Việc này không hoàn lại được."
    )


def bo_phieu_lai(ho_so: HoSo) -> bool:
    """Whether a case of who moved waits for nothing here: no vote was taken that still counts."""
    if ho_so.ngay_gioi_thieu:
        return False
    return ho_so.trang_thai in O_CHI_DOAN or not _cung_phuong(ho_so)


def _doi_noi(ho_so: HoSo) -> str:
    if ho_so.ngay_gioi_thieu:
        return (
            f"Hồ sơ đã có nghị quyết của Ban Chấp hành nên ở lại {ho_so.don_vi}, theo dõi đến khi "
            "cấp ủy có kết quả."
        )
    if bo_phieu_lai(ho_so):
        return "Hồ sơ chưa có nghị quyết của Ban Chấp hành nên chuyển theo đoàn viên."
    return (
        f"{ho_so.chi_doan} đã biểu quyết nên phường làm tiếp được, hoặc chuyển hồ sơ để chi đoàn "
        "mới biểu quyết lại."
    )


def _tiep_theo(ho_so: HoSo) -> str:
    if ho_so.doan_vien.trang_thai in _DUNG:
        return "Đoàn cơ sở dừng hồ sơ và báo chi bộ."
    if ho_so.ngay_gioi_thieu:
        return f"Hồ sơ đã có nghị quyết nên ở lại {ho_so.don_vi}; chi bộ xem xét tiếp."
    return f"Hồ sơ ở lại {ho_so.chi_doan}; Đoàn cơ sở làm tiếp hoặc dừng hồ sơ, ghi rõ lý do."


def _cung_phuong(ho_so: HoSo) -> bool:
    return ho_so.doan_vien.chi_doan.path.startswith(ho_so.don_vi.path)


def _noi_den(ho_so: HoSo) -> str:
    chi_doan = ho_so.doan_vien.chi_doan
    return str(chi_doan) if _cung_phuong(ho_so) else f"{chi_doan}, {chi_doan.cap_tren}"
