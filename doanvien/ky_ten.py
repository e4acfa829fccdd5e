"""What the papers of the register share: their head, who signs them, the line they are checked by.

Offices are kept in the part above this one; here they are read from the unit, by its relation.
"""

from datetime import date

from django.conf import settings

from core.pdf import CheckLine, Heading, Signer, Text, dia_danh_ngay
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri
from tochuc.van_ban import dia_danh, tieu_de_don_vi

CHUC_VU = {"bi_thu": "BÍ THƯ", "pho_bi_thu": "PHÓ BÍ THƯ"}
PHONG_KY_MM = {True: 22, False: 30}  # a branch has no seal


def heading(don_vi: DonVi, ngay: date, *, so: Text = "") -> Heading:
    """The head of the unit's paper; `so` is the whole number line, or dots in its place."""
    cap_tren, co_quan = tieu_de_don_vi(don_vi, ngay)
    return Heading(
        cap_tren=cap_tren,
        co_quan=co_quan,
        so=so,
        dia_danh_ngay=dia_danh_ngay(dia_danh(don_vi), ngay),
    )


def nguoi_ky(don_vi: DonVi, ngay: date) -> Signer:
    """Who signs for the unit on that day: its secretary, else a deputy, else an empty line."""
    offices = list(don_vi.chuc_vu.tai_ngay(ngay).order_by("tu_ngay", "pk"))
    holder = next((row for key in CHUC_VU for row in offices if row.chuc_danh == key), None)
    thay_mat = gia_tri("chu_thay_mat", ngay=ngay, don_vi=don_vi)
    return Signer(
        [
            f"{thay_mat} {_tap_the(don_vi, offices)}",
            CHUC_VU[holder.chuc_danh] if holder else "BÍ THƯ",
        ],
        holder.ho_ten if holder else "",
        room_mm=PHONG_KY_MM[don_vi.is_chi_doan],
    )


def co_bch(don_vi: DonVi, ngay: date) -> bool:
    """Whether the unit has a committee on that day; small branches have none."""
    return don_vi.chuc_vu.tai_ngay(ngay).uy_vien_bch().exists()


def check_line(ma: str) -> CheckLine | None:
    """The line by which a paper is checked; a draft has none."""
    return CheckLine(ma, settings.PUBLIC_HOST) if ma else None


def _tap_the(don_vi: DonVi, offices) -> str:
    if not don_vi.is_chi_doan:
        return "BAN CHẤP HÀNH"
    has_committee = any(row.trong_bch for row in offices)
    return "BAN CHẤP HÀNH CHI ĐOÀN" if has_committee else "CHI ĐOÀN"
