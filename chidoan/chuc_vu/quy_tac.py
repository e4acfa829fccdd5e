"""The rules of offices that need no list of rows: who may hold one, and for how long.

Source: the guidance quoted by the district of Quỳ Châu in 2020 ("không bố trí đoàn viên đi
làm ăn xa, thường xuyên không có mặt tại địa bàn làm bí thư, phó bí thư chi đoàn") and the
Union's charter.
"""

from datetime import date

from core.errors import RuleError
from core.text import clean
from core.text.display import ngay as show_ngay

LANH_DAO = ("bi_thu", "pho_bi_thu")


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
