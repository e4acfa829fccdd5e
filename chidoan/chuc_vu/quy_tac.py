"""The rules of offices that need no list of rows: who may hold one, and for how long.

Source: the guidance quoted by the district of Quỳ Châu in 2020 ("không bố trí đoàn viên đi
làm ăn xa, thường xuyên không có mặt tại địa bàn làm bí thư, phó bí thư chi đoàn") and the
Union's charter.
"""

from calendar import monthrange
from datetime import date, timedelta

from core.errors import RuleError
from core.text import clean
from core.text.display import ngay as show_ngay
from tochuc.bieu_quyet import Phieu, check_phieu, more_than
from tochuc.quy_dinh import ty_le

LANH_DAO = ("bi_thu", "pho_bi_thu")
BAU = ("dai_hoi", "bch")
CHI_DINH = "chi_dinh"


def can_ly_do_di_xa(*, doan_vien, chuc_danh: str, ngay: date) -> bool:
    """Whether making this member secretary or deputy on that day asks for a stated reason."""
    is_leader = chuc_danh in LANH_DAO
    return is_leader and doan_vien is not None and doan_vien.is_di_lam_xa(ngay)


def check_di_xa(*, doan_vien, chuc_danh: str, ngay: date, ly_do: str = "") -> str:
    """Refuse a member who is recorded as working away on `ngay` as secretary or deputy.

    A stated reason lets him be made or proposed all the same: it is returned, to be kept
    and shown. Nothing is kept for somebody who is not away, or for another office.
    """
    if not can_ly_do_di_xa(doan_vien=doan_vien, chuc_danh=chuc_danh, ngay=ngay):
        return ""
    if not clean(ly_do):
        raise RuleError(
            f"Đồng chí {doan_vien.ho_ten} đang ghi đi làm xa từ {show_ngay(doan_vien.di_xa_tu)}; "
            "không bố trí làm bí thư, phó bí thư. Chọn người khác, hoặc ghi lý do vẫn bố trí.",
            field="ly_do_di_xa",
        )
    return clean(ly_do)


def check_tam_quyen(*, chuc_danh: str, tu_ngay: date, den_ngay: date | None, so_thang: int) -> None:
    """Refuse an acting office without an end, over the set months, or of an ordinary member."""
    if chuc_danh not in LANH_DAO:
        raise RuleError("Chỉ Bí thư, Phó Bí thư có quyền, lâm thời.", field="tam_quyen")
    if den_ngay is None:
        raise RuleError("Quyền, lâm thời phải có ngày kết thúc.", field="den_ngay")
    last = han_tam_quyen(tu_ngay, so_thang)
    if den_ngay > last:
        raise RuleError(
            f"Quyền, lâm thời nhiều nhất {so_thang} tháng, đến hết ngày {show_ngay(last)}; "
            "trong thời gian đó tổ chức đại hội, hội nghị bầu.",
            field="den_ngay",
        )


def han_tam_quyen(tu_ngay: date, so_thang: int) -> date:
    """The last day on which an office that began then may be acting."""
    month = tu_ngay.month - 1 + so_thang
    year, month = tu_ngay.year + month // 12, month % 12 + 1
    same_day = date(year, month, min(tu_ngay.day, monthrange(year, month)[1]))
    return same_day - timedelta(days=1)


def check_cach(
    *,
    cach: str,
    phieu: Phieu | None,
    co_quyen: int | None,
    so_quyet_dinh: str,
    ngay_quyet_dinh: date | None,
    nguong: str,
) -> None:
    """Refuse a vote without an election, one that cannot be or was not enough, and an
    appointment without its decision."""
    if phieu and cach not in BAU:
        raise RuleError("Chỉ ghi phiếu khi chức vụ do bầu.", field="cach")
    if phieu:
        check_phieu(phieu, co_quyen=co_quyen or 0, ai="người có quyền bầu")
        if not more_than(phieu.tan_thanh, phieu.co_mat, ty_le(nguong)):
            raise RuleError(
                f"Được {phieu.tan_thanh}/{phieu.co_mat} phiếu, chưa quá {nguong} số có mặt nên "
                "chưa trúng cử. Xem lại số phiếu.",
                field="tan_thanh",
            )
    if cach == CHI_DINH and not so_quyet_dinh:
        raise RuleError("Ghi số quyết định chỉ định.", field="so_quyet_dinh")
    if bool(so_quyet_dinh) != bool(ngay_quyet_dinh):
        field = "so_quyet_dinh" if ngay_quyet_dinh else "ngay_quyet_dinh"
        raise RuleError("Ghi cả số và ngày của quyết định.", field=field)
