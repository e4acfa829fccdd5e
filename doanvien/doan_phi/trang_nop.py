"""What a remittance would come to, and the sentence that says how a sum is split."""

from dataclasses import dataclass
from datetime import date

from core.periods import KyBaoCao
from core.text.display import tien
from tochuc.models import DonVi
from tochuc.van_ban import cap_tren_tai_ngay

from .quy_tac import Chia
from .services.nop import chia_phan, chua_nop
from .tong_hop import ky_nop


@dataclass(frozen=True, slots=True)
class DuKien:
    """A remittance before it is written: the period, the receipts it covers, the two parts."""

    ky: KyBaoCao
    phan: Chia
    so_phieu: int
    cau: str
    don_vi_nhan: DonVi | None


def du_kien(don_vi: DonVi, text: str | None, hom_nay: date) -> DuKien:
    """For the period of the address; without one the unit's own: the month, or the quarter."""
    try:
        ky = KyBaoCao.parse(text or "")
    except ValueError:
        ky = ky_nop(don_vi, hom_nay)
    receipts = chua_nop(don_vi, ky, hom_nay)
    phan = chia_phan(don_vi, max(receipts.tong_tien(), 0), hom_nay)
    return DuKien(
        ky,
        phan,
        receipts.count(),
        cau_chia(phan.co_so, phan.giu_lai, phan.trich_nop, don_vi),
        cap_tren_tai_ngay(don_vi, hom_nay),
    )


def cau_chia(co_so: int, giu_lai: int, trich_nop: int, don_vi: DonVi) -> str:
    """"10.001 đ: nộp 3.333 đ, giữ 6.668 đ, phần lẻ giữ ở chi đoàn" and the like."""
    cap = "chi đoàn" if don_vi.is_chi_doan else str(don_vi)
    le = f", phần lẻ giữ ở {cap}" if trich_nop * 2 != giu_lai else ""
    return f"{tien(co_so)}: nộp {tien(trich_nop)}, giữ {tien(giu_lai)}{le}"
