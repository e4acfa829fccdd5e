"""What the papers of a case have of their own: addressees, numbers and remarks in a line."""

from core.text import lowfirst
from core.text.numbers import date_short
from tochuc.models import DonVi
from tudưong.models import BuocHoSo


def dang_uy(don_vi: DonVi) -> str:
    return f"Đảng ủy {don_vi.ten_noi}"


def noi_nhan_chi_bo(ho_so) -> str:
    """The Party cell as a letter addresses it."""
    return f"Chi ủy {ho_so.ten_chi_bo}" if ho_so.co_chi_uy else ho_so.ten_chi_bo


def so_ngay(buoc: BuocHoSo | None) -> str:
    """Number and day of a step's paper in a table: two lines."""
    if buoc is None:
        return "–"
    return f"{buoc.so_van_ban}\n{date_short(buoc.ngay_van_ban or buoc.ngay)}".strip()


def cau(text: str) -> str:
    """A typed remark as a clause on one line: first letter small, no full stop at its end."""
    text = " ".join(text.split()).rstrip(".; ")
    return lowfirst(text) if not text[:2].isupper() else text
